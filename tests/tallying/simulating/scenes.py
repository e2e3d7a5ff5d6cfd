"""A scene with two areas, three subjects and costs that differ."""

from __future__ import annotations

from pb_engine.ballots import BallotFormat
from pb_engine.tallying import Project
from pb_engine.tallying.simulating import Choice, Limits, Scene, paper_for
from pb_engine.units import Cents, ProjectId

AREAS = ("noord", "zuid")
THEMES = ("groen", "spelen", "kunst")
FORMATS = tuple(BallotFormat)


def a_scene(number=12, budget=10_000_00):
    """Every second project in the north; costs rise with the number."""
    return Scene(
        choices=tuple(
            Choice(
                Project(ProjectId(f"p{at:02}"), Cents((at + 1) * 400_00), f"Project {at}"),
                area=AREAS[at % 2],
                theme=THEMES[at % 3],
            )
            for at in range(number)
        ),
        budget=Cents(budget),
        residents=(("noord", 3), ("zuid", 1)),
    )


def a_paper(scene, ballot_format=BallotFormat.APPROVAL, **limits):
    return paper_for(ballot_format, scene.projects, scene.budget, Limits(**limits))
