"""A recorded walk from the code in the letter to the receipt: how many pages, how many bytes.

``python -m tests.journeys.walk_a_vote`` walks every ballot format on an old phone (no script, no
stored pages) and writes the table into ``docs/explanation/five-minutes-to-vote.md``.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from re import findall
from urllib.parse import urlsplit

from tests.web.ballot_rounds import FORMATS, a_visitor_of
from tests.web.visitor import Visitor

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "five-minutes-to-vote.md"
MARKER = "<!-- measured -->"
LEVEL = 6
"""What a proxy in front of the site compresses with."""


@dataclass(frozen=True)
class Walk:
    """One resident's way.

    :ivar pages: the steps of the way, each with its size in bytes as compressed.
    :ivar files: style sheet, scripts and icon together, compressed; they come once.
    """

    kind: str
    pages: tuple[tuple[str, int], ...]
    files: int

    @property
    def total(self) -> int:
        return sum(size for _, size in self.pages) + self.files


def walk(folder: Path, kind: str) -> Walk:
    """Walk one format from the address on the letter to the receipt."""
    visitor = a_visitor_of(folder, kind)
    pages = [visitor.get("~/stemmen")]
    pages.append(visitor.send(pages[-1], "code", code=visitor.staged.codes[0]))
    pages.append(visitor.send(pages[-1], "seen", **_filled(visitor, kind)))
    pages.append(visitor.send(pages[-1], "seen"))
    if "Uw stem is binnen" not in pages[-1].text:
        raise AssertionError(pages[-1].text)
    every = "".join(page.html for page in pages)
    files = set(findall(r'(?:src|href)="(/static/[^"]+)"', every))
    return Walk(
        kind,
        tuple((page.path.rsplit("/", 1)[-1], _size(page.body)) for page in pages),
        sum(_size(_file(visitor, name)) for name in files),
    )


def _filled(visitor: Visitor, kind: str) -> dict[str, object]:
    first, second = visitor.ids("AED", "Bankjes")
    if kind in ("single", "approval", "basket"):
        return {"choices": [first] if kind == "single" else [first, second]}
    return {f"mark-{first}": "1", f"mark-{second}": "2"}


def _file(visitor: Visitor, name: str) -> bytes:
    answer = visitor.client.get(urlsplit(name).path)
    body: bytes = answer.get_data()
    answer.close()
    return body


def _size(body: bytes) -> int:
    return len(gzip.compress(body, LEVEL, mtime=0))


def table(walks: list[Walk]) -> str:
    """Return the table for the document."""
    names = ("code", "choose", "check", "receipt")
    head = ["ballot", "pages", *names, "style, scripts, icon", "together"]
    rows = [
        [
            f"`{one.kind}`",
            str(len(one.pages)),
            *(_kilo(size) for _, size in one.pages),
            _kilo(one.files),
            _kilo(one.total),
        ]
        for one in walks
    ]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _kilo(size: int) -> str:
    return f"{size / 1000:.1f} kB"


def main() -> None:
    """Write the table into the document."""
    with tempfile.TemporaryDirectory() as folder:
        walks = [walk(Path(folder) / kind, kind) for kind in FORMATS]
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARKER)
    after = rest.partition(MARKER)[2]
    text = f"{before}{MARKER}\n\n{table(walks)}\n\n{MARKER}{after}"
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(table(walks) + "\n")


if __name__ == "__main__":
    main()
