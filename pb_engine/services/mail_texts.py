"""What submitters read when something happens to their idea: plain Dutch, and English."""

from __future__ import annotations

from pb_engine.domain.ideas import Idea
from pb_engine.domain.review import Colour, Review, ReviewOutcome
from pb_engine.domain.rounds import Round
from pb_engine.units import LocalText

_OPENINGS = {
    ReviewOutcome.PASS: LocalText(
        "Goed nieuws: uw idee ‘{title}’ mag door. Mensen kunnen er straks op stemmen.",
        "Good news: your idea ‘{title}’ goes on. People can vote for it soon.",
    ),
    ReviewOutcome.ADAPT: LocalText(
        "Uw idee ‘{title}’ kan door, als er iets verandert.",
        "Your idea ‘{title}’ can go on, if something changes.",
    ),
    ReviewOutcome.REJECT: LocalText(
        "Bedankt voor uw idee ‘{title}’. Het kan helaas niet door naar de stemronde.",
        "Thank you for your idea ‘{title}’. Sadly, it cannot go on to the vote.",
    ),
    ReviewOutcome.REFER: LocalText(
        "Bedankt voor uw idee ‘{title}’. We hebben het doorgegeven aan {body}. "
        "U hoort voor {reply_by} van hen.",
        "Thank you for your idea ‘{title}’. We passed it on to {body}. "
        "They will answer before {reply_by}.",
    ),
}
_ENDINGS = LocalText(
    "Hebt u een vraag? Bel of mail {name}: {phone}, {email}.\n\nMet vriendelijke groet,\n{name}",
    "Do you have a question? Call or mail {name}: {phone}, {email}.\n\nKind regards,\n{name}",
)


def received(round_: Round, idea: Idea) -> tuple[LocalText, LocalText]:
    """Return subject and body for an idea that came in."""
    subject = LocalText(f"Uw idee is binnen: {idea.title}", f"We have your idea: {idea.title}")
    body = LocalText(
        f"Bedankt voor uw idee ‘{idea.title}’. Het staat nu op de lijst. De commissie kijkt "
        "ernaar. U krijgt bericht over het besluit.",
        f"Thank you for your idea ‘{idea.title}’. It is on the list now. The commission will look "
        "at it. You will hear what they decide.",
    )
    return subject, closed(round_, body)


def judged(round_: Round, idea: Idea, review: Review) -> tuple[LocalText, LocalText]:
    """Return subject and body for a judged idea: the decision, the rule and the reason."""
    subject = LocalText(f"Besluit over uw idee: {idea.title}", f"Your idea: {idea.title}")
    body = LocalText(_told(round_, idea, review, "nl"), _told(round_, idea, review, "en"))
    return subject, closed(round_, body)


def merged(round_: Round, going: Idea, staying: Idea) -> tuple[LocalText, LocalText]:
    """Return subject and body for an idea that went into another one."""
    subject = LocalText(f"Uw idee is samengevoegd: {going.title}", f"Merged: {going.title}")
    body = LocalText(
        f"Uw idee ‘{going.title}’ lijkt op ‘{staying.title}’. We hebben ze samengevoegd. "
        "U blijft indiener.",
        f"Your idea ‘{going.title}’ is much like ‘{staying.title}’. We merged them. "
        "You remain a submitter.",
    )
    return subject, closed(round_, body)


def appeal_decided(round_: Round, idea: Idea) -> tuple[LocalText, LocalText]:
    """Return subject and body for an appeal that was decided."""
    subject = LocalText(f"Uw verzoek om herziening: {idea.title}", f"Another look: {idea.title}")
    body = LocalText(
        f"Er is beslist over uw verzoek om herziening van ‘{idea.title}’. U leest het besluit en "
        "de uitleg op de pagina van uw idee.",
        f"Your request for another look at ‘{idea.title}’ was decided. You can read the decision "
        "and the reason on the page of your idea.",
    )
    return subject, closed(round_, body)


def taken_up(round_: Round, idea: Idea) -> tuple[LocalText, LocalText]:
    """Return subject and body for an idea that gets another try in another round."""
    subject = LocalText(f"Uw idee doet opnieuw mee: {idea.title}", f"Another try: {idea.title}")
    body = LocalText(
        f"Uw idee ‘{idea.title}’ doet opnieuw mee, in een andere ronde. U leest op de pagina van "
        "uw idee welke ronde dat is. Uw code blijft dezelfde.",
        f"Your idea ‘{idea.title}’ takes part again, in another round. The page of your idea says "
        "which round that is. Your code stays the same.",
    )
    return subject, closed(round_, body)


def _told(round_: Round, idea: Idea, review: Review, locale: str) -> str:
    body = next((one for one in round_.referral_bodies if one.id == review.referred_to), None)
    lines = [
        _OPENINGS[review.outcome]
        .text(locale)
        .format(
            title=idea.title,
            body=body.name.text(locale) if body else "",
            reply_by=review.reply_by.strftime("%d-%m-%Y") if review.reply_by else "",
        )
    ]
    for judgement in review.judgements:
        rule = round_.criterion(judgement.criterion)
        if judgement.colour is not Colour.GREEN and rule:
            word = LocalText("Spelregel", "Rule").text(locale)
            lines.append(f"{word} {rule.number}: {rule.text.text(locale)}\n{judgement.reason}")
    lines.extend(text for text in (review.reason, review.suggestion) if text)
    return "\n\n".join(lines)


def whereabouts(address: str) -> LocalText:
    """Return the last lines of every letter: where the idea stands, and how to take it back."""
    return LocalText(
        f"\nUw idee staat hier: {address}\n"
        "Daar kunt u het ook terugtrekken, met de code die u kreeg bij het insturen.\n",
        f"\nYour idea stands here: {address}\n"
        "There you can also withdraw it, with the code you got when you submitted it.\n",
    )


def closed(round_: Round, body: LocalText) -> LocalText:
    """Return a text with who sends it, and whom to call."""
    contact = {
        "name": round_.contact.name,
        "phone": round_.contact.phone,
        "email": round_.contact.email,
    }
    return LocalText(
        f"{body.nl}\n\n{_ENDINGS.nl.format(**contact)}\n",
        f"{body.en}\n\n{_ENDINGS.en.format(**contact)}\n",
    )
