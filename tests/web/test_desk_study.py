"""Researchers read the answers of a study in numbers, after voting has closed."""

from xml.etree import ElementTree as ET

from pb_engine.services.study_answers import let_leave
from pb_engine.services.surveys import take_answers
from tests.builders import a_round_in
from tests.web.desk_visitor import RESEARCHER, desk_of


def answered(folder, people, phase="closed"):
    staged = a_round_in(folder, phase, votes={} if phase == "voting" else {"AED": 1})
    for at in range(people):
        typed = {
            "trust_municipality": str(6 + at % 2),
            "understanding": "4" if at % 2 else "dont_know",
        }
        take_answers(staged.engine, staged.slug, "after_ballot", "trust_core", typed)
    let_leave(staged.engine)
    return staged


def page_of(staged):
    return desk_of(staged, RESEARCHER).get("~/onderzoek")


def test_a_wave_is_told_with_counts_a_mean_and_its_interval(tmp_path):
    text = page_of(answered(tmp_path, 40)).text
    assert "40 mensen gaven antwoord." in text
    assert "Hoeveel vertrouwen heeft u in uw gemeente?" in text
    # Half said 6 and half said 7: the mean is 6.5, with a standard error of .0801.
    assert "6,5 6,34 – 6,66" in text
    assert "Weet ik niet 20" in text


def test_small_numbers_are_hidden_and_of_nine_people_nothing_is_told(tmp_path):
    text = page_of(answered(tmp_path, 9)).text
    assert "Minder dan tien mensen" in text
    assert "Hoeveel vertrouwen" not in text


def test_while_people_vote_nobody_reads_an_answer(tmp_path):
    text = page_of(answered(tmp_path, 40, "voting")).text
    assert "Zolang er gestemd wordt" in text
    assert "gaven antwoord" not in text


def test_the_codebook_of_a_survey_can_be_fetched_and_of_no_other(tmp_path):
    staged = a_round_in(tmp_path)
    desk = desk_of(staged, RESEARCHER)
    book = desk.get("~/onderzoek/trust_core.xml")
    assert book.status == 200
    assert ET.fromstring(book.body).tag.endswith("codeBook")
    assert desk.get("~/onderzoek/horoscoop.xml").status == 404
