"""Splitting an idea into two, with the consent of its submitters."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import LENGTHS, Idea, IdeaState, tidy
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea, NotReady, WrongIdeaState
from pb_engine.services.assessing import require_impartial, require_review
from pb_engine.services.linking import drop_links
from pb_engine.store.site import SiteWork
from pb_engine.units import Cents, IdeaId, RoundId

_SPLITTABLE = frozenset({IdeaState.SUBMITTED, IdeaState.ADAPT})


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two ideas; ``cost_cents`` is ``None`` where no amount could be read."""

    title: str
    description: str
    cost_cents: int | None


def split_idea(
    engine: Engine,
    slug: str,
    idea_id: str,
    parts: tuple[Part, Part],
    seen_version: int,
    by: str,
    *,
    agreed: bool,
) -> Idea:
    """Turn an idea into its first part, and make an idea of the second; return that one.

    Both keep all submitters and the code; both are judged from the beginning.

    :param agreed: the submitters agreed.
    :raises NotReady: nobody said that they agreed.
    :raises InvalidIdea: a part has no title, text or cost that the round allows.
    :raises WrongIdeaState: the idea has been decided.
    :raises ConcurrentEdit: somebody changed the idea since ``seen_version``.
    """
    if not agreed:
        raise NotReady("the submitters must agree", problem="submitter_agrees")
    first, second = (_tidied(part) for part in parts)
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        require_review(stored)
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        require_impartial(work, idea, by)
        if idea.state not in _SPLITTABLE:
            raise WrongIdeaState("only an idea without decision is split", problem="decided_split")
        _check(stored.round, first, second)
        work.ideas.save(_part(idea, first), seen_version)
        new = _second(work, idea, second)
        work.ideas.add(new, work.ideas.manage_tag(idea.round, idea.id))
        work.assessments.forget(idea.id)
        facts = {"idea": idea.id, "into": new.id}
        work.log.append(Event("idea_split", idea.round, by, facts), engine.clock())
        drop_links(engine, work, idea, by, "split")
        work.commit()
    return new


def _second(work: SiteWork, idea: Idea, part: Part) -> Idea:
    number = work.ideas.next_number(idea.round)
    return dataclasses.replace(
        _part(idea, part),
        id=IdeaId(f"i{number}-{secrets.token_hex(3)}"),
        number=number,
        version=1,
        taken_from=None,
        split_from=idea.id,
    )


def _part(idea: Idea, part: Part) -> Idea:
    return dataclasses.replace(
        idea,
        title=part.title,
        description=part.description,
        cost_cents=Cents(part.cost_cents or 0),
        cost_lines=(),
        state=IdeaState.SUBMITTED,
        review=None,
    )


def _tidied(part: Part) -> Part:
    title = " ".join(tidy(part.title).split())
    return Part(title, tidy(part.description), part.cost_cents)


def _check(round_: Round, first: Part, second: Part) -> None:
    mistakes = [
        f"{field}_{place}:{problem}:{limit}"
        for place, part in (("1", first), ("2", second))
        for field, problem, limit in _mistakes(round_, part)
    ]
    if mistakes:
        field, problem, _ = mistakes[0].split(":")
        raise InvalidIdea(
            "the parts of this idea are not right",
            field=field,
            problem=problem,
            all=" ".join(mistakes),
        )


def _mistakes(round_: Round, part: Part) -> Iterator[tuple[str, str, int]]:
    texts: Mapping[str, str] = {"title": part.title, "description": part.description}
    for field, text in texts.items():
        fewest, most = LENGTHS[field]
        if len(text) < fewest:
            yield field, "too_short", fewest
        elif len(text) > most:
            yield field, "too_long", most
    lowest, highest = round_.submission.min_cost_cents, round_.submission.max_cost_cents
    if part.cost_cents is None:
        yield "cost", "not_money", 0
    elif part.cost_cents < lowest:
        yield "cost", "too_low", lowest
    elif part.cost_cents > highest:
        yield "cost", "too_high", highest
