"""The minimum difference rule: no two released tables may isolate a few persons by subtraction.

Source: the differencing attack on statistical data bases (Denning, Denning and Schwartz, "The
tracker", ACM TODS 4, 1979), and the minimum-difference rule that statistical offices set against
it.

Units: persons, as keyed tokens (``member_token``).  Guarantee: when ``differences`` finds nothing,
then for any two tables that share a variable, whether old or new, (1) no released group has 1 to k
- 1 members, (2) no two groups differ by fewer than k persons unless they are equal, and (3) no
union of groups of the one, minus a union of groups of the other that lies inside it, has 1 to k -
1 members.  What is compared is *who is described* by a group, never what they answered: a refusal
cell by cell would itself reveal an answer, so a table passes as a whole or not at all.

Not guaranteed: the combination of three or more tables, and what a reader already knows of
members.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pb_engine.disclosure.additive import Label
from pb_engine.disclosure.keyed import keyed_digest
from pb_engine.disclosure.programme import Programme
from pb_engine.disclosure.refusals import DisclosureRefused
from pb_engine.disclosure.unions import isolates_by_unions

LEAST_DIFFERENCE = 10


@dataclass(frozen=True, slots=True)
class Group:
    """The persons whom one cell describes, whatever they answered."""

    label: Label
    members: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The released groups of one table.  No member is in two; a total is a table of its own.

    :ivar table: its name in the programme.
    :raises DisclosureRefused: a member is in two groups.
    """

    table: str
    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        seen: set[bytes] = set()
        for group in self.groups:
            if not seen.isdisjoint(group.members):
                raise DisclosureRefused(
                    f"table {self.table!r}: somebody in {group.label!r} is in another group as well"
                )
            seen |= group.members


class Mistake(StrEnum):
    """Why two tables, or one, cannot be out together."""

    SMALL_GROUP = "small_group"
    CLOSE_GROUPS = "close_groups"
    SMALL_REMAINDER = "small_remainder"


@dataclass(frozen=True, slots=True)
class Finding:
    """A proposed table that isolates persons, against which other table, and how.

    It names tables and never groups, so that it can be logged.
    """

    table: str
    against: str
    mistake: Mistake


def member_token(key: bytes, person: str, answers: bytes) -> bytes:
    """Return the token of a person with these answers; other answers make another token.

    So a table that is computed again after somebody changed an answer differs from the old one, and
    the rule sees it.

    :raises DisclosureRefused: the key is shorter than 32 bytes.
    """
    return keyed_digest(key, "member", [person.encode(), answers])


def differences(
    programme: Programme,
    released: Iterable[Grouping],
    proposed: Iterable[Grouping],
    least: int = LEAST_DIFFERENCE,
) -> tuple[Finding, ...]:
    """Return what speaks against releasing the proposed tables, in their order; empty if nothing.

    :raises DisclosureRefused: a table is not in the programme.
    """
    before = list(released)
    found: list[Finding] = []
    for table in proposed:
        if any(0 < len(group.members) < least for group in table.groups):
            found.append(Finding(table.table, table.table, Mistake.SMALL_GROUP))
        others = [one for one in before if programme.shares_a_variable(table.table, one.table)]
        programme.find(table.table)
        found.extend(_against(table, others, least))
        before.append(table)
    return tuple(found)


def admit(
    programme: Programme,
    released: Sequence[Grouping],
    proposed: Sequence[Grouping],
    least: int = LEAST_DIFFERENCE,
) -> tuple[Grouping, ...]:
    """Return all that is out once the proposed tables are; all of them, or none.

    :raises DisclosureRefused: ``differences`` finds something; the sentence names the tables.
    """
    if found := differences(programme, released, proposed, least):
        first = found[0]
        raise DisclosureRefused(
            f"table {first.table!r} beside {first.against!r} would isolate fewer than {least} "
            f"persons ({first.mistake})",
            table=first.table,
            against=first.against,
        )
    return (*released, *proposed)


def _against(table: Grouping, others: Iterable[Grouping], least: int) -> Iterable[Finding]:
    for other in others:
        if _close(table, other, least):
            yield Finding(table.table, other.table, Mistake.CLOSE_GROUPS)
        elif any(
            isolates_by_unions(a, b, least)
            for a, b in ((_sets(table), _sets(other)), (_sets(other), _sets(table)))
        ):
            yield Finding(table.table, other.table, Mistake.SMALL_REMAINDER)


def _close(one: Grouping, other: Grouping, least: int) -> bool:
    # Persons, not tokens: one changed answer is a token less and a token more.
    return any(
        0 < max(len(a.members - b.members), len(b.members - a.members)) < least
        for a in one.groups
        for b in other.groups
        if a.members and b.members
    )


def _sets(table: Grouping) -> list[frozenset[bytes]]:
    return [group.members for group in table.groups if group.members]
