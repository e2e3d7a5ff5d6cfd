"""The end of the round: progress, the end report with its three parts, thanks, the archive."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.browser_of_forms import Browser
from tests.journeys.desk_hand import Hand
from tests.journeys.desk_round import SLUG
from tests.journeys.desk_town import DAY, Town
from tests.journeys.desk_voting import at

REACTION = "Het college is blij met de uitslag en voert hem helemaal uit."
USED = "Alle gekozen ideeën staan in de begroting. De andere gaan mee in het wijkplan."
PARTS = ("Deel a", "Deel b", "Deel c")
DOCUMENTS = ("eindverslag", "bestedingsplan", "verantwoording", "raadsbrief", "magazine")


def meeting(hand: Hand) -> None:
    """Write down a meeting, and publish news."""
    at(hand, "Activiteiten")
    hand.write("day", "16-01-2027")
    hand.choose("kind", "meeting")
    hand.write("place", "Buurthuis Het Noorden")
    hand.write("people", "37")
    hand.write("result", "Bewoners schreven samen twaalf ideeën op.")
    hand.press("In de lijst zetten")
    hand.look("activities")


def progress(hand: Hand, town: Town) -> None:
    """Tell residents how the first funded idea is getting on."""
    at(hand, "Voortgang")
    hand.look("works")
    hand.page.locator("main tbody th a, main tbody td a").first.click()
    hand.page.wait_for_load_state()
    today = str(town.now.date())
    hand.choose("state", "under_way")
    hand.write("owner", "Stadsbeheer")
    hand.write("body", "De eerste schop ging de grond in. In juli is het klaar.")
    hand.press("Op de site zetten")
    hand.write("name_0", "Bestellen en plaatsen")
    hand.write("due_on_0", str((town.now + 60 * DAY).date()))
    hand.press("Stappen bewaren")
    hand.write("what", "Aanbetaling aan de leverancier")
    hand.write("cents", "250")
    hand.write("paid_on", today)
    hand.press("Uitgave noteren")
    hand.reads("€ 250")
    hand.look("work")


def money_left(hand: Hand, second: Browser) -> None:
    """Decide what becomes of the money that went to no idea, and plan it for every idea."""
    hand.press("Geld dat over is")
    hand.tick("fate-rest", "saved")
    hand.write("purpose-rest", "een tweede rij bankjes bij de vijver")
    hand.choose("years-rest", "2")
    hand.look("money-left")
    hand.press_in("form:has([name=fate-rest])", "Vastleggen")
    hand.reads("Het besluit is bewaard.")
    page = second.get(f"/beheer/{SLUG}/geld-over")
    parts = [dict(one.fields)["part"] for one in page.forms if "part" in dict(one.fields)]
    for part in parts:
        if f"fate-{part}" in {name for one in page.forms for name in one.choices} - {"fate-rest"}:
            told = second.send(page, f"fate-{part}", **{f"fate-{part}": "returns"})
            assert "Het besluit is bewaard." in told.text, told.text[:600]
    hand.press("Afronden")


def finish(hand: Hand, town: Town, second: Browser) -> list[str]:
    """Write part c, thank everybody, close the round; return what stood in the way at first."""
    town.turn_to(town.now + 7 * DAY)
    at(hand, "Afronden")
    hand.look("ending-1-open")
    lacking = hand.page.locator("main dl.facts > div", has_text="nog niet").all_inner_texts()
    assert hand.page.get_by_role("button", name="Ronde afsluiten", exact=True).count() == 0
    hand.write("reaction", REACTION)
    hand.write("used", USED)
    hand.press("Bewaren")
    hand.press("Bedank iedereen")
    money_left(hand, second)
    hand.look("ending-2-klaar")
    hand.press("Ronde afsluiten")
    hand.reads("De ronde is afgesloten")
    return [" ".join(one.split()) for one in lacking]


def documents(hand: Hand, reader: Browser, keep: Path | None) -> list[str]:
    """Open the end report as a page; fetch every document as a file; return the headings."""
    hand.page.get_by_role("link", name="Bekijken", exact=True).first.click()
    hand.page.wait_for_load_state()
    hand.look("end-report")
    headings = hand.page.locator("main h2").all_inner_texts()
    ending = reader.get(f"/beheer/{SLUG}/afronden").body.decode()
    card = ending.split("documenten/certificaat-")[1].split('"')[0].partition(".")[0]
    for name in (*DOCUMENTS, f"certificaat-{card}"):
        for kind, magic in (("pdf", b"%PDF-"), ("docx", b"PK")):
            file = reader.get(f"/beheer/{SLUG}/documenten/{name}.{kind}")
            assert file.body.startswith(magic), (name, kind, file.text[:300])
            if keep:
                (keep / f"{name}.{kind}").write_bytes(file.body)
    return headings
