"""The round of the show, as an official types it page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.journeys.desk_hand import Hand

SLUG = "noorderpark-2027"
NAME = "Samen sterk Noorderpark"
TREE = """\
GM0153 | gemeente | Enschede
WK-NP | wijk | Noorderpark | GM0153
NP-oost | buurt | Oosterveld | WK-NP | 2600
NP-west | buurt | Westerveld | WK-NP | 4600"""
ADDRESSES = """\
NP-oost | 7523XA | 1 | 99
NP-west | 7523XB | 1 | 99"""
THEMES = """\
groen | Groen en water | Green and water
spelen | Spelen en sporten | Play and sport
ontmoeten | Elkaar ontmoeten | Meeting each other"""
CRITERIA = """\
R1 | Het idee is goed voor de hele buurt. | The idea is good for the whole neighbourhood.
R2 | Het idee kan binnen een jaar klaar zijn. | The idea can be ready within a year.
R3 | Het idee gaat niet over rijdend verkeer. | The idea is not about moving traffic."""
POINTS = "Buurthuis Het Noorden | Parkweg 4 | maandag 9 tot 12 uur | Monday 9 to 12"
BODIES = """\
verkeer | de verkeerskundige | the traffic expert | 14
beheer | stadsbeheer | city maintenance | 10"""
TALKED = "Dorpsraad Noorderpark | 2 | akkoord | 2026-12-14"


@dataclass(frozen=True)
class Part:
    """One page of the wizard: what is typed, chosen from a list, and ticked."""

    written: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    ticked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


PARTS: Mapping[str, Part] = {
    "plan": Part(
        {
            "name-nl": NAME,
            "name-en": "Noorderpark stronger together",
            "slug": SLUG,
            "place": "Noorderpark, Enschede",
            "summary-nl": "Er is € 40.000 voor ideeën van bewoners. U bedenkt ze en u kiest.",
            "summary-en": "There is €40,000 for ideas of residents. You bring them, you choose.",
            "ordinance-nl": "Verordening wijkbudgetten 2024",
            "ordinance-en": "Ordinance on neighbourhood budgets 2024",
            "plan-goal-nl": "Bewoners maken de wijk samen groener en gezelliger.",
            "plan-goal-en": "Residents together make the district greener and more sociable.",
            "plan-influence-nl": "Bewoners beslissen. Het bedrag en de voorwaarden staan vast.",
            "plan-influence-en": "Residents decide. The amount and the conditions are fixed.",
            "plan-substance-nl": "Alles wat in de openbare ruimte van de wijk kan.",
            "plan-substance-en": "Everything that can be done in the public space of the district.",
            "plan-finance-nl": "€ 40.000, eenmalig. Geen loon en geen reclame.",
            "plan-finance-en": "€40,000, once. No wages and no advertising.",
            "plan-procedure-nl": "De regels van deze website, en de verordening.",
            "plan-procedure-en": "The rules of this website, and the ordinance.",
            "plan-decided_by-nl": "de wijkbudgetcommissie",
            "plan-decided_by-en": "the neighbourhood budget commission",
            "plan-decided_on": "2026-12-15",
            "agreements": TALKED,
        }
    ),
    "geld": Part(
        {"fund-budget_cents": "40.000", "areas-tree": TREE, "areas-addresses": ADDRESSES},
        {"fund-source": "wijkbudget"},
    ),
    "kalender": Part(),
    "meedoen": Part(
        {
            "submission-who-nl": "Iedereen die in Noorderpark woont, werkt of op school zit.",
            "submission-who-en": "Everybody who lives, works or goes to school in Noorderpark.",
            "submission-themes": THEMES,
            "criteria": CRITERIA,
        },
        ticked={"voters-areas": ("NP-oost", "NP-west")},
    ),
    # The planted mistake: the page would recommend five ideas where three are allowed.
    "stembiljet": Part({"ballot-recommended_choices": "5"}),
    "telmethode": Part(
        ticked={"result_views": ("votes_and_money", "voters_served", "round_story")},
    ),
    "teksten": Part(
        {
            "contact-name": "Participatieteam Noord",
            "contact-email": "noord@example.org",
            "contact-phone": "14 053",
            "contact-address": "Parkweg 4, Enschede",
            "voting_points": POINTS,
            "referral_bodies": BODIES,
            "decision-who-nl": "bewoners van Noorderpark",
            "decision-who-en": "residents of Noorderpark",
            "decision-text-nl": "De uitslag is bindend. Bent u het er niet mee eens? Bel ons.",
            "decision-text-en": "The result is binding. Do you disagree? Call us.",
        },
        ticked={"fictional": ("ja",)},
    ),
}
"""Every page of the wizard by its name in addresses, with no more than it needs."""


def set_up(hand: Hand) -> None:
    """Make the round from nothing, through every page of the wizard."""
    hand.press("Nieuwe ronde maken")
    for name, part in PARTS.items():
        assert f"/{name}" in hand.page.url, (hand.page.url, hand.text()[:1500])
        fill_in(hand, part)
        hand.look(f"wizard-{list(PARTS).index(name) + 1}-{name}")
        hand.press("Bewaren en verder")
    hand.reads("Alles is ingevuld")
    hand.look("wizard-8-nakijken")
    hand.press("Maak deze ronde")
    hand.reads("De ronde staat klaar.")


def fill_in(hand: Hand, part: Part) -> None:
    """Fill in one page."""
    for name, text in part.written.items():
        hand.write(name, text)
    for name, value in part.chosen.items():
        hand.choose(name, value)
    for name, values in part.ticked.items():
        hand.tick(name, *values)
