"""Counting tries: in one statement, for a while, in however many processes."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from pb_engine.store.site import Tries

NOW = 1_800_000_000
PROGRAM = """
import sys
from pb_engine.store.connect import Store, open_database
from pb_engine.store.site import SiteWork
store = Store("site", open_database(sys.argv[1]), SiteWork)
for _ in range(40):
    with store.write() as work:
        work.throttles.hit("een", now={now}, seconds=600)
        work.commit()
"""


def hit(site, key, now=NOW, seconds=600, amount=1):
    with site.write() as work:
        tries = work.throttles.hit(key, now=now, seconds=seconds, amount=amount)
        work.commit()
    return tries


def test_tries_add_up_until_their_time_is_over_and_then_begin_anew(site):
    assert hit(site, "een") == Tries(1, NOW + 600)
    assert hit(site, "een", NOW + 599, amount=3) == Tries(4, NOW + 600)
    assert hit(site, "ander") == Tries(1, NOW + 600)
    assert hit(site, "een", NOW + 600) == Tries(1, NOW + 1200)


def test_what_is_over_or_was_never_tried_or_was_forgotten_counts_nothing(site):
    hit(site, "een")
    hit(site, "twee")
    with site.write() as work:
        work.throttles.forget("twee")
        work.commit()
    with site.read() as work:
        assert work.throttles.get("een", now=NOW + 599) == Tries(1, NOW + 600)
        assert work.throttles.get("een", now=NOW + 600) == Tries(0, NOW + 600)
        assert work.throttles.get("twee", now=NOW).hits == 0
        assert work.throttles.get("drie", now=NOW).hits == 0


def test_sweeping_takes_what_is_over_and_nothing_else(site):
    hit(site, "kort", seconds=10)
    hit(site, "lang")
    with site.write() as work:
        assert work.throttles.clean(now=NOW + 10) == 1
        work.commit()
    with site.read() as work:
        assert work.throttles.get("lang", now=NOW).hits == 1


def test_no_try_of_many_threads_is_lost(site):
    with ThreadPoolExecutor(16) as pool:
        counts = [tries.hits for tries in pool.map(lambda _: hit(site, "een"), range(64))]
    assert sorted(counts) == list(range(1, 65))


def test_two_processes_count_together(migrated_url):
    url = migrated_url("site")
    command = [sys.executable, "-c", PROGRAM.format(now=NOW), url]
    running = [subprocess.Popen(command) for _ in range(2)]
    assert [one.wait(60) for one in running] == [0, 0]
    from pb_engine.store.connect import Store, open_database
    from pb_engine.store.site import SiteWork

    store = Store("site", open_database(url), SiteWork)
    with store.read() as work:
        assert work.throttles.get("een", now=NOW).hits == 80
    store.close()
