"""What a file of an election says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.tallying.election import Election
from pb_engine.tallying.pabulib.amounts import WITHDRAWN
from pb_engine.units import ProjectId


@dataclass(frozen=True, slots=True, eq=False)
class PabulibElection:
    """A Pabulib file as values; sheets and records are brought into the same form.

    :ivar meta: the META section as written, in its order.
    :ivar vote_type: ``approval``, ``choose-1``, ``cumulative``, ``ordinal`` or ``scoring``.
    :ivar election: amounts in whole units of ``1/election.unit`` of the file's currency; the lot
        is lower cost, then more voters, then identifier.
    :ivar projects: the PROJECTS section as written, by project and column.
    :ivar remarks: harmless oddities that were read over, in sentences.
    """

    meta: Mapping[str, str]
    vote_type: str
    election: Election
    projects: Mapping[ProjectId, Mapping[str, str]]
    remarks: tuple[str, ...] = ()

    @property
    def selected(self) -> frozenset[ProjectId] | None:
        """The projects that the file calls selected (1); ``None`` when it does not say."""
        flags = {project: row.get("selected") for project, row in self.projects.items()}
        if not flags or all(flag is None for flag in flags.values()):
            return None
        return frozenset(project for project, flag in flags.items() if flag == "1")

    @property
    def withdrawn(self) -> frozenset[ProjectId]:
        """The projects whose cost is the sign for a withdrawn project, not an amount."""
        cost = WITHDRAWN * self.election.unit
        return frozenset(p.id for p in self.election.projects if p.cost == cost)

    def in_file_units(self, amount: int) -> int | str:
        """Write an amount as the file would: whole, or a decimal text such as ``"12.50"``."""
        return decimal_text(amount, self.election.unit)


def decimal_text(amount: int, unit: int) -> int | str:
    """Return ``amount / unit``: a whole number, or exact decimals as text."""
    whole, rest = divmod(abs(amount), unit)
    if not rest:
        return amount // unit
    places = len(str(unit)) - 1
    return f"{'-' if amount < 0 else ''}{whole}.{rest:0{places}d}"
