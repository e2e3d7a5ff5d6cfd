"""Members of the commission assess alone, and nobody judges what is partly their own."""

import dataclasses

import pytest

from pb_engine.domain.ideas import Submitter
from pb_engine.domain.review_rules import ReviewRules
from pb_engine.errors import (
    ConcurrentEdit,
    InvalidReview,
    NotAllowed,
    NotReady,
    WrongIdeaState,
    WrongPhase,
)
from pb_engine.services import review
from pb_engine.services.assessing import NewAssessment, assess_idea, assessed, declare_interest
from pb_engine.services.ideas import submit_idea
from pb_engine.services.officials import add_official
from pb_engine.services.review import Colour, Judgement
from tests.builders import a_draft, a_pass, a_round, a_round_in

WHY = "Dit gaat vooral over verkeer."
GREEN = NewAssessment("pass", (Judgement("R1", Colour.GREEN), Judgement("R2", Colour.GREEN)))
RED = NewAssessment(
    "reject",
    (Judgement("R1", Colour.GREEN), Judgement("R2", Colour.RED, WHY)),
    suggestion="Vraag het de verkeerskundige.",
    note="Bellen met de school.",
)


@pytest.fixture
def collecting(tmp_path):
    return a_round_in(tmp_path, "ideas", round_=a_round(review=ReviewRules(assessors=2)))


def give(staged, member, given=GREEN, seen=0, title="Bankjes"):
    return assess_idea(staged.engine, staged.slug, staged.ideas[title], given, seen, member)


def seen_by(staged, member, title="Bankjes"):
    return assessed(staged.engine, staged.slug, staged.ideas[title], member)


def decide(staged, by="ank", new=None, seen=1, title="Bankjes"):
    idea = staged.ideas[title]
    return review.judge_idea(staged.engine, staged.slug, idea, new or a_pass(3_000_00), seen, by)


def test_a_decision_waits_for_as_many_assessments_as_the_round_asks_for(collecting):
    give(collecting, "ank")
    with pytest.raises(NotReady) as refused:
        decide(collecting)
    assert refused.value.details["missing"] == 1
    give(collecting, "bram")
    assert decide(collecting).review.assessed_by == ("ank", "bram")


def test_a_third_member_looks_when_two_differ(collecting):
    give(collecting, "ank")
    give(collecting, "bram", RED)
    assert (seen_by(collecting, "ank").missing, seen_by(collecting, "ank").differ) == (1, True)
    with pytest.raises(NotReady):
        decide(collecting)
    give(collecting, "chaima")
    assert decide(collecting).state == "feasible"


def test_a_round_that_asks_for_no_assessments_decides_as_before(tmp_path):
    staged = a_round_in(tmp_path, "ideas")
    assert decide(staged).state == "feasible"
    with pytest.raises(WrongIdeaState):
        give(staged, "ank", title="Moestuin")


def test_nobody_sees_the_others_before_having_a_view_of_their_own(collecting):
    give(collecting, "ank", RED)
    assert (seen_by(collecting, "bram").shown, seen_by(collecting, "bram").made) == ((), 1)
    give(collecting, "bram", RED)
    (other,) = seen_by(collecting, "bram").shown
    assert (other.member, other.note) == ("ank", "")
    assert seen_by(collecting, "ank").mine.note == "Bellen met de school."


def test_the_decision_is_proposed_with_the_worst_colour_and_every_reason(collecting):
    for member, given in (("ank", GREEN), ("bram", RED), ("chaima", RED)):
        give(collecting, member, given)
    proposed = seen_by(collecting, "ank").proposal
    assert proposed.outcome is None
    assert proposed.judgements[1] == Judgement("R2", Colour.RED, WHY)
    assert proposed.suggestion == RED.suggestion


def test_a_member_changes_an_assessment_but_not_from_an_old_window(collecting):
    give(collecting, "ank")
    assert give(collecting, "ank", RED, seen=1).version == 2
    for stale in (0, 1):
        with pytest.raises(ConcurrentEdit):
            give(collecting, "ank", seen=stale)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (dataclasses.replace(RED, judgements=RED.judgements[:1]), "criterion"),
        (
            NewAssessment("reject", (GREEN.judgements[0], Judgement("R2", Colour.RED))),
            "criterion_reason",
        ),
        (dataclasses.replace(GREEN, outcome="reject"), "colours_reject"),
        (dataclasses.replace(RED, outcome="zomaar"), "outcome"),
        (dataclasses.replace(RED, note="x" * 2001), "too_long"),
    ],
)
def test_an_incomplete_assessment_is_not_kept(collecting, wrong, problem):
    with pytest.raises(InvalidReview) as refused:
        give(collecting, "ank", wrong)
    assert refused.value.details["problem"] == problem
    assert seen_by(collecting, "ank").made == 0


def test_who_declares_an_interest_neither_assesses_nor_decides_and_the_decision_says_so(
    collecting,
):
    engine, slug, idea = collecting.engine, collecting.slug, collecting.ideas["Bankjes"]
    give(collecting, "dirk", RED)
    declare_interest(engine, slug, idea, "Mijn zus stuurde dit in.", "dirk")
    declare_interest(engine, slug, idea, "Nog een keer.", "dirk")
    assert seen_by(collecting, "ank").made == 0
    for act in (lambda: give(collecting, "dirk"), lambda: decide(collecting, "dirk")):
        with pytest.raises(NotAllowed):
            act()
    for member in ("ank", "bram"):
        give(collecting, member)
    assert decide(collecting).review.abstained == ("dirk",)
    with engine.stores.site.read() as work:
        told = work.log.of_idea(slug, idea, ("interest_declared",))
    assert [entry.event.by for entry in told] == ["dirk"]


def test_a_submitter_in_the_commission_does_not_judge_the_own_idea(collecting):
    engine, slug = collecting.engine, collecting.slug
    add_official(engine, "ank@example.org", "ank", ["commission_member"], "$hash", "team")
    mine = a_draft("Van Ank", submitter=Submitter("A. Jansen", "Ank@Example.org"))
    named = a_draft("Van Bram", submitter=Submitter("Bram"))
    for draft, member in ((mine, "ank"), (named, "bram")):
        idea = submit_idea(engine, slug, draft).idea.id
        with pytest.raises(NotAllowed) as refused:
            assess_idea(engine, slug, idea, GREEN, 0, member)
        assert refused.value.details["problem"] == "own_idea"
        with pytest.raises(NotAllowed):
            review.merge_ideas(engine, slug, idea, collecting.ideas["AED"], 1, member)


def test_nothing_is_assessed_after_the_decision_or_the_opening_of_the_vote(collecting, tmp_path):
    for member in ("ank", "bram"):
        give(collecting, member)
    decide(collecting)
    with pytest.raises(WrongIdeaState):
        give(collecting, "chaima")
    voting = a_round_in(tmp_path / "later", "voting")
    with pytest.raises(WrongPhase):
        give(voting, "ank")
    with pytest.raises(WrongPhase):
        declare_interest(voting.engine, voting.slug, voting.ideas["AED"], "Ik woon ernaast.", "ank")
