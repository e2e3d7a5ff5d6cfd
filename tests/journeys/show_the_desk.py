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

from tests.journeys import desk_ending, desk_ideas, desk_review, desk_sights, desk_voting
from tests.journeys.browser_of_forms import Browser
from tests.journeys.desk_hand import Hand, Tally
from tests.journeys.desk_review import MEMBERS, Commission
from tests.journeys.desk_round import SLUG, set_up
from tests.journeys.desk_town import DAY, FIRST, Town, path_of
from tests.journeys.doors_town import shown as tell_line
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
    letters: int = 0
    planted: str = ""
    voters: int = 0
    adopted: str = ""
    lacking: list[str] = dataclasses.field(default_factory=list)
    thanked: int = 0
    headings: list[str] = dataclasses.field(default_factory=list)
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
    codes: list[str] = dataclasses.field(default_factory=list)
    keep: Path | None = None

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
    asked.add_argument("--keep", type=Path, help="leave the documents of the round in this folder")
    given = asked.parse_args()
    if given.pictures:
        pictures()
        return
    for name, value in dataclasses.asdict(in_a_browser(None, given.keep)).items():
        tell_line(f"{name:>12}  {value}")


def pictures() -> None:
    """Make the pictures of the desk, and the page that shows them."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    in_a_browser(PICTURES)
    (PICTURES / "README.md").write_text(desk_sights.index(PICTURES), encoding="utf-8")


def in_a_browser(kept: Path | None, documents: Path | None = None) -> Shown:
    """Give the show in a browser of its own."""
    with tempfile.TemporaryDirectory(prefix="pbdesk") as folder, sync_playwright() as playwright:
        program = shutil.which("chromium")
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        found = show(Path(folder), chromium, kept, documents)
        chromium.close()
    return found


def show(
    folder: Path, chromium: Chromium, pictures: Path | None = None, keep: Path | None = None
) -> Shown:
    """Do everything; whatever is not as it must be is an ``AssertionError``."""
    town = Town(folder)
    town.hire_first()
    with served(town.engine) as address:
        town.served_at(address)
        scene = Scene(town, chromium, pictures, Hand(chromium, town.address, pictures), keep=keep)
        try:
            for part in (begin, wizard, people, ideas, review, dry_run, voting, count, ending):
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
    desk_ending.meeting(scene.tessa)


def people(scene: Scene) -> None:
    """Invite a second official and a member by hand; the second official invites four more."""
    hand = scene.tessa
    hand.press("Overzicht")
    hand.press("Medewerkers")
    hand.press("Wat elke rol mag")
    hand.look("access-table")
    hand.press("Medewerkers")
    link, email = invite(hand, "Teun", "participation_team")
    scene.officials["Teun"] = scene.town.accept(link, email)
    link, email = invite(hand, "Dina", "commission_member")
    scene.dina = welcome(scene, link, email)
    scene.officials["Dina"] = scene.town.beside(scene.dina)
    for name in MEMBERS:
        if name != "Dina":
            scene.officials[name] = scene.town.accept(*invite_by_form(scene.teun, name))
    hand.press("Mijn account")
    hand.look("account")


def invite(hand: Hand, name: str, role: str) -> tuple[str, str]:
    """Invite somebody; return the link of the invitation, and where it was mailed."""
    email = f"{name.lower()}@example.org"
    hand.write("name", name)
    hand.write("email", email)
    hand.choose("role", role)
    if name == "Dina":
        hand.look("officials")
    hand.press("Uitnodigen")
    hand.reads(f"{name} is uitgenodigd")
    if name == "Dina":
        hand.look("invited")
    link = link_in(hand.page.locator("main").inner_text())
    hand.press("Klaar")
    return link, email


def invite_by_form(official: Browser, name: str) -> tuple[str, str]:
    """Invite a member without a browser."""
    email = f"{name.lower()}@example.org"
    page = official.get("/beheer/medewerkers")
    told = official.send(page, "role", name=name, email=email, role="commission_member", scope="")
    assert f"{name} is uitgenodigd" in told.text, told.text[:600]
    return link_in(told.text), email


def link_in(text: str) -> str:
    """The link of an invitation that a page shows."""
    (link,) = re.findall(r"http\S*/uitnodiging/\S+", text)
    return str(link)


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


def dry_run(scene: Scene) -> None:
    """Take the register in, print letters; find the planted mistake, mend it, rehearse again."""
    hand = scene.tessa
    scene.town.turn_to(scene.town.calendar().voting.start - 8 * DAY)
    hand.open(f"/beheer/{SLUG}/")
    desk_voting.register(hand, scene.town.folder)
    scene.codes = desk_voting.letters(hand)
    scene.shown.letters = len(scene.codes)
    scene.shown.planted = desk_voting.dry_run(hand)
    desk_voting.mend(hand)


def voting(scene: Scene) -> None:
    """Open the vote; residents vote with the codes of their letters."""
    desk_voting.opening(scene.tessa, scene.town)
    scene.shown.voters = desk_voting.vote(scene.town, scene.ideas, scene.codes)


def count(scene: Scene) -> None:
    """Close, count, adopt by a second official, publish."""
    desk_voting.close(scene.tessa, scene.town)
    scene.shown.adopted = desk_voting.count(scene.tessa, scene.teun)
    found = scene.town.visitor().get(f"/{SLUG}/uitslag")
    assert found.status == 200, found.text[:600]


def ending(scene: Scene) -> None:
    """Progress, the end report with its three parts, thanks, the archive."""
    hand, told = scene.tessa, scene.shown
    desk_ending.progress(hand, scene.town)
    told.lacking = desk_ending.finish(hand, scene.town, scene.teun)
    told.thanked = len(
        [text for _, text in scene.town.letters() if "U deed mee met het idee" in text]
    )
    told.headings = desk_ending.documents(hand, scene.teun, scene.keep)
    hand.press("Cijfers")
    hand.look("dashboard")
    hand.press("Overzicht")
    hand.look("home")
    hand.press("Logboek")
    hand.look("log")


if __name__ == "__main__":
    main()
