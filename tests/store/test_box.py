import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from pb_engine.errors import AlreadyVoted, StoreProblem
from pb_engine.store import close_stores, open_stores
from pb_engine.store.box import Opening, sweep
from tests.store.examples import OTHER, SLUG, a_ballot, a_box, a_paper
from tests.store.raw import raw_sql


@pytest.fixture
def filled(box):
    with box.write() as work:
        work.open_round(a_box(), {"all": a_paper()})
        work.open_round(a_box(OTHER, may_change=False), {"all": a_paper(1), "jong": a_paper(2)})
        for ballot in (a_ballot("p2"), a_ballot("p1", 2), a_ballot("p1", 1), a_ballot("p3")):
            work.deposit(ballot)
        work.deposit(a_ballot("p1", slug=OTHER))
        work.commit()
    return box


def close(box, slug=SLUG):
    with box.write() as work:
        work.lock_to_close(slug)
        work.close_round(slug)
        work.commit()


def test_a_box_comes_back_as_it_was_with_its_papers(filled):
    with filled.read() as work:
        assert work.state(SLUG) == a_box()
        assert work.state(OTHER) == a_box(OTHER, may_change=False)
        assert work.state("nergens") is None
        assert work.paper(OTHER, "jong") == a_paper(2)
        assert work.paper(SLUG, "jong") is None


def test_the_state_is_the_same_under_either_lock(filled):
    with filled.write() as work:
        assert work.lock_state(SLUG) == a_box()
        assert work.lock_to_close(SLUG) == a_box()
        assert work.lock_state("nergens") is None


def test_a_round_has_one_box(filled):
    with filled.write() as work, pytest.raises(StoreProblem, match="already"):
        work.open_round(a_box(manifest="cd" * 32), {})
    with filled.read() as work:
        assert work.state(SLUG) == a_box()


def test_ballots_of_a_pseudonym_come_by_number(filled):
    with filled.read() as work:
        assert work.ballots_of(SLUG, "p1") == (a_ballot("p1", 1), a_ballot("p1", 2))
        assert work.ballots_of(OTHER, "p1") == (a_ballot("p1", slug=OTHER),)
        assert work.ballots_of(SLUG, "p9") == ()


def test_voters_and_ballots_are_counted_apart(filled):
    with filled.read() as work:
        assert (work.voters(SLUG), work.stored(SLUG)) == (3, 4)
        assert (work.voters(OTHER), work.stored(OTHER)) == (1, 1)
        assert (work.voters("nergens"), work.stored("nergens")) == (0, 0)


@pytest.mark.parametrize(
    "again",
    [
        a_ballot("p1", 2, attempt="f" * 32),
        a_ballot("p1", 3, attempt=a_ballot("p1", 2).attempt),
        a_ballot("p1", 2),
    ],
)
def test_a_number_and_an_attempt_are_used_once_per_voting_right(filled, again):
    with filled.write() as work:
        with pytest.raises(AlreadyVoted):
            work.deposit(again)
        work.commit()
    with filled.read() as work:
        assert work.ballots_of(SLUG, "p1") == (a_ballot("p1", 1), a_ballot("p1", 2))


def test_a_box_closes_once_and_for_its_own_round_only(filled):
    with filled.write() as work:
        assert work.close_round(SLUG)
        assert not work.close_round(SLUG)
        assert not work.close_round("nergens")
        work.commit()
    with filled.read() as work:
        assert work.state(SLUG) == a_box(open=False)
        assert work.state(OTHER) == a_box(OTHER, may_change=False)


def test_a_closed_box_takes_no_ballot_even_without_asking(filled):
    close(filled)
    with filled.write() as work, pytest.raises(StoreProblem, match="the ballot box is closed"):
        work.deposit(a_ballot("p9"))
    with filled.read() as work:
        assert work.stored(SLUG) == 4


def test_nobody_reads_in_an_open_box(filled):
    with filled.read() as work:
        for slug in (SLUG, "nergens"):
            with pytest.raises(StoreProblem, match="not closed"):
                work.every(slug)


def test_a_closed_box_gives_all_ballots_by_pseudonym_and_number(filled):
    close(filled)
    with filled.read() as work:
        assert tuple(work.every(SLUG)) == (
            a_ballot("p1", 1),
            a_ballot("p1", 2),
            a_ballot("p2"),
            a_ballot("p3"),
        )


def test_more_ballots_than_fit_in_one_part_all_come(box):
    with box.write() as work:
        work.open_round(a_box(), {})
        for number in range(1, 1202):
            work.deposit(a_ballot(f"{number:05}"))
        work.close_round(SLUG)
        work.commit()
    with box.read() as work:
        pseudonyms = [ballot.pseudonym for ballot in work.every(SLUG)]
    assert pseudonyms == [f"{number:05}" for number in range(1, 1202)]


OPENING = Opening(SLUG, 1, (b'{"a":1}', b'{"a":1}', b'{"b":"\xc3\xab"}'), ("AAA", "BBB"), ("CCC",))


def test_what_came_out_of_a_box_is_kept(filled):
    close(filled)
    with filled.write() as work:
        assert work.opening(SLUG) is None
        work.put_opening(OPENING)
        work.put_opening(OPENING)
        work.commit()
    with filled.read() as work:
        assert work.opening(SLUG) == OPENING


def test_what_came_out_of_a_box_cannot_be_replaced(filled):
    close(filled)
    other = Opening(SLUG, 0, (), (), ())
    with filled.write() as work:
        work.put_opening(OPENING)
        with pytest.raises(StoreProblem, match="another content"):
            work.put_opening(other)
        work.commit()
    with filled.read() as work:
        assert work.opening(SLUG) == OPENING


def test_an_open_box_has_no_opening(filled):
    with filled.write() as work, pytest.raises(StoreProblem, match="not closed"):
        work.put_opening(OPENING)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE boxes SET open = 1", "only closes"),
        ("UPDATE boxes SET open = 0, manifest = 'x' WHERE open = 1", "only closes"),
        ("UPDATE boxes SET may_change = 0", "only closes"),
        ("DELETE FROM boxes", "only closes"),
        ("UPDATE inbox SET number = 7", "stays as it is"),
        ("DELETE FROM inbox WHERE pseudonym = 'p1'", "stays as it is"),
        ("UPDATE papers SET paper = 'x'", "never changes"),
        ("DELETE FROM papers", "never changes"),
        ("DELETE FROM openings", "stays as it is"),
        ("UPDATE openings SET document = document", "stays as it is"),
    ],
)
def test_nobody_with_a_console_rewrites_the_box(filled, statement, sentence):
    close(filled)
    with filled.write() as work:
        work.put_opening(OPENING)
        work.commit()
    with pytest.raises(DBAPIError, match=sentence):
        raw_sql(filled, statement)
    with filled.read() as work:
        assert work.state(SLUG) == a_box(open=False)
        assert (work.stored(SLUG), work.stored(OTHER)) == (4, 1)


def test_sqlite_replaces_neither_a_ballot_nor_a_box(stores):
    with stores.box.write() as work:
        work.open_round(a_box(), {"all": a_paper()})
        work.deposit(a_ballot())
        work.commit()
    raw_sql(
        stores.box,
        "PRAGMA foreign_keys = OFF",
        "INSERT OR REPLACE INTO inbox SELECT round, pseudonym, number, style, 'x', x'00' "
        "FROM inbox",
    )
    close(stores.box)
    raw_sql(
        stores.box,
        "INSERT OR REPLACE INTO boxes SELECT round, 1, suite, public_key, manifest, may_change, "
        "receipt_key, ticket_key FROM boxes",
    )
    with stores.box.read() as work:
        assert work.state(SLUG) == a_box(open=False)
        assert work.ballots_of(SLUG, "p1") == (a_ballot(),)


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["ballots", "boxes", "papers", "openings"])
def test_postgresql_truncates_no_table_of_the_box(postgres_urls, table):
    stores = open_stores(postgres_urls)
    with pytest.raises(DBAPIError, match=r"only closes|stays as it is|never changes"):
        raw_sql(stores.box, f"TRUNCATE {table} CASCADE")
    close_stores(stores)


@pytest.mark.postgres
def test_postgresql_truncates_no_inbox_in_which_ballots_wait(postgres_urls):
    stores = open_stores(postgres_urls)
    with stores.box.write() as work:
        work.open_round(a_box(), {"all": a_paper()})
        work.deposit(a_ballot())
        work.commit()
    with pytest.raises(DBAPIError, match="stays as it is"):
        raw_sql(stores.box, "TRUNCATE inbox CASCADE")
    assert not sweep(stores.box)
    with stores.box.read() as work:
        assert work.ballots_of(SLUG, "p1") == (a_ballot(),)
    close_stores(stores)


def test_casting_costs_three_statements_whatever_the_ballot(filled):
    statements = []
    engine = filled._database._engine
    event.listen(
        engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_: statements.append(statement),
    )
    with filled.write() as work:
        work.lock_state(SLUG)
        work.ballots_of(SLUG, "p1")
        work.deposit(a_ballot("p1", 3, sealed=b"x" * 50_000))
        work.commit()
    assert len([one for one in statements if not one.startswith("BEGIN")]) == 3
