"""Splitting records into classes that look alike, from everybody downwards.

Source: top-down specialisation (Fung, Wang and Yu, ICDE 2005) in the multidimensional form of
LeFevre, DeWitt and Ramakrishnan ("Mondrian", ICDE 2006), for k-anonymity (Sweeney 2002) and, on a
yes/no view of one answer, l-diversity with l = 2 (Machanavajjhala et al. 2006).

A class is split by the next step of the order only when *every* part keeps at least k records, and
holds both answers.  Units: records.  Guarantee: every released class has k records or more that
carry the very same released values; nothing is blanked for one record and not for its class;
nobody is left out because they are few (they stay in a larger class); when the whole is smaller
than k, or unanimous, nothing is released at all.  Equal records in any order, with the same order
of steps, give the same classes.

Not guaranteed: that an answer cannot be guessed from a lopsided class, that readers with other
files learn nothing, or that *not* splitting tells nothing (it says that some part was small or
unanimous: Wong et al., "Minimality attack", VLDB 2007).  A file with several waves is never
anonymous by this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pb_engine.disclosure.hierarchies import EVERYBODY, Hierarchy
from pb_engine.disclosure.refusals import DisclosureRefused

LEAST_CLASS = 10
Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """Split by this attribute at this level."""

    attribute: str
    level: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is released of one attribute: its value at a level, or ``*`` at the level ``*``."""

    attribute: str
    level: str
    value: str


@dataclass(frozen=True, slots=True)
class RecordClass:
    """Records that look alike.

    :ivar known: one value per attribute, in the order of the hierarchies.
    :ivar members: places of the records in what was given, ascending.
    """

    known: tuple[Known, ...]
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Classing:
    """All classes, sorted by what is released, and the records that are not released."""

    classes: tuple[RecordClass, ...]
    suppressed: tuple[int, ...]

    @property
    def suppressed_share(self) -> Fraction:
        """The share of records that are not released; 0 for no records at all."""
        return Fraction(len(self.suppressed), max(1, self._records()))

    def kept_share(self, step: Step) -> Fraction:
        """Return the share of records released with this attribute at exactly this level."""
        kept = sum(len(one.members) for one in self.classes if _tells(one, step))
        return Fraction(kept, max(1, self._records()))

    def _records(self) -> int:
        return len(self.suppressed) + sum(len(one.members) for one in self.classes)


def split(
    records: Sequence[Record],
    hierarchies: Sequence[Hierarchy],
    order: Sequence[Step],
    *,
    least: int = LEAST_CLASS,
    answers: Sequence[bool] | None = None,
    least_each: int = 1,
) -> Classing:
    """Split the records into classes as fine as the order and the two demands allow.

    :param order: what to try, one step after another; what stands first is kept longest.
    :param answers: the yes/no view of the sensitive answer, one for each record.
    :param least_each: how many of either answer each class holds at least.
    :raises DisclosureRefused: an unknown attribute, level or value, a record without an attribute,
        answers that do not fit the records, ``least`` below 2, or a step that is not finer than an
        earlier one on the same attribute.
    """
    splitter = _Splitter(records, hierarchies, order, least, answers, least_each)
    everybody = tuple(range(len(records)))
    if not splitter.may_stand(everybody):
        return Classing((), everybody)
    start = {one.attribute: Known(one.attribute, EVERYBODY, EVERYBODY) for one in hierarchies}
    classes = splitter.split(everybody, start, 0)
    return Classing(tuple(sorted(classes, key=_released)), ())


class _Splitter:
    def __init__(
        self,
        records: Sequence[Record],
        hierarchies: Sequence[Hierarchy],
        order: Sequence[Step],
        least: int,
        answers: Sequence[bool] | None,
        least_each: int,
    ) -> None:
        if least < 2 or (answers is not None and len(answers) != len(records)):  # noqa: PLR2004
            raise DisclosureRefused("a class needs 2 records or more, and each record one answer")
        self._order = order
        self._least = least
        self._answers = answers
        self._least_each = least_each
        _check_order(hierarchies, order)
        self._columns = [_column(records, hierarchies, step) for step in order]

    def may_stand(self, members: Sequence[int]) -> bool:
        if len(members) < self._least:
            return False
        if self._answers is None:
            return True
        yes = sum(self._answers[member] for member in members)
        return min(yes, len(members) - yes) >= self._least_each

    def split(
        self, members: tuple[int, ...], known: Mapping[str, Known], at: int
    ) -> list[RecordClass]:
        if at == len(self._order):
            return [RecordClass(tuple(known.values()), members)]
        step = self._order[at]
        parts: dict[str, list[int]] = {}
        for member in members:
            parts.setdefault(self._columns[at][member], []).append(member)
        if not all(self.may_stand(part) for part in parts.values()):
            return self.split(members, known, at + 1)
        found: list[RecordClass] = []
        for value in sorted(parts):
            more = {**known, step.attribute: Known(step.attribute, step.level, value)}
            found += self.split(tuple(parts[value]), more, at + 1)
        return found


def _check_order(hierarchies: Sequence[Hierarchy], order: Sequence[Step]) -> None:
    depths = {
        (h.attribute, name): depth for h in hierarchies for depth, name in enumerate(h.levels)
    }
    reached: dict[str, int] = {}
    for step in order:
        depth = depths.get((step.attribute, step.level))
        if depth is None:
            raise DisclosureRefused(f"no hierarchy has {step.attribute!r} at level {step.level!r}")
        if depth <= reached.get(step.attribute, -1):
            raise DisclosureRefused(
                f"level {step.level!r} of {step.attribute!r} is not finer than the step before it"
            )
        reached[step.attribute] = depth


def _column(records: Sequence[Record], hierarchies: Sequence[Hierarchy], step: Step) -> list[str]:
    hierarchy = next(one for one in hierarchies if one.attribute == step.attribute)
    column: list[str] = []
    for place, record in enumerate(records):
        if step.attribute not in record:
            raise DisclosureRefused(f"record {place} has no {step.attribute!r}")
        column.append(hierarchy.at(step.level, record[step.attribute]))
    return column


def _released(one: RecordClass) -> tuple[tuple[str, str, str], ...]:
    return tuple((known.attribute, known.level, known.value) for known in one.known)


def _tells(one: RecordClass, step: Step) -> bool:
    return any(
        (known.attribute, known.level) == (step.attribute, step.level) for known in one.known
    )
