"""The same use cases on PostgreSQL: a whole round, one code in many threads, a racing close."""

import dataclasses
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from pb_engine.engine import build
from pb_engine.services import box_log, counting, phases, study_answers
from pb_engine.services.box_checks import check_box
from pb_engine.services.box_export import export_box
from pb_engine.services.box_file import read_box_file
from pb_engine.services.count_file import signed_count
from pb_engine.services.count_import import take_in_count
from pb_engine.services.offline_count import count_box
from pb_engine.services.paper.pages import totals_lines
from pb_engine.services.paper.totals import accept_totals, decide_line
from pb_engine.services.replaying import replay
from pb_engine.services.results import results_page
from pb_engine.services.rollback import Gap, gap_in
from pb_engine.services.sequencing import append_waiting
from pb_engine.services.surveys import take_answers
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.settings import settings_in
from pb_engine.store.study import Answers
from pb_engine.units import RoundId
from tests.builders import CALENDAR, CHEAP, a_round_in, admitted, adopt_and_publish, at
from tests.paper import a_stack, ended, to_paper
from tests.totals import a_counted_batch
from tests.trustees import a_ceremony, closed_with

pytestmark = pytest.mark.postgres
VOTES = {"Bankjes": 3, "Moestuin": 2, "AED": 1}


@pytest.fixture
def engine(postgres_urls, tmp_path):
    settings = dataclasses.replace(
        settings_in(
            tmp_path, demo=True, code_cost=CHEAP, code_line=100, journal_folder=tmp_path / "journal"
        ),
        site_db=postgres_urls.site,
        register_db=postgres_urls.register,
        box_db=postgres_urls.box,
        study_db=postgres_urls.study,
    )
    built = build(settings, clock=lambda: CALENDAR.ideas.start)
    yield built
    from pb_engine.store import close_stores

    close_stores(built.stores)


def test_a_whole_round_gives_the_same_result_as_on_sqlite(engine, tmp_path):
    here = a_round_in(engine, "published", votes=VOTES)
    there = a_round_in(tmp_path / "sqlite", "published", votes=VOTES)
    pages = [results_page(staged.engine, staged.slug) for staged in (here, there)]
    told = [[(row.title, row.funded, row.voters, row.place) for row in page.rows] for page in pages]
    assert told[0] == told[1]


def at_once(number, work):
    barrier = threading.Barrier(number)
    outcomes = []

    def one(place):
        barrier.wait()
        try:
            outcomes.append(work(place))
        except Exception as problem:  # noqa: BLE001 - the refusals are what is counted
            outcomes.append(problem)

    threads = [threading.Thread(target=one, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(type(one).__name__ for one in outcomes), outcomes


def test_forty_threads_with_one_code_and_one_attempt_store_one_ballot(engine):
    staged = a_round_in(engine)
    attempt, wanted = new_attempt(), [staged.ideas["AED"]]

    def go(_):
        ticket = admitted(staged, staged.codes[0]).ticket
        return cast_ballot(staged.engine, staged.slug, ticket, wanted, attempt)

    kinds, outcomes = at_once(40, go)
    assert set(kinds) == {"Receipt"}, outcomes
    assert len(set(outcomes)) == 1
    with staged.engine.stores.box.read() as box:
        assert box.stored(staged.slug) == 1


def test_ballots_that_race_the_close_are_in_the_count_or_refused(engine):
    staged = a_round_in(engine, codes=20)
    tickets = [admitted(staged, code).ticket for code in staged.codes]
    end = at(staged.engine, CALENDAR.voting.end)

    def go(place):
        if place == 10:
            return phases.take_step(end, staged.slug, "close_voting", "team")
        wanted = [staged.ideas["AED"]]
        return cast_ballot(staged.engine, staged.slug, tickets[place], wanted, new_attempt())

    kinds, outcomes = at_once(20, go)
    assert set(kinds) <= {"Receipt", "TooLate", "Phase"}, outcomes
    receipts = {one.number for one in outcomes if type(one).__name__ == "Receipt"}
    counting.open_box(end, staged.slug, "team")
    with staged.engine.stores.box.read() as box:
        assert set(box.opening(staged.slug).counted) == receipts


def test_ballots_cast_while_five_append_are_logged_once_each(engine):
    staged = a_round_in(engine, codes=40)
    tickets = [admitted(staged, code).ticket for code in staged.codes]

    def go(place):
        if place % 8 == 0:
            return append_waiting(staged.engine, staged.slug, everything=True)
        wanted = [staged.ideas["AED"]]
        return cast_ballot(staged.engine, staged.slug, tickets[place], wanted, new_attempt())

    kinds, outcomes = at_once(40, go)
    assert kinds == {"Receipt": 35, "Appended": 5}, outcomes
    end = at(staged.engine, CALENDAR.voting.end)
    phases.take_step(end, staged.slug, "close_voting", "team")
    assert box_log.head_of(end, staged.slug).head.size == 35
    numbers = [one.number for one in outcomes if type(one).__name__ == "Receipt"]
    places = [box_log.inclusion_of(end, staged.slug, number).position for number in numbers]
    assert sorted(places) == list(range(35))


def test_a_box_that_lost_everything_after_its_opening_is_whole_again_after_a_replay(
    engine, postgres_server
):
    staged = a_round_in(engine, codes=24)
    with engine.stores.box.read() as box:
        state, paper = box.state(staged.slug), box.paper(staged.slug, "all")
        key, empty = box.log.key(staged.slug), box.log.head(staged.slug)
    for code in staged.codes[:21]:
        ticket = admitted(staged, code).ticket
        cast_ballot(staged.engine, staged.slug, ticket, [staged.ideas["AED"]], new_attempt())
    append_waiting(staged.engine, staged.slug)
    before = box_log.head_of(staged.engine, staged.slug)
    settings = dataclasses.replace(staged.engine.settings, box_db=postgres_server.migrated("box"))
    old = build(settings, clock=staged.engine.clock)
    with old.stores.box.write() as box:
        box.open_round(state, {"all": paper})
        box.log.keep_key(staged.slug, key)
        box.log.add_head(empty)
        box.commit()
    assert gap_in(old, staged.slug) == Gap(ballots=21, entries=21)
    assert replay(old, staged.slug).entries == 21
    assert box_log.head_of(old, staged.slug) == before
    from pb_engine.store import close_stores

    close_stores(old.stores)


def test_trustees_count_a_box_that_lies_in_postgresql(engine, tmp_path):
    held = a_ceremony()
    staged = closed_with(engine, held, VOTES)
    assert export_box(staged.engine, staged.slug, tmp_path / "bus") == 7
    box = read_box_file(tmp_path / "bus")
    check_box(box)
    raw, words = signed_count(count_box(box, held.shares[:3], engine.plugins))
    opened = take_in_count(staged.engine, staged.slug, raw, words, "team")
    assert opened == counting.Opened(counted=6, superseded=1, invalid=0)


def test_paper_counted_as_totals_decides_the_same_as_on_sqlite(engine, tmp_path):
    told = []
    for where in (engine, tmp_path / "sqlite"):
        staged = a_round_in(where, codes=12)
        to_paper(staged, staged.codes[:9])
        batch = a_counted_batch(staged, a_stack(staged, 9) | {2: "<blank>"}, counted=9, blank=0)
        lines = {one.key: one.place for one in totals_lines(staged.engine, staged.slug)}
        for line, number in (("counted", 8), ("blank", 1)):
            decide_line(staged.engine, staged.slug, batch, lines[line], number, "Carla")
        accept_totals(staged.engine, staged.slug, batch, "Carla")
        end = ended(staged)
        phases.take_step(end.engine, end.slug, "close_voting", "team")
        for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
            step(end.engine, end.slug, "team")
        page = results_page(end.engine, end.slug)
        told.append((page.by_totals, sorted((row.title, row.voters) for row in page.rows)))
    assert told[0] == told[1]
    assert told[0][0] == 8


def test_a_worker_that_waited_for_another_lets_no_single_answer_leave(engine, monkeypatch):
    staged = a_round_in(engine, "voting")
    monkeypatch.setattr(study_answers, "SMALL", 20)
    trust = {"trust_municipality": "7"}
    slug, study = RoundId(staged.slug), engine.stores.study
    for _ in range(20):
        take_answers(engine, slug, "after_ballot", "trust_core", trust)
    with ThreadPoolExecutor(1) as pool:
        with study.write() as first:
            first.in_turn(slug)
            sheets = first.take_waiting(slug, "trust_core")
            take_answers(engine, slug, "after_ballot", "trust_core", trust)
            second = pool.submit(study_answers.let_leave, engine)
            time.sleep(0.3)
            day = engine.today()
            left = (Answers(s.survey, s.version, s.moment, day, s.values, s.sid) for s in sheets)
            first.add(slug, left)
            first.commit()
        assert second.result() == ()
    with study.read() as work:
        assert work.waiting() == {(slug, "trust_core"): 1}
        assert work.number(slug, "trust_core") == 20
