import pytest
from sqlalchemy.exc import DBAPIError

from pb_engine.errors import StoreProblem
from pb_engine.store.box import Cosignature, LoggedBallot, SignedHead
from tests.store.examples import OTHER, SLUG, a_ballot, a_box, a_paper
from tests.store.raw import raw_sql

FIRST = LoggedBallot(0, "aa" * 32, "AAAAA-AAAAA-AAAAA", "p2", 1)
SECOND = LoggedBallot(1, "bb" * 32, "BBBBB-BBBBB-BBBBB", "p1", 1)
EMPTY = SignedHead(SLUG, 0, b"e" * 32, b"0" * 64)
HEAD = SignedHead(SLUG, 2, b"r" * 32, b"s" * 64)
COSIGNATURE = Cosignature(SLUG, 2, b"w" * 32, b"c" * 64)


@pytest.fixture
def logged(box):
    with box.write() as work:
        for slug in (SLUG, OTHER):
            work.open_round(a_box(slug), {"all": a_paper()})
            work.log.keep_key(slug, b"k" * 32)
            for name in ("p1", "p2", "p3"):
                work.deposit(a_ballot(name, slug=slug))
        work.log.add_head(EMPTY)
        work.log.append(SLUG, [FIRST, SECOND])
        work.log.add_head(HEAD)
        work.log.cosign(COSIGNATURE)
        work.commit()
    return box


def test_a_log_comes_back_as_it_was(logged):
    with logged.read() as work:
        assert work.log.key(SLUG) == b"k" * 32
        assert work.log.key("nergens") is None
        assert work.log.size(SLUG) == 2
        assert work.log.entries(SLUG, 2) == (FIRST.entry, SECOND.entry)
        assert work.log.entries(SLUG, 1) == (FIRST.entry,)
        assert work.log.head(SLUG) == HEAD
        assert work.log.head(SLUG, 0) == EMPTY
        assert work.log.head(SLUG, 1) is None
        assert work.log.head(OTHER) is None
        assert work.log.cosignatures(SLUG, 2) == (COSIGNATURE,)


def test_an_entry_is_found_by_its_identity_and_by_its_receipt(logged):
    with logged.read() as work:
        assert work.log.find(SLUG, SECOND.entry) == SECOND
        assert work.log.find(SLUG, SECOND.receipt) == SECOND
        assert work.log.find(OTHER, SECOND.entry) is None
        assert work.log.find(SLUG, "p1") is None


def test_ballots_wait_until_they_are_in_the_log(logged):
    with logged.read() as work:
        assert (work.log.waiting(SLUG), work.log.waiting(OTHER)) == (1, 3)
        assert work.log.waiting_ballots(SLUG) == (a_ballot("p3"),)
        assert sorted(work.places(SLUG)) == [("p1", 1), ("p2", 1), ("p3", 1)]


@pytest.mark.parametrize(
    ("ballot", "sentence"),
    [
        (LoggedBallot(3, "cc" * 32, "C", "p3", 1), "no gaps"),
        (LoggedBallot(1, "cc" * 32, "C", "p3", 1), "grew meanwhile"),
        (LoggedBallot(2, "cc" * 32, "C", "p1", 1), "grew meanwhile"),
        (LoggedBallot(2, "aa" * 32, "C", "p3", 1), "grew meanwhile"),
        (LoggedBallot(2, "cc" * 32, "C", "p9", 1), "log_entries|FOREIGN|another row|box store"),
    ],
)
def test_the_log_takes_each_ballot_once_at_its_end_and_nothing_else(logged, ballot, sentence):
    with logged.write() as work, pytest.raises(StoreProblem, match=sentence):
        work.log.append(SLUG, [ballot])
    with logged.read() as work:
        assert work.log.size(SLUG) == 2


def test_a_log_keeps_its_key_and_its_heads(logged):
    with logged.write() as work:
        work.log.keep_key(SLUG, b"k" * 32)
        work.log.add_head(HEAD)
        with pytest.raises(StoreProblem, match="another key"):
            work.log.keep_key(SLUG, b"x" * 32)
        with pytest.raises(StoreProblem, match="another head of size 2"):
            work.log.add_head(SignedHead(SLUG, 2, b"x" * 32, b"s" * 64))
        work.log.cosign(Cosignature(SLUG, 2, b"w" * 32, b"x" * 64))
        work.commit()
    with logged.read() as work:
        assert work.log.head(SLUG) == HEAD
        assert work.log.cosignatures(SLUG, 2) == (COSIGNATURE,)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE log_entries SET position = 7 WHERE position = 1", "only grows"),
        ("DELETE FROM log_entries", "only grows"),
        ("UPDATE tree_heads SET size = 5", "stays as it is"),
        ("DELETE FROM tree_heads WHERE size = 0", "stays as it is"),
        ("UPDATE cosignatures SET signature = signature", "stays as it is"),
        ("DELETE FROM cosignatures", "stays as it is"),
        ("UPDATE log_keys SET public_key = public_key", "never changes"),
        ("DELETE FROM log_keys", "never changes"),
    ],
)
def test_nobody_with_a_console_rewrites_the_log(logged, statement, sentence):
    with pytest.raises(DBAPIError, match=sentence):
        raw_sql(logged, statement)
