"""Submitting and withdrawing ideas: no account, only a code that the submitter keeps."""

from __future__ import annotations

import dataclasses
import hmac
import secrets
from dataclasses import dataclass

from pb_engine.domain.costs import CostLine
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import (
    LENGTHS,
    Idea,
    IdeaDraft,
    IdeaState,
    IdeaStep,
    Recurrence,
    Submitter,
    check_draft,
    idea_after,
    tidy,
)
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea, UnknownCode
from pb_engine.sealing import keyed_id, new_code, new_secret, normalised, written
from pb_engine.services.idea_drafts import draft_tag, require_ideas_open
from pb_engine.services.idea_spots import rounded, spot_mistakes
from pb_engine.services.linking import drop_links
from pb_engine.store.site import KeptDraft, SiteWork, StoredRound
from pb_engine.units import IdeaId, RoundId

__all__ = [
    "LENGTHS",
    "CostLine",
    "Idea",
    "IdeaDraft",
    "Recurrence",
    "SubmittedIdea",
    "Submitter",
    "check_idea",
    "submit_idea",
    "withdraw_idea",
]


@dataclass(frozen=True, slots=True)
class SubmittedIdea:
    """The stored idea, and the code that the submitter needs to withdraw it: shown once."""

    idea: Idea
    idea_code: str


def submit_idea(
    engine: Engine, slug: str, draft: IdeaDraft, idea_code: str | None = None
) -> SubmittedIdea:
    """Put an idea on the list of a round.

    :param idea_code: the code of the draft that it comes from.  Submitting that draft again
        changes nothing and returns the same idea.

    :raises WrongPhase: ideas are not open.
    :raises InvalidIdea: naming every mistake; nothing was stored.
    """
    tidied = _tidied(draft)
    code = normalised(idea_code) if idea_code else new_code()
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        tag = draft_tag(engine, slug, code)
        kept = work.idea_drafts.find(tag) if idea_code else None
        if kept and kept.idea:
            return SubmittedIdea(work.ideas.get(stored.round.slug, kept.idea), written(code))
        require_ideas_open(engine, stored)
        check_draft(stored.round, tidied, spot_mistakes(work, stored.round, tidied))
        _check_number(work, stored, tidied)
        idea = _new_idea(engine, work, stored, tidied)
        work.ideas.add(idea, tag_of(engine, code))
        if idea_code:
            work.idea_drafts.put(KeptDraft(tag, idea.round, {}, engine.clock(), idea.id))
            work.pictures.hand_over(f"draft:{tag}", f"idea:{idea.id}")
        event = Event("idea_submitted", idea.round, "resident", {"idea": idea.id})
        work.log.append(event, engine.clock())
        work.commit()
    return SubmittedIdea(idea, written(code))


def check_idea(engine: Engine, slug: str, draft: IdeaDraft) -> None:
    """Check a draft as submitting does, and change nothing.

    :raises InvalidIdea: naming every mistake.
    """
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(slug)).round
        check_draft(round_, _tidied(draft), spot_mistakes(work, round_, draft))


def withdraw_idea(engine: Engine, slug: str, idea_id: str, idea_code: str) -> None:
    """Take an idea back.

    :raises MistypedCode: the idea code has a typing error.
    :raises UnknownCode: it is the code of another idea.
    :raises WrongIdeaState: the idea is on the ballot paper, merged, or withdrawn before.
    """
    tag = tag_of(engine, normalised(idea_code))
    with engine.stores.site.write() as work:
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        if not hmac.compare_digest(work.ideas.manage_tag(idea.round, idea.id), tag):
            raise UnknownCode("this code does not belong to this idea", problem="idea")
        state = idea_after(idea.state, IdeaStep.WITHDRAW)
        work.ideas.save(dataclasses.replace(idea, state=state), idea.version)
        work.pictures.hide(f"idea:{idea.id}", hidden=True)
        event = Event("idea_withdrawn", idea.round, "resident", {"idea": idea.id})
        work.log.append(event, engine.clock())
        drop_links(engine, work, idea, "resident", "withdrawn")
        work.commit()


def _check_number(work: SiteWork, stored: StoredRound, draft: IdeaDraft) -> None:
    most = stored.round.submission.max_ideas
    email = draft.submitter.email
    if email and work.ideas.submitted_by(stored.round.slug, email) >= most:
        raise InvalidIdea(
            f"one person may submit {most} ideas in this round",
            field="email",
            problem="too_many",
            limit=most,
            all=f"email:too_many:{most}",
        )


def _new_idea(engine: Engine, work: SiteWork, stored: StoredRound, draft: IdeaDraft) -> Idea:
    number = work.ideas.next_number(stored.round.slug)
    east, north = rounded(draft.spot) if draft.spot else (None, None)
    return Idea(
        id=IdeaId(f"i{number}-{secrets.token_hex(3)}"),
        round=stored.round.slug,
        number=number,
        title=draft.title,
        description=draft.description,
        motivation=draft.motivation,
        cost_cents=draft.cost_cents,
        area=draft.area,
        place=draft.place,
        theme=draft.theme,
        own_effort=draft.own_effort,
        recurrence=draft.recurrence,
        submitters=(draft.submitter, *map(Submitter, draft.others)),
        state=IdeaState.SUBMITTED,
        submitted_on=engine.today(),
        version=1,
        on_behalf_of=draft.on_behalf_of,
        needs_space=draft.needs_space,
        language=draft.language,
        cost_lines=draft.cost_lines,
        latitude_e6=north,
        longitude_e6=east,
    )


def _tidied(draft: IdeaDraft) -> IdeaDraft:
    person = draft.submitter
    return dataclasses.replace(
        draft,
        title=" ".join(tidy(draft.title).split()),
        description=tidy(draft.description),
        motivation=tidy(draft.motivation),
        place=" ".join(tidy(draft.place).split()),
        own_effort=tidy(draft.own_effort),
        recurrence=Recurrence(draft.recurrence),
        submitter=Submitter(
            name=" ".join(tidy(person.name).split()),
            email=tidy(person.email).casefold() or None if person.email else None,
            helper=tidy(person.helper) or None if person.helper else None,
        ),
        on_behalf_of=" ".join(tidy(draft.on_behalf_of).split()),
        others=tuple(name for one in draft.others if (name := " ".join(tidy(one).split()))),
    )


def tag_of(engine: Engine, code: str) -> str:
    """Return the keyed hash under which an idea code is stored."""
    return keyed_id(engine.keyring.get_or_create("idea-codes", new_secret), "idea code", code)
