"""Linking ideas that exclude or need each other, until the ballot paper freezes."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, tidy
from pb_engine.domain.links import (
    LINKABLE,
    LONGEST_REASON,
    SHORTEST_REASON,
    Link,
    LinkKind,
    check_link,
)
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import InvalidReview, WrongIdeaState
from pb_engine.sealing import new_nonce
from pb_engine.services.assessing import require_impartial, require_review
from pb_engine.services.settled import takes_links
from pb_engine.services.shown_links import ShownLink, shown_links
from pb_engine.store.site import SiteWork
from pb_engine.units import IdeaId, RoundId

__all__ = ["LinksPage", "drop_links", "link_ideas", "links_page", "unlink_ideas"]


@dataclass(frozen=True, slots=True)
class LinksPage:
    """The links of one idea.

    :ivar others: the ideas that it can be linked with.
    :ivar counted: whether the voting method of the round can count with links.
    """

    round: Round
    idea: Idea
    links: tuple[ShownLink, ...]
    others: tuple[Idea, ...]
    counted: bool
    open: bool


def links_page(engine: Engine, slug: str, idea_id: str) -> LinksPage:
    """Return the links of an idea, and what it may be linked with.

    :raises UnknownIdea: no idea in this round has this identifier.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        every = work.ideas.all(RoundId(slug))
        found = work.links.of_idea(idea.id)
    linked = {end for one in found for end in one.ends} | {idea.id}
    return LinksPage(
        round=stored.round,
        idea=idea,
        links=shown_links(idea.id, found, every),
        others=tuple(one for one in every if one.state in LINKABLE and one.id not in linked),
        counted=takes_links(engine.plugins, stored.round),
        open=stored.phase in {"ideas", "review"} and idea.state in LINKABLE,
    )


def link_ideas(
    engine: Engine, slug: str, idea_id: str, kind: str, other: str, reason: str, by: str
) -> Link:
    """Keep that two ideas exclude each other, or that the first needs the second.

    :param kind: a word of ``LinkKind``.
    :param reason: in Dutch; residents read it.
    :raises InvalidReview: there is no such kind, or the reason is too short or too long.
    :raises WrongPhase: the ballot paper is frozen, or ideas are not open yet.
    :raises WrongIdeaState: one of the two is not open any more, or see ``check_link``.
    :raises NotAllowed: the official submitted one of them or has an interest in it.
    """
    why = " ".join(tidy(reason).split())
    if kind not in {str(one) for one in LinkKind}:
        raise InvalidReview("choose how the ideas hang together", problem="link_kind")
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        raise InvalidReview(
            "say why, in a few words",
            problem="link_reason",
            least=SHORTEST_REASON,
            limit=LONGEST_REASON,
        )
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        require_review(stored)
        ideas = [work.ideas.get(stored.round.slug, IdeaId(one)) for one in (idea_id, other)]
        for one in ideas:
            if one.state not in LINKABLE:
                raise WrongIdeaState("this idea does not take part", problem="link_closed")
            require_impartial(work, one, by)
        mine, its = ideas
        new = Link(new_nonce(), LinkKind(kind), mine.id, its.id, why, engine.today(), by)
        check_link(work.links.of_round(stored.round.slug), new)
        work.links.add(new)
        facts = {"idea": mine.id, "into": its.id, "link": kind}
        work.log.append(Event("ideas_linked", mine.round, by, facts), engine.clock())
        work.commit()
    return new


def unlink_ideas(engine: Engine, slug: str, link: str, by: str) -> None:
    """Take a link away.

    :raises UnknownIdea: this round has no such link.
    :raises WrongPhase: the ballot paper is frozen.
    :raises NotAllowed: the official submitted one of the two or has an interest in it.
    """
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        require_review(stored)
        found = work.links.get(stored.round.slug, link)
        for one in (found.idea, found.other):
            require_impartial(work, work.ideas.get(stored.round.slug, one), by)
        _remove(engine, work, stored.round.slug, found, by, "official")
        work.commit()


def drop_links(engine: Engine, work: SiteWork, idea: Idea, by: str, cause: str) -> None:
    """Take away all links of an idea that goes on no more, in a unit that the caller commits.

    :param cause: ``rejected``, ``merged``, ``withdrawn`` or ``split``.
    """
    for one in work.links.of_idea(idea.id):
        _remove(engine, work, idea.round, one, by, cause)


def _remove(engine: Engine, work: SiteWork, slug: RoundId, link: Link, by: str, cause: str) -> None:
    work.links.remove(link)
    facts = {"idea": link.idea, "into": link.other, "link": str(link.kind), "cause": cause}
    work.log.append(Event("ideas_unlinked", slug, by, facts), engine.clock())
