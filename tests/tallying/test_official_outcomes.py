"""What cities published, counted again by the rule that their files declare."""

from __future__ import annotations

import pytest

from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.tallying.whatif import WhatIf
from tests.tallying.official import NO_RULE, PASSED_OVER, amsterdam, count
from tests.tallying.real_files import FOLDER, names, needs_real_files

QUICK = 1_500_000
DUTCH = [name for name in names() if name.startswith("Netherlands_Amsterdam")]


def read_file(name):
    with (FOLDER / f"{name}.pb").open("rb") as stream:
        return read_pabulib(stream)


def beginning(name):
    """The lines of a file up to the names of the columns of its projects."""
    lines = []
    with (FOLDER / f"{name}.pb").open(encoding="utf-8-sig") as stream:
        for line in stream:
            lines.append(line.strip())
            if line.startswith("project_id"):
                break
    return lines


BEGINNINGS = {name: beginning(name) for name in names()}
WINNERS = [name for name, lines in BEGINNINGS.items() if "selected" in lines[-1].split(";")]
PLAIN = [name for name in WINNERS if name not in {*PASSED_OVER, *NO_RULE}]


def size(name):
    return (FOLDER / f"{name}.pb").stat().st_size


def agrees(name):
    read = read_file(name)
    assert set(count(read).selected) == read.selected


@needs_real_files
@pytest.mark.parametrize("name", [name for name in PLAIN if size(name) < QUICK])
def test_a_city_gets_the_outcome_that_it_published(name):
    agrees(name)


@needs_real_files
@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in PLAIN if size(name) >= QUICK])
def test_a_large_city_gets_the_outcome_that_it_published(name):
    agrees(name)


@needs_real_files
@pytest.mark.slow
@pytest.mark.parametrize("name", list(PASSED_OVER))
def test_an_exception_is_one_for_the_reason_that_is_listed(name):
    read = read_file(name)
    assert set(count(read).selected) != read.selected
    left = WhatIf(without=PASSED_OVER[name]).asked_of(read.election)
    assert set(count(read, left).selected) == read.selected


@needs_real_files
def test_every_file_that_declares_its_rule_is_counted_and_only_those_listed_declare_none():
    silent = {name for name in WINNERS if "rule;unknown" in BEGINNINGS[name]}
    assert silent == set(NO_RULE)
    assert len(WINNERS) - len(silent) == len(PLAIN) + len(PASSED_OVER) == 35


@needs_real_files
@pytest.mark.parametrize("name", DUTCH)
def test_what_amsterdam_says_about_ceilings_and_the_rest_is_kept(name):
    read = read_file(name)
    rules, outcome = amsterdam(read), count(read)
    costs = {project.id: project.cost for project in read.election.projects}
    for group in rules["ceilings"]:
        within = [
            d.project for d in outcome.decisions
            if d.reason == "funded" and d.project in group["projects"]
        ]  # fmt: skip
        assert sum(costs[p] for p in within) <= group["at_most"]
    left = outcome.facts["left"] + outcome.facts.get("offered", 0)
    refused = [d.project for d in outcome.decisions if d.verdict == "not_funded"]
    if rules["leftover"]:
        assert all(costs[project] > left for project in refused)
    if rules["partly"] and left:
        assert outcome.decision(refused[0]).facts["amount"] == left
