"""A letter about an idea that does not exist, to see how a text will read."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from pb_engine.domain.ideas import Idea, IdeaState, Recurrence, Submitter
from pb_engine.domain.review import Colour, Judgement, Review, ReviewOutcome
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services import mail_texts
from pb_engine.services.status_letters import Letter, OwnTexts
from pb_engine.units import Cents, IdeaId

_AT_THE_END = ("result_won", "result_lost", "thanked")
_REASON = "Hier staat de reden die de commissie opschrijft."
_OTHER = "Een picknicktafel bij de vijver"
_REPLY = "Hier staat het antwoord zoals het binnenkwam."


def sample_letter(
    engine: Engine, round_: Round, own: OwnTexts, status: str, locale: str
) -> tuple[str, str]:
    """Return subject and body of a letter about an invented idea, whole as it would leave."""
    subject, body = _letter(engine, round_, own, status)
    where = mail_texts.whereabouts(
        f"{engine.settings.base_url}/idee/voorbeeld", over=status in _AT_THE_END
    )
    return subject.text(locale), body.text(locale) + where.text(locale)


def _letter(engine: Engine, round_: Round, own: OwnTexts, status: str) -> Letter:
    idea = _idea(engine, round_)
    if status.startswith("judged_"):
        outcome = ReviewOutcome(status.removeprefix("judged_"))
        return mail_texts.judged(round_, idea, _review(engine, round_, outcome), own)
    if status == "referral_answered":
        asked = _review(engine, round_, ReviewOutcome.REFER)
        return mail_texts.replied(round_, idea, dataclasses.replace(asked, reply=_REPLY), own)
    return mail_texts.told(round_, idea, status, own, other=_OTHER, money="€ 1.000")


def _idea(engine: Engine, round_: Round) -> Idea:
    return Idea(
        id=IdeaId("voorbeeld"),
        round=round_.slug,
        number=1,
        title="Een bankje bij de vijver",
        description="",
        motivation="",
        cost_cents=Cents(0),
        area=None,
        place="",
        theme="",
        own_effort="",
        recurrence=Recurrence.ONCE,
        submitters=(Submitter("Voorbeeld"),),
        state=IdeaState.SUBMITTED,
        submitted_on=engine.today(),
        version=1,
    )


def _review(engine: Engine, round_: Round, outcome: ReviewOutcome) -> Review:
    passed = outcome is ReviewOutcome.PASS
    body = next(iter(round_.referral_bodies), None)
    referred = outcome is ReviewOutcome.REFER and body is not None
    rule = round_.criteria[0].number if round_.criteria else ""
    judgement = Judgement(rule, Colour.GREEN if passed else Colour.ORANGE, _REASON)
    return Review(
        outcome=outcome,
        judgements=(judgement,),
        reviewed_by="",
        reviewed_on=engine.today(),
        reason="" if passed else _REASON,
        referred_to=body.id if referred and body else None,
        reply_by=engine.today() + timedelta(days=body.reply_days) if referred and body else None,
    )
