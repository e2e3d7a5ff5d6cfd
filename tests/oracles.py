"""Other people's programs, asked the same questions as ours.

They live in an environment of their own (``make oracles``) and answer in another process: what
they are licensed under, and what they need, never touches the engine.  A script reads one JSON
value a line and answers each with one line; it is started once and stays for all questions.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = Path(os.environ.get("PB_ORACLES", ROOT / ".venv-oracles" / "bin" / "python"))
SCRIPTS = Path(__file__).parent / "oracle_scripts"
PATIENCE = 120

needs_oracles = pytest.mark.skipif(
    not PYTHON.is_file() and os.environ.get("CI") != "true",
    reason="other programs to compare with are not here; `make oracles` sets them up",
)


def ask(script, question):
    """Return what ``oracle_scripts/<script>.py`` answers.

    :raises AssertionError: the script fails, with its traceback, or it is too slow.
    """
    oracle = _started(script)
    oracle.stdin.write(json.dumps(question) + "\n")
    oracle.stdin.flush()
    ready, _, _ = select.select([oracle.stdout], [], [], PATIENCE)
    assert ready, f"{script} did not answer within {PATIENCE} seconds"
    answer = json.loads(oracle.stdout.readline() or '{"error": "the script ended"}')
    assert "error" not in answer, answer["error"]
    return answer["answer"]


@cache
def _started(script):
    oracle = subprocess.Popen(
        [PYTHON, "-I", SCRIPTS / "serve.py", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": os.environ["PATH"], "PYTHONHASHSEED": "0"},
    )
    atexit.register(_stop, oracle)
    return oracle


def _stop(oracle):
    oracle.stdin.close()
    oracle.wait(timeout=30)
    oracle.stdout.close()
