"""Rounds in several phases, staged once and copied for every test."""

from __future__ import annotations

import dataclasses
import shutil

import pytest

from pb_engine.engine import build
from pb_engine.settings import settings_in
from tests.builders import CHEAP, a_round, a_round_in
from tests.web.visitor import Visitor

VOTES = {"Bankjes": 3, "Moestuin": 2, "AED": 1}


@pytest.fixture(scope="session")
def staging(tmp_path_factory):
    """Return a function that stages a phase once and keeps it."""
    kept = {}

    def stage(phase):
        if phase not in kept:
            folder = tmp_path_factory.mktemp(phase)
            votes = VOTES if phase == "published" else None
            kept[phase] = (folder, a_round_in(folder, phase, votes=votes, round_=a_round()))
        return kept[phase]

    return stage


@pytest.fixture
def staged(staging, tmp_path):
    """Return a function that gives a round in a phase, on stores of its own."""

    def copy(phase):
        folder, original = staging(phase)
        shutil.copytree(folder, tmp_path / phase)
        settings = settings_in(
            tmp_path / phase, demo=True, code_cost=CHEAP, code_line=100, log_level="error"
        )
        engine = build(settings, clock=original.engine.clock)
        return dataclasses.replace(original, engine=engine)

    return copy


@pytest.fixture
def voting(staged):
    return Visitor(staged("voting"))


@pytest.fixture
def collecting(staged):
    return Visitor(staged("ideas"))


@pytest.fixture
def published(staged):
    return Visitor(staged("published"))
