"""`pb-engine rehearse`."""

import dataclasses

import pytest
from click.testing import CliRunner

from pb_engine.cli import main
from pb_engine.services.round_files import round_text
from tests.builders import a_round


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("PB_DATA", str(tmp_path / "pb"))
    monkeypatch.setenv("PB_CODE_COST", "8192,1,1")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    return tmp_path


def rehearse(place, round_, *more):
    path = place / "ronde.toml"
    path.write_text(round_text(round_), encoding="utf-8")
    assert CliRunner().invoke(main, ["round", "import", str(path)]).exit_code == 0
    return CliRunner().invoke(main, ["rehearse", str(round_.slug), *more])


def test_a_sound_round_is_rehearsed_line_by_line(place):
    done = rehearse(place, a_round())
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Er zijn nog geen twee haalbare ideeën")
    assert [line[:4] for line in lines[1:-1]] == ["ok  "] * 9
    assert lines[-1].startswith("rules digest ")


def test_a_rehearsal_with_invented_ideas_is_not_kept(place):
    done = rehearse(place, a_round(), "--keep")
    assert done.exit_code == 0
    assert "Niet vastgelegd" in done.stdout
    assert "nl, en, de, tr, ar" in done.stdout


def test_a_mistake_is_named_and_the_exit_status_says_it_too(place):
    hint = dataclasses.replace(a_round().ballot, recommended_choices=4)
    done = rehearse(place, a_round(ballot=hint), "--lang", "en")
    assert done.exit_code == 1
    assert "FAIL limits: The page recommends 4 projects" in done.stdout


def test_an_unknown_round_gets_a_sentence(place):
    done = CliRunner().invoke(main, ["rehearse", "geen-2027"])
    assert done.exit_code == 1
    assert done.stderr.startswith("pb-engine: ")
    assert "geen-2027" in done.stderr
