"""`pb-engine simulate`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from pb_engine.cli.simulate import simulate
from pb_engine.domain.pot_values import Pot, Pots
from pb_engine.domain.rounds import PluginChoice
from pb_engine.services.round_files import round_text
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.units import Cents
from tests.builders import a_round
from tests.tallying.pb_text import a_file

QUICK = ("--ballots", "20", "--repeats", "3")


@pytest.fixture
def toml(tmp_path):
    path = tmp_path / "proef-2027.toml"
    path.write_text(round_text(a_round()), encoding="utf-8")
    return str(path)


@pytest.fixture
def pb(tmp_path):
    path = tmp_path / "example.pb"
    path.write_bytes(a_file(votes=["1,2", "2", "2", "1"], cost="600"))
    return str(path)


def run(*arguments):
    return CliRunner().invoke(simulate, arguments)


def told(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_a_round_file_is_simulated_with_its_own_rules_and_invented_projects(toml):
    found = told(toml, *QUICK, "--projects", "7")
    (paper,) = found["formats"]
    assert (paper["format"], paper["min_choices"], paper["max_choices"]) == ("approval", 1, 3)
    assert [rule["rule"] for rule in paper["rules"]] == ["greedy", "equal_shares"]
    assert len(paper["projects"]) == 7
    for rule in paper["rules"]:
        wins = [project["wins"][rule["rule"]] for project in paper["projects"]]
        assert sum(wins) == rule["funded"]
        assert rule["spent"] <= 3 * found["budget"]
    assert "no forecast" in found["notice"]


def test_the_pots_of_a_round_file_count_unless_rules_are_named(tmp_path):
    every = ("--projects", "9")
    pots = Pots(tuple(Pot(Cents(1), theme=theme.id) for theme in a_round().submission.themes))
    file = tmp_path / "pots.toml"
    file.write_text(round_text(a_round(pots=pots)), encoding="utf-8")
    found = told(str(file), *QUICK, *every)
    assert found["pots"] == "counted"
    assert found["formats"][0]["rules"][0]["spent"] == 0, "every project is in a pot of one cent"
    plain = told(str(file), *QUICK, *every, "--rule", "greedy")
    assert plain["pots"] == "left_out"
    assert plain["formats"][0]["rules"][0]["spent"] > 0
    assert "De potten van de ronde tellen mee" in run(str(file), *QUICK).stdout


def test_one_seed_gives_one_answer_and_another_seed_another(toml):
    first = run(toml, *QUICK, "--seed", "een").stdout
    assert run(toml, *QUICK, "--seed", "een").stdout == first
    assert run(toml, *QUICK, "--seed", "twee").stdout != first


def test_text_says_that_it_is_invented_in_both_languages(toml):
    dutch, english = run(toml, *QUICK).stdout, run(toml, *QUICK, "--lang", "en").stdout
    assert "Verzonnen stemmen. Dit is geen voorspelling." in dutch
    assert "Invented ballots. This is no forecast." in english
    assert "greedy en equal_shares:" in dutch
    assert "Mekkelholt" in dutch


def test_a_rule_that_cannot_take_a_format_says_so_beside_the_others(toml):
    rules = ("--rule", "greedy", "--rule", "phragmen")
    found = told(toml, *QUICK, *rules, "--format", "ranking", "--format", "basket")
    ranking, basket = found["formats"]
    assert "not ranking ballots" in ranking["rules"][1]["refused"]
    assert "refused" not in basket["rules"][1]
    assert basket["spend_limit"] == found["budget"]
    assert "not ranking ballots" in run(toml, *QUICK, *rules, "--format", "ranking").stdout


def test_two_rules_of_one_method_are_told_apart(tmp_path):
    twice = a_round(compared_methods=(PluginChoice("greedy", {"skip": False}),))
    path = tmp_path / "twee.toml"
    path.write_text(round_text(twice), encoding="utf-8")
    (paper,) = told(str(path), *QUICK)["formats"]
    assert [rule["rule"] for rule in paper["rules"]] == ["greedy", "greedy (2)"]


def test_a_file_keeps_its_projects_limits_and_ballots(pb):
    found = told(pb, *QUICK, "--model", "bootstrap")
    (paper,) = found["formats"]
    assert [project["title"] for project in paper["projects"]] == ["Bench", "Trees"]
    assert [rule["rule"] for rule in paper["rules"]] == ["greedy", "equal_shares"]
    assert found["unit"] == 100


def test_what_is_written_reads_back_as_a_file_that_says_what_it_is(toml, tmp_path):
    out = tmp_path / "verzonnen.pb"
    assert run(toml, *QUICK, "--out", str(out)).exit_code == 0
    read = read_pabulib(out.read_bytes())
    assert read.election.profile.voters == 20
    assert "Invented ballots, model popularity" in read.meta["comment"]
    first = out.read_bytes()
    run(toml, *QUICK, "--out", str(out))
    assert out.read_bytes() == first
    again = told(str(out), *QUICK, "--model", "bootstrap")
    assert len(again["formats"][0]["projects"]) == 15


def test_a_basket_file_is_drawn_from_again_within_its_sum(tmp_path):
    path = tmp_path / "mand.pb"
    path.write_bytes(a_file(votes=["1", "2", "2"], further=["max_sum_cost;700"]))
    found = told(str(path), *QUICK, "--model", "bootstrap")
    (paper,) = found["formats"]
    assert (paper["format"], paper["spend_limit"]) == ("basket", 70_000)


def test_a_round_where_everything_fits_says_that_no_rule_has_to_choose(pb, tmp_path):
    sentence = "geen regel hoeft te kiezen"
    assert sentence not in run(pb, *QUICK).stdout
    roomy = tmp_path / "ruim.pb"
    roomy.write_bytes(a_file(budget="1100"))
    assert sentence in run(str(roomy), *QUICK).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--model", "bootstrap"), 1, "give a Pabulib file"),
        (("--model", "themas"), 2, "is not one of"),
        (("--setting", "by=votes"), 2, "--setting goes with --rule"),
        (("--rule", "nix"), 2, "no plugin 'nix'"),
        (("--rule", "greedy", "--setting", "by=nix"), 2, "Must be one of"),
        (("--ballots", "200001"), 2, "not in the range"),
        (("--repeats", "0"), 2, "not in the range"),
        (("--strength", "-1"), 2, "not in the range"),
        (("--out", "/nergens/x.pb"), 1, "/nergens/x.pb: No such file"),
    ],
)
def test_a_wrong_question_gets_a_sentence(toml, arguments, code, words):
    result = run(toml, "--ballots", "5", "--repeats", "1", *arguments)
    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("kapot.toml", b"slug = ", "kapot.toml: this is not TOML"),
        ("kapot.pb", b"META\n", "line 1"),
        ("leeg.txt", b"", "META must stand here"),
        ("grens.pb", a_file(further=["min_length;1.5"]), "min_length: '1.5'"),
    ],
)
def test_a_damaged_source_is_named_in_a_sentence(tmp_path, name, text, words):
    path = tmp_path / name
    path.write_bytes(text)
    result = run(str(path), *QUICK)
    assert result.exit_code == 1
    assert words in result.stderr


def test_a_file_without_projects_is_refused(tmp_path):
    text = a_file(votes=[]).decode()
    kept = [line for line in text.splitlines() if not line.startswith(("1;", "2;500"))]
    path = tmp_path / "leeg.pb"
    path.write_text("\n".join(kept).replace("num_projects;2", "num_projects;0") + "\n")
    result = run(str(path), *QUICK)
    assert result.exit_code == 1
    assert "1 to 2000 projects, not 0" in result.stderr
