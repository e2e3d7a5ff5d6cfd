"""What the demonstration starts from: two round files and their invented ideas."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pb_engine
from pb_engine.domain.phases import Calendar, Window
from pb_engine.domain.rounds import Eligibility, Round
from pb_engine.errors import StoreProblem
from pb_engine.services.round_files import read_round_file

MAIN, FINISHED = "mekdep-2027", "zuid-2027"
WEEK = 7


@dataclass(frozen=True, slots=True)
class Preset:
    """A round with the ideas, as plain tables, that the demonstration puts into it."""

    round: Round
    ideas: tuple[Mapping[str, Any], ...]


def presets_folder() -> Path:
    """Return where the presets lie: in the wheel, or beside the package in a checkout.

    :raises StoreProblem: they are in neither place.
    """
    package = Path(pb_engine.__file__).parent
    for folder in (package / "presets", package.parent / "deployments"):
        if (folder / "demo").is_dir():
            return folder
    raise StoreProblem("the demonstration's example rounds are not installed")


def read_preset(slug: str) -> Preset:
    """Read one of the two example rounds.

    :raises InvalidRound: the file is damaged.
    """
    folder = presets_folder()
    round_ = read_round_file(folder / "enschede" / "rounds" / f"{slug}.toml")
    ideas = tomllib.loads((folder / "demo" / f"{slug}.toml").read_text(encoding="utf-8"))["ideas"]
    return Preset(dataclasses.replace(round_, fictional=True), tuple(ideas))


def moved_to(round_: Round, today: date, phase: str) -> Round:
    """Return the round with its calendar moved by whole weeks, so that ``phase`` is now.

    Whole weeks keep the days of the week: a round that opens on a Monday still does.
    """
    calendar = round_.calendar
    anchors = {
        "ideas": _middle(calendar.ideas),
        "review": _middle(calendar.review),
        "voting": _middle(calendar.voting),
        "results": calendar.result + timedelta(days=WEEK),
    }
    weeks = round((today - anchors[phase]).days / WEEK)
    shift = timedelta(weeks=weeks)
    if phase == "results" and calendar.result + shift > today:
        shift -= timedelta(days=WEEK)
    return dataclasses.replace(
        round_,
        calendar=_shifted(calendar, shift),
        voters=_shifted_reference(round_.voters, shift),
    )


def _middle(window: Window) -> date:
    return window.opens + (window.closes - window.opens) / 2


def _shifted(calendar: Calendar, shift: timedelta) -> Calendar:
    def move(window: Window) -> Window:
        return Window(window.opens + shift, window.closes + shift)

    return Calendar(
        announced=calendar.announced + shift,
        ideas=move(calendar.ideas),
        review=move(calendar.review),
        appeal=move(calendar.appeal) if calendar.appeal else None,
        voting=move(calendar.voting),
        counting=move(calendar.counting),
        result=calendar.result + shift,
    )


def _shifted_reference(voters: Eligibility, shift: timedelta) -> Eligibility:
    return dataclasses.replace(voters, reference_date=voters.reference_date + shift)
