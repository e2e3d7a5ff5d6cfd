"""What an operator types to print ballot papers, right and wrong."""

import pytest

from pb_engine.cli import paper
from tests.builders import a_round_in
from tests.cli.test_box_commands import SLUG, run
from tests.trustees import text_of


@pytest.fixture
def phase():
    return "voting"


@pytest.fixture
def place(tmp_path, monkeypatch, phase):
    staged = a_round_in(tmp_path / "pb", phase)
    monkeypatch.setattr(paper, "this_engine", lambda: staged.engine)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ballots(number, out, *, slug=SLUG, fails=False):
    return run("paper", "ballots", slug, "--number", str(number), "--out", out, fails=fails)


def test_papers_are_written_with_fresh_numbers_and_no_file_is_written_over(place):
    assert "2 ballot papers in een.pdf, numbers 1 to 2" in ballots(2, "een.pdf")
    assert "is there already" in ballots(2, "een.pdf", fails=True)
    assert "numbers 3 to 5" in ballots(3, "twee.pdf")
    assert "000005" in text_of(place / "twee.pdf")


def test_what_cannot_be_printed_is_said_and_leaves_no_file(place):
    assert "1 to 500" in ballots(0, "een.pdf", fails=True)
    assert "1 to 500" in ballots(501, "een.pdf", fails=True)
    assert "no ballot paper" in ballots(2, "een.pdf", slug="weg-2027", fails=True)
    assert "its folder is not" in ballots(2, "weg/een.pdf", fails=True)
    assert not (place / "een.pdf").exists()


@pytest.mark.parametrize("phase", ["review"])
def test_before_voting_there_is_no_paper_to_print(place):
    assert "no ballot paper yet" in ballots(2, "een.pdf", fails=True)
    assert not (place / "een.pdf").exists()
