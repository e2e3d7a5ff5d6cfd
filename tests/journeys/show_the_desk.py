"""A whole round with the desk alone, as one show: wizard, review, dry run, count, end report.

    python -m tests.journeys.show_the_desk [--pictures]

One official is made by command.  After that officials have the desk, and residents the website:
nothing is called, and no command is given.  Repetitive parts go through forms without a browser.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

from tests.journeys import desk_ideas, desk_review
from tests.journeys.browser_of_forms import Browser
from tests.journeys.desk_hand import Hand, Tally
from tests.journeys.desk_review import MEMBERS, Commission
from tests.journeys.desk_round import SLUG, set_up
from tests.journeys.desk_town import DAY, FIRST, Town, path_of
from tests.journeys.doors_town import shown
from tests.serving import CHROMIUM, served

PICTURES = Path(__file__).parents[2] / "docs" / "pictures" / "desk"


@dataclasses.dataclass
class Shown:
    """What the show came to.

    :ivar seconds: until each part was done.
    """

    wizard: Tally = dataclasses.field(default_factory=Tally)
    ideas: int = 0
    interest: str = ""
    merged: int = 0
    assessments: int = 0
    together: int = 0
    apart: int = 0
    seconds: dict[str, float] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Scene:
    """What one part of the show leaves for the next.

    :ivar tessa: the official who does everything, in her browser.
    :ivar teun: a second official, for whatever takes two.
    """

    town: Town
    chromium: Chromium
    pictures: Path | None
    tessa: Hand
    shown: Shown = dataclasses.field(default_factory=Shown)
    began: float = dataclasses.field(default_factory=time.monotonic)
    officials: dict[str, Browser] = dataclasses.field(default_factory=dict)
    ideas: dict[int, desk_ideas.Submitted] = dataclasses.field(default_factory=dict)
    dina: Hand | None = None

    @property
    def teun(self) -> Browser:
        """The second official."""
        return self.officials["Teun"]

    def done(self, part: str) -> None:
        """Note how long it took until here."""
        self.shown.seconds[part] = round(time.monotonic() - self.began, 1)


def main() -> None:
    """Give the show."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--pictures", action="store_true", help="make docs/pictures/desk anew")
    wanted = asked.parse_args().pictures
    with tempfile.TemporaryDirectory(prefix="pbdesk") as folder, sync_playwright() as playwright:
        program = shutil.which("chromium")
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        found = show(Path(folder), chromium, make_room() if wanted else None)
        chromium.close()
    for name, value in dataclasses.asdict(found).items():
        shown(f"{name:>12}  {value}")


def make_room() -> Path:
    """Empty the folder of pictures."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    return PICTURES


def show(folder: Path, chromium: Chromium, pictures: Path | None = None) -> Shown:
    """Do everything; whatever is not as it must be is an ``AssertionError``."""
    town = Town(folder)
    town.hire_first()
    with served(town.engine) as address:
        town.served_at(address)
        scene = Scene(town, chromium, pictures, Hand(chromium, town.address, pictures))
        try:
            for part in (begin, wizard, people, ideas, review):
                part(scene)
                scene.done(part.__name__)
        finally:
            scene.tessa.context.close()
            if scene.dina:
                scene.dina.context.close()
    return scene.shown


def begin(scene: Scene) -> None:
    """Log in for the first time."""
    scene.tessa.open("/beheer/")
    scene.tessa.look("login")
    scene.tessa.log_in(FIRST)


def wizard(scene: Scene) -> None:
    """Set the round up from nothing, and count what that takes."""
    before = scene.tessa.now()
    set_up(scene.tessa)
    scene.shown.wizard = scene.tessa.now() - before
    scene.tessa.look("round-concept")


def people(scene: Scene) -> None:
    """Invite a second official and five members; the first one by hand."""
    hand = scene.tessa
    hand.press("Overzicht")
    hand.press("Medewerkers")
    for number, name in enumerate(("Teun", *MEMBERS)):
        email = f"{name.lower()}@example.org"
        role = "commission_member" if number else "participation_team"
        hand.write("name", name)
        hand.write("email", email)
        hand.choose("role", role)
        if number == 1:
            hand.look("officials")
        hand.press("Uitnodigen")
        hand.reads(f"{name} is uitgenodigd")
        (link,) = re.findall(r"http\S*/uitnodiging/\S+", hand.page.locator("main").inner_text())
        hand.press("Klaar")
        if name == "Dina":
            scene.dina = welcome(scene, link, email)
            scene.officials[name] = scene.town.beside(scene.dina)
        else:
            scene.officials[name] = scene.town.accept(link, email)


def welcome(scene: Scene, link: str, email: str) -> Hand:
    """Let a member come in with the link of her invitation, in a browser."""
    hand = Hand(scene.chromium, scene.town.address, scene.pictures)
    hand.open(path_of(link))
    for name in ("password", "again"):
        hand.write(name, "vier woorden op rij")
    hand.look("invitation")
    hand.press("Wachtwoord opslaan")
    hand.log_in(email)
    return hand


def ideas(scene: Scene) -> None:
    """Open the round on its day, and take thirty ideas in."""
    town, hand, calendar = scene.town, scene.tessa, scene.town.calendar()
    town.turn_to(calendar.ideas.start + DAY)
    hand.open(f"/beheer/{SLUG}/")
    hand.press("Ideeën openen")
    every = desk_ideas.thirty()
    for idea in every:
        if idea.number == 1:
            desk_ideas.send_in_by_browser(scene.chromium, town, idea)
        else:
            desk_ideas.send_in(town, idea)
    scene.ideas = {one.number: one for one in every}
    scene.shown.ideas = len(every)
    hand.press("Ideeën")
    hand.press("Ideeën per buurt")
    hand.look("ideas-per-area")


def review(scene: Scene) -> None:
    """Let five members judge all of them."""
    town, told, calendar = scene.town, scene.shown, scene.town.calendar()
    town.turn_to(calendar.review.start + DAY)
    scene.tessa.open(f"/beheer/{SLUG}/")
    scene.tessa.press("Ideeën sluiten en beoordelen")
    assert scene.dina is not None
    commission = Commission(town, scene.ideas, scene.officials, scene.dina)
    told.merged = desk_review.merge(commission, scene.teun)
    told.interest = desk_review.declare(commission)
    desk_review.by_hand(commission)
    told.assessments = desk_review.assess_all(commission) + 2
    told.together, told.apart = desk_review.decide_together(commission)
    town.turn_to(calendar.review.start + 9 * DAY)
    desk_review.reply(commission, desk_review.TO_TRAFFIC, "Het fietspad kan naast het voetpad.")
    town.turn_to(calendar.review.start + 14 * DAY)
    scene.dina.open(f"/beheer/{SLUG}/ideeen")
    scene.dina.reads("1 idee is te laat")
    scene.dina.look("review-6-te-laat")
    desk_review.reply(commission, desk_review.TO_UPKEEP, "Wij nemen de prullenbakken over.")
    desk_review.decide(
        commission, "Cor", (desk_review.TO_TRAFFIC,), "De verkeerskundige vindt het goed."
    )
    assert calendar.appeal is not None
    town.turn_to(calendar.appeal.start + DAY)
    desk_review.appeal(commission)
    desk_review.uphold(commission)


if __name__ == "__main__":
    main()
