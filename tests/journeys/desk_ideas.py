"""The thirty ideas of the show, and residents who send them in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Browser as Chromium

from tests.journeys.desk_hand import Hand
from tests.journeys.desk_round import SLUG
from tests.journeys.desk_town import Town
from tests.submitting import submit_in_steps

EMAIL = "bewoner{number}@example.org"
_TITLES = """\
Bankjes langs de vijver
Nieuwe zitplekken bij het water
Een bankje onder de kastanje
Moestuin bij de school
Speeltoestel voor peuters
Jeu de boules in het park
Bloemen op het plein
AED bij de kerk
Drempel in de Parkweg
Buurtmaaltijd met alle straten
Vogelhuisjes maken met kinderen
Schommel op het veldje
Geveltuintjes in de Kerkstraat
Fietspad naar het station
Boekenkastje bij de bakker
Lampjes op het wandelpad
Pannakooi achter de sporthal
Koffie voor nieuwe buren
Watertappunt bij het speelveld
Kunst op de elektriciteitskast
Betere prullenbakken in het park
Workshop fiets repareren
Parkeergarage onder het plein
Muziek in het park
Insectenhotel bij de vijver
Buitenschaak bij het buurthuis
Regentonnen voor iedereen
Filmavond in de open lucht
Hondenveld met een hek
Tafeltennistafel op het plein"""


@dataclass
class Submitted:
    """One idea: what its submitter knows of it.

    :ivar number: its place in the list of the round, from 1.
    :ivar code: shown once to whoever sent it in.
    """

    number: int
    title: str
    cost: int
    id: str = ""
    code: str = ""

    @property
    def path(self) -> str:
        """Where its page is, on either site."""
        return f"/{SLUG}/ideeen/{self.id}"


def thirty() -> list[Submitted]:
    """The ideas, not sent in yet."""
    return [
        Submitted(number, title, 600 + 450 * (number * 7 % 17))
        for number, title in enumerate(_TITLES.splitlines(), start=1)
    ]


def answers_of(idea: Submitted) -> dict[str, str]:
    """What a resident fills in; every third leaves no address for mail."""
    answers = {
        "title": idea.title,
        "description": f"{idea.title}: daar wordt onze wijk fijner van, voor jong en oud.",
        "motivation": "Nu is er niets, en veel buren vragen erom.",
        "theme": ("groen", "spelen", "ontmoeten")[idea.number % 3],
        "area": ("NP-oost", "NP-west")[idea.number % 2],
        "place": "in de buurt van het park",
        "cost": str(idea.cost),
        "recurrence": "once",
        "own_effort": "Wij helpen een dag mee.",
        "name": f"Bewoner {idea.number} Fictief",
    }
    return answers if idea.number % 3 == 0 else {**answers, "email": email_of(idea)}


def email_of(idea: Submitted) -> str:
    """Where letters to its submitter go."""
    return EMAIL.format(number=idea.number)


def send_in(town: Town, idea: Submitted) -> None:
    """Send an idea in, by forms alone."""
    page = submit_in_steps(town.visitor(), f"/{SLUG}/ideeen/nieuw", **answers_of(idea))
    assert "Uw idee is binnen" in page.text, page.text[:800]
    _remember(idea, page.text, page.body.decode())


def send_in_by_browser(chromium: Chromium, town: Town, idea: Submitted) -> None:
    """Send an idea in as most residents do."""
    hand, answers = Hand(chromium, town.address, None), answers_of(idea)
    hand.open(f"/{SLUG}/ideeen/nieuw")
    for step in (
        ("title", "description", "motivation", "theme"),
        ("area", "place"),
        ("cost", "recurrence"),
        (),
        ("own_effort", "name", "email"),
    ):
        for name in step:
            _answer(hand, name, answers.get(name, ""))
        hand.press("Verder")
    hand.press("Idee insturen")
    hand.reads("Uw idee is binnen")
    _remember(idea, hand.text(), hand.page.content())
    hand.context.close()


def _answer(hand: Hand, name: str, text: str) -> None:
    if name == "recurrence":
        hand.tick(name, text)
    elif name in {"theme", "area"}:
        hand.choose(name, text)
    else:
        hand.write(name, text)


def _remember(idea: Submitted, text: str, markup: str) -> None:
    (idea.code,) = set(re.findall(r"\b(?:\w{4}-){2,}\w{4}\b", text))
    idea.id = re.findall(r"/idee/([\w-]+)", markup)[0]
