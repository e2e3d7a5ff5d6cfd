"""Profiles: ballots without order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.errors import TallyRefused
from pb_engine.tallying import Profile
from pb_engine.tallying.columns import Columns, support_of, voters_of
from pb_engine.tallying.gathering import Gathering, joined
from pb_engine.tallying.merging import merged

APPROVAL = BallotFormat.APPROVAL
ballots = st.lists(
    st.one_of(
        st.sets(st.sampled_from("abcde")).map(lambda some: Ballot.choosing(APPROVAL, some)),
    ),
    max_size=12,
)
weighed = st.lists(
    st.dictionaries(st.sampled_from("abc"), st.integers(1, 3)).map(
        lambda some: Ballot.weighing(BallotFormat.POINTS, some)
    ),
    max_size=12,
)


@given(ballots, st.randoms(use_true_random=False))
def test_ballots_in_any_order_make_the_same_profile(cast, shuffler):
    again = list(cast)
    shuffler.shuffle(again)
    assert Profile.of(again) == Profile.of(cast)
    assert hash(Profile.of(again)) == hash(Profile.of(cast))


@given(st.one_of(ballots, weighed))
def test_groups_hold_every_ballot_as_often_as_it_was_cast(cast):
    profile = Profile.of(cast)
    unfolded = [ballot for ballot, times in profile.groups for _ in range(times)]
    assert sorted(unfolded, key=lambda one: one.marks) == sorted(cast, key=lambda one: one.marks)
    assert profile.voters == len(cast)


@given(st.one_of(ballots, weighed))
def test_support_counts_voters_and_weights(cast):
    support = Profile.of(cast).support(["a", "b", "nobody"])
    for at, project in enumerate(("a", "b", "nobody")):
        weights = [mark.weight for one in cast for mark in one.marks if mark.project == project]
        assert support.voters[at] == len(weights)
        assert support.scores[at] == sum(weights)


def single_rows(cast):
    """Every ballot as its own columns, over all projects."""
    names = tuple("abcde")
    for ballot in cast:
        columns = Columns.of({ballot: 1})
        place = [names.index(project) for project in columns.projects]
        yield Columns(
            ballot.format,
            names,
            columns.lengths,
            np.array([place[mark] for mark in columns.marks], dtype=np.int64),
            columns.weights,
            columns.times,
        )


@given(st.one_of(ballots, weighed))
def test_merging_columns_groups_identical_ballots(cast):
    form = cast[0].format if cast else APPROVAL
    columns = joined(form, tuple("abcde"), list(single_rows(cast)))
    assert Profile(columns) == Profile.of(cast)
    assert len(columns.times) == len(set(cast))


def test_a_clash_of_fingerprints_never_merges_different_ballots(monkeypatch):
    monkeypatch.setattr(
        "pb_engine.tallying.merging.fingerprints",
        lambda columns: np.zeros(len(columns.times), dtype=np.uint64),
    )
    cast = [Ballot.choosing(APPROVAL, some) for some in ("a", "b", "a", "c")]
    columns = merged(Columns.of(dict.fromkeys(cast, 1)))
    assert Profile(columns) == Profile.of(set(cast))


def test_a_clash_of_fingerprints_never_merges_channels(monkeypatch):
    monkeypatch.setattr(
        "pb_engine.tallying.merging.fingerprints",
        lambda columns: np.zeros(len(columns.times), dtype=np.uint64),
    )
    parts = two_channels([Ballot.choosing(APPROVAL, "a")] * 2, ["paper", "web"])
    columns = joined(APPROVAL, parts[0].projects, parts)
    assert columns.times.tolist() == [1, 1]


def test_ballots_of_two_formats_are_not_counted_together():
    cast = [Ballot.choosing(APPROVAL, "a"), Ballot.choosing(BallotFormat.SINGLE, "a")]
    with pytest.raises(TallyRefused, match="approval and single"):
        Profile.of(cast)


def test_a_profile_is_no_other_thing():
    assert Profile.of([]) != []
    assert repr(Profile.of([])) == "Profile(0 ballots, 0 different)"


def two_channels(cast, channels):
    """Columns with one row per ballot, each with its channel."""
    parts = list(single_rows(cast))
    return [
        replace(part, channels=np.zeros(1, dtype=np.int64), channel_names=(channel,))
        for part, channel in zip(parts, channels, strict=True)
    ]


@given(st.lists(st.tuples(st.sets(st.sampled_from("ab")), st.sampled_from(["paper", "web"]))))
def test_equal_ballots_of_two_channels_stay_apart(cast):
    marked = [Ballot.choosing(APPROVAL, some) for some, _ in cast]
    parts = two_channels(marked, [channel for _, channel in cast])
    profile = Profile(joined(APPROVAL, tuple("abcde"), parts))
    counted = Counter((channel, frozenset(some)) for some, channel in cast)
    found = {
        (channel, frozenset(ballot.projects)): times
        for channel, ballot, times in profile.channel_groups
    }
    assert found == counted
    assert profile.groups == Profile.of(marked).groups
    support = profile.support(["a", "b"])
    assert support.voters == Profile.of(marked).support(["a", "b"]).voters
    assert support.channel_names == tuple(sorted({channel for _, channel in cast}))


def test_a_profile_with_channels_is_another_than_one_without():
    (part,) = two_channels([Ballot.choosing(APPROVAL, "a")], ["paper"])
    with_channel, without = Profile(part), Profile.of([Ballot.choosing(APPROVAL, "a")])
    assert with_channel != without
    assert with_channel.groups == without.groups


def test_ballots_of_which_only_some_say_their_channel_are_not_joined():
    one, other = single_rows([Ballot.choosing(APPROVAL, "a")] * 2)
    spoken = replace(one, channels=np.zeros(1, dtype=np.int64), channel_names=("paper",))
    with pytest.raises(TallyRefused, match="some do not"):
        joined(APPROVAL, one.projects, [spoken, other])


@given(st.one_of(ballots, weighed), st.integers(1, 4), st.integers(1, 5))
def test_a_stream_in_small_steps_makes_the_same_profile(cast, step, patience):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pb_engine.tallying.profile._AT_ONCE", step)
        patched.setattr("pb_engine.tallying.gathering.PATIENCE", patience)
        patched.setattr("pb_engine.tallying.columns.SLICE", 2)
        profile = Profile.of(iter(cast))
    counted = Counter(cast)
    assert dict(profile.groups) == counted
    assert len(profile.columns.times) == len(counted)
    assert [ballot for ballot, _ in profile.columns.ballots()] == list(counted)


@given(st.one_of(ballots, weighed))
def test_support_in_small_steps_is_the_same(cast):
    profile = Profile.of(cast)
    support = profile.support(["b", "x", "a"])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pb_engine.tallying.columns.SLICE", 2)
        again = support_of(profile.columns, ["b", "x", "a"])
        assert voters_of(profile.columns, ["b", "x", "a"]) == support.voters == again.voters
    assert support.scores == again.scores
    for one, other in zip(support.rows, again.rows, strict=True):
        assert one.tolist() == other.tolist() == sorted(one.tolist())


def test_numbers_of_every_size_survive_a_gathering(monkeypatch):
    monkeypatch.setattr("pb_engine.tallying.gathering.PATIENCE", 1)
    weights = [1, 255, 256, 32_768, 2**31, 2**40]
    gathering = Gathering(BallotFormat.POINTS)
    for weight in (*weights, *weights):
        gathering.add(Columns.of({Ballot.weighing(BallotFormat.POINTS, {"a": weight}): 1}))
    found = {ballot.marks[0].weight: times for ballot, times in gathering.columns().ballots()}
    assert found == dict.fromkeys(weights, 2)
