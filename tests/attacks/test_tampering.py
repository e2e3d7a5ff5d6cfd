"""T16, T60, T63-T65: somebody past our code changes box, register, rules or record."""

import copy
import json
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.ballots import canonical_json
from pb_engine.errors import EngineError, StoreProblem, TallyRefused
from pb_engine.pluginhost import load, load_settings, pick
from pb_engine.services import counting, phases, publication
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.store.box import Opening
from pb_engine.store.register import Channel, Entitlement
from pb_engine.tallying import draw_lot
from pb_engine.verifier import check_record
from tests.attacks.staging import a_ticket
from tests.builders import CALENDAR, DAY, a_round_in, admitted, vote
from tests.store.raw import raw_sql

PLUGINS = load(("greedy", "equal_shares"))
HARMLESS = {
    "title": "the name of the round; it decides nothing and stands on the page too",
    "place": "the name of the place; it decides nothing",
    "notice": "the remark that everything is invented; it decides nothing",
    "explanations": "sentences for people; the recount stands on the decisions",
    "opens": "the calendar is covered by the digest of the rules",
    "closes": "the calendar is covered by the digest of the rules",
    "round": "the slug is the address of the file",
    "rules_digest": "compared with the page, the record cannot know it",
    "max_choices": "a limit of the paper that no ballot needs; covered by the digest of the rules",
    "max_points": "a limit of the paper that no ballot needs; covered by the digest of the rules",
    "min_choices": "a limit of the paper that no ballot needs; covered by the digest of the rules",
    "spend_limit": "a limit of the paper that no ballot needs; covered by the digest of the rules",
    "seed": "another seed may draw the same lot; the seed is covered by the digest of the rules",
    "settings": "of a method: covered by the digest of the rules where they change no outcome",
    "receipts": "each stands for itself: its voter looks for it",
    "superseded": "each stands for itself: its voter looks for it",
    "currency": "the sign before amounts; amounts are in cents whatever it is",
}
"""Parts of the record that the verifier alone cannot judge, each with the reason.

The digest of the record, which the page and the event log show, covers them all.
"""


def tally(choice, election):
    """What `pb-engine verify` does, with the plugins loaded once."""
    method = pick(PLUGINS.voting_methods, choice.name, "voting method")
    if method.card.version != choice.version:
        raise TallyRefused("another version is installed")
    return method.tally(election, load_settings(method, choice.settings))


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """A published record with votes that decide, from a real round."""
    folder = tmp_path_factory.mktemp("published")
    votes = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
    staged = a_round_in(folder, "published", votes=votes)
    return publication.download(staged.engine, staged.slug, "record.json").body


def places(value, path=()):
    """Every place in a document where a plain value stands."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*path, key))
        else:
            yield (*path, key)


def other(value):
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{value}x" if value else "x"


def accepts(raw):
    return all(finding.holds for finding in check_record(raw, tally))


def test_a_true_record_is_accepted(record):
    assert accepts(record)


def changed_at(record, path, value):
    """The record with another value in one place, in its canonical spelling."""
    document = json.loads(record)
    part = document
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value(part[path[-1]])
    return canonical_json(document)


def decides_nothing(path):
    project_title = path[0] == "projects" and path[-1] == "title"
    if path[0] == "paper":
        return path[-1] in HARMLESS
    return path[0] in HARMLESS or project_title or ("settings" in path and "settings" in HARMLESS)


def test_each_field_that_is_changed_is_noticed_or_is_listed_as_harmless(record):
    # T60
    unnoticed = {
        path for path in places(json.loads(record)) if accepts(changed_at(record, path, other))
    }
    assert {path for path in unnoticed if not decides_nothing(path)} == set()


@given(chosen=st.data(), other_one=st.one_of(st.integers(-9, 999), st.text(max_size=30), st.none()))
@settings(max_examples=80, deadline=None)
def test_any_field_with_any_other_value_is_noticed_or_is_listed_as_harmless(
    record, chosen, other_one
):
    # T60
    path = chosen.draw(st.sampled_from(sorted(places(json.loads(record)), key=str)))
    changed = changed_at(record, path, lambda _: other_one)
    assert changed == record or decides_nothing(path) or not accepts(changed), path


def test_a_seed_that_draws_another_lot_is_noticed(record):
    # T60
    document = json.loads(record)
    projects = [project["id"] for project in document["projects"]]
    seeds = (f"a later draw {number}" for number in range(100))
    document["seed"] = next(s for s in seeds if [*draw_lot(s, projects)] != document["lot"])
    assert not accepts(canonical_json(document))


def test_settings_that_change_the_outcome_are_noticed(record):
    # T60: those that change nothing are covered by the digest of the rules.
    for setting, value in (("minimum_votes", 3), ("nonsense", 1)):
        document = json.loads(record)
        document["method"]["settings"][setting] = value
        assert not accepts(canonical_json(document)), setting


@given(chosen=st.data())
@settings(max_examples=80, deadline=None)
def test_any_byte_that_is_changed_changes_the_digest_and_never_breaks_the_verifier(record, chosen):
    # T60
    from pb_engine.services.rules import digest_of

    place = chosen.draw(st.integers(0, len(record) - 1))
    byte = chosen.draw(st.integers(0, 255).filter(lambda value: value != record[place]))
    changed = record[:place] + bytes([byte]) + record[place + 1 :]
    assert digest_of(changed) != digest_of(record)
    accepts(changed)


@pytest.mark.parametrize("part", ["ballots", "receipts", "projects", "lot"])
def test_a_record_with_a_line_less_or_twice_is_refused(record, part):
    # T60
    for change in (lambda lines: lines.pop(), lambda lines: lines.append(copy.copy(lines[0]))):
        document = json.loads(record)
        change(document[part])
        assert not accepts(canonical_json(document)), part


def past_the_triggers(path, *statements):
    """What somebody does who owns the file."""
    raw = sqlite3.connect(path)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def opened(staged):
    end = staged.move_to(CALENDAR.voting.end + DAY)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    return counting.open_box(end.engine, end.slug, "team")


RULES_OF_THE_BOX = (
    "UPDATE boxes SET manifest = 'x' || manifest",
    "UPDATE boxes SET public_key = receipt_key",
    "UPDATE boxes SET may_change = 1 - may_change",
    "UPDATE boxes SET suite = 'another'",
    "DELETE FROM boxes",
    "UPDATE papers SET paper = '{}'",
)


def test_nobody_with_a_console_changes_the_rules_of_an_open_box(engine):
    # T65
    staged = a_round_in(engine)
    for change in RULES_OF_THE_BOX:
        with pytest.raises(Exception, match=r"only closes|never changes"):
            raw_sql(engine.stores.box, change)
    ticket = a_ticket(engine, staged.slug, "a voter")
    cast_ballot(engine, staged.slug, ticket, [staged.ideas["AED"]], new_attempt())


def test_ballots_cast_under_other_rules_than_the_box_has_now_do_not_open(tmp_path):
    # T65: the rules are bound into every envelope.
    staged = a_round_in(tmp_path)
    for code in staged.codes[:3]:
        vote(staged, code, ["AED"])
    past_the_triggers(tmp_path / "box.sqlite3", "UPDATE boxes SET manifest = 'f' || manifest")
    result = opened(staged)
    assert (result.counted, result.invalid) == (3, 3)


def test_a_ballot_that_trades_places_with_its_own_successor_does_not_open(tmp_path):
    # T08, T65: the number is bound too, so an old choice cannot be put in the place of the last.
    staged = a_round_in(tmp_path)
    vote(staged, staged.codes[0], ["Bankjes"])
    vote(staged, staged.codes[0], ["AED"])
    past_the_triggers(
        tmp_path / "box.sqlite3",
        "UPDATE inbox SET number = number + 10",
        "UPDATE inbox SET number = 13 - number",
    )
    result = opened(staged)
    assert (result.counted, result.superseded, result.invalid) == (1, 1, 1)


def test_a_voting_right_that_somebody_writes_in_the_register_gives_no_ballot_by_itself(tmp_path):
    # T16, T64: without the pepper nobody makes a code, without the ticket key nobody a ticket.
    staged = a_round_in(tmp_path)
    ghost = Entitlement("f" * 32, staged.slug, "all", None, Channel.NONE)
    with staged.engine.stores.register.write() as work:
        work.entitlements.add_many([ghost])
        work.commit()
    rights = [row[0] for row in raw_sql(staged.engine.stores.register, "SELECT tag FROM codes")]
    for typed in (ghost.id, rights[0], rights[0][:16].upper()):
        with pytest.raises(EngineError) as refused:
            admitted(staged, typed)
        assert refused.value.code in {"mistyped_code", "unknown_code"}
    with pytest.raises(EngineError):
        cast_ballot(staged.engine, staged.slug, ghost.id, [staged.ideas["AED"]], new_attempt())


WRONG_ROWS = (
    "UPDATE entitlements SET channel = 'phone'",
    "UPDATE codes SET state = 'golden'",
    "INSERT INTO codes SELECT * FROM codes",
    "INSERT INTO entitlements SELECT * FROM entitlements",
    "DELETE FROM entitlements",
)


def test_the_register_takes_no_unknown_status_and_no_double(engine):
    # T64
    a_round_in(engine)
    query = "SELECT tag, entitlement, state FROM codes ORDER BY tag"
    before = raw_sql(engine.stores.register, query)
    for change in WRONG_ROWS:
        with pytest.raises(Exception, match=r"(?i)constraint"):
            raw_sql(engine.stores.register, change)
    assert raw_sql(engine.stores.register, query) == before


def test_a_used_right_that_is_set_back_still_has_one_counted_ballot(tmp_path):
    # T64: the ballot itself is what is used up, so no flag in the register makes a second one.
    staged = a_round_in(tmp_path)
    vote(staged, staged.codes[0], ["Bankjes"])
    raw_sql(staged.engine.stores.register, "UPDATE entitlements SET channel = 'none'")
    assert admitted(staged, staged.codes[0]).voted_before
    assert vote(staged, staged.codes[0], ["AED"]).replaced
    assert opened(staged).counted == 1


def test_what_came_out_of_the_box_cannot_be_replaced_by_something_else(tmp_path):
    # T63: short of the trustees themselves, who open it.
    staged = a_round_in(tmp_path)
    for code in staged.codes[:2]:
        vote(staged, code, ["AED"])
    opened(staged)
    with staged.engine.stores.box.read() as box:
        kept = box.opening(staged.slug)
    other_one = Opening(kept.round, 0, kept.ballots[:1], kept.counted, kept.superseded)
    with staged.engine.stores.box.write() as work, pytest.raises(StoreProblem):
        work.put_opening(other_one)
    for change in ("UPDATE openings SET document = x'00'", "DELETE FROM openings"):
        with pytest.raises(sqlite3.IntegrityError):
            rows_changed(tmp_path / "box.sqlite3", change)
    with staged.engine.stores.box.read() as box:
        assert box.opening(staged.slug) == kept


def rows_changed(path, statement):
    raw = sqlite3.connect(path)
    try:
        raw.execute(statement)
    finally:
        raw.close()
