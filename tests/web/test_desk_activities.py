"""The activity log: what was done to reach residents, with a file, and out of the list again."""

from io import BytesIO

import pytest
from PIL import Image

from tests.web.desk_visitor import AUDITOR, COMMISSION, a_file, desk_of

EVIL = "=cmd|'/c calc'!A1 <script>alert(1)</script> {{ 7*7 }}"
TOLD = {"day": "3-2-2027", "kind": "meeting", "place": "Buurthuis", "people": "40"}


@pytest.fixture
def desk(staged):
    return desk_of(staged("ideas"), COMMISSION)


def note(desk, **values):
    page = desk.get("~/activiteiten")
    return desk.send(page, page.form("result"), **{**TOLD, "result": "12 ideeën", **values})


def a_picture(made="JPEG"):
    to = BytesIO()
    Image.new("RGB", (40, 30), "#336699").save(to, made)
    return to.getvalue()


def test_what_was_done_is_listed_by_day_and_counted_in_a_file(desk):
    assert "De activiteit staat in de lijst." in note(desk, day="2027-03-01", people="").text
    page = note(desk)
    assert page.text.index("3 februari 2027") < page.text.index("1 maart 2027")
    assert "Bijeenkomst Buurthuis 40 12 ideeën" in page.text
    lines = desk.get("~/activiteiten.csv").body.decode().splitlines()
    assert lines[0] == "day,kind,place,people,result"
    assert lines[1] == "2027-02-03,meeting,Buurthuis,40,12 ideeën"
    assert lines[2].split(",")[3] == ""


def test_a_photograph_is_drawn_anew_and_a_pdf_comes_back_as_a_download(desk):
    picture = a_picture() + b"GPS 52.2, 6.9"
    note(desk, file=a_file(picture, "foto.jpg"))
    note(desk, file=a_file(b"%PDF-1.7 verslag", "verslag.pdf"))
    page = desk.get("~/activiteiten")
    links = [one.split('"')[0] for one in page.html.split('href="') if one.startswith("/beheer/")]
    files = [desk.get(link.removeprefix("/beheer")) for link in links if link.endswith("/bijlage")]
    assert {one.headers["content-type"] for one in files} == {"image/jpeg", "application/pdf"}
    for one in files:
        assert one.headers["content-disposition"].startswith("attachment; ")
        assert b"GPS" not in one.body


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "31-2-2027"}, "Dit is geen dag."),
        ({"day": ""}, "Dit is geen dag."),
        ({"kind": "feest"}, "Kies iets uit de lijst."),
        ({"people": "veel"}, "Vul hier een aantal in"),
        ({"people": "9999999"}, "Vul hier een aantal in"),
        ({"result": " "}, "U heeft hier nog niets ingevuld."),
        ({"place": "x" * 121}, "Deze tekst is te lang."),
        ({"file": a_file(b"<svg/>", "x.svg")}, "geen JPEG, PNG of WebP"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_is_lost(desk, wrong, sentence):
    page = note(desk, place="Het Plein", **wrong) if "place" not in wrong else note(desk, **wrong)
    assert page.status == 422
    assert sentence in page.text
    assert "12 ideeën" in page.html or "result" in wrong
    assert "Er staat nog niets in de lijst." in desk.get("~/activiteiten").text


def test_an_activity_goes_out_of_the_list_and_only_of_its_own_round(desk):
    page = note(desk, result=EVIL)
    assert "{{ 7*7 }}" in page.text
    assert "<script>alert" not in page.html
    assert desk.get("~/activiteiten.csv").body.decode().count("'=cmd") == 1
    form = next(one for one in page.forms if one.action.endswith("/weghalen"))
    assert desk.post("/andere-2027/activiteiten/x/weghalen", {}).status == 404
    assert "De activiteit is weg." in desk.send(page, form).text
    assert desk.send(page, form).status == 404
    with desk.engine.stores.site.read() as work:
        names = [entry.event.name for entry in work.log.entries()]
    assert names[-2:] == ["activity_added", "activity_removed"]


def test_an_auditor_reads_the_list_and_adds_nothing(staged):
    desk = desk_of(staged("ideas"), AUDITOR)
    page = desk.get("~/activiteiten")
    assert page.status == 200
    assert "Een activiteit noteren" not in page.text
    assert desk.post("~/activiteiten/noteren", TOLD).status == 403
