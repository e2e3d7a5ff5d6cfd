"""Asking submitters whether their idea may become two, and keeping what they say and how."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.consents import Consent, ConsentState
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, IdeaState, tidy
from pb_engine.domain.rounds import Round
from pb_engine.domain.splits import (
    LONGEST_WORDS,
    SHORTEST_WORDS,
    Part,
    Said,
    SplitProposal,
    Way,
)
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, InvalidReview, InvalidTicket, NotReady, WrongIdeaState
from pb_engine.sealing import new_nonce
from pb_engine.services.assessing import require_impartial, require_review
from pb_engine.services.carrying import pack, unpack
from pb_engine.services.mail_texts import closed, language_of
from pb_engine.services.split_parts import check_parts, tidied
from pb_engine.services.split_words import MAY_SPLIT
from pb_engine.store.site import OutMessage, SiteWork
from pb_engine.units import IdeaId, RoundId

__all__ = ["AskedSplit", "Part", "Said", "SplitPage", "Way"]

SPLITTABLE = frozenset({IdeaState.SUBMITTED, IdeaState.ADAPT})
BY_LINK = "link"
_PURPOSE = "split idea"
_LINK_LIFE = 90 * 24 * 3600


@dataclass(frozen=True, slots=True)
class AskedSplit:
    """The question to one submitter.

    :ivar name: how the submitter who is asked is called.
    :ivar by_mail: the submitter got a letter with a link.
    """

    round: Round
    idea: Idea
    proposal: SplitProposal
    consent: Consent
    name: str
    by_mail: bool
    open: bool


@dataclass(frozen=True, slots=True)
class SplitPage:
    """How far the splitting of an idea is.

    :ivar missing: how many submitters have not agreed; 0 while nothing is proposed too.
    """

    round: Round
    idea: Idea
    proposal: SplitProposal | None
    asked: tuple[AskedSplit, ...]
    missing: int


def split_page(engine: Engine, slug: str, idea_id: str) -> SplitPage:
    """Return what is proposed, and what submitters say of it.

    :raises UnknownIdea: no idea in this round has this identifier.
    """
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(slug)).round
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        proposal = work.consents.proposal(idea.id)
        found = work.consents.of_split(idea.id) if proposal else ()
    if proposal is None:
        return SplitPage(round_, idea, None, (), 0)
    asked = tuple(_asked(round_, idea, proposal, one) for one in found)
    return SplitPage(round_, idea, proposal, asked, _missing(idea, found))


def propose_split(
    engine: Engine, slug: str, idea_id: str, parts: tuple[Part, Part], seen_version: int, by: str
) -> int:
    """Keep two parts, and ask all submitters whether their idea may become these; return how many.

    Who left an address gets a letter with a link; the others are asked by somebody at the desk.
    Other parts than before are another question: everybody is asked again.

    :raises InvalidIdea: a part has no title, text or cost that the round allows.
    :raises WrongPhase: voting has opened.
    :raises WrongIdeaState: the idea has been decided.
    :raises NotAllowed: the official submitted it or has an interest in it.
    :raises ConcurrentEdit: somebody changed the idea since ``seen_version``.
    """
    first, second = (tidied(part) for part in parts)
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        require_review(stored)
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        require_impartial(work, idea, by)
        require_splittable(idea)
        if idea.version != seen_version:
            raise ConcurrentEdit("this idea was changed meanwhile", idea=idea.id)
        check_parts(stored.round, first, second)
        before = work.consents.proposal(idea.id)
        new = SplitProposal(idea.id, (first, second), by, engine.today())
        if before is None or before.parts != new.parts:
            work.consents.forget_split(idea.id)
            work.consents.propose(new)
        asked = [one for one in _questions(engine, idea) if work.consents.ask(one)]
        for question in asked:
            _write(engine, work, stored.round, idea, new, question)
        if asked:
            facts: dict[str, str | int] = {"idea": idea.id, "asked": len(asked)}
            work.log.append(Event("split_proposed", idea.round, by, facts), engine.clock())
        work.commit()
    return len(asked)


def record_split_consent(
    engine: Engine, slug: str, consent_id: str, said: Said, by: str
) -> Consent:
    """Write down what a submitter said to an official: what, when, how, and in which words.

    :raises InvalidReview: the way, the day or the words are missing, or the day is to come.
    :raises UnknownIdea: this round has no such question.
    :raises WrongIdeaState: the idea is split, or not open any more.
    :raises NotAllowed: the official submitted the idea or has an interest in it.
    """
    words = tidy(said.words)
    _check_said(engine, said, words)
    with engine.stores.site.write() as work:
        work.rounds.lock(RoundId(slug))
        consent = work.consents.get(RoundId(slug), consent_id)
        require_impartial(work, work.ideas.get(RoundId(slug), consent.idea), by)
        kept = dataclasses.replace(
            consent,
            state=ConsentState.AGREED if said.agreed else ConsentState.REFUSED,
            decided_on=said.said_on,
            decided_by=by,
            way=said.way,
            words=words,
        )
        return _keep(engine, work, RoundId(slug), kept)


def asked_by_split_link(engine: Engine, sealed: str) -> AskedSplit:
    """Return the question that a link in a letter is about.

    :raises InvalidTicket: forged, too old, or about parts that nobody proposes any more.
    """
    slug, consent_id = _opened(engine, sealed)
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(slug).round
        consent, idea, proposal = _question(work, slug, consent_id)
    return _asked(round_, idea, proposal, consent)


def answer_split(engine: Engine, sealed: str, *, agreed: bool) -> Consent:
    """Keep the answer of a submitter; it may change until the idea is split.

    :raises InvalidTicket: forged, too old, or about parts that nobody proposes any more.
    :raises WrongIdeaState: the idea is split, or not open any more.
    """
    slug, consent_id = _opened(engine, sealed)
    with engine.stores.site.write() as work:
        work.rounds.lock(slug)
        consent, _, _ = _question(work, slug, consent_id)
        kept = dataclasses.replace(
            consent,
            state=ConsentState.AGREED if agreed else ConsentState.REFUSED,
            decided_on=engine.today(),
            decided_by="resident",
            way=BY_LINK,
            words="",
        )
        return _keep(engine, work, slug, kept)


def agreed_split(work: SiteWork, idea: Idea) -> SplitProposal:
    """Return the parts to which every submitter of an idea agreed.

    :raises NotReady: nothing is proposed, or saying how many have not agreed.
    """
    proposal = work.consents.proposal(idea.id)
    if proposal is None:
        raise NotReady("propose the two parts first", problem="split_proposal")
    missing = _missing(idea, work.consents.of_split(idea.id))
    if missing:
        raise NotReady(
            f"{missing} submitters have not agreed to this", problem="consent", missing=missing
        )
    return proposal


def require_splittable(idea: Idea) -> None:
    """Refuse an idea about which was decided.

    :raises WrongIdeaState: it waits for no decision.
    """
    if idea.state not in SPLITTABLE:
        raise WrongIdeaState("only an idea without decision is split", problem="decided_split")


def _missing(idea: Idea, found: tuple[Consent, ...]) -> int:
    agreed = {one.place for one in found if one.state is ConsentState.AGREED}
    return len(set(range(len(idea.submitters))) - agreed)


def _questions(engine: Engine, idea: Idea) -> list[Consent]:
    return [
        Consent(new_nonce(), idea.id, idea.id, idea.id, place, engine.today())
        for place in range(len(idea.submitters))
    ]


def _asked(round_: Round, idea: Idea, proposal: SplitProposal, consent: Consent) -> AskedSplit:
    person = idea.submitters[consent.place] if consent.place < len(idea.submitters) else None
    return AskedSplit(
        round_,
        idea,
        proposal,
        consent,
        name=person.name if person else "",
        by_mail=bool(person and person.email),
        open=idea.state in SPLITTABLE,
    )


def _write(
    engine: Engine,
    work: SiteWork,
    round_: Round,
    idea: Idea,
    proposal: SplitProposal,
    consent: Consent,
) -> None:
    to = idea.submitters[consent.place].email
    if not to:
        return
    carried = {"consent": consent.id, "round": round_.slug}
    first, second = proposal.parts
    places: Mapping[str, str] = {
        "title": idea.title,
        "first": first.title,
        "second": second.title,
        "link": f"{engine.settings.base_url}/splitsen/{pack(engine, _PURPOSE, carried)}",
    }
    subject, body = (text.filled(**places) for text in MAY_SPLIT)
    locale = language_of(round_, idea)
    told = closed(round_, body).text(locale)
    work.messages.add(OutMessage(f"consent-{consent.id}", to, subject.text(locale), told, locale))


def _opened(engine: Engine, sealed: str) -> tuple[RoundId, str]:
    told = unpack(engine, _PURPOSE, sealed, _LINK_LIFE)
    if not isinstance(told.get("consent"), str) or not isinstance(told.get("round"), str):
        raise InvalidTicket("this link asks nothing", problem="malformed")
    return RoundId(told["round"]), told["consent"]


def _question(
    work: SiteWork, slug: RoundId, consent_id: str
) -> tuple[Consent, Idea, SplitProposal]:
    consent = work.consents.find(slug, consent_id)
    proposal = work.consents.proposal(consent.idea) if consent else None
    if consent is None or proposal is None:
        raise InvalidTicket("this is not proposed any more", problem="expired")
    return consent, work.ideas.get(slug, consent.idea), proposal


def _keep(engine: Engine, work: SiteWork, slug: RoundId, kept: Consent) -> Consent:
    idea = work.ideas.get(slug, kept.idea)
    if idea.state not in SPLITTABLE or work.consents.proposal(idea.id) is None:
        raise WrongIdeaState("this idea is not split any more", problem="split_over")
    work.consents.answer(kept)
    facts = {"idea": idea.id, "answer": str(kept.state), "way": kept.way}
    work.log.append(Event("split_answered", slug, kept.decided_by, facts), engine.clock())
    work.commit()
    return kept


def _check_said(engine: Engine, said: Said, words: str) -> None:
    if said.way not in {str(one) for one in Way}:
        raise InvalidReview("say how it was said", problem="consent_way")
    if said.said_on is None or said.said_on > engine.today():
        raise InvalidReview("say on which day it was said", problem="consent_day")
    if not SHORTEST_WORDS <= len(words) <= LONGEST_WORDS:
        raise InvalidReview(
            "write down what was said",
            problem="consent_words",
            least=SHORTEST_WORDS,
            limit=LONGEST_WORDS,
        )
