"""A print run as one file to carry away: nothing of it stays on the server."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import IO, Any

from pb_engine.engine import Engine
from pb_engine.services.letters import making
from pb_engine.services.letters.sources import Source

README_NAME = "LEESMIJ.txt"
_README = (
    "Dit zijn de enige leesbare stemcodes van serie {batch} van {slug}.\n"
    "Niemand kan ze later opzoeken. Geef ze veilig aan de drukker.\n"
    "Gooi alle kopieën weg als de brieven verstuurd zijn.\n\n"
    "Brieven: {letters}\n"
    "Codes zonder brief: {skipped}\n"
    "Namen met een teken dat niet gedrukt kan worden: {changed}\n"
)


def zipped_letters(
    engine: Engine, slug: str, source: Source, by: str, *, large: bool, persona: int | None
) -> IO[bytes]:
    """Make codes and letters and return them as an open zip file that is on no disk by name.

    :raises EngineError: see ``making.make_letters``.
    """
    with tempfile.TemporaryDirectory(prefix="pb-letters-") as folder:
        made = making.make_letters(
            engine, slug, source, Path(folder) / slug, by, large=large, persona=persona
        )
        target = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
        _pack(target, slug, made)
    target.seek(0)
    return target


def _pack(target: IO[bytes], slug: str, made: making.Made) -> None:
    told: dict[str, Any] = {
        "batch": made.batch,
        "slug": slug,
        "letters": made.printed.letters,
        "skipped": sum(made.skipped.values()),
        "changed": made.changed,
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(README_NAME, _README.format(**told))
        for path in sorted(made.printed.folder.iterdir()):
            packed.write(path, path.name)
