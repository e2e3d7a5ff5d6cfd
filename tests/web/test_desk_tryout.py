"""Trying voting methods out at the desk, and the rehearsal, as officials see them."""

import dataclasses
import re

import pytest

from pb_engine.domain.rounds import Tie
from pb_engine.services import rehearsal, rounds
from pb_engine.services.desk import log_page
from pb_engine.units import LANGUAGES
from tests.builders import CALENDAR, DAY, a_round, a_round_in, at, both
from tests.tallying.pb_text import a_file
from tests.web.desk_visitor import COMMISSION, TEAM, desk_of
from tests.web.desk_visitor import a_file as sent

OWN = "regel=ronde-0&regel=ronde-1"
TRY = f"~/uitproberen?bron=impartial&stemmen=40&zaad=proef&{OWN}"


@pytest.fixture
def desk(staged):
    return desk_of(staged("review"), COMMISSION)


def test_the_form_starts_with_the_rules_of_the_round_and_counts_nothing_yet(desk):
    page = desk.get("~/uitproberen")
    assert "Telmethoden uitproberen" in page.text
    assert "Wat de telmethoden doen" not in page.text
    ticked = [part.split('"')[0] for part in page.html.split('name="regel" value="')[1:]]
    assert ticked[:2] == ["ronde-0", "ronde-1"]
    assert page.html.count("checked") == 2


def test_what_the_rules_do_stands_in_a_table_with_a_warning(desk):
    page = desk.get(TRY)
    assert page.status == 200
    assert "Dit is geen voorspelling" in page.text
    assert "40 stemmen" in page.text
    assert "€ 10.000 te verdelen" in page.text
    assert "hiermee vergelijken we" in page.text
    for title in ("Bankjes", "Moestuin", "Speeltoestel", "AED"):
        assert title in page.text
    assert desk.get(TRY).html == page.html, "the same form gives the same page"
    assert desk.get(TRY.replace("zaad=proef", "zaad=anders")).html != page.html


def test_a_rule_that_cannot_count_the_ballots_says_so_beside_the_others(desk):
    page = desk.get(f"{TRY}&regel=majority_judgement")
    assert page.status == 200
    assert "Deze regel kan deze stemmen niet tellen." in page.text


def test_two_variants_of_one_rule_are_told_apart(desk):
    page = desk.get(f"{TRY}&regel=equal_shares")
    names = re.findall(r'<th scope="row"[^>]*>([^<]*)<', page.html)[:3]
    assert names == [
        "Meeste stemmen eerst",
        "Gelijke delen (zoals in de spelregels)",
        "Gelijke delen",
    ]


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        (f"bron=themes&stemmen=abc&{OWN}", 422, "Vul een getal in van 1 tot en met 2000."),
        (f"bron=themes&stemmen=2001&{OWN}", 422, "Vul een getal in van 1 tot en met 2000."),
        (f"bron=themes&stemmen=99999999999999999999&{OWN}", 422, "Vul een getal in van 1 tot"),
        ("bron=themes&stemmen=20", 422, "Kies minstens één telmethode."),
        ("bron=themes&stemmen=20&regel=dictator", 409, "Kies minstens één telmethode."),
        (f"bron=horoscoop&stemmen=20&{OWN}", 409, "Kies een ander soort kiezers."),
        (f"bron=ronde:geen-2027&{OWN}", 404, "Deze ronde bestaat niet."),
        (f"bron=ronde:proef-2027&{OWN}", 404, "Bestanden staan hier na de uitslag."),
    ],
)
def test_a_wrong_question_gets_a_sentence_and_the_form_again(desk, query, status, sentence):
    page = desk.get(f"~/uitproberen?{query}")
    assert page.status == status
    assert sentence in page.text
    assert "Zelf proberen" in page.text


def test_what_was_typed_stays_and_is_escaped(desk):
    page = desk.get(f"~/uitproberen?bron=themes&stemmen=x&zaad=<script>alert(1)</script>&{OWN}")
    assert "<script>alert(1)" not in page.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.html
    assert '<option value="themes" selected>' in page.html


def test_an_earlier_round_can_be_counted_again_by_other_rules(staged):
    desk = desk_of(staged("published"), COMMISSION)
    page = desk.get("~/uitproberen?bron=ronde:proef-2027&regel=ronde-0&regel=phragmen")
    assert page.status == 200
    assert "Dit is geen voorspelling" not in page.text
    assert "6 stemmen" in page.text
    assert "Echt: Proefwijk beter" in page.text


def test_a_file_of_another_town_is_counted_and_its_mistakes_are_named(desk):
    fields = {"file": sent(a_file(votes=["1,2", "2", "2"]), "elders.pb"), "regel": "ronde-0"}
    page = desk.post("~/uitproberen/bestand", fields)
    assert page.status == 200
    assert "3 stemmen" in page.text
    assert "Trees" in page.text
    broken = {"file": sent(b"geen stemmen", "elders.pb"), "regel": "ronde-0"}
    refused = desk.post("~/uitproberen/bestand", broken)
    assert refused.status == 422
    assert "Dit bestand met stemmen is niet te lezen." in refused.text
    assert desk.post("~/uitproberen/bestand", {"regel": "ronde-0"}).status == 422
    assert "Kies minstens één telmethode." in desk.post("~/uitproberen/bestand", {}).text


def test_trying_out_leaves_no_trace_in_the_log(desk):
    desk.get(TRY)
    desk.get("~/proefstemming")
    names = [one.event.name for one in log_page(desk.engine).entries]
    assert names.count("round_rehearsed") == 1  # the one of the staged round


def test_a_rehearsal_that_works_is_shown_from_the_page_of_the_round(desk):
    page = desk.get("~/")
    assert "Proefstemming doen" in page.text
    found = desk.get("~/proefstemming")
    assert "De proefstemming is gelukt" in found.text
    assert "60 verzonnen stemmen zijn goed gegaan." in found.text
    assert found.html.count("in orde") == 9
    assert rehearsal.rehearse(desk.engine, desk.slug).rules_digest in found.text


def test_a_rehearsal_is_kept_once_and_asked_for_again_after_a_change(tmp_path):
    tie = Tie(both("Het lot."))
    review = a_round_in(tmp_path, "review", round_=a_round(tie=tie, languages=LANGUAGES))
    rounds.publish_seed(review.engine, review.slug, "4 8 15 16 23 42", "team")
    desk = desk_of(review, TEAM)
    page = desk.get("~/proefstemming")
    assert "De uitleg noemt de grenzen van de spelregels, in: nl, en, de, tr, ar, pl." in page.text
    assert "Zo kan de uitslag eruitzien" in page.text
    (form,) = [one for one in page.forms if one.action.endswith("/vastleggen")]
    done = desk.send(page, form)
    assert "De proefstemming is vastgelegd." in done.text
    assert not [one for one in done.forms if one.action.endswith("/vastleggen")]
    assert "De proefstemming is gelukt met deze spelregels en ideeën." in desk.get("~/").text


def test_a_planted_mistake_is_shown_and_keeps_voting_closed(tmp_path):
    hint = dataclasses.replace(a_round().ballot, recommended_choices=4)
    review = a_round_in(tmp_path, "review", round_=a_round(ballot=hint))
    late = dataclasses.replace(review, engine=at(review.engine, CALENDAR.voting.start + DAY))
    desk = desk_of(late, TEAM, COMMISSION)
    page = desk.get("~/proefstemming")
    assert "De proefstemming is niet gelukt" in page.text
    assert "De pagina raadt 4 ideeën aan, maar dat aantal mag niet." in page.text
    assert "Proefstemming bekijken" in desk.get("~/stap/open_voting").text
    refused = desk.post("~/stap/open_voting", {"reason": ""})
    assert refused.status == 409
    assert "Kijk bij Proefstemming wat er beter moet." in refused.text


def test_the_pages_read_in_english_too(desk):
    desk.client.set_cookie("taal", "en", path="/beheer")
    assert "Try out voting methods" in desk.get("~/uitproberen").text
    assert "The rehearsal worked" in desk.get("~/proefstemming").text
