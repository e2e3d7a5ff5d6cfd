"""The screen at the counter: clean for everybody, and clean again by itself."""

import pytest

from tests.builders import a_round_in
from tests.web.visitor import Visitor

START = "/proef-2027/stemmen/balie"


@pytest.fixture
def screen(tmp_path):
    return Visitor(a_round_in(tmp_path, "voting"))


def test_elsewhere_no_page_starts_again_by_itself(screen):
    assert "refresh" not in screen.enter(screen.staged.codes[0]).headers


def test_at_the_counter_every_page_of_voting_goes_back_to_the_start_in_time(screen):
    start = screen.get("~/stemmen/balie")
    assert "refresh" not in start.headers
    done = screen.cast(screen.staged.codes[0], "AED")
    assert done.headers["refresh"] == f"60; url={START}"
    assert screen.enter(screen.staged.codes[1]).headers["refresh"] == f"600; url={START}"


def test_the_start_tells_nothing_about_whoever_was_there_before(screen):
    screen.get("~/stemmen/balie")
    done = screen.cast(screen.staged.codes[0], "AED")
    assert "Uw stem is binnen" in done.text
    again = screen.get("~/stemmen/balie")
    assert "AED" not in again.text
    assert "Uw stem is binnen" not in screen.get("~/stemmen/klaar").text
    for name in ("pb_stem", "pb_bewijs", "pb_controle"):
        assert screen.cookie(name, "~/stemmen") is None


def test_a_half_filled_ballot_is_gone_at_the_start(screen):
    screen.get("~/stemmen/balie")
    paper = screen.enter(screen.staged.codes[0])
    screen.send(paper, "choices", choices=screen.ids("Bankjes"))
    screen.get("~/stemmen/balie")
    fresh = screen.enter(screen.staged.codes[1])
    assert [value for name, value in fresh.form("choices").fields if name == "choices"] == []


def test_the_code_of_whoever_was_too_slow_still_works(screen):
    screen.get("~/stemmen/balie")
    screen.enter(screen.staged.codes[0])
    screen.get("~/stemmen/balie")
    assert "Uw stem is binnen" in screen.cast(screen.staged.codes[0], "AED").text


def test_the_cookie_of_the_screen_says_nothing_but_that_it_is_one(screen):
    screen.get("~/stemmen/balie")
    kept = screen.cookie("pb_balie", "~/stemmen")
    assert (kept.value, kept.http_only, kept.path) == ("1", True, "/proef-2027/stemmen")
