"""Assessing ideas: each member alone first, and none who has an interest in the idea."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pb_engine.domain.assessing import (
    ASSESSABLE,
    Assessment,
    Interest,
    Proposal,
    check_assessment,
    differ,
    proposal,
    still_needed,
)
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, tidy
from pb_engine.domain.people import areas_of
from pb_engine.domain.phases import Phase
from pb_engine.domain.review import Judgement, ReviewOutcome
from pb_engine.engine import Engine
from pb_engine.errors import InvalidReview, NotAllowed, NotReady, WrongIdeaState, WrongPhase
from pb_engine.services.roll import sought
from pb_engine.store.site import Official, SiteWork, StoredRound
from pb_engine.units import IdeaId, RoundId

__all__ = [
    "Assessed",
    "Assessment",
    "Interest",
    "NewAssessment",
    "Proposal",
    "assess_idea",
    "assessed",
    "declare_interest",
    "require_assessed",
    "require_impartial",
    "require_review",
]

LONGEST_TEXT = 2000
SHORTEST_INTEREST = 3
LONGEST_INTEREST = 300


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """What a member fills in; the service adds who and when."""

    outcome: str
    judgements: tuple[Judgement, ...]
    suggestion: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """How far an idea is with its assessments, for one official.

    :ivar wanted: how many there must be; 0: the round asks for none.
    :ivar missing: how many must still come before a decision.
    :ivar mine: the assessment of whoever asks, if there is one.
    :ivar shown: what the others found; nothing as long as it could colour one's own view.  The
        notes of others are empty.
    :ivar made: how many there are, shown or not.
    :ivar proposal: all of them together; ``None`` while some are missing.
    :ivar partial: whoever asks may not judge this idea.
    :ivar open: assessments can be given or changed.
    :ivar reviewing: ideas are judged now, so that an interest can be declared.
    """

    wanted: int
    missing: int
    made: int
    differ: bool
    mine: Assessment | None
    shown: tuple[Assessment, ...]
    interests: tuple[Interest, ...]
    proposal: Proposal | None
    partial: bool
    open: bool
    reviewing: bool


def assessed(engine: Engine, slug: str, idea_id: str, member: str) -> Assessed:
    """Return how far an idea is with its assessments, as ``member`` may see it.

    :raises UnknownIdea: no idea in this round has this identifier.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        found = work.assessments.of_idea(idea.id)
        interests = work.assessments.interests(idea.id)
        partial = _partial(work, idea, interests, member) is not None
    assessors = stored.round.assessors
    missing = still_needed(assessors, found)
    mine = next((one for one in found if one.member == member), None)
    seen = not missing or (mine is not None and not partial)
    return Assessed(
        wanted=assessors + (differ(found) and assessors > 1),
        missing=missing,
        made=len(found),
        differ=seen and differ(found),
        mine=mine,
        shown=tuple(_without_note(one) for one in found if one.member != member) if seen else (),
        interests=interests,
        proposal=proposal(stored.round, found) if found and not missing else None,
        partial=partial,
        open=bool(assessors) and idea.state in ASSESSABLE and _in_review(stored),
        reviewing=_in_review(stored),
    )


def assess_idea(
    engine: Engine, slug: str, idea_id: str, given: NewAssessment, seen_version: int, by: str
) -> Assessment:
    """Keep what a member finds of an idea; it replaces what the member found before.

    :raises InvalidReview: a criterion, a reason or the next step is missing.
    :raises WrongPhase: ideas are assessed until voting opens.
    :raises WrongIdeaState: the idea is decided, or this round asks for no assessments.
    :raises NotAllowed: the member submitted the idea or declared an interest in it.
    :raises ConcurrentEdit: the member changed it in another window since ``seen_version``.
    """
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        require_review(stored)
        idea = work.ideas.get(stored.round.slug, IdeaId(idea_id))
        if not stored.round.assessors or idea.state not in ASSESSABLE:
            raise WrongIdeaState("this idea is not assessed any more", problem="decided")
        require_impartial(work, idea, by)
        new = _complete(engine, idea, given, seen_version, by)
        check_assessment(stored.round, new)
        saved = work.assessments.save(new)
        work.log.append(Event("idea_assessed", idea.round, by, {"idea": idea.id}), engine.clock())
        work.commit()
    return saved


def declare_interest(engine: Engine, slug: str, idea_id: str, reason: str, by: str) -> None:
    """Keep that a member has an interest in an idea; from then on others judge it.

    An assessment that the member gave before no longer counts.

    :raises InvalidReview: the reason is too short or too long.
    :raises WrongPhase: ideas are judged until voting opens.
    """
    why = " ".join(tidy(reason).split())
    if not SHORTEST_INTEREST <= len(why) <= LONGEST_INTEREST:
        raise InvalidReview(
            "say which interest, in a few words", problem="interest", limit=LONGEST_INTEREST
        )
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        require_review(stored)
        idea = work.ideas.get(stored.round.slug, IdeaId(idea_id))
        if work.assessments.declare(Interest(idea.id, by, why, engine.today())):
            work.assessments.remove(idea.id, by)
            event = Event("interest_declared", idea.round, by, {"idea": idea.id})
            work.log.append(event, engine.clock())
            work.commit()


def require_review(stored: StoredRound) -> None:
    """Refuse outside the phases in which ideas are judged.

    :raises WrongPhase: voting has opened, or ideas have not.
    """
    if not _in_review(stored):
        raise WrongPhase(
            "ideas are judged before voting opens", phase=stored.phase, wanted="review"
        )


def require_impartial(work: SiteWork, idea: Idea, by: str) -> None:
    """Refuse who submitted an idea, has an interest in it, or is of another area's commission.

    :raises NotAllowed: saying which of the three.
    """
    problem = _partial(work, idea, work.assessments.interests(idea.id), by)
    if problem:
        raise NotAllowed("this official does not judge this idea", problem=problem)


def require_assessed(work: SiteWork, stored: StoredRound, idea: Idea) -> tuple[str, ...]:
    """Return who assessed an idea; refuse while assessments are missing.

    :raises NotReady: saying how many are missing.
    """
    found = work.assessments.of_idea(idea.id)
    missing = still_needed(stored.round.assessors, found)
    if missing:
        raise NotReady(
            f"{missing} members must assess this idea first", problem="assessments", missing=missing
        )
    return tuple(one.member for one in found)


def _in_review(stored: StoredRound) -> bool:
    return stored.phase in {Phase.IDEAS, Phase.REVIEW}


def _partial(
    work: SiteWork, idea: Idea, interests: tuple[Interest, ...], member: str
) -> str | None:
    if any(one.member == member for one in interests):
        return "interest"
    account = next((one for one in work.officials.all() if one.name == member), None)
    addresses = {one.email.casefold() for one in idea.submitters if one.email}
    names = {sought(one.name) for one in idea.submitters}
    if account is not None and not _of_their_area(work, idea, account):
        return "other_area"
    mine = account is not None and account.email.casefold() in addresses
    return "own_idea" if mine or sought(member) in names else None


def _of_their_area(work: SiteWork, idea: Idea, account: Official) -> bool:
    """Tell whether an idea is for the commission of this member; without an area it is for all."""
    areas = areas_of(account.grants, idea.round)
    if areas is None or idea.area is None:
        return True
    return work.rounds.get(idea.round).round.areas.lies_in(idea.area, areas)


def _complete(
    engine: Engine, idea: Idea, given: NewAssessment, seen_version: int, by: str
) -> Assessment:
    texts = [given.suggestion, given.note, *(one.reason for one in given.judgements)]
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise InvalidReview(
            f"a text has at most {LONGEST_TEXT} characters", problem="too_long", limit=LONGEST_TEXT
        )
    if given.outcome not in {str(one) for one in ReviewOutcome}:
        raise InvalidReview("choose a next step", problem="outcome")
    return Assessment(
        idea=idea.id,
        member=by,
        outcome=ReviewOutcome(given.outcome),
        judgements=tuple(
            Judgement(one.criterion, one.colour, tidy(one.reason)) for one in given.judgements
        ),
        suggestion=tidy(given.suggestion),
        note=tidy(given.note),
        made_on=engine.today(),
        version=seen_version,
    )


def _without_note(one: Assessment) -> Assessment:
    return replace(one, note="")
