"""The list of the commission: everything at once, what is late, and many decisions together."""

import datetime as dt

import pytest

from pb_engine.domain.review_rules import ReviewRules
from pb_engine.errors import InvalidReview, WrongIdeaState
from pb_engine.services import appeals, phases, review
from pb_engine.services.ideas import submit_idea
from pb_engine.services.referrals import register_reply
from pb_engine.services.review import Colour, Judgement, NewReview
from pb_engine.services.review_list import Choice, ReviewWishes, decide_together, review_list
from tests.builders import CALENDAR, DAY, a_draft, a_round, a_round_in
from tests.services.test_assessing import GREEN, RED, WHY, give

RULES = ReviewRules(assessors=2, assess_days=5, decide_days=9, appeal_reply_days=3)
REFERRED = NewReview(
    "refer",
    (Judgement("R1", Colour.GREEN), Judgement("R2", Colour.RED, WHY)),
    reason=WHY,
    referred_to="verkeer",
)


@pytest.fixture
def reviewing(tmp_path):
    staged = a_round_in(tmp_path, "ideas", round_=a_round(review=RULES))
    staged = staged.move_to(CALENDAR.review.start + DAY)
    phases.take_step(staged.engine, staged.slug, "start_review", "team")
    return staged


def line_of(staged, title, **wishes):
    found = review_list(staged.engine, staged.slug, ReviewWishes(**wishes))
    return next((one for one in found.lines if one.idea.id == staged.ideas[title]), None)


def both_find(staged, title, given=GREEN):
    for member in ("ank", "bram"):
        give(staged, member, given, title=title)


def choice(staged, title, version=1):
    return Choice(staged.ideas[title], version)


def test_norms_count_from_the_opening_of_the_review_and_become_late(reviewing):
    opens = CALENDAR.review.opens
    waiting = line_of(reviewing, "AED").waiting
    assert (waiting.what, waiting.due) == ("assessment", opens + dt.timedelta(days=5))
    both_find(reviewing, "AED")
    waiting = line_of(reviewing, "AED").waiting
    assert (waiting.what, waiting.due) == ("decision", opens + dt.timedelta(days=9))
    later = reviewing.move_to(CALENDAR.review.start + 7 * DAY)
    found = review_list(later.engine, later.slug, ReviewWishes(waits="late", sort="due"))
    assert [one.idea.title for one in found.late] == ["Bankjes", "Moestuin", "Speeltoestel"]
    assert found.lines == found.late
    assert found.total == 4


def test_a_round_without_rules_of_review_promises_nothing(tmp_path):
    staged = a_round_in(tmp_path, "ideas").move_to(CALENDAR.review.end)
    assert line_of(staged, "AED").waiting.due is None
    assert review_list(staged.engine, staged.slug, ReviewWishes()).late == ()


def test_the_list_narrows_and_sorts_and_ignores_what_it_does_not_know(reviewing):
    found = review_list(reviewing.engine, reviewing.slug, ReviewWishes(sort="dearest"))
    assert [one.idea.title for one in found.lines][:2] == ["Speeltoestel", "Moestuin"]
    assert line_of(reviewing, "AED", state="feasible") is None
    assert line_of(reviewing, "AED", area="roombeek") is None
    assert line_of(reviewing, "AED", area="noord", sort="<b>") is not None


def test_agreed_ideas_are_decided_together_and_one_that_fails_stops_no_other(reviewing):
    both_find(reviewing, "AED")
    both_find(reviewing, "Bankjes", RED)
    give(reviewing, "ank", title="Moestuin")
    chosen = [choice(reviewing, title) for title in ("AED", "Bankjes", "Moestuin")]
    chosen += [choice(reviewing, "AED"), Choice("weg", 1)]
    done, refused = decide_together(reviewing.engine, reviewing.slug, chosen, "", "ank")
    assert [(one.title, one.state) for one in done] == [
        ("AED", "feasible"),
        ("Bankjes", "rejected"),
    ]
    assert done[1].review.reason == WHY
    codes = [one.problem.code for one in refused]
    assert codes == ["not_ready", "concurrent_edit", "unknown_idea"]


def test_a_referred_idea_waits_for_its_answer_and_then_for_the_commission(tmp_path):
    staged = a_round_in(tmp_path, "ideas", round_=a_round(review=ReviewRules()))
    engine, slug, idea = staged.engine, staged.slug, staged.ideas["AED"]
    with pytest.raises(WrongIdeaState):
        register_reply(engine, slug, idea, "Dat kan hier wel.", 1, "team")
    review.judge_idea(engine, slug, idea, REFERRED, 1, "ank")
    assert line_of(staged, "AED").waiting.what == "reply"
    late = staged.move_to(CALENDAR.ideas.start + 17 * DAY)
    assert line_of(late, "AED").late
    with pytest.raises(InvalidReview):
        register_reply(engine, slug, idea, "ja", 2, "team")
    told = register_reply(engine, slug, idea, "Dat kan hier wel.", 2, "team")
    assert (told.state, told.review.reply, told.version) == ("referred", "Dat kan hier wel.", 3)
    assert line_of(staged, "AED").waiting.what == "decision"
    with pytest.raises(WrongIdeaState):
        register_reply(engine, slug, idea, "Toch maar niet hoor.", 3, "team")


def test_a_request_to_look_again_waits_for_its_own_norm(tmp_path):
    staged = a_round_in(tmp_path, "ideas", round_=a_round(review=ReviewRules()))
    made = submit_idea(staged.engine, staged.slug, a_draft("Fruitbomen"))
    staged.ideas["Fruitbomen"] = made.idea.id
    review.judge_idea(staged.engine, staged.slug, made.idea.id, REFERRED, 1, "ank")
    appeals.ask_again(staged.engine, staged.slug, made.idea.id, made.idea_code, WHY)
    waiting = line_of(staged, "Fruitbomen").waiting
    assert waiting.what == "appeal"
    assert waiting.due == staged.engine.today() + dt.timedelta(days=7)
