"""The page of a round and its rules: how much can still change, who decides, how votes count."""

import dataclasses

import pytest

from tests.builders import a_round, a_round_in
from tests.web.visitor import Visitor
from web.resident.room import MOST, ROOMS


@pytest.mark.parametrize(
    ("phase", "word", "chance"),
    [
        ("draft", "Bijna alles", None),
        ("ideas", "Veel", "na zondag 28 maart 2027 kunnen er geen ideeën meer bij"),
        ("review", "Een deel", "staat vast welke ideeën op het stembiljet komen"),
        ("voting", "Alleen de keuze", "kunt u niet meer stemmen"),
        ("closed", "Niets meer", None),
        ("published", "Alleen de uitvoering", None),
    ],
)
def test_every_phase_says_what_can_still_change_and_until_when(staged, phase, word, chance):
    page = Visitor(staged(phase)).get("~/")
    assert "Wat kan er nog veranderen?" in page.text
    assert f"<strong>{word}</strong>" in page.html
    assert page.html.count('class="full"') == ROOMS[phase].level
    assert page.html.count('class="empty"') == MOST - ROOMS[phase].level
    assert (chance in page.text) if chance else ("Let op: na" not in page.text)


def test_the_room_only_shrinks_until_the_votes_are_counted():
    phases = ("draft", "ideas", "review", "voting", "closed", "opened", "counted", "explained")
    levels = [ROOMS[phase].level for phase in phases]
    assert levels == sorted(levels, reverse=True)


def test_the_rules_tell_who_decides_by_which_criteria_and_how_votes_are_counted(staged):
    visitor = Visitor(staged("voting"))
    page = visitor.get("~/regels")
    for words in (
        "R2 Het idee gaat niet over verkeer.",
        "U kiest hoogstens 3 ideeën.",
        "een zaad uit een openbare trekking",
        "maandag 10 mei 2027 12 jaar of ouder",
        "Vastgelegd bij het begin van de stemming",
    ):
        assert words in page.text
    method = visitor.staged.engine.plugins.voting_methods["greedy"].card
    assert method.summary.nl in page.text
    digest = page.html.split('class="digest">')[1].split("<")[0]
    assert digest in visitor.get("~/").html
    assert 'href="/proef-2027/regels"' in visitor.get("~/").html
    assert visitor.get("/nergens/regels").status == 404


def test_before_anything_is_frozen_the_rules_say_so(staged):
    assert "vastgelegd als de ronde begint" in Visitor(staged("draft")).get("~/regels").text


def test_a_round_with_an_oldest_age_says_both_ages_on_its_page_and_in_its_rules(tmp_path):
    voters = dataclasses.replace(a_round().voters, maximum_age=26)
    visitor = Visitor(a_round_in(tmp_path, "ideas", round_=a_round(voters=voters)))
    for path in ("~/", "~/regels"):
        text = visitor.get(path).text
        assert "U bent op maandag 10 mei 2027 12 tot en met 26 jaar." in text
        assert "jaar of ouder" not in text
