"""`pb-engine verify` on a bundle, as a stranger types it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile

import pytest
from click.testing import CliRunner

from pb_engine.cli.verify import verify
from pb_engine.sealing.witnessing import Seen, TreeHead, state_file
from tests.verifier.bundles import published


@pytest.fixture
def bundle(tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(published().raw)
    return path


def run(*arguments):
    return CliRunner().invoke(verify, [str(one) for one in arguments])


def test_a_true_bundle_prints_one_sentence_per_check_and_exits_with_0(bundle):
    result = run(bundle)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert len(lines) > 25
    assert all(line.startswith("ok   ") for line in lines)


def test_the_sentences_are_dutch_when_asked(bundle):
    result = run(bundle, "--language", "nl")
    assert "goed log: De 3 standen van het logboek volgen uit 32 stemmen." in result.stdout


def test_what_a_voter_and_a_witness_have_is_looked_up(bundle, tmp_path):
    true = published()
    head = true.lines("heads.jsonl")[1]
    seen = TreeHead(true.slug, head["size"], bytes.fromhex(head["root"]))
    about_key = bytes.fromhex(json.loads(true.files["bundle.json"])["log_key"])
    state = tmp_path / "state.json"
    state.write_bytes(state_file(Seen(seen, about_key)))
    one = true.receipts[4]
    result = run(
        bundle, "--receipt", one.number, "--signature", one.signature, "--tracker", one.tracker,
        "--witness", state,
    )  # fmt: skip
    assert result.exit_code == 0
    assert f"ok   tracker: {one.tracker}: Bankjes (1), Moestuin (1)." in result.stdout
    assert "signed by the box" in result.stdout
    assert "are those that the witness saw" in result.stdout


def test_one_flipped_byte_in_each_of_ten_places_is_refused_ten_times(bundle):
    raw = bundle.read_bytes()
    for tenth in range(10):
        place = len(raw) * tenth // 10 + 41
        bundle.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        result = run(bundle)
        assert result.exit_code == 1, place
        assert "FAIL" in result.stdout


def test_a_lie_is_told_and_the_other_checks_go_on(bundle, tmp_path):
    with zipfile.ZipFile(bundle) as packed, zipfile.ZipFile(tmp_path / "x.zip", "w") as made:
        for name in packed.namelist():
            body = packed.read(name)
            made.writestr(name, body[:-67] if name == "log.jsonl" else body)
    result = run(tmp_path / "x.zip")
    assert result.exit_code == 1
    assert "FAIL checksums: log.jsonl is not the file that the checksum is of." in result.stdout
    assert "FAIL entries: Log and count differ" in result.stdout
    assert "ok   recount" in result.stdout
    assert "failed." in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--receipt", "AAAAA-AAAAA-AAAAA"),
        ("--tracker", ""),
        ("--cosigner", "00"),
        ("--log-key", "é"),
    ],
)
def test_nonsense_in_an_option_is_a_failed_check(bundle, arguments):
    result = run(bundle, *arguments)
    assert result.exit_code == 1
    assert result.stdout.count("FAIL") == 1


def test_a_signature_without_its_number_and_a_question_to_a_record_are_misuse(bundle, tmp_path):
    assert run(bundle, "--signature", "00").exit_code == 2
    record = tmp_path / "record.json"
    record.write_bytes(published().files["record.json"])
    assert run(record).exit_code == 0
    assert run(record, "--tracker", "x").exit_code == 2


def test_no_file_an_empty_one_and_a_folder_are_sentences(tmp_path):
    (tmp_path / "empty").touch()
    assert run(tmp_path / "empty").exit_code == 1
    assert run(tmp_path / "absent").exit_code == 2
    assert run(tmp_path).exit_code == 2


def test_the_command_needs_no_settings_and_loads_no_database(bundle, tmp_path):
    program = (
        "import sys\n"
        "from pb_engine.cli import main\n"
        f"main(['verify', {str(bundle)!r}], standalone_mode=False)\n"
        "strange = {'sqlalchemy', 'flask', 'alembic', 'web', 'pb_engine.store'}\n"
        "assert not strange & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_publish_publishes_once_and_writes_the_bundle_that_is_on_the_page(tmp_path, monkeypatch):
    from pb_engine.cli.publish import publish
    from pb_engine.services.adoption import adopt
    from pb_engine.services.publication import download
    from tests.builders import a_round_in, an_engine

    engine = an_engine(tmp_path / "pb")
    staged = a_round_in(engine, "explained", votes={"AED": 3})
    monkeypatch.setattr("pb_engine.cli.publish.this_engine", lambda: staged.engine)
    out = tmp_path / "out.zip"
    adopt(staged.engine, staged.slug, "tweede")
    first = CliRunner().invoke(publish, [staged.slug, "--out", str(out)])
    assert first.exit_code == 0, first.output
    body = download(staged.engine, staged.slug, "bundle.zip").body
    assert out.read_bytes() == body
    again = CliRunner().invoke(publish, [staged.slug])
    assert again.exit_code == 0
    # Beside the digest stands which rules could not count these ballots.
    digests = [re.findall(r"\b[0-9a-f]{64}\b", one.output) for one in (first, again)]
    assert digests[0][0] == digests[1][0]
    assert run(out).exit_code == 0
    refused = CliRunner().invoke(publish, [staged.slug, "--out", str(out)])
    assert refused.exit_code == 1
    assert "File exists" in refused.output


def test_publish_refuses_a_round_that_is_not_explained_in_a_sentence(tmp_path, monkeypatch):
    from pb_engine.cli.publish import publish
    from pb_engine.errors import WrongPhase
    from tests.builders import a_round_in

    staged = a_round_in(tmp_path, "opened")
    monkeypatch.setattr("pb_engine.cli.publish.this_engine", lambda: staged.engine)
    refused = CliRunner().invoke(publish, [staged.slug, "--out", str(tmp_path / "x.zip")])
    assert isinstance(refused.exception, WrongPhase)
    assert not (tmp_path / "x.zip").exists()
