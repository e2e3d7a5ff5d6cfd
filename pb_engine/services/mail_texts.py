"""What submitters read when something happens to their idea, in the language of their idea."""

from __future__ import annotations

from pb_engine.domain.ideas import Idea
from pb_engine.domain.review import Colour, Review
from pb_engine.domain.rounds import Round
from pb_engine.services import mail_words as words
from pb_engine.services.status_letters import NO_OWN_TEXTS, Letter, OwnTexts, letter
from pb_engine.units import LANGUAGES, LocalText


def told(
    round_: Round,
    idea: Idea,
    status: str,
    own: OwnTexts = NO_OWN_TEXTS,
    *,
    also: LocalText | None = None,
    **places: str | LocalText,
) -> Letter:
    """Return subject and body for a status, with who sends it.

    :param also: what comes after the text of the round, such as reasons.
    """
    subject, body = letter(own, status, title=idea.title, round=round_.name, **places)
    whole = body if also is None else _joined(body, also)
    return subject, closed(round_, whole)


def judged(round_: Round, idea: Idea, review: Review, own: OwnTexts = NO_OWN_TEXTS) -> Letter:
    """Return subject and body for a judged idea: the decision, the rule and the reason."""
    reasons = LocalText(**{one: _reasons(round_, review, one) for one in LANGUAGES})
    return told(
        round_,
        idea,
        f"judged_{review.outcome}",
        own,
        also=reasons,
        body=_body(round_, review),
        reply_by=review.reply_by.strftime("%d-%m-%Y") if review.reply_by else "",
    )


def replied(round_: Round, idea: Idea, review: Review, own: OwnTexts = NO_OWN_TEXTS) -> Letter:
    """Return subject and body for an idea about which a body answered: its answer, as it is."""
    answer = LocalText(**dict.fromkeys(LANGUAGES, review.reply))
    body = _body(round_, review)
    return told(round_, idea, "referral_answered", own, also=answer, body=body)


def may_merge(round_: Round, mine: Idea, other: Idea, link: str) -> Letter:
    """Return subject and body for a submitter who is asked whether ideas may be merged."""
    subject, body = words.MAY_MERGE
    places = {"title": mine.title, "other": other.title, "link": link}
    return subject.filled(**places), closed(round_, body.filled(**places))


def whereabouts(address: str, *, over: bool = False) -> LocalText:
    """Return the last lines of every letter: where the idea stands, and how to take it back.

    :param over: the round has ended, so nothing can be taken back.
    """
    return (words.STANDS if over else words.WHEREABOUTS).filled(address=address)


def closed(round_: Round, body: LocalText) -> LocalText:
    """Return a text with who sends it, and whom to call."""
    contact = round_.contact
    return words.ENDING.filled(
        body=body, name=contact.name, phone=contact.phone, email=contact.email
    )


def language_of(round_: Round, idea: Idea) -> str:
    """Return in which language the submitters of an idea get letters: that of their idea."""
    return idea.language if idea.language in round_.languages else round_.languages[0]


def _body(round_: Round, review: Review) -> LocalText | str:
    found = (one.name for one in round_.referral_bodies if one.id == review.referred_to)
    return next(found, "")


def _reasons(round_: Round, review: Review, locale: str) -> str:
    lines = []
    for judgement in review.judgements:
        rule = round_.criterion(judgement.criterion)
        if judgement.colour is not Colour.GREEN and rule:
            said = words.RULE.filled(number=rule.number, text=rule.text)
            lines.append(f"{said.text(locale)}\n{judgement.reason}")
    lines.extend(text for text in (review.reason, review.suggestion) if text)
    return "\n\n".join(lines)


def _joined(body: LocalText, also: LocalText) -> LocalText:
    parts = {one: [body.own(one), also.own(one)] for one in LANGUAGES if body.own(one)}
    return LocalText(**{one: "\n\n".join(filter(None, both)) for one, both in parts.items()})
