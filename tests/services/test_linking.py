"""Ideas that exclude or need each other, from the desk to the recount."""

import dataclasses

import pytest

from pb_engine.cli.recount import by_plugin
from pb_engine.domain.ideas import Submitter
from pb_engine.domain.rounds import PluginChoice
from pb_engine.errors import (
    InvalidReview,
    NotAllowed,
    NotReady,
    RecountDiffers,
    UnknownIdea,
    WrongIdeaState,
    WrongPhase,
)
from pb_engine.services import (
    counting,
    linking,
    pages,
    phases,
    placards,
    rehearsal,
    round_drafts,
    rounds,
)
from pb_engine.services.assessing import declare_interest
from pb_engine.services.ideas import submit_idea, withdraw_idea
from pb_engine.services.paper.printing import _linked
from pb_engine.services.publication import published_record
from pb_engine.services.review import Colour, Judgement, NewReview, judge_idea, merge_ideas
from pb_engine.services.rules import frozen_methods
from pb_engine.services.split_consents import Part
from pb_engine.services.splitting import split_idea
from pb_engine.tallying.pabulib import pabulib_bytes
from pb_engine.tallying.record import read_record, record_bytes
from pb_engine.tallying.recount import recount
from pb_engine.units import RoundId
from tests.builders import CALENDAR, DAY, _cast_all, a_draft, a_round, a_round_in, adopt_and_publish
from tests.services.test_consents import agreed_by_all
from tests.services.test_ideas_and_review import REASON, REJECTED

WHY = "Ze staan op dezelfde plek in het park."


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path, "review")


def link(staged, mine="Bankjes", kind="exclusive", other="AED", by="kim", reason=WHY):
    ideas = staged.ideas
    return linking.link_ideas(
        staged.engine, staged.slug, ideas[mine], kind, ideas[other], reason, by
    )


def links(staged, title="Bankjes"):
    return linking.links_page(staged.engine, staged.slug, staged.ideas[title]).links


def events(staged, *names):
    with staged.engine.stores.site.read() as work:
        return [one.event for one in work.log.entries() if one.event.name in names]


def test_both_ideas_show_the_link_and_the_log_holds_it(staged):
    link(staged, kind="needs")
    (mine,), (its,) = links(staged), links(staged, "AED")
    assert (mine.kind, its.kind) == ("needs", "needed")
    assert (mine.title, its.title, mine.reason) == ("AED", "Bankjes", WHY)
    page = pages.idea_page(staged.engine, staged.slug, staged.ideas["AED"])
    assert page.links == (its,)
    (event,) = events(staged, "ideas_linked")
    assert event.facts["link"] == "needs"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"kind": "liever"}, "link_kind"),
        ({"reason": "Zomaar"}, "link_reason"),
        ({"reason": "o" * 301}, "link_reason"),
    ],
)
def test_a_link_without_kind_or_reason_is_refused(staged, changes, problem):
    with pytest.raises(InvalidReview) as refused:
        link(staged, **changes)
    assert refused.value.details["problem"] == problem
    assert links(staged) == ()


def test_an_official_with_an_interest_excludes_no_rival(staged):
    declare_interest(staged.engine, staged.slug, staged.ideas["AED"], "Ik woon ernaast.", "kim")
    with pytest.raises(NotAllowed):
        link(staged)
    link(staged, by="ank")
    with pytest.raises(NotAllowed):
        linking.unlink_ideas(staged.engine, staged.slug, links(staged)[0].link, "kim")


def test_a_link_is_taken_away_and_one_of_another_round_is_not(staged):
    made = link(staged)
    with pytest.raises(UnknownIdea):
        linking.unlink_ideas(staged.engine, staged.slug, "geen", "kim")
    linking.unlink_ideas(staged.engine, staged.slug, made.id, "kim")
    assert links(staged) == ()
    (event,) = events(staged, "ideas_unlinked")
    assert event.facts["cause"] == "official"


def reject(staged, idea):
    judge_idea(staged.engine, staged.slug, idea, REJECTED, 2, "commissie")


def merge(staged, idea):
    merge_ideas(staged.engine, staged.slug, idea, staged.ideas["Moestuin"], 2, "commissie")


@pytest.mark.parametrize(("act", "cause"), [(reject, "rejected"), (merge, "merged")])
def test_an_idea_that_goes_on_no_more_drops_its_links(staged, act, cause):
    link(staged)
    link(staged, mine="Moestuin", kind="needs", other="Bankjes")
    link(staged, mine="Moestuin", kind="exclusive", other="Speeltoestel")
    act(staged, staged.ideas["Bankjes"])
    dropped = events(staged, "ideas_unlinked")
    assert [one.facts["cause"] for one in dropped] == [cause, cause]
    assert links(staged, "AED") == ()
    assert [one.title for one in links(staged, "Moestuin")] == ["Speeltoestel"]
    with pytest.raises(WrongIdeaState):
        link(staged)


def test_an_idea_that_is_withdrawn_or_split_drops_its_links(tmp_path):
    staged = a_round_in(tmp_path, "ideas")
    made = submit_idea(staged.engine, staged.slug, a_draft("Fruit", submitter=Submitter("Sanne")))
    staged.ideas["Fruit"] = made.idea.id
    link(staged, mine="Fruit")
    withdraw_idea(staged.engine, staged.slug, made.idea.id, made.idea_code)
    assert links(staged, "AED") == ()
    link(staged)
    halves = (
        Part("Bankjes", "Vier bankjes hier.", 1_000_00),
        Part("Pad", "Een nieuw pad.", 500_00),
    )
    agreed_by_all(staged, staged.ideas["Bankjes"], halves)
    split_idea(staged.engine, staged.slug, staged.ideas["Bankjes"], 1, "kim")
    causes = [one.facts["cause"] for one in events(staged, "ideas_unlinked")]
    assert causes == ["withdrawn", "split"]


def open_voting(staged):
    staged = staged.move_to(CALENDAR.voting.start + DAY)
    phases.take_step(staged.engine, staged.slug, "open_voting", "team")
    return staged


def test_voting_opens_only_after_a_rehearsal_with_the_link(staged):
    link(staged)
    with pytest.raises(NotReady) as refused:
        open_voting(staged)
    assert refused.value.details["problem"] == "not_rehearsed"
    found = rehearsal.keep_rehearsal(staged.engine, staged.slug, "team")
    assert {one.level for one in found.findings if one.check == "links"} == {"good", "note"}
    later = open_voting(staged)
    with pytest.raises(WrongPhase):
        link(later, mine="Moestuin")
    with pytest.raises(WrongPhase):
        linking.unlink_ideas(later.engine, later.slug, links(later)[0].link, "kim")
    (line,) = [
        one
        for one in placards.ballot_page(later.engine, later.slug).projects
        if one.title == "Bankjes"
    ]
    assert [(one.kind, one.title, one.reason) for one in line.links] == [("exclusive", "AED", WHY)]
    assert _linked(line) == " (niet allebei met nr. 4)"


def test_a_method_that_knows_no_links_keeps_voting_closed_and_the_desk_says_so(tmp_path):
    method = PluginChoice("equal_shares", {"completion": "none"})
    round_ = a_round(voting_method=method, compared_methods=())
    staged = a_round_in(tmp_path, "review", round_=round_)
    page = linking.links_page(staged.engine, staged.slug, staged.ideas["AED"])
    assert not page.counted
    link(staged)
    with pytest.raises(NotReady) as refused:
        rehearsal.keep_rehearsal(staged.engine, staged.slug, "team")
    assert refused.value.details["check"] == "links"
    with pytest.raises(NotReady) as refused:
        open_voting(staged)
    assert refused.value.details["check"] == "links"
    linking.unlink_ideas(staged.engine, staged.slug, links(staged)[0].link, "kim")
    rehearsal.keep_rehearsal(staged.engine, staged.slug, "team")
    open_voting(staged)


def test_an_idea_that_needs_one_which_is_not_on_the_paper_keeps_voting_closed(staged):
    link(staged, kind="needs")
    passed_on = NewReview(
        "refer",
        (Judgement("R1", Colour.GREEN), Judgement("R2", Colour.RED, REASON)),
        reason=REASON,
        referred_to="verkeer",
    )
    judge_idea(staged.engine, staged.slug, staged.ideas["AED"], passed_on, 2, "commissie")
    with pytest.raises(NotReady) as refused:
        rehearsal.keep_rehearsal(staged.engine, staged.slug, "team")
    assert refused.value.details["check"] == "links"
    assert "AED" not in str(refused.value)


VOTES = {"Speeltoestel": 4, "Moestuin": 3, "Bankjes": 2, "AED": 1}


def result(folder, *wanted):
    """Vote, count and publish with these links; return the record and the titles that won."""
    staged = a_round_in(folder, "review", codes=1)
    for mine, kind, other in wanted:
        link(staged, mine, kind, other)
    rehearsal.keep_rehearsal(staged.engine, staged.slug, "team")
    staged = open_voting(staged)
    _cast_all(staged, VOTES)
    staged = staged.move_to(CALENDAR.voting.end + DAY / 4)
    phases.take_step(staged.engine, staged.slug, "close_voting", "team")
    for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
        step(staged.engine, staged.slug, "team")
    record, _ = published_record(staged.engine, staged.slug)
    titles = {idea: title for title, idea in staged.ideas.items()}
    why = {titles[str(one)]: said.sentence.nl for one, said in record.explanations.items()}
    return record, {titles[str(one)] for one in record.outcome.selected}, why


def test_the_outcome_its_reasons_and_the_recount_know_the_links(tmp_path):
    plain, won, _ = result(tmp_path / "plain")
    assert won == {"Speeltoestel", "Moestuin"}
    linked, won, why = result(
        tmp_path / "linked",
        ("Moestuin", "exclusive", "Speeltoestel"),
        ("AED", "needs", "Moestuin"),
    )
    assert won == {"Speeltoestel", "Bankjes"}
    assert "Speeltoestel’ gaat door en ze kunnen niet allebei" in why["Moestuin"]
    assert "kan alleen samen met" in why["AED"]
    assert len(linked.method.settings["exclusive"]) == 1
    assert len(linked.method.settings["conditions"]) == 1
    recount(read_record(record_bytes(linked)), by_plugin)
    forgetful = dataclasses.replace(
        linked, method=dataclasses.replace(linked.method, settings=plain.method.settings)
    )
    with pytest.raises(RecountDiffers):
        recount(forgetful, by_plugin)
    assert b"exclude or need each other" in pabulib_bytes(linked)
    assert b"exclude or need each other" not in pabulib_bytes(plain)


def test_an_amendment_while_voting_keeps_the_links(staged):
    link(staged)
    rehearsal.keep_rehearsal(staged.engine, staged.slug, "team")
    staged = open_voting(staged)
    text = rounds.export_round(staged.engine, staged.slug)
    moved = text.replace("Langestraat 24", "Langestraat 25")
    rounds.amend_rules(staged.engine, staged.slug, moved, "Het loket verhuist.", "team")
    with staged.engine.stores.site.read() as work:
        frozen = work.freezes.all(RoundId(staged.slug))
    found = [frozen_methods(one)[0] for one in frozen if one.moment in {"voting", "amendment"}]
    assert found[0] == found[1]
    assert len(found[0].settings["exclusive"]) == 1
    (line,) = [
        one
        for one in placards.ballot_page(staged.engine, staged.slug).projects
        if one.title == "AED"
    ]
    assert [one.title for one in line.links] == ["Bankjes"]


def test_a_copied_round_takes_over_no_links_to_ideas_that_it_does_not_have(staged):
    link(staged)
    rehearsal.keep_rehearsal(staged.engine, staged.slug, "team")
    staged = open_voting(staged)
    draft = round_drafts.copy_as_draft(staged.engine, staged.slug, "kim")
    method = round_drafts.one_draft(staged.engine, draft).document["voting_method"]
    assert "exclusive" not in method.get("settings", {})
