"""Counting again, and checking what can be checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.errors import RecountDiffers
from pb_engine.tallying.record import MethodChoice, record_bytes
from pb_engine.tallying.recount import recount
from pb_engine.verifier import check_record
from tests.tallying.records import counted, tally

RECORD = counted()
OUTCOME = RECORD.outcome
FIRST = OUTCOME.decisions[0]


def with_first(**changes):
    """The record with its first decision changed."""
    decisions = (replace(FIRST, **changes), *OUTCOME.decisions[1:])
    return replace(RECORD, outcome=replace(OUTCOME, decisions=decisions))


def test_a_true_record_recounts():
    recount(RECORD, tally)


CHEAT = Ballot.choosing(BallotFormat.APPROVAL, ["slide"] * 2)
MORE = Ballot.choosing(BallotFormat.APPROVAL, ["slide"])
CHANGES = {
    "lot": (replace(RECORD, lot=RECORD.lot[::-1]), "the lot does not follow"),
    "seed": (replace(RECORD, seed="another"), "the lot does not follow"),
    "ballot": (
        replace(RECORD, ballots=(*RECORD.ballots, CHEAT)),
        "does not follow the paper: the ballot marks one project twice",
    ),
    "stuffing": (
        replace(RECORD, ballots=(*RECORD.ballots, *[MORE] * 5)),
        "project 'bench', verdict: published funded, counted not_funded",
    ),
    "version": (replace(RECORD, outcome=replace(OUTCOME, version="0")), "version: published 0"),
    "verdict": (with_first(verdict="not_funded"), "'bench', verdict: published not_funded"),
    "reason": (with_first(reason="friends"), "'bench', reason: published friends, counted funded"),
    "voters": (with_first(voters=9), "project 'bench', voters: published 9, counted 3"),
    "tie": (with_first(tied_with=("trees",)), "'bench', ties: published ['trees'], counted []"),
    "unknown project": (with_first(project="x"), "project 'x': published a decision"),
    "missing": (
        replace(RECORD, outcome=replace(OUTCOME, decisions=OUTCOME.decisions[1:])),
        "number of projects: published 2, counted 3",
    ),
    "order": (replace(RECORD, outcome=replace(OUTCOME, selected=())), "order of funding"),
    "decisions": (
        replace(RECORD, outcome=replace(OUTCOME, decisions=OUTCOME.decisions[::-1])),
        "order of decisions",
    ),
    "facts": (replace(RECORD, outcome=replace(OUTCOME, facts={"left": 1})), "facts: published"),
    "compared": (
        replace(RECORD, compared=((RECORD.compared[0][0], OUTCOME),)),
        "compared rule equal_shares: method: published greedy",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_record_names_its_first_difference(name):
    record, sentence = CHANGES[name]
    with pytest.raises(RecountDiffers) as refusal:
        recount(record, tally)
    assert sentence in refusal.value.sentence


def failed(record):
    """The checks that a record fails."""
    return {one.check for one in check_record(record_bytes(record), tally) if not one.holds}


def test_a_true_record_passes_every_check():
    findings = check_record(record_bytes(RECORD), tally)
    assert [one.check for one in findings] == [
        "form", "spelling", "projects", "lot", "ballots", "receipts", "decisions", "budget",
        "recount",
    ]  # fmt: skip
    assert all(one.holds and one.sentence for one in findings)


def test_each_lie_fails_its_own_check():
    overspent = replace(OUTCOME, selected=tuple(p.id for p in RECORD.projects))
    unknown = replace(OUTCOME, selected=("x",))
    assert failed(replace(RECORD, seed="another")) == {"lot", "recount"}
    assert failed(replace(RECORD, projects=RECORD.projects[1:])) >= {"projects", "recount"}
    assert failed(replace(RECORD, receipts=("r1", "r1", "r2", "r3"))) == {"receipts"}
    assert failed(replace(RECORD, superseded=("r1",))) == {"receipts"}
    assert failed(replace(RECORD, invalid=1)) == {"receipts"}
    assert failed(replace(RECORD, outcome=overspent)) == {"decisions", "budget", "recount"}
    assert failed(replace(RECORD, outcome=unknown)) == {"decisions", "recount"}
    assert failed(replace(RECORD, ballots=(*RECORD.ballots, CHEAT))) >= {"ballots", "recount"}
    assert failed(replace(RECORD, method=MethodChoice("magic", "1"))) == {"recount"}


def test_another_spelling_is_noticed():
    raw = record_bytes(RECORD).replace(b'"v":1', b'"v": 1')
    assert [one.check for one in check_record(raw, tally) if not one.holds] == ["spelling"]


def test_what_is_no_record_fails_with_one_finding():
    (finding,) = check_record(b"nonsense", tally)
    assert not finding.holds
    assert "not an election record" in finding.sentence.en
