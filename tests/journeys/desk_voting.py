"""From the voter register to the published result, with what a dry run found on the way."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

from tests.journeys.browser_of_forms import Browser
from tests.journeys.desk_hand import Hand
from tests.journeys.desk_ideas import Submitted
from tests.journeys.desk_review import GOING, REJECTED, TO_UPKEEP
from tests.journeys.desk_round import SLUG
from tests.journeys.desk_town import Town

RESIDENTS, VOTERS = 40, 24
HEAD = "persoonsnummer;naam;postcode;huisnummer;toevoeging;geboortejaar\n"
SEED = "De ballen 4, 8, 15, 16, 23 en 42"
PLANTED = "De pagina raadt 5 ideeën aan, maar dat aantal mag niet."
OFF_THE_BALLOT = {GOING, TO_UPKEEP, REJECTED}


def at(hand: Hand, *names: str) -> None:
    """Go to a part of the round through the menu."""
    for name in names:
        hand.press(name)


def register(hand: Hand, folder: Path) -> None:
    """Take in the register: first look, then for real."""
    lines = (
        f"{n};Bewoner {n} Fictief;{('7523XA', '7523XB')[n % 2]};{n};;{1950 + n}\n"
        for n in range(1, RESIDENTS + 1)
    )
    file = folder / "kiezers.csv"
    file.write_text(HEAD + "".join(lines), encoding="utf-8")
    at(hand, "Register")
    hand.bring("register_file", file)
    hand.press("Bestand bekijken")
    hand.reads("Er is nog niets veranderd.")
    hand.look("register-bekijken")
    hand.bring("register_file", file)
    hand.press(f"{RESIDENTS} kiezers inlezen")
    hand.reads(f"Er staan nu {RESIDENTS} kiezers in het register.")
    hand.look("register")


def letters(hand: Hand) -> list[str]:
    """Print the letters; return the codes that stand in them."""
    at(hand, "Brieven")
    hand.look("letters")
    with hand.page.expect_download() as coming:
        hand.press("Brieven maken")
    with ZipFile(coming.value.path()) as packed:
        listed = packed.read("letters.csv").decode("utf-8-sig")
    return [row["code"] for row in csv.DictReader(io.StringIO(listed), delimiter=";")]


def dry_run(hand: Hand) -> str:
    """Publish the lot and rehearse; return the sentence that the dry run found to be wrong."""
    hand.open(f"/beheer/{SLUG}/")
    hand.write("seed", SEED)
    hand.press("Lot publiceren")
    hand.press("Proefstemming doen")
    hand.reads("De proefstemming is niet gelukt", PLANTED)
    hand.look("rehearsal-1-fout")
    assert colour_of(hand) == "rgb(255, 238, 225)"
    assert hand.page.get_by_role("button", name="Proefstemming vastleggen").count() == 0
    return PLANTED


def colour_of(hand: Hand) -> str:
    """The colour behind the first message of the page: a refusal must not look like praise."""
    first = hand.page.locator(".alert").first
    return str(first.evaluate("one => getComputedStyle(one).backgroundColor"))


def mend(hand: Hand) -> None:
    """Correct the rules on the page where the mistake was made, with a reason."""
    at(hand, "Spelregels")
    hand.look("rules-1")
    hand.press("Wijzigen, bladzijde voor bladzijde")
    hand.unfold("Delen van de ronde")
    hand.press("Stembiljet")
    hand.write("ballot-recommended_choices", "3")
    hand.press("Alleen bewaren")
    hand.unfold("Delen van de ronde")
    hand.press("Nakijken")
    hand.reads("Zo veel ideeën raden we aan (mag leeg) 5 3")
    hand.write("reason", "Op de pagina stond een te hoog aantal: een kiezer kiest er drie.")
    hand.look("rules-2-nakijken")
    hand.press("Spelregels wijzigen")
    hand.reads("De spelregels zijn gewijzigd.")
    hand.press("Proefstemming doen")
    hand.reads("De proefstemming is gelukt")
    hand.look("rehearsal-2-goed")
    assert colour_of(hand) == "rgb(221, 247, 228)"
    hand.press("Proefstemming vastleggen")
    hand.reads("De proefstemming is vastgelegd.")


def opening(hand: Hand, town: Town) -> None:
    """Open voting on its day."""
    town.turn_to(town.calendar().voting.start + timedelta(hours=9))
    hand.open(f"/beheer/{SLUG}/")
    hand.look("round-voor-de-stemming")
    hand.press("Stemming openen")
    hand.reads("De stemming is open.")
    at(hand, "Stembiljet")
    hand.look("ballot-paper")


def vote(town: Town, ideas: dict[int, Submitted], codes: list[str]) -> int:
    """Let residents vote with the codes of their letters; return how many did."""
    listed = [one for one in ideas if one not in OFF_THE_BALLOT]
    for place, code in enumerate(codes[:VOTERS]):
        chosen = {listed[place % 5], listed[place * 3 % 13], listed[(place * 5 + 2) % 27]}
        _cast(town.visitor(), code, [ideas[one].id for one in sorted(chosen)])
    return min(VOTERS, len(codes))


def _cast(browser: Browser, code: str, choices: list[str]) -> None:
    paper = browser.send(browser.get(f"/{SLUG}/stemmen"), "code", code=code)
    assert paper.url.endswith("/stemmen/biljet"), (paper.url, paper.text[:600])
    look = browser.send(paper, "choices", choices=choices, step="on")
    assert look.url.endswith("/nakijken"), (look.url, look.text[:600])
    done = browser.send(look, "step", step="on")
    assert "Uw stem is binnen" in done.text, done.text[:600]


def close(hand: Hand, town: Town) -> None:
    """Close voting after its last day."""
    town.turn_to(town.calendar().voting.end + timedelta(minutes=15))
    hand.open(f"/beheer/{SLUG}/")
    hand.press("Stemming sluiten")
    hand.reads("De stemming is gesloten.")


def count(hand: Hand, teun: Browser) -> str:
    """Open, count and explain; let a second official adopt; publish.

    :returns: what the one who counted reads where the other one adopts.
    """
    at(hand, "Tellen")
    hand.look("count-1-gesloten")
    hand.press("Stembus openen")
    hand.press("Stemmen tellen")
    hand.press("Uitslag uitleggen")
    hand.look("count-2-vaststellen")
    waits = hand.text()
    assert hand.page.get_by_role("button", name="Uitslag vaststellen", exact=True).count() == 0
    page = teun.get(f"/beheer/{SLUG}/tellen")
    adopted = teun.send_form(
        page, next(one for one in page.forms if one.action.endswith("/vaststellen"))
    )
    assert "De uitslag is vastgesteld." in adopted.text, adopted.text[:900]
    at(hand, "Tellen")
    hand.press("Uitslag publiceren")
    hand.reads("De uitslag is gepubliceerd")
    hand.look("count-3-gepubliceerd")
    (told,) = re.findall(r"[^.]*(?:collega|iemand anders)[^.]*\.", waits, re.IGNORECASE)[:1] or [""]
    return told.strip()
