"""A round that is written at the desk: part by part, with nothing lost, until it can be made."""

import dataclasses
from datetime import date

import pytest

from pb_engine.domain.round_document import round_document
from pb_engine.errors import ConcurrentEdit, InvalidRound, NotReady, RulesFrozen, UnknownRound
from pb_engine.services import phases, round_drafts, rounds
from pb_engine.services.draft_tryout import sketch_of, try_draft
from pb_engine.services.round_files import read_round_text
from tests.builders import CALENDAR, a_round, a_round_in, an_engine, at


@pytest.fixture
def engine(tmp_path):
    return an_engine(tmp_path)


def whole(engine, **changes):
    """A draft that holds a whole round."""
    draft = round_drafts.start_draft(engine, "kim")
    values = {"review": None, **round_document(a_round(**changes))}
    round_drafts.change_draft(engine, draft, "plan", values, 0, "kim")
    return draft


def test_a_new_draft_has_a_calendar_in_order_and_tells_what_is_missing(engine):
    draft = round_drafts.one_draft(engine, round_drafts.start_draft(engine, "kim"))
    preview = round_drafts.preview_calendar(engine, draft.document)
    assert preview is not None
    assert preview.calendar.disorder() is None
    missing = dict(round_drafts.check_draft(engine, draft.document).mistakes)
    assert {"name", "slug", "fund", "criteria"} <= missing.keys()
    assert not [path for path in missing if path.startswith(("calendar", "ballot", "tie"))]
    with pytest.raises(InvalidRound):
        round_drafts.make_round(engine, draft.id, 0, "kim")


def test_two_officials_in_two_parts_lose_nothing(engine):
    draft = round_drafts.start_draft(engine, "kim")
    round_drafts.change_draft(engine, draft, "plan", {"name.nl": "Wijk"}, 0, "kim")
    round_drafts.change_draft(engine, draft, "geld", {"fund.budget_cents": 5}, 0, "sam")
    document = round_drafts.one_draft(engine, draft).document
    assert (document["name"], document["fund"]) == ({"nl": "Wijk"}, {"budget_cents": 5})


def test_the_second_official_in_one_part_overwrites_nothing(engine):
    draft = round_drafts.start_draft(engine, "kim")
    round_drafts.change_draft(engine, draft, "plan", {"name.nl": "Eerst"}, 0, "kim")
    with pytest.raises(ConcurrentEdit):
        round_drafts.change_draft(engine, draft, "plan", {"name.nl": "Later"}, 0, "sam")
    found = round_drafts.one_draft(engine, draft)
    assert (found.document["name"]["nl"], found.edited_by) == ("Eerst", "kim")


def test_a_value_can_be_taken_away_and_leaves_no_empty_table(engine):
    draft = round_drafts.start_draft(engine, "kim")
    paths = ("calendar.appeal.opens", "calendar.appeal.closes")
    changed = round_drafts.change_draft(engine, draft, "k", dict.fromkeys(paths), 0, "kim")
    assert "appeal" not in changed.document["calendar"]


def test_a_draft_makes_the_round_that_its_file_would_make(engine):
    draft = whole(engine)
    text = round_drafts.draft_text(round_drafts.one_draft(engine, draft).document)
    made = round_drafts.make_round(engine, draft, 1, "kim")
    assert made == a_round() == read_round_text(text.encode(), "x")
    assert rounds.stored_round(engine, made.slug).phase == "draft"


def test_a_draft_that_somebody_changed_after_the_look_makes_no_round(engine):
    draft = whole(engine)
    round_drafts.change_draft(engine, draft, "geld", {"fund.budget_cents": 1}, 0, "sam")
    with pytest.raises(ConcurrentEdit):
        round_drafts.make_round(engine, draft, 1, "kim")
    assert rounds.round_list(engine) == ()


def test_a_round_that_has_not_begun_is_made_anew_from_its_draft_and_later_not(engine):
    staged = a_round_in(engine, "draft")
    draft = round_drafts.reopen_as_draft(staged.engine, staged.slug, "kim")
    round_drafts.change_draft(staged.engine, draft, "plan", {"place": "Hengelo"}, 0, "kim")
    made = round_drafts.make_round(staged.engine, draft, 1, "kim")
    assert made == a_round(place="Hengelo")
    opening = at(staged.engine, CALENDAR.ideas.start)
    phases.take_step(opening, staged.slug, "open_ideas", "team")
    later = round_drafts.reopen_as_draft(opening, staged.slug, "kim")
    round_drafts.change_draft(opening, later, "plan", {"place": "Almelo"}, 0, "kim")
    with pytest.raises(RulesFrozen):
        round_drafts.make_round(opening, later, 1, "kim")


def test_a_round_that_began_is_not_replaced(engine):
    staged = a_round_in(engine, "draft")
    draft = whole(staged.engine, place="Elders")
    checked = round_drafts.check_draft(
        staged.engine, round_drafts.one_draft(engine, draft).document
    )
    assert checked.replaces == "draft"
    opening = at(staged.engine, CALENDAR.ideas.start)
    phases.take_step(opening, staged.slug, "open_ideas", "team")
    with pytest.raises(RulesFrozen):
        round_drafts.make_round(opening, draft, 1, "kim")


def test_a_method_that_cannot_count_the_ballots_is_a_mistake_with_its_place(engine):
    draft = whole(engine)
    values = {"voting_method": {"name": "majority_judgement"}}
    changed = round_drafts.change_draft(engine, draft, "stembiljet", values, 0, "kim")
    ((path, sentence),) = round_drafts.check_draft(engine, changed.document).mistakes
    assert path == "ballot.format"
    assert "majority_judgement cannot count approval ballots" in sentence


def test_a_copy_is_a_year_later_on_the_same_weekdays_without_the_lot(engine):
    a_round_in(engine, "draft")
    copied = round_drafts.one_draft(engine, round_drafts.copy_as_draft(engine, "proef-2027", "kim"))
    assert "slug" not in copied.document
    assert "seed" not in copied.document["tie"]
    opens = date.fromisoformat(copied.document["calendar"]["voting"]["opens"])
    assert opens == date(2028, 5, 8)
    assert opens.weekday() == CALENDAR.voting.opens.weekday()
    values = {"slug": "proef-2028"}
    round_drafts.change_draft(engine, copied.id, "plan", values, 0, "kim")
    made = round_drafts.make_round(engine, copied.id, 1, "kim")
    assert dataclasses.replace(made.submission) == a_round().submission


def test_a_draft_is_bounded_and_can_be_thrown_away(engine, monkeypatch):
    draft = round_drafts.start_draft(engine, "kim")
    with pytest.raises(InvalidRound):
        round_drafts.change_draft(engine, draft, "plan", {"place": "x" * 2_000_000}, 0, "kim")
    monkeypatch.setattr(round_drafts, "MOST_DRAFTS", 1)
    with pytest.raises(NotReady):
        round_drafts.start_draft(engine, "kim")
    round_drafts.drop_draft(engine, draft)
    assert round_drafts.all_drafts(engine) == ()
    with pytest.raises(UnknownRound):
        round_drafts.drop_draft(engine, draft)


def test_rules_are_tried_before_the_round_is_whole(engine):
    draft = round_drafts.start_draft(engine, "kim")
    found = round_drafts.one_draft(engine, draft)
    assert sketch_of(engine, found.document) is None
    values = {"fund": {"source": "wijkbudget", "budget_cents": 5_000_000}}
    changed = round_drafts.change_draft(engine, draft, "geld", values, 0, "kim")
    sketch = sketch_of(engine, changed.document)
    assert sketch is not None
    tried = try_draft(engine, sketch, "popularity", ["ronde-0", "ronde-1"])
    assert (tried.invented, tried.voters, len(tried.rows)) == (True, 200, 2)
    assert all(row.funded for row in tried.rows)


def test_rules_are_tried_on_the_published_ballots_of_an_earlier_round(tmp_path):
    staged = a_round_in(tmp_path, "published", votes={"Bankjes": 3, "AED": 1}, codes=1)
    sketch = sketch_of(staged.engine, round_document(a_round()))
    assert sketch is not None
    tried = try_draft(staged.engine, sketch, f"ronde:{staged.slug}", ["ronde-0"])
    assert (tried.invented, tried.voters) == (False, 4)
    with pytest.raises(UnknownRound):
        try_draft(staged.engine, sketch, "ronde:geen-2027", ["ronde-0"])
