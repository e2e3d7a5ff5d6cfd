"""Words and walks that plugins share through ``pb_engine.api``."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.api import BallotFormat, LocalText, Project
from pb_engine.api import sentences as say
from pb_engine.api.counting import as_exact, scores
from pb_engine.api.ranking import MOST_TIES, Turn, Walk, ties_that_mattered
from pb_engine.testing.builders import an_election


@dataclass(frozen=True)
class Listed:
    """A project at a place, with votes that other tests do not need."""

    project: Project
    voters: int


def listed(*costs):
    return [Listed(Project(f"p{at}", cost), 9 - at) for at, cost in enumerate(costs)]


def never(_standing):
    return ""


@pytest.mark.parametrize(
    ("number", "nl", "en"), [(0, "0 stemmen", "0 votes"), (1, "1 stem", "1 vote")]
)
def test_one_vote_is_written_in_the_singular(number, nl, en):
    assert say.votes(number) == LocalText(nl, en)


def test_parts_make_one_sentence_and_empty_ones_leave_no_space():
    speaker = say.Speaker(an_election({"a": 60_000}, 100_000, []))
    because = say.did_not_fit(speaker.money(60_000), speaker.money("100/3"))
    whole = say.not_funded(because, say.fell_short(say.points(2)))
    assert whole.nl == (
        "Dit idee krijgt geen geld: het kost € 600 en er was nog ongeveer € 0,33 over. "
        "Het kwam 2 punten tekort."
    )
    assert say.not_funded(because).en.endswith("was left.")


def test_titles_are_named_and_many_of_them_are_counted():
    costs = {f"p{at}": 1 for at in range(13)}
    speaker = say.Speaker(an_election(costs, 1, []))
    assert speaker.names(["p1", "gone"]).nl == "‘Title p1’, ‘gone’"
    assert speaker.names(list(costs)).nl.endswith("‘Title p9’ en nog 3")


def test_facts_are_whole_numbers_or_text():
    assert as_exact(Fraction(6, 3)) == 2
    assert as_exact(Fraction(7, 3)) == "7/3"


def test_places_give_points_down_to_one():
    election = an_election(
        {"a": 1, "b": 1, "c": 1},
        1,
        [["a", "b", "c"], ["b"]],
        ballot_format=BallotFormat.RANKING,
    )
    assert scores(election) == (3, 5, 1)
    assert scores(election, places=2) == (2, 3, 0)
    assert scores(election, by="votes") == (1, 2, 1)


@given(st.lists(st.integers(0, 9), max_size=8), st.integers(0, 20), st.booleans())
def test_who_overtakes_the_named_project_is_funded_and_lower_down_it_is_not(costs, budget, skip):
    walk = Walk(budget, skip, never)
    ranking = listed(*costs)
    for loser in [turn.standing for turn in walk.down(ranking) if not turn.funded]:
        if loser.project.cost > budget:
            continue
        goal = walk.to_overtake(ranking, loser)
        assert goal is not None
        others = [one for one in ranking if one is not loser]
        at = others.index(goal)
        assert funds(walk, [*others[:at], loser, *others[at:]], loser)
        for lower in range(at + 1, len(others) + 1):
            assert not funds(walk, [*others[:lower], loser, *others[lower:]], loser)


def test_whoever_stands_behind_the_project_that_ended_the_list_has_to_overtake_it():
    ranking = listed(8, 9, 1)
    walk = Walk(10, skip=False, barred=never)
    assert walk.to_overtake(ranking, ranking[2]) is ranking[1]
    assert Walk(10, skip=True, barred=never).to_overtake(ranking, ranking[2]) is None


def funds(walk, ranking, one):
    return any(turn.funded and turn.standing is one for turn in walk.down(ranking))


def test_what_is_barred_does_not_end_the_list():
    walk = Walk(10, skip=False, barred=lambda one: "no" if one.project.id == "p0" else "")
    assert [turn.reason for turn in walk.down(listed(1, 9, 2, 1))] == [
        "no", "funded", "does_not_fit", "after_the_end",
    ]  # fmt: skip


def test_ties_are_named_only_where_equals_fared_differently_and_never_too_many():
    standings = listed(*[1] * (MOST_TIES + 5))
    turns = [Turn(one, "funded" if one.voters > 0 else "no", 0, ended=False) for one in standings]
    everyone = ties_that_mattered(turns, lambda _one, _other: True)
    assert len(everyone) == len(standings)
    assert {len(others) for others in everyone.values()} == {MOST_TIES}
    assert "p3" not in everyone["p3"]
    assert ties_that_mattered(turns[:3], lambda _one, _other: True) == {}


def test_ties_of_every_rank_are_named():
    reasons = ["funded", "no", "funded", "funded", "no", "no"]
    standings = [Listed(Project(f"p{at}", 1), at // 2) for at in range(6)]
    turns = [Turn(*pair, 0, ended=False) for pair in zip(standings, reasons, strict=True)]
    found = ties_that_mattered(turns, lambda one, other: one.voters == other.voters)
    assert found == {"p0": ("p1",), "p1": ("p0",)}
    turns[3] = Turn(standings[3], "no", 0, ended=False)
    found = ties_that_mattered(turns, lambda one, other: one.voters == other.voters)
    assert found == {"p0": ("p1",), "p1": ("p0",), "p2": ("p3",), "p3": ("p2",)}
