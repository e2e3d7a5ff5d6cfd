import dataclasses
import json

import pytest

from pb_engine.errors import InvalidKey, NotReady, TallyRefused, WrongPhase
from pb_engine.services import adoption, counting, publication
from pb_engine.services.desk import desk_round
from pb_engine.services.results import results_page
from pb_engine.services.rounds import stored_round
from pb_engine.tallying import Outcome, Verdict
from pb_engine.units import RoundId
from tests.builders import a_round, a_round_in, adopt_and_publish, an_engine

VOTES = {"Bankjes": 3, "Moestuin": 2, "AED": 1}


@pytest.fixture
def closed(tmp_path):
    return a_round_in(tmp_path, "closed", votes=VOTES)


def phase_of(staged):
    return stored_round(staged.engine, staged.slug).phase


def test_the_steps_of_counting_day_follow_one_another(closed):
    engine, slug = closed.engine, closed.slug
    for early in (counting.tally, counting.explain, publication.publish):
        with pytest.raises(WrongPhase):
            early(engine, slug, "team")
    assert counting.open_box(engine, slug, "team").counted == 6
    with pytest.raises(WrongPhase):
        counting.open_box(engine, slug, "team")
    counting.tally(engine, slug, "team")
    with pytest.raises(WrongPhase):
        counting.tally(engine, slug, "team")
    counting.explain(engine, slug, "team")
    with pytest.raises(NotReady, match="nobody adopted"):
        publication.publish(engine, slug, "team")
    assert phase_of(closed) == "explained"
    adoption.adopt(engine, slug, "tweede")
    digest = publication.publish(engine, slug, "team")
    with pytest.raises(WrongPhase):
        publication.publish(engine, slug, "team")
    assert results_page(engine, slug).record_digest == digest


def test_nothing_can_be_read_before_the_close(tmp_path):
    staged = a_round_in(tmp_path, "voting", votes=VOTES)
    with pytest.raises(WrongPhase):
        counting.open_box(staged.engine, staged.slug, "team")
    with pytest.raises(NotReady):
        counting.election_of(staged.engine, staged.slug)
    with pytest.raises(WrongPhase):
        results_page(staged.engine, staged.slug)


def test_an_empty_box_is_counted_too(tmp_path):
    page_of = a_round_in(tmp_path, "published")
    page = results_page(page_of.engine, page_of.slug)
    assert page.voters == 0
    assert len(page.rows) == 4


def test_a_key_of_another_round_opens_nothing(closed, tmp_path):
    other = a_round_in(an_engine(tmp_path / "ander"), "closed")
    raw = (tmp_path / "ander" / "keys" / "proef-2027.round.key").read_bytes()
    with pytest.raises(InvalidKey, match="not the key of this round"):
        counting.open_box(closed.engine, closed.slug, "team", raw)
    assert other.slug == closed.slug
    assert phase_of(closed) == "closed"


@pytest.mark.parametrize("raw", [b"", b"{}", b"\x00" * 50, b"[" * 100_000, b"x" * 200_000])
def test_a_damaged_key_file_is_refused_with_a_sentence(closed, raw):
    with pytest.raises(InvalidKey):
        counting.open_box(closed.engine, closed.slug, "team", raw)
    assert phase_of(closed) == "closed"


def test_a_demo_key_is_refused_outside_the_demo(closed):
    raw = (closed.engine.settings.keys_folder / "proef-2027.round.key").read_bytes()
    real = dataclasses.replace(
        closed.engine, settings=dataclasses.replace(closed.engine.settings, demo=False)
    )
    with pytest.raises(InvalidKey, match="demo key"):
        counting.open_box(real, closed.slug, "team", raw)


def test_a_ballot_that_was_changed_in_the_box_counts_as_invalid_and_harms_nobody(tmp_path):
    import sqlite3

    staged = a_round_in(tmp_path, "closed", votes=VOTES)
    with sqlite3.connect(tmp_path / "box.sqlite3") as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        table = next(
            name
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if "sealed" in {row[1] for row in raw.execute(f"PRAGMA table_info({name})")}
        )
        row = raw.execute(f"SELECT pseudonym, sealed FROM {table} LIMIT 1").fetchone()
        spoilt = bytes([row[1][0] ^ 1]) + row[1][1:]
        raw.execute(f"UPDATE {table} SET sealed = ? WHERE pseudonym = ?", (spoilt, row[0]))
        raw.commit()
    opened = counting.open_box(staged.engine, staged.slug, "team")
    assert opened.invalid == 1
    assert opened.counted == 6


class Wrapped:
    """A voting method that misbehaves in one way."""

    def __init__(self, inner, **changes):
        self.card, self.formats = inner.card, inner.formats
        self.settings_schema = inner.settings_schema
        self.tally = changes.get("tally", inner.tally)
        self.explain = changes.get("explain", inner.explain)


def with_method(staged, **changes):
    methods = dict(staged.engine.plugins.voting_methods)
    methods["greedy"] = Wrapped(methods["greedy"], **changes)
    plugins = dataclasses.replace(staged.engine.plugins, voting_methods=methods)
    return dataclasses.replace(staged.engine, plugins=plugins)


def raising(*_):
    raise ZeroDivisionError("of a stranger")


def nonsense(*_):
    return {"winner": "everybody"}


def spending_everything(inner):
    def tally(election, settings):
        outcome = inner(election, settings)
        decisions = tuple(
            dataclasses.replace(one, verdict=Verdict.FUNDED) for one in outcome.decisions
        )
        return dataclasses.replace(
            outcome, selected=tuple(one.project for one in decisions), decisions=decisions
        )

    return tally


def forgetting(inner):
    def tally(election, settings):
        outcome = inner(election, settings)
        return dataclasses.replace(outcome, decisions=outcome.decisions[:-1])

    return tally


def moody(inner):
    calls = []

    def tally(election, settings):
        calls.append(1)
        outcome = inner(election, settings)
        return dataclasses.replace(outcome, facts={"calls": len(calls)})

    return tally


@pytest.mark.parametrize(
    "make",
    [lambda _: raising, lambda _: nonsense, spending_everything, forgetting, moody],
    ids=["raises", "nonsense", "overspends", "forgets", "differs"],
)
def test_a_misbehaving_method_is_refused_and_nothing_is_stored(closed, make):
    counting.open_box(closed.engine, closed.slug, "team")
    inner = closed.engine.plugins.voting_methods["greedy"].tally
    broken = with_method(closed, tally=make(inner))
    with pytest.raises(TallyRefused):
        counting.tally(broken, closed.slug, "team")
    assert phase_of(closed) == "opened"
    with closed.engine.stores.site.read() as work:
        assert work.counts.get(RoundId(closed.slug), "outcome") is None
    counting.tally(closed.engine, closed.slug, "team")


def test_a_method_that_does_not_explain_every_project_is_refused(closed):
    counting.open_box(closed.engine, closed.slug, "team")
    counting.tally(closed.engine, closed.slug, "team")
    for broken in (lambda *_: {}, raising):
        with pytest.raises(TallyRefused):
            counting.explain(with_method(closed, explain=broken), closed.slug, "team")
    assert phase_of(closed) == "counted"


def test_counting_with_another_version_than_was_frozen_is_refused(closed):
    counting.open_box(closed.engine, closed.slug, "team")
    broken = with_method(closed)
    method = broken.plugins.voting_methods["greedy"]
    method.card = dataclasses.replace(method.card, version="99.0")
    with pytest.raises(TallyRefused, match="froze"):
        counting.tally(broken, closed.slug, "team")


def test_a_failing_comparison_never_stands_in_the_way(closed):
    counting.open_box(closed.engine, closed.slug, "team")
    methods = dict(closed.engine.plugins.voting_methods)
    methods["equal_shares"] = Wrapped(methods["equal_shares"], tally=raising)
    plugins = dataclasses.replace(closed.engine.plugins, voting_methods=methods)
    engine = dataclasses.replace(closed.engine, plugins=plugins)
    counting.tally(engine, closed.slug, "team")
    counting.explain(engine, closed.slug, "team")
    adopt_and_publish(engine, closed.slug, "team")
    assert [rule.deciding for rule in results_page(engine, closed.slug).comparison] == [True]


def test_the_published_record_holds_ballots_and_nothing_about_voters(tmp_path):
    staged = a_round_in(tmp_path, "published", votes=VOTES)
    raw = publication.download(staged.engine, staged.slug, "record.json").body
    document = json.loads(raw)
    text = raw.decode()
    assert document["round"] == "proef-2027"
    assert "Verzonnen voorbeeldgegevens" in text
    with staged.engine.stores.box.read() as box:
        for ballot in box.every(RoundId(staged.slug)):
            assert ballot.pseudonym not in text


def test_a_stored_record_that_was_changed_is_not_shown(tmp_path):
    staged = a_round_in(tmp_path, "published", votes=VOTES)
    with staged.engine.stores.site.write() as work:
        file = work.publications.get(RoundId(staged.slug), "record.json")
        body = file.body.replace(b"Bankjes", b"Bankjez")
        work.publications.put(RoundId(staged.slug), dataclasses.replace(file, body=body))
        work.commit()
    from pb_engine.errors import RecountDiffers

    with pytest.raises(RecountDiffers):
        results_page(staged.engine, staged.slug)


def test_the_same_ballots_give_the_same_outcome_whatever_the_order(tmp_path):
    one = a_round_in(tmp_path / "een", "counted", votes=VOTES)
    two = a_round_in(tmp_path / "twee", "counted", votes=dict(reversed(VOTES.items())))
    outcomes: list[Outcome] = [counting.stored_outcome(s.engine, s.slug) for s in (one, two)]
    titles = [{v: k for k, v in s.ideas.items()} for s in (one, two)]
    named = [
        [names[project] for project in outcome.selected]
        for outcome, names in zip(outcomes, titles, strict=True)
    ]
    assert named[0] == named[1] == ["Bankjes", "Moestuin", "AED"]


def test_a_round_without_survey_and_views_is_counted_as_well(tmp_path):
    bare = a_round(surveys=(), result_views=(), compared_methods=())
    staged = a_round_in(tmp_path, "published", round_=bare, votes=VOTES)
    page = results_page(staged.engine, staged.slug)
    assert page.figures == ()
    assert [row.funded for row in page.rows] == [True, True, True, False]


def test_the_desk_is_warned_when_few_ballots_could_point_at_voters(tmp_path):
    closed = a_round_in(tmp_path / "a", "closed", votes=VOTES)
    assert desk_round(closed.engine, closed.slug).open_ballots is None
    few = a_round_in(tmp_path / "b", "opened", votes=VOTES)
    assert desk_round(few.engine, few.slug).open_ballots == "totals_only"
    many = a_round_in(tmp_path / "c", "opened", votes={"AED": 60, "Bankjes": 50})
    assert desk_round(many.engine, many.slug).open_ballots == "open"
