"""The contract of a voting method notices what a round could not live with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marshmallow import Schema

from pb_engine.api import BallotFormat, Card, Decision, Explanation, LocalText, Outcome, Verdict
from pb_engine.testing import VotingMethodContract
from tests.plugins.verdicts import verdicts

TEXT = LocalText("tekst", "text")


class NoSettings(Schema):
    """None."""


class InLotOrder:
    """Funds in the order of the lot whatever somebody marks and still fits; it is in order."""

    card = Card("in_lot_order", "1", TEXT, TEXT)
    settings_schema = NoSettings
    formats = frozenset({BallotFormat.APPROVAL})

    def order(self, election):
        return list(election.lot)

    def voters(self, election):
        ids = [project.id for project in election.projects]
        return dict(zip(ids, election.support.voters, strict=True))

    def tally(self, election, settings):
        costs = {project.id: project.cost for project in election.projects}
        voters, left, selected = self.voters(election), election.budget, []
        for project in self.order(election):
            if voters[project] and costs[project] <= left:
                left -= costs[project]
                selected.append(project)
        decisions = [
            Decision(
                one,
                Verdict.FUNDED if one in selected else Verdict.NOT_FUNDED,
                "some",
                voters[one],
            )
            for one in self.order(election)
        ]
        return Outcome("in_lot_order", "1", tuple(selected), tuple(decisions))

    def explain(self, election, outcome, settings):
        return {project.id: Explanation(TEXT) for project in election.projects}


class InSetOrder(InLotOrder):
    def order(self, election):
        return list(set(election.lot))


class InPaperOrder(InLotOrder):
    def order(self, election):
        return [project.id for project in election.projects]


class ByName(InLotOrder):
    def order(self, election):
        return sorted(election.lot)


class FromTheFirstBallot(InLotOrder):
    """Whoever stands in the distinct ballot that happens to lie first goes first."""

    def order(self, election):
        first = next((ballot for ballot, _ in election.profile.columns.ballots()), None)
        ahead = first.projects if first else ()
        return sorted(election.lot, key=lambda one: (one not in ahead, election.lot.index(one)))


class CountsMarksTwice(InLotOrder):
    def voters(self, election):
        return {one: 2 * voters for one, voters in super().voters(election).items()}


class FewestFirst(InLotOrder):
    """No funded project should have asked for a further vote here."""

    def order(self, election):
        voters = self.voters(election)
        return sorted(election.lot, key=lambda one: (voters[one], election.lot.index(one)))


class SpendsByFloat(InLotOrder):
    def tally(self, election, settings):
        costs = {project.id: project.cost for project in election.projects}
        left, selected = float(election.budget), []
        for project in election.lot:
            if float(costs[project]) <= left:
                left -= costs[project]
                selected.append(project)
        outcome = super().tally(election, settings)
        decisions = tuple(
            replace(
                one,
                verdict=Verdict.FUNDED if one.project in selected else Verdict.NOT_FUNDED,
            )
            for one in outcome.decisions
        )
        return replace(outcome, selected=tuple(selected), decisions=decisions)


class Remembers(InLotOrder):
    def __init__(self):
        self.counts = 0

    def tally(self, election, settings):
        self.counts += 1
        return super().tally(election, settings)


def failures(made, *, promised=False):
    class Contract(VotingMethodContract):
        method = made
        monotone = promised

    return verdicts(Contract())


def test_a_method_that_is_in_order_passes():
    assert failures(InLotOrder()) == set()


@pytest.mark.parametrize(
    ("method", "noticed_by"),
    [
        (InSetOrder(), "test_another_hash_seed_changes_nothing"),
        (InPaperOrder(), "test_the_order_on_the_paper_changes_nothing"),
        (ByName(), "test_names_do_not_decide"),
        (FromTheFirstBallot(), "test_the_order_of_the_ballots_changes_nothing"),
        (CountsMarksTwice(), "test_it_says_how_many_ballots_mark_every_project"),
        (SpendsByFloat(), "test_it_decides_about_every_project_once_and_never_overspends"),
        (Remembers(), "test_counting_again_gives_the_same"),
    ],
)
def test_what_is_wrong_with_a_method_is_noticed(method, noticed_by):
    assert noticed_by in failures(method)


def test_a_promise_to_be_monotone_is_tested_and_nobody_has_to_make_it():
    noticed = "test_a_further_ballot_for_a_funded_project_does_not_harm_it"
    assert failures(FewestFirst()) == set()
    assert failures(FewestFirst(), promised=True) == {noticed}
