"""What a count is refused with: the whole sentence, and the details for whoever translates it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pb_engine.errors import RecountDiffers, TallyRefused
from pb_engine.tallying import Decision, Outcome, Verdict, check_outcome
from pb_engine.tallying.recount import recount
from pb_engine.testing.builders import an_election
from tests.tallying.records import counted, tally

ELECTION = an_election({"a": 60, "b": 60}, 100, ["ab"])
FUNDED_A = Decision("a", Verdict.FUNDED, "funded", 1)
FUNDED_B = Decision("b", Verdict.FUNDED, "funded", 1)
BOTH = Outcome("some", "1", ("a", "b"), (FUNDED_A, FUNDED_B))


@pytest.mark.parametrize(
    ("wrong", "sentence", "details"),
    [
        ("nonsense", "the voting method gave back str, not an outcome", {}),
        (
            BOTH,
            "the method 'some' spends 120 cents; the budget is 100",
            {"method": "some"},
        ),
        (
            replace(BOTH, decisions=(FUNDED_A,)),
            "the method 'some' must decide about every project once; see 'b'",
            {"method": "some"},
        ),
        (
            replace(BOTH, selected=("a",)),
            "the method 'some' selects other projects than its decisions fund",
            {"method": "some"},
        ),
    ],
)
def test_what_is_no_outcome_is_refused_by_the_name_of_the_method(wrong, sentence, details):
    with pytest.raises(TallyRefused) as refused:
        check_outcome(ELECTION, wrong)
    assert refused.value.sentence == sentence
    assert refused.value.details == details


def test_the_whole_budget_may_be_spent():
    assert check_outcome(replace(ELECTION, budget=120), BOTH) is BOTH


RECORD = counted()
TWICE = replace(RECORD.ballots[0], marks=RECORD.ballots[-1].marks[:1] * 2)


@pytest.mark.parametrize(
    ("record", "where", "sentence"),
    [
        (
            replace(RECORD, seed="another"),
            "lot",
            "the lot does not follow from the published seed",
        ),
        (
            replace(RECORD, ballots=(TWICE,)),
            "ballots",
            "a counted ballot does not follow the paper: the ballot marks one project twice",
        ),
        (
            replace(RECORD, outcome=replace(RECORD.outcome, version="0")),
            "version",
            "version: published 0, counted 1",
        ),
        (
            replace(RECORD, outcome=replace(RECORD.outcome, selected=())),
            "order of funding",
            "order of funding: published [], counted ['bench']",
        ),
        (
            replace(
                RECORD,
                outcome=replace(RECORD.outcome, decisions=RECORD.outcome.decisions[::-1]),
            ),
            "order of decisions",
            (
                "order of decisions: published ['slide', 'trees', 'bench'], counted "
                "['bench', 'trees', 'slide']"
            ),
        ),
        (
            replace(RECORD, compared=((RECORD.compared[0][0], RECORD.outcome),)),
            "compared rule equal_shares: method",
            "compared rule equal_shares: method: published greedy, counted equal_shares",
        ),
    ],
)
def test_a_recount_says_where_it_differs(record, where, sentence):
    with pytest.raises(RecountDiffers) as refused:
        recount(record, tally)
    assert refused.value.sentence == sentence
    assert refused.value.details == {"where": where}


def test_a_recount_names_a_project_about_which_nothing_was_decided():
    first, *others = RECORD.outcome.decisions
    decisions = (replace(first, project="x"), *others)
    record = replace(RECORD, outcome=replace(RECORD.outcome, decisions=decisions))
    with pytest.raises(RecountDiffers, match=r"^project 'x': published a decision, counted none$"):
        recount(record, tally)
