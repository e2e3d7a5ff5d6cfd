"""The pots of a round on ballots that were cast elsewhere."""

from __future__ import annotations

from pb_engine.domain.ballot_limits import Placed
from pb_engine.domain.pots import has_potted, pots_of_other_money, with_pots
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.tallying import Election
from pb_engine.units import RoundId

NONE, COUNTED, SCALED, LEFT_OUT = "none", "counted", "scaled", "left_out"
"""What became of the pots: there are none; they count; they count as parts of other money; none of
the projects falls in one, or nobody knows it."""


def pots_on_round(
    engine: Engine, round_: Round, other: str, election: Election
) -> tuple[Round, str]:
    """Return a round whose rules know its pots in the published projects of another round.

    A pot is as large a part of that round's money as it is of its own.
    """
    with engine.stores.site.read() as work:
        ideas = work.ideas.all(RoundId(other))
    known = {str(idea.id): idea for idea in ideas}
    placed: tuple[Placed, ...] = tuple(
        (project.id, known[project.id].theme, known[project.id].area)
        for project in election.projects
        if project.id in known
    )
    return pots_on(round_, placed, election.budget)


def pots_on(round_: Round, placed: tuple[Placed, ...], budget: int) -> tuple[Round, str]:
    """Return a round whose rules know which of these projects are in which pot."""
    if round_.pots is None:
        return round_, NONE
    if not has_potted(round_, placed):
        return round_, LEFT_OUT
    if budget == round_.fund.budget_cents:
        return with_pots(round_, placed), COUNTED
    return with_pots(pots_of_other_money(round_, budget), placed), SCALED
