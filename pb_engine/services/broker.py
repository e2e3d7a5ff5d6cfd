"""The idea broker: an idea that did not make it gets another try in another round."""

from __future__ import annotations

import dataclasses
import secrets

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import (
    Idea,
    IdeaDraft,
    IdeaState,
    check_draft,
)
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import NotReady, WrongIdeaState, WrongPhase
from pb_engine.store.site import SiteWork
from pb_engine.units import AreaId, IdeaId, RoundId

__all__ = ["can_be_taken_up", "rounds_for", "take_up"]

_NOT_MADE = (IdeaState.REJECTED, IdeaState.REFERRED)


def can_be_taken_up(idea: Idea) -> bool:
    """Tell whether an idea did not make it, and may have another try."""
    return idea.state in _NOT_MADE


def rounds_for(engine: Engine, slug: str) -> tuple[Round, ...]:
    """Return the other rounds that take ideas now."""
    with engine.stores.site.read() as work:
        every = work.rounds.all()
    return tuple(one.round for one in every if one.phase is Phase.IDEAS and one.round.slug != slug)


def take_up(
    engine: Engine, slug: str, idea_id: str, *, into: str, theme: str, agreed: bool, by: str
) -> Idea:
    """Put an idea that did not make it on the list of another round; return the new idea.

    Its submitters stay submitters, and their idea code opens the new idea too.  The old idea keeps
    its address and its decision.

    :param theme: a theme of the other round.
    :param agreed: the submitter agreed.
    :raises NotReady: nobody said that the submitter agreed.
    :raises WrongIdeaState: the idea is not rejected or referred, or got its other try already.
    :raises WrongPhase: the other round takes no ideas now.
    :raises InvalidIdea: the idea does not fit the rules of the other round.
    """
    if not agreed:
        raise NotReady("the submitter must agree", problem="submitter_agrees")
    with engine.stores.site.write() as work:
        target = work.rounds.lock(RoundId(into))
        old = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        _require_free(work, old, target.round.slug)
        if target.phase is not Phase.IDEAS:
            raise WrongPhase("this round takes no ideas", phase=target.phase, wanted="ideas")
        new = _next_try(engine, work, old, target.round, theme)
        work.ideas.add(new, work.ideas.manage_tag(old.round, old.id))
        facts = {"idea": old.id, "into": new.id, "into_round": new.round}
        work.log.append(Event("idea_taken_up", old.round, by, facts), engine.clock())
        work.commit()
    return new


def _require_free(work: SiteWork, old: Idea, into: RoundId) -> None:
    tried = any(one.taken_from == old.id and one.round == into for one in work.ideas.kin(old))
    if not can_be_taken_up(old) or old.round == into or tried:
        raise WrongIdeaState(
            "only an idea that did not make it is taken up, once per round",
            step="take_up",
            state="taken_up" if tried else old.state,
        )


def _next_try(engine: Engine, work: SiteWork, old: Idea, round_: Round, theme: str) -> Idea:
    area = old.area if old.area and _lies_in(round_, old.area) else None
    check_draft(round_, _as_draft(old, area, theme))
    number = work.ideas.next_number(round_.slug)
    return dataclasses.replace(
        old,
        id=IdeaId(f"i{number}-{secrets.token_hex(3)}"),
        round=round_.slug,
        number=number,
        area=area,
        theme=theme,
        state=IdeaState.SUBMITTED,
        submitted_on=engine.today(),
        version=1,
        merged_into=None,
        review=None,
        taken_from=old.id,
    )


def _lies_in(round_: Round, area: AreaId) -> bool:
    return bool(round_.areas.find(area)) and round_.areas.lies_in(area, round_.voters.areas)


def _as_draft(old: Idea, area: AreaId | None, theme: str) -> IdeaDraft:
    return IdeaDraft(
        title=old.title,
        description=old.description,
        motivation=old.motivation,
        cost_cents=old.cost_cents,
        area=area,
        place=old.place,
        theme=theme,
        own_effort=old.own_effort,
        recurrence=old.recurrence,
        submitter=old.submitters[0],
    )
