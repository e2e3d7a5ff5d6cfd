"""Reading a Pabulib file, against what Python's own csv module needs to cut it into cells.

    python loadtests/tally/reading.py FILE.pb ...
    python loadtests/tally/reading.py --made 10000000

Both are measured in turn in one run, CPU seconds, and the median of the ratios is what counts:
the machine is noisy, pairs are not.  ``--made`` reads that many invented ballots of a hundred
projects from a stream, none of them on disk, and says how much memory that took at most.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np

from pb_engine.tallying.pabulib import read_pabulib

PROJECTS = 100
ROWS = 50_000


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of some work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def cut(raw: bytes) -> None:
    """Cut a file into cells, and forget them."""
    text = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", newline="")
    for _ in csv.reader(text, delimiter=";"):
        pass


def compare(file: Path, runs: int) -> str:
    """Measure one file; return a line of the table."""
    raw = file.read_bytes()
    pairs = [
        (cpu(lambda: cut(raw)), cpu(lambda: read_pabulib(io.BytesIO(raw)))) for _ in range(runs)
    ]
    ratio = median(ours / theirs for theirs, ours in pairs)
    theirs, ours = (1000 * median(column) for column in zip(*pairs, strict=True))
    megabytes = len(raw) / 1e6
    return f"| {file.stem[:36]:<36} | {megabytes:.1f} | {theirs:.0f} | {ours:.0f} | {ratio:.1f}x |"


class Made(io.RawIOBase):
    """A file of invented ballots that is made while it is read; the same one every time."""

    def __init__(self, voters: int) -> None:
        super().__init__()
        self._parts = made(voters)
        self._rest = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as a part goes."""
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        given = self._rest[: len(buffer)]
        buffer[: len(given)] = given
        self._rest = self._rest[len(given) :]
        return len(given)


def made(voters: int) -> Iterator[bytes]:
    """Yield a file with ballots of one to ten projects."""
    meta = {"num_projects": PROJECTS, "num_votes": voters, "budget": 10**8, "vote_type": "approval"}
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in meta.items())]
    lines += ["PROJECTS", "project_id;cost", *(f"p{at};{at + 1}00000" for at in range(PROJECTS))]
    yield "\n".join([*lines, "VOTES", "voter_id;vote\n"]).encode()
    chance = np.random.default_rng(1)
    names = [f"p{at}" for at in range(PROJECTS)]
    for first in range(0, voters, ROWS):
        number = min(ROWS, voters - first)
        order = chance.permuted(np.tile(np.arange(PROJECTS), (number, 1)), axis=1)[:, :10]
        lengths = chance.integers(1, 11, number)
        rows = zip(order.tolist(), lengths.tolist(), strict=True)
        yield "".join(
            f"{first + at};{','.join([names[mark] for mark in marks[:length]])}\n"
            for at, (marks, length) in enumerate(rows)
        ).encode()


def read_made(voters: int) -> str:
    """Read invented ballots; return a sentence."""
    seconds = time.process_time()
    for _ in made(voters):
        pass
    making = time.process_time() - seconds
    seconds = time.process_time()
    election = read_pabulib(io.BufferedReader(Made(voters))).election
    seconds = time.process_time() - seconds - making
    columns = election.profile.columns
    return (
        f"{election.profile.voters} ballots, {len(columns.times)} different, {len(columns.marks)} "
        f"marks: read in {seconds:.1f} s of CPU, peak {peak():.0f} MB"
    )


def peak() -> float:
    """Return the most memory this program had so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage counts begins with the program that started this one
        (own,) = re.findall(r"^VmHWM:\s*(\d+)", status.read_text(encoding="ascii"), re.MULTILINE)
        return int(own) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a table, or a sentence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--made", type=int, metavar="VOTERS")
    options = parser.parse_args()
    if options.made:
        print(read_made(options.made))
    if options.files:
        print("| file | MB | csv module, ms | we, ms | ratio |")
        print("|---|---|---|---|---|")
    for file in options.files:
        print(compare(file, options.runs), flush=True)


if __name__ == "__main__":
    main()
