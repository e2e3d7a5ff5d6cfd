"""Ideas that exclude or need each other, as officials write it down before voting opens."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pb_engine.domain.ideas import IdeaState
from pb_engine.domain.rounds import Round
from pb_engine.errors import WrongIdeaState
from pb_engine.units import IdeaId

LINKABLE = frozenset({IdeaState.SUBMITTED, IdeaState.ADAPT, IdeaState.FEASIBLE, IdeaState.REFERRED})
SHORTEST_REASON, LONGEST_REASON = 10, 300


class LinkKind(StrEnum):
    """How two ideas hang together."""

    EXCLUSIVE = "exclusive"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class Link:
    """Two ideas of which at most one gets money, or of which one needs the other.

    :ivar idea: with ``needs`` the idea that gets no money without ``other``.
    :ivar reason: in Dutch; residents read it.
    :ivar made_by: name of the official.
    """

    id: str
    kind: LinkKind
    idea: IdeaId
    other: IdeaId
    reason: str
    made_on: date
    made_by: str

    @property
    def ends(self) -> frozenset[IdeaId]:
        """Both ideas."""
        return frozenset((self.idea, self.other))


def check_link(links: Iterable[Link], new: Link) -> None:
    """Refuse a link that says nothing, or against which another one speaks.

    :raises WrongIdeaState: it is about one idea (``problem="link_same"``), these two are linked
        (``"link_twice"``), or ideas would need each other in a circle (``"link_circle"``).
    """
    if new.idea == new.other:
        raise WrongIdeaState("an idea is not linked with itself", problem="link_same")
    known = tuple(links)
    if any(one.ends == new.ends for one in known):
        raise WrongIdeaState("these two ideas are linked already", problem="link_twice")
    if new.kind is LinkKind.NEEDS and new.idea in _needed(known, new.other):
        raise WrongIdeaState("ideas would need each other in a circle", problem="link_circle")


def _needed(links: tuple[Link, ...], idea: IdeaId) -> set[IdeaId]:
    """Return an idea with everything that it needs, directly or not."""
    found, todo = {idea}, [idea]
    while todo:
        at = todo.pop()
        needs = {one.other for one in links if one.kind is LinkKind.NEEDS and one.idea == at}
        todo.extend(needs - found)
        found |= needs
    return found


def missing_needs(links: Iterable[Link], on_paper: Collection[str]) -> tuple[Link, ...]:
    """Return the links of ideas on the ballot paper that need an idea which is not on it."""
    return tuple(
        one
        for one in links
        if one.kind is LinkKind.NEEDS and one.idea in on_paper and one.other not in on_paper
    )


def with_links(round_: Round, links: Iterable[Link], on_paper: Collection[str]) -> Round:
    """Return a round whose voting method knows how the projects on the paper hang together.

    The method must know the settings ``exclusive`` and ``conditions``, as ``greedy`` does.  Links
    with an idea that is not on the paper are left out.
    """
    about = [one for one in links if one.idea in on_paper and one.other in on_paper]
    if not about:
        return round_
    method = round_.voting_method
    groups = [[str(one.idea), str(one.other)] for one in about if one.kind is LinkKind.EXCLUSIVE]
    needs = [
        {"project": str(one.idea), "needs": str(one.other)}
        for one in about
        if one.kind is LinkKind.NEEDS
    ]
    more = {
        "exclusive": [*method.settings.get("exclusive", []), *groups],
        "conditions": [*method.settings.get("conditions", []), *needs],
    }
    settled = dataclasses.replace(method, settings={**method.settings, **more})
    return dataclasses.replace(round_, voting_method=settled)
