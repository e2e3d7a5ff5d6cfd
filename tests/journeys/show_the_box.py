"""The whole ballot box as one show, from the ceremony to ten refused lies.

    python -m tests.journeys.show_the_box [--ballots 300] [--keep FOLDER]

A key ceremony on a machine without settings; a round in three processes on two clusters of
PostgreSQL that wait for the disk; residents who vote through the pages; the process of the box
killed in the middle; the close, the count with three of five sheets, the publication, and the
verifier on a copy.  Everything is done with the commands that people type.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pb_engine.domain.rounds import Trustees
from pb_engine.engine import Engine
from pb_engine.sealing import read_share
from pb_engine.services.codes import issue_codes
from pb_engine.store import StoreUrls, close_stores
from tests.attacks.cluster import durable_cluster
from tests.builders import COSTS, Staged, a_round, a_round_in
from tests.journeys.browser_of_forms import Browser, Page
from tests.journeys.lies import lies_about
from tests.journeys.town import PARTS, Town, open_today
from tests.journeys.voters import Handed, Resident, Street, Wish, vote_all
from tests.trustees import NAMES, SLUG, scanned

AT_ONCE = 4
_WANTED = (
    *[("Moestuin",)] * 10,
    *[("Bankjes",)] * 5,
    *[("AED",)] * 4,
    *[("Speeltoestel",)] * 3,
    *[("Bankjes", "AED")] * 2,
)
Wishes = list[Wish]


@dataclasses.dataclass
class Shown:
    """What the show came to.

    :ivar refusals: of each lie its place, and the sentences that refused it.
    """

    ballots: int = 0
    counted: int = 0
    replaced: int = 0
    killed: int = 0
    broken_steps: int = 0
    expected: tuple[str, ...] = ()
    funded: tuple[str, ...] = ()
    checks: int = 0
    refusals: tuple[tuple[str, ...], ...] = ()
    leaked: tuple[str, ...] = ()
    shares_on_disk: tuple[str, ...] = ()
    keys_left: tuple[str, ...] = ()


class Stage:
    """The two machines of the show: the server in three parts, and a laptop without a network."""

    def __init__(self, folder: Path, urls: StoreUrls, voters: int) -> None:
        self.folder, self.laptop = folder, folder / "laptop"
        self.began = time.monotonic()
        self.laptop.mkdir()
        journal = folder / "another-disk"
        journal.mkdir(mode=0o700)

        def stage(engine: Engine) -> Staged:
            round_ = a_round(calendar=open_today(), trustees=Trustees(3, 5))
            return a_round_in(engine, "review", round_=round_, codes=voters)

        (folder / "town").mkdir()
        self.town = Town(folder / "town", stage, urls, journal)

    def headline(self, text: str) -> None:
        """Say what comes now."""
        say(f"\n== {text}  [{time.monotonic() - self.began:.0f} s]")

    def run(
        self, *words: object, on: str = "operator", typed: str = "", fails: bool = False
    ) -> str:
        """Run a command of the engine as the operator, or on the laptop without any setting."""
        told = [str(word) for word in words]
        shown = " ".join(f'"{word}"' if " " in word else word for word in told)
        say(f"{on}$ pb-engine {shown.replace(str(self.folder), '')}")
        alone = {name: value for name, value in os.environ.items() if not name.startswith("PB_")}
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "pb_engine", *told],
            input=typed,
            capture_output=True,
            text=True,
            cwd=self.laptop if on != "operator" else self.folder,
            env=self.town.environment("operator") if on == "operator" else alone,
            timeout=600,
            check=False,
        )
        answer = done.stdout + done.stderr
        assert (done.returncode != 0) is fails, answer
        return answer


def say(line: str) -> None:
    """Show a line now, also where the output goes to a file."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tell(answer: str, *, first: int = 60) -> None:
    """Print what a command answered, indented; only the beginning of a long answer."""
    lines = answer.strip().splitlines()
    for line in lines[:first]:
        say(f"  | {line}")
    if len(lines) > first:
        say(f"  | ... and {len(lines) - first} lines more")


def main() -> None:
    """Give the show."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--ballots", type=int, default=300, help="sealed ballots, changes included")
    asked.add_argument("--keep", type=Path, help="leave all files in this new folder")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="pbshow") as name:
        folder = given.keep or Path(name) / "show"
        folder.mkdir()
        with two_clusters() as urls:
            if urls is None:
                raise SystemExit("this show needs the server programs of PostgreSQL")
            shown = show(folder, urls, given.ballots)
    say("\n== What it came to")
    for name, value in dataclasses.asdict(shown).items():
        say(f"{name:>16}  {len(value) if name == 'refusals' else value}")


@contextmanager
def two_clusters() -> Iterator[StoreUrls | None]:
    """Lend two clusters, register apart from box; ``None`` where PostgreSQL is not installed."""
    with durable_cluster() as first, durable_cluster() as second:
        if first is None or second is None:
            yield None
            return
        box = second.server.empty()
        rest = {name: first.server.empty() for name in ("site", "register", "study")}
        yield StoreUrls(box=box, **rest)


def show(folder: Path, urls: StoreUrls, ballots: int) -> Shown:
    """Do everything; whatever is not as it must be is an ``AssertionError``."""
    changes = ballots // 30
    stage = Stage(folder, urls, ballots - changes)
    shown = Shown(ballots=ballots)
    try:
        sheets = ceremony(stage)
        first, second = wishes_of(stage, changes)
        shown.expected = expected(first, second)
        with ExitStack() as serving:
            street = voting(stage, shown, serving, first, second)
            close(stage, shown, street)
            words = counting(stage, shown, sheets)
            publish(stage, shown, words)
            verify(stage, shown, street)
        shown.shares_on_disk = tuple(shares_found(folder, sheets))
    finally:
        close_stores(stage.town.staged.engine.stores)
    return shown


def ceremony(stage: Stage) -> dict[Path, str]:
    """Make the key of five trustees; return what stands on each sheet of paper."""
    stage.headline("A key ceremony: five sheets, three of them open the box")
    named = [word for name in NAMES for word in ("--trustee", name)]
    tell(stage.run("ceremony", SLUG, "--out", "bladen", *named, on="laptop"))
    paper = {sheet: scanned(sheet)[0] for sheet in sorted((stage.laptop / "bladen").glob("*.pdf"))}
    public = stage.laptop / "bladen" / f"{SLUG}.public.json"
    typed = "".join(f"{one}\n" for one in list(paper.values())[1:4])
    tell(stage.run("ceremony", "--rehearse", public, on="laptop", typed=typed))
    tell(stage.run("round", "trustees", SLUG, public))
    tell(stage.run("rehearse", SLUG, "--keep"))
    tell(stage.run("round", "step", SLUG, "open_voting"))
    return paper


def wishes_of(stage: Stage, changes: int) -> tuple[Wishes, Wishes]:
    """Say who wants what: everybody once, then some who change their vote."""
    codes = stage.town.staged.codes
    first = [Wish(code, _WANTED[at % len(_WANTED)]) for at, code in enumerate(codes)]
    return first, [Wish(code, ("Speeltoestel", "Moestuin")) for code in codes[:changes]]


def expected(first: Wishes, second: Wishes) -> tuple[str, ...]:
    """Count by hand what the greedy rule must fund: the last wish of each, dearest vote first."""
    last = {wish.code: wish.titles for wish in (*first, *second)}
    votes = Counter(title for titles in last.values() for title in titles)
    assert len(set(votes.values())) == len(votes), "a tie would make the lot decide"
    funded, left = [], a_round().fund.budget_cents
    for title, _ in votes.most_common():
        if COSTS[title] <= left:
            funded.append(title)
            left -= COSTS[title]
    return tuple(sorted(funded))


def voting(stage: Stage, shown: Shown, serving: ExitStack, first: Wishes, second: Wishes) -> Street:
    """Let everybody vote, and kill the process of the box when half of the ballots are in."""
    town, street = stage.town, Street()
    stage.headline(f"{len(first)} residents vote through three processes, {AT_ONCE} at once")
    for part in ("site", "register"):
        serving.enter_context(town.serving(part))
    box = serving.enter_context(ExitStack())
    process = box.enter_context(town.serving("box"))
    for part in PARTS:
        say(f"  | {part} at {town.at[part]} with {', '.join(stores_of(town, part))}")
    town.more["PB_WITNESSES"] = json.loads(witness(stage))["witness"]
    crowd = threading.Thread(target=vote_all, args=(town, first, street, AT_ONCE))
    crowd.start()
    street.half.wait()
    in_before = len(street.handed)
    process.kill()
    process.wait()
    shown.killed += 1
    say(f"  | {in_before} receipts handed out; the process of the box is killed (SIGKILL)")
    time.sleep(1)
    box.close()
    box.enter_context(town.serving("box"))
    say("  | the box serves again; whoever was at it presses again")
    crowd.join()
    vote_all(town, second, street, AT_ONCE)
    shown.broken_steps = street.broken
    assert not street.troubles, street.troubles
    assert len({one.number for one in street.handed}) == len(first) + len(second)
    say(
        f"  | {len(street.handed)} receipts, all different; "
        f"{street.broken} steps had to be repeated"
    )
    tell(stage.run("box", "check", SLUG))
    tell(stage.run("box", "log", SLUG))
    say(f"  | the witness signs: {witness(stage, post=True).strip()}")
    return street


def stores_of(town: Town, part: str) -> list[str]:
    """The databases of which a process of this part has the address."""
    return sorted(name for name in town.environment(part) if name.endswith("_DB"))


def witness(stage: Stage, *, post: bool = False) -> str:
    """Let somebody outside look at the log, and sign what follows from what was there."""
    mine = ("--key", stage.laptop / "witness.key", "--state", stage.laptop / "witness.json")
    url = f"{stage.town.at['box']}/{SLUG}"
    told = stage.run("witness", url, *mine, *(["--post"] if post else []), on="witness")
    return next(line for line in told.splitlines() if line.startswith("{"))


def close(stage: Stage, shown: Shown, street: Street) -> None:
    """Close, try to vote with a ticket of before, and look what keys are left."""
    stage.headline("The close")
    town = stage.town
    first, second = issue_codes(town.staged.engine, SLUG, 2, "show").codes
    resident, slow = Resident(town, street), Resident(town, street)
    page, look = resident.to_the_box(first), slow.look_over(Wish(second, ("AED",)))
    tell(stage.run("round", "step", SLUG, "close_voting", "--reason", "the show goes on"))
    refused = resident.browser.send(page, "ticket")
    assert refused.status == 409
    say("  | a ticket of before the close, at the box: 409")
    keep_refusal(stage, slow.browser.send(look, "step", step="on"))
    folders = [town.folder / part / "keys" for part in ("operator", *PARTS)]
    left = {path.name for folder in folders for path in folder.glob("*.key")}
    shown.keys_left = tuple(sorted(left))
    assert not {f"{SLUG}.link.key", f"{SLUG}.ticket.key", f"{SLUG}.spent.key"} & left
    assert f"{SLUG}.round.key" not in left
    say(f"  | keys that are left: {', '.join(shown.keys_left)}")
    tickets = [value for name, value in page.form("ticket").fields if name == "ticket"]
    secrets = {
        "a code": [wish.wish.code for wish in street.handed],
        "a ticket": tickets,
        "a tracker": [one.tracker for one in street.handed],
        "a receipt": [one.number for one in street.handed],
    }
    logs = town.logs()
    shown.leaked = tuple(name for name, found in secrets.items() if any(map(logs.count, found)))
    assert not shown.leaked
    say(f"  | {len(logs.splitlines())} lines in the logs of three processes: no code, no ticket")


def keep_refusal(stage: Stage, page: Page) -> None:
    """Keep what the box signed for a resident who sent a ballot after the close."""
    assert page.status == 409
    (refusal,) = re.findall(r'<code class="digest">([^<]*)</code>', page.body.decode())
    (stage.laptop / "te-laat.txt").write_text(refusal, encoding="utf-8")
    say(f"  | a ballot that was sent after the close, signed by the box:\n  |   {refusal}")


def counting(stage: Stage, shown: Shown, paper: dict[Path, str]) -> str:
    """Count on the laptop with three of five sheets; two are lost and one is mistyped at first."""
    stage.headline("The count, on a machine without a network, with three of five sheets")
    tell(stage.run("round", "open-box", SLUG, fails=True))
    tell(stage.run("box", "export", SLUG, stage.laptop / "bus"))
    written = list(paper.values())
    groups = written[4].split("-")
    groups[8] = groups[8][1] + groups[8][0] + groups[8][2:]
    typed = ["-".join(groups), written[4], written[4], written[0], written[2]]
    lines = "".join(f"{one}\n" for one in typed)
    answer = stage.run("count", "bus", "--out", "telling", on="laptop", typed=lines)
    tell(answer)
    told = re.search(r"(\d+) ballots count, (\d+) were replaced by their voters, 0 are", answer)
    words = re.search(r"write them down: (.*)\n", answer)
    assert told is not None
    assert words is not None
    shown.counted, shown.replaced = int(told[1]), int(told[2])
    assert shown.counted + shown.replaced == shown.ballots
    shown.funded = tuple(sorted(re.findall(r"funded: (\w+)", answer)))
    assert shown.funded == shown.expected
    return words[1]


def publish(stage: Stage, shown: Shown, words: str) -> None:
    """Take the count in, publish, and look at the page with the result."""
    stage.headline("Back on the server: taken in with the words that were read out, and published")
    wrong = " ".join(reversed(words.split()))
    tell(stage.run("box", "import", SLUG, stage.laptop / "telling", "--words", wrong, fails=True))
    tell(stage.run("box", "import", SLUG, stage.laptop / "telling", "--words", words))
    tell(stage.run("round", "count", SLUG))
    tell(stage.run("adopt", SLUG, "--by", "Jan de Vries"))
    tell(stage.run("publish", SLUG, "--out", stage.laptop / "bundle.zip"))
    page = Browser(stage.town.at["site"]).get(f"/{SLUG}/uitslag")
    assert page.status == 200
    assert all(title in page.text for title in shown.expected)
    say(f"  | {page.url} shows the result")


def verify(stage: Stage, shown: Shown, street: Street) -> None:
    """Check a copy with what three residents and a witness kept; then tell ten lies about it."""
    stage.headline("Anybody: pb-engine verify on a copy, without settings and without our database")
    asked: list[object] = []
    for one in residents_who_look(street):
        asked += ["--receipt", one.number, "--signature", one.signature, "--tracker", one.tracker]
    seen = ["--witness", "witness.json", "--cosigner", stage.town.more["PB_WITNESSES"]]
    late = ("--refusal", "te-laat.txt")
    answer = stage.run("verify", "bundle.zip", *asked, *seen, *late, on="anybody")
    tell(answer)
    assert "FAIL" not in answer
    shown.checks = sum(line.startswith("ok ") for line in answer.splitlines())
    stage.headline("One byte is flipped, in ten places")
    shown.refusals = tuple(refusals(stage))


def residents_who_look(street: Street) -> list[Handed]:
    """Three residents whose last vote this was."""
    last = {one.wish.code: one for one in street.handed}
    return list(last.values())[:3]


def refusals(stage: Stage) -> Iterator[tuple[str, ...]]:
    """Let the verifier look at every lie; yield its place and the sentences that refuse it."""
    for lie in lies_about((stage.laptop / "bundle.zip").read_bytes()):
        (stage.laptop / "copy.zip").write_bytes(lie.raw)
        answer = stage.run("verify", "copy.zip", on="anybody", fails=True)
        sentences = [line for line in answer.splitlines() if line.startswith("FAIL")]
        say(f"  | {lie.place}")
        tell("\n".join(sentences), first=3)
        yield (lie.place, *sentences)


def shares_found(folder: Path, paper: dict[Path, str]) -> Iterator[str]:
    """Name every file but the sheets themselves in which a share stands, in whatever spelling."""
    secrets = [
        spelling
        for written in paper.values()
        for value in (read_share(written).value,)
        for spelling in (written.encode(), value.hex().encode(), value)
    ]
    for path in folder.rglob("*"):
        if path.is_file() and path not in paper:
            raw = path.read_bytes()
            if any(one in raw for one in secrets):
                yield path.name


if __name__ == "__main__":
    main()
