"""Kill voting programs, or PostgreSQL under them, and count what became of the ballots.

    python -m tests.attacks.crash --database sqlite --kills 200
    python -m tests.attacks.crash --database postgresql --kills 20

On SQLite a kill is a SIGKILL of one casting program at a drawn moment.  On PostgreSQL (with fsync)
it is a SIGKILL of the whole cluster at once.  Whoever was not acknowledged is tried again under the
same name of its attempt.  At the end the box is closed, opened and compared with the receipts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from random import Random  # noqa: TID251 - which moment is hit is drawn from a seed

from pb_engine.ballots import Ballot, ballot_bytes
from pb_engine.errors import EngineError
from pb_engine.services import counting, phases
from pb_engine.services.voting import Receipt, cast_ballot
from pb_engine.store import StoreUrls, migrate
from pb_engine.units import RoundId
from tests.attacks.campaign import Campaign, kill_databases, kill_programs, prepared
from tests.attacks.cluster import Cluster, durable_cluster
from tests.attacks.crash_worker import Attempt
from tests.attacks.staging import name_in, name_of, number_of, staged_on
from tests.builders import CALENDAR, Staged, at

PROGRAMS = 3
ASKED_AGAIN = 200


@dataclass(frozen=True)
class Figures:
    """What became of the ballots.

    :ivar in_flight: lay in the box when their program died without having acknowledged them.
    :ivar lost: acknowledged, and not in the box.
    :ivar doubled: in the box more than once, or beside the attempts that were made.
    :ivar changed: another receipt than was given, or another choice than was made.
    :ivar refusals: times that a program was told in a sentence to try again.
    """

    kills: int
    acknowledged: int
    found: int
    in_flight: int
    lost: int
    doubled: int
    changed: int
    refusals: int

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.changed)

    def __str__(self) -> str:
        return "\n".join(f"{one.name:>13} {getattr(self, one.name)}" for one in fields(self))


def on_sqlite(folder: Path, kills: int, seed: int) -> Figures:
    """Kill casting programs on four SQLite files in this folder."""
    urls, luck = StoreUrls.in_folder(folder), Random(seed)
    folder.mkdir(exist_ok=True)
    migrate(urls)
    with staged_on(urls, folder) as staged:
        casters = prepared(staged, urls, folder, PROGRAMS, luck)
        return judged(staged, kill_programs(staged, casters, kills, luck))


def on_postgresql(cluster: Cluster, folder: Path, kills: int, seed: int) -> Figures:
    """Kill a whole cluster under programs that cast."""
    urls, luck = cluster.urls(), Random(seed)

    def death() -> None:
        cluster.kill()
        cluster.start()

    with staged_on(urls, folder) as staged:
        casters = prepared(staged, urls, folder, PROGRAMS, luck)
        return judged(staged, kill_databases(casters, kills, luck, death))


def judged(staged: Staged, campaign: Campaign) -> Figures:
    """Close and open the box, and compare it with the receipts.

    :raises AssertionError: a program met something that no voter should ever see.
    """
    if campaign.broken():
        raise AssertionError(campaign.broken())
    receipts = campaign.receipts()
    changed = _asked_again(staged, campaign, receipts)
    end = at(staged.engine, CALENDAR.voting.end)
    phases.take_step(end, staged.slug, "close_voting", "team")
    changed += _asked_again(staged, campaign, receipts)
    with staged.engine.stores.box.read() as box:
        stored = [(name_in(one.attempt), number_of(one)) for one in box.every(RoundId(staged.slug))]
    numbers, made = Counter(number for _, number in stored), Counter(name for name, _ in stored)
    known = [
        name_of(end, staged.slug, one.ticket, one.choices, one.name)
        for one in campaign.attempts()
        if one.name in receipts
    ]
    wrong = Counter(one.number for one in receipts.values()) - numbers
    kept = sum(receipts[name].number != number for name, number in campaign.kept.items())
    return Figures(
        kills=campaign.kills,
        acknowledged=len(receipts),
        found=len(stored),
        in_flight=len(campaign.kept),
        lost=wrong.total(),
        doubled=(made - Counter(known)).total(),
        changed=changed + kept + _otherwise_opened(end, staged.slug, campaign, receipts),
        refusals=sum(len(caster.refusals()) for caster in campaign.casters),
    )


def _asked_again(staged: Staged, campaign: Campaign, receipts: dict[str, Receipt]) -> int:
    """Ask for some receipts again; return how many came out otherwise."""
    attempts = campaign.attempts()
    some = attempts[:: len(attempts) // ASKED_AGAIN + 1]
    return sum(_again(staged, attempt) != receipts[attempt.name] for attempt in some)


def _again(staged: Staged, attempt: Attempt) -> Receipt | None:
    choices = list(attempt.choices)
    try:
        return cast_ballot(staged.engine, staged.slug, attempt.ticket, choices, attempt.name)
    except EngineError:
        return None


def _otherwise_opened(engine, slug: str, campaign: Campaign, receipts: dict[str, Receipt]) -> int:
    """Open the box; return how many ballots say something else than was chosen last."""
    opened = counting.open_box(engine, slug, "team")
    last = {attempt.voter: attempt for attempt in campaign.attempts()}
    with engine.stores.box.read() as box:
        opening = box.opening(RoundId(slug))
        paper = box.paper(RoundId(slug), "all")
    wanted = Counter(
        ballot_bytes(Ballot.choosing(paper.format, one.choices)) for one in last.values()
    )
    counted = {receipts[one.name].number for one in last.values()}
    given = {one.number for one in receipts.values()}
    strange = counted ^ set(opening.counted) | (given - counted) ^ set(opening.superseded)
    return (wanted - Counter(opening.ballots)).total() + opened.invalid + len(strange)


def main() -> int:
    """Run a campaign and print its figures; 1 when a ballot was lost, doubled or changed."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    reader.add_argument("--kills", type=int, default=20)
    reader.add_argument("--seed", type=int, default=1)
    asked = reader.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="crash") as name:
        figures = _run(asked.database)(Path(name) / "stores", asked.kills, asked.seed)
    sys.stdout.write(f"{figures}\n{'seconds':>13} {time.monotonic() - began:.0f}\n")
    return 0 if figures.clean else 1


def _run(database: str) -> Callable[[Path, int, int], Figures]:
    def on_own_cluster(folder: Path, kills: int, seed: int) -> Figures:
        folder.mkdir()
        with durable_cluster() as cluster:
            if cluster is None:
                raise SystemExit("this needs PostgreSQL's server programs")
            return on_postgresql(cluster, folder, kills, seed)

    return on_sqlite if database == "sqlite" else on_own_cluster


if __name__ == "__main__":
    sys.exit(main())
