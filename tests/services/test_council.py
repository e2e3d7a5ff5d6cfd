"""A council decides otherwise: two officials, a reason, never more money than there is."""

import dataclasses
from datetime import timedelta

import pytest

from pb_engine.errors import DecisionRefused, NotAllowed, WrongPhase
from pb_engine.services import council, progress
from pb_engine.services.council import NewDecision
from pb_engine.services.documents import library
from pb_engine.services.documents.protocol import protocol
from pb_engine.services.documents.protocol_material import count_of
from pb_engine.services.outcome_of_idea import outcome_page
from pb_engine.services.publication import download
from pb_engine.services.results import results_page
from tests.builders import CALENDAR, DAY, a_round_in
from tests.services.letters.pages import texts

VOTES = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
REASON = "Het veld wordt volgend jaar een weg."


@pytest.fixture
def published(tmp_path):
    """Counted: Bankjes 3.000, Moestuin 4.000, AED 1.900 of 10.000; Speeltoestel 5.000 is out."""
    return a_round_in(tmp_path, "published", votes=VOTES).move_to(CALENDAR.voting.end + 9 * DAY)


def told(staged, title, amount, **other):
    made = NewDecision(
        project=staged.ideas[title],
        funded=amount > 0,
        amount_cents=amount,
        reference="Raadsbesluit 2027-114",
        decided_on=CALENDAR.voting.closes + 5 * DAY,
        reason=REASON,
    )
    return dataclasses.replace(made, **other)


def note(staged, title, amount, by="kim", **other):
    made = told(staged, title, amount, **other)
    return council.propose_decision(staged.engine, staged.slug, made, by)


def decide(staged, title, amount):
    number = note(staged, title, amount)
    council.settle_decision(staged.engine, staged.slug, number, "noor", agreed=True)


def given(staged):
    page = council.council_page(staged.engine, staged.slug)
    return {page.title(project): amount for project, amount in page.granted.items()}


def test_it_stands_beside_the_count_which_does_not_change(published):
    before = results_page(published.engine, published.slug)
    record = download(published.engine, published.slug, "record.json").body
    decide(published, "Moestuin", 0)
    decide(published, "Speeltoestel", 450_000)
    after = results_page(published.engine, published.slug)
    assert after.rows == before.rows
    assert after.spent_cents == before.spent_cents == 890_000
    assert after.granted_cents == 940_000
    assert download(published.engine, published.slug, "record.json").body == record
    assert {one.funded for one in after.decisions.values()} == {True, False}
    page = outcome_page(published.engine, published.slug, published.ideas["Moestuin"])
    assert page.row.funded
    assert page.decision.reason == REASON


def test_who_noted_it_cannot_confirm_it_but_can_take_it_back(published):
    number = note(published, "Moestuin", 0)
    for name in ("kim", "Kim", " KIM"):
        with pytest.raises(NotAllowed, match="somebody else"):
            council.settle_decision(published.engine, published.slug, number, name, agreed=True)
    assert "Moestuin" in given(published)
    council.settle_decision(published.engine, published.slug, number, "kim", agreed=False)
    with pytest.raises(DecisionRefused, match="does not wait"):
        council.settle_decision(published.engine, published.slug, number, "noor", agreed=True)
    assert "Moestuin" in given(published)


def test_a_decision_that_waits_changes_nothing_and_holds_back_a_second_about_the_same_idea(
    published,
):
    note(published, "Moestuin", 0)
    assert results_page(published.engine, published.slug).decisions == {}
    with pytest.raises(DecisionRefused, match="waits already"):
        note(published, "Moestuin", 100)


def test_more_money_than_there_is_is_refused_when_noted_and_when_confirmed(published):
    with pytest.raises(DecisionRefused, match="there is € 10"):
        note(published, "Speeltoestel", 110_001)
    first = note(published, "Speeltoestel", 110_000)
    second = note(published, "Moestuin", 500_000 - 1)
    council.settle_decision(published.engine, published.slug, first, "noor", agreed=True)
    with pytest.raises(DecisionRefused, match="first decide which idea gets less"):
        council.settle_decision(published.engine, published.slug, second, "noor", agreed=True)
    assert sum(given(published).values()) == 1_000_000


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"project": "weg"}, "project"),
        ({"amount_cents": None}, "amount"),
        ({"amount_cents": -1}, "amount"),
        ({"amount_cents": 0}, "amount"),
        ({"amount_cents": 1_000_001}, "amount"),
        ({"reference": " "}, "reference"),
        ({"reason": "daarom"}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
        ({"decided_on": None}, "day"),
        ({"decided_on": CALENDAR.voting.opens}, "day"),
        ({"decided_on": CALENDAR.voting.closes + timedelta(days=400)}, "day"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(published, wrong, problem):
    with pytest.raises(DecisionRefused) as refused:
        note(published, "AED", 100, **wrong)
    assert refused.value.details["problem"] == problem
    assert council.council_page(published.engine, published.slug).decisions == ()


@pytest.mark.parametrize("phase", ["review", "voting", "counted"])
def test_nobody_decides_otherwise_than_a_count_that_is_not_there(tmp_path, phase):
    staged = a_round_in(tmp_path, phase)
    with pytest.raises(WrongPhase):
        note(staged, "AED", 100)
    with pytest.raises(WrongPhase):
        council.council_page(staged.engine, staged.slug)


def test_money_documents_and_protocol_follow_the_decision_and_tell_it(published):
    decide(published, "Moestuin", 0)
    decide(published, "Speeltoestel", 450_000)
    works = progress.works_page(published.engine, published.slug)
    assert [(one.title, one.granted_cents) for one in works.works] == [
        ("Bankjes", 300_000),
        ("AED", 190_000),
        ("Speeltoestel", 450_000),
    ]
    for which in ("eindverslag", "raadsbrief"):
        made = library.document_of(published.engine, published.slug, which)
        words = " ".join(" ".join(texts(library.document_file(made, "pdf").body)).split())
        assert "Speeltoestel krijgt € 4.500 (Raadsbesluit 2027-114, 4 juni 2027)." in words
        assert "Moestuin krijgt geen geld" in words
    made = protocol(count_of(published.engine, published.slug))
    assert REASON in " ".join(texts(library.document_file(made, "pdf").body)).replace("\r\n", " ")
