"""A small published round, for exporters."""

from __future__ import annotations

from pb_engine.api import (
    Ballot,
    BallotFormat,
    Cents,
    Decision,
    Explanation,
    LocalText,
    Outcome,
    Project,
    ProjectId,
    RoundId,
    Verdict,
)
from pb_engine.api.counting import draw_lot
from pb_engine.api.files import BallotPaper, ElectionRecord, MethodChoice, PaperLine

SEED = "a seed that was published"


def a_record() -> ElectionRecord:
    """Return a record with three projects, four ballots (one blank), and one funded project."""
    projects = (
        Project(ProjectId("bench"), Cents(40_000), "A bench; in the sun"),
        Project(ProjectId("trees"), Cents(125_050), "Trees"),
        Project(ProjectId("slide"), Cents(90_000), ""),
    )
    ids = [project.id for project in projects]
    chosen: tuple[list[str], ...] = (["bench", "trees"], ["bench"], ["bench", "trees"], [])
    ballots = [Ballot.choosing(BallotFormat.APPROVAL, ballot) for ballot in chosen]
    return ElectionRecord(
        round=RoundId("example-2027"),
        title=LocalText(nl="Voorbeeldronde", en="Example round"),
        place="Enschede",
        rules_digest="0" * 64,
        opens="2027-03-01",
        closes="2027-03-31",
        currency="EUR",
        budget=Cents(100_000),
        paper=BallotPaper(
            BallotFormat.APPROVAL, tuple(PaperLine(p.id, p.cost) for p in projects), 0, 3
        ),
        projects=projects,
        seed=SEED,
        lot=draw_lot(SEED, ids),
        method=MethodChoice("greedy", "1", {"skip": True}),
        ballots=tuple(sorted(ballots, key=lambda ballot: ballot.marks)),
        invalid=0,
        receipts=("r1", "r2", "r3", "r4"),
        superseded=("r5",),
        outcome=_outcome(),
        explanations={
            project: Explanation(LocalText(nl="Daarom.", en="Because."), ()) for project in ids
        },
        notice=LocalText(nl="Een voorbeeld.", en="An example."),
    )


def _outcome() -> Outcome:
    return Outcome(
        method="greedy",
        version="1",
        selected=(ProjectId("bench"),),
        decisions=(
            Decision(ProjectId("bench"), Verdict.FUNDED, "funded", 3, {"score": 3}),
            Decision(ProjectId("trees"), Verdict.NOT_FUNDED, "over_budget", 2, {"score": 2}),
            Decision(ProjectId("slide"), Verdict.NOT_FUNDED, "does_not_fit", 0, {"score": 0}),
        ),
        facts={"left": 60_000},
    )
