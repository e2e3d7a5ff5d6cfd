"""A print run of invented letters, for measuring in a program of its own."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from pb_engine.engine import Engine
from pb_engine.sealing import new_code, written
from pb_engine.services.letters import addressed, making
from tests.builders import a_round_in
from tests.services.letters.test_making import a_resident


def run(folder: Path, number: int, per_file: int) -> making.Made:
    """Print so many letters to invented residents; no code is stored."""
    staged = a_round_in(folder / "pb", "ideas")

    def source(_engine: Engine, _slug: str, _by: str) -> tuple[int, list[addressed.Coded]]:
        return 1, [(written(new_code()), a_resident(one)) for one in range(1, number + 1)]

    return making.make_letters(
        staged.engine, staged.slug, source, folder / "out", "test", per_file=per_file
    )


_PRESS = resource.RUSAGE_CHILDREN


def _seconds(usage: resource.struct_rusage) -> float:
    return round(usage.ru_utime + usage.ru_stime, 1)


def main(words: list[str]) -> None:
    """Print a run and tell what this program and the press took: MiB at most, and seconds."""
    run(Path(words[0]), int(words[1]), int(words[2]))
    # What the kernel counts for a process begins with whoever started it; this line does not.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (own,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    ours, press = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, _PRESS))
    told = {
        "self": [int(own) // 1024, _seconds(ours)],
        "press": [press.ru_maxrss // 1024, _seconds(press)],
    }
    sys.stdout.write(json.dumps(told) + "\n")
