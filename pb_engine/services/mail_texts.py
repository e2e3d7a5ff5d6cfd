"""What submitters read when something happens to their idea, in the language of their idea."""

from __future__ import annotations

from pb_engine.domain.ideas import Idea
from pb_engine.domain.review import Colour, Review
from pb_engine.domain.rounds import Round
from pb_engine.services import mail_words as words
from pb_engine.units import LANGUAGES, LocalText

Letter = tuple[LocalText, LocalText]
"""Subject and body."""


def received(round_: Round, idea: Idea) -> Letter:
    """Return subject and body for an idea that came in."""
    return _letter(round_, words.RECEIVED, title=idea.title)


def judged(round_: Round, idea: Idea, review: Review) -> Letter:
    """Return subject and body for a judged idea: the decision, the rule and the reason."""
    told = {language: _told(round_, idea, review, language) for language in LANGUAGES}
    return words.DECIDED.filled(title=idea.title), closed(round_, LocalText(**told))


def merged(round_: Round, going: Idea, staying: Idea) -> Letter:
    """Return subject and body for an idea that went into another one."""
    return _letter(round_, words.MERGED, title=going.title, other=staying.title)


def may_merge(round_: Round, mine: Idea, other: Idea, link: str) -> Letter:
    """Return subject and body for a submitter who is asked whether ideas may be merged."""
    return _letter(round_, words.MAY_MERGE, title=mine.title, other=other.title, link=link)


def split(round_: Round, first: Idea, second: Idea) -> Letter:
    """Return subject and body for an idea that became two."""
    return _letter(round_, words.SPLIT, title=first.title, other=second.title)


def appeal_decided(round_: Round, idea: Idea) -> Letter:
    """Return subject and body for an appeal that was decided."""
    return _letter(round_, words.APPEAL_DECIDED, title=idea.title)


def taken_up(round_: Round, idea: Idea) -> Letter:
    """Return subject and body for an idea that gets another try in another round."""
    return _letter(round_, words.TAKEN_UP, title=idea.title)


def thanked(round_: Round, idea: Idea) -> Letter:
    """Return subject and body for the thanks at the end of a round."""
    return _letter(round_, words.THANKED, round=round_.name, title=idea.title)


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


def _letter(round_: Round, letter: Letter, **places: str | LocalText) -> Letter:
    subject, body = letter
    return subject.filled(**places), closed(round_, body.filled(**places))


def _told(round_: Round, idea: Idea, review: Review, locale: str) -> str:
    body = next((one for one in round_.referral_bodies if one.id == review.referred_to), None)
    opening = words.OPENINGS[review.outcome].filled(
        title=idea.title,
        body=body.name if body else "",
        reply_by=review.reply_by.strftime("%d-%m-%Y") if review.reply_by else "",
    )
    lines = [opening.text(locale)]
    for judgement in review.judgements:
        rule = round_.criterion(judgement.criterion)
        if judgement.colour is not Colour.GREEN and rule:
            said = words.RULE.filled(number=rule.number, text=rule.text)
            lines.append(f"{said.text(locale)}\n{judgement.reason}")
    lines.extend(text for text in (review.reason, review.suggestion) if text)
    return "\n\n".join(lines)
