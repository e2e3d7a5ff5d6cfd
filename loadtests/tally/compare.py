"""Compare `pb-engine tally` with pabutools on the same files: outcomes, CPU time, ratios.

pabutools is GPL and no dependency; install it in an environment of its own:

    python3 -m venv /tmp/pabutools && /tmp/pabutools/bin/pip install pabutools
    python loadtests/tally/compare.py --pabutools /tmp/pabutools/bin/python FILE.pb ...

Each pair is measured in turn in one run, whole process (start, reading, counting), CPU seconds of
the child, and the median of the ratios is what counts: the machine is noisy, pairs are not.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
RULES = {
    "greedy": ["--rule", "greedy", "--setting", "by=votes"],
    "mes_cost": ["--rule", "equal_shares", "--setting", "completion=none"],
    "mes_card": [
        *("--rule", "equal_shares", "--setting", "completion=none"),
        *("--setting", "utility=cardinality"),
    ],
    "mes_cost_add1": [
        *("--rule", "equal_shares", "--setting", "completion=add1"),
        *("--setting", "variant=pabutools"),
    ],
}


@dataclass(frozen=True)
class Measured:
    """One run of one program."""

    cpu: float
    selected: tuple[str, ...] | None


def children_cpu() -> float:
    """CPU seconds of all children so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(command: list[str], timeout: float) -> Measured:
    """Run a program once; ``selected`` is ``None`` when it did not finish in time."""
    before = children_cpu()
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return Measured(children_cpu() - before, None)
    result = json.loads(done.stdout)
    selected = result["results"][0]["selected"] if "results" in result else result["selected"]
    return Measured(children_cpu() - before, tuple(sorted(selected)))


def compare(file: str, rule: str, options: argparse.Namespace) -> str:
    """Measure a rule on a file in pairs; return a line of the table."""
    ours_command = [
        str(Path(sys.executable).with_name("pb-engine")),
        "tally",
        file,
        *RULES[rule],
        "--json",
    ]
    theirs_command = [options.pabutools, str(HERE / "with_pabutools.py"), file, rule, options.mode]
    ours, theirs = [], []
    for _ in range(options.runs):
        ours.append(measure(ours_command, options.timeout))
        theirs.append(measure(theirs_command, options.timeout))
        if theirs[-1].selected is None:
            break
    ratio = median(t.cpu / o.cpu for o, t in zip(ours, theirs, strict=True))
    if theirs[-1].selected is None:
        verdict, sign = "not finished", ">"
    else:
        verdict, sign = ("equal" if ours[-1].selected == theirs[-1].selected else "DIFFERS"), ""
    return (
        f"| {Path(file).stem[:36]:<36} | {rule:<14} | {median(o.cpu for o in ours):>7.2f} "
        f"| {sign}{median(t.cpu for t in theirs):.2f} | {sign}{ratio:.0f}x | {verdict} |"
    )


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--pabutools", required=True, help="python of an environment that has it")
    parser.add_argument("--mode", choices=["exact", "float"], default="exact")
    parser.add_argument("--rule", choices=list(RULES), action="append")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--timeout", type=float, default=600)
    options = parser.parse_args()
    print(f"| file | rule | ours, CPU s | pabutools {options.mode}, CPU s | ratio | outcome |")
    print("|---|---|---|---|---|---|")
    for file in options.files:
        for rule in options.rule or RULES:
            print(compare(file, rule, options), flush=True)


if __name__ == "__main__":
    main()
