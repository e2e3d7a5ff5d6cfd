"""Compare this engine with pabutools on the same files: outcomes, CPU and wall time, ratios.

pabutools is GPL and no dependency; install it in an environment of its own:

    python3 -m venv /tmp/pabutools && /tmp/pabutools/bin/pip install pabutools
    python loadtests/tally/compare.py --pabutools /tmp/pabutools/bin/python --report FILE.pb ...

Few different ballots from many voters are in a file that ``repeated.py`` invents.

Each pair is measured in turn in one run; the median of the ratios is what counts, since machines
are noisy and pairs are not.  *Whole* is the whole command `pb-engine tally` (start, reading,
counting, writing) against the whole process of pabutools; *rule* is the counting alone, inside a
process that has read the file already.  Bytecode of both is made beforehand, as an installation
does.

Pabutools counts in three modes: ``exact`` and ``float`` with identical ballots grouped by it first,
and ``ungrouped``, exact as well, with the ballots as it reads them when nobody asks for groups.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rules import COMPARED

import pb_engine

HERE = Path(__file__).parent
COMPILED = {
    "poland_warszawa_2024_": {"mes_cost": 0.12, "mes_card": 0.09, "phragmen": 0.10},
    "Poland_Lodz_2022": {"mes_cost": 0.010, "mes_card": 0.010, "phragmen": 0.026},
    "Hungary_Budapest_2024": {"mes_cost": 0.013},
    "Netherlands_Amsterdam_631": {"mes_cost": 0.034},
}
"""Seconds of the C++ kernels of pabumeasures (floating point), compiled -O3, rule alone; measured
once on a machine of the same kind."""


@dataclass(frozen=True)
class Took:
    """One run of one program; the rule's own times where the program reports them."""

    cpu: float
    wall: float
    selected: tuple[str, ...] | None
    rule_cpu: float = 0.0
    rule_wall: float = 0.0


def measure(command: list[str], timeout: float) -> Took:
    """Run a program once; ``selected`` is ``None`` when it did not finish in time."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        child = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        while True:
            found, status, used = os.wait4(child.pid, os.WNOHANG)
            wall = time.perf_counter() - started
            if found:
                break
            if wall > timeout:
                child.kill()
                _, _, used = os.wait4(child.pid, 0)
                return Took(used.ru_utime + used.ru_stime, wall, None)
            time.sleep(0.005)
        if status:
            raise SystemExit(f"failed with status {status}: {' '.join(command)}")
        output.seek(0)
        said = json.load(output)
    result = said["results"][0] if "results" in said else said
    cpu = used.ru_utime + used.ru_stime
    selected = tuple(sorted(result["selected"]))
    return Took(cpu, wall, selected, said.get("cpu", 0.0), said.get("wall", 0.0))


@dataclass(frozen=True)
class Pair:
    """The whole command, the rule alone, and pabutools, measured one after the other."""

    whole: Took
    alone: Took
    theirs: Took

    @property
    def equal(self) -> str:
        """Whether the outcomes are equal, in a word."""
        if self.theirs.selected is None:
            return "not finished"
        same = self.whole.selected == self.alone.selected == self.theirs.selected
        return "equal" if same else "DIFFERS"


def pairs(file: str, rule: str, mode: str, options: argparse.Namespace) -> list[Pair]:
    """Measure a rule on a file several times; once when pabutools does not finish."""
    command = str(Path(sys.executable).with_name("pb-engine"))
    ours = [command, "tally", file, *COMPARED[rule], "--json"]
    alone = [sys.executable, str(HERE / "with_engine.py"), file, rule]
    theirs = [options.pabutools, str(HERE / "with_pabutools.py"), file, rule, mode]
    found = []
    for _ in range(options.runs):
        found.append(Pair(*(measure(one, options.timeout) for one in (ours, alone, theirs))))
        if found[-1].theirs.selected is None:
            break
    return found


def line(file: str, rule: str, mode: str, found: list[Pair]) -> str:
    """Return a line of the table."""
    finished = found[-1].theirs.selected is not None
    sign = "" if finished else "> "
    whole = median(pair.theirs.cpu / pair.whole.cpu for pair in found)
    wall = median(pair.theirs.wall / pair.whole.wall for pair in found)
    rule_alone = "-"
    if finished:
        least = 1e-4
        ratio = median(p.theirs.rule_cpu / max(least, p.alone.rule_cpu) for p in found)
        rule_alone = f"{ratio:.0f}x"
    cells = [
        Path(file).stem,
        rule,
        mode,
        f"{median(p.whole.cpu for p in found):.2f}",
        f"{sign}{median(p.theirs.cpu for p in found):.2f}",
        f"**{sign}{whole:.0f}x**",
        f"{sign}{wall:.0f}x",
        f"{median(p.alone.rule_cpu for p in found):.3f}",
        f"{median(p.theirs.rule_cpu for p in found):.2f}" if finished else "-",
        rule_alone,
        found[-1].equal,
    ]
    return f"| {' | '.join(cells)} |"


HEAD = (
    "| file | rule | pabutools | ours, CPU s | theirs, CPU s | whole, CPU | whole, wall "
    "| our rule, CPU s | their rule, CPU s | rule, CPU | outcome |"
)


def table(options: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of the comparison, each as soon as it is measured."""
    yield HEAD
    yield "|" + "---|" * HEAD.count(" | ") + "---|"
    for file in options.files:
        for rule in options.rule or COMPARED:
            for mode in options.mode or ["exact", "float"]:
                yield line(file, rule, mode, pairs(file, rule, mode, options))


def compiled(options: argparse.Namespace) -> Iterator[str]:
    """Yield the lines that compare with compiled code, rule alone."""
    yield "| file | rule | compiled, s | ours, exact, CPU s | we take |"
    yield "|---|---|---|---|---|"
    for file in options.files:
        for rule, seconds in COMPILED.get(Path(file).stem, {}).items():
            command = [sys.executable, str(HERE / "with_engine.py"), file, rule]
            runs = [measure(command, options.timeout).rule_cpu for _ in range(options.runs)]
            ours = median(runs)
            cells = Path(file).stem, rule, f"{seconds:.3f}", f"{ours:.3f}", f"{ours / seconds:.1f}x"
            yield f"| {' | '.join(cells)} |"


INTRODUCTION = """# Counting: this engine and its peers

Written by `loadtests/tally/compare.py`; that file says how it is measured. Ratios are medians over
pairs of runs: 25x means that pabutools used 25 times as much. Both programs got the same order of
ties; the last column compares the funded projects. `exact` and `float` are the two arithmetics of
pabutools, with identical ballots grouped; `ungrouped` is exact, with ballots as it reads them by
default. Ours is always exact.
"""


def main() -> None:
    """Print a table, and write the report if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--pabutools", required=True, help="python of an environment that has it")
    parser.add_argument("--mode", choices=["exact", "float", "ungrouped"], action="append")
    parser.add_argument("--rule", choices=list(COMPARED), action="append")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--timeout", type=float, default=600, help="seconds for one run")
    parser.add_argument("--report", action="store_true", help="write report.md next to this file")
    options = parser.parse_args()
    compileall.compile_dir(Path(pb_engine.__file__).parent, quiet=1)
    parts: list[list[str]] = []
    for lines in (table(options), compiled(options)):
        parts.append([])
        for text in lines:
            print(text, flush=True)
            parts[-1].append(text)
        print()
    if options.report:
        against, c_plus_plus = ("\n".join(part) for part in parts)
        report = (
            f"{INTRODUCTION}\n## pabutools\n\n{against}\n\n## Compiled code\n\nThe rule alone, "
            "against the C++ kernels of pabumeasures, which count in floating point.\n\n"
            f"{c_plus_plus}\n"
        )
        (HERE / "report.md").write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
