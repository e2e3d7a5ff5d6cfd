"""T03, T05: whatever dies at whatever moment, who got a receipt is in the box exactly once."""

import dataclasses
from pathlib import Path
from random import Random  # noqa: TID251 - a campaign is drawn from a seed

import pytest

from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.store import StoreUrls, migrate
from tests.attacks.campaign import kill_programs, nursery, prepared, until
from tests.attacks.cluster import is_alive
from tests.attacks.crash import judged, on_postgresql, on_sqlite
from tests.attacks.staging import a_ticket, staged_on
from tests.store.raw import EVERY_BALLOT, raw_sql

KILLS = 15


def test_killing_voting_programs_at_any_moment_loses_and_doubles_no_ballot(tmp_path):
    figures = on_sqlite(tmp_path / "stores", KILLS, seed=4)
    assert figures.kills == KILLS
    assert figures.acknowledged == figures.found > KILLS
    assert figures.clean, figures


@pytest.mark.postgres
def test_killing_all_of_postgresql_loses_and_doubles_no_ballot(cluster, tmp_path):
    figures = on_postgresql(cluster, tmp_path, kills=2, seed=4)
    assert figures.kills == 2
    assert figures.acknowledged == figures.found > 2
    assert figures.clean, figures


@pytest.fixture
def staged(tmp_path):
    urls = StoreUrls.in_folder(tmp_path)
    migrate(urls)
    with staged_on(urls, tmp_path) as staged:
        yield staged


def die_once(staged, folder: Path, where: str):
    """Let one program die while it casts its first ballot; return it and the ballots that stay."""
    (caster,) = prepared(staged, StoreUrls.in_folder(folder), folder, 1, Random(1))
    caster.plan(1)
    caster.order = dataclasses.replace(caster.order, dies=where)
    with nursery() as mother:
        pid = mother.start(caster.order)
        until(lambda: not is_alive(pid), "the program does not die")
    assert not caster.broken()
    assert caster.receipts() == {}
    (table,) = raw_sql(staged.engine.stores.box, f"SELECT count(*) FROM {EVERY_BALLOT}")
    return caster, table[0]


def try_again(caster):
    """Let the program live again, to its end; return the receipts that it got."""
    caster.order = dataclasses.replace(caster.order, dies="")
    Path(caster.order.stop).touch()
    with nursery() as mother:
        pid = mother.start(caster.order)
        until(lambda: not is_alive(pid), "the program does not come to an end")
    assert not caster.broken()
    return caster.receipts()


@pytest.mark.parametrize(("where", "kept"), [("before_commit", 0), ("after_commit", 1)])
def test_a_death_around_the_commit_leaves_all_or_nothing_and_a_retry_gets_the_receipt(
    staged, tmp_path, where, kept
):
    caster, stored = die_once(staged, tmp_path, where)
    assert stored == kept
    (receipt,) = try_again(caster).values()
    assert not receipt.replaced
    assert raw_sql(staged.engine.stores.box, f"SELECT count(*) FROM {EVERY_BALLOT}") == [(1,)]


def test_the_program_notices_a_ballot_that_is_lost_and_one_that_nobody_cast(staged, tmp_path):
    casters = prepared(staged, StoreUrls.in_folder(tmp_path), tmp_path, 1, Random(1))
    campaign = kill_programs(staged, casters, 0, Random(1))
    casters[0].plan(1)
    invented = casters[0].attempts()[-1].name
    with Path(f"{casters[0].order.desk}.done").open("a", encoding="ascii") as done:
        done.write(f"{invented} AAAAA-AAAAA-AAAAA {'0' * 128} 0 {'2' * 20}\n")
    ticket = a_ticket(staged.engine, staged.slug, "a ghost")
    cast_ballot(staged.engine, staged.slug, ticket, [staged.ideas["AED"]], new_attempt())
    figures = judged(staged, campaign)
    assert (figures.lost, figures.doubled) == (1, 1)
    assert figures.changed
    assert not figures.clean
