"""How many more ballots the projects that were not funded needed, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pb_engine.api import BallotFormat, Election, LocalText, Outcome, Settings
from pb_engine.api.counting import Exact
from pb_engine.plugins.equal_shares.ladder import ladder_for
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.searching import Short, search
from pb_engine.plugins.equal_shares.trail import exact

SEARCHED = 20_000
"""In elections with more marks nobody searches unasked; ``--short`` of the command does."""
_PROJECTS, _TRIES, _COUNTS = 60, 25, 120
_CHOOSING = frozenset({BallotFormat.SINGLE, BallotFormat.APPROVAL, BallotFormat.BASKET})
_ASKED = frozenset({"supporters_short", "no_supporters", "no_room"})

Money = Callable[[Exact], LocalText]


def lacked(election: Election, outcome: Outcome, settings: Settings) -> Mapping[str, Short]:
    """Search for every project that was not funded, where the election is small enough.

    Pure: how far it searches depends on the election alone.  The ballots of weighing formats have
    no set weight, so nothing is searched for them, and nothing where greedy was kept.
    """
    market = Market.of(election, settings)
    small = market.marks <= SEARCHED and len(election.projects) <= _PROJECTS
    chosen = election.profile.format in _CHOOSING
    if not (small and chosen) or outcome.facts.get("kept") == "greedy":
        return {}
    places = {project.id: at for at, project in enumerate(election.projects)}
    ladder, left = ladder_for(market, settings), _COUNTS
    found: dict[str, Short] = {}
    for decision in outcome.decisions:
        if decision.reason in _ASKED and left:
            at, tries = places[decision.project], min(left, _TRIES)
            short = search(market, settings, at, market.voters, tries, ladder)
            left -= short.counted
            found[decision.project] = short
    return found


def sentences(short: Short, place: int, money: Money) -> list[LocalText]:
    """Say what was lacking, and how to check it.

    :param place: of the project in the election.
    """
    if short.ballots is None:
        return [_never(short.tried)] if short.tried > 0 else []
    more, fewer = _ballots(short.ballots), short.ballots - 1
    were = "Er was" if short.ballots == 1 else "Er waren"
    return [
        LocalText(
            nl=f"{were} {more.nl} te weinig: met {more.nl} erbij voor alleen dit idee krijgt het "
            f"geld, met {fewer} niet.",
            en=f"It was {more.en} short: with {more.en} more for this project alone it is funded, "
            f"with {fewer} it is not.",
        ),
        _how(short, place, money),
    ]


def _how(short: Short, place: int, money: Money) -> LocalText:
    then = short.then
    if then is None or place not in then.run.selected:
        return LocalText(
            nl="Natellen kan: met die stemmen erbij past het in het geld dat overblijft.",
            en="To check it: with those ballots it fits into the money that is left.",
        )
    step = then.run.selected.index(place)
    then.run.purses.settle()
    price = money(exact(then.run.purses.ledger.prices[step]))
    endowment = money(exact(then.run.endowment))
    return LocalText(
        nl=f"Natellen kan: met die stemmen erbij en {endowment.nl} per stem is het aankoop "
        f"{step + 1}, voor {price.nl} per stem.",
        en=f"To check it: with those ballots and {endowment.en} per ballot it is purchase "
        f"{step + 1}, at {price.en} per ballot.",
    )


def _never(tried: int) -> LocalText:
    more = _ballots(tried)
    return LocalText(
        nl=f"Ook met {more.nl} erbij, alleen voor dit idee, krijgt het geen geld.",
        en=f"Even with {more.en} more for this project alone it is not funded.",
    )


def _ballots(number: int) -> LocalText:
    if number == 1:
        return LocalText("1 stem", "1 ballot")
    return LocalText(f"{number} stemmen", f"{number} ballots")
