"""A served installation with two rounds of residents: Zuid, and a street with a second fact."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from passlib.totp import TOTP

from pb_engine.domain.rounds import PluginChoice, Round
from pb_engine.engine import build, store_urls, wall_clock
from pb_engine.services import assessing, phases, review, rounds
from pb_engine.services.ideas import submit_idea
from pb_engine.settings import settings_in
from pb_engine.store import migrate
from pb_engine.units import AreaId, Cents
from tests.brokers import BrokerDouble, our_key_file
from tests.builders import DAY, SEED, a_draft, a_pass, a_round, at
from tests.journeys.browser_of_forms import Browser, Page
from tests.journeys.calling import call
from tests.journeys.town import free_ports, open_today
from tests.registers import preset
from tests.yivi_server import YiviDouble

ZUID, STREET = "zuid-2027", "straat-2027"
BUURT = "BU01530609"
PASSWORD = "vier woorden op rij"
TITLES = {"Bankjes": 15_000_00, "Moestuin": 20_000_00, "Speeltoestel": 18_000_00, "AED": 9_500_00}


def shown(line: str) -> None:
    """Show a line now, also where the output goes to a file."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tell(answer: str, *, first: int = 40) -> None:
    """Print what a command answered, indented; only the beginning of a long answer."""
    lines = [line.rstrip() for line in answer.strip().splitlines() if line.strip()]
    for line in lines[:first]:
        shown(f"  | {line}")
    if len(lines) > first:
        shown(f"  | ... and {len(lines) - first} lines more")


@dataclasses.dataclass(frozen=True)
class Ran:
    """What a command said, and what it took: seconds of processor, and MiB at most."""

    told: str
    seconds: float
    mebibytes: int
    status: int = 0


class Installation:
    """One installation, the commands of its operator, and the doubles of two other services.

    :ivar apart: each command is a program of its own, as for an operator; otherwise it is called
        in this one, which spares a second each time.
    """

    def __init__(self, folder: Path, cost: Sequence[int], *, apart: bool = True) -> None:
        self.folder, self.cost, self.apart = folder, tuple(cost), apart
        self.began = time.monotonic()
        (self.port,) = free_ports(1)
        self.address = f"http://127.0.0.1:{self.port}"
        self.broker, self.yivi = BrokerDouble(wall_clock), YiviDouble(wall_clock)
        data = folder / "pb"
        data.mkdir()
        settings = settings_in(data, code_cost=self.cost, base_url=self.address)
        migrate(store_urls(settings))
        self.engine = build(settings)
        self.broker.raw["/authorize"] = self._logged_in
        self.ideas: dict[str, dict[str, str]] = {}
        self._networks = 0

    def _logged_in(self, asked: Any) -> None:
        """Send a browser back from the broker, with what it says of ``broker.bsn``."""
        answer = self.broker.log_in(f"{self.broker.url}{asked.path}")
        back = dict(parse_qsl(urlsplit(asked.path).query))["redirect_uri"]
        asked.say(302, {}, location=f"{back}?{urlencode(answer)}")

    def headline(self, text: str) -> None:
        """Say what comes now."""
        shown(f"\n== {text}  [{time.monotonic() - self.began:.0f} s]")

    def _environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("PB_")}
        return own | {
            "PB_DATA": str(self.folder / "pb"),
            "PB_BASE_URL": self.address,
            "PB_CODE_COST": ",".join(map(str, self.cost)),
            "PB_TRUSTED_PROXIES": "127.0.0.1",
        }

    def run(self, *words: object, fails: bool = False, by: str = "operator") -> Ran:
        """Run a command; say what it was, and measure it.

        :param by: the account on the machine, as the event log will name it.
        """
        told = [str(word) for word in words]
        line = " ".join(f'"{word}"' if " " in word else word for word in told)
        shown(f"{by}$ pb-engine {line.replace(str(self.folder) + os.sep, '')}")
        environment = self._environment() | {"USER": by, "LOGNAME": by}
        ran = self._program(told, environment) if self.apart else self._call(told, environment)
        assert (ran.status != 0) is fails, ran.told
        return ran

    def _call(self, told: Sequence[str], environment: Mapping[str, str]) -> Ran:
        before = os.times()
        status, answer = call(told, self.folder, environment)
        spent = os.times()
        seconds = spent.user + spent.system - before.user - before.system
        return Ran(answer, seconds, 0, status)

    def _program(self, told: Sequence[str], environment: Mapping[str, str]) -> Ran:
        with (self.folder / "said").open("w+", encoding="utf-8") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "pb_engine", *told],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=self.folder,
            )
            # One's own children are measured together with those that they started.
            _, state, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(state)
            said.seek(0)
            answer = said.read()
        seconds = used.ru_utime + used.ru_stime
        return Ran(answer, seconds, used.ru_maxrss // 1024, process.returncode)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve all pages until the end of the block."""
        words = [sys.executable, "-m", "pb_engine", "serve", "--no-work", "--port", str(self.port)]
        with (
            (self.folder / "log").open("ab") as log,
            subprocess.Popen(
                words, env=self._environment(), stdout=subprocess.PIPE, stderr=log, text=True
            ) as process,
        ):
            try:
                assert process.stdout is not None
                said = process.stdout.readline()
                assert said.startswith("Serving on"), (said, self.log())
                yield
            finally:
                process.terminate()
                process.wait(30)

    def log(self) -> str:
        """What the server wrote."""
        return (self.folder / "log").read_text("utf-8")

    def visitor(self, network: str = "") -> Browser:
        """A browser in a network of its own, as a proxy would name it."""
        self._networks += 1
        browser = Browser(self.address)
        at_home = network or f"198.51.100.{self._networks % 250}"
        browser.opener.addheaders = [("X-Forwarded-For", at_home)]
        return browser

    def official(self, name: str, role: str = "desk_officer") -> Browser:
        """Give somebody an account by command, and let them log in at the desk."""
        mail = f"{name}@example.org"
        self.run(
            *("officials", "add", mail, "--name", name, "--role", role, "--password", PASSWORD)
        )
        browser = self.visitor()
        page = browser.send(browser.get("/beheer/"), "password", email=mail, password=PASSWORD)
        page = browser.send(page, "setup")
        assert page.status == 200, page.text[:600]
        (key,) = re.findall(r"\b(?:[A-Z2-7]{4}-?){6,}\b", page.text)
        page = browser.send(page, "code", code=TOTP(key=key.replace("-", "")).generate().token)
        assert page.status == 200, page.text[:600]
        assert "/inloggen" not in browser.get("/beheer/").url
        return browser

    def secrets(self) -> None:
        """Put the keys of the two doubles where the engine looks for secrets."""
        folder = self.folder / "pb" / "secrets"
        folder.mkdir(mode=0o700)
        for name, content in {"broker.pem": our_key_file(), **self.yivi.files()}.items():
            (folder / name).write_bytes(content)
            (folder / name).chmod(0o600)

    def add_rounds(self) -> None:
        """Take both rounds as far as the review; after that everything happens by command."""
        self._add(zuid(self.broker.settings(), self.yivi.settings()), BUURT, "leefbaarheid")
        self._add(street(), "mekkelholt", "groen")

    def _add(self, round_: Round, area: str, theme: str) -> None:
        slug, calendar = round_.slug, round_.calendar
        rounds.add_round(at(self.engine, calendar.ideas.start - DAY), round_, "team")
        early = at(self.engine, calendar.ideas.start + DAY)
        phases.take_step(early, slug, "open_ideas", "team")
        scale = 1 if slug == ZUID else 5
        self.ideas[slug] = {}
        for title, cents in TITLES.items():
            draft = a_draft(title, cost_cents=Cents(cents // scale), area=AreaId(area), theme=theme)
            self.ideas[slug][title] = submit_idea(early, slug, draft).idea.id
        later = at(self.engine, calendar.review.start + DAY)
        phases.take_step(later, slug, "start_review", "team")
        for title, idea in self.ideas[slug].items():
            judged = a_pass(TITLES[title] // scale, round_)
            found = assessing.NewAssessment(judged.outcome, judged.judgements)
            for member in ("lid", "nog een lid")[: round_.assessors]:
                assessing.assess_idea(later, slug, idea, found, 0, member)
            review.judge_idea(later, slug, idea, judged, 1, "commissie")

    def vote(self, browser: Browser, paper: Page, *titles: str, slug: str = ZUID) -> Page:
        """Go from the ballot paper to the receipt."""
        assert paper.url.endswith("/stemmen/biljet"), (paper.url, paper.text[:600])
        chosen = [self.ideas[slug][title] for title in titles]
        look = browser.send(paper, "choices", choices=chosen, step="on")
        assert look.url.endswith("/nakijken"), (look.url, look.text[:600])
        done = browser.send(look, "step", step="on")
        assert "Uw stem is binnen" in done.text, (done.url, done.text[:600])
        return done


def zuid(broker: Mapping[str, Any], yivi: Mapping[str, Any]) -> Round:
    """The round of Zuid as it lies in the project, today, with every door to the register."""
    calendar, planned = open_today(), preset(ZUID)
    voting = calendar.voting
    hours = {
        "days": [str(wall_clock().date() + number * DAY) for number in range(2)],
        "opens": "00:00",
        "closes": "23:59",
    }
    return dataclasses.replace(
        planned,
        calendar=calendar,
        voters=dataclasses.replace(planned.voters, reference_date=voting.opens),
        tie=dataclasses.replace(planned.tie, seed=SEED),
        identity_checks=(
            PluginChoice("voting_code"),
            PluginChoice("desk"),
            PluginChoice("email_link"),
            PluginChoice("oidc", json.loads(json.dumps(broker))),
            PluginChoice("yivi", json.loads(json.dumps(yivi))),
            PluginChoice("school_batch", hours),
        ),
    )


def street() -> Round:
    """A small round in which a code alone opens no door."""
    calendar = open_today()
    return a_round(
        slug=STREET,
        calendar=calendar,
        voters=dataclasses.replace(a_round().voters, reference_date=calendar.voting.opens),
        identity_checks=(PluginChoice("code_and_birth_year"),),
    )
