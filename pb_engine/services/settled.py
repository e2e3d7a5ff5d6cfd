"""The rules of a round with what its ideas add: who shares a pot, who excludes or needs whom."""

from __future__ import annotations

from collections.abc import Iterable

from pb_engine.domain.ballot_limits import Placed
from pb_engine.domain.links import Link, with_links
from pb_engine.domain.pots import with_pots
from pb_engine.domain.rounds import Round
from pb_engine.errors import EngineError
from pb_engine.pluginhost import Plugins, load_settings

_NO_LINKS: dict[str, list[object]] = {"exclusive": [], "conditions": []}


def settled(
    plugins: Plugins, round_: Round, placed: Iterable[Placed], links: Iterable[Link] = ()
) -> Round:
    """Return a round whose voting method knows what lies between its projects.

    A method that knows no links keeps its settings; the rehearsal then refuses.
    """
    projects = tuple(placed)
    return with_counted_links(plugins, with_pots(round_, projects), projects, links)


def with_counted_links(
    plugins: Plugins, round_: Round, placed: Iterable[Placed], links: Iterable[Link]
) -> Round:
    """Return a round whose voting method knows the links, where it can count with them."""
    if not takes_links(plugins, round_):
        return round_
    return with_links(round_, links, {str(one) for one, _, _ in placed})


def takes_links(plugins: Plugins, round_: Round) -> bool:
    """Tell whether the voting method of a round can count with ideas that are linked."""
    choice = round_.voting_method
    method = plugins.voting_methods.get(choice.name)
    if method is None:
        return False
    try:
        load_settings(method, {**choice.settings, **_NO_LINKS})
    except EngineError:
        return False
    return True
