"""Rounds in every ballot format, staged to the opening of voting, for tests of ballot pages."""

from __future__ import annotations

import atexit
import dataclasses
import shutil
import tempfile
from pathlib import Path

from pb_engine.ballots import BallotFormat
from pb_engine.domain.rounds import ChoiceLimit, PluginChoice
from pb_engine.engine import build
from pb_engine.settings import settings_in
from pb_engine.units import AreaId, Cents
from tests.builders import CHEAP, a_round, a_round_in, both
from tests.web.visitor import Visitor

GRADES = (both("slecht", "poor"), both("matig", "fair"), both("goed", "good"))
FORMATS = {
    "single": {"max_choices": 1},
    "approval": {"max_choices": 3},
    "basket": {"max_choices": 4, "spend_limit_cents": Cents(8_000_00)},
    "points": {"max_choices": 3, "max_points": 5},
    "score": {"max_choices": 4, "max_points": 2, "grades": GRADES},
    "ranking": {"max_choices": 3},
}
METHODS = {"points": "score_totals", "score": "score_totals", "ranking": "score_totals"}


def a_round_of(kind: str, **changes):
    """Return a round whose ballot is of a format; name any of its rules to change them."""
    rules = dataclasses.replace(
        a_round().ballot, format=BallotFormat(kind), **{**FORMATS[kind], **changes}
    )
    method = PluginChoice(METHODS.get(kind, "greedy"))
    return a_round(ballot=rules, voting_method=method, compared_methods=())


_STAGED = {}


def a_visitor_of(folder: Path, kind: str, **changes) -> Visitor:
    """Return a visitor of a round with such a ballot, staged once and copied to ``folder``."""
    key = repr((kind, sorted(changes.items())))
    if key not in _STAGED:
        origin = Path(tempfile.mkdtemp(prefix="pbballot"))
        atexit.register(shutil.rmtree, origin, ignore_errors=True)
        _STAGED[key] = (origin, a_round_in(origin, "voting", round_=a_round_of(kind, **changes)))
    origin, staged = _STAGED[key]
    shutil.copytree(origin, folder)
    settings = settings_in(folder, demo=True, code_cost=CHEAP, code_line=100, log_level="error")
    return Visitor(dataclasses.replace(staged, engine=build(settings, clock=staged.engine.clock)))


GREEN = ChoiceLimit(1, theme="groen")
NORTH = ChoiceLimit(2, area=AreaId("noord"))
