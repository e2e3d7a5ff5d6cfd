import dataclasses
from datetime import date

import pytest

from pb_engine.domain.ideas import IdeaState, Submitter
from pb_engine.domain.review import Colour, Judgement, Review, ReviewOutcome
from pb_engine.errors import ConcurrentEdit, StoreProblem, UnknownIdea
from pb_engine.units import Cents, IdeaId
from tests.store.examples import OTHER, SLUG, add_round, an_idea

REVIEW = Review(
    outcome=ReviewOutcome.REFER,
    judgements=(
        Judgement("R1", Colour.GREEN),
        Judgement("R2", Colour.ORANGE, "Dit raakt het verkeer in de straat."),
    ),
    reviewed_by="commission_member team",
    reviewed_on=date(2027, 4, 2),
    reason="Verkeer gaat naar de gemeente.",
    suggestion="Zet de bank vijf meter verder.",
    referred_to="verkeer",
    reply_by=date(2027, 4, 30),
    final_cost_cents=Cents(123_45),
)


@pytest.fixture
def filled(site):
    with site.write() as work:
        add_round(work)
        add_round(work, OTHER)
        work.ideas.add(an_idea(1), "tag-1")
        work.commit()
    return site


def test_an_idea_comes_back_with_all_its_submitters(filled):
    with filled.read() as work:
        assert work.ideas.get(SLUG, an_idea().id) == an_idea()
        assert work.ideas.manage_tag(SLUG, an_idea().id) == "tag-1"


def test_an_idea_of_another_round_is_unknown_here(filled):
    with filled.read() as work:
        with pytest.raises(UnknownIdea):
            work.ideas.get(OTHER, an_idea().id)
        with pytest.raises(UnknownIdea):
            work.ideas.manage_tag(OTHER, an_idea().id)


def test_ideas_are_listed_by_number_with_their_own_submitters(filled):
    third = an_idea(3, submitters=(Submitter("Zoë", "zoe@example.org"),))
    second = an_idea(2, submitters=(Submitter("Ali"),), area=None)
    with filled.write() as work:
        work.ideas.add(third, "tag-3")
        work.ideas.add(second, "tag-2")
        work.ideas.add(an_idea(1, OTHER), "tag-4")
        work.commit()
    with filled.read() as work:
        assert work.ideas.all(SLUG) == (an_idea(1), second, third)
        assert work.ideas.all(OTHER) == (an_idea(1, OTHER),)


def test_numbers_count_up_within_a_round(filled):
    with filled.write() as work:
        assert work.ideas.next_number(SLUG) == 2
        assert work.ideas.next_number(OTHER) == 1


def test_a_review_comes_back_as_it_was(filled):
    reviewed = dataclasses.replace(an_idea(), state=IdeaState.REFERRED, review=REVIEW)
    bare = dataclasses.replace(REVIEW, referred_to=None, reply_by=None, final_cost_cents=None)
    with filled.write() as work:
        saved = work.ideas.save(reviewed, seen_version=1)
        assert saved == dataclasses.replace(reviewed, version=2)
        assert work.ideas.get(SLUG, saved.id) == saved
        work.ideas.save(dataclasses.replace(saved, review=bare), seen_version=2)
        assert work.ideas.get(SLUG, saved.id).review == bare


def test_saving_replaces_the_submitters_and_keeps_the_tag(filled):
    merged = dataclasses.replace(
        an_idea(), submitters=(*an_idea().submitters, Submitter("Ali", "ali@example.org"))
    )
    with filled.write() as work:
        work.ideas.save(merged, seen_version=1)
        work.commit()
    with filled.read() as work:
        assert work.ideas.get(SLUG, merged.id).submitters == merged.submitters
        assert work.ideas.manage_tag(SLUG, merged.id) == "tag-1"


def test_who_did_not_see_the_last_version_overwrites_nothing(filled):
    with filled.write() as work:
        work.ideas.save(dataclasses.replace(an_idea(), title="Van de eerste"), seen_version=1)
        work.commit()
    with filled.write() as work:
        with pytest.raises(ConcurrentEdit):
            work.ideas.save(dataclasses.replace(an_idea(), title="Te laat"), seen_version=1)
        work.commit()
    with filled.read() as work:
        kept = work.ideas.get(SLUG, an_idea().id)
    assert (kept.title, kept.version) == ("Van de eerste", 2)


def test_saving_an_idea_that_is_not_there_is_refused(filled):
    with filled.write() as work, pytest.raises(UnknownIdea):
        work.ideas.save(an_idea(9), seen_version=1)


@pytest.mark.parametrize("taken", [an_idea(1, id=IdeaId("nieuw")), an_idea(2, id=an_idea(1).id)])
def test_a_number_and_an_identifier_are_given_once(filled, taken):
    with filled.write() as work, pytest.raises(StoreProblem, match="breaks a rule"):
        work.ideas.add(taken, "tag")


def test_an_address_counts_its_ideas_however_it_is_written(filled):
    theirs = (Submitter("F.", "FATMA@example.ORG "),)
    with filled.write() as work:
        work.ideas.add(an_idea(2, submitters=theirs), "tag")
        work.ideas.add(an_idea(3, submitters=theirs, state=IdeaState.WITHDRAWN), "tag")
        work.ideas.add(an_idea(4, submitters=theirs, state=IdeaState.MERGED), "tag")
        work.ideas.add(an_idea(5, submitters=(Submitter("Fatma"),)), "tag")
        work.ideas.add(an_idea(1, OTHER, submitters=theirs), "tag")
        assert work.ideas.submitted_by(SLUG, " fatma@example.org") == 2
        assert work.ideas.submitted_by(SLUG, "niemand@example.org") == 0
