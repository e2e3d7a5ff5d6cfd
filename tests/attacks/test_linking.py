"""T53, T55: what values and archives join a voter to a pseudonym; measured where it can be."""

import ipaddress
import re
import subprocess

import pytest

from pb_engine.services.sequencing import append_waiting
from pb_engine.store import close_stores
from tests.attacks.linking import measured
from tests.attacks.staging import staged_on
from tests.builders import a_round_in, vote
from tests.postgres import _programs
from tests.store.raw import raw_sql

MOMENT = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d")
SINCE_2001 = 10**9
SECRET = ("boxes", "inbox", "ballots", "log_keys", "log_entries", "tree_heads", "cosignatures")


def is_address(text):
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def test_no_value_in_the_box_has_the_shape_of_a_moment_an_address_or_a_person(engine):
    # T53: the names of columns are compared with a list elsewhere; this looks at what is in them.
    staged = a_round_in(engine, codes=24)
    for code in staged.codes:
        vote(staged, code, ["AED"])
    append_waiting(staged.engine, staged.slug)
    vote(staged, staged.codes[0], ["Bankjes"])
    with staged.engine.stores.register.read() as work:
        rights = sum(work.entitlements.counts(staged.slug).values())
    assert rights == 24
    known = {one for (one,) in raw_sql(engine.stores.register, "SELECT id FROM entitlements")}
    seen = 0
    for table in SECRET:
        for row in raw_sql(engine.stores.box, f"SELECT * FROM {table}"):
            for value in row:
                seen += 1
                if isinstance(value, int):
                    assert abs(value) < SINCE_2001, (table, value)
                if isinstance(value, str):
                    assert not MOMENT.search(value), (table, value)
                    assert not is_address(value), (table, value)
                    assert value not in known
                    assert value not in staged.codes
    assert seen > 24 * 10
    close_stores(engine.stores)


def test_two_archives_with_times_link_almost_everybody_in_quiet_hours_and_few_in_busy_ones():
    # T55: a measurement, not a promise.  No program of ours prevents it; the figures are published.
    quiet, slow, brisk, busy = (
        measured(rate, voters=300, seed=1).share for rate in (1, 20, 60, 300)
    )
    assert quiet > 0.9
    assert 0.4 < slow < 0.8
    assert 0.1 < brisk < 0.45
    assert busy < 0.12


def test_the_measurement_notices_when_times_say_everything_or_nothing():
    assert measured(1, voters=1, seed=1).share == 1
    assert measured(10**6, voters=300, seed=1).share < 0.03


@pytest.mark.postgres
def test_an_archive_of_postgresql_does_hold_the_moment_of_each_ballot(cluster, tmp_path):
    # T55: the premise.  Casting writes to the box alone, and its archive says when.
    urls = cluster.urls()
    waldump = _programs() / "pg_waldump"
    with staged_on(urls, tmp_path) as staged:
        before = commits(cluster, waldump)
        vote(staged, staged.codes[0], ["AED"])
        found = commits(cluster, waldump)
    assert len(found) > len(before) > 0
    assert all(re.search(r"COMMIT \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+", line) for line in found)


def commits(cluster, waldump):
    """The lines of the archive that end a transaction."""
    cluster.server.run("CHECKPOINT")
    folder = cluster.folder / "db" / "pg_wal"
    first = min(path.name for path in folder.iterdir() if re.fullmatch(r"[0-9A-F]{24}", path.name))
    done = subprocess.run(
        [waldump, "--rmgr=Transaction", folder / first],
        capture_output=True,
        text=True,
        check=False,  # it complains where the archive ends
    )
    return [line for line in done.stdout.splitlines() if "COMMIT" in line]
