"""What a cast costs, stage by stage, beside the bare database transaction of the same run.

    python loadtests/box/cast.py --casts 500

Each round of the loop does every stage once, on a SQLite box in a fresh folder, so that noise of
the machine falls on all of them alike.  Printed are medians in milliseconds of CPU and wall clock,
and the share of the bare transaction: one INSERT of such a ballot and its COMMIT, by sqlite3
itself, with the same settings of the disk.
"""

from __future__ import annotations

import argparse
import secrets
import sqlite3
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pb_engine.ballots import Ballot, ballot_bytes, plaintext_length, sealed_text
from pb_engine.sealing import (
    ballot_info,
    cast_names,
    entry_id,
    read_ticket,
    receipt_number,
    seal,
    sign_receipt,
)
from pb_engine.services import keys
from pb_engine.services.spending import mark_of, marked
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.store.box import StoredBallot
from tests.attacks.staging import a_ticket
from tests.builders import Staged, a_round_in

Stage = Callable[[], object]


class Clockwork:
    """Times of each stage."""

    def __init__(self) -> None:
        self.cpu: dict[str, list[float]] = defaultdict(list)
        self.wall: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        cpu, wall = time.thread_time(), time.perf_counter()
        yield
        self.cpu[name].append(time.thread_time() - cpu)
        self.wall[name].append(time.perf_counter() - wall)

    def table(self, bare: str) -> str:
        worth, whole = (statistics.median(times[bare]) for times in (self.cpu, self.wall))
        lines = [f"{'stage':26}{'CPU ms':>9}{'of bare':>9}{'wall ms':>9}{'of bare':>9}"]
        for name, walls in self.wall.items():
            cpu, wall = statistics.median(self.cpu[name]), statistics.median(walls)
            lines.append(
                f"{name:26}{1000 * cpu:9.3f}{cpu / worth:9.2f}{1000 * wall:9.3f}{wall / whole:9.2f}"
            )
        return "\n".join(lines)


def bare_box(folder: Path) -> sqlite3.Connection:
    """A table like that of the ballots, and nothing above it."""
    raw = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute(
        "CREATE TABLE ballots (round TEXT, pseudonym TEXT, number INTEGER, style TEXT, "
        "attempt TEXT, sealed BLOB, PRIMARY KEY (round, pseudonym, number)) WITHOUT ROWID"
    )
    return raw


def one_cast(
    staged: Staged, bare: sqlite3.Connection, clocks: Clockwork, *, bare_first: bool
) -> None:
    """Do every stage once by itself, and one whole cast."""
    engine, slug = staged.engine, staged.slug
    chosen = list(staged.ideas.values())[:2]
    ticket, other = (a_ticket(engine, slug, secrets.token_hex(8)) for _ in range(2))
    with engine.stores.box.read() as work:
        state, paper = work.state(slug), work.paper(slug, "all")
    now = int(engine.clock().timestamp())
    with clocks.stage("ticket"):
        vouched = read_ticket(ticket, public=state.ticket_key, now=now)
    with clocks.stage("check of the ballot"):
        ballot = Ballot.choosing(paper.format, chosen)
        paper.check(ballot)
    with clocks.stage("names (attempt, tracker)"):
        names = cast_names(
            new_attempt(), round_id=slug, pseudonym=vouched.pseudonym, ballot=ballot_bytes(ballot)
        )
    with clocks.stage("mark of the ticket"):
        mark = mark_of(engine, slug, vouched)
    with clocks.stage("seal"):
        info = ballot_info(
            manifest=state.manifest, style="all", pseudonym=vouched.pseudonym, number=1
        )
        sealed = seal(
            sealed_text(ballot, names.tracker), public=state.public_key, suite=state.suite,
            info=info, length=plaintext_length(paper),
        )  # fmt: skip
    stored = StoredBallot(slug, vouched.pseudonym, 1, "all", marked(names.attempt, mark), sealed)
    with clocks.stage("lock, insert, commit"), engine.stores.box.write() as writing:
        writing.lock_state(slug)
        writing.deposit(stored)
        writing.commit()
    with clocks.stage("receipt"):
        entry = entry_id(round_id=slug, pseudonym=vouched.pseudonym, number=1, sealed=sealed)
        key = engine.keyring.get(keys.receipt(slug))
        sign_receipt(receipt_number(entry), round_id=slug, key=key)
    row = (slug, vouched.pseudonym, 1, "all", names.attempt, sealed)

    def bare_transaction() -> None:
        with clocks.stage("bare transaction"):
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO ballots VALUES (?, ?, ?, ?, ?, ?)", row)
            bare.execute("COMMIT")

    def whole_cast() -> None:
        with clocks.stage("whole cast"):
            cast_ballot(engine, slug, other, chosen, new_attempt())

    pair = [bare_transaction, whole_cast]
    for one in pair if bare_first else reversed(pair):  # who comes first waits for the disk
        one()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--casts", type=int, default=500)
    casts = parser.parse_args().casts
    clocks = Clockwork()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        staged = a_round_in(folder, "voting", codes=1)
        bare = bare_box(folder)
        for place in range(casts):
            one_cast(staged, bare, clocks, bare_first=place % 2 == 0)
        bare.close()
    print(clocks.table("bare transaction"))
    costs = [w for name, w in clocks.wall.items() if name in {"whole cast", "bare transaction"}]
    ratio = statistics.median(c / b for b, c in zip(*costs, strict=True))
    print(f"{casts} casts; a whole cast takes {ratio:.2f} bare transactions (median of pairs)")


if __name__ == "__main__":
    main()
