"""Count all files of a folder by all rules, and say how long that takes.

    python loadtests/tally/all_files.py FOLDER

Each file is read once and counted by every rule in one process, as `--rule A --rule B` does.  A
rule that refuses a file (its ballots are of another kind) is shown as a dash, one that takes longer
than ``--limit`` seconds as the limit.
"""

from __future__ import annotations

import argparse
import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from rules import OURS

from pb_engine.api import Election, VotingMethod
from pb_engine.errors import EngineError
from pb_engine.pluginhost import load, load_settings
from pb_engine.tallying import check_outcome
from pb_engine.tallying.pabulib import read_pabulib


class TooLong(Exception):
    """A count passed the limit."""


def _stop(signum: int, frame: FrameType | None) -> None:
    del signum, frame
    raise TooLong


def method_of(options: tuple[str, ...]) -> tuple[VotingMethod, dict[str, str]]:
    """Return the method that command line options name, and its settings."""
    pairs = list(zip(options[::2], options[1::2], strict=True))
    rule = next(value for option, value in pairs if option == "--rule")
    given = dict(value.split("=", 1) for option, value in pairs if option == "--setting")
    methods = load([rule]).voting_methods
    return methods.get(rule) or next(iter(methods.values())), given


def seconds(election: Election, options: tuple[str, ...], limit: float) -> float | None:
    """Return CPU seconds of one count; ``None`` when the rule refuses the file.

    :raises TooLong: it takes more than ``limit`` seconds of CPU.
    """
    method, given = method_of(options)
    started = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        check_outcome(election, method.tally(election, load_settings(method, given)))
    except EngineError:
        return None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - started


def counted(file: Path, limit: float) -> Iterator[tuple[str, float | str]]:
    """Yield what a file took: reading, then rule by rule."""
    started = time.process_time()
    with file.open("rb") as stream:
        election = read_pabulib(stream).election
    yield "reading", time.process_time() - started
    for rule, options in OURS.items():
        try:
            took = seconds(election, options, limit)
            yield rule, "-" if took is None else took
        except TooLong:
            yield rule, f">{limit:g}"


def table(totals: dict[str, list[float]], rows: list[tuple[str, dict[str, float | str]]]) -> None:
    """Print the slowest files and the sums as a table in Markdown."""
    columns = ["reading", *OURS]
    print("| file | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for name, took in rows:
        cells = [f"{t:.2f}" if isinstance(t, float) else t for t in map(took.get, columns)]
        print(f"| {name} | " + " | ".join(map(str, cells)) + " |")
    sums = " | ".join(f"{sum(totals.get(column, [])):.1f}" for column in columns)
    print(f"| **all files together** | {sums} |")


def main() -> None:
    """Count everything and print the table, the slowest files first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=float, default=60, help="CPU seconds for one count")
    parser.add_argument(
        "--rows", type=int, default=12, help="how many of the slowest files to show"
    )
    parser.add_argument("--json", type=Path, help="also write every figure to this file")
    options = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _stop)
    rows: list[tuple[str, dict[str, float | str]]] = []
    totals: dict[str, list[float]] = {}
    started, used = time.monotonic(), time.process_time()
    for file in sorted(options.folder.glob("*.pb")):
        took = dict(counted(file, options.limit))
        rows.append((file.stem, took))
        for column, spent in took.items():
            number = spent if isinstance(spent, float) else options.limit * (spent != "-")
            totals.setdefault(column, []).append(number)
    rows.sort(key=lambda row: -sum(t for t in row[1].values() if isinstance(t, float)))
    table(totals, rows[: options.rows])
    wall, cpu = time.monotonic() - started, time.process_time() - used
    print(f"\n{len(rows)} files, {len(OURS)} rules: {cpu:.0f} s of CPU, {wall:.0f} s on the clock")
    if options.json:
        options.json.write_text(json.dumps(dict(rows), indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
