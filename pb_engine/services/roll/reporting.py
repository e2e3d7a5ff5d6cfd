"""What a dry run tells: counts and the first findings of each kind, and all of them as a file."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from pb_engine.services.roll.findings import KINDS, Finding, Level
from pb_engine.services.roll.judging import Verdict
from pb_engine.services.roll.reading import Reading
from pb_engine.tallying.sheets.cells import guarded

FIRST = 10
"""So many findings of a kind are shown; a report file holds all."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import would do, or did.

    :ivar rows: how many rows the file has; each is ``taken``, ``left_out`` or ``wrong``.
    :ivar secret: how many of those taken in get no letter.
    :ivar kinds: how many findings there are of each kind.
    :ivar first: the first findings of each kind, by kind and line.
    :ivar areas: how many voting rights there are in each area.
    """

    reading: Reading
    rows: int
    taken: int
    left_out: int
    wrong: int
    secret: int
    kinds: Mapping[str, int]
    first: tuple[Finding, ...]
    areas: Mapping[str, int]


class Reporter:
    """Gathers verdicts.

    :param file: where all findings are written as CSV; ``None`` writes none.
    """

    def __init__(self, reading: Reading, file: TextIO | None = None) -> None:
        self._reading = reading
        self._outcomes: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        self._areas: Counter[str] = Counter()
        self._first: dict[str, list[Finding]] = {kind: [] for kind in KINDS}
        self._writer = csv.writer(file, delimiter=";", lineterminator="\n") if file else None
        if self._writer:
            self._writer.writerow(["regel", "gevolg", "bevinding", "toelichting", "zin"])

    def note(self, verdict: Verdict) -> None:
        """Count a verdict, and write down its findings."""
        outcome = _outcome(verdict)
        self._outcomes[outcome] += 1
        if verdict.taken:
            self._areas[verdict.area or ""] += 1
            self._outcomes["secret"] += bool(verdict.row and verdict.row.secret)
        for one in verdict.findings:
            self._kinds[one.kind] += 1
            if len(self._first[one.kind]) < FIRST:
                self._first[one.kind].append(one)
            if self._writer:
                cells = (one.kind, guarded(one.detail), one.sentence.nl)
                self._writer.writerow([one.line, outcome, *cells])

    def report(self) -> Report:
        """Return what was gathered."""
        outcomes = self._outcomes
        return Report(
            reading=self._reading,
            rows=outcomes["taken"] + outcomes["left_out"] + outcomes["wrong"],
            taken=outcomes["taken"],
            left_out=outcomes["left_out"],
            wrong=outcomes["wrong"],
            secret=outcomes["secret"],
            kinds={kind: self._kinds[kind] for kind in KINDS if self._kinds[kind]},
            first=tuple(one for listed in self._first.values() for one in listed),
            areas=dict(sorted(self._areas.items())),
        )


def _outcome(verdict: Verdict) -> str:
    levels = {one.level for one in verdict.findings}
    if Level.WRONG in levels:
        return "wrong"
    return "left_out" if Level.LEFT_OUT in levels else "taken"
