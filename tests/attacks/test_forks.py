"""T62: a box that shows two logs to two witnesses is caught as soon as they compare heads."""

import http.server
import json
import threading
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from pb_engine.cli import main
from pb_engine.sealing import TreeHead, head_is_signed, new_signing_key
from tests.cli.test_witness import ROUND, Box, Log

ENTRIES = [b"een", b"twee", b"drie"]


@contextmanager
def serving(log):
    """Let a box show this log; yield the address of its round."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Box)
    server.log = log
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{ROUND}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Witness:
    """A witness with a desk of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir()
        self.state = folder / "state.json"
        self.evidence = folder / "state.json.fork"

    def look(self, url, *more, fails=False):
        files = ["--key", str(self.folder / "key"), "--state", str(self.state)]
        done = CliRunner().invoke(main, ["witness", url, *files, *map(str, more)])
        assert done.exit_code == (1 if fails else 0), (done.output, done.exception)
        return done.output


@pytest.fixture
def witnesses(tmp_path):
    return Witness(tmp_path / "bieb"), Witness(tmp_path / "buurt")


def require_evidence(path, logs):
    """Demand that the file alone shows the lie: two heads, both signed with the key of the log."""
    told = json.loads(path.read_bytes())
    found = set()
    for head in told["heads"]:
        tree = TreeHead(head["round"], head["size"], bytes.fromhex(head["root"]))
        public = bytes.fromhex(head["log_key"])
        assert head_is_signed(tree, bytes.fromhex(head["signature"]), public=public)
        found.add((tree.size, tree.root))
    assert found == {(log.head.size, log.head.root) for log in logs}
    assert told["why"]


def test_two_heads_of_one_size_with_another_root_are_kept_as_evidence(witnesses):
    one, other = witnesses
    true, lie = Log(entries=[*ENTRIES]), Log(entries=[b"een", b"vals", b"drie"])
    lie.key = true.key
    with serving(true) as here, serving(lie) as there:
        one.look(here)
        told = other.look(there, "--peer", one.state, "--post", fails=True)
    assert "two witnesses were shown two logs: the log has two heads of size 3" in told
    require_evidence(other.evidence, (true, lie))
    assert not other.state.exists()
    assert lie.posted == []


@pytest.mark.parametrize("ahead", [0, 1])
def test_heads_of_two_sizes_without_a_proof_between_them_are_evidence(witnesses, ahead):
    one, other = witnesses
    true, lie = Log(entries=[*ENTRIES]), Log(entries=[b"een", b"vals", b"drie", b"vier"])
    lie.key = true.key
    faces = (true, lie)[:: -1 if ahead else 1]
    with serving(faces[0]) as here, serving(faces[1]) as there:
        one.look(here)
        told = other.look(there, "--peer", one.state, fails=True)
    assert "two witnesses were shown two logs" in told
    require_evidence(other.evidence, (true, lie))


def test_another_key_for_the_same_round_is_evidence_as_well(witnesses):
    one, other = witnesses
    true, lie = Log(entries=[*ENTRIES]), Log(entries=[*ENTRIES], key=new_signing_key())
    with serving(true) as here, serving(lie) as there:
        one.look(here)
        told = other.look(there, "--peer", one.state, fails=True)
    assert "another log" in told
    assert len({one["log_key"] for one in json.loads(other.evidence.read_bytes())["heads"]}) == 2


def test_witnesses_of_one_log_agree_whoever_looked_first_and_wherever_the_head_is_read(witnesses):
    one, other = witnesses
    log = Log(entries=[*ENTRIES])
    with serving(log) as here:
        one.look(here)
        log.entries.append(b"vier")
        peers = ("--peer", one.state, "--peer", f"{here}/stembus/hoofd")
        assert "2 other witnesses were shown the same log" in other.look(here, *peers)
        one.look(here, "--peer", other.state)
    assert not one.evidence.exists()
    assert not other.evidence.exists()


def test_a_line_that_breaks_is_no_evidence_and_neither_is_what_nobody_signed(witnesses, tmp_path):
    one, other = witnesses
    with serving(Log(entries=[*ENTRIES])) as here:
        one.look(here)
        unsigned = {**json.loads(one.state.read_bytes()), "signature": "00" * 64}
        forged = tmp_path / "forged.json"
        forged.write_text(json.dumps(unsigned), encoding="utf-8")
        old = tmp_path / "old.json"
        del unsigned["signature"]
        old.write_text(json.dumps(unsigned), encoding="utf-8")
        for peer, sentence in (
            (forged, "is not signed with the key"),
            (old, "signature is not 64 bytes"),
            (tmp_path / "absent.json", "cannot be read"),
            ("http://127.0.0.1:1/state.json", "cannot be reached"),
        ):
            assert sentence in other.look(here, "--peer", peer, fails=True)
            assert not other.evidence.exists()


def test_evidence_is_never_written_over_other_evidence(witnesses):
    one, other = witnesses
    true, lie = Log(entries=[*ENTRIES]), Log(entries=[b"een", b"vals", b"drie"])
    lie.key = true.key
    with serving(true) as here, serving(lie) as there:
        one.look(here)
        other.look(there, "--peer", one.state, fails=True)
        kept = other.evidence.read_bytes()
        assert "two logs" in other.look(there, "--peer", one.state, fails=True)
        lie.entries[0] = b"ook vals"
        assert "move it away first" in other.look(there, "--peer", one.state, fails=True)
    assert other.evidence.read_bytes() == kept
