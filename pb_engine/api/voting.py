"""Voting methods: how ballots become a list of funded projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from pb_engine.api.card import Offer
from pb_engine.ballots import BallotFormat
from pb_engine.errors import TallyRefused
from pb_engine.tallying import Election, Explanation, Outcome, Project

Settings = Mapping[str, Any]
"""What ``settings_schema().load`` returned: plain values by name."""


@runtime_checkable
class VotingMethod(Offer, Protocol):
    """A tally rule (telmethode)."""

    @property
    def formats(self) -> frozenset[BallotFormat]:
        """The ballot formats that this method can count."""

    def tally(self, election: Election, settings: Settings) -> Outcome:
        """Decide about every project exactly once.

        Pure: the same election gives the same outcome on any machine, for ever.  Whole numbers
        and ``Fraction`` only.  Ties fall by ``election.lot``.  An empty box is counted too.
        Never spends more than ``election.budget``.

        :raises pb_engine.api.TallyRefused: this method cannot count these ballots.
        """

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Explain an outcome of ``tally``: one explanation per project identifier.

        Reads the trail in ``outcome``; the election gives titles and costs only.
        """


@runtime_checkable
class CountsTotals(Protocol):
    """What a voting method has besides, when it can count paper of which only totals are known."""

    def needs_only_totals(self, settings: Settings) -> bool:
        """Tell whether votes per project and the number of voters decide, and nothing else.

        Such a method reads ``election.votes`` and ``election.voters`` instead of ``support``.
        """


def counts_totals(method: VotingMethod, settings: Settings) -> bool:
    """Tell whether a method can count paper of which only totals are known."""
    return isinstance(method, CountsTotals) and method.needs_only_totals(settings)


def require_countable(method: VotingMethod, settings: Settings, election: Election) -> None:
    """Demand that a method can count all that is in an election.

    :raises TallyRefused: some paper is known as totals only, and this method needs ballots.
    """
    if election.totals is not None and not counts_totals(method, settings):
        raise TallyRefused(
            f"voting method {method.card.name!r} needs every ballot; some paper was counted as "
            "totals only",
            method=method.card.name,
        )


def projects_by_id(projects: Sequence[Project]) -> dict[str, Project]:
    """Index projects by identifier, for explanations that name other projects."""
    return {project.id: project for project in projects}
