"""Paper at the desk: three officials, two readings, one decision, and into the box."""

import pytest

from pb_engine.services import counting, phases
from tests.builders import a_round_in, adopt_and_publish
from tests.paper import a_read_batch, a_stack, accept, ended, numbers_of, to_paper
from tests.web.desk_visitor import OFFICER, TEAM, DeskVisitor
from tests.web.visitor import Visitor


@pytest.fixture
def staged_voting(staged):
    return staged("voting")


def official(staged, name, *roles):
    desk = DeskVisitor(staged.engine, staged.slug)
    desk.hire(name.lower(), *roles or (TEAM,))
    desk.log_in(name.lower())
    return desk


def enter(desk, hand, sheets, batch=1, **more):
    for sheet, typed in sheets.items():
        page = desk.post(
            f"~/papier/{batch}/lezen/{hand}", {"sheet": str(sheet), "typed": typed, **more}
        )
        assert page.status == 200, page.text
    return page


def test_a_batch_goes_from_the_table_into_the_box(staged_voting):
    staged = staged_voting
    one, two, *_ = sorted(numbers_of(staged).values())
    anna, bram, carla = (official(staged, name) for name in ("anna", "bram", "carla"))
    page = anna.post("~/papier/stapel", {"sheets": "3"})
    assert "Dit is stapel 1." in page.text
    page = enter(anna, 1, {1: f"{one} {two}", 2: "b", 3: "L"})
    assert "Alle 3 vellen zijn ingevoerd." in page.text
    assert "te laat ingeleverd" in page.text
    anna.post("~/papier/1/klaar/1", {})
    enter(bram, 2, {1: f"{one}", 2: "b", 3: "l"})
    page = bram.post("~/papier/1/klaar/2", {})
    assert "Op 1 vel verschillen de twee lezers." in page.text
    page = carla.get("~/papier/1/verschillen")
    assert "Vel 1" in page.text
    page = carla.post("~/papier/1/verschillen", {"sheet": "1", "typed": f"{two} {one}"})
    assert "Er zijn geen verschillen meer" in page.text
    page = carla.post("~/papier/1/erin", {})
    assert "Deze stapel zit in de stembus" in page.text
    assert "1 blanco, 1 te laat ingeleverd" in page.text
    page = carla.get("~/papier")
    assert "Er zijn meer vellen dan stemrechten op papier" in page.text
    page = carla.post("~/papier/verschil", {"reason": "twee mensen vergeten aan te vinken"})
    assert "Uw uitleg komt bij de uitslag te staan." in page.text
    log = carla.get("/logboek").text
    assert "besliste over vel 1 van stapel 1: zoals de eerste lezer." in log


def test_what_is_mistyped_is_said_and_stays_in_the_field(staged_voting):
    anna = official(staged_voting, "anna", OFFICER)
    anna.post("~/papier/stapel", {"sheets": "2"})
    for typed, told in (
        ("77", "Dit zijn geen nummers van het biljet."),
        ("1 2 3 4", "Staat het er echt? Typ dan m."),
        ("", "Is het vel leeg? Typ dan de letter b."),
        ("a", "Schrijf in een paar woorden waarom."),
    ):
        page = anna.post("~/papier/1/lezen/1", {"sheet": "1", "typed": typed})
        assert page.status == 409
        assert told in page.text
        assert f'value="{typed}"' in page.html
    page = anna.post("~/papier/1/lezen/1", {"sheet": "9", "typed": "b"})
    assert "Deze stapel heeft 2 vellen." in page.text


def test_nobody_sees_what_another_typed_and_nobody_reads_twice(staged_voting):
    staged = staged_voting
    anna, bram = official(staged, "anna"), official(staged, "bram")
    anna.post("~/papier/stapel", {"sheets": "1"})
    enter(anna, 1, {1: "o"})
    anna.post("~/papier/1/klaar/1", {})
    assert "Dit moet iemand anders doen dan u." in anna.get("~/papier/1").text
    page = anna.post("~/papier/1/lezen/2", {"sheet": "1", "typed": "o"})
    assert "U hebt deze vellen al gelezen." in page.text
    for path in ("~/papier/1", "~/papier/1/verschillen"):
        assert "<strong>onleesbaar" not in bram.get(path).html
    assert (
        "Twee mensen moeten deze stapel eerst helemaal invoeren."
        in bram.get("~/papier/1/verschillen").text
    )


def test_a_batch_is_left_out_by_two_and_the_round_then_closes(staged_voting):
    staged = staged_voting
    anna, bram = official(staged, "anna"), official(staged, "bram")
    anna.post("~/papier/stapel", {"sheets": "5"})
    end = ended(staged)
    desk = DeskVisitor(end.engine, end.slug)
    desk.log_in("anna")
    page = desk.post("~/stap/close_voting", {})
    assert "Er ligt nog papier dat niet is geteld (stapels: 1)." in page.text
    why = {"reason": "alle vellen zijn nat geworden"}
    assert "Een tweede medewerker" in anna.post("~/papier/1/weglaten", why).text
    page = anna.post("~/papier/1/weglaten", {**why, "agree": "ja"})
    assert "Iemand anders moet dit goedkeuren." in page.text
    page = bram.post("~/papier/1/weglaten", {**why, "agree": "ja"})
    assert "Deze stapel telt niet mee" in page.text
    assert phases.take_step(end.engine, end.slug, "close_voting", "team") == "closed"


def test_a_wrong_number_of_sheets_and_a_reading_are_done_anew_with_a_reason(staged_voting):
    anna = official(staged_voting, "anna")
    anna.post("~/papier/stapel", {"sheets": "2"})
    enter(anna, 1, {1: "b"})
    page = anna.post("~/papier/1/natellen", {"sheets": "1", "reason": ""})
    assert "Schrijf in een paar woorden waarom." in page.text
    page = anna.post("~/papier/1/natellen", {"sheets": "1", "reason": "er was dubbel geteld"})
    assert "1 vel is ingeleverd." in page.text
    page = anna.post("~/papier/1/opnieuw/1", {"reason": "ik zat een vel verder"})
    assert "Dit is gewist." in page.text
    assert "0 van 1 vellen ingevoerd" in page.text


def test_the_sample_is_drawn_read_by_two_and_told(staged_voting):
    staged = staged_voting
    desks = [official(staged, name) for name in ("anna", "bram", "carla")]
    desks[0].post("~/papier/stapel", {"sheets": "2"})
    for hand, desk in enumerate(desks[:2], start=1):
        enter(desk, hand, {1: "1", 2: "2"})
        desk.post(f"~/papier/1/klaar/{hand}", {})
    desks[2].post("~/papier/1/erin", {})
    end = ended(staged)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    dirk, els = official(end, "dirk"), official(end, "els")
    assert "Er is geen papier" in dirk.post("~/papier/steekproef/loten", {"sheets": "0"}).text
    dirk.post("~/papier/steekproef/loten", {"sheets": "9"})
    for sheet, typed in (("1", "1"), ("2", "3")):
        dirk.post("~/papier/steekproef", {"batch": "1", "sheet": sheet, "typed": typed})
    assert "U hebt alle vellen gelezen." in dirk.get("~/papier/steekproef").text
    for sheet, typed in (("1", "1"), ("2", "3")):
        page = els.post("~/papier/steekproef", {"batch": "1", "sheet": sheet, "typed": typed})
    assert "Alle vellen zijn twee keer gelezen." in page.text
    page = els.post("~/papier/steekproef/klaar", {})
    assert "1 vel is anders geteld dan er staat" in page.text
    assert "Stapel 1, vel 2" in page.text


def test_printing_gives_a_file_and_another_number_next_time(staged_voting):
    anna = official(staged_voting, "anna", OFFICER)
    for first in (1, 3):
        sent = {"number": "2", "csrf_token": anna.token()}
        answer = anna.client.post("/beheer/proef-2027/papier/printen", data=sent)
        assert answer.mimetype == "application/pdf"
        assert f"stembiljetten-{first}.pdf" in answer.headers["Content-Disposition"]
    assert "van 1 tot 500" in anna.post("~/papier/printen", {"number": "999"}).text


@pytest.mark.parametrize("path", ["~/papier/7", "~/papier/7/lezen/1", "~/papier/7/verschillen"])
def test_a_batch_that_is_not_there_is_said(staged_voting, path):
    page = official(staged_voting, "anna").get(path)
    assert page.status == 409
    assert "Deze stapel is er niet." in page.text


def test_the_result_says_how_many_voted_on_paper(tmp_path):
    staged = a_round_in(tmp_path / "round", votes={"AED": 3})
    to_paper(staged, staged.codes[:2])
    accept(staged, a_read_batch(staged, a_stack(staged, 2)))
    end = ended(staged)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
        step(end.engine, end.slug, "team")
    text = " ".join(Visitor(end).get("~/uitslag").text.split())
    assert "5 getelde stemmen" in text
    assert "2 daarvan op papier" in text
