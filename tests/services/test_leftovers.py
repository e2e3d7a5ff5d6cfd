"""Money that is left: it goes back or is saved, to the cent, and is used once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pb_engine.domain.leftovers import UNDIVIDED, Fate, SavedShare
from pb_engine.domain.round_document import read_round, round_document
from pb_engine.domain.rounds import Fund, FundSource
from pb_engine.errors import ConcurrentEdit, InvalidIdea, InvalidRound, NotReady, RulesFrozen
from pb_engine.services import leftovers, phases, reports, rounds
from pb_engine.services.delivery import NewPayment, note_payment, take_back_payment
from pb_engine.services.documents.library import document_of
from pb_engine.services.leftovers import (
    NewLeftover,
    decide_leftover,
    leftover_lines,
    take_back_leftover,
)
from pb_engine.services.progress import NewProgress, tell_progress, works_page
from pb_engine.services.round_files import round_text
from pb_engine.services.saving import saved_money
from pb_engine.units import AreaId, Cents, RoundId
from tests.builders import a_round, a_round_in, at, calendar_in

SAVE = NewLeftover("saved", "Een speelplein", 3)
BACK = NewLeftover("returns", "", None)
AREAS = frozenset({AreaId("mekkelholt")})


@pytest.fixture
def over(tmp_path):
    votes = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
    return a_round_in(tmp_path, "published", votes=votes)


def line(over, part=UNDIVIDED):
    page = works_page(over.engine, over.slug)
    return next(one for one in leftover_lines(over.engine, page) if one.part == part)


def work_ends(over, idea, spent):
    today = over.engine.today()
    card = next(c for c in works_page(over.engine, over.slug).works if c.work.idea == idea)
    seen = card.work.version
    note_payment(over.engine, over.slug, idea, NewPayment(today, spent, "Hout"), seen, "kim")
    told = NewProgress("ready", "", None, "Klaar.")
    tell_progress(over.engine, over.slug, idea, told, seen + 1, "kim")


def next_round(*shares, slug="proef-2028", year=2028, budget=20_000_00, **more):
    fund = Fund(FundSource.SAVED, Cents(budget), saved=tuple(shares))
    return a_round(slug=RoundId(slug), fund=fund, calendar=calendar_in(year), **more)


def saved(over, seen=0):
    return decide_leftover(over.engine, over.slug, UNDIVIDED, SAVE, seen, "kim")


def test_what_an_idea_did_not_spend_is_settled_to_the_cent_when_its_work_has_ended(over):
    idea = over.ideas["Bankjes"]
    work_ends(over, idea, 2_950_49)
    kept = decide_leftover(over.engine, over.slug, idea, SAVE, 0, "kim")
    assert (kept.cents, kept.fate) == (49_51, Fate.SAVED)
    assert kept.until == date(2030, 5, 31)
    assert line(over, idea).settled


def test_work_that_goes_on_has_a_plan_until_the_amount_is_known(over):
    idea = over.ideas["Bankjes"]
    planned = decide_leftover(over.engine, over.slug, idea, SAVE, 0, "kim")
    assert (planned.settled_on, planned.cents, planned.until) == (None, 0, None)
    assert saved_money(over.engine, AREAS) == ()
    work_ends(over, idea, 1)
    settled = decide_leftover(over.engine, over.slug, idea, BACK, 1, "kim")
    assert settled.cents == 3_000_00 - 1


def test_after_the_amount_is_settled_nothing_can_be_spent_or_decided_until_it_is_taken_back(over):
    idea = over.ideas["Bankjes"]
    work_ends(over, idea, 5)
    decide_leftover(over.engine, over.slug, idea, SAVE, 0, "kim")
    card = works_page(over.engine, over.slug).works[0]
    seen, more = card.work.version, NewPayment(over.engine.today(), 7, "Verf")
    for refused in (
        lambda: note_payment(over.engine, over.slug, idea, more, seen, "kim"),
        lambda: take_back_payment(over.engine, over.slug, idea, card.payments[0].id, "kim"),
        lambda: decide_leftover(over.engine, over.slug, idea, BACK, 1, "kim"),
    ):
        with pytest.raises(NotReady) as caught:
            refused()
        assert caught.value.details["problem"] == "leftover_settled"
    take_back_leftover(over.engine, over.slug, idea, 1, "kim")
    note_payment(over.engine, over.slug, idea, more, seen, "kim")
    assert line(over, idea).left_cents == 3_000_00 - 12


def test_two_who_decide_at_once_are_told_and_the_first_stays(over):
    saved(over)
    take_back_leftover(over.engine, over.slug, UNDIVIDED, 1, "kim")
    saved(over)
    with pytest.raises(ConcurrentEdit):
        take_back_leftover(over.engine, over.slug, UNDIVIDED, 7, "sam")
    idea = over.ideas["AED"]
    decide_leftover(over.engine, over.slug, idea, SAVE, 0, "kim")
    with pytest.raises(ConcurrentEdit):
        decide_leftover(over.engine, over.slug, idea, BACK, 0, "sam")
    assert line(over, idea).decided.fate is Fate.SAVED


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewLeftover("", "", None), "fate"),
        (NewLeftover("saved", " ", 3), "purpose"),
        (NewLeftover("saved", "x" * 201, 3), "purpose"),
        (NewLeftover("saved", "Plein", 4), "years"),
        (NewLeftover("saved", "Plein", 0), "years"),
        (NewLeftover("saved", "Plein", None), "years"),
    ],
)
def test_a_decision_that_is_not_complete_is_refused_and_nothing_is_kept(over, new, field):
    with pytest.raises(InvalidIdea) as caught:
        decide_leftover(over.engine, over.slug, UNDIVIDED, new, 0, "kim")
    assert caught.value.details["field"] == field
    assert line(over).decided is None


def test_nothing_is_left_of_money_that_is_spent(over):
    idea = over.ideas["AED"]
    work_ends(over, idea, 10**9)
    with pytest.raises(NotReady):
        decide_leftover(over.engine, over.slug, idea, SAVE, 0, "kim")
    assert not line(over, idea).open


def test_saved_money_is_offered_to_its_own_area_until_its_last_day(over):
    kept = saved(over)
    (offered,) = saved_money(over.engine, AREAS)
    assert (offered.leftover.cents, offered.until) == (1_100_00, date(2030, 5, 31))
    assert saved_money(over.engine, frozenset({AreaId("roombeek")})) == ()
    assert saved_money(at(over.engine, datetime(2030, 5, 31, 12, tzinfo=UTC)), AREAS)
    assert not saved_money(at(over.engine, datetime(2030, 6, 1, 12, tzinfo=UTC)), AREAS)
    assert kept.share == SavedShare(over.slug, Cents(1_100_00))


def test_a_later_round_uses_saved_money_once_and_no_other_round_gets_it(over):
    share = saved(over).share
    rounds.add_round(over.engine, next_round(share), "kim")
    assert saved_money(over.engine, AREAS) == ()
    assert saved_money(over.engine, AREAS, "proef-2028")
    with pytest.raises(InvalidRound, match="used by another round"):
        rounds.add_round(over.engine, next_round(share, slug="proef-2029"), "kim")
    with pytest.raises(ConcurrentEdit):
        take_back_leftover(over.engine, over.slug, UNDIVIDED, 1, "kim")
    with over.engine.stores.site.read() as work:
        used = [one.event for one in work.log.entries(limit=999) if one.event.name == "saved_used"]
    assert [(one.round, one.facts["cents"]) for one in used] == [("proef-2028", 1_100_00)]


def test_a_draft_that_drops_its_saved_money_and_a_round_that_stops_leave_it_to_others(over):
    share = saved(over).share
    rounds.add_round(over.engine, next_round(share), "kim")
    rounds.add_round(over.engine, next_round(), "kim")
    assert saved_money(over.engine, AREAS)
    rounds.add_round(over.engine, next_round(share, slug="proef-2029"), "kim")
    phases.take_step(over.engine, "proef-2029", "cancel", "kim", "Er is te weinig belangstelling.")
    assert saved_money(over.engine, AREAS)
    rounds.add_round(over.engine, next_round(share, slug="proef-2030"), "kim")


def test_saved_money_that_is_not_there_is_refused_with_the_reason(over):
    share = saved(over).share
    for wrong, words in (
        (replace(share, cents=Cents(1_100_01)), "is 110000 cents, not 110001"),
        (replace(share, round=RoundId("elders")), "was not saved"),
        (replace(share, part=over.ideas["AED"]), "was not saved"),
    ):
        with pytest.raises(InvalidRound, match=words):
            rounds.add_round(over.engine, next_round(wrong), "kim")
    with pytest.raises(InvalidRound, match="could be used until 2030-05-31"):
        rounds.add_round(over.engine, next_round(share, year=2031), "kim")
    assert [one.round.slug for one in rounds.round_list(over.engine)] == [over.slug]


def test_money_that_goes_back_cannot_be_used(over):
    kept = decide_leftover(over.engine, over.slug, UNDIVIDED, BACK, 0, "kim")
    with pytest.raises(InvalidRound, match="was not saved"):
        rounds.add_round(over.engine, next_round(kept.share), "kim")


def test_an_amendment_changes_no_saved_money(over):
    share = saved(over).share
    rounds.add_round(over.engine, next_round(share), "kim")
    opened = at(over.engine, datetime(2028, 3, 1, 12, tzinfo=UTC))
    phases.take_step(opened, "proef-2028", "open_ideas", "kim")
    text = round_text(next_round())
    with pytest.raises(RulesFrozen, match="saved money"):
        rounds.amend_rules(opened, "proef-2028", text, "Het geld is al op elders.", "kim")


@pytest.mark.parametrize(
    ("shares", "budget", "words"),
    [((5, 5), 100, "twice"), ((101,), 100, "holds more")],
)
def test_saved_money_in_a_round_file_must_add_up(over, shares, budget, words):
    named = [SavedShare(over.slug, Cents(cents)) for cents in shares]
    made = next_round(*named, budget=budget)
    with pytest.raises(InvalidRound, match=words):
        read_round(round_document(made), "proef")


def test_a_round_goes_into_the_archive_when_all_that_is_left_is_decided_or_planned(over):
    def lacking():
        page = reports.end_page(over.engine, over.slug)
        return next(one.lacking for one in page.conditions if one.name == "money")

    assert lacking() == 4
    saved(over)
    for at_work in ("Bankjes", "Moestuin", "AED"):
        assert lacking() > 0
        decide_leftover(over.engine, over.slug, over.ideas[at_work], BACK, 0, "kim")
    assert lacking() == 0


def test_money_that_is_spent_while_somebody_decides_is_not_counted_as_left(over, monkeypatch):
    idea = over.ideas["Bankjes"]
    work_ends(over, idea, 5)
    check = leftovers._check

    def somebody_pays(*told):
        check(*told)
        card = works_page(over.engine, over.slug).works[0]
        new = NewPayment(over.engine.today(), 7, "Verf")
        note_payment(over.engine, over.slug, idea, new, card.work.version, "sam")

    monkeypatch.setattr(leftovers, "_check", somebody_pays)
    with pytest.raises(ConcurrentEdit):
        decide_leftover(over.engine, over.slug, idea, SAVE, 0, "kim")
    assert line(over, idea).decided is None


def test_of_two_rounds_that_want_the_same_money_at_once_the_store_lets_one(over):
    share = saved(over).share
    for slug in ("een", "twee"):
        rounds.add_round(over.engine, next_round(slug=slug), "kim")
    with over.engine.stores.site.write() as work:
        assert not work.leftovers.use(replace(share, cents=Cents(1)), RoundId("een"))
        assert work.leftovers.use(share, RoundId("een"))
        assert work.leftovers.use(share, RoundId("een"))
        assert not work.leftovers.use(share, RoundId("twee"))
        assert work.leftovers.release(RoundId("twee")) == 0
        assert work.leftovers.release(RoundId("een")) == 1
        work.commit()
    idea = over.ideas["AED"]
    decide_leftover(over.engine, over.slug, idea, SAVE, 0, "kim")
    with over.engine.stores.site.write() as work:
        assert not work.leftovers.use(SavedShare(over.slug, Cents(0), idea), RoundId("een"))


def test_money_that_nobody_used_by_its_last_day_goes_back_and_everybody_reads_that(over):
    share = saved(over).share
    soon = at(over.engine, datetime(2029, 12, 1, 12, tzinfo=UTC))
    (offered,) = saved_money(soon, AREAS)
    assert offered.ends_soon
    assert not saved_money(over.engine, AREAS)[0].ends_soon
    late = at(over.engine, datetime(2030, 6, 1, 12, tzinfo=UTC))
    lines = leftover_lines(late, works_page(late, over.slug))
    assert lines[-1].lapsed
    plan = document_of(late, over.slug, "bestedingsplan")
    (told,) = (one for one in plan.blocks if getattr(one, "caption", "") == "Geld dat over is")
    assert "verlopen op 31 mei 2030 en gaat terug naar de gemeente" in told.rows[-1][2]
    rounds.add_round(over.engine, next_round(share), "kim")
    assert not leftover_lines(late, works_page(late, over.slug))[-1].lapsed
