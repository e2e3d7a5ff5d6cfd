"""T59, T80: a backup comes back, a schema is migrated; nobody is counted twice for it."""

import shutil
from collections import Counter

import pytest

from pb_engine.services import counting, phases
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.store import StoreUrls, close_stores, migrate
from tests.attacks.staging import a_casting_engine, a_ticket, an_engine_on, name_in, name_of
from tests.builders import CALENDAR, a_round_in, at
from tests.store.raw import EVERY_BALLOT, raw_sql

ALL = (
    f"SELECT round, pseudonym, number, attempt, sealed FROM {EVERY_BALLOT} "
    "ORDER BY pseudonym, number"
)


def cast(engine, staged, voter, attempt):
    ticket = a_ticket(engine, staged.slug, voter)
    return cast_ballot(engine, staged.slug, ticket, [staged.ideas["AED"]], attempt)


def known_as(engine, staged, voter, attempt):
    """The name under which the box keeps this sending."""
    ticket = a_ticket(engine, staged.slug, voter)
    return name_of(engine, staged.slug, ticket, [staged.ideas["AED"]], attempt)


def test_ballots_that_are_sent_again_after_an_old_backup_came_back_are_in_once(tmp_path):
    # T59: what was lost with the backup comes back from the voters themselves.
    staged = a_round_in(tmp_path)
    attempts = {f"voter {number}": new_attempt() for number in range(6)}
    early = dict(list(attempts.items())[:3])
    kept = {voter: cast(staged.engine, staged, voter, name) for voter, name in early.items()}
    close_stores(staged.engine.stores)
    shutil.copytree(tmp_path, tmp_path / "backup", ignore=lambda *_: ["backup"])
    for voter, name in attempts.items():
        cast(staged.engine, staged, voter, name)
    close_stores(staged.engine.stores)
    shutil.copy(tmp_path / "backup" / "box.sqlite3", tmp_path / "box.sqlite3")
    restored = a_casting_engine(StoreUrls.in_folder(tmp_path), tmp_path)
    again = {voter: cast(restored, staged, voter, name) for voter, name in attempts.items()}
    assert {voter: again[voter] for voter in early} == kept
    found = raw_sql(restored.stores.box, f"SELECT attempt, number FROM {EVERY_BALLOT}")
    known = [known_as(restored, staged, voter, name) for voter, name in attempts.items()]
    assert Counter(name_in(kept) for kept, _ in found) == Counter(known)
    assert {number for _, number in found} == {1}
    close_stores(restored.stores)


def test_migrating_in_the_middle_of_voting_changes_no_byte_of_the_box(urls, tmp_path):
    # T80
    engine = an_engine_on(urls, tmp_path)
    staged = a_round_in(engine)
    names = [new_attempt() for _ in range(5)]
    receipts = [cast(engine, staged, f"voter {name}", name) for name in names]
    before = raw_sql(engine.stores.box, ALL)
    done = migrate(urls)
    assert [one.changed for one in done] == [False] * 4
    assert raw_sql(engine.stores.box, ALL) == before
    assert [cast(engine, staged, f"voter {name}", name) for name in names] == receipts
    end = at(engine, CALENDAR.voting.end)
    phases.take_step(end, staged.slug, "close_voting", "team")
    assert counting.open_box(end, staged.slug, "team").counted == len(names)
    close_stores(engine.stores)


@pytest.mark.parametrize("part", ["site", "register", "study"])
def test_casting_goes_on_while_another_store_is_away(tmp_path, part):
    # T05: the box needs nobody; who has a ticket can vote.
    staged = a_round_in(tmp_path)
    ticket, name = a_ticket(staged.engine, staged.slug, "a voter"), new_attempt()
    close_stores(staged.engine.stores)
    for path in tmp_path.glob(f"{part}.sqlite3*"):
        path.unlink()
    alone = a_casting_engine(StoreUrls.in_folder(tmp_path), tmp_path)
    cast_ballot(alone, staged.slug, ticket, [staged.ideas["AED"]], name)
    known = known_as(alone, staged, "a voter", name)
    ((kept,),) = raw_sql(alone.stores.box, f"SELECT attempt FROM {EVERY_BALLOT}")
    assert name_in(kept) == known
    close_stores(alone.stores)
