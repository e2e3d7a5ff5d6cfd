"""The rules for residents say what the configuration says."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from pb_engine.domain.phases import Window
from pb_engine.domain.round_document import read_round
from pb_engine.domain.rounds import Round
from pb_engine.units import euros

ENSCHEDE = Path(__file__).parents[2] / "deployments" / "enschede"
HEADINGS = {"mekdep-2027": "## Deppenbroek-Mekkelholt", "zuid-2027": "## Enschede-Zuid"}
SLUGS = tuple(HEADINGS)
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
)  # fmt: skip
LONGEST_SENTENCE = 25


def rules(slug: str) -> Round:
    path = ENSCHEDE / "rounds" / f"{slug}.toml"
    return read_round(tomllib.loads(path.read_text(encoding="utf-8")), path.name)


def section(slug: str) -> str:
    text = (ENSCHEDE / "spelregels.nl.md").read_text(encoding="utf-8")
    starts = [*(text.index(f"\n{heading}\n") for heading in HEADINGS.values()), len(text)]
    parts = dict(zip(HEADINGS, (text[a:b] for a, b in pairwise(starts)), strict=True))
    return re.sub(r"(?<![|\n])\n(?![|\n#0-9])", " ", parts[slug])


def written(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@pytest.mark.parametrize("slug", SLUGS)
def test_the_amounts_in_the_text_are_the_amounts_of_the_round(slug: str) -> None:
    round_ = rules(slug)
    amounts = {
        round_.fund.budget_cents,
        round_.submission.min_cost_cents,
        round_.submission.max_cost_cents,
        round_.ballot.spend_limit_cents or round_.fund.budget_cents,
    }
    found = re.findall(r"€ [0-9.]*[0-9]", section(slug))
    assert set(found) == {euros(amount) for amount in amounts}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_ages_in_the_text_are_the_ages_of_the_round(slug: str) -> None:
    round_ = rules(slug)
    text = section(slug)
    helper, voter = round_.submission.helper_below, round_.voters.minimum_age
    assert f"jonger dan {helper} jaar" in text
    assert f"op {written(round_.voters.reference_date)} minstens {voter} jaar" in text
    assert set(re.findall(r"(\d+) jaar", text)) == {str(helper), str(voter)}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_calendar_in_the_text_is_the_calendar_of_the_round(slug: str) -> None:
    calendar = rules(slug).calendar
    assert calendar.appeal is not None
    rows: list[tuple[str, Window | date]] = [
        ("de ronde wordt bekend", calendar.announced),
        ("ideeën indienen", calendar.ideas),
        ("ideeën beoordelen", calendar.review),
        ("nieuwe beoordeling vragen", calendar.appeal),
        ("stemmen", calendar.voting),
        ("tellen", calendar.counting),
        ("uitslag", calendar.result),
    ]
    table = [line for line in section(slug).splitlines() if line.startswith("| ")]
    assert table[1:] == [
        f"| {name} | {written(when.opens)} | {written(when.closes)} |"
        if isinstance(when, Window)
        else f"| {name} | {written(when)} | |"
        for name, when in rows
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_other_day_is_named_in_the_text_than_the_configured_ones(slug: str) -> None:
    round_ = rules(slug)
    days = round_.calendar
    known = {days.announced, days.result, round_.voters.reference_date}
    for window in (days.ideas, days.review, days.appeal, days.voting, days.counting):
        assert window is not None
        known |= {window.opens, window.closes}
    named = re.findall(rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}", section(slug))
    assert set(named) <= {written(day) for day in known}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_conditions_in_the_text_are_the_conditions_of_the_round(slug: str) -> None:
    found = re.findall(r"^\d+\. ([A-Z]\d+): (.*)$", section(slug), re.MULTILINE)
    assert found == [(rule.number, rule.text.nl) for rule in rules(slug).criteria]


def test_the_limits_of_an_approval_ballot_in_the_text_are_those_of_the_round() -> None:
    ballot = rules("mekdep-2027").ballot
    text = section("mekdep-2027")
    assert f"minstens {ballot.min_choices} en hoogstens {ballot.max_choices} ideeën" in text
    assert f"kies er {ballot.recommended_choices}." in text


def test_the_limits_of_a_basket_ballot_in_the_text_are_those_of_the_round() -> None:
    ballot = rules("zuid-2027").ballot
    text = section("zuid-2027")
    assert ballot.spend_limit_cents is not None
    assert f"U verdeelt {euros(ballot.spend_limit_cents)} over ideeën" in text
    assert f"kiest minstens {ballot.min_choices} idee." in text


@pytest.mark.parametrize("slug", SLUGS)
def test_the_text_says_how_many_ideas_one_may_submit_and_who_decides(slug: str) -> None:
    round_ = rules(slug)
    text = section(slug)
    assert f"hoogstens {round_.submission.max_ideas} ideeën indienen" in text
    assert round_.decision.who.nl in text
    assert ("Bezwaar is mogelijk" in text) == round_.decision.objection_possible
    assert ("mag u uw stem veranderen" in text) == round_.ballot.may_change


@pytest.mark.parametrize("slug", SLUGS)
def test_the_text_names_the_method_that_counts_and_the_one_beside_it(slug: str) -> None:
    round_ = rules(slug)
    words = {"equal_shares": "*gelijke delen*", "greedy": "*meeste stemmen eerst*"}
    text = section(slug)
    assert f"We tellen met {words[round_.voting_method.name]}" in text
    for compared in round_.compared_methods:
        assert f"gebeurd met {words[compared.name]}" in text


@pytest.mark.parametrize("slug", SLUGS)
def test_residents_read_short_sentences(slug: str) -> None:
    round_ = rules(slug)
    texts = [
        round_.summary.nl, round_.submission.who.nl, round_.decision.who.nl,
        round_.decision.text.nl, round_.tie.text.nl, *(rule.text.nl for rule in round_.criteria),
    ]  # fmt: skip
    for sentence in re.split(r"(?<=[.?!])\s", " ".join(texts)):
        assert len(sentence.split()) <= LONGEST_SENTENCE, sentence
