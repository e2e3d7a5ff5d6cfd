"""A program of its own that turns letters into PDF: JSON comes in, PDF goes out.

The typesetting library keeps what it has seen for as long as its program runs.  Here that is one
file of letters: memory stays bounded, and no code stays behind in the memory of a server.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from pb_engine.errors import LetterRefused
from pb_engine.services import typesetting

TEMPLATE = Path(__file__).parent / "letter.typ"
_LONGEST_SECONDS = 900


def typeset(document: bytes) -> bytes:
    """Return tagged PDF/UA-1 for a JSON document as ``letter.typ`` reads it, in this program.

    :raises RuntimeError: the document asks for something that cannot be printed.
    """
    return typesetting.typeset(TEMPLATE, "letters", json.loads(document))


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
