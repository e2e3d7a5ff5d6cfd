"""`pb-engine tally`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from pb_engine.cli.reason_words import reason_words
from pb_engine.cli.tally import tally
from pb_engine.cli.tally_places import places_in
from pb_engine.tallying import Election, Profile, Project
from pb_engine.tallying.pabulib import PabulibElection
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
    named = ("--setting", "greedy.by=votes", "--setting", "equal_shares.by=score")
    greedy, shares = results(file, *both, *named)
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
    rules, projects = (part.splitlines() for part in shown.stdout.split("\n\n"))
    assert [line.split()[0] for line in rules] == ["rule", "1", "2"]
    greedy = rules[1]
    for words in ("(greedy)", "1 of 2", "€500", "3 (75.0%)", "25.0%", "yes"):
        assert words in greedy
    head, first, why, *_ = projects
    assert head.split() == ["project", "votes", "cost", "1", "2"]
    assert first.split()[:5] == ["2", "3", "€500", "+", "+"]
    assert why.strip() == "funded: its turn, and it fits (1); funded: paid by its voters (2)"


def test_side_by_side_with_explain_gives_the_sentence_of_every_rule(file):
    rules = ("--rule", "greedy", "--rule", "equal_shares")
    shown = run(file, *rules, "--compare", "--explain", "--lang", "en").stdout
    assert "     1 This project is not funded" in shown
    assert "     2 This project is not funded" in shown


def test_a_reason_that_nobody_knows_is_spelled_as_it_is():
    assert reason_words("too_blue", "nl") == "too blue"
    assert reason_words("does_not_fit", "nl") == "past niet meer"


def test_all_rules_that_can_count_do_and_the_others_say_why_not(file):
    document = json.loads(run(file, "--rule", "all", "--json").stdout)
    counted = {one["rule"] for one in document["results"]}
    assert {"greedy", "equal_shares", "phragmen", "max_welfare"} <= counted
    refused = {one["rule"]: one for one in document["refused"]}
    assert not counted & set(refused)
    assert refused["score_totals"]["nl"].endswith("deze zijn met kruisjes")
    assert refused["score_totals"]["en"].endswith("these are approval ballots")
    assert "these are approval ballots" in run(file, "--rule", "all", "--lang", "en").stdout


def test_a_rule_can_be_left_out_of_all(file):
    document = json.loads(run(file, "--rule", "all", "--except", "greedy", "--json").stdout)
    assert "greedy" not in {one["rule"] for one in document["results"]}
    assert {"rule": "greedy", "nl": "greedy is weggelaten", "en": "greedy was left out"} in (
        document["refused"]
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--rule", "greedy", "--except", "greedy"], "which is not asked"),
        (["--rule", "all", "--except", "magic"], "no plugin 'magic' is installed"),
    ],
)
def test_leaving_out_what_is_not_there_is_a_mistake(file, arguments, sentence):
    result = run(file, *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_one_rule_that_was_named_and_cannot_count_is_a_refusal(file):
    result = run(file, "--rule", "score_totals")
    assert result.exit_code == 1
    assert "score_totals counts points" in result.stderr


def test_json_tells_how_fair_the_outcome_is(file):
    (greedy,) = results(file, "--rule", "greedy")
    fairness = greedy["fairness"]
    assert (fairness["served"], fairness["exclusion_ratio"]) == (3, "1/4")
    assert fairness["ejr_plus"]["cost_up_to_one"]["holds"] is True
    assert greedy["sentences"][0]["nl"].startswith("3 van de 4 kiezers hebben minstens één idee")


def test_explain_begins_with_the_round(file):
    shown = run(file, "--rule", "greedy", "--explain").stdout.splitlines()
    assert shown[1] == "3 van de 4 kiezers hebben minstens één idee dat geld krijgt (75,0%)."


def test_themes_of_a_file_become_places():
    rows = {
        "1": {"category": "green,sport", "target": ""},
        "2": {"category": "green", "target": "youth"},
        "3": {"category": "", "target": "youth"},
    }
    projects = tuple(Project(name, 100) for name in rows)
    election = Election(100, projects, Profile.of([]), tuple(rows))
    places = places_in(PabulibElection({}, "approval", election, rows))
    assert {place.name: set(place.projects) for place in places} == {
        "green": {"1", "2"},
        "sport": {"1"},
    }
    one = {name: {"target": "youth"} for name in rows}
    assert places_in(PabulibElection({}, "approval", election, one)) == ()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_stands_on_its_own(file, tmp_path, language):
    page = tmp_path / "page.html"
    result = run(file, "--rule", "all", "--page", str(page), "--lang", language)
    assert (result.exit_code, result.stdout) == (0, "")
    html = page.read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in html
    for outside in ("<script", "src=", "href=", "url(", "http:", "https:", "style="):
        assert outside not in html
    assert html.count("<h1>") == 1
    words = {"nl": "De telmethoden naast elkaar", "en": "The rules side by side"}
    assert words[language] in html
    assert words[{"nl": "en", "en": "nl"}[language]] not in html
    assert "<svg" in html


def test_a_page_in_a_folder_that_is_not_there_is_a_sentence(file, tmp_path):
    where = str(tmp_path / "nowhere" / "page.html")
    result = run(file, "--rule", "greedy", "--page", where)
    assert result.exit_code == 1
    assert result.stderr == f"pb-engine: {where}: No such file or directory\n"


def test_what_a_file_says_cannot_become_markup(tmp_path):
    path, page = tmp_path / "evil.pb", tmp_path / "page.html"
    path.write_bytes(a_file(name="<i>x</i>").replace(b";Example", b";<b>x</b>"))
    assert run(str(path), "--rule", "greedy", "--page", str(page)).exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert "<b>x" not in html
    assert "<i>x" not in html
    assert "&lt;b&gt;x" in html
    assert "&lt;i&gt;x" in html


def test_it_says_how_many_more_ballots_a_project_needed(file):
    (greedy,) = results(file, "--rule", "greedy", "--short", "1", "--short", "2")
    assert greedy["short"] == {"1": 2, "2": 0}
    assert greedy["voters_served"] == 3
    shown = run(file, "--rule", "greedy", "--short", "1", "--most", "1", "--lang", "en").stdout
    assert "1: even 1 more ballots are not enough" in shown
