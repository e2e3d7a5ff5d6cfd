"""Answers questions on standard input, one JSON value a line, with the script named beside it."""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from pathlib import Path


def main() -> None:
    """Argument: the name of a script with a function ``answer``."""
    sys.path.insert(0, str(Path(__file__).parent))
    script = importlib.import_module(sys.argv[1])
    # What a library prints must not stand between the answers.
    replies, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        try:
            reply = {"answer": script.answer(json.loads(line))}
        except Exception:  # noqa: BLE001 - the test shows whatever went wrong
            reply = {"error": traceback.format_exc()}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
