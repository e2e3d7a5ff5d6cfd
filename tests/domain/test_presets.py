"""The two Enschede rounds and the invented ideas of the demonstration."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pb_engine.domain.areas import Address
from pb_engine.domain.eligibility import voting_area
from pb_engine.domain.ideas import IdeaDraft, Recurrence, Submitter, check_draft
from pb_engine.domain.review import Colour, Judgement, Review, ReviewOutcome, check_review
from pb_engine.domain.round_document import read_round, round_document
from pb_engine.domain.rounds import Round
from pb_engine.errors import NotEligible

ROOT = Path(__file__).parents[2]
ROUNDS = ROOT / "deployments" / "enschede" / "rounds"
DEMO = ROOT / "deployments" / "demo"
SLUGS = ("mekdep-2027", "zuid-2027")
YOUTH = "jongeren-2027"
IDEA_KEYS = {
    "key", "title", "description", "motivation", "cost_cents", "area", "place", "theme",
    "own_effort", "recurrence", "submitter", "helper", "merged_into", "popularity", "review",
}  # fmt: skip
REVIEW_KEYS = {"outcome", "criterion", "reason", "suggestion", "referred_to"}


def preset(slug: str) -> Round:
    path = ROUNDS / f"{slug}.toml"
    return read_round(tomllib.loads(path.read_text(encoding="utf-8")), path.name)


def ideas_of(slug: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(
        (DEMO / f"{slug}.toml").read_text(encoding="utf-8")
    )["ideas"]
    return found


def draft_of(idea: dict[str, Any]) -> IdeaDraft:
    return IdeaDraft(
        title=idea["title"],
        description=idea["description"],
        motivation=idea["motivation"],
        cost_cents=idea["cost_cents"],
        area=idea["area"] or None,
        place=idea["place"],
        theme=idea["theme"],
        own_effort=idea["own_effort"],
        recurrence=Recurrence(idea["recurrence"]),
        submitter=Submitter(idea["submitter"], helper=idea["helper"] or None),
    )


def review_of(round_: Round, told: dict[str, Any]) -> Review:
    def judged(number: str) -> Judgement:
        if number == told["criterion"]:
            return Judgement(number, Colour.RED, told["reason"])
        return Judgement(number, Colour.GREEN)

    return Review(
        outcome=ReviewOutcome(told["outcome"]),
        judgements=tuple(judged(rule.number) for rule in round_.criteria),
        reviewed_by="commission",
        reviewed_on=round_.calendar.review.opens,
        reason=told["reason"],
        suggestion=told["suggestion"],
        referred_to=told["referred_to"] or None,
        final_cost_cents=told.get("final_cost_cents"),
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_a_preset_is_named_after_its_slug_and_survives_a_round_trip(slug: str) -> None:
    round_ = preset(slug)
    assert round_.slug == slug
    assert read_round(round_document(round_), "again") == round_


@pytest.mark.parametrize("slug", SLUGS)
def test_a_preset_leaves_the_lot_to_a_public_draw(slug: str) -> None:
    assert preset(slug).tie.seed is None


def test_mekdep_divides_46_000_euros_by_approval_of_up_to_five_ideas() -> None:
    round_ = preset("mekdep-2027")
    assert round_.fund.budget_cents == 46_000_00
    assert (round_.ballot.format, round_.ballot.max_choices) == ("approval", 5)
    assert round_.calendar.voting.opens == date(2027, 5, 10)
    assert [rule.number for rule in round_.criteria] == ["R1", "R2", "R3", "R4", "R5", "R6", "R7"]


def test_zuid_lets_every_voter_fill_a_basket_of_50_000_euros() -> None:
    round_ = preset("zuid-2027")
    assert round_.fund.budget_cents == round_.ballot.spend_limit_cents == 50_000_00
    assert round_.ballot.format == "basket"
    assert round_.calendar.voting.opens == date(2027, 11, 2)
    assert len(round_.criteria) == 8


@pytest.mark.parametrize(
    ("slug", "inside", "outside"),
    [
        ("mekdep-2027", "7523 XC 11", "7523 XC 12"),
        ("mekdep-2027", "7523 XA 10", "7523 XR 5"),
        ("zuid-2027", "7546 XB 60", "7546 XB 61"),
        ("zuid-2027", "7546 XA 12", "7546 XR 5"),
    ],
)
def test_a_shared_four_digit_postcode_gives_no_voting_right(
    slug: str, inside: str, outside: str
) -> None:
    round_ = preset(slug)
    here, there = Address.read(inside), Address.read(outside)
    assert here is not None
    assert there is not None
    assert here.postcode[:4] == there.postcode[:4]
    assert round_.areas.locate(there) is not None, "the trap needs an address that is known"
    assert voting_area(round_, address=inside, birth_year=1960) == round_.areas.locate(here)
    with pytest.raises(NotEligible) as refusal:
        voting_area(round_, address=outside, birth_year=1960)
    assert refusal.value.details["problem"] == "area"


@pytest.mark.parametrize("slug", SLUGS)
def test_every_invented_idea_has_exactly_the_documented_keys(slug: str) -> None:
    described = (DEMO / "README.md").read_text(encoding="utf-8")
    for idea in ideas_of(slug):
        assert set(idea) == IDEA_KEYS, idea["key"]
        expected = REVIEW_KEYS | (
            {"final_cost_cents"} if idea["review"]["outcome"] == "pass" else set()
        )
        assert set(idea["review"]) == expected, idea["key"]
    for key in IDEA_KEYS - {"review"}:
        assert f"`{key}`" in described


@pytest.mark.parametrize("slug", SLUGS)
def test_every_invented_idea_could_really_have_been_submitted(slug: str) -> None:
    round_ = preset(slug)
    for idea in ideas_of(slug):
        check_draft(round_, draft_of(idea))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_invented_judgement_is_one_that_the_commission_could_give(slug: str) -> None:
    round_ = preset(slug)
    for idea in ideas_of(slug):
        if idea["review"]["outcome"] != "none":
            check_review(round_, review_of(round_, idea["review"]))


@pytest.mark.parametrize("slug", SLUGS)
def test_an_invented_idea_is_merged_into_one_that_stands_before_it_and_passes(slug: str) -> None:
    passed: set[str] = set()
    for idea in ideas_of(slug):
        outcome, target = idea["review"]["outcome"], idea["merged_into"]
        assert (outcome == "none") == bool(target)
        assert not target or target in passed
        if outcome == "pass":
            passed.add(idea["key"])


@pytest.mark.parametrize("slug", SLUGS)
def test_the_invented_projects_cost_more_than_there_is(slug: str) -> None:
    costs = [idea["review"].get("final_cost_cents", 0) for idea in ideas_of(slug)]
    assert sum(costs) > preset(slug).fund.budget_cents


@pytest.mark.parametrize("slug", SLUGS)
def test_the_invented_ideas_say_on_their_first_line_that_they_are_invented(slug: str) -> None:
    text = (DEMO / f"{slug}.toml").read_text(encoding="utf-8")
    assert text.startswith("# VERZONNEN voorbeeldgegevens")
    assert preset(slug).fictional
    assert all(1 <= idea["popularity"] <= 100 for idea in ideas_of(slug))


def test_the_two_rounds_show_every_way_in_which_a_review_can_end() -> None:
    outcomes = {idea["review"]["outcome"] for slug in SLUGS for idea in ideas_of(slug)}
    assert outcomes == {"pass", "reject", "refer", "none"}
