"""Letters to those who follow an idea."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pb_engine.domain.events import LogEntry
from pb_engine.domain.ideas import Idea
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.sealing import new_nonce
from pb_engine.services.carrying import pack
from pb_engine.services.mail_texts import closed
from pb_engine.store.site import Follow, OutMessage
from pb_engine.units import LocalText

PURPOSE = "stop following"
"""What the link that ends the letters is sealed for."""

_NEWS: Mapping[str, LocalText] = {
    "idea_judged": LocalText(
        "De commissie heeft een besluit genomen over dit idee.",
        "The commission decided about this idea.",
    ),
    "ideas_merged": LocalText(
        "Dit idee is samengevoegd met een ander idee.",
        "This idea was merged with another idea.",
    ),
    "idea_withdrawn": LocalText(
        "De indiener heeft dit idee teruggetrokken.", "The submitter took this idea back."
    ),
    "appeal_decided": LocalText(
        "Er is beslist over het verzoek om herziening van dit idee.",
        "The request to look at this idea again was decided.",
    ),
    "question_answered": LocalText(
        "De gemeente gaf antwoord op een vraag bij dit idee.",
        "The municipality answered a question on this idea.",
    ),
    "progress_told": LocalText(
        "De gemeente vertelt hoe het gaat met dit idee.",
        "The municipality tells how it goes with this idea.",
    ),
    "idea_taken_up": LocalText(
        "Dit idee doet opnieuw mee, in een andere ronde.",
        "This idea takes part again, in another round.",
    ),
}
"""What followers hear of: changes of state, and answers of the municipality."""


def question(
    engine: Engine, round_: Round, idea: Idea, to: str, sealed: str, locale: str
) -> OutMessage:
    """Write the letter that asks whether somebody wants to follow an idea."""
    link = f"{engine.settings.base_url}/volgen/{sealed}"
    subject = LocalText("Wilt u dit idee volgen?", "Do you want to follow this idea?")
    body = LocalText(
        f"Iemand vulde uw e-mailadres in om het idee ‘{idea.title}’ te volgen.\n\nWilt u dat? "
        f"Open dan deze link en druk op de knop. De link werkt twee dagen.\n\n{link}\n\n"
        "Wilt u dit niet? Dan hoeft u niets te doen. Wij bewaren uw adres niet.",
        f"Somebody filled in your e-mail address to follow the idea ‘{idea.title}’.\n\nDo you "
        "want that? Open this link and press the button. The link works for two days.\n\n"
        f"{link}\n\n"
        "Do you not want this? Then do nothing. We do not keep your address.",
    )
    text = closed(round_, body).text(locale)
    return OutMessage(f"follow-{new_nonce()}", to, subject.text(locale), text, locale)


def news(
    engine: Engine, round_: Round, idea: Idea, entry: LogEntry, followers: tuple[Follow, ...]
) -> Iterator[OutMessage]:
    """Write to every follower what happened; each gets a link of their own that ends it."""
    happened = _NEWS.get(entry.event.name)
    if happened is None:
        return
    part = "voortgang" if entry.event.name == "progress_told" else "ideeen"
    page = f"{engine.settings.base_url}/{idea.round}/{part}/{idea.id}"
    for follow in followers:
        end = (
            f"{engine.settings.base_url}/volgen/stop/{pack(engine, PURPOSE, {'follow': follow.id})}"
        )
        body = LocalText(
            f"U volgt het idee ‘{idea.title}’. {happened.nl}\n\nLees het hier:\n{page}\n\n"
            f"Geen berichten meer over dit idee?\n{end}",
            f"You follow the idea ‘{idea.title}’. {happened.en}\n\nRead it here:\n{page}\n\n"
            f"No more letters about this idea?\n{end}",
        )
        subject = LocalText(f"Nieuws over: {idea.title}", f"News about: {idea.title}")
        yield OutMessage(
            key=f"{entry.number}-{follow.id}",
            to=follow.email,
            subject=subject.text(follow.locale),
            body=closed(round_, body).text(follow.locale),
            locale=follow.locale,
            unsubscribe=end,
        )
