import dataclasses
from threading import Barrier, Thread

import pytest

from pb_engine.domain.ideas import Submitter
from pb_engine.errors import (
    ConcurrentEdit,
    InvalidIdea,
    InvalidReview,
    MistypedCode,
    UnknownCode,
    UnknownIdea,
    WrongIdeaState,
    WrongPhase,
)
from pb_engine.services import phases, review
from pb_engine.services.ideas import submit_idea, withdraw_idea
from pb_engine.services.outbox import deliver
from pb_engine.services.pages import idea_page, ideas_page
from pb_engine.services.review import Judgement, NewReview
from tests.builders import CALENDAR, DAY, a_draft, a_pass, a_round_in, at

REASON = "Het gaat over verkeer, en dat mag niet."
REJECTED = NewReview(
    "reject",
    (Judgement("R1", review.Colour.GREEN), Judgement("R2", review.Colour.RED, REASON)),
    reason=REASON,
)


@pytest.fixture
def collecting(tmp_path):
    return a_round_in(tmp_path, "ideas")


@pytest.fixture
def reviewing(tmp_path):
    staged = a_round_in(tmp_path, "ideas")
    staged = staged.move_to(CALENDAR.review.start + DAY)
    phases.take_step(staged.engine, staged.slug, "start_review", "team")
    return staged


def page_of(staged, title):
    return idea_page(staged.engine, staged.slug, staged.ideas[title])


def judge(staged, title, new, seen=1):
    return review.judge_idea(
        staged.engine, staged.slug, staged.ideas[title], new, seen, "commissie"
    )


def test_a_submitted_idea_is_listed(collecting):
    made = submit_idea(collecting.engine, collecting.slug, a_draft("Fruitbomen"))
    titles = [idea.title for idea in ideas_page(collecting.engine, collecting.slug).ideas]
    assert titles == ["Bankjes", "Moestuin", "Speeltoestel", "AED", "Fruitbomen"]
    assert made.idea.number == 5


def test_html_and_direction_tricks_are_kept_as_plain_text(collecting):
    title = "<script>alert(1)</script> \u202eneger"
    made = submit_idea(collecting.engine, collecting.slug, a_draft(title))
    assert made.idea.title == "<script>alert(1)</script> neger"


def test_ideas_after_the_last_day_are_refused_even_when_the_clock_job_is_late(collecting):
    late = at(collecting.engine, CALENDAR.ideas.end)
    with pytest.raises(WrongPhase):
        submit_idea(late, collecting.slug, a_draft())


def test_one_address_submits_at_most_the_ideas_that_the_round_allows(collecting):
    mine = a_draft(submitter=Submitter("Sanne", "Sanne@Example.org"))
    for _ in range(3):
        submit_idea(collecting.engine, collecting.slug, mine)
    with pytest.raises(InvalidIdea) as refused:
        submit_idea(collecting.engine, collecting.slug, mine)
    assert refused.value.details["problem"] == "too_many"


def test_a_refused_idea_leaves_nothing_behind(collecting):
    before = ideas_page(collecting.engine, collecting.slug)
    with pytest.raises(InvalidIdea):
        submit_idea(collecting.engine, collecting.slug, a_draft("x" * 1_000_000))
    assert ideas_page(collecting.engine, collecting.slug) == before


def test_the_submitter_withdraws_with_the_idea_code_and_nobody_else(collecting):
    engine, slug = collecting.engine, collecting.slug
    made = submit_idea(engine, slug, a_draft("Fruitbomen"))
    other = submit_idea(engine, slug, a_draft("Vijver"))
    with pytest.raises(UnknownCode):
        withdraw_idea(engine, slug, made.idea.id, other.idea_code)
    with pytest.raises(MistypedCode):
        withdraw_idea(engine, slug, made.idea.id, "1234")
    withdraw_idea(engine, slug, made.idea.id, made.idea_code.lower())
    assert idea_page(engine, slug, made.idea.id).idea.state == "withdrawn"
    with pytest.raises(WrongIdeaState):
        withdraw_idea(engine, slug, made.idea.id, made.idea_code)


@pytest.mark.parametrize("strange", ["", "i99-abc", "../x", "i1' OR 1=1"])
def test_an_unknown_idea_is_said_to_be_unknown(collecting, strange):
    with pytest.raises(UnknownIdea):
        idea_page(collecting.engine, collecting.slug, strange)


def test_the_submitter_sees_the_decision_with_its_reason(reviewing):
    judge(reviewing, "Speeltoestel", REJECTED)
    idea = page_of(reviewing, "Speeltoestel").idea
    assert idea.state == "rejected"
    assert idea.review.reason == REASON
    assert [one.criterion for one in idea.review.judgements if one.colour == "red"] == ["R2"]


def test_a_judgement_can_be_replaced_until_voting_opens(reviewing):
    judge(reviewing, "Speeltoestel", REJECTED)
    judge(reviewing, "Speeltoestel", a_pass(5_000_00), seen=2)
    assert page_of(reviewing, "Speeltoestel").idea.state == "feasible"


def test_two_officials_at_once_do_not_overwrite_each_other(reviewing):
    judge(reviewing, "Bankjes", REJECTED)
    with pytest.raises(ConcurrentEdit):
        judge(reviewing, "Bankjes", a_pass(3_000_00))
    assert page_of(reviewing, "Bankjes").idea.state == "rejected"


def test_a_judgement_without_reason_changes_nothing(reviewing):
    wrong = dataclasses.replace(REJECTED, reason="")
    with pytest.raises(InvalidReview):
        judge(reviewing, "Bankjes", wrong)
    with pytest.raises(InvalidReview):
        judge(reviewing, "Bankjes", dataclasses.replace(REJECTED, outcome="misschien"))
    with pytest.raises(InvalidReview):
        judge(reviewing, "Bankjes", dataclasses.replace(REJECTED, reason="x" * 3000))
    assert page_of(reviewing, "Bankjes").idea.version == 1


def test_ideas_are_not_judged_once_voting_is_open(tmp_path):
    staged = a_round_in(tmp_path, "voting")
    with pytest.raises(WrongPhase):
        judge(staged, "Bankjes", REJECTED, seen=3)


def test_merging_keeps_all_submitters_and_the_lineage(reviewing):
    going, staying = reviewing.ideas["Bankjes"], reviewing.ideas["Moestuin"]
    review.merge_ideas(reviewing.engine, reviewing.slug, going, staying, 1, "commissie")
    assert page_of(reviewing, "Bankjes").merged_into.id == staying
    kept = page_of(reviewing, "Moestuin")
    assert [one.id for one in kept.merged_from] == [going]
    assert kept.idea.version == 2


def test_an_idea_cannot_go_into_itself_or_into_a_merged_idea(reviewing):
    engine, slug, ideas = reviewing.engine, reviewing.slug, reviewing.ideas
    with pytest.raises(WrongIdeaState):
        review.merge_ideas(engine, slug, ideas["AED"], ideas["AED"], 1, "commissie")
    review.merge_ideas(engine, slug, ideas["AED"], ideas["Moestuin"], 1, "commissie")
    with pytest.raises(WrongIdeaState):
        review.merge_ideas(engine, slug, ideas["Bankjes"], ideas["AED"], 1, "commissie")
    with pytest.raises(WrongIdeaState):
        review.merge_ideas(engine, slug, ideas["AED"], ideas["Bankjes"], 2, "commissie")


def letters(staged):
    folder = staged.engine.settings.data_folder / "mail"
    from email import message_from_bytes, policy

    found = (
        message_from_bytes(p.read_bytes(), policy=policy.default) for p in folder.glob("*.eml")
    )
    return sorted((m["To"], m["Subject"], m.get_content()) for m in found)


def test_submitters_with_an_address_get_word_of_the_decision_once(tmp_path):
    staged = a_round_in(tmp_path, "ideas")
    person = Submitter("Sanne", "sanne@example.org")
    made = submit_idea(staged.engine, staged.slug, a_draft("Drempels", submitter=person))
    deliver(staged.engine)
    staged = staged.move_to(CALENDAR.review.start + DAY)
    phases.take_step(staged.engine, staged.slug, "start_review", "team")
    review.judge_idea(staged.engine, staged.slug, made.idea.id, REJECTED, 1, "commissie")
    assert deliver(staged.engine).messages == 1
    assert deliver(staged.engine).messages == 0
    told = letters(staged)
    assert [to for to, _, _ in told] == ["sanne@example.org"] * 2
    decision = next(body for _, subject, body in told if subject.startswith("Besluit"))
    assert REASON in decision
    assert "Spelregel R2" in decision
    assert "14 053" in decision


def test_a_broken_notifier_is_tried_again_and_stops_nobody(tmp_path):
    staged = a_round_in(tmp_path, "ideas")
    person = Submitter("Sanne", "sanne@example.org")
    submit_idea(staged.engine, staged.slug, a_draft("Drempels", submitter=person))

    class Broken:
        def __init__(self, inner):
            self.card, self.settings_schema = inner.card, inner.settings_schema

        def send(self, message, settings):
            raise OSError("the mail server is on fire")

    notifiers = dict(staged.engine.plugins.notifiers)
    notifiers["mail_file"] = Broken(notifiers["mail_file"])
    broken = dataclasses.replace(
        staged.engine, plugins=dataclasses.replace(staged.engine.plugins, notifiers=notifiers)
    )
    assert deliver(broken).messages == 0
    assert deliver(staged.engine).messages == 0  # not before its time
    assert deliver(at(staged.engine, CALENDAR.ideas.start + 2 * DAY)).messages == 1


def test_a_raising_listener_hears_again_and_the_others_hear_once(tmp_path):
    from pb_engine.pluginhost import Listener

    staged = a_round_in(tmp_path, "ideas")
    heard, angry = [], []

    def good(event):
        heard.append(event.number)

    def bad(event):
        angry.append(event.number)
        raise RuntimeError

    listeners = (Listener("boos", bad), Listener("goed", good))
    plugins = dataclasses.replace(staged.engine.plugins, listeners=listeners)
    engine = dataclasses.replace(staged.engine, plugins=plugins)
    deliver(engine)
    deliver(engine)
    assert heard == sorted(set(heard))
    assert len(heard) >= 6
    assert angry == [1, 1]


def test_of_two_officials_who_decide_at_the_same_moment_exactly_one_does(reviewing):
    start, outcomes = Barrier(2), []

    def decide(new):
        start.wait()
        try:
            outcomes.append(judge(reviewing, "Bankjes", new).state)
        except ConcurrentEdit:
            outcomes.append("late")

    threads = [Thread(target=decide, args=(new,)) for new in (REJECTED, a_pass(3_000_00))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert outcomes.count("late") == 1
    found = page_of(reviewing, "Bankjes").idea
    assert (found.state in outcomes, found.version) == (True, 2)
