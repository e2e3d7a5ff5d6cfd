"""A request to look at a judgement again: by the submitter, decided by somebody else."""

from __future__ import annotations

import dataclasses
import hmac
from dataclasses import dataclass
from datetime import date, timedelta

from pb_engine.domain.conversation import LONGEST_ANSWER, LONGEST_APPEAL, AppealState
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import IDEA_TRANSITIONS, Idea, IdeaStep, idea_after, tidy
from pb_engine.domain.phases import Phase
from pb_engine.domain.review import SHORTEST_REASON, ReviewOutcome
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, NotAllowed, NotReady, UnknownCode, WrongPhase
from pb_engine.sealing import new_nonce, normalised
from pb_engine.services.assessing import require_impartial
from pb_engine.services.comments import check_texts
from pb_engine.services.ideas import tag_of
from pb_engine.store.site import Appeal, SiteWork, StoredRound
from pb_engine.units import IdeaId, RoundId

__all__ = ["Appeal", "Appealing", "appeals_of", "ask_again", "decide_appeal", "open_appeals"]


@dataclass(frozen=True, slots=True)
class Appealing:
    """The appeals of an idea.

    :ivar until: the last day on which its submitter may still ask; ``None``: not now.
    """

    appeals: tuple[Appeal, ...]
    until: date | None


def appeals_of(engine: Engine, slug: str, idea_id: str) -> Appealing:
    """Return the appeals of an idea, and until when there may be one.

    :raises UnknownIdea: no idea in this round has this identifier.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        found = work.appeals.of_idea(idea.id)
    return Appealing(found, _until(stored, idea, found, engine.today()))


def open_appeals(engine: Engine, slug: str) -> tuple[tuple[Appeal, Idea], ...]:
    """Return the appeals of a round with their ideas, those that wait first.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        work.rounds.get(RoundId(slug))
        ideas = {idea.id: idea for idea in work.ideas.all(RoundId(slug))}
        found = work.appeals.of_round(RoundId(slug))
    waiting = sorted(found, key=lambda one: one.state is not AppealState.OPEN)
    return tuple((one, ideas[one.idea]) for one in waiting)


def ask_again(engine: Engine, slug: str, idea_id: str, idea_code: str, text: str) -> Appeal:
    """Ask for another look at the judgement of one's own idea, once.

    :raises MistypedCode: the idea code has a typing error.
    :raises UnknownCode: it is the code of another idea.
    :raises WrongPhase: there is no judgement to look at, or its term is over.
    :raises InvalidIdea: the reason is too short or too long.
    """
    body, tag = tidy(text), tag_of(engine, normalised(idea_code))
    check_texts(body=(body, SHORTEST_REASON, LONGEST_APPEAL))
    with engine.stores.site.write() as work:
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        if not hmac.compare_digest(work.ideas.manage_tag(idea.round, idea.id), tag):
            raise UnknownCode("this code does not belong to this idea", problem="idea")
        work.appeals.queue(idea.id)
        _require_open(engine, work, idea)
        appeal = Appeal(new_nonce(), idea.id, body, engine.today())
        work.appeals.add(appeal)
        facts = {"appeal": appeal.id, "idea": idea.id}
        work.log.append(Event("appeal_made", idea.round, "resident", facts), engine.clock())
        work.commit()
    return appeal


def decide_appeal(
    engine: Engine, slug: str, appeal_id: str, decision: str, answer: str, by: str
) -> Appeal:
    """Uphold an appeal, so that the idea is judged again, or dismiss it; the answer is public.

    :param decision: ``upheld`` or ``dismissed``.
    :raises NotAllowed: the one who judged the idea, or has an interest in it, does not decide.
    :raises NotReady: nothing was chosen.
    :raises InvalidIdea: the answer is too short or too long.
    :raises WrongPhase: voting has opened.
    :raises ConcurrentEdit: somebody else decided first.
    """
    if decision not in {AppealState.UPHELD, AppealState.DISMISSED}:
        raise NotReady("uphold the appeal or dismiss it", problem="appeal_choice")
    told = tidy(answer)
    check_texts(answer=(told, SHORTEST_REASON, LONGEST_ANSWER))
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        appeal = work.appeals.get(stored.round.slug, appeal_id)
        idea = work.ideas.get(stored.round.slug, appeal.idea)
        require_impartial(work, idea, by)
        _require_other(work, idea, by)
        decided = dataclasses.replace(
            appeal,
            state=AppealState(decision),
            answer=told,
            answered_by=by,
            answered_on=engine.today(),
        )
        if not work.appeals.decide(decided):
            raise ConcurrentEdit("somebody else decided this appeal first", idea=idea.id)
        if decided.state is AppealState.UPHELD:
            _judge_again(work, stored, idea)
        facts = {"appeal": appeal.id, "decision": decision, "idea": idea.id}
        work.log.append(Event("appeal_decided", idea.round, by, facts), engine.clock())
        work.commit()
    return decided


def last_day(round_: Round, decided_on: date) -> date:
    """Return the last day on which a decision may be appealed."""
    days = round_.conversation.appeal_days if round_.conversation else 0
    until = decided_on + timedelta(days=days)
    if round_.calendar.appeal:
        until = max(until, round_.calendar.appeal.closes)
    return min(until, round_.calendar.voting.opens - timedelta(days=1))


def _require_open(engine: Engine, work: SiteWork, idea: Idea) -> None:
    stored = work.rounds.get(idea.round)
    if _until(stored, idea, work.appeals.of_idea(idea.id), engine.today()) is None:
        raise WrongPhase(
            "this judgement cannot be appealed now", phase=stored.phase, wanted="appeal"
        )


def _until(
    stored: StoredRound, idea: Idea, appeals: tuple[Appeal, ...], today: date
) -> date | None:
    review = idea.review
    wanted = review is not None and review.outcome is not ReviewOutcome.PASS
    can_be_judged = (idea.state, IdeaStep.REOPEN) in IDEA_TRANSITIONS
    if review is None or not wanted or appeals or not can_be_judged:
        return None
    until = last_day(stored.round, review.reviewed_on)
    return until if stored.phase in {Phase.IDEAS, Phase.REVIEW} and today <= until else None


def _require_other(work: SiteWork, idea: Idea, by: str) -> None:
    # Also who judged it before: judging again in between would free the first one otherwise.
    judged = work.log.of_idea(idea.round, idea.id, ("idea_judged",))
    if any(entry.event.by == by for entry in judged):
        raise NotAllowed("the one who judged does not decide the appeal", problem="own_judgement")


def _judge_again(work: SiteWork, stored: StoredRound, idea: Idea) -> None:
    if stored.phase not in {Phase.IDEAS, Phase.REVIEW}:
        raise WrongPhase("voting has opened", phase=stored.phase, wanted="review")
    state = idea_after(idea.state, IdeaStep.REOPEN)
    work.ideas.save(dataclasses.replace(idea, state=state), idea.version)
