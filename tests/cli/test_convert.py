"""`pb-engine convert`, and every kind of file that `pb-engine tally` reads."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from click.testing import CliRunner

from pb_engine.cli import main
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.tallying.record import record_bytes
from pb_engine.tallying.sheets import sheets_archive
from pb_engine.testing.records import a_record
from tests.tallying.pb_text import a_file


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "example.pb"
    path.write_bytes(a_file(votes=["1,2", "2", "2", "1"], budget="1000.50"))
    return path


def counted(path):
    result = run("tally", path, "--rule", "greedy", "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)["results"][0]


def test_there_and_back_is_the_same_election(file, tmp_path):
    result = run("convert", file, tmp_path / "sheets")
    assert result.stdout.endswith("sheets: 2 projects, 4 ballots\n")
    assert run("convert", tmp_path / "sheets", tmp_path / "again.pb").exit_code == 0
    again = read_pabulib((tmp_path / "again.pb").read_bytes())
    assert again.election == read_pabulib(file.read_bytes()).election
    assert counted(tmp_path / "sheets") == counted(tmp_path / "again.pb") == counted(file)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.pb", "example.pb", "sheets"]


def test_a_published_record_and_its_archive_can_be_counted(tmp_path):
    (tmp_path / "record.json").write_bytes(record_bytes(a_record()))
    (tmp_path / "csv.zip").write_bytes(sheets_archive(a_record()))
    for name in ("record.json", "csv.zip"):
        assert counted(tmp_path / name)["selected"] == ["bench"]
    assert run("convert", tmp_path / "record.json", tmp_path / "record.pb").exit_code == 0
    assert counted(tmp_path / "record.pb")["total_cost"] == 400


def refused(*arguments):
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    return result.stderr


def test_nothing_is_written_over_and_nothing_is_left_half_done(file, tmp_path):
    (tmp_path / "there").mkdir()
    assert "there is there already" in refused("convert", file, tmp_path / "there")
    assert "neither .pb" in refused("convert", file, tmp_path / "new.xlsx")
    assert "No such file" in refused("convert", file, tmp_path / "nowhere" / "new.pb")
    wrong = tmp_path / "wrong.pb"
    wrong.write_bytes(a_file().replace(b"v1;", b"v0;"))
    assert "line 20, voter_id" in refused("convert", wrong, tmp_path / "new.pb")
    lenient = run("convert", wrong, tmp_path / "new.pb", "--lenient")
    assert "(line 20, voter_id: voter 'v0' stands twice)" in lenient.stdout
    wrong.write_bytes(
        a_file(name="x").replace(b"\n2;500", b'\n"a\nb";500').replace(b"v1;1,2", b"v1;1")
    )
    assert "takes no such name" in refused("convert", wrong, tmp_path / "other.pb")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"example.pb", "there", "wrong.pb", "new.pb"}


def test_an_incomplete_folder_or_archive_is_refused(file, tmp_path):
    run("convert", file, tmp_path / "sheets")
    (tmp_path / "sheets" / "ballots.csv").unlink()
    assert "one is missing" in refused("tally", tmp_path / "sheets", "--rule", "greedy")
    single = tmp_path / "sheets" / "projects.csv"
    assert "one of three files" in refused("tally", single, "--rule", "greedy")
    archive = tmp_path / "csv.zip"
    archive.write_bytes(b"PK")
    assert "no readable ZIP file" in refused("tally", archive, "--rule", "greedy")
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as made:
        made.writestr("else.txt", "")
    archive.write_bytes(to.getvalue())
    assert "one is missing" in refused("tally", archive, "--rule", "greedy")


def test_a_broken_record_is_refused_with_the_key(tmp_path):
    record = tmp_path / "record.json"
    record.write_bytes(record_bytes(a_record()).replace(b'"budget":100000', b'"budget":-1'))
    assert "record.budget: must be a whole number" in refused("tally", record, "--rule", "greedy")
