"""One voting right, every door, as one show: register, letters, nine doors, paper, count.

    python -m tests.journeys.show_the_doors [--residents 30000] [--keep FOLDER]

Invented residents of Zuid are taken in by command; letters of one buurt are printed, and one is
scanned; voting opens; somebody votes by each door through the real pages; officials at the desk
give codes and paper, and count the paper; the round closes, is counted, published and verified.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import json
import re
import tempfile
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

from pb_engine.domain.retention import TERMS
from pb_engine.engine import wall_clock
from pb_engine.sealing import new_code, written
from pb_engine.services import counter
from pb_engine.services.codes import find_entitlement
from pb_engine.services.retention import run_retention
from pb_engine.services.rights import person_of
from pb_engine.store import close_stores
from pb_engine.store.register import Channel
from tests.brokers import serving
from tests.builders import at
from tests.journeys import counting_paper
from tests.journeys.browser_of_forms import Browser, Page
from tests.journeys.doors_town import BUURT, STREET, ZUID, Installation, shown, tell
from tests.leftovers import mails
from tests.registers import Row, preset, residents, with_faults, write
from tests.services.letters import pages
from tests.yivi_server import Handler

REAL_COST, CHEAP_COST = (19456, 2, 1), (8192, 1, 1)
WRONG = {"postcode": 3, "house": 2, "same_person": 2}
ODD = {"outside": 20, "too_young": 10, "email": 2}
ALREADY = "al gestemd"


@dataclasses.dataclass
class Shown:
    """What the show came to."""

    residents: int = 0
    import_seconds: float = 0
    import_mebibytes: int = 0
    faults: dict[str, int] = dataclasses.field(default_factory=dict)
    letters: int = 0
    letters_seconds: float = 0
    doors: list[str] = dataclasses.field(default_factory=list)
    second_doors: list[str] = dataclasses.field(default_factory=list)
    guesses: int = 0
    sheets: int = 0
    differences: tuple[int, ...] = ()
    typing_seconds: float = 0
    balance: str = ""
    counted: int = 0
    checks: int = 0
    turnout: dict[str, dict[str, int | None]] = dataclasses.field(default_factory=dict)
    would_go: int = 0
    leaked: tuple[str, ...] = ()


@dataclasses.dataclass
class Scene:
    """What one part of the show leaves for the next.

    :ivar codes: the code in the letter of each resident of one buurt, by name.
    """

    town: Installation
    shown: Shown
    rows: list[Row] = dataclasses.field(default_factory=list)
    codes: dict[str, str] = dataclasses.field(default_factory=dict)
    school: list[str] = dataclasses.field(default_factory=list)
    link: str = ""

    def row(self, name: str) -> Row:
        """The row of somebody, who is the only one with this name."""
        return next(row for row in self.rows if row["naam"] == name)

    def resident(self, row: Row) -> str:
        """The identifier of a row in the register, as the desk shows it in its forms."""
        person = person_of(self.town.engine, ZUID, row["persoonsnummer"])
        with self.town.engine.stores.register.read() as work:
            found = work.residents.of_person(ZUID, person)
        assert found is not None, row
        return found.id


def main() -> None:
    """Give the show."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--residents", type=int, default=30_000, help="how many are invented")
    asked.add_argument("--sheets", type=int, default=400, help="ballots on paper")
    asked.add_argument("--keep", type=Path, help="leave all files in this new folder")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="pbdoors") as name:
        folder = given.keep or Path(name) / "show"
        folder.mkdir()
        found = show(folder.resolve(), given.residents, given.sheets, REAL_COST)
    shown("\n== What it came to")
    for name, value in dataclasses.asdict(found).items():
        shown(f"{name:>16}  {value}")


def show(
    folder: Path, residents: int, sheets: int, cost: tuple[int, int, int], *, apart: bool = True
) -> Shown:
    """Do everything; whatever is not as it must be is an ``AssertionError``."""
    town = Installation(folder, cost, apart=apart)
    scene = Scene(town, Shown(residents=residents, sheets=sheets))
    try:
        with ExitStack() as running:
            running.enter_context(serving(town.broker))
            running.enter_context(serving(town.yivi, Handler))
            town.secrets()
            town.add_rounds()
            register(scene)
            letters(scene)
            opening(scene)
            running.enter_context(town.serving())
            doors(scene)
            refusals(scene)
            paper(scene)
            close(scene)
        publish(scene)
        afterwards(scene)
    finally:
        close_stores(town.engine.stores)
    return scene.shown


def register(scene: Scene) -> None:
    """Look at a register with faults, then take in the corrected one."""
    town, told = scene.town, scene.shown
    town.headline(f"A register of {told.residents} invented residents")
    scene.rows = list(residents(preset(ZUID), told.residents, seed=1))
    planted = {**WRONG, **ODD}
    write(town.folder / "kiezers.csv", with_faults(scene.rows, planted, seed=2))
    asked = ("register", "import", ZUID, "kiezers.csv", "--dry-run", "--report", "bevindingen.csv")
    tell(town.run(*asked, fails=True).told, first=50)
    with (town.folder / "bevindingen.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row["gevolg"] for row in csv.DictReader(file, delimiter=";")]
    told.faults = {level: found.count(level) for level in sorted(set(found))}
    assert told.faults["wrong"] >= sum(WRONG.values()), told.faults
    scene.rows = with_faults(scene.rows, ODD, seed=2)
    write(town.folder / "kiezers.csv", scene.rows)
    scene.rows = [row for row in scene.rows if _is_taken_in(row)]
    ran = town.run("register", "import", ZUID, "kiezers.csv")
    tell(ran.told, first=12)
    told.import_seconds, told.import_mebibytes = round(ran.seconds, 1), ran.mebibytes
    shown(f"  | {ran.seconds:.1f} s of processor, {ran.mebibytes} MiB at most")
    tell(town.run("register", "show", ZUID).told)


def _is_taken_in(row: Row) -> bool:
    return row["postcode"] != "7511AA" and row["geboortejaar"] != "2020" and not row["geheim"]


def letters(scene: Scene) -> None:
    """Print letters for one buurt and read one as a telephone does; make codes for a class."""
    town, told = scene.town, scene.shown
    town.headline("Codes and letters of one buurt, and cards for a class")
    ran = town.run("letters", ZUID, "--area", BUURT, "--out", "brieven")
    tell(ran.told)
    with (town.folder / "brieven" / "letters.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file, delimiter=";"))
    scene.codes = {row["name"]: row["code"] for row in listed}
    told.letters, told.letters_seconds = len(listed), round(ran.seconds, 1)
    shown(f"  | {ran.seconds:.1f} s of processor, {ran.mebibytes} MiB at most")
    first = town.folder / "brieven" / "letters-0001.pdf"
    scene.link = pages.links(first, only=1)[0]
    assert scene.link == listed[0]["link"]
    shown(f"  | scanned from the first page: {scene.link.partition('#')[0]}#...")
    beside = town.run("codes", "issue", ZUID, "5", "--kind", "school", fails=True)
    assert "a second voting right" in beside.told
    tell(beside.told)
    pupils = [scene.row(name)["persoonsnummer"] for name in list(scene.codes)[-5:]]
    (town.folder / "klas.txt").write_text("\n".join(pupils), encoding="utf-8")
    ran = town.run("codes", "issue", ZUID, "--kind", "school", "--people", "klas.txt")
    scene.school = re.findall(r";((?:\w{4}-){3}\w{4})$", ran.told, re.MULTILINE)
    assert len(scene.school) == 5
    street(town)


def street(town: Installation) -> None:
    """Give the small round a register and codes."""
    lines = "".join(f"{n};Bewoner {n} Fictief;7523AB;{n};;19{60 + n}\n" for n in range(1, 13))
    head = "persoonsnummer;naam;postcode;huisnummer;toevoeging;geboortejaar\n"
    (town.folder / "straat.csv").write_text(head + lines, encoding="utf-8")
    tell(town.run("register", "import", STREET, "straat.csv").told, first=12)
    tell(town.run("codes", "export", STREET, "straat-codes.csv").told)


def opening(scene: Scene) -> None:
    """Open voting in both rounds, which freezes their registers."""
    scene.town.headline("Voting opens, and the register is frozen")
    for slug in (ZUID, STREET):
        tell(scene.town.run("rehearse", slug, "--keep").told)
        tell(scene.town.run("round", "step", slug, "open_voting").told)
    tell(scene.town.run("register", "show", ZUID).told)
    tell(scene.town.run("register", "check", ZUID).told)


def note(scene: Scene, door: str, done: Page) -> None:
    """Write down that somebody voted by a door."""
    assert "Uw stem is binnen" in done.text
    scene.shown.doors.append(door)
    shown(f"  | voted: {door}")


def by_code(town: Installation, browser: Browser, check: str, code: str, **more: str) -> Page:
    """Type a code at one of the doors."""
    slug = STREET if check == "code_and_birth_year" else ZUID
    page = browser.get(f"/{slug}/stemmen/controle/{check}")
    return browser.send(page, "code", code=code, **more)


def doors(scene: Scene) -> None:
    """Let somebody vote by each door."""
    town = scene.town
    town.headline("A vote by each door")
    code = scene.link.partition("#code=")[2]
    assert code == next(iter(scene.codes.values()))
    letter = town.visitor()
    note(scene, "letter", town.vote(letter, by_code(town, letter, "voting_code", code), "AED"))
    second_fact(scene)
    mail(scene)
    elsewhere(scene)
    at_the_counter(scene)
    street_votes(scene, scene.shown.sheets // 5)
    votes_everywhere(scene, scene.shown.sheets // 33)
    pupil = town.visitor()
    card = by_code(town, pupil, "school_batch", scene.school[0])
    note(scene, "school", town.vote(pupil, card, "Speeltoestel", "AED"))
    again = by_code(town, town.visitor(), "voting_code", scene.school[1])
    assert again.status == 409
    shown(f"  | a card of the class at the door of letters: {problem_of(again)}")
    of_letter = find_entitlement(town.engine, ZUID, list(scene.codes.values())[-5])
    assert find_entitlement(town.engine, ZUID, scene.school[0], at_school=True) == of_letter
    shown("  | the letter of the pupil leads to the same voting right, which is used now")
    assert of_letter.channel is Channel.DIGITAL


def street_votes(scene: Scene, number: int) -> None:
    """Let more people of the buurt vote with their letters."""
    town, names = scene.town, list(scene.codes)[12 : 12 + number]
    for place, name in enumerate(names):
        someone = town.visitor()
        page = by_code(town, someone, "voting_code", scene.codes[name])
        town.vote(someone, page, ("Bankjes", "Moestuin", "AED")[place % 3])
    shown(f"  | and {len(names)} neighbours with their letters")


def votes_everywhere(scene: Scene, number: int) -> None:
    """Let so many people of every street log in at the broker, and vote."""
    town = scene.town
    streets: dict[str, list[Row]] = {}
    for row in scene.rows[-len(scene.rows) // 4 :]:
        if row["naam"] not in scene.codes:
            streets.setdefault(row["postcode"], []).append(row)
    people = [row for rows in streets.values() for row in rows[:number]]
    for place, row in enumerate(people):
        town.broker.bsn = row["persoonsnummer"]
        someone = town.visitor()
        page = someone.get(f"/{ZUID}/stemmen/controle/oidc")
        town.vote(someone, page, ("Speeltoestel", "Bankjes")[place % 2], "AED")
    shown(f"  | and {len(people)} people of {len(streets)} other streets who logged in")


def second_fact(scene: Scene) -> None:
    """Type a code with a wrong year, then with the right one, in the small round."""
    town = scene.town
    with (town.folder / "straat-codes.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file, delimiter=";"))
    code, year = row["code"], f"19{60 + int(row['house'])}"
    someone = town.visitor()
    wrong = by_code(town, someone, "code_and_birth_year", code, birth_year="1950")
    assert wrong.status == 404 or "biljet" not in wrong.url
    shown(f"  | code and a wrong birth year: {problem_of(wrong)}")
    paper = by_code(town, someone, "code_and_birth_year", code, birth_year=year)
    note(scene, "code and birth year", town.vote(someone, paper, "AED", slug=STREET))


def sentence_of(page: Page) -> str:
    """The heading of a page that answers instead of the one that was asked for."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page.body.decode(), re.DOTALL)
    return f"{page.status} {found[1].strip() if found else page.text[:100]}"


def problem_of(page: Page) -> str:
    """The sentence with which a page refuses."""
    body = page.body.decode()
    found = re.search(
        r'<p class="error"[^>]*>(.*?)</p>|<div class="alert[^>]*>(.*?)</div>', body, re.DOTALL
    )
    words = re.sub(r"<[^>]*>", " ", found[1] or found[2]) if found else page.text[:300]
    return f"{page.status} {' '.join(words.split())}"


def mail(scene: Scene) -> None:
    """Ask for a link, find it in the mail, and press its button."""
    town = scene.town
    row = next(row for row in scene.rows if "@" in row["email"] and row["naam"] not in scene.codes)
    someone = town.visitor()
    asked = someone.get(f"/{ZUID}/stemmen/controle/email_link")
    told = someone.send(asked, "email", email=row["email"])
    assert told.status == 200, told.text
    ((receiver, text),) = mails(town.engine)
    assert receiver == row["email"]
    link = re.search(rf"{town.address}/\S+brief=[\w-]+", text)
    assert link is not None, text
    button = someone.get(link[0])
    note(
        scene,
        "e-mail link",
        town.vote(someone, someone.send(button, "carry", step="on"), "Moestuin"),
    )
    assert "biljet" not in town.visitor().get(link[0]).url


def elsewhere(scene: Scene) -> None:
    """Log in at the broker, and show a number in the app."""
    town = scene.town
    people = [row for row in scene.rows if row["naam"] not in scene.codes and not row["email"]]
    person, other = people[5], people[6]
    town.broker.bsn = person["persoonsnummer"]
    someone = town.visitor()
    note(
        scene, "OIDC", town.vote(someone, someone.get(f"/{ZUID}/stemmen/controle/oidc"), "Bankjes")
    )
    town.yivi.app["pbdf.gemeente.personalData.bsn"] = other["persoonsnummer"]
    visitor = town.visitor()
    waiting = visitor.get(f"/{ZUID}/stemmen/controle/yivi")
    town.yivi.in_the_app()
    note(scene, "Yivi", town.vote(visitor, visitor.send(waiting, "carry", step="on"), "Bankjes"))


def helping(scene: Scene, officer: Browser, row: Row) -> Page:
    """Search somebody by name at the counter, and begin to help them."""
    found = officer.send(officer.get(f"/beheer/{ZUID}/balie"), "name", name=row["naam"], address="")
    page = officer.send(found, "resident", resident=scene.resident(row))
    assert f"U helpt nu: {row['naam']}" in page.text, page.text[:600]
    return page


def do(officer: Browser, page: Page, path: str, reason: str) -> Page:
    """Press one of the three buttons for somebody who is being helped."""
    form = page.form("seen")
    aimed = dataclasses.replace(form, action=f"/beheer/{ZUID}/balie/{path}")
    done = officer.send_form(page, aimed, seen="ja", reason=reason)
    assert done.status == 200, done.text[:600]
    return done


def at_the_counter(scene: Scene) -> None:
    """Give somebody a code for the screen, and somebody else another code for a lost letter."""
    town = scene.town
    olga = town.official("olga")
    without, lost, *_ = others = neighbours(scene)
    assert len(others) > 4
    given = do(olga, helping(scene, olga, without), "scherm", "paspoort gezien")
    (code,) = re.findall(r"\b\w{5}-\w{5}\b", given.text)
    screen = town.visitor()
    note(scene, "counter, at the screen", kiosk(town, screen, "desk", code))
    given = do(olga, helping(scene, olga, lost), "code", "brief kwijt")
    (fresh,) = re.findall(r"\b(?:\w{4}-){3}\w{4}\b", given.text)
    old = by_code(town, town.visitor(), "voting_code", scene.codes[lost["naam"]])
    assert old.status == 409, old.text
    scene.shown.second_doors.append(f"a replaced code: {problem_of(old)}")
    shown(f"  | the replaced code of a lost letter: {problem_of(old)}")
    note(scene, "replaced code, at the screen", kiosk(town, screen, "voting_code", fresh))


def neighbours(scene: Scene) -> list[Row]:
    """Everybody in the buurt with a letter but the first, who voted with it."""
    return [scene.row(name) for name in list(scene.codes)[1:12]]


def kiosk(town: Installation, screen: Browser, check: str, code: str) -> Page:
    """Vote on the screen at the counter, which is clean before and after."""
    start = screen.get(f"/{ZUID}/stemmen/balie")
    assert "Hier kunt u stemmen" in start.text
    done = town.vote(screen, by_code(town, screen, check, code), "Moestuin", "AED")
    assert done.headers["refresh"].startswith("60;")
    clean = screen.get(f"/{ZUID}/stemmen/balie")
    assert "AED" not in clean.text
    assert "Uw stem is binnen" not in screen.get(f"/{ZUID}/stemmen/klaar").text
    return done


def refusals(scene: Scene) -> None:
    """One person at a second door; a guesser; and a good code that still works beside them."""
    town = scene.town
    town.headline("Second doors, and a guesser")
    voter = scene.row(next(iter(scene.codes)))
    town.broker.bsn = voter["persoonsnummer"]
    someone = town.visitor()
    page = someone.get(f"/{ZUID}/stemmen/controle/oidc")
    assert ALREADY in page.text, page.text[:600]
    done = town.vote(someone, page, "Bankjes", "Moestuin")
    assert "vorige stem telt niet meer mee" in done.text
    scene.shown.second_doors.append("letter, then OIDC: the same right, the vote is changed")
    shown("  | who voted by letter logs in: the page knows, and the new vote replaces the old one")
    guesser = town.visitor("203.0.113.66")
    statuses = []
    while 429 not in statuses:
        wrong = by_code(town, guesser, "voting_code", written(new_code()))
        statuses.append(wrong.status)
        assert len(statuses) < 60, statuses
    scene.shown.guesses = len(statuses) - 1
    shown(f"  | guess {len(statuses)} from one network: {sentence_of(wrong)}")
    third = neighbours(scene)[2]
    neighbour = town.visitor()
    fine = by_code(town, neighbour, "voting_code", scene.codes[third["naam"]])
    note(scene, "letter, while somebody guesses", town.vote(neighbour, fine, "AED"))


def paper(scene: Scene) -> None:
    """Hand out ballots at the counter, refuse one of their holders online, and count the stack."""
    town, told = scene.town, scene.shown
    town.headline(f"{told.sheets} ballots on paper")
    piet = town.official("piet")
    one = neighbours(scene)[3]
    handed = do(piet, helping(scene, piet, one), "papier", "wil liever papier")
    assert "Geef nu" in handed.text
    tell(town.run("paper", "ballots", ZUID, "--number", "20", "--out", "biljetten.pdf").told)
    rest = [row for row in scene.rows if row["naam"] not in scene.codes and not row["email"]]
    for row in rest[20 : 19 + told.sheets]:
        counter.hand_out_paper(town.engine, ZUID, scene.resident(row), "wil papier", "piet")
    told.doors.append("paper")
    shown(f"  | {told.sheets} voting rights went to paper, one of them through the page")
    refused = by_code(town, town.visitor(), "voting_code", scene.codes[one["naam"]])
    assert refused.status == 409, refused.text
    town.broker.bsn = one["persoonsnummer"]
    also = town.visitor().get(f"/{ZUID}/stemmen/controle/oidc")
    assert "biljet" not in also.url
    for door, page in (("letter", refused), ("OIDC", also)):
        told.second_doors.append(f"paper, then {door}: {problem_of(page)}")
        shown(f"  | who has paper, by {door}: {problem_of(page)}")
    team = [town.official(name, "participation_team") for name in ("anna", "bram", "carla")]
    began = time.monotonic()
    found = counting_paper.count(team, ZUID, told.sheets)
    told.typing_seconds = round(time.monotonic() - began, 1)
    told.differences, told.balance = found.differing, found.balance
    assert found.differing == found.planted
    shown(f"  | planted differences on sheets {found.planted}, found {found.differing}")
    shown(f"  | {found.balance}")


def close(scene: Scene) -> None:
    """Close, and hold the register against what was frozen."""
    town = scene.town
    town.headline("The close")
    early = ("close_voting", "--reason", "the show goes on")
    for slug in (ZUID, STREET):
        tell(town.run("round", "step", slug, *early).told)
        tell(town.run("register", "check", slug).told)


def publish(scene: Scene) -> None:
    """Count, publish and verify; print turnout from what was published."""
    town, told = scene.town, scene.shown
    town.headline("Counted, published, verified")
    opened = town.run("round", "open-box", ZUID).told
    tell(opened)
    told.counted = int(opened.split()[0])
    tell(town.run("round", "count", ZUID).told)
    tell(town.run("adopt", ZUID, "--by", "Jan de Vries").told)
    tell(town.run("publish", ZUID, "--out", "bundel.zip").told)
    answer = town.run("verify", "bundel.zip", by="anybody").told
    tell(answer, first=60)
    assert "FAIL" not in answer
    told.checks = sum(line.startswith("ok ") for line in answer.splitlines())
    with ZipFile(town.folder / "bundel.zip") as bundle:
        told.turnout = turnout(json.loads(bundle.read("register.json")))


def turnout(
    published: dict[str, dict[str, dict[str, int | None]]],
) -> dict[str, dict[str, int | None]]:
    """Print the turnout per buurt and channel as the bundle has it."""
    names = {str(area.id): area.name for area in preset(ZUID).areas.areas}
    per_area = published["areas"]
    ways = [str(one) for one in (Channel.DIGITAL, Channel.PAPER, Channel.NONE)]
    shown(f"  | {'from register.json':<28}" + "".join(f"{way:>9}" for way in ways))
    for area, numbers in {**per_area, "all": published["total"]}.items():
        cells = [numbers.get(way) for way in ways]
        line = "".join(f"{'.' if one is None else one:>9}" for one in cells)
        shown(f"  | {names.get(area, area or 'no area known'):<28}{line}")
        assert not any(one is not None and 0 < one < 10 for one in cells) or area == "all", numbers
    return per_area


def afterwards(scene: Scene) -> None:
    """Look what would be erased, and that no log has a code."""
    town = scene.town
    town.headline("Afterwards")
    tell(town.run("retention", "run", ZUID, "--dry-run").told)
    secrets = [*scene.codes.values(), *scene.school, *(row["naam"] for row in scene.rows[:200])]
    scene.shown.leaked = tuple(one for one in secrets if one in town.log())
    assert not scene.shown.leaked
    later = at(town.engine, wall_clock() + timedelta(weeks=14))
    for one in run_retention(later, "show", ZUID, really=False):
        what = TERMS[one.kept].what.en
        shown(f"  | in fourteen weeks: {what}: {one.rows} rows and keys (since {one.since:%d %B})")
        scene.shown.would_go += one.rows
    assert scene.shown.would_go > scene.shown.residents
    shown("  | no code and no name in the log of the server")


if __name__ == "__main__":
    main()
