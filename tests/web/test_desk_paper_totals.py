"""A batch of totals at the desk: two who count, a third who decides, and what the page says."""

import pytest

from pb_engine.services import counting, phases
from pb_engine.services.paper.pages import totals_lines
from tests.builders import a_round_in, adopt_and_publish
from tests.paper import a_stack, ended, to_paper
from tests.totals import totals_of
from tests.web.test_desk_paper import official
from tests.web.visitor import Visitor


@pytest.fixture
def voting(tmp_path):
    return a_round_in(tmp_path / "round", codes=12)


def typed(staged, numbers):
    lines = totals_lines(staged.engine, staged.slug)
    return {f"regel{line.place}": str(numbers[line.key]) for line in lines}


def test_totals_go_from_the_table_to_the_page_of_results(voting):
    staged = voting
    numbers, idea = totals_of(staged, a_stack(staged, 9)), staged.ideas["AED"]
    other = numbers[idea] + (1 if numbers[idea] < 9 else -1)
    to_paper(staged, staged.codes[:9])
    anna, bram, carla = (official(staged, name) for name in ("anna", "bram", "carla"))
    assert "Alleen totalen tellen" in anna.get("~/papier").text
    page = anna.post("~/papier/stapel", {"sheets": "9", "totals": "ja"})
    assert "Van deze stapel worden alleen totalen geteld." in page.text
    assert "AED" in anna.get("~/papier/1/totalen/1").text
    page = anna.post("~/papier/1/totalen/1", {**typed(staged, numbers), "regel1": ""})
    assert page.status == 409
    assert "Vul op elke regel een getal in." in page.text
    page = anna.post("~/papier/1/totalen/1", typed(staged, {**numbers, "counted": 8}))
    assert "Het aantal klopt niet: 9 ingeleverd, 8 gelezen." in page.text
    page = anna.post("~/papier/1/totalen/1", typed(staged, numbers))
    assert "Uw totalen zijn ingevoerd" in page.text
    anna.post("~/papier/1/klaar/1", {})
    assert str(numbers[idea]) not in bram.get("~/papier/1/totalen/2").text.split("AED")[1][:3]
    bram.post("~/papier/1/totalen/2", typed(staged, {**numbers, idea: other}))
    page = bram.post("~/papier/1/klaar/2", {})
    assert "Op 1 regel verschillen de twee tellers." in page.text
    page = carla.get("~/papier/1/totalen/verschillen")
    assert "AED" in page.text
    (line,) = (one.place for one in totals_lines(staged.engine, staged.slug) if one.key == idea)
    third = {"line": str(line), "number": str(numbers[idea])}
    page = carla.post("~/papier/1/totalen/verschillen", third)
    assert "Er zijn geen verschillen meer" in page.text
    page = carla.post("~/papier/1/erin", {})
    assert "Deze stapel is alleen als totaal geteld" in page.text
    assert "besliste over regel" in carla.get("/logboek").text
    end = ended(staged)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
        step(end.engine, end.slug, "team")
    results = Visitor(end).get("~/uitslag")
    assert "9 papieren biljetten zijn alleen als totaal geteld." in results.text


def test_too_many_sheets_for_totals_are_refused_with_a_sentence(voting):
    page = official(voting, "anna").post("~/papier/stapel", {"sheets": "301", "totals": "ja"})
    assert page.status == 409
    assert "Hoogstens 300 vellen per ronde mogen als totaal." in page.text


def test_a_batch_by_sheet_has_no_page_for_totals(voting):
    anna = official(voting, "anna")
    anna.post("~/papier/stapel", {"sheets": "2"})
    page = anna.get("~/papier/1/totalen/1")
    assert page.status == 409
    assert "Deze stapel wordt op een andere manier geteld." in page.text
