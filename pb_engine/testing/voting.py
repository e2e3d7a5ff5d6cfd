"""What every voting method must hold to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from pb_engine.api import (
    Ballot,
    BallotFormat,
    Election,
    Mark,
    Offer,
    Outcome,
    Profile,
    ProjectId,
    VotingMethod,
)
from pb_engine.api.counting import check_outcome
from pb_engine.testing.builders import a_ballot, an_election, edge_elections, small_elections
from pb_engine.testing.offer import OfferContract, assert_spoken, memory_of
from pb_engine.testing.seeded import outcomes_elsewhere, outcomes_of

ANOTHER_SEED = 20_270_101


class VotingMethodContract(OfferContract):
    """Ask of ``method`` what a round relies on, for every format that it says it counts.

    Set ``method``, and ``settings`` where the defaults are not what you want to test.  Set
    ``monotone`` when the method promises that a funded project is never harmed by a further ballot
    for it alone; then that is tested too.  Not every good method can promise it.
    """

    kind: ClassVar[Any] = VotingMethod
    method: VotingMethod
    monotone: ClassVar[bool] = False

    def offer(self) -> Offer:
        """Return the method under test."""
        return self.method

    def count(self, election: Election) -> Outcome:
        """Count as the engine does."""
        return check_outcome(election, self.method.tally(election, self.loaded()))

    def elections(self) -> Iterator[Election]:
        """Yield small and extreme elections in every format of the method."""
        for ballot_format in sorted(self.method.formats):
            yield from edge_elections(ballot_format)
            yield from small_elections(ballot_format)

    def test_it_counts_at_least_one_format(self) -> None:
        """A method says which ballots it takes."""
        assert self.method.formats
        assert all(isinstance(one, BallotFormat) for one in self.method.formats)

    def test_it_decides_about_every_project_once_and_never_overspends(self) -> None:
        """Crowded or empty, rich or poor: every project is decided about within the budget."""
        for election in self.elections():
            self.count(election)

    def test_it_counts_an_empty_box(self) -> None:
        """Nobody voted is a result too."""
        self.count(an_election({"a": 100, "b": 0}, 1000, []))

    def test_the_order_of_the_ballots_changes_nothing(self) -> None:
        """Ballots have no order."""
        for election in self.elections():
            turned = replace(election, profile=Profile.of(reversed(_ballots(election))))
            assert self.count(turned) == self.count(election), f"another outcome for {election}"

    def test_the_order_on_the_paper_changes_nothing(self) -> None:
        """Who stands first on the paper has no advantage in the count; only the lot settles."""
        for election in self.elections():
            turned = replace(election, projects=election.projects[::-1])
            selected = self.count(turned).selected
            assert selected == self.count(election).selected, f"another outcome for {election}"

    def test_another_hash_seed_changes_nothing(self) -> None:
        """Sets stand in another order in every process; an outcome must not follow them."""
        here = outcomes_of(self.method, self.settings)
        elsewhere = outcomes_elsewhere(self.method, self.settings, ANOTHER_SEED)
        for one, other in zip(here, elsewhere, strict=True):
            assert one == other, "another outcome with another PYTHONHASHSEED"

    def test_it_says_how_many_ballots_mark_every_project(self) -> None:
        """``voters`` of a decision is a count, the same under every method."""
        for election in self.elections():
            voters = dict(zip(_ids(election), election.support.voters, strict=True))
            for decision in self.count(election).decisions:
                assert decision.voters == voters[decision.project], f"{decision} in {election}"

    def test_a_further_ballot_for_a_funded_project_does_not_harm_it(self) -> None:
        """Asked only of a method that is ``monotone``."""
        for election in self.elections() if self.monotone else ():
            for project in self.count(election).selected:
                ballot_format = election.profile.format or min(self.method.formats)
                further = a_ballot(ballot_format, [project])
                grown = replace(election, profile=Profile.of([*_ballots(election), further]))
                assert project in self.count(grown).selected, f"{election}"

    def test_counting_again_gives_the_same(self) -> None:
        """A method has no memory and no chance."""
        before = memory_of(self.method)
        for election in self.elections():
            assert self.count(election) == self.count(election), f"two outcomes for {election}"
        assert memory_of(self.method) == before, "the method remembers something"

    def test_names_do_not_decide(self) -> None:
        """Other identifiers with the same lot give the same projects under their new names."""
        for election in self.elections():
            selected = [_other(project) for project in self.count(election).selected]
            assert list(self.count(_renamed(election)).selected) == selected, f"{election}"

    def test_the_lot_settles_ties(self) -> None:
        """Of two projects that are equal in everything, the lot chooses."""
        for ballot_format in sorted(self.method.formats):
            for lot in (["a", "b"], ["b", "a"]):
                tied = an_election(
                    {"a": 100, "b": 100},
                    100,
                    [["a"], ["b"]],
                    ballot_format=ballot_format,
                    lot=lot,
                )
                selected = self.count(tied).selected
                assert selected in {(), (lot[0],)}, f"lot {lot}, but {selected} was selected"

    def test_its_numbers_are_exact(self) -> None:
        """Facts are whole numbers or texts; a float would decide differently elsewhere."""
        for election in self.elections():
            outcome = self.count(election)
            for facts in (outcome.facts, *(one.facts for one in outcome.decisions)):
                for name, fact in facts.items():
                    assert type(fact) in {int, str}, f"{name} is a {type(fact).__name__}"

    def test_it_explains_every_project_in_both_languages(self) -> None:
        """Nobody is left without a reason."""
        for election in self.elections():
            outcome = self.count(election)
            explained = self.method.explain(election, outcome, self.loaded())
            assert set(explained) == set(_ids(election))
            for why in explained.values():
                assert_spoken(why.sentence, "the sentence")
                for step in why.steps:
                    assert_spoken(step, "a step")


def _other(project: ProjectId) -> ProjectId:
    # Names in another order than before: 37 scatters what stands in a row.
    return ProjectId(f"z{ord(project[-1]) * 37 % 64:02d}-{project}")


def _ids(election: Election) -> list[ProjectId]:
    return [project.id for project in election.projects]


def _ballots(election: Election) -> list[Ballot]:
    return [ballot for ballot, times in election.profile.groups for _ in range(times)]


def _renamed(election: Election) -> Election:
    ballots = (
        Ballot(
            ballot.format, tuple(sorted(Mark(_other(m.project), m.weight) for m in ballot.marks))
        )
        for ballot in _ballots(election)
    )
    return replace(
        election,
        projects=tuple(replace(project, id=_other(project.id)) for project in election.projects),
        profile=Profile.of(ballots),
        lot=tuple(_other(project) for project in election.lot),
    )
