"""Trustees at the desk: their public file before voting, their count after the close."""

import io

import pytest

from pb_engine.pluginhost import load
from pb_engine.sealing import trustee_key_file
from pb_engine.services.box_export import export_box
from pb_engine.services.box_file import read_box_file
from pb_engine.services.count_file import signed_count
from pb_engine.services.offline_count import count_box
from pb_engine.services.rounds import stored_round
from pb_engine.services.trustees import trustees_of
from tests.trustees import NAMES, SLUG, a_ceremony, closed_with, ready_to_vote
from tests.web.desk_visitor import AUDITOR, TEAM, desk_of

HELD = a_ceremony()


def sent(raw):
    return (io.BytesIO(raw), "bestand")


@pytest.fixture
def ready(tmp_path):
    return ready_to_vote(tmp_path)


@pytest.fixture
def counted(tmp_path):
    staged = closed_with(tmp_path / "pb", HELD, {"Bankjes": 2, "AED": 1})
    export_box(staged.engine, SLUG, tmp_path / "bus")
    box = read_box_file(tmp_path / "bus")
    return staged, *signed_count(count_box(box, HELD.shares[:3], load(["greedy"])))


def test_the_desk_says_what_is_missing_takes_the_file_and_shows_the_trustees(ready):
    desk = desk_of(ready, TEAM, AUDITOR)
    page = desk.get("~/")
    assert "Maak eerst de sleuteldelen." in page.text
    assert "5 sleutelbewaarders hebben hun sleuteldeel." in page.text
    refused = desk.post("~/stap/open_voting", {"reason": "Wij beginnen vandaag al."})
    assert refused.status == 409
    assert "Deze ronde heeft sleutelbewaarders nodig." in refused.text
    done = desk.post("~/sleutelbewaarders", {"public_file": sent(trustee_key_file(HELD.key))})
    assert "met de sleutel van de sleutelbewaarders" in done.text
    for name in NAMES:
        assert name in done.text
    assert "3 sleuteldelen openen de stembus." in done.text
    assert trustees_of(ready.engine, SLUG) == HELD.key
    opened = desk.post("~/stap/open_voting", {"reason": "Wij beginnen vandaag al."})
    assert "De stemming is open." in opened.text
    assert "notaris De Wit" in desk.get("~/").text
    assert "kim gaf de sleutel van de stembus aan 5 sleutelbewaarders" in desk.get("/logboek").text


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "past niet"),
        (b"geen json", "past niet"),
        (trustee_key_file(a_ceremony("ander").key), "sleutel van een andere ronde"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_a_sentence(ready, raw, sentence):
    desk = desk_of(ready, TEAM)
    page = desk.post("~/sleutelbewaarders", {"public_file": sent(raw)})
    assert page.status == 422
    assert sentence in page.text
    assert trustees_of(ready.engine, SLUG) is None


def test_the_page_of_counting_says_how_and_takes_the_count_in(counted):
    staged, raw, words = counted
    desk = desk_of(staged, TEAM)
    page = desk.get("~/tellen")
    assert f"pb-engine box export {SLUG}" in page.text
    assert f"pb-engine count {SLUG}.box --out {SLUG}.count" in page.text
    assert "Sleutelbestand" not in page.text
    refused = desk.post("~/tellen/openen", {})
    assert "De sleutel ligt bij de sleutelbewaarders." in refused.text
    form = next(one for one in page.forms if one.action.endswith("inlezen"))
    done = desk.send(page, form, count_file=sent(raw), words=words)
    assert "De stembus is open." in done.text
    assert stored_round(staged.engine, SLUG).phase == "opened"


def test_a_count_with_other_words_is_refused_with_a_sentence(counted):
    staged, raw, words = counted
    desk = desk_of(staged, TEAM)
    tries = [
        ({"count_file": sent(raw), "words": " ".join(reversed(words.split()))}, "De acht woorden"),
        ({"count_file": sent(raw), "words": "sterre " + words.split(" ", 1)[1]}, "Woord 1 staat"),
        ({"count_file": sent(raw), "words": ""}, "Het moeten er 8 zijn"),
        ({"count_file": sent(raw.replace(b'es":[1', b'es":[4')), "words": words}, "is veranderd"),
        ({"count_file": sent(b"?"), "words": words}, "niet te lezen"),
        ({"words": words}, "niet te lezen"),
    ]
    for fields, sentence in tries:
        page = desk.post("~/tellen/inlezen", fields)
        assert page.status == 422, page.text
        assert sentence in page.text
    assert stored_round(staged.engine, SLUG).phase == "closed"


def test_an_auditor_reads_who_keeps_the_key_but_brings_no_count(counted):
    page = desk_of(counted[0], AUDITOR).get("~/tellen")
    assert "Sanne" in page.text
    assert not any(form.action.endswith("inlezen") for form in page.forms)


def test_residents_read_who_keeps_the_key_and_trustees_fetch_the_public_file(ready):
    from tests.web.visitor import Visitor

    visitor = Visitor(ready)
    assert "Wie kan de stembus openen?" not in visitor.get("~/").text
    assert visitor.get("~/sleutel.json").status == 404
    raw = trustee_key_file(HELD.key)
    desk_of(ready, TEAM).post("~/sleutelbewaarders", {"public_file": sent(raw)})
    page = visitor.get("~/").text
    assert "Wie kan de stembus openen?" in page
    assert all(name in page for name in NAMES)
    assert "3 sleuteldelen openen de stembus." in page
    assert visitor.get("~/sleutel.json").body == raw
    assert visitor.get("/nergens/sleutel.json").status == 404
