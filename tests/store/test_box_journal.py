"""The journal of a box: whole records only, whatever stopped the machine, on whichever byte."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.errors import StoreProblem
from pb_engine.store.box import Batch, Journal, LoggedBallot, SignedHead
from pb_engine.store.box.records import HEADER, RecordFile, found_in, record
from tests.store.examples import OTHER, SLUG, a_ballot

contents = st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=6, unique=True)
HEAD = SignedHead(SLUG, 2, b"r" * 32, b"s" * 64)
BATCH = Batch(
    (LoggedBallot(0, "aa", "AAAAA", "p2", 1), LoggedBallot(1, "bb", "BBBBB", "p1", 1)), HEAD
)


def file_of(tmp_path, raw=None):
    path = tmp_path / "journaal" / "proef.journal"
    if raw is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(raw)
    return RecordFile(path)


def test_what_was_noted_comes_back_and_the_same_is_noted_once(tmp_path):
    journal = Journal(tmp_path / "ver" / "weg", SLUG)
    journal.note_ballots(a_ballot("p1"), a_ballot("p2"))
    journal.note_ballots(a_ballot("p1"))
    journal.note_batch(BATCH)
    journal.note_close()
    journal.note_close()
    told = Journal(tmp_path / "ver" / "weg", SLUG).told()
    assert told.ballots == (a_ballot("p1"), a_ballot("p2"))
    assert told.batches == (BATCH,)
    assert told.closed
    assert told.damaged == 0


def test_an_absent_journal_tells_nothing(tmp_path):
    told = Journal(tmp_path, SLUG).told()
    assert (told.ballots, told.batches, told.closed, told.damaged) == ((), (), False, 0)


def test_a_journal_is_readable_by_its_owner_only(tmp_path):
    Journal(tmp_path / "j", SLUG).note_close()
    assert (tmp_path / "j").stat().st_mode & 0o077 == 0
    assert (tmp_path / "j" / f"{SLUG}.journal").stat().st_mode & 0o077 == 0


def test_two_programs_note_the_same_ballot_once(tmp_path):
    one, two = Journal(tmp_path, SLUG), Journal(tmp_path, SLUG)
    one.note_ballots(a_ballot("p1"))
    two.note_ballots(a_ballot("p2"))
    one.note_ballots(a_ballot("p2"))
    two.note_ballots(a_ballot("p1"), a_ballot("p3"))
    assert len(one.told().ballots) == 3


def test_a_journal_of_another_round_is_refused(tmp_path):
    Journal(tmp_path, OTHER).note_ballots(a_ballot(slug=OTHER))
    (tmp_path / f"{OTHER}.journal").rename(tmp_path / f"{SLUG}.journal")
    with pytest.raises(StoreProblem, match="another round"):
        Journal(tmp_path, SLUG).told()


def test_a_file_of_something_else_is_not_touched(tmp_path):
    file = file_of(tmp_path, b"Beste buurtbewoner, hierbij de notulen.\n")
    for attempt in (file.read, lambda: file.append(b"x")):
        with pytest.raises(StoreProblem, match="not the journal"):
            attempt()
    assert file.path.read_bytes().startswith(b"Beste")


def test_a_journal_torn_at_any_byte_keeps_every_whole_record_and_goes_on(tmp_path):
    wanted = [b"een", b"twee twee", b"drie" * 5]
    whole = HEADER + b"".join(map(record, wanted))
    ends = [len(HEADER) + sum(len(record(one)) for one in wanted[:n]) for n in range(4)]
    for cut in range(len(whole) + 1):
        file = file_of(tmp_path, whole[:cut])
        kept = tuple(wanted[: sum(cut >= end for end in ends[1:])])
        assert file.read().contents == kept
        assert file.read().damaged == 0
        file.append(b"na de stroomstoring")
        again = file_of(tmp_path).read()
        assert again.contents == (*kept, b"na de stroomstoring")
        assert again.damaged == 0


@settings(max_examples=60)
@given(contents, st.data())
def test_a_changed_byte_costs_at_most_the_records_it_touches(wanted, data):
    raw = bytearray(HEADER + b"".join(map(record, wanted)))
    place = data.draw(st.integers(len(HEADER), len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    found = found_in(bytes(raw))
    lost = [one for one in wanted if one not in found.contents]
    assert len(lost) == 1
    assert set(found.contents) <= set(wanted)
    assert bool(found.damaged) is (lost[0] != wanted[-1])


def test_damage_before_whole_records_is_told_and_never_cut_off(tmp_path):
    raw = bytearray(HEADER + record(b"een") + record(b"twee"))
    raw[len(HEADER) + 13] ^= 1
    file = file_of(tmp_path, bytes(raw))
    with pytest.raises(StoreProblem, match="damaged at byte 24"):
        file.append(b"drie")
    assert file.path.read_bytes() == bytes(raw)
    assert file.read().contents == (b"twee",)


def test_a_full_disk_leaves_no_half_record(tmp_path, monkeypatch):
    file = file_of(tmp_path)
    file.append(b"een")
    before, write = file.path.read_bytes(), os.pwrite

    def half(descriptor, raw, at):
        if at >= len(before) + 4:
            raise OSError(28, "No space left on device")
        return write(descriptor, raw[:4], at)

    monkeypatch.setattr(os, "pwrite", half)
    with pytest.raises(StoreProblem, match="No space left"):
        file.append(b"twee")
    assert file.path.read_bytes() == before
    monkeypatch.undo()
    file.append(b"twee")
    assert file.read().contents == (b"een", b"twee")


@pytest.mark.parametrize("content", [b"", b"x" * ((1 << 26) + 1)], ids=["empty", "endless"])
def test_a_record_of_no_or_endless_length_is_refused(tmp_path, content):
    with pytest.raises(StoreProblem, match="does not fit"):
        file_of(tmp_path).append(content)
