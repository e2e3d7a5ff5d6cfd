"""Forty voters hand in a ballot at the moment at which the box closes, again and again.

The last few come when it is closed, so that both answers are given however slow the closer is.

    python -m tests.attacks.close_race --database sqlite --rounds 200
    python -m tests.attacks.close_race --database postgresql --rounds 200

The voters are spread over engines that share nothing but the database, as separate programs do.
Whoever got a receipt must be in the closed box; nobody may be in it after the mark of the close.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random  # noqa: TID251 - when the closer comes is drawn from a seed

from pb_engine.engine import Engine
from pb_engine.errors import TooLate
from pb_engine.sealing import read_refusal, refusal_is_signed
from pb_engine.services import opening
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.closing import close_box
from pb_engine.services.voting import Receipt, cast_ballot, new_attempt
from pb_engine.store import StoreUrls, close_stores, migrate
from pb_engine.store.box import BoxState
from pb_engine.units import RoundId
from tests.attacks.cluster import durable_cluster
from tests.attacks.staging import a_casting_engine, a_ticket, number_of, staged_on
from tests.builders import Staged, a_round

CASTS = 40
AFTERWARDS = 4
ENGINES = 4


@dataclass(frozen=True)
class Figures:
    """What became of all races together.

    :ivar missing: got a receipt and is not in the closed box.
    :ivar late: is in the box and was not there at the mark of the close.
    :ivar unsigned: was refused without a signed refusal.
    """

    rounds: int = 0
    accepted: int = 0
    refused: int = 0
    missing: int = 0
    late: int = 0
    unsigned: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*map(sum, zip(dataclasses.astuple(self), dataclasses.astuple(other))))  # noqa: B905

    def __str__(self) -> str:
        return "\n".join(f"{key:>9} {value}" for key, value in dataclasses.asdict(self).items())


def races(urls: StoreUrls, folder: Path, rounds: int, seed: int) -> Figures:
    """Run so many races on migrated stores."""
    luck = Random(seed)
    engines = [a_casting_engine(urls, folder) for _ in range(ENGINES)]
    total = Figures()
    try:
        with staged_on(urls, folder) as staged:
            for number in range(rounds):
                total += _race(
                    staged, engines, RoundId(f"race-{number}"), luck.randrange(CASTS - AFTERWARDS)
                )
    finally:
        for engine in engines:
            close_stores(engine.stores)
    return total


def _race(staged: Staged, engines: list[Engine], slug: RoundId, head_start: int) -> Figures:
    """Let forty cast and one close, who comes when ``head_start`` ballots are in."""
    _open_another_box(staged, slug)
    tickets = [a_ticket(staged.engine, slug, f"voter {place}") for place in range(CASTS)]
    choices = sorted(staged.ideas.values())[:2]
    start, some_in = threading.Barrier(CASTS + 1), threading.Semaphore(0)
    closed_at_all = threading.Event()

    def cast(place: int) -> Receipt | TooLate:
        engine = engines[place % (ENGINES - 1)]
        start.wait()
        if place >= CASTS - AFTERWARDS:
            closed_at_all.wait()
        try:
            return cast_ballot(engine, slug, tickets[place], choices, new_attempt())
        except TooLate as refused:
            return refused
        finally:
            some_in.release()

    def close() -> int:
        start.wait()
        for _ in range(head_start):
            some_in.acquire()
        try:
            closed, *_ = close_box(engines[-1], slug, "clock")
        finally:
            closed_at_all.set()
        return int(closed.facts["ballots"])

    with ThreadPoolExecutor(CASTS + 1) as pool:
        mark = pool.submit(close)
        answers = list(pool.map(cast, range(CASTS)))
    receipts = [one for one in answers if isinstance(one, Receipt)]
    refusals = [one for one in answers if isinstance(one, TooLate)]
    with staged.engine.stores.box.read() as box:
        state = box.state(slug)
        inside = {number_of(one) for one in box.every(slug)}
    return Figures(
        rounds=1,
        accepted=len(receipts),
        refused=len(refusals),
        missing=len({one.number for one in receipts} - inside),
        late=len(inside) - mark.result(),
        unsigned=sum(not _is_signed(one, state) for one in refusals),
    )


def _is_signed(problem: TooLate, state: BoxState | None) -> bool:
    assert state is not None
    refusal, signature = read_refusal(str(problem.details["refusal"]))
    signed = refusal_is_signed(refusal, signature, public=state.receipt_key)
    return signed and refusal.round == state.round


def _open_another_box(staged: Staged, slug: RoundId) -> None:
    with staged.engine.stores.box.read() as box:
        paper, state = box.paper(RoundId(staged.slug), STYLE), box.state(RoundId(staged.slug))
    assert paper is not None
    assert state is not None
    opening._open_box(staged.engine, a_round(slug=slug), paper, state.manifest, (), None)


def main() -> int:
    """Run the races and print the figures; 1 when a ballot is missing or late."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    reader.add_argument("--rounds", type=int, default=10)
    reader.add_argument("--seed", type=int, default=1)
    asked = reader.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="race") as name:
        figures = _on(asked.database, Path(name), asked.rounds, asked.seed)
    sys.stdout.write(f"{figures}\n{'seconds':>9} {time.monotonic() - began:.0f}\n")
    return 1 if figures.missing or figures.late or figures.unsigned else 0


def _on(database: str, folder: Path, rounds: int, seed: int) -> Figures:
    if database == "sqlite":
        urls = StoreUrls.in_folder(folder)
        migrate(urls)
        return races(urls, folder, rounds, seed)
    with durable_cluster() as cluster:
        if cluster is None:
            raise SystemExit("this needs PostgreSQL's server programs")
        return races(cluster.urls(), folder, rounds, seed)


if __name__ == "__main__":
    sys.exit(main())
