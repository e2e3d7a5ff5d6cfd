"""Casting programs at work, and somebody who kills: one of them, or the database under them all."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random  # noqa: TID251 - which moment is hit is drawn from a seed

from pb_engine.services.voting import Receipt, new_attempt
from pb_engine.store import StoreUrls
from tests.attacks.cluster import is_alive
from tests.attacks.crash_worker import Attempt, Order, acknowledged_in, attempts_in
from tests.attacks.log_worker import LogOrder
from tests.attacks.staging import a_ticket, name_in, name_of, number_of
from tests.builders import Staged

ROOT = Path(__file__).parents[2]
AHEAD = 40
"""Attempts that lie ready for a program, so that it never runs out before it is killed."""
CHANGES = 0.2
"""The part of the attempts in which the last voter changes the vote."""
PATIENCE = 120


class Nursery:
    """Programs to kill."""

    def __init__(self, kind: str) -> None:
        self._mother = subprocess.Popen(
            [sys.executable, "-m", f"tests.attacks.{kind}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            # A library that starts threads would make the fork of its program a gamble.
            env=dict(os.environ, OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1"),
        )

    def start(self, order: Order | LogOrder) -> int:
        """Start a program with this order; return its number."""
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        self._mother.stdin.write(order.line())
        self._mother.stdin.flush()
        return int(self._mother.stdout.readline())

    def close(self) -> None:
        """Let nobody be born any more; who still works notices and stops."""
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        self._mother.stdin.close()
        self._mother.wait(PATIENCE)
        self._mother.stdout.close()


@contextmanager
def nursery(kind: str = "crash_worker") -> Iterator[Nursery]:
    """Lend a nursery for programs of this kind."""
    mother = Nursery(kind)
    try:
        yield mother
    finally:
        mother.close()


def kill(pid: int) -> None:
    """Kill a program and wait until it is gone."""
    os.kill(pid, signal.SIGKILL)
    until(lambda: not is_alive(pid), "a killed program does not die")


def until(true: Callable[[], bool], otherwise: str) -> None:
    """Wait for something that must come."""
    latest = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > latest:
            raise AssertionError(otherwise)
        time.sleep(0.002)


class Caster:
    """One program that casts, over all its lives."""

    def __init__(self, place: int, staged: Staged, order: Order, luck: Random) -> None:
        self.order = dataclasses.replace(order, desk=f"{order.desk}/{place}")
        self.pid = 0
        self._staged, self._luck, self._place = staged, luck, place
        self._voters = 0

    def live(self, nursery_: Nursery) -> None:
        """Bring to life, with enough to do."""
        self.plan(AHEAD)
        self.pid = nursery_.start(self.order)

    def plan(self, ahead: int) -> None:
        """Write attempts on the list until so many wait."""
        path = self._file("todo")
        listed = len(attempts_in(path)) if path.exists() else 0
        wanted = len(self.receipts()) + ahead - listed
        with path.open("a", encoding="ascii") as todo:
            todo.writelines(self._attempt().line() for _ in range(max(wanted, 0)))

    def attempts(self) -> list[Attempt]:
        """Everything that was ever on the list."""
        return attempts_in(self._file("todo"))

    def receipts(self) -> dict[str, Receipt]:
        """Everything that was acknowledged."""
        return acknowledged_in(self._file("done"))

    def refusals(self) -> list[str]:
        """The sentences with which the store refused."""
        path = self._file("trouble")
        return path.read_text(encoding="ascii").splitlines() if path.exists() else []

    def broken(self) -> str:
        """What no voter should ever see."""
        path = self._file("broken")
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def in_flight(self) -> Attempt | None:
        """The attempt that was under way when the program died."""
        done = self.receipts()
        return next((one for one in self.attempts() if one.name not in done), None)

    def _attempt(self) -> Attempt:
        if not self._voters or self._luck.random() > CHANGES:
            self._voters += 1
        voter = f"voter {self._place}-{self._voters}"
        ideas = sorted(self._staged.ideas.values())
        chosen = self._luck.sample(ideas, self._luck.randint(1, 3))
        ticket = a_ticket(self._staged.engine, self._staged.slug, voter)
        return Attempt(new_attempt(), voter, ticket, tuple(chosen))

    def _file(self, kind: str) -> Path:
        return Path(f"{self.order.desk}.{kind}")


@dataclasses.dataclass
class Campaign:
    """What happened until everything was acknowledged.

    :ivar kept: receipt numbers of ballots that lay in the box when their program died without
        having acknowledged them.
    """

    casters: list[Caster]
    kills: int = 0
    kept: dict[str, str] = dataclasses.field(default_factory=dict)

    def receipts(self) -> dict[str, Receipt]:
        return {k: v for caster in self.casters for k, v in caster.receipts().items()}

    def attempts(self) -> list[Attempt]:
        return [attempt for caster in self.casters for attempt in caster.attempts()]

    def broken(self) -> str:
        return "".join(caster.broken() for caster in self.casters)


def prepared(staged: Staged, urls: StoreUrls, folder: Path, programs: int, luck: Random):
    """Return the programs of a campaign, not alive yet; their files lie in ``folder``."""
    desk = folder / "desks"
    desk.mkdir()
    order = Order(
        urls=dataclasses.asdict(urls),
        folder=str(staged.engine.settings.data_folder),
        moment=staged.engine.clock().isoformat(),
        slug=staged.slug,
        desk=str(desk),
        stop=str(desk / "stop"),
    )
    return [Caster(place, staged, order, luck) for place in range(programs)]


def kill_programs(staged: Staged, casters: list[Caster], kills: int, luck: Random) -> Campaign:
    """Kill one program after the other at drawn moments; bring each back; let all finish."""
    campaign = Campaign(casters)
    with nursery() as mother:
        for caster in casters:
            caster.live(mother)
        while campaign.kills < kills and not campaign.broken():
            time.sleep(luck.uniform(0, 0.2))
            caster = luck.choice(casters)
            kill(caster.pid)
            campaign.kills += 1
            _look(staged, campaign, caster)
            caster.live(mother)
        _finish(campaign)
    return campaign


def kill_databases(
    casters: list[Caster], kills: int, luck: Random, death: Callable[[], object]
) -> Campaign:
    """Let the programs cast while the database under them dies (and comes back) again and again."""
    campaign = Campaign(casters)
    with nursery() as mother:
        for caster in casters:
            caster.live(mother)
        while campaign.kills < kills and not campaign.broken():
            before = len(campaign.receipts())
            until(
                lambda before=before: len(campaign.receipts()) > before or bool(campaign.broken()),
                "nothing is acknowledged any more",
            )
            time.sleep(luck.uniform(0, 1))
            death()
            campaign.kills += 1
            for caster in casters:
                caster.plan(AHEAD)
        _finish(campaign)
    return campaign


def _look(staged: Staged, campaign: Campaign, caster: Caster) -> None:
    """Note whether the ballot of an attempt that nobody acknowledged is in the box."""
    attempt = caster.in_flight()
    if attempt is None:
        return
    from pb_engine.sealing import pseudonym
    from pb_engine.services import keys

    key = staged.engine.keyring.get(keys.link(staged.slug))
    name = pseudonym(key, round_id=staged.slug, entitlement=attempt.voter)
    with staged.engine.stores.box.read() as box:
        stored = box.ballots_of(staged.slug, name)
    known = name_of(staged.engine, staged.slug, attempt.ticket, attempt.choices, attempt.name)
    for one in stored:
        if name_in(one.attempt) == known:
            campaign.kept[attempt.name] = number_of(one)


def _finish(campaign: Campaign) -> None:
    """Let every program retry what it did not acknowledge, and end."""
    Path(campaign.casters[0].order.stop).touch()
    until(
        lambda: not any(is_alive(caster.pid) for caster in campaign.casters),
        "the programs do not come to an end",
    )
