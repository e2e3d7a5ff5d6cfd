"""Ideas come together or apart with the consent of those who submitted them."""

import re

import pytest

from pb_engine.domain.ideas import Submitter
from pb_engine.domain.review_rules import ReviewRules
from pb_engine.errors import (
    ConcurrentEdit,
    InvalidIdea,
    InvalidTicket,
    NotReady,
    UnknownIdea,
    WrongIdeaState,
)
from pb_engine.services import consents, pages, review
from pb_engine.services.assessing import assess_idea
from pb_engine.services.ideas import submit_idea, withdraw_idea
from pb_engine.services.outbox import deliver
from pb_engine.services.splitting import Part, split_idea
from tests.builders import a_draft, a_pass, a_round, a_round_in
from tests.services.test_assessing import GREEN
from tests.services.test_ideas_and_review import letters

HALVES = (
    Part("Bankjes", "Vier bankjes langs de route.", 1_000_00),
    Part("  Vijver <b>schoon</b> ", "Wij maken samen de vijver schoon.", 500_00),
)


@pytest.fixture
def asking(tmp_path):
    staged = a_round_in(tmp_path, "ideas", round_=a_round(review=ReviewRules(consent=True)))
    draft = a_draft("Fruitbomen", submitter=Submitter("Sanne", "sanne@example.org"))
    staged.ideas["Fruitbomen"] = submit_idea(staged.engine, staged.slug, draft).idea.id
    return staged


def propose(staged, going="Fruitbomen", into="Moestuin"):
    ideas = staged.ideas
    return consents.propose_merge(staged.engine, staged.slug, ideas[going], ideas[into], "ank")


def merge(staged, going="Fruitbomen", into="Moestuin"):
    ideas = staged.ideas
    return review.merge_ideas(staged.engine, staged.slug, ideas[going], ideas[into], 1, "ank")


def link_of(staged):
    deliver(staged.engine)
    (body,) = [body for _, _, body in letters(staged) if "/samenvoegen/" in body]
    return re.search(r"/samenvoegen/(\S+)", body)[1]


def asked(staged):
    return consents.asked_of(staged.engine, staged.slug, staged.ideas["Fruitbomen"])


def test_ideas_are_merged_when_every_submitter_agreed_by_link_or_at_the_desk(asking):
    with pytest.raises(NotReady) as refused:
        merge(asking)
    assert refused.value.details["missing"] == 2
    assert (propose(asking), propose(asking)) == (2, 0)
    consents.answer_consent(asking.engine, link_of(asking), agreed=True)
    with pytest.raises(NotReady):
        merge(asking)
    (open_one,) = [one for one in asked(asking) if one.consent.state == "asked"]
    consents.record_consent(asking.engine, asking.slug, open_one.consent.id, "ank", agreed=True)
    assert merge(asking).id == asking.ideas["Moestuin"]
    assert {one.consent.decided_by for one in asked(asking)} == {"resident", "ank"}
    with pytest.raises(WrongIdeaState):
        consents.record_consent(
            asking.engine, asking.slug, open_one.consent.id, "ank", agreed=False
        )


def test_one_refusal_keeps_ideas_apart_until_it_changes(asking):
    propose(asking)
    for one in asked(asking):
        consents.record_consent(asking.engine, asking.slug, one.consent.id, "ank", agreed=True)
    sealed = link_of(asking)
    consents.answer_consent(asking.engine, sealed, agreed=False)
    with pytest.raises(NotReady):
        merge(asking)
    consents.answer_consent(asking.engine, sealed, agreed=True)
    assert merge(asking).version == 2


def test_a_link_that_was_changed_and_a_question_of_another_round_are_refused(asking):
    propose(asking)
    with pytest.raises(InvalidTicket):
        consents.answer_consent(asking.engine, link_of(asking)[:-2] + "xx", agreed=True)
    other = a_round_in(asking.engine, "ideas", round_=a_round(slug="ander-2027"))
    consent = asked(asking)[0].consent
    with pytest.raises(UnknownIdea):
        consents.record_consent(other.engine, other.slug, consent.id, "ank", agreed=True)


def test_a_round_that_does_not_ask_for_consent_merges_as_before(tmp_path):
    staged = a_round_in(tmp_path, "ideas")
    assert merge(staged, "AED").id == staged.ideas["Moestuin"]


def split(staged, parts=HALVES, seen=1, agreed=True, title="Bankjes"):
    return split_idea(
        staged.engine, staged.slug, staged.ideas[title], parts, seen, "ank", agreed=agreed
    )


def test_a_split_idea_keeps_its_submitters_its_code_and_its_lineage(asking):
    engine, slug = asking.engine, asking.slug
    made = submit_idea(engine, slug, a_draft("Park", submitter=Submitter("S", "s@example.org")))
    asking.ideas["Park"] = made.idea.id
    new = split(asking, title="Park")
    first = pages.idea_page(engine, slug, made.idea.id)
    second = pages.idea_page(engine, slug, new.id)
    assert (first.idea.title, first.idea.cost_cents, first.idea.version) == ("Bankjes", 100000, 2)
    assert second.idea.title == "Vijver <b>schoon</b>"
    assert second.idea.submitters == first.idea.submitters
    assert (second.split_from, first.split_into) == (first.idea, (second.idea,))
    deliver(engine)
    assert any("twee ideeën gemaakt" in body for _, _, body in letters(asking))
    withdraw_idea(engine, slug, new.id, made.idea_code)


def test_a_split_waits_for_consent_and_for_two_ideas_that_fit_the_round(asking):
    with pytest.raises(NotReady):
        split(asking, agreed=False)
    wrong = (Part("", "kort", None), Part("Vijver", "Wij maken hem schoon.", 1))
    with pytest.raises(InvalidIdea) as refused:
        split(asking, wrong)
    listed = refused.value.details["all"].split()
    assert [one.rsplit(":", 1)[0] for one in listed] == [
        "title_1:too_short",
        "description_1:too_short",
        "cost_1:not_money",
        "cost_2:too_low",
    ]
    with pytest.raises(ConcurrentEdit):
        split(asking, seen=7)
    assert len(pages.ideas_page(asking.engine, asking.slug).ideas) == 5


def test_a_decided_idea_is_not_split_and_a_split_one_is_assessed_anew(tmp_path):
    staged = a_round_in(tmp_path, "ideas", round_=a_round(review=ReviewRules(assessors=1)))
    idea = staged.ideas["Bankjes"]
    assess_idea(staged.engine, staged.slug, idea, GREEN, 0, "bram")
    split(staged)
    with staged.engine.stores.site.read() as work:
        assert work.assessments.of_idea(idea) == ()
    assess_idea(staged.engine, staged.slug, idea, GREEN, 0, "bram")
    review.judge_idea(staged.engine, staged.slug, idea, a_pass(1_000_00), 2, "bram")
    with pytest.raises(WrongIdeaState):
        split(staged, seen=3)
