"""The end of a round at the desk: nothing goes into the archive while something is missing."""

import pytest

from pb_engine.services.outbox import deliver
from tests.web.desk_visitor import AUDITOR, TEAM, desk_of
from tests.web.visitor import Visitor

EVIL = "<script>alert(1)</script> {{ 7*7 }}"


@pytest.fixture
def desk(staged):
    return desk_of(staged("published"), TEAM)


def write(desk, page=None, **values):
    page = page or desk.get("~/afronden")
    return desk.send(page, page.form("reaction"), **{"reaction": "Mooi.", "used": "Ja.", **values})


def all_goes_back(desk):
    page = desk.get("~/geld-over")
    for form in [one for one in page.forms if one.action.endswith("/besluit")]:
        part = dict(form.fields)["part"]
        page = desk.send(page, form, **{f"fate-{part}": "returns"})
    return page


def test_before_the_result_there_is_nothing_to_end(staged):
    page = desk_of(staged("voting"), TEAM).get("~/afronden")
    assert page.status == 200
    assert "Dit kan na de uitslag." in page.text


def test_a_round_is_archived_only_when_nothing_is_missing_and_then_nothing_changes(desk):
    page = desk.get("~/afronden")
    assert page.text.count("nog niet") >= 2
    assert "Ronde afsluiten" not in page.text
    for sentence, step in (
        ("Deel c van het eindverslag is nog niet af.", lambda: write(desk)),
        ("Bedank eerst iedereen", lambda: desk.post("~/afronden/bedanken", {})),
        ("Zeg eerst van elk bedrag dat over is", lambda: all_goes_back(desk)),
    ):
        refused = desk.post("~/afronden/afsluiten", {})
        assert refused.status == 409
        assert sentence in refused.text
        assert step().status == 200
    page = desk.get("~/afronden")
    form = next(one for one in page.forms if one.action.endswith("/afsluiten"))
    assert "De ronde is afgesloten." in desk.send(page, form).text
    page = desk.post("~/afronden/verslag", {"reaction": "Anders", "used": "x"})
    assert "Deze ronde is afgesloten." in page.text
    assert "Anders" not in desk.get("~/afronden").text
    assert "Mooi." in desk.get("~/documenten/eindverslag").text


def test_whoever_wrote_second_does_not_wipe_out_what_the_first_wrote(desk):
    page = desk.get("~/afronden")
    write(desk, page, reaction="De eerste.")
    second = write(desk, page, reaction="De tweede.")
    assert second.status == 409
    assert "De tweede." in second.html
    assert "Beide versies" in second.text
    assert "De eerste." in second.text
    assert "De eerste." in desk.get("~/documenten/eindverslag").text


def test_texts_are_bounded_inert_and_only_about_ideas_of_this_round(desk):
    assert "Een tekst is te lang." in write(desk, reaction="x" * 4001).text
    assert (
        "hoort niet bij deze ronde"
        in desk.post(
            "~/afronden/verslag", {"reaction": "a", "used": "b", "answer-i9-vreemd": "c"}
        ).text
    )
    write(desk, reaction=EVIL)
    page = desk.get("~/documenten/eindverslag")
    assert "<script>alert" not in page.html
    assert "{{ 7*7 }}" in page.text


def test_every_submitter_with_an_address_is_thanked_once(desk):
    assert "De bedankbrieven gaan nu op weg." in desk.post("~/afronden/bedanken", {}).text
    assert "Iedereen is al bedankt." in desk.post("~/afronden/bedanken", {}).text
    deliver(desk.engine)
    with desk.engine.stores.site.read() as work:
        ideas = work.ideas.all(desk.slug)
        names = [entry.event.name for entry in work.log.entries(limit=10_000)]
    assert names.count("submitter_thanked") == len(ideas)
    assert names.count("everybody_thanked") == 1


def test_documents_come_as_page_pdf_and_docx(desk):
    idea = desk.get("~/afronden").html.split("documenten/certificaat-")[1].split('"')[0]
    for name in ("eindverslag", "raadsbrief", f"certificaat-{idea}"):
        assert desk.get(f"~/documenten/{name}").status == 200
    for kind, magic in (("pdf", b"%PDF-"), ("docx", b"PK")):
        file = desk.get(f"~/documenten/bestedingsplan.{kind}")
        assert file.body.startswith(magic)
        assert file.headers["content-disposition"].startswith("attachment; ")
    assert desk.get("~/documenten/geheim").status == 404
    assert desk.get("~/documenten/certificaat-weg").status == 404


def test_an_auditor_reads_and_changes_nothing(staged):
    desk = desk_of(staged("published"), AUDITOR)
    assert "Bewaren" not in desk.get("~/afronden").text
    for path in ("verslag", "bedanken", "afsluiten"):
        assert desk.post(f"~/afronden/{path}", {}).status == 403


def test_what_is_decided_of_money_that_is_left_residents_read_and_so_do_the_documents(desk):
    page = desk.get("~/geld-over")
    assert "Niet verdeeld geld" in page.text
    form = next(one for one in page.forms if dict(one.fields).get("part") == "rest")
    empty = desk.send(page, form, **{"fate-rest": "saved"})
    assert empty.status == 422
    assert 'href="#veld-purpose-rest"' in empty.html
    assert 'href="#veld-years-rest"' in empty.html
    told = {"fate-rest": "saved", "purpose-rest": EVIL, "years-rest": "3"}
    page = desk.send(page, form, **told)
    assert "Het besluit is bewaard." in page.text
    assert "Gespaard voor het gebied" in page.text
    assert "<script>alert" not in page.html
    for which in ("bestedingsplan", "verantwoording", "eindverslag"):
        text = desk.get(f"~/documenten/{which}").text
        assert "tot en met 31 mei 2030" in text
        assert "€ 1.100" in text

    class Public:
        engine, slug, ideas = desk.engine, desk.slug, {}

    public = Visitor(Public).get("~/voortgang")
    assert "gespaard voor het gebied tot en met vrijdag 31 mei 2030" in public.text
    assert "<script>alert" not in public.html
    log = desk.get("/logboek").text.replace("\u00a0", " ")
    assert "besloot over € 1.100 van het geld dat niet verdeeld is: Gespaard voor het gebied" in log
    page = desk.get("~/geld-over")
    form = next(one for one in page.forms if one.action.endswith("/terugnemen"))
    assert "Het besluit is teruggenomen." in desk.send(page, form).text
    assert "gespaard" not in Visitor(Public).get("~/voortgang").text


def test_an_official_of_another_kind_decides_nothing_about_money(staged):
    desk = desk_of(staged("published"), AUDITOR)
    page = desk.get("~/geld-over")
    assert page.status == 200
    assert 'name="fate-rest"' not in page.html
    answer = desk.post("~/geld-over/besluit", {"part": "rest", "fate-rest": "returns"})
    assert answer.status == 403
