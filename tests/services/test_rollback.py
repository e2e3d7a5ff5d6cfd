"""An old backup of the box was put back: it is noticed, told, and undone from the journal."""

import dataclasses
import shutil
from datetime import timedelta

import pytest

from pb_engine.engine import build
from pb_engine.errors import BoxIncomplete, NotReady, StoreProblem
from pb_engine.services import box_log, counting, phases, rollback
from pb_engine.services.replaying import replay
from pb_engine.services.rollback import Gap, gap_in, require_whole
from pb_engine.services.sequencing import append_waiting
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.store import close_stores
from pb_engine.store.box import Journal
from pb_engine.units import RoundId
from tests.builders import CALENDAR, a_round_in, admitted, an_engine, at, vote

SLUG = RoundId("proef-2027")


@pytest.fixture
def staged(tmp_path):
    engine = an_engine(tmp_path / "pb", journal_folder=tmp_path / "elders")
    return a_round_in(engine, codes=30)


def vote_by(staged, number, start=0):
    return [vote(staged, code, ["AED"]) for code in staged.codes[start : start + number]]


def reopened(staged, **changes):
    """A fresh program on the same folder."""
    close_stores(staged.engine.stores)
    settings = dataclasses.replace(staged.engine.settings, **changes)
    return dataclasses.replace(staged, engine=build(settings, clock=staged.engine.clock))


def backup(staged):
    close_stores(staged.engine.stores)  # everything is in the file, nothing in its -wal
    file = staged.engine.settings.data_folder / "box.sqlite3"
    shutil.copy(file, file.with_suffix(".backup"))


def restored(staged, **changes):
    close_stores(staged.engine.stores)
    file = staged.engine.settings.data_folder / "box.sqlite3"
    for beside in file.parent.glob("box.sqlite3-*"):
        beside.unlink()
    shutil.copy(file.with_suffix(".backup"), file)
    return reopened(staged, **changes)


def heads(staged):
    with staged.engine.stores.box.read() as work:
        size = work.log.size(SLUG)
        return work.log.entries(SLUG, size), work.log.head(SLUG)


def everything(staged):
    with staged.engine.stores.box.read() as work:
        return sorted(work.places(SLUG))


def test_nothing_is_missing_while_nothing_happened(staged):
    assert gap_in(staged.engine, SLUG) == Gap()
    vote_by(staged, 22)
    append_waiting(staged.engine, SLUG)
    assert gap_in(reopened(staged).engine, SLUG) == Gap()


def test_every_acknowledged_ballot_is_in_the_journal_before_its_receipt(staged):
    vote_by(staged, 3)
    told = Journal(staged.engine.settings.journal_folder, SLUG).told()
    assert sorted((one.pseudonym, one.number) for one in told.ballots) == everything(staged)


def test_without_a_receipt_when_the_journal_cannot_be_written_and_with_one_at_the_retry(staged):
    ticket, attempt = admitted(staged, staged.codes[0]).ticket, new_attempt()
    folder = staged.engine.settings.journal_folder
    folder.mkdir(exist_ok=True)
    (folder / "proef-2027.journal").mkdir()
    wanted = [staged.ideas["AED"]]
    with pytest.raises(StoreProblem, match="journal"):
        cast_ballot(staged.engine, SLUG, ticket, wanted, attempt)
    (folder / "proef-2027.journal").rmdir()
    assert cast_ballot(staged.engine, SLUG, ticket, wanted, attempt).number
    assert len(everything(staged)) == 1
    assert len(Journal(folder, SLUG).told().ballots) == 1


def test_a_retry_notes_nothing_twice(staged):
    ticket, attempt = admitted(staged, staged.codes[0]).ticket, new_attempt()
    for _ in range(3):
        cast_ballot(staged.engine, SLUG, ticket, [staged.ideas["AED"]], attempt)
    assert len(Journal(staged.engine.settings.journal_folder, SLUG).told().ballots) == 1


def test_after_an_old_backup_casting_is_refused_and_says_how_many_are_missing(staged):
    vote_by(staged, 2)
    backup(staged)
    vote_by(staged, 5, start=2)
    old = restored(staged)
    ticket = admitted(old, old.codes[9]).ticket
    with pytest.raises(BoxIncomplete, match="5 acknowledged ballots are missing") as refused:
        cast_ballot(old.engine, SLUG, ticket, [old.ideas["AED"]], new_attempt())
    assert refused.value.details["missing"] == 5
    assert len(everything(old)) == 2


def test_a_replay_puts_everything_back_and_doing_it_again_changes_nothing(staged):
    vote_by(staged, 2)
    backup(staged)
    vote_by(staged, 23, start=2)
    append_waiting(staged.engine, SLUG)
    vote_by(staged, 2, start=25)
    before = everything(staged), heads(staged)
    old = restored(staged)
    done = replay(old.engine, SLUG)
    assert (done.ballots, done.entries, done.replaced, done.damaged) == (25, 25, 0, 0)
    assert (everything(old), heads(old)) == before
    again = replay(old.engine, SLUG)
    assert (again.ballots, again.entries) == (0, 0)
    require_whole(old.engine, SLUG)
    vote(old, old.codes[29], ["AED"])


def test_the_last_signed_head_beside_the_keys_notices_without_a_journal(tmp_path):
    staged = a_round_in(an_engine(tmp_path / "pb"), codes=24)
    vote_by(staged, 2)
    backup(staged)
    vote_by(staged, 21, start=2)
    append_waiting(staged.engine, SLUG)
    old = restored(staged)
    assert gap_in(old.engine, SLUG) == Gap(entries=23)
    ticket = admitted(old, old.codes[23]).ticket
    with pytest.raises(BoxIncomplete, match="23 acknowledged"):
        cast_ballot(old.engine, SLUG, ticket, [old.ideas["AED"]], new_attempt())
    with pytest.raises(NotReady, match="PB_JOURNAL"):
        replay(old.engine, SLUG)


def test_another_log_of_the_same_size_is_noticed(tmp_path):
    staged = a_round_in(an_engine(tmp_path / "pb"), codes=24)
    backup(staged)
    vote_by(staged, 3)
    append_waiting(staged.engine, SLUG, everything=True)
    head_file = staged.engine.settings.keys_folder / "proef-2027.head"
    kept = head_file.read_bytes()
    head_file.unlink()
    old = restored(staged)
    vote_by(old, 4)
    append_waiting(old.engine, SLUG, everything=True)
    head_file.write_bytes(kept)
    assert gap_in(old.engine, SLUG) == Gap(forked=True)
    with pytest.raises(BoxIncomplete, match="does not lead to the last head"):
        require_whole(old.engine, SLUG)


def test_an_incomplete_box_is_not_closed(staged):
    backup(staged)
    vote_by(staged, 3)
    old = restored(staged)
    end = at(old.engine, CALENDAR.voting.end)
    with pytest.raises(BoxIncomplete):
        phases.take_step(end, SLUG, "close_voting", "team")
    replay(end, SLUG)
    phases.take_step(end, SLUG, "close_voting", "team")
    assert counting.open_box(end, SLUG, "team").counted == 3


def test_a_box_that_was_closed_is_closed_again_by_the_replay(staged):
    vote_by(staged, 2)
    backup(staged)
    vote_by(staged, 2, start=2)
    end = at(staged.engine, CALENDAR.voting.end)
    phases.take_step(end, SLUG, "close_voting", "team")
    finished = heads(staged)
    old = restored(staged)
    assert gap_in(old.engine, SLUG).reopened
    assert replay(old.engine, SLUG).closed
    assert heads(old) == finished
    assert counting.open_box(at(old.engine, CALENDAR.voting.end), SLUG, "team").counted == 4


def test_a_crash_between_journal_and_store_is_finished_as_it_was_signed(staged, monkeypatch):
    from pb_engine.store.box import BoxWork

    vote_by(staged, 20)
    with monkeypatch.context() as crash:

        def stop(_):
            raise KeyboardInterrupt

        crash.setattr(BoxWork, "commit", stop)
        with pytest.raises(KeyboardInterrupt):
            append_waiting(staged.engine, SLUG)
    assert box_log.head_of(staged.engine, SLUG).head.size == 0
    (batch,) = Journal(staged.engine.settings.journal_folder, SLUG).told().batches
    vote_by(staged, 3, start=20)
    assert append_waiting(staged.engine, SLUG).entries == 20
    assert box_log.head_of(staged.engine, SLUG).head == batch.head
    assert append_waiting(staged.engine, SLUG, everything=True).entries == 3


def test_a_ballot_that_was_replaced_before_the_replay_stays_replaced(staged):
    backup(staged)
    vote(staged, staged.codes[0], ["AED"])
    old = restored(staged, journal_folder=None)
    vote(old, old.codes[0], ["Bankjes"])
    whole = reopened(old, journal_folder=staged.engine.settings.journal_folder)
    done = replay(whole.engine, SLUG)
    assert (done.ballots, done.replaced) == (0, 1)
    assert len(everything(whole)) == 1


def test_a_good_look_is_remembered_for_ten_minutes(staged, monkeypatch):
    looks = []
    monkeypatch.setattr(rollback, "gap_in", lambda *_: looks.append(1) or Gap())
    for minutes in (0, 9, 10, 11, 25, 2):
        later = at(staged.engine, staged.engine.clock() + timedelta(minutes=minutes))
        rollback.require_whole_lately(later, SLUG)
    assert len(looks) == 4


def test_a_refusal_is_not_remembered(staged):
    backup(staged)
    vote_by(staged, 1)
    old = restored(staged)
    ticket = admitted(old, old.codes[1]).ticket
    wanted = [old.ideas["AED"]]
    with pytest.raises(BoxIncomplete):
        cast_ballot(old.engine, SLUG, ticket, wanted, new_attempt())
    replay(old.engine, SLUG)
    assert cast_ballot(old.engine, SLUG, ticket, wanted, new_attempt()).number
