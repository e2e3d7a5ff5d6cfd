"""Five members judge thirty ideas: alone, apart, together, and once against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tests.journeys.browser_of_forms import Browser, Page
from tests.journeys.desk_hand import Hand
from tests.journeys.desk_ideas import Submitted, email_of
from tests.journeys.desk_round import SLUG
from tests.journeys.desk_town import Town, path_of

RULES = ("R1", "R2", "R3")
MEMBERS = ("Aad", "Bo", "Cor", "Dina", "Emre")
GOING, STAYING = 3, 2
DIFFERING = (5, 12, 20)
REJECTED, APPEALED = 23, 9
TO_TRAFFIC, TO_UPKEEP = 14, 21
WITH_INTEREST, BY_HAND = 7, 4
WHY = {
    REJECTED: ("R2", "Een parkeergarage bouwen duurt jaren en kost veel meer dan er is."),
    APPEALED: ("R3", "Een drempel gaat over rijdend verkeer, en dat mag deze ronde niet."),
    TO_TRAFFIC: ("R3", "Een fietspad raakt aan rijdend verkeer: dat weet de verkeerskundige."),
    TO_UPKEEP: ("R2", "Of het past in het werk van stadsbeheer, moet stadsbeheer zeggen."),
}
STEP = {REJECTED: "reject", APPEALED: "reject", TO_TRAFFIC: "refer", TO_UPKEEP: "refer"}
INTEREST = "Mijn zus stuurde dit idee in."


@dataclass
class Commission:
    """The members: each a browser of forms, and Dina with a hand besides.

    :ivar ideas: all ideas, by number.
    """

    town: Town
    ideas: dict[int, Submitted]
    members: dict[str, Browser]
    dina: Hand
    judged_by_browser: int = 0

    def page(self, member: str, number: int, more: str = "") -> Page:
        """A page of an idea at the desk."""
        page = self.members[member].get(f"/beheer{self.ideas[number].path}{more}")
        assert page.status == 200, page.text[:600]
        return page


def pair_of(number: int) -> tuple[str, str, str]:
    """The two who assess an idea, and the third for when these differ."""
    first, second, third = (MEMBERS[(number + more) % 5] for more in (0, 1, 2))
    return (first, third, second) if (number, second) == (WITH_INTEREST, "Dina") else (
        first, second, third,
    )  # fmt: skip


def colours_of(number: int, *, red: tuple[str, str] | None = None) -> dict[str, str]:
    """The three stoplights of an idea, and why one is not green."""
    wrong = red or WHY.get(number)
    given = {f"colour-{rule}": "green" for rule in RULES}
    if wrong:
        given |= {f"colour-{wrong[0]}": "red", f"why-{wrong[0]}": wrong[1]}
    return given


def declare(commission: Commission) -> str:
    """Let Dina say that she has an interest, and try to judge after all from an older window."""
    hand, idea = commission.dina, commission.ideas[WITH_INTEREST]
    hand.open(f"/beheer{idea.path}/eigen-oordeel")
    hand.look("review-3-belang-melden")
    older = hand.context.new_page()
    older.goto(f"{hand.address}/beheer{idea.path}/eigen-oordeel")
    hand.write("interest", INTEREST)
    hand.press("Belang melden")
    hand.reads("Opgeslagen. U beoordeelt dit idee niet.", "Anderen beoordelen het.")
    hand.look("review-4-belang-gemeld")
    for rule in RULES:
        older.locator(f"input[name='colour-{rule}'][value=green]").check()
    older.locator("input[name=outcome][value=pass]").check()
    with older.expect_navigation() as told:
        older.get_by_role("button", name="Oordeel opslaan").click()
    assert told.value is not None
    assert told.value.status == 403
    refusal = older.locator(".alert").first.inner_text()
    older.close()
    return " ".join(refusal.split())


def merge(commission: Commission, team: Browser) -> int:
    """Ask the submitters of two ideas, hear yes twice, and merge the ideas; return how many."""
    page = commission.page("Bo", GOING)
    into = commission.ideas[STAYING].id
    early = commission.members["Bo"].send(page, "into", into=into)
    assert early.status == 409, early.text[:600]
    asked = commission.members["Bo"].send(page, "into", into=into, what="ask")
    assert "2 indieners zijn gevraagd." in asked.text, asked.text[:600]
    (link,) = [
        found[0]
        for to, text in commission.town.letters()
        if to == email_of(commission.ideas[STAYING])
        and (found := re.findall(r"\S+/samenvoegen/\S+", text))
    ]
    resident = commission.town.visitor()
    question = resident.get(path_of(link))
    assert "U zei ja" in resident.send(question, "answer", answer="yes").text
    # The other one left no address: somebody rings, and writes the answer down at the desk.
    desk = commission.page("Bo", GOING)
    form = [one for one in desk.forms if ("answer", "yes") in one.buttons][-1]
    told = commission.members["Bo"].send_form(desk, form, answer="yes")
    assert told.status == 200, told.text[:600]
    page = commission.page("Bo", GOING)
    merged = commission.members["Bo"].send(page, "into", into=into)
    assert "De ideeën zijn samengevoegd." in merged.text, merged.text[:600]
    return 2


def assess_all(commission: Commission) -> int:
    """Let everybody give their own assessment; return how many there are."""
    made = 0
    for number in commission.ideas:
        if number in {GOING, BY_HAND}:
            continue
        first, second, third = pair_of(number)
        assess(commission, first, number)
        apart = number in DIFFERING
        red = ("R2", "Het is volgens mij niet binnen een jaar klaar te krijgen.")
        page = assess(commission, second, number, red=red if apart else None)
        made += 2
        if apart:
            assert "één oordeel meer nodig" in page.text, page.text[:900]
            assess(commission, third, number)
            made += 1
    return made


def assess(
    commission: Commission, member: str, number: int, red: tuple[str, str] | None = None
) -> Page:
    """Give one assessment."""
    page = commission.page(member, number, "/eigen-oordeel")
    outcome = "reject" if red else STEP.get(number, "pass")
    told = colours_of(number, red=red)
    done = commission.members[member].send(page, "note", **told, outcome=outcome)
    assert "Uw oordeel is opgeslagen." in done.text, (number, member, done.text[:900])
    return done


def by_hand(commission: Commission) -> None:
    """Let Dina give an assessment and a decision in her browser, with what it costs."""
    hand, idea = commission.dina, commission.ideas[BY_HAND]
    hand.open(f"/beheer/{SLUG}/ideeen")
    hand.look("review-1-lijst")
    hand.press(idea.title)
    hand.press("Eigen oordeel geven of bekijken")
    for rule in RULES:
        hand.tick(f"colour-{rule}", "green")
    hand.tick("outcome", "pass")
    hand.write("note", "Nog even bellen met de school over het hek.")
    hand.look("review-2-eigen-oordeel")
    hand.press("Oordeel opslaan")
    assess(commission, "Emre", BY_HAND)
    hand.press("Terug naar het idee")
    third = idea.cost // 3
    for name, text in (
        *(("what_1", "Grond en planten"), ("many_1", "2"), ("each_1", str(third))),
        *(("what_2", "Hek"), ("many_2", "1"), ("each_2", str(idea.cost - 2 * third))),
        *(("running", "120"), ("running_by", "de tuingroep")),
    ):
        hand.write(name, text)
    hand.look("review-5-besluit")
    hand.press("Oordeel opslaan")
    hand.reads("Het oordeel is opgeslagen.")


def decide_together(commission: Commission) -> tuple[int, int]:
    """Tick what everybody agrees on; return how many were decided so, and how many apart."""
    chair = commission.members["Aad"]
    together = 0
    for body, numbers in (
        ("", [one for one in commission.ideas if STEP.get(one) != "refer"]),
        ("verkeer", [TO_TRAFFIC]),
        ("beheer", [TO_UPKEEP]),
    ):
        page = chair.get(f"/beheer/{SLUG}/ideeen")
        form = page.form("idea")
        ticks = [commission.ideas[one].id for one in numbers]
        agreed = [one for one in ticks if one in form.choices["idea"]]
        done = chair.send_form(page, form, idea=agreed, referred_to=body)
        assert "opgeslagen." in done.text, done.text[:900]
        assert "Niet alles lukte" not in done.text, done.text[:900]
        together += len(agreed)
    decide(commission, "Bo", DIFFERING, "Twee van de drie leden vinden dat het kan.")
    return together, len(DIFFERING)


def decide(commission: Commission, member: str, numbers: Iterable[int], why: str) -> None:
    """Let some ideas pass, one by one."""
    for number in numbers:
        page = commission.page(member, number)
        green = {f"colour-{rule}": "green" for rule in RULES}
        blank = {f"why-{rule}": "" for rule in RULES}
        cost = str(commission.ideas[number].cost)
        told = {"outcome": "pass", "reason": why, "final_cost": cost, **green, **blank}
        done = commission.members[member].send(page, "final_cost", **told)
        assert "Het oordeel is opgeslagen." in done.text, (number, done.text[:900])


def reply(commission: Commission, number: int, text: str) -> None:
    """Write down what a body answered."""
    page = commission.page("Cor", number)
    done = commission.members["Cor"].send(page, "reply", reply=text)
    assert "Het antwoord staat op de website." in done.text, done.text[:900]


def appeal(commission: Commission) -> str:
    """Let a submitter ask for another look; return what the one who judged reads."""
    idea = commission.ideas[APPEALED]
    resident = commission.town.visitor()
    page = resident.get(f"{idea.path}/herziening")
    assert page.status == 200, page.text[:600]
    why = "Wij bedoelen een zitdrempel op de stoep, niet een drempel voor auto's op de weg."
    done = resident.send(page, "body", code=idea.code, body=why)
    assert done.status == 200, done.text[:600]
    own = commission.members["Aad"].get(f"/beheer/{SLUG}/reacties")
    assert "Een collega beslist hierover." in own.text, own.text[:900]
    return own.text


def uphold(commission: Commission) -> None:
    """Let another member uphold it; then the idea is decided again, by yet another."""
    hand = commission.dina
    hand.open(f"/beheer/{SLUG}/reacties")
    (name,) = hand.page.locator("textarea[name^='appeal-']").evaluate_all("a => a.map(o => o.name)")
    hand.write(name, "U heeft gelijk: een zitdrempel op de stoep gaat niet over verkeer.")
    hand.look("review-7-herziening")
    hand.press("Toekennen: opnieuw beoordelen")
    hand.reads("De beslissing staat op de website.")
    decide(commission, "Bo", (APPEALED,), "Na herziening: het gaat om een zitplek op de stoep.")
