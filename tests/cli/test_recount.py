"""`pb-engine recount` and `pb-engine verify`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner

from pb_engine.cli.recount import recount
from pb_engine.cli.verify import verify
from pb_engine.tallying.record import MethodChoice, record_bytes
from tests.tallying.records import counted


@pytest.fixture
def write(tmp_path):
    def to_file(record):
        path = tmp_path / "record.json"
        path.write_bytes(record if isinstance(record, bytes) else record_bytes(record))
        return str(path)

    return to_file


def run(command, path):
    return CliRunner().invoke(command, [path])


def test_a_true_record_recounts(write):
    result = run(recount, write(counted()))
    assert result.exit_code == 0
    assert "4 ballots counted again by greedy: the same 1 projects" in result.stdout


def test_the_first_difference_is_named(write):
    result = run(recount, write(replace(counted(), seed="another")))
    assert result.exit_code == 1
    assert result.stderr == (
        "The recount differs: the lot does not follow from the published seed\n"
    )


def test_a_method_that_is_not_installed_is_a_sentence(write):
    result = run(recount, write(replace(counted(), method=MethodChoice("magic", "1"))))
    assert result.exit_code == 1
    assert "'magic'" in result.stderr


def test_another_version_of_the_method_is_a_sentence(write):
    result = run(recount, write(replace(counted(), method=MethodChoice("greedy", "0"))))
    assert result.exit_code == 1
    assert "counted by version 0 of 'greedy'; installed is version 1" in result.stderr


def test_settings_that_do_not_fit_are_a_sentence(write):
    choice = MethodChoice("greedy", "1", {"skip": "perhaps"})
    result = run(recount, write(replace(counted(), method=choice)))
    assert result.exit_code == 1
    assert "settings of 'greedy'" in result.stderr


def test_no_record_is_a_sentence(write):
    for command in (recount, verify):
        result = run(command, write(b"nonsense"))
        assert result.exit_code == 1
        assert "not an election record" in result.output


def test_verify_shows_every_check(write):
    result = run(verify, write(counted()))
    assert result.exit_code == 0
    assert result.stdout.count("ok  ") == 9


def test_verify_fails_when_one_check_fails(write):
    result = run(verify, write(replace(counted(), receipts=("r1", "r2", "r3"))))
    assert result.exit_code == 1
    assert "FAIL receipts: 3 receipts for 4 counted ballots, all different." in result.stdout
