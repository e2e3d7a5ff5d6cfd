"""Where the money of the voters of projects without money went."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from pb_engine.api import Election, Grid, LocalText, Outcome
from pb_engine.plugins.money_flow.amounts import rounded
from pb_engine.plugins.money_flow.shares import Shares

MOST_PROJECTS = 5
MOST_PURCHASES = 3


def losers(election: Election, outcome: Outcome, shares: Shares) -> Grid | None:
    """Return a row per project without money, the most popular first; ``None`` without any.

    The shares of its voters, what they spent most on, and what they have left, which is less than
    the project costs.
    """
    support, selected = election.support, frozenset(outcome.selected)
    lost = [
        at
        for at, project in enumerate(election.projects)
        if project.id not in selected and support.voters[at] and project.cost <= election.budget
    ]
    lost.sort(key=lambda at: -support.voters[at])
    if not lost:
        return None
    return Grid(
        title=LocalText(
            nl="Waar ging het geld van de andere kiezers heen?",
            en="Where did the money of the other voters go?",
        ),
        caption=LocalText(
            nl="De ideeën zonder geld met de meeste stemmen: wat hun kiezers samen hadden, en "
            "waar zij het meest aan gaven. Wie op twee ideeën stemde, telt bij beide.",
            en="The projects without money that have most votes: what their voters had together, "
            "and what they gave most to. Who voted for two projects counts for both.",
        ),
        headings=(
            LocalText(nl="Idee zonder geld", en="Project without money"),
            LocalText(nl="Kost", en="Costs"),
            LocalText(nl="Kiezers", en="Voters"),
            LocalText(nl="Hun deel samen", en="Their shares"),
            LocalText(nl="Ging vooral naar", en="Went mostly to"),
            LocalText(nl="Nog over", en="Left"),
        ),
        rows=tuple(_row(election, shares, at) for at in lost[:MOST_PROJECTS]),
    )


def _row(election: Election, shares: Shares, at: int) -> tuple[LocalText, ...]:
    project, voters = election.projects[at], election.support.voters[at]
    title = project.title or project.id
    return (
        LocalText(nl=title, en=title),
        rounded(election, project.cost),
        LocalText(nl=str(voters), en=str(voters)),
        rounded(election, voters * shares.endowment),
        _purchases(election, shares, at),
        rounded(election, left_of(election, shares, at)),
    )


def left_of(election: Election, shares: Shares, at: int) -> Fraction:
    """Return what the voters of a project have left together."""
    return Fraction(int(shares.left[election.support.rows[at]].sum()), shares.unit)


def spent_on(election: Election, shares: Shares, at: int) -> dict[int, Fraction]:
    """Return what the voters of a project paid for each project that was bought."""
    mark = np.zeros(len(election.support.times), dtype=bool)
    mark[election.support.rows[at]] = True
    return {
        bought: Fraction(int(part.amounts[mark[part.rows]].sum()), shares.unit)
        for bought, part in shares.parts.items()
    }


def _purchases(election: Election, shares: Shares, at: int) -> LocalText:
    spent = spent_on(election, shares, at)
    order = sorted((one for one in spent if spent[one]), key=lambda one: -spent[one])
    told = [_purchase(election, one, spent[one]) for one in order[:MOST_PURCHASES]]
    if not told:
        return LocalText(nl="niets", en="nothing")
    return LocalText(nl="; ".join(one.nl for one in told), en="; ".join(one.en for one in told))


def _purchase(election: Election, at: int, amount: Fraction) -> LocalText:
    title, money = (
        election.projects[at].title or election.projects[at].id,
        rounded(election, amount),
    )
    return LocalText(nl=f"{title} ({money.nl})", en=f"{title} ({money.en})")
