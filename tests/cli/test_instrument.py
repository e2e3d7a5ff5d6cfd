"""`pb-engine instrument` checks and converts what researchers write."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pb_engine.cli import main
from pb_engine.study import read_instrument

SHIPPED = Path(__file__).parents[2] / "pb_engine/plugins/trust_core/trust_core.yaml"


def run(*words):
    return CliRunner().invoke(main, ["instrument", *map(str, words)])


def test_a_check_tells_what_is_asked_and_the_digest():
    told = run("check", SHIPPED)
    assert told.exit_code == 0
    assert "wave T1: 3 questions on 3 pages" in told.output
    assert read_instrument(SHIPPED.read_bytes()).digest in told.output


def test_a_mistake_is_a_sentence_with_its_place_and_exit_code_1(tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(SHIPPED.read_text("utf-8").replace("scale: won", "scale: wonn"), "utf-8")
    told = run("check", wrong)
    assert told.exit_code == 1
    assert "item winners: there is no scale 'wonn'" in told.output


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_one_wave_is_written_and_has_to_be_named(tmp_path, ending):
    target = tmp_path / f"out.{ending}"
    told = run("convert", SHIPPED, target)
    assert told.exit_code == 2
    assert "T0 | T1 | T2" in told.output
    assert not target.exists()
    assert run("convert", SHIPPED, target, "--wave", "T1").exit_code == 0
    assert target.stat().st_size > 1000


def test_a_workbook_becomes_an_instrument_file(tmp_path):
    book, back = tmp_path / "t1.xlsx", tmp_path / "t1.yaml"
    run("convert", SHIPPED, book, "--wave", "T1")
    assert run("convert", book, back).exit_code == 0
    made = read_instrument(back.read_bytes())
    assert made.form("T1").items == read_instrument(SHIPPED.read_bytes()).form("T1").items
    assert "wave T1" in run("check", book).output


def test_a_codebook_is_written_and_nothing_is_written_over(tmp_path):
    target = tmp_path / "codebook.xml"
    assert run("convert", SHIPPED, target).exit_code == 0
    before = target.read_bytes()
    told = run("convert", SHIPPED, target)
    assert (told.exit_code, target.read_bytes()) == (1, before)
    assert "is there already" in told.output


def test_another_ending_is_wrong_use(tmp_path):
    told = run("convert", SHIPPED, tmp_path / "out.docx")
    assert told.exit_code == 2
    assert ".xlsx, .json, .xml or .yaml" in told.output
    assert run("convert", SHIPPED, tmp_path / "out.yaml").exit_code == 2
