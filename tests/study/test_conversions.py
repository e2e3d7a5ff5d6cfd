"""Researchers come with an XLSForm and go with one, with a codebook, or with SurveyJS."""

import dataclasses
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import time_machine
from openpyxl import Workbook, load_workbook

from pb_engine.errors import InvalidInstrument
from pb_engine.study import (
    ddi_of,
    instrument_of,
    read_instrument,
    surveyjs_of,
)
from pb_engine.study.relevance import read_relevant
from pb_engine.study.xlsform_reading import document_from_xlsform
from pb_engine.study.xlsform_writing import relevant, xlsform_of
from tests.study.instruments import document, item, small

PLUGINS = Path(__file__).parents[2] / "pb_engine" / "plugins"
SHIPPED = [
    read_instrument((PLUGINS / name / f"{name}.yaml").read_bytes())
    for name in ("trust_core", "pb_experience")
]
WAVES = [(one, form.wave) for one in SHIPPED for form in one.waves]
NS = {"d": "ddi:codebook:2_5"}


def workbook(**sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book):
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


HEADS = ["type", "name", "label::Nederlands (nl)", "label::English (en)", "relevant"]
CHOICE_HEADS = ["list_name", "name", "label::Nederlands (nl)", "label::English (en)"]
YES_NO = [["yn", 1, "ja", "yes"], ["yn", 0, "nee", "no"]]


def form(rows, choices=YES_NO, heads=HEADS, **more):
    return saved(workbook(survey=[heads, *rows], choices=[CHOICE_HEADS, *choices], **more))


def read(content):
    return instrument_of(document_from_xlsform(content), "0" * 64)


def refused(content, said):
    with pytest.raises(InvalidInstrument, match=said):
        read(content)


@pytest.mark.parametrize(("instrument", "wave"), WAVES, ids=lambda x: getattr(x, "name", x))
def test_a_wave_that_goes_out_as_a_workbook_comes_back_the_same(instrument, wave):
    back = read(xlsform_of(instrument, wave))
    asked = instrument.form(wave)
    assert back.form(wave) == asked
    for name in asked.items:
        ours, theirs = instrument.question(name), back.question(name)
        codes = [one.code for one in ours.scale.options]
        assert [one.code for one in theirs.scale.options] == codes
        assert [one.label for one in theirs.scale.options] == [
            one.label for one in ours.scale.options
        ]
        assert dataclasses.replace(theirs, scale=ours.scale) == ours
    assert (back.name, back.version, back.consent) == (
        instrument.name,
        instrument.version,
        instrument.consent,
    )


def test_a_workbook_has_the_same_bytes_every_time_and_no_formula():
    risky = document()
    risky["items"][0]["text"]["nl"] = "=1+1"
    made = instrument_of(risky, "0" * 64)
    with time_machine.travel("2027-03-01T12:00:00Z", tick=False):
        written = xlsform_of(made, "T1")
    with time_machine.travel("2028-03-01T13:05:07Z", tick=False):
        assert written == xlsform_of(made, "T1")
    cell = load_workbook(io.BytesIO(written))["survey"]["C3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_nought_is_a_choice_and_numbers_of_a_spreadsheet_lose_their_point():
    made = read(form([["select_one yn", "voted", "Gestemd?", "Voted?", ""]]))
    assert [one.code for one in made.questions[0].scale.options] == ["1", "0"]
    floats = [["yn", 1.0, "ja", "yes"], ["yn", 0.0, "nee", "no"]]
    again = read(form([["select_one yn", "voted", "Gestemd?", "Voted?", ""]], floats))
    assert again.questions[0].scale == made.questions[0].scale


def test_sheets_are_found_whatever_their_letters_and_spaces_are_dropped():
    rows = [HEADS, ["select_one yn ", " voted ", "Gestemd? ", "Voted?", ""]]
    book = workbook(**{"Survey ": rows, "CHOICES": [CHOICE_HEADS, *YES_NO]})
    assert read(saved(book)).questions[0].id == "voted"


def test_a_label_without_a_language_is_in_the_language_of_the_form():
    heads = ["type", "name", "label", "label::English (en)"]
    rows = [["select_one yn", "voted", "Gestemd?", "Voted?"]]
    assert read(form(rows, heads=heads)).questions[0].text.nl == "Gestemd?"
    refused(form([["select_one yn", "voted", "Gestemd?", ""]], heads=heads), "en is missing")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["text", "why", "Waarom?", "Why?", ""]], "row 2: only select_one.*gives its writer"),
        ([["geopoint", "where", "Waar?", "Where?", ""]], "only select_one"),
        ([["select_multiple yn", "a", "A?", "A?", ""]], "only select_one"),
        ([["select_one none", "a", "A?", "A?", ""]], "no list of choices 'none'"),
        ([["select_one yn", "a", "A?", "A?", "pulldata('x')"]], "row 2: relevant cannot be read"),
        ([["select_one yn", "a", "A?", "A?", "${b} = '1'"]], "looks at 'b', not asked before"),
        ([["begin_group", "x", "", "", ""]] * 2, "group inside a group"),
        ([["select_one yn", "a", "A?", "A?", ""]] * 2, "'a' stands twice"),
    ],
)
def test_what_an_instrument_does_not_have_is_named_with_its_row(rows, said):
    refused(form(rows), said)


def test_formulas_and_merged_cells_are_refused_with_their_place():
    refused(form([["select_one yn", "a", "=1+1", "A?", ""]]), "survey, C2: write a value")
    book = workbook(survey=[HEADS, ["select_one yn", "a", "A?", "A?", ""]], choices=[])
    book["survey"].merge_cells("C2:D2")
    refused(saved(book), "survey, D2: merged cells")


def test_a_column_in_a_language_that_is_not_offered_is_named():
    heads = ["type", "name", "label::Nederlands (nl)", "label::Frysk (fy)"]
    refused(form([["select_one yn", "a", "A?", "A?"]], heads=heads), "Frysk.*names no language")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no .xlsx"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "old .xls"),
        (b"PK\x03\x04 broken", "no .xlsx"),
    ],
)
def test_what_is_no_workbook_is_refused(content, said):
    refused(content, said)


def test_a_workbook_that_grows_when_it_is_read_is_refused_unread():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b"0" * 6_000_000)
    refused(bomb.getvalue(), "too large")
    entities = io.BytesIO()
    with zipfile.ZipFile(entities, "w") as made:
        made.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    refused(entities.getvalue(), "document types")


def test_a_zip_that_is_no_workbook_is_refused():
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as made:
        made.writestr("letter.txt", "hello")
    refused(other.getvalue(), "cannot be read")


def test_a_workbook_without_its_sheets_is_refused():
    refused(saved(workbook(questions=[HEADS])), "no sheet survey")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("${a} = '1'", {"item": "a", "in": ["1"]}),
        ("${a}=1", {"item": "a", "in": ["1"]}),
        ("selected(${a}, 'x')", {"item": "a", "in": ["x"]}),
        ("${a} != ''", {"item": "a", "answered": "yes"}),
        ("${a} = '1' or ${a} = '2'", {"item": "a", "in": ["1", "2"]}),
        ("(${a} != '1' and ${a} != '2')", {"item": "a", "not_in": ["1", "2"]}),
        (
            "${a} = '1' and (${b} = '1' or ${c} = '2')",
            {
                "all": [
                    {"item": "a", "in": ["1"]},
                    {"any": [{"item": "b", "in": ["1"]}, {"item": "c", "in": ["2"]}]},
                ]
            },
        ),
    ],
)
def test_a_condition_of_a_form_keeps_its_meaning(written, meant):
    assert read_relevant(written, "here") == meant


@pytest.mark.parametrize(
    "written",
    [
        "${a}",
        "${a} = ''",
        "${a} > 3",
        "__import__('os')",
        "${a} = '1' or",
        "(${a} = '1'",
        "${a} = '1')",
        "${a} = '1' ${b} = '2'",
        "${A} = '1'",
        "not(${a} = '1')",
        "(" * 40 + "${a} = '1'" + ")" * 40,
        "${a} = '1' or " * 300,
    ],
)
def test_another_condition_is_refused_and_never_run(written):
    with pytest.raises(InvalidInstrument, match="relevant"):
        read_relevant(written, "here")


def test_every_condition_comes_back_as_it_went():
    nested = {"any": [{"item": "heard", "not_in": ["1", "2"]}, {"item": "fair", "answered": "yes"}]}
    items = [*document()["items"][:3], item("more", "agree", show_if=nested)]
    made = small(items=items)
    condition = made.question("more").show_if
    assert read_relevant(relevant(condition), "here") == nested


@pytest.mark.parametrize("instrument", SHIPPED, ids=lambda one: one.name)
def test_the_codebook_names_every_variable_in_both_languages(instrument):
    written = ddi_of(instrument)
    assert written == ddi_of(instrument)
    root = ET.fromstring(written)
    names = [one.get("name") for one in root.findall(".//d:var", NS)]
    assert names == [f"{form.wave}_{one}" for form in instrument.waves for one in form.items]
    var = next(root.iterfind(".//d:var", NS))
    assert len(var.findall("d:qstn/d:qstnLit", NS)) == 2
    missing = var.findall("d:catgry[@missing='Y']", NS)
    assert {one.findtext("d:catValu", None, NS) for one in missing} >= {"skipped", "dont_know"}
    assert instrument.digest in written.decode()


def test_markup_in_a_source_is_text_in_the_codebook():
    risky = document()
    risky["items"][0]["source"] = "own & <b>bold</b>"
    assert b"own &amp; &lt;b&gt;bold" in ddi_of(instrument_of(risky, "0" * 64))


@pytest.mark.parametrize(("instrument", "wave"), WAVES, ids=lambda x: getattr(x, "name", x))
def test_surveyjs_asks_the_same_and_offers_not_knowing(instrument, wave):
    made = json.loads(surveyjs_of(instrument, wave))
    elements = [one for page in made["pages"] for one in page["elements"]]
    assert [one["name"] for one in elements] == list(instrument.form(wave).items)
    for one in elements:
        values = [choice["value"] for choice in one["choices"]]
        question = instrument.question(one["name"])
        assert ("dont_know" in values) is question.dont_know
        assert one["isRequired"] is False
        assert ("visibleIf" in one) is (question.show_if is not None)


def test_a_wave_that_is_not_there_is_named():
    for write in (surveyjs_of, xlsform_of):
        with pytest.raises(InvalidInstrument, match="has no wave 'T9'"):
            write(SHIPPED[0], "T9")
