"""`pb-engine tally`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from pb_engine.cli.tally import tally
from tests.tallying.pb_text import a_file


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "example.pb"
    path.write_bytes(a_file(votes=["1,2", "2", "2", "1"], budget="1000.50"))
    return str(path)


def run(*arguments):
    return CliRunner().invoke(tally, arguments)


def results(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)["results"]


def test_json_has_one_result_per_rule_in_the_units_of_the_file(file):
    greedy, shares = results(file, "--rule", "greedy", "--rule", "equal_shares")
    assert greedy["rule"] == "greedy"
    assert shares["rule"] == "equal_shares"
    assert greedy["budget"] == "1000.50"
    assert greedy["total_cost"] == 500
    assert greedy["selected"] == ["2"]
    first = greedy["projects"][0]
    assert (first["id"], first["cost"], first["voters"], first["selected"]) == ("1", 600, 2, False)
    assert first["reason"] == "does_not_fit"
    assert "explanation" not in first


def test_settings_are_shown_as_they_were_used(file):
    (shares,) = results(file, "--rule", "equal_shares", "--setting", "completion=none")
    assert shares["settings"]["completion"] == "none"
    assert shares["settings"]["utility"] == "cost"


def test_a_setting_goes_to_every_rule_that_knows_it_or_to_the_one_that_is_named(file):
    both = ("--rule", "greedy", "--rule", "equal_shares")
    greedy, shares = results(file, *both, "--setting", "by=votes")
    assert greedy["settings"]["by"] == shares["settings"]["by"] == "votes"
    greedy, shares = results(file, *both, "--setting", "greedy.by=votes")
    assert (greedy["settings"]["by"], shares["settings"]["by"]) == ("votes", "score")


def test_explanations_come_in_both_languages(file):
    (greedy,) = results(file, "--rule", "greedy", "--explain")
    explanation = greedy["projects"][0]["explanation"]
    assert explanation["nl"]["sentence"].startswith("Dit idee krijgt geen geld")
    assert explanation["en"]["sentence"].startswith("This project is not funded")
    assert explanation["nl"]["steps"]


def test_text_is_for_readers(file):
    shown = run(file, "--rule", "greedy", "--explain", "--lang", "en")
    assert shown.exit_code == 0
    assert "Most votes first: 1 of 2 projects, €500 of €1,000.50, 4 ballots" in shown.stdout
    assert "This project is funded" in shown.stdout
    assert "+ 2" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--rule", "magic"], "no plugin 'magic' is installed; there are"),
        (["--rule", "smtp"], "the plugin 'smtp' offers no rule"),
        (["--rule", "greedy", "--setting", "colour=red"], "greedy knows by,"),
        (["--rule", "greedy", "--setting", "skip"], "is not KEY=VALUE"),
        (["--rule", "greedy", "--setting", "equal_shares.by=votes"], "greedy knows by,"),
        (["--rule", "greedy", "--setting", "skip=perhaps"], "skip: Not a valid boolean"),
        ([], "Missing option '--rule'"),
    ],
)
def test_a_wrong_command_line_ends_with_a_sentence_and_2(file, arguments, sentence):
    result = run(file, *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""


def test_a_wrong_file_ends_with_a_sentence_and_1(tmp_path):
    path = tmp_path / "wrong.pb"
    path.write_bytes(a_file(cost="-1"))
    result = run(str(path), "--rule", "greedy")
    assert result.exit_code == 1
    assert result.stderr == "pb-engine: line 16, cost: '-1' is below zero\n"


def test_a_missing_file_ends_with_a_sentence_and_2(tmp_path):
    result = run(str(tmp_path / "none.pb"), "--rule", "greedy")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_remarks_are_shown(tmp_path):
    path = tmp_path / "twice.pb"
    path.write_bytes(a_file(votes=["1,1"]))
    assert "names a project again 1 times" in run(str(path), "--rule", "greedy").stdout


def test_what_if_there_were_more_money_and_one_project_less(file):
    (more,) = results(file, "--rule", "greedy", "--budget", "1100.00")
    assert set(more["selected"]) == {"1", "2"}
    assert more["budget"] == 1100
    (less,) = results(file, "--rule", "greedy", "--without", "2")
    assert less["selected"] == ["1"]
    assert [project["id"] for project in less["projects"]] == ["1"]


def test_a_seed_settles_ties_instead_of_the_cost(tmp_path):
    path = tmp_path / "tie.pb"
    path.write_bytes(a_file(votes=["1", "2"], budget="600"))
    winners = {
        results(str(path), "--rule", "greedy", "--seed", str(seed))[0]["selected"][0]
        for seed in range(8)
    }
    assert winners == {"1", "2"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--budget", "much"], "--budget: 'much' is not a plain number"),
        (["--budget", "1.005"], "more decimals than the amounts of the file"),
        (["--without", "x"], "no project 'x' to leave out"),
    ],
)
def test_an_impossible_question_is_a_sentence(file, arguments, sentence):
    result = run(file, "--rule", "greedy", *arguments)
    assert result.exit_code in {1, 2}
    assert sentence in result.stderr


def test_rules_stand_side_by_side(file):
    shown = run(file, "--rule", "greedy", "--rule", "equal_shares", "--compare", "--lang", "en")
    assert shown.exit_code == 0
    head, first, *_, last = shown.stdout.splitlines()
    assert head.split() == ["greedy", "equal_shares"]
    assert first.split()[:5] == ["2", "3", "€500", "+", "+"]
    assert last.split() == ["€500", "€500"]


def test_it_says_how_many_more_ballots_a_project_needed(file):
    (greedy,) = results(file, "--rule", "greedy", "--short", "1", "--short", "2")
    assert greedy["short"] == {"1": 2, "2": 0}
    assert greedy["voters_served"] == 3
    shown = run(file, "--rule", "greedy", "--short", "1", "--most", "1", "--lang", "en").stdout
    assert "1: even 1 more ballots are not enough" in shown
