"""Ideas come together or apart with the consent of those who submitted them."""

import dataclasses
import re

import pytest

from pb_engine.domain.ideas import Submitter
from pb_engine.domain.review_rules import ReviewRules
from pb_engine.errors import (
    ConcurrentEdit,
    InvalidIdea,
    InvalidReview,
    InvalidTicket,
    NotAllowed,
    NotReady,
    UnknownIdea,
    WrongIdeaState,
)
from pb_engine.services import consents, pages, review, split_consents
from pb_engine.services.assessing import assess_idea, declare_interest
from pb_engine.services.ideas import submit_idea, withdraw_idea
from pb_engine.services.outbox import deliver
from pb_engine.services.split_consents import Part, Said
from pb_engine.services.splitting import split_idea
from pb_engine.units import RoundId
from tests.builders import CALENDAR, DAY, a_draft, a_pass, a_round, a_round_in
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


def said(agreed=True, way="phone", words="Dat is prima zo.", days=0):
    return Said(agreed, way, CALENDAR.ideas.opens + days * DAY, words)


def ask(staged, title="Bankjes", parts=HALVES, seen=1):
    idea = staged.ideas[title]
    return split_consents.propose_split(staged.engine, staged.slug, idea, parts, seen, "ank")


def page_of(staged, title="Bankjes"):
    return split_consents.split_page(staged.engine, staged.slug, staged.ideas[title])


def record(staged, consent, answer):
    split_consents.record_split_consent(staged.engine, staged.slug, consent.id, answer, "ank")


def agreed_by_all(staged, idea, parts=HALVES, seen=1):
    split_consents.propose_split(staged.engine, staged.slug, idea, parts, seen, "ank")
    for one in split_consents.split_page(staged.engine, staged.slug, idea).asked:
        record(staged, one.consent, said())


def split(staged, seen=1, title="Bankjes"):
    return split_idea(staged.engine, staged.slug, staged.ideas[title], seen, "ank")


def split_links(staged):
    deliver(staged.engine)
    found = [re.search(r"/splitsen/(\S+)", body) for _, _, body in letters(staged)]
    return [one[1] for one in found if one]


@pytest.fixture
def together(asking):
    """An idea of two submitters: Sanne has e-mail, Mo has none."""
    sanne = Submitter("Sanne", "sanne@example.org")
    draft = a_draft("Park", submitter=sanne, others=("Mo",))
    made = submit_idea(asking.engine, asking.slug, draft)
    asking.ideas["Park"] = made.idea.id
    return asking, made


def test_an_idea_is_split_when_all_agreed_by_link_or_by_what_an_official_wrote_down(together):
    staged, made = together
    with pytest.raises(NotReady) as refused:
        split(staged, title="Park")
    assert refused.value.details["problem"] == "split_proposal"
    assert ask(staged, "Park") == 2
    (sealed,) = split_links(staged)
    assert "‘Bankjes’ en ‘Vijver <b>schoon</b>’" in letters(staged)[0][2]
    with pytest.raises(NotReady) as refused:
        split(staged, title="Park")
    assert refused.value.details["missing"] == 2
    split_consents.answer_split(staged.engine, sealed, agreed=True)
    mo = next(one for one in page_of(staged, "Park").asked if not one.by_mail)
    assert mo.name == "Mo"
    record(staged, mo.consent, said(words="Ja hoor, doe maar."))
    mine, its = page_of(staged, "Park").asked
    assert (mine.consent.way, mine.consent.decided_by) == ("link", "resident")
    assert (its.consent.way, its.consent.words) == ("phone", "Ja hoor, doe maar.")
    assert its.consent.decided_on == CALENDAR.ideas.opens
    new = split(staged, title="Park")
    first = pages.idea_page(staged.engine, staged.slug, made.idea.id)
    second = pages.idea_page(staged.engine, staged.slug, new.id)
    assert (first.idea.title, first.idea.cost_cents, first.idea.version) == ("Bankjes", 100000, 2)
    assert second.idea.title == "Vijver <b>schoon</b>"
    assert second.idea.submitters == first.idea.submitters
    assert (second.split_from, first.split_into) == (first.idea, (second.idea,))
    deliver(staged.engine)
    assert any("twee ideeën gemaakt" in body for _, _, body in letters(staged))
    withdraw_idea(staged.engine, staged.slug, new.id, made.idea_code)


def test_a_consent_is_for_these_parts_and_for_one_split(together):
    staged, _ = together
    ask(staged, "Park")
    (sealed,) = split_links(staged)
    split_consents.answer_split(staged.engine, sealed, agreed=True)
    assert ask(staged, "Park") == 0
    assert page_of(staged, "Park").missing == 1
    other = (HALVES[0], dataclasses.replace(HALVES[1], title="Een vijver"))
    assert ask(staged, "Park", other) == 2
    assert page_of(staged, "Park").missing == 2
    with pytest.raises(InvalidTicket):
        split_consents.answer_split(staged.engine, sealed, agreed=True)
    for one in page_of(staged, "Park").asked:
        record(staged, one.consent, said())
    split(staged, title="Park")
    with pytest.raises(NotReady):
        split(staged, seen=2, title="Park")
    with pytest.raises(WrongIdeaState):
        record(staged, one.consent, said())
    assert ask(staged, "Park", other, seen=2) == 2


def test_one_refusal_keeps_an_idea_whole_until_it_changes(together):
    staged, _ = together
    ask(staged, "Park")
    (sealed,) = split_links(staged)
    for one in page_of(staged, "Park").asked:
        record(staged, one.consent, said())
    split_consents.answer_split(staged.engine, sealed, agreed=False)
    with pytest.raises(NotReady):
        split(staged, title="Park")
    split_consents.answer_split(staged.engine, sealed, agreed=True)
    split(staged, title="Park")


def test_a_submitter_who_came_by_a_merger_is_asked_too(together):
    staged, made = together
    ask(staged, "Park")
    for one in page_of(staged, "Park").asked:
        record(staged, one.consent, said())
    with staged.engine.stores.site.write() as work:
        idea = work.ideas.get(RoundId(staged.slug), made.idea.id)
        more = dataclasses.replace(idea, submitters=(*idea.submitters, Submitter("Ali")))
        work.ideas.save(more, 1)
        work.commit()
    with pytest.raises(NotReady):
        split(staged, seen=2, title="Park")
    assert ask(staged, "Park", seen=2) == 1


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (said(way=""), "consent_way"),
        (said(way="link"), "consent_way"),
        (said(words="ja"), "consent_words"),
        (said(words="o" * 501), "consent_words"),
        (said(days=900), "consent_day"),
        (dataclasses.replace(said(), said_on=None), "consent_day"),
    ],
)
def test_what_was_said_is_written_down_whole(together, answer, problem):
    staged, _ = together
    ask(staged, "Park")
    (one, _) = page_of(staged, "Park").asked
    with pytest.raises(InvalidReview) as refused:
        record(staged, one.consent, answer)
    assert refused.value.details["problem"] == problem
    assert page_of(staged, "Park").missing == 2


def test_an_official_with_an_interest_writes_down_no_consent(together):
    staged, made = together
    ask(staged, "Park")
    declare_interest(staged.engine, staged.slug, made.idea.id, "Ik woon ernaast.", "piet")
    (one, _) = page_of(staged, "Park").asked
    with pytest.raises(NotAllowed):
        split_consents.record_split_consent(
            staged.engine, staged.slug, one.consent.id, said(), "piet"
        )


def test_a_link_about_a_merger_answers_no_split_and_the_other_way_round(together):
    staged, _ = together
    ask(staged, "Park")
    (about_split,) = split_links(staged)
    propose(staged, going="Park")
    about_merger = link_of(staged)
    with pytest.raises(InvalidTicket):
        split_consents.answer_split(staged.engine, about_merger, agreed=True)
    with pytest.raises(InvalidTicket):
        consents.answer_consent(staged.engine, about_split, agreed=True)
    asked = consents.asked_of(staged.engine, staged.slug, staged.ideas["Park"])
    assert {one.staying.title for one in asked} == {"Moestuin"}


def test_a_split_waits_for_two_ideas_that_fit_the_round(asking):
    wrong = (Part("", "kort", None), Part("Vijver", "Wij maken hem schoon.", 1))
    with pytest.raises(InvalidIdea) as refused:
        ask(asking, parts=wrong)
    listed = refused.value.details["all"].split()
    assert [one.rsplit(":", 1)[0] for one in listed] == [
        "title_1:too_short",
        "description_1:too_short",
        "cost_1:not_money",
        "cost_2:too_low",
    ]
    with pytest.raises(ConcurrentEdit):
        ask(asking, seen=7)
    agreed_by_all(asking, asking.ideas["Bankjes"])
    with pytest.raises(ConcurrentEdit):
        split(asking, seen=7)
    assert len(pages.ideas_page(asking.engine, asking.slug).ideas) == 5


def test_a_decided_idea_is_not_split_and_a_split_one_is_assessed_anew(tmp_path):
    staged = a_round_in(tmp_path, "ideas", round_=a_round(review=ReviewRules(assessors=1)))
    idea = staged.ideas["Bankjes"]
    assess_idea(staged.engine, staged.slug, idea, GREEN, 0, "bram")
    agreed_by_all(staged, idea)
    split(staged)
    with staged.engine.stores.site.read() as work:
        assert work.assessments.of_idea(idea) == ()
    assess_idea(staged.engine, staged.slug, idea, GREEN, 0, "bram")
    review.judge_idea(staged.engine, staged.slug, idea, a_pass(1_000_00), 2, "bram")
    with pytest.raises(WrongIdeaState):
        ask(staged, seen=3)
    with pytest.raises(WrongIdeaState):
        split(staged, seen=3)
