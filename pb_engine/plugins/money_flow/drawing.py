"""Payments as a flow with few enough stops to read."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pb_engine.api import Election, Flow, LocalText, Result, Settings, Stop, Stream
from pb_engine.plugins.money_flow.amounts import rounded
from pb_engine.plugins.money_flow.groups import NO_GROUP, groups_of
from pb_engine.plugins.money_flow.merge import added, largest, whole_parts
from pb_engine.plugins.money_flow.payments import Payments, payments
from pb_engine.plugins.money_flow.shares import Shares

OTHERS = -2
"""Stands for all groups, or all projects, that are not named."""

Matrix = dict[tuple[int, int], int]
"""Whole amounts by group and project."""


def flow(result: Result, shares: Shares | None, settings: Settings) -> Flow | None:
    """Return the flow of a result, or ``None`` when no money is spent."""
    election = result.election
    paid = payments(election, result.outcome, groups_of(election), shares)
    amounts = _whole(_merged(paid, settings["most_groups"], settings["most_projects"]))
    if not amounts:
        return None
    sources = _order(added((group, Fraction(value)) for (group, _), value in amounts.items()))
    targets = _order(added((at, Fraction(value)) for (_, at), value in amounts.items()))
    from_, to = list(sources), list(targets)
    return Flow(
        title=LocalText(nl="Van kiezers naar ideeën", en="From voters to projects"),
        caption=_caption(shares=paid.shares),
        alternative=_alternative(len(from_), len(to)),
        from_heading=LocalText(nl="Kiezers van", en="Voters of"),
        to_heading=LocalText(nl="Geld voor", en="Money for"),
        sources=tuple(Stop(_voters(election, g), rounded(election, sources[g])) for g in from_),
        targets=tuple(Stop(_project(election, p), rounded(election, targets[p])) for p in to),
        streams=tuple(
            Stream(from_.index(group), to.index(at), value, rounded(election, value))
            for (group, at), value in sorted(
                amounts.items(), key=lambda one: (from_.index(one[0][0]), to.index(one[0][1]))
            )
        ),
    )


def _merged(
    paid: Payments, most_groups: int, most_projects: int
) -> dict[tuple[int, int], Fraction]:
    triples = [(g, at, part) for at, parts in paid.paid.items() for g, part in parts.items()]
    spent = added((at, part) for _, at, part in triples)
    given = added((group, part) for group, _, part in triples if group != NO_GROUP)
    groups = {*largest(given, most_groups), NO_GROUP}
    projects = set(largest(spent, most_projects))
    return added(
        ((g if g in groups else OTHERS, at if at in projects else OTHERS), part)
        for g, at, part in triples
    )


def _whole(amounts: Mapping[tuple[int, int], Fraction]) -> Matrix:
    whole: Matrix = {}
    for project in dict.fromkeys(at for _, at in amounts):
        whole |= whole_parts({key: part for key, part in amounts.items() if key[1] == project})
    return {key: value for key, value in whole.items() if value}


def _order(totals: Mapping[int, Fraction]) -> dict[int, int]:
    """Return whole totals, falling; what stands for several stands last."""
    order = sorted(totals, key=lambda key: (key < 0, -totals[key], key))
    return {key: int(totals[key]) for key in order}


def _voters(election: Election, group: int) -> LocalText:
    if group == OTHERS:
        return LocalText(nl="alle andere ideeën", en="all other projects")
    if group == NO_GROUP:
        return LocalText(nl="(niemand: geld dat over was)", en="(nobody: money that was left)")
    return _project(election, group)


def _project(election: Election, at: int) -> LocalText:
    if at == OTHERS:
        return LocalText(nl="alle andere ideeën", en="all other projects")
    title = election.projects[at].title or election.projects[at].id
    return LocalText(nl=title, en=title)


def _caption(*, shares: bool) -> LocalText:
    groups = LocalText(
        nl="Elke kiezer staat bij het populairste idee van zijn of haar stembiljet.",
        en="Every voter stands with the most popular project on their ballot.",
    )
    if shares:
        return LocalText(
            nl=f"{groups.nl} De stroom is wat zij uit hun deel van het budget betaalden.",
            en=f"{groups.en} The flow is what they paid out of their share of the budget.",
        )
    return LocalText(
        nl=f"{groups.nl} De kosten van een idee zijn gelijk verdeeld over wie erop stemde.",
        en=f"{groups.en} The cost of a project is divided equally over those who voted for it.",
    )


def _alternative(sources: int, targets: int) -> LocalText:
    return LocalText(
        nl=f"Stromen van geld, van {sources} groepen links naar {targets} ideeën rechts. Hoe "
        "dikker de stroom, hoe meer geld. De tabel eronder noemt alle bedragen.",
        en=f"Flows of money from {sources} groups on the left to {targets} projects on the right. "
        "The thicker the flow, the more money. The table below has all amounts.",
    )
