"""Make the pictures of letters in docs/pictures: `make pictures`, or this module alone."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from pb_engine.services.letters.edition import document, edition_of
from pb_engine.services.letters.letter import Address, Letter
from pb_engine.services.letters.press import press
from pb_engine.services.rounds import import_round
from tests.builders import an_engine

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "pictures"
ROUND = ROOT / "deployments" / "enschede" / "rounds" / "zuid-2027.toml"
# Nobody lives here, and the code is none: its check character is wrong.
LETTER = Letter(
    17, "ABCD-EFGH-JKLM-NPQR", Address("M. Voorbeeld", "Voorbeeldstraat", "1", "0000AA", "Enschede")
)
SCALE, GAP, COLOURS = 1.1, 12, 24


def main() -> None:
    """Print one invented letter in three ways, and keep two pages of each."""
    with tempfile.TemporaryDirectory() as folder:
        engine = an_engine(Path(folder), base_url="https://stem.example.nl")
        slug = str(import_round(engine, ROUND, "pictures").slug)
        for name, large, trial in (
            ("letter.png", False, False),
            ("letter-large.png", True, False),
            ("letter-trial.png", False, True),
        ):
            edition = edition_of(engine, slug, large=large, trial=trial)
            _keep(press(document(edition, [LETTER], 3)), TARGET / name)


def _keep(pdf: bytes, target: Path) -> None:
    """Keep the first two pages side by side."""
    with pypdfium2.PdfDocument(pdf) as letter:
        sides = [letter[place].render(scale=SCALE).to_pil() for place in (0, 1)]
    width = sides[0].width
    sheet = Image.new("RGB", (2 * width + GAP, sides[0].height), "#888888")
    for place, side in enumerate(sides):
        sheet.paste(side, (place * (width + GAP), 0))
    sheet.quantize(COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    main()
