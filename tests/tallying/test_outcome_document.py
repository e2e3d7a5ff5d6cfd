"""Outcomes, explanations and profiles as values: what is written down comes back whole."""

from __future__ import annotations

import pytest

from pb_engine.api import LocalText
from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying import Decision, Explanation, Outcome, Profile, Verdict
from pb_engine.tallying.document import Part
from pb_engine.tallying.outcome_document import (
    explanation_document,
    outcome_document,
    read_explanation,
    read_outcome,
)

FUNDED = Decision("a", Verdict.FUNDED, "some", 1)
REFUSED = Decision("b", Verdict.NOT_FUNDED, "other", 0)
OUTCOME = Outcome("rule", "1", ("a",), (FUNDED, REFUSED))


def test_a_decision_is_found_by_its_project():
    assert OUTCOME.decision("a") is FUNDED
    assert OUTCOME.decision("b") is REFUSED
    with pytest.raises(KeyError, match="c"):
        OUTCOME.decision("c")


def test_an_explanation_comes_back_with_its_steps():
    why = Explanation(LocalText("zin", "sentence"), (LocalText("stap", "step"),) * 2)
    assert read_explanation(Part(explanation_document(why), "why")) == why


def test_an_outcome_on_its_own_is_called_outcome_in_a_refusal():
    document = outcome_document(OUTCOME) | {"version": 1}
    with pytest.raises(InvalidElectionFile) as refused:
        read_outcome(document)
    assert refused.value.sentence == "outcome.version: must be a text"
    assert refused.value.details == {"field": "outcome.version"}


def test_an_unknown_verdict_is_refused_with_the_known_ones():
    document = outcome_document(OUTCOME)
    document["decisions"][0]["verdict"] = "maybe"
    with pytest.raises(InvalidElectionFile) as refused:
        read_outcome(document)
    expected = "outcome.decisions[0].verdict: must be one of funded, not_funded"
    assert refused.value.sentence == expected


def test_profiles_are_equal_when_format_and_ballots_are():
    one, other = (Ballot.choosing(BallotFormat.APPROVAL, some) for some in ("a", "b"))
    single = Ballot.choosing(BallotFormat.SINGLE, "a")
    assert Profile.of([one, one]) == Profile.of([one, one])
    assert Profile.of([one, one]) != Profile.of([one])
    assert Profile.of([one]) != Profile.of([other])
    assert Profile.of([one]) != Profile.of([single])
    assert hash(Profile.of([one, other])) == hash(Profile.of([other, one]))
    assert hash(Profile.of([one])) != hash(Profile.of([other]))
