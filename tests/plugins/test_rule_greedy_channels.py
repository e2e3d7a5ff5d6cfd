"""``greedy`` with paper and web ballots that each make up a part of the outcome."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.api import Ballot, BallotFormat, Election, Profile, Project, TallyRefused
from pb_engine.plugins.greedy import pb_register_voting_methods
from pb_engine.tallying.columns import Columns
from pb_engine.testing.builders import an_election

(METHOD,) = pb_register_voting_methods()
HALVES = {"paper": 50, "internet": 50}
IDS = ["p0", "p1", "p2", "p3"]


def columns_of(cast, names=("paper", "internet")):
    """Columns of ``(channel, projects)``, every ballot on its own."""
    ballots = [Ballot.choosing(BallotFormat.APPROVAL, projects) for _, projects in cast]
    plain = [Columns.of({ballot: 1}) for ballot in ballots]
    place = {project: at for at, project in enumerate(IDS)}
    return Columns(
        format=BallotFormat.APPROVAL if cast else None,
        projects=tuple(IDS),
        lengths=np.array([len(ballot.marks) for ballot in ballots], dtype=np.int64),
        marks=np.array(
            [place[mark.project] for ballot in ballots for mark in ballot.marks], dtype=np.int64
        ),
        weights=None,
        times=np.ones(len(plain), dtype=np.int64),
        channels=np.array([names.index(channel) for channel, _ in cast], dtype=np.int64),
        channel_names=tuple(names),
    )


def election_of(cast, budget=100, costs=None):
    return Election(
        budget=budget,
        projects=tuple(Project(p, (costs or {}).get(p, 100), f"Title {p}") for p in IDS),
        profile=Profile(columns_of(cast)),
        lot=tuple(IDS),
    )


def count(election, percent=None, **further):
    chosen = {"channel_percent": percent or HALVES, **further}
    return METHOD.tally(election, METHOD.settings_schema().load(chosen))


def textbook(cast, percent):
    """The sum over channels of the percentage times the share of its ballots."""
    weighed = dict.fromkeys(IDS, Fraction(0))
    for channel, part in percent.items():
        there = [projects for name, projects in cast if name == channel]
        for projects in there:
            for project in projects:
                weighed[project] += Fraction(part, len(there))
    return weighed


ballots = st.tuples(st.sampled_from(["paper", "internet"]), st.sets(st.sampled_from(IDS)))
percents = st.integers(0, 100).map(lambda part: {"paper": part, "internet": 100 - part})


@given(st.lists(ballots, min_size=1, max_size=12), percents)
def test_the_weighed_score_is_exact_and_puts_projects_in_order(cast, percent):
    outcome = count(election_of(cast, budget=200), percent)
    expected = textbook(cast, percent)
    assert {d.project: Fraction(d.facts["weighed"]) for d in outcome.decisions} == expected
    assert list(outcome.selected) == sorted(IDS, key=lambda p: (-expected[p], p))[:2]


def with_marks(cast, channel, project, votes):
    """As many voters in a channel mark a project too; or nothing, where there are too few."""
    found = []
    for name, projects in cast:
        add = votes > 0 and name == channel and project not in projects
        votes -= add
        found.append((name, projects | {project} if add else projects))
    return None if votes else found


@given(st.lists(ballots, min_size=1, max_size=12), percents, st.integers(0, 4))
def test_the_missing_votes_are_exact_in_every_channel(cast, percent, least):
    settings = {"minimum_votes": least}
    for decision in count(election_of(cast), percent, **settings).decisions:
        if decision.verdict == "funded":
            continue
        for channel in percent:
            short = decision.facts.get(f"votes_short_{channel}", len(cast) + 1)
            for votes in range(min(short, len(cast)) + 1):
                higher = with_marks(cast, channel, decision.project, votes)
                if higher is not None:
                    again = count(election_of(higher), percent, **settings)
                    assert (decision.project in again.selected) == (votes == short)


FEW_ON_PAPER = [
    ("paper", {"p0"}),
    ("paper", {"p0", "p1"}),
    *[("internet", {"p1"})] * 3,
    *[("internet", {"p2"})] * 7,
]


def test_few_paper_ballots_weigh_as_much_as_many_web_ballots():
    election = election_of(FEW_ON_PAPER)
    assert METHOD.tally(election, METHOD.settings_schema().load({})).selected == ("p2",)
    assert count(election).selected == ("p0",)
    assert count(election, {"paper": 20, "internet": 80}).selected == ("p2",)


def test_channels_weigh_per_euro_too():
    election = election_of(FEW_ON_PAPER, costs={"p1": 60})
    assert count(election, per_euro=True).selected == ("p1",)


def test_the_words_say_what_each_channel_counts_for():
    election = election_of(FEW_ON_PAPER)
    chosen = METHOD.settings_schema().load({"channel_percent": HALVES})
    why = METHOD.explain(election, METHOD.tally(election, chosen), chosen)["p1"]
    assert why.sentence.nl == (
        "Dit idee krijgt geen geld: het kost € 1 en er was nog € 0 over. "
        "Het kwam 1 stem op papier of 3 stemmen via internet tekort."
    )
    assert [step.nl for step in why.steps[:3]] == [
        "Van de 2 stemmers op papier kreeg dit idee 1 stem. Dat telt voor de helft.",
        "Van de 10 stemmers via internet kreeg dit idee 3 stemmen. Dat telt voor de helft.",
        "Samen is dat 40,00 van de 100.",
    ]
    assert (
        why.steps[3].nl
        == "Met 4 stemmen staat het, gerekend naar gewogen stemmen, op plaats 2 van 4."
    )


def test_a_channel_without_ballots_is_named_as_such():
    election = election_of([("internet", {"p0"})])
    chosen = METHOD.settings_schema().load({"channel_percent": HALVES})
    why = METHOD.explain(election, METHOD.tally(election, chosen), chosen)["p1"]
    assert why.steps[0].nl == "Niemand stemde op papier."
    assert "op papier tekort" not in why.sentence.nl


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (an_election({"p0": 1}, 1, [["p0"]]).profile.columns, "not every ballot says how"),
        (
            replace(columns_of([("paper", {"p0"})]), channels=np.array([-1])),
            "not every ballot says how",
        ),
        (columns_of([("desk", {"p0"})], ["paper", "desk"]), "no percentage for .* 'desk'"),
    ],
)
def test_ballots_of_no_known_channel_are_refused_in_a_sentence(columns, sentence):
    election = replace(election_of([]), profile=Profile(columns))
    with pytest.raises(TallyRefused, match=sentence):
        count(election)


def test_an_empty_box_is_counted():
    assert count(an_election({"p0": 1}, 1, [])).selected == ("p0",)


def test_channels_weigh_points_or_marks_as_the_settings_say():
    """On paper p0 has 5 points and one mark, p1 two marks of 1 point; the same on the web."""
    lists = [{"p0": 5, "p1": 1}, {"p1": 1}] * 2
    ballots = {Ballot.weighing(BallotFormat.POINTS, points): 2 for points in lists}
    plain = Columns.of(ballots)
    rows = [row for row in range(len(plain.times)) for _ in range(2)]
    order = np.array(rows, dtype=np.int64)
    starts = np.cumsum(plain.lengths) - plain.lengths
    marks = np.concatenate([np.arange(starts[r], starts[r] + plain.lengths[r]) for r in rows])
    columns = replace(
        plain,
        lengths=plain.lengths[order],
        marks=plain.marks[marks],
        weights=None if plain.weights is None else plain.weights[marks],
        times=np.ones(len(rows), dtype=np.int64),
        channels=np.array([0, 1] * 2, dtype=np.int64),
        channel_names=("paper", "internet"),
    )
    projects = tuple(Project(p, 100, f"Title {p}") for p in ("p0", "p1"))
    election = Election(budget=100, projects=projects, profile=Profile(columns), lot=("p1", "p0"))
    assert count(election).selected == ("p0",)
    assert count(election).decision("p0").facts["score_paper"] == 5
    assert count(election, by="votes").selected == ("p1",)
    assert count(election, by="votes").decision("p0").facts["score_paper"] == 1
