"""A stranger's distribution needs the public interface, and nothing else."""

import ast
import os
import subprocess
import sys
from importlib import metadata

from pb_engine import pluginhost
from pb_engine.api import Ballot, BallotFormat, Election, Profile, Project
from tests.plugins.example import PACKAGE, SOURCE


def an_election():
    return Election(
        budget=1000,
        projects=(Project("swing", 600), Project("bench", 300), Project("tree", 300)),
        profile=Profile.of(
            Ballot.choosing(BallotFormat.APPROVAL, chosen)
            for chosen in (["swing", "bench"], ["swing"], ["tree", "swing"])
        ),
        lot=("tree", "swing", "bench"),
    )


def loaded_rule():
    return pluginhost.load(["cheapest_first"]).voting_methods["cheapest_first"]


def test_an_installed_distribution_is_listed_with_its_version(example_distribution):
    expected = pluginhost.Loaded("cheapest_first", "pb-engine-cheapest-first", "1.0.0")

    assert expected in list(pluginhost.available())
    assert metadata.distribution("pb-engine-cheapest-first").locate_file("") == example_distribution


def test_installed_is_not_loaded(example_distribution):
    plugins = pluginhost.load(["smtp"])

    assert "cheapest_first" not in plugins.voting_methods
    assert PACKAGE not in sys.modules


def test_the_code_comes_from_the_wheel_and_not_from_the_checkout(example_distribution):
    loaded_rule()

    assert sys.modules[PACKAGE].__file__.startswith(str(example_distribution))


def test_a_strangers_rule_decides(example_distribution):
    rule = loaded_rule()
    settings = pluginhost.load_settings(rule, {})
    election = an_election()

    outcome = rule.tally(election, settings)

    assert outcome.selected == ("tree", "bench")
    assert outcome.decision("swing").facts == {"short": 200}
    assert "€ 2" in rule.explain(election, outcome, settings)["swing"].sentence.nl


def test_a_strangers_setting_is_checked_and_used(example_distribution):
    rule = loaded_rule()
    settings = pluginhost.load_settings(rule, {"minimum_voters": 3})

    assert rule.tally(an_election(), settings).selected == ("swing",)


def test_a_strangers_rule_passes_the_contract_by_its_own_five_lines(example_distribution):
    contract = SOURCE / "tests" / "test_contract.py"

    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            "/dev/null",
            contract,
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=example_distribution,
        env=os.environ | {"PYTHONPATH": str(example_distribution), "PYTEST_ADDOPTS": ""},
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_the_stranger_imports_the_public_interface_only():
    sources = list((SOURCE / "src").rglob("*.py"))
    imported = {
        node.module
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module.startswith("pb_engine")
    }

    assert len(sources) == 3
    assert imported == {"pb_engine.api", "pb_engine.api.setting"}
