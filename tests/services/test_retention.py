"""Nothing past its term survives; ballots, results, bundle and event log do."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.domain.assessing import Assessment, Interest
from pb_engine.domain.phases import Phase
from pb_engine.domain.retention import TERMS, Kept, due_of
from pb_engine.domain.review import ReviewOutcome
from pb_engine.errors import RegisterRefused
from pb_engine.services import keys, phases, publication
from pb_engine.services.idea_drafts import keep_step, new_draft_code, open_draft
from pb_engine.services.pages import idea_page
from pb_engine.services.register_check import check_register
from pb_engine.services.retention import due_in, run_retention
from pb_engine.store.site import Follow
from tests.builders import CALENDAR, a_round, a_round_in, at
from tests.registers import people
from tests.store.raw import raw_sql

SLUG, OTHER = "proef-2027", "andere-2027"
DAY_OF_REVIEW = CALENDAR.review.opens
MOMENTS = st.integers(min_value=0, max_value=120 * 24)


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    """A published round with a register, beside one that is still open for ideas."""
    made = a_round_in(
        tmp_path_factory.mktemp("kept"),
        "published",
        codes=3,
        votes={"Bankjes": 3, "AED": 1},
        register=people(12),
    )
    a_round_in(made.engine, "ideas", round_=a_round(slug=OTHER), register=people(5))
    return made


def kept(engine, slug=SLUG):
    """What there is of everything that has a term."""
    with engine.stores.register.read() as work:
        codes = sum(work.codes.counts(slug).values())
        residents = work.residents.count(slug)
        hashed = sum(right.second is not None for right in work.entitlements.each(slug))
    ring = engine.keyring
    return {
        Kept.CODES: codes + ring.has(keys.pepper(slug)) + ring.has(keys.subject(slug)),
        Kept.RESIDENTS: residents + hashed + ring.has(keys.seal(slug)) + ring.has(keys.roll(slug)),
    }


def stays(engine):
    """What stays, as bytes: the box, the record, the bundle, the rights and the log."""
    with engine.stores.box.read() as box:
        ballots, opening = tuple(box.every(SLUG)), box.opening(SLUG)
    with engine.stores.register.read() as work:
        rights = work.entitlements.counts(SLUG)
    files = [
        publication.download(engine, SLUG, name).body for name in ("record.json", "bundle.zip")
    ]
    with engine.stores.site.read() as site:
        log = [one.hash for one in site.log.entries(limit=1000)]
    return (ballots, opening, rights, files), log


@settings(max_examples=8, deadline=None)
@given(hours=st.lists(MOMENTS, min_size=1, max_size=4).map(sorted))
def test_whenever_it_runs_nothing_past_its_term_survives_and_the_rest_does(tmp_path_factory, hours):
    folder = tmp_path_factory.mktemp("run")
    made = a_round_in(folder, "published", codes=2, votes={"Bankjes": 2}, register=people(4))
    since = CALENDAR.voting.end + timedelta(minutes=15)
    before, log = stays(made.engine)
    full = kept(made.engine)
    for hour in hours:
        now = since + timedelta(hours=hour)
        run_retention(at(made.engine, now), "clock", really=True)
        for what, number in kept(made.engine).items():
            assert number == (0 if now >= since + TERMS[what].after else full[what])
        after, grown = stays(made.engine)
        assert after == before
        assert grown[: len(log)] == log
    assert run_retention(at(made.engine, now), "clock", really=True) == ()


def test_a_dry_run_removes_nothing_and_says_the_same(staged):
    late = at(staged.engine, CALENDAR.voting.end + timedelta(days=200))
    before = kept(late)
    told = run_retention(late, "team", SLUG, really=False)
    assert [one.kept for one in told] == [Kept.CODES, Kept.RESIDENTS]
    assert kept(late) == before
    assert [one.rows for one in told] == [
        one.rows for one in run_retention(late, "t", really=False)
    ]


def test_a_round_that_goes_on_keeps_everything(staged):
    late = at(staged.engine, CALENDAR.voting.end + timedelta(days=2000))
    assert due_in(late, OTHER) == ()
    assert run_retention(late, "team", OTHER, really=True) == ()
    assert kept(late, OTHER)[Kept.RESIDENTS] == 5 + 5 + 1


def test_a_cancelled_round_has_the_same_terms(tmp_path):
    made = a_round_in(tmp_path, "ideas", register=people(2))
    phases.take_step(made.engine, SLUG, "cancel", "team", "de wijk doet niet mee")
    late = at(made.engine, made.engine.clock() + timedelta(days=90))
    assert len(run_retention(late, "team", really=True)) == 2
    assert kept(late) == {Kept.CODES: 0, Kept.RESIDENTS: 0}


def test_what_is_gone_cannot_be_checked_and_that_is_said(tmp_path):
    made = a_round_in(tmp_path, "published", codes=1, register=people(3))
    run_retention(at(made.engine, CALENDAR.voting.end + timedelta(weeks=7)), "t", really=True)
    with pytest.raises(RegisterRefused, match="term was over"):
        check_register(made.engine, SLUG)


def test_counts_of_attempts_go_when_they_no_longer_count(tmp_path):
    made = a_round_in(tmp_path, "draft")
    now = int(made.engine.clock().timestamp())
    for key, until in (("oud", now - 1), ("net", now), ("nieuw", now + 1)):
        raw_sql(made.engine.stores.site, f"INSERT INTO throttles VALUES ('{key}', 3, {until})")
    [told] = run_retention(made.engine, "clock", really=True)
    assert (told.kept, told.round, told.rows) == (Kept.ATTEMPTS, None, 2)
    assert raw_sql(made.engine.stores.site, "SELECT key FROM throttles") == [("nieuw",)]


def test_drafts_go_when_nobody_went_on_with_them(tmp_path):
    made = a_round_in(tmp_path, "ideas")
    code = new_draft_code()
    keep_step(made.engine, made.slug, code, {"title": "Half idee"}, "")
    after = TERMS[Kept.DRAFTS].after
    soon = at(made.engine, made.engine.clock() + after)
    assert run_retention(soon, "clock", really=True) == ()
    late = at(soon, soon.clock() + timedelta(seconds=1))
    [told] = run_retention(late, "clock", really=True)
    assert (told.kept, told.round, told.rows) == (Kept.DRAFTS, None, 1)
    assert open_draft(made.engine, made.slug, code) is None


def test_no_removed_name_stays_readable_in_the_file(tmp_path):
    made = a_round_in(tmp_path, "published", codes=1, register=people(40))
    run_retention(at(made.engine, CALENDAR.voting.end + timedelta(days=200)), "t", really=True)
    with made.engine.stores.register._database._engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    held = b"".join(file.read_bytes() for file in tmp_path.glob("register.sqlite3*"))
    assert b"Fictief" not in held
    assert b"fictief" not in held


def test_addresses_of_followers_go_when_there_is_nothing_left_to_tell(tmp_path):
    made = a_round_in(tmp_path, "published")
    follow = Follow("f", f"idea:{made.ideas['AED']}", "a@example.org", "key", "nl")
    reader = Follow("r", f"news:{made.slug}", "a@example.org", "key", "nl")
    with made.engine.stores.site.write() as work:
        assert work.follows.add(follow)
        assert work.follows.add(reader)
        work.commit()
    run_retention(at(made.engine, CALENDAR.voting.end + timedelta(days=399)), "t", really=True)
    late = at(made.engine, CALENDAR.voting.end + timedelta(days=401))
    [told] = run_retention(late, "t", really=True)
    assert (told.kept, told.rows) == (Kept.FOLLOWERS, 2)
    with made.engine.stores.site.read() as work:
        assert work.follows.of(follow.subject) == work.follows.of(reader.subject) == ()


def test_what_members_noted_goes_and_the_decision_with_its_names_stays(tmp_path):
    made = a_round_in(tmp_path, "review")
    other = a_round_in(made.engine, "ideas", round_=a_round(slug=OTHER))
    for one in (made, other):
        with made.engine.stores.site.write() as work:
            work.assessments.save(an_assessment(one.ideas["AED"]))
            work.assessments.declare(
                Interest(one.ideas["AED"], "piet", "Mijn broer woont ernaast.", DAY_OF_REVIEW)
            )
            work.commit()
    phases.take_step(made.engine, SLUG, "cancel", "team", "de wijk doet niet mee")
    decided = idea_page(made.engine, SLUG, made.ideas["AED"]).idea.review
    early = at(made.engine, made.engine.clock() + timedelta(days=364))
    run_retention(early, "t", really=True)
    assert held(made)
    late = at(made.engine, made.engine.clock() + timedelta(days=366))
    [told] = run_retention(late, "t", SLUG, really=True)
    assert (told.kept, told.rows) == (Kept.REVIEWS, 2)
    assert not held(made)
    assert held(other)
    assert idea_page(late, SLUG, made.ideas["AED"]).idea.review == decided
    assert run_retention(late, "t", SLUG, really=True) == ()


def an_assessment(idea):
    return Assessment(idea, "ank", ReviewOutcome.PASS, (), "", "Ik twijfel.", DAY_OF_REVIEW, 0)


def held(made):
    with made.engine.stores.site.read() as work:
        idea = made.ideas["AED"]
        return work.assessments.of_idea(idea) and work.assessments.interests(idea)


@given(phase=st.sampled_from(Phase), hours=st.integers(-5000, 5000))
def test_something_is_due_only_after_an_end(phase, hours):
    since = CALENDAR.voting.end
    found = due_of(phase, since, since + timedelta(hours=hours))
    ended = phase in {Phase.PUBLISHED, Phase.CANCELLED}
    terms = [Kept.CODES, Kept.RESIDENTS, Kept.REVIEWS, Kept.FOLLOWERS]
    assert [one.kept for one in found] == (terms if ended else [])
    for one in found:
        assert one.over == (timedelta(hours=hours) >= TERMS[one.kept].after)


def test_the_terms_are_those_that_are_promised():
    assert TERMS[Kept.CODES].after == timedelta(weeks=6)
    assert timedelta(days=88) < TERMS[Kept.RESIDENTS].after < timedelta(days=90)
    assert TERMS[Kept.REVIEWS].after == timedelta(days=365)
    assert TERMS[Kept.ATTEMPTS].after == timedelta(days=1)
    assert TERMS[Kept.DRAFTS].after == timedelta(days=30)
