"""A program of its own that turns letters into PDF: JSON comes in, PDF goes out.

The typesetting library keeps what it has seen for as long as its program runs.  Here that is one
file of letters: memory stays bounded, and no code stays behind in the memory of a server.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import typst

from pb_engine.errors import LetterRefused

_HERE = Path(__file__).parent
FONTS = _HERE / "fonts"
TEMPLATE = _HERE / "letter.typ"
_LONGEST_SECONDS = 900


def typeset(document: bytes) -> bytes:
    """Return tagged PDF/UA-1 for a JSON document as ``letter.typ`` reads it, in this program.

    :raises RuntimeError: the document asks for something that cannot be printed.
    """
    made = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"letters": document.decode()},
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[FONTS]),
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )
    return bytes(made)


def press(document: bytes) -> bytes:
    """Return what ``typeset`` returns, made by another program that ends afterwards.

    :raises LetterRefused: it failed; nothing of a letter is told.
    """
    command = [sys.executable, "-P", "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603 - this program itself, and letters go in by its input
            command,
            input=document,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        done = None
    if done is None or done.returncode != 0 or not done.stdout:
        raise LetterRefused("the letters could not be printed", problem="press")
    return done.stdout


def main() -> int:
    """Read a document from standard input and write its PDF to standard output."""
    try:
        made = typeset(sys.stdin.buffer.read())
    except RuntimeError:
        return 1  # the message could repeat a code
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
