"""Plausible ballots that nobody cast, to see how rules and ballot formats behave.

Never a forecast: nobody knows what residents want before they vote.  Draws are whole numbers from
SHA-256 counters, so the same seed gives the same ballots on every machine, for ever.
"""

from pb_engine.tallying.simulating.drawing import Plan, draw_ballots
from pb_engine.tallying.simulating.draws import Draws
from pb_engine.tallying.simulating.experiment import Rule, experiment
from pb_engine.tallying.simulating.figures import PaperFigures, RuleFigures
from pb_engine.tallying.simulating.files import (
    format_of_file,
    paper_of_file,
    pool_of_file,
    scene_of_file,
)
from pb_engine.tallying.simulating.models import BOOTSTRAP, MODELS, Model
from pb_engine.tallying.simulating.papers import Limits, paper_for
from pb_engine.tallying.simulating.samples import sample_scene
from pb_engine.tallying.simulating.scene import Choice, Scene

__all__ = [
    "BOOTSTRAP",
    "MODELS",
    "Choice",
    "Draws",
    "Limits",
    "Model",
    "PaperFigures",
    "Plan",
    "Rule",
    "RuleFigures",
    "Scene",
    "draw_ballots",
    "experiment",
    "format_of_file",
    "paper_for",
    "paper_of_file",
    "pool_of_file",
    "sample_scene",
    "scene_of_file",
]
