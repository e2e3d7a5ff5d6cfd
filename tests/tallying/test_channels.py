"""Rules that know nothing of channels give the same outcome with them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.tallying import Profile
from pb_engine.tallying.columns import Columns
from pb_engine.tallying.gathering import joined
from pb_engine.tallying.record import MethodChoice
from tests.tallying.elections import elections
from tests.tallying.records import tally


def one_by_one(profile):
    """The ballots of a profile as columns of one row each."""
    for ballot, times in profile.columns.ballots():
        columns = Columns.of({ballot: 1})
        places = [profile.columns.projects.index(project) for project in columns.projects]
        marks = np.array([places[mark] for mark in columns.marks], dtype=np.int64)
        yield from [replace(columns, projects=profile.columns.projects, marks=marks)] * times


@pytest.mark.parametrize("name", ["greedy", "equal_shares"])
@given(election=elections(), data=st.data())
def test_channels_that_a_rule_does_not_know_change_nothing(name, election, data):
    rows = list(one_by_one(election.profile))
    names = data.draw(
        st.lists(st.sampled_from(["paper", "internet"]), min_size=len(rows), max_size=len(rows))
    )
    parts = [
        replace(row, channels=np.zeros(1, dtype=np.int64), channel_names=(channel,))
        for row, channel in zip(rows, names, strict=True)
    ]
    columns = joined(election.profile.format, election.profile.columns.projects, parts)
    choice = MethodChoice(name, "1", {"completion": "none"} if name == "equal_shares" else {})
    apart = replace(election, profile=Profile(columns))
    assert tally(choice, apart) == tally(choice, election)
