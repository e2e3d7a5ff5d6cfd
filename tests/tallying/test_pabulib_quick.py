"""The quick reader of ordinary ballots says what the careful one says, or nothing."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.tallying.pabulib.grid import Grid
from pb_engine.tallying.pabulib.places import Places
from pb_engine.tallying.pabulib.values import decimal_text
from pb_engine.tallying.pabulib.voters import Voters, named
from tests.tallying.pb_text import a_file
from tests.tallying.real_files import FOLDER, names, needs_real_files

VOTES = "pb_engine.tallying.pabulib.votes"


def carefully(raw):
    """Read a file without the quick reader."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(f"{VOTES}.read_quickly", lambda _section, _block: None)
        return read_pabulib(raw)


def said(read, raw):
    """What reading gives: a profile with its channels, or a sentence."""
    try:
        found = read(raw)
    except InvalidElectionFile as problem:
        return problem.sentence
    return found.election.profile, found.election.profile.channel_groups, found.remarks


IDS = ["1", "12", "L005", "é7", "a-long-identifier", "of sixteen bytes"]
cells = st.one_of(
    st.lists(st.sampled_from(IDS), max_size=5).map(",".join),
    st.text(alphabet='1,2 é"\r', max_size=4),
)

MINIMA = ["min_length;2", "min_sum_points;5", "min_sum_cost;4"]


@st.composite
def files(draw):
    """Small files of any vote type, most of them right."""
    vote_type = draw(st.sampled_from(["approval", "choose-1", "ordinal", "cumulative", "scoring"]))
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    columns = ["vote", *(["points"] if vote_type in {"cumulative", "scoring"} else [])]
    columns += draw(st.sampled_from([[], ["age"], ["voting_method"], ["age", "voting_method"]]))
    columns = draw(st.permutations(columns))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    rows = []
    for number in range(draw(st.integers(0, 6))):
        vote = draw(st.lists(st.sampled_from(ids), max_size=4, unique=draw(st.booleans())))
        points = draw(st.lists(st.integers(0, 11), min_size=len(vote), max_size=len(vote)))
        filled = {
            "vote": ",".join(vote),
            "points": ",".join(map(str, points)),
            "age": draw(st.sampled_from(["", "41", "1,2", "x,y"])),
            "voting_method": draw(
                st.sampled_from(["paper", "internet", "", " web", "by telephone"])
            ),
        }
        if draw(st.integers(0, 9)) == 0:
            filled["vote"] = draw(cells)
        voter = draw(st.sampled_from([f"v{number}", f"voter-{number}", f"{number:032d}", "v0"]))
        rows.append(";".join([voter, *(filled[name] for name in columns)]))
        rows.extend([""] * (draw(st.integers(0, 9)) == 0))
    limit = draw(st.sampled_from(["", "max_length;3", "max_points;9", "max_sum_cost;6", *MINIMA]))
    meta = {"num_projects": len(ids), "num_votes": sum(map(bool, rows)), "vote_type": vote_type}
    lines = ["META", "key;value", "budget;100", *(f"{key};{value}" for key, value in meta.items())]
    lines += [*filter(None, [limit]), "PROJECTS", "project_id;cost", *(f"{one};2" for one in ids)]
    lines += ["VOTES", ";".join(["voter_id", *columns]), *rows]
    return (end.join(lines) + draw(st.sampled_from(["", end]))).encode()


@given(files())
def test_both_readers_say_the_same(raw):
    assert said(read_pabulib, raw) == said(carefully, raw)


@given(files(), st.integers(40, 200))
def test_the_size_of_the_blocks_does_not_matter(raw, size):
    whole = said(read_pabulib, raw)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pb_engine.tallying.pabulib.encodings.FIRST_BLOCK", size)
        patched.setattr("pb_engine.tallying.pabulib.encodings.BLOCK", size)
        cut = said(read_pabulib, io.BytesIO(raw))
    # Of several mistakes another may be met first.
    assert cut == whole or (isinstance(cut, str) and isinstance(whole, str))


@needs_real_files
@pytest.mark.parametrize("name", names(limit=40_000))
def test_a_real_file_is_read_quickly_and_equally(name, monkeypatch):
    raw = (FOLDER / f"{name}.pb").read_bytes()
    whole = said(carefully, raw)
    monkeypatch.setattr(f"{VOTES}.read_carefully", lambda *_: pytest.fail("not quick"))
    if "again" not in str(whole[2]):
        assert said(read_pabulib, raw) == whole


def test_ballots_below_a_minimum_count_and_are_remarked():
    raw = a_file(["1", "1,2", "1"], further=["min_length;2"])
    for read in (read_pabulib(raw), carefully(raw)):
        assert read.election.profile.voters == 3
        assert read.remarks == ("2 ballots are below min_length 2; they count",)


def test_the_line_is_right_after_empty_lines():
    meta = "META\nkey;value\nbudget;1\nnum_projects;1\nnum_votes;2\nvote_type;approval\n\n"
    raw = f"{meta}PROJECTS\nproject_id;cost\n1;1\nVOTES\nvoter_id;vote\n\nv0;2\n\n\nv1;1\n".encode()
    with pytest.raises(InvalidElectionFile, match="line 14, vote: project '2'"):
        read_pabulib(raw)


def test_a_voter_of_an_earlier_block_is_named_with_the_line(monkeypatch):
    monkeypatch.setattr("pb_engine.tallying.pabulib.encodings.FIRST_BLOCK", 10)
    monkeypatch.setattr("pb_engine.tallying.pabulib.encodings.BLOCK", 10)
    meta = "META\nkey;value\nbudget;1\nnum_projects;1\nnum_votes;9\nvote_type;approval\n"
    votes = "".join(f"voter{number % 8};1\n" for number in range(9))
    raw = f"{meta}PROJECTS\nproject_id;cost\n1;1\nVOTES\nvoter_id;vote\n{votes}".encode()
    with pytest.raises(
        InvalidElectionFile, match="line 20, voter_id: voter 'voter0' of an earlier"
    ):
        read_pabulib(raw)


words = st.text(alphabet="abc1", max_size=20)


@given(st.lists(st.lists(words, min_size=1, max_size=6), max_size=6))
def test_voters_are_told_apart_exactly(parts):
    voters, met = Voters(), []
    for part in parts:
        again = voters.add(named(part), anyway=True)
        assert again.tolist() == [part.count(one) > 1 or one in met for one in part]
        met += part


def test_voters_whose_numbers_clash_are_still_told_apart(monkeypatch):
    monkeypatch.setattr(
        "pb_engine.tallying.pabulib.voters.mixed", lambda further: further & further.dtype.type(0)
    )
    voters = Voters()
    assert not voters.add(named(["voter-01a", "voter-01b"])).any()
    assert voters.add(named(["voter-01c", "voter-01b"])).tolist() == [False, True]


@given(st.lists(words.filter(bool), min_size=1, max_size=40, unique=True), st.booleans())
def test_places_are_exact(ids, crowded):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pb_engine.tallying.pabulib.places._TRIES", 0 if crowded else 32)
        places = Places(ids)
    text = ",".join([*ids, *reversed(ids)])
    grid = Grid.of(f"v;{text}\n".encode(), 2)
    spans, lengths = grid.lists(1)
    assert lengths.tolist() == [2 * len(ids)]
    found = grid.names(spans)
    if max(map(len, ids)) > 16:
        assert found is None
        assert places.of((spans.starts.astype("u8"), None)) is None
        return
    order = list(range(len(ids)))
    assert places.of(found).tolist() == order + order[::-1]
    strange = Grid.of(b"v;zz\n", 2)
    assert places.of(strange.names(strange.cells(1))) is None


def test_numbers_are_plain_digits_or_nothing():
    grid = Grid.of(b"v;0,12,123456789\nv;+1,2\nv;1234567890\n", 2)
    spans, lengths = grid.lists(1)
    assert lengths.tolist() == [3, 2, 1]

    def only(begin, end):
        return grid.numbers(type(spans)(spans.starts[begin:end], spans.ends[begin:end]))

    assert only(0, 3).tolist() == [0, 12, 123_456_789]
    assert only(3, 5) is None
    assert only(5, 6) is None


def test_the_line_is_right_before_a_cell_of_several_lines():
    meta = "META\nkey;value\nbudget;1\nnum_projects;1\nnum_votes;3\nvote_type;approval\n"
    votes = 'v0;1;north\nv1;2;north\nv2;1;"north\nand\nsouth"\n'
    raw = f"{meta}PROJECTS\nproject_id;cost\n1;1\nVOTES\nvoter_id;vote;neighborhood\n{votes}"
    with pytest.raises(InvalidElectionFile, match="line 13, vote: project '2'"):
        read_pabulib(raw.encode())


def test_negative_amounts_keep_their_sign():
    assert [decimal_text(amount, 100) for amount in (-150, -100, -5, 5, 250)] == [
        "-1.50",
        -1,
        "-0.05",
        "0.05",
        "2.50",
    ]


@pytest.mark.parametrize(("default", "grades"), [("", [3, 3]), ("0", [3, 3]), ("2", [5, 5])])
def test_only_a_default_above_nothing_is_a_grade_of_what_is_not_listed(default, grades):
    points = [("1", "3"), ("2", "3")]
    further = [f"default_score;{default}"] if default else []
    raw = a_file(points=points, vote_type="scoring", further=further)
    assert list(read_pabulib(raw).election.support.scores) == grades


@pytest.mark.parametrize("vote_type", ["approval", "cumulative"])
def test_a_default_score_says_nothing_about_ballots_without_grades(vote_type):
    points = None if vote_type == "approval" else [("1", "3"), ("1,2", "1,1")]
    plain = a_file(points=points, vote_type=vote_type)
    given_one = a_file(points=points, vote_type=vote_type, further=["default_score;1"])
    scores = list(read_pabulib(plain).election.support.scores)
    assert list(read_pabulib(given_one).election.support.scores) == scores


def test_a_quoted_vote_is_the_vote_without_its_quotes():
    quoted = a_file(votes=('"1"', '"1,2"'))
    assert said(read_pabulib, quoted) == said(read_pabulib, a_file(votes=("1", "1,2")))
