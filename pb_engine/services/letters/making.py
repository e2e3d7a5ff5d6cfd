"""Making a print run: codes once, letters, and the list of a print shop."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import EngineError
from pb_engine.sealing import new_code, written
from pb_engine.services.events import write_down
from pb_engine.services.letters.addressed import Addressed, Coded
from pb_engine.services.letters.edition import Edition, document, edition_of
from pb_engine.services.letters.letter import Address, Letter
from pb_engine.services.letters.press import press
from pb_engine.services.letters.print_shop import Printed, new_folder, print_run, require_per_file
from pb_engine.services.letters.sources import Source
from pb_engine.services.letters.streets import Streets
from pb_engine.units import RoundId

PER_FILE = 500
_NOBODY = Address("M. Voorbeeld", "Voorbeeldstraat", "1", "0000AA", "Voorbeeld")


@dataclass(frozen=True, slots=True)
class Made:
    """A print run.

    :ivar batch: the number of the batch of codes; 0 for a trial.
    :ivar skipped: how many codes got no letter, by reason.
    :ivar changed: letters in which a character became a question mark.
    """

    batch: int
    printed: Printed
    skipped: Mapping[str, int]
    changed: int


def make_letters(
    engine: Engine,
    slug: str,
    source: Source,
    folder: Path,
    by: str,
    *,
    per_file: int = PER_FILE,
    large: bool = False,
    trial: bool = False,
    persona: int | None = None,
    streets: Streets | None = None,
) -> Made:
    """Make codes and write their letters into a new folder: the only readable copy.

    A letter is tried before any code is made, so that a wrong text costs no codes.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: voting is over.
    :raises FolderRefused: the folder exists, or cannot be written.
    :raises LetterRefused: printing failed, or an option is wrong.
    """
    require_per_file(per_file)
    edition = edition_of(engine, slug, large=large, trial=trial, persona=persona)
    sample(edition)
    new_folder(folder)
    try:
        batch, coded = source(engine, slug, by)
    except EngineError:
        folder.rmdir()
        raise
    return letters_for_batch(
        engine, edition, coded, folder, by, batch=batch, per_file=per_file, streets=streets or {}
    )


def letters_for_batch(
    engine: Engine,
    edition: Edition,
    coded: Iterable[Coded],
    folder: Path,
    by: str,
    *,
    batch: int,
    per_file: int = PER_FILE,
    streets: Streets,
) -> Made:
    """Write the letters of a batch into an empty folder, and log how many there were.

    :raises FolderRefused: the folder cannot be written.
    :raises LetterRefused: printing failed.
    """
    letters = Addressed(coded, streets, edition.place)
    printed = print_run(edition, letters, batch, folder, per_file)
    facts = {"batch": batch, "letters": printed.letters, "files": len(printed.files)}
    write_down(engine, Event("letters_made", RoundId(edition.round.slug), by, facts))
    return Made(batch, printed, letters.skipped, letters.changed)


def sample(edition: Edition) -> bytes:
    """Return one letter to nobody, as PDF, with PROEF across it and a code that opens no door.

    :raises LetterRefused: it cannot be printed.
    """
    letter = Letter(1, written(new_code()), _NOBODY)
    return press(document(dataclasses.replace(edition, trial=True), [letter], 0))


def preview(engine: Engine, slug: str, *, large: bool = False) -> bytes:
    """Return the letter of a round as it reads now; see ``sample``.

    :raises UnknownRound: no round has this slug.
    :raises LetterRefused: it cannot be printed.
    """
    return sample(edition_of(engine, slug, large=large))
