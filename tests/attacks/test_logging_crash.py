"""T03, T04, T06: a program dies, or its disk fills up, while ballots enter the log."""

import contextlib
import dataclasses
import errno
import os
import signal
import time
from pathlib import Path
from random import Random  # noqa: TID251 - the moments of a campaign are drawn from a seed

import pytest

from pb_engine.errors import StoreProblem
from pb_engine.sealing import check_inclusion, leaf_hash
from pb_engine.services import counting, phases
from pb_engine.services.box_log import inclusion_of
from pb_engine.services.rollback import Gap, gap_in, journal_of
from pb_engine.services.sequencing import append_waiting
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.store import close_stores
from pb_engine.store.box import records
from tests.attacks.campaign import nursery, until
from tests.attacks.cluster import is_alive
from tests.attacks.log_worker import PLACES, LogOrder, journalled
from tests.attacks.staging import VOTING, a_ticket, an_engine_on
from tests.builders import CALENDAR, a_round_in, at
from tests.store.raw import EVERY_BALLOT, raw_sql

BALLOTS = 7


@pytest.fixture
def staged(urls, tmp_path):
    """A round that is open for voting, with a journal on another disk."""
    engine = journalled(an_engine_on(urls, tmp_path), tmp_path / "elders")
    yield a_round_in(engine)
    close_stores(engine.stores)


def cast(staged, voter, attempt=None):
    ticket = a_ticket(staged.engine, staged.slug, voter)
    chosen = [staged.ideas["AED"]]
    return cast_ballot(staged.engine, staged.slug, ticket, chosen, attempt or new_attempt())


def order(staged, urls, tmp_path, dies=""):
    """What a program is told that shall log what waits."""
    return LogOrder(
        urls=dataclasses.asdict(urls),
        folder=str(tmp_path),
        journal=str(tmp_path / "elders"),
        moment=VOTING.isoformat(),
        slug=staged.slug,
        begun=str(tmp_path / f"begun-{new_attempt()}"),
        dies=dies,
    )


def require_whole_log(staged, receipts):
    """Demand that what waits enters now, each ballot once, and that no head was forgotten."""
    append_waiting(staged.engine, staged.slug, everything=True)
    assert gap_in(staged.engine, staged.slug) == Gap()
    with staged.engine.stores.box.read() as work:
        size = work.log.size(staged.slug)
        entries = work.log.entries(staged.slug, size)
        heads = {head.size: head for head in work.log.heads(staged.slug)}
    assert size == len(receipts) == len(set(entries))
    assert raw_sql(staged.engine.stores.box, f"SELECT count(*) FROM {EVERY_BALLOT}") == [(size,)]
    for batch in journal_of(staged.engine, staged.slug).told().batches:
        assert heads[batch.head.size] == batch.head
        assert [entries[one.position] for one in batch.ballots] == [
            one.entry for one in batch.ballots
        ]
    for receipt in receipts:
        found = inclusion_of(staged.engine, staged.slug, receipt.number)
        head = found.shown.head
        assert check_inclusion(
            leaf=leaf_hash(bytes.fromhex(found.entry)),
            index=found.position,
            size=head.size,
            root_hash=head.root,
            proof=found.path,
        )


def test_a_death_while_ballots_enter_the_log_forgets_no_ballot_and_no_signed_head(
    staged, urls, tmp_path
):
    receipts = []
    with nursery("log_worker") as mother:
        for where in PLACES:
            receipts += [cast(staged, f"{where} {number}") for number in range(BALLOTS)]
            told = order(staged, urls, tmp_path, where)
            pid = mother.start(told)
            until(lambda pid=pid: not is_alive(pid), f"it does not die: {where}")
            assert Path(told.begun).exists()
            receipts.append(cast(staged, f"who comes after {where}"))
            require_whole_log(staged, receipts)
    end = at(staged.engine, CALENDAR.voting.end)
    phases.take_step(end, staged.slug, "close_voting", "team")
    assert counting.open_box(end, staged.slug, "team").counted == len(receipts)


def test_each_place_where_a_program_dies_is_reached(staged, urls, tmp_path):
    # Else the test above is for nothing: a death before the commit leaves what waits waiting.
    with nursery("log_worker") as mother:
        for where in PLACES:
            cast(staged, where)
            pid = mother.start(order(staged, urls, tmp_path, where))
            until(lambda pid=pid: not is_alive(pid), f"it does not die: {where}")
            with staged.engine.stores.box.read() as work:
                waiting = work.log.waiting(staged.slug)
            assert bool(waiting) is (where not in {"after_commit", "sweep"}), where
            append_waiting(staged.engine, staged.slug, everything=True)


def test_kills_at_any_moment_of_logging_forget_no_ballot_and_no_signed_head(staged, urls, tmp_path):
    luck, receipts = Random(3), []
    with nursery("log_worker") as mother:
        for turn in range(8):
            receipts += [cast(staged, f"voter {turn}-{number}") for number in range(BALLOTS)]
            told = order(staged, urls, tmp_path)
            pid = mother.start(told)
            until(Path(told.begun).exists, "it does not begin")
            time.sleep(luck.uniform(0, 0.06))
            with contextlib.suppress(ProcessLookupError):  # it was quicker
                os.kill(pid, signal.SIGKILL)
            until(lambda pid=pid: not is_alive(pid), "it does not die")
    require_whole_log(staged, receipts)


@pytest.fixture
def full_disk(monkeypatch):
    """Return a function that lets the disk of the journal take so many bytes more."""
    real = os.pwrite

    def leave(room):
        left = [room]

        def pwrite(descriptor, raw, place):
            if not left[0]:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            taken = real(descriptor, raw[: left[0]], place)
            left[0] -= taken
            return taken

        monkeypatch.setattr(records.os, "pwrite", pwrite)

    yield leave
    monkeypatch.setattr(records.os, "pwrite", real)


@pytest.mark.parametrize("room", [0, 1, 500])
def test_a_full_disk_under_the_journal_gives_no_receipt_and_the_retry_gets_it(
    staged, full_disk, room
):
    # T04: the ballot may be in the box already; who got no receipt tries again.
    first, attempt = cast(staged, "first"), new_attempt()
    full_disk(room)
    with pytest.raises(StoreProblem, match=r"the journal .* cannot be used: No space left"):
        cast(staged, "second", attempt)
    assert len(journal_of(staged.engine, staged.slug).told().ballots) == 1
    full_disk(1 << 20)
    second = cast(staged, "second", attempt)
    assert not second.replaced
    require_whole_log(staged, [first, second])


@pytest.mark.parametrize("room", [0, 300])
def test_a_full_disk_under_the_journal_logs_nothing_half_and_signs_no_head(staged, full_disk, room):
    receipts = [cast(staged, f"voter {number}") for number in range(3)]
    full_disk(room)
    with pytest.raises(StoreProblem, match="No space left"):
        append_waiting(staged.engine, staged.slug, everything=True)
    with staged.engine.stores.box.read() as work:
        assert (work.log.size(staged.slug), work.log.waiting(staged.slug)) == (0, 3)
        assert work.log.head(staged.slug).size == 0
    full_disk(1 << 20)
    require_whole_log(staged, receipts)
