"""A round whose key trustees keep, and its sheets as text."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pypdfium2
import zxingcpp

from pb_engine.domain.rounds import Trustees
from pb_engine.engine import Engine
from pb_engine.sealing import Ceremony, hold_ceremony, trustee_key_file
from pb_engine.services import phases
from pb_engine.services.codes import issue_codes
from pb_engine.services.trustees import name_trustees
from tests.builders import CALENDAR, DAY, Staged, a_round, a_round_in, an_engine, vote

SLUG = "proef-2027"
NAMES = ("Sanne", "Bram", "Ayşe", "notaris De Wit", "de universiteit")


def a_ceremony(slug: str = SLUG) -> Ceremony:
    """A key of which three of five shares are needed."""
    return hold_ceremony(slug, NAMES, threshold=3)


def ready_to_vote(where: Path | Engine, **settings) -> Staged:
    """A round that demands trustees, in the phase before voting."""
    engine = an_engine(where, **settings) if isinstance(where, Path) else where
    staged = a_round_in(engine, "review", round_=a_round(trustees=Trustees(3, 5)))
    return staged.move_to(CALENDAR.voting.start + DAY)


def opened_under(staged: Staged, key_file: bytes) -> Staged:
    """The same round with voting open under the key of a ceremony."""
    name_trustees(staged.engine, staged.slug, key_file, "team")
    phases.take_step(staged.engine, staged.slug, "open_voting", "team")
    return staged


def closed_with(where: Path | Engine, held: Ceremony, votes: dict[str, int]) -> Staged:
    """A closed round with ballots for one idea each; the first voter changed it once."""
    staged = opened_under(ready_to_vote(where), trustee_key_file(held.key))
    return closed(cast(staged, votes))


def cast(staged: Staged, votes: dict[str, int]) -> Staged:
    """Cast so many ballots per idea; the first voter changes it once."""
    total = sum(votes.values())
    codes = issue_codes(staged.engine, staged.slug, total, "team").codes if total else ()
    wanted = [title for title, times in votes.items() for _ in range(times)]
    for code, title in zip(codes, wanted, strict=True):
        vote(staged, code, [title])
    if codes:
        vote(staged, codes[0], [wanted[0]])
    return staged


def closed(staged: Staged) -> Staged:
    """The same round after its close."""
    after = staged.move_to(CALENDAR.voting.end + timedelta(minutes=15))
    phases.take_step(after.engine, staged.slug, "close_voting", "team")
    return dataclasses.replace(after)


def scanned(sheet: Path | bytes) -> list[str]:
    """What a scanner reads on the pages of a PDF."""
    with pypdfium2.PdfDocument(sheet) as document:
        pages = [page.render(scale=2).to_pil() for page in document]
    return [found.text for page in pages for found in zxingcpp.read_barcodes(page)]


def text_of(sheet: Path | bytes) -> str:
    """The text on the pages of a PDF."""
    with pypdfium2.PdfDocument(sheet) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
