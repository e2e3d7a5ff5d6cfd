"""Asking submitters whether their ideas may be merged, and keeping what they say."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from pb_engine.domain.consents import Consent, ConsentState
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, IdeaState, IdeaStep, idea_after
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import InvalidTicket, NotReady, WrongIdeaState
from pb_engine.sealing import new_nonce
from pb_engine.services import mail_texts
from pb_engine.services.assessing import require_impartial, require_review
from pb_engine.services.carrying import pack, unpack
from pb_engine.store.site import OutMessage, SiteWork, StoredRound
from pb_engine.units import IdeaId, RoundId

__all__ = [
    "Asked",
    "Consent",
    "answer_consent",
    "asked_by_link",
    "asked_of",
    "propose_merge",
    "record_consent",
    "require_consent",
]

_PURPOSE = "merge ideas"
_LINK_LIFE = 90 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the ideas that it is about.

    :ivar name: how the submitter who is asked is called.
    """

    round: Round
    consent: Consent
    going: Idea
    staying: Idea
    name: str
    open: bool


def propose_merge(engine: Engine, slug: str, idea_id: str, into: str, by: str) -> int:
    """Ask all submitters of two ideas whether these may be merged; return how many were asked.

    Who left an address gets a letter with a link; the others are asked by somebody at the desk.
    Who was asked before is not asked again.

    :raises WrongIdeaState: an idea cannot go into itself, or one of the two is not open.
    :raises WrongPhase: voting has opened.
    :raises NotAllowed: the official submitted one of them or has an interest in it.
    """
    if idea_id == into:
        raise WrongIdeaState("an idea cannot be merged into itself", step="merge", state="same")
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        require_review(stored)
        going, staying = (work.ideas.get(RoundId(slug), IdeaId(one)) for one in (idea_id, into))
        for one in (going, staying):
            idea_after(one.state, IdeaStep.MERGE)
            require_impartial(work, one, by)
        asked = [new for new in _questions(engine, going, staying) if work.consents.ask(new)]
        for question in asked:
            _write(engine, work, stored.round, _asked(stored, question, going, staying))
        if asked:
            facts: dict[str, str | int] = {
                "idea": going.id,
                "into": staying.id,
                "asked": len(asked),
            }
            work.log.append(Event("merge_proposed", going.round, by, facts), engine.clock())
        work.commit()
    return len(asked)


def asked_of(engine: Engine, slug: str, idea_id: str) -> tuple[Asked, ...]:
    """Return the questions about an idea that would go into another one.

    :raises UnknownIdea: no idea in this round has this identifier.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        going = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        found = work.consents.of_idea(going.id)
        others = {one.into: work.ideas.get(RoundId(slug), one.into) for one in found}
    return tuple(_asked(stored, one, going, others[one.into]) for one in found)


def record_consent(engine: Engine, slug: str, consent_id: str, by: str, *, agreed: bool) -> Consent:
    """Write down what a submitter said at the desk.

    :raises UnknownIdea: this round has no such question.
    :raises WrongIdeaState: the ideas are merged, or not open any more.
    """
    return _answer(engine, RoundId(slug), consent_id, by, agreed=agreed)


def asked_by_link(engine: Engine, sealed: str) -> Asked:
    """Return the question that a link in a letter is about.

    :raises InvalidTicket: forged, or too old.
    """
    slug, consent_id = _opened(engine, sealed)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(slug)
        consent = work.consents.get(slug, consent_id)
        going, staying = (work.ideas.get(slug, one) for one in (consent.idea, consent.into))
    return _asked(stored, consent, going, staying)


def answer_consent(engine: Engine, sealed: str, *, agreed: bool) -> Consent:
    """Keep the answer of a submitter; it may change until the ideas are merged.

    :raises InvalidTicket: forged, or too old.
    :raises WrongIdeaState: the ideas are merged, or not open any more.
    """
    slug, consent_id = _opened(engine, sealed)
    return _answer(engine, slug, consent_id, "resident", agreed=agreed)


def require_consent(work: SiteWork, stored: StoredRound, going: Idea, staying: Idea) -> None:
    """Refuse to merge while a submitter did not agree, where the round asks for that.

    :raises NotReady: saying how many have not agreed.
    """
    if stored.round.review is None or not stored.round.review.consent:
        return
    agreed = {
        (one.of_idea, one.place)
        for one in work.consents.of_idea(going.id)
        if one.into == staying.id and one.state is ConsentState.AGREED
    }
    missing = len(_places(going, staying)) - len(agreed)
    if missing > 0:
        raise NotReady(
            f"{missing} submitters have not agreed to this", problem="consent", missing=missing
        )


def _places(going: Idea, staying: Idea) -> list[tuple[IdeaId, int]]:
    return [(one.id, place) for one in (going, staying) for place in range(len(one.submitters))]


def _questions(engine: Engine, going: Idea, staying: Idea) -> list[Consent]:
    today = engine.today()
    return [
        Consent(new_nonce(), going.id, staying.id, of_idea, place, today)
        for of_idea, place in _places(going, staying)
    ]


def _asked(stored: StoredRound, consent: Consent, going: Idea, staying: Idea) -> Asked:
    theirs = (going if consent.of_idea == going.id else staying).submitters
    name = theirs[consent.place].name if consent.place < len(theirs) else ""
    return Asked(stored.round, consent, going, staying, name, _open(going, staying))


def _open(going: Idea, staying: Idea) -> bool:
    closed = {IdeaState.MERGED, IdeaState.WITHDRAWN, IdeaState.ON_BALLOT}
    return going.state not in closed and staying.state not in closed


def _write(engine: Engine, work: SiteWork, round_: Round, asked: Asked) -> None:
    mine = asked.going if asked.consent.of_idea == asked.going.id else asked.staying
    other = asked.staying if mine is asked.going else asked.going
    to = mine.submitters[asked.consent.place].email
    if not to:
        return
    carried = {"consent": asked.consent.id, "round": round_.slug}
    link = f"{engine.settings.base_url}/samenvoegen/{pack(engine, _PURPOSE, carried)}"
    subject, body = mail_texts.may_merge(round_, mine, other, link)
    locale = mail_texts.language_of(round_, mine)
    key = f"consent-{asked.consent.id}"
    work.messages.add(OutMessage(key, to, subject.text(locale), body.text(locale), locale))


def _opened(engine: Engine, sealed: str) -> tuple[RoundId, str]:
    told = unpack(engine, _PURPOSE, sealed, _LINK_LIFE)
    if not isinstance(told.get("consent"), str) or not isinstance(told.get("round"), str):
        raise InvalidTicket("this link asks nothing", problem="malformed")
    return RoundId(told["round"]), told["consent"]


def _answer(engine: Engine, slug: RoundId, consent_id: str, by: str, *, agreed: bool) -> Consent:
    with engine.stores.site.write() as work:
        work.rounds.lock(slug)
        consent = work.consents.get(slug, consent_id)
        going, staying = (work.ideas.get(slug, one) for one in (consent.idea, consent.into))
        if not _open(going, staying):
            raise WrongIdeaState("these ideas are not merged any more", problem="consent_over")
        state = ConsentState.AGREED if agreed else ConsentState.REFUSED
        told = dataclasses.replace(consent, state=state, decided_on=engine.today(), decided_by=by)
        work.consents.answer(told)
        facts = {"idea": going.id, "into": staying.id, "answer": str(state)}
        work.log.append(Event("merge_answered", slug, by, facts), engine.clock())
        work.commit()
    return told
