"""A witness on a machine of its own: it follows a log that grows, and shouts at any other."""

import dataclasses
import http.server
import json
import subprocess
import sys
import threading

import pytest
from click.testing import CliRunner

from pb_engine.cli import main
from pb_engine.sealing import (
    TreeHead,
    consistency_proof,
    head_is_cosigned,
    leaf_hash,
    new_signing_key,
    public_part,
    root,
    sign_head,
)

ROUND = "proef-2027"


class Box(http.server.BaseHTTPRequestHandler):
    """A box that tells whatever the test wants."""

    def do_GET(self):
        told = self.server.log.answer(self.path)
        self._send(200 if told is not None else 404, told if told is not None else {"title": "nee"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.log.posted.append((self.path, json.loads(body)))
        self._send(200, {})

    def _send(self, status, told):
        raw = told if isinstance(told, bytes) else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_):
        pass


@dataclasses.dataclass
class Log:
    key: bytes = dataclasses.field(default_factory=new_signing_key)
    entries: list = dataclasses.field(default_factory=list)
    posted: list = dataclasses.field(default_factory=list)
    raw: bytes | None = None

    @property
    def leaves(self):
        return [leaf_hash(one) for one in self.entries]

    @property
    def head(self):
        return TreeHead(ROUND, len(self.entries), root(self.leaves))

    def answer(self, path):
        if self.raw is not None:
            return self.raw
        parts = path.removeprefix(f"/{ROUND}/stembus/").split("/")
        if parts == ["hoofd"]:
            return {
                "round": ROUND,
                "size": self.head.size,
                "root": self.head.root.hex(),
                "signature": sign_head(self.head, key=self.key).hex(),
                "log_key": public_part(self.key).hex(),
                "cosignatures": [],
            }
        if parts[0] == "groei" and int(parts[2]) == len(self.entries):
            path = consistency_proof(self.leaves, int(parts[1]))
            return {"path": [one.hex() for one in path]}
        return None


@pytest.fixture
def log():
    return Log(entries=[b"een", b"twee", b"drie"])


@pytest.fixture
def look(log, tmp_path):
    """Return a function that lets the witness look once."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Box)
    server.log = log
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def go(*more, fails=False):
        words = ["witness", f"http://127.0.0.1:{server.server_port}/{ROUND}/"]
        files = ["--key", str(tmp_path / "w.key"), "--state", str(tmp_path / "w.json")]
        done = CliRunner().invoke(main, [*words, *files, *more])
        assert done.exit_code == (1 if fails else 0), (done.output, done.exception)
        return done.output if fails else json.loads(done.stdout)

    yield go
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_first_look_is_believed_and_cosigned(look, log, tmp_path):
    told = look()
    assert (told["round"], told["size"]) == (ROUND, 3)
    assert head_is_cosigned(
        log.head,
        bytes.fromhex(told["signature"]),
        log_key=public_part(log.key),
        witness=bytes.fromhex(told["witness"]),
    )
    assert (tmp_path / "w.key").stat().st_mode & 0o077 == 0
    assert json.loads((tmp_path / "w.json").read_text())["size"] == 3


def test_a_log_that_grew_is_followed_with_the_same_key(look, log):
    first = look()
    assert look() == first
    log.entries += [b"vier", b"vijf"]
    second = look()
    assert second["size"] == 5
    assert second["witness"] == first["witness"]


def test_a_cosignature_is_sent_when_asked(look, log):
    told = look("--post")
    ((path, body),) = log.posted
    assert path == f"/{ROUND}/stembus/hoofd/3"
    assert body == {"witness": told["witness"], "signature": told["signature"]}


def changed(log):
    log.entries[0] = b"vals"
    log.entries.append(b"vier")


def same_size(log):
    log.entries[2] = b"vals"


def shrunk(log):
    log.entries.pop()


def other_key(log):
    log.key = new_signing_key()


def rubbish(log):
    log.raw = b"<html>"


def endless(log):
    log.raw = b"[" * (1 << 21)


@pytest.mark.parametrize(
    ("lie", "sentence"),
    [
        (changed, "does not begin with the 3"),
        (same_size, "two heads of size 3"),
        (shrunk, "shrank from 3 to 2"),
        (other_key, "another log"),
        (rubbish, "not a JSON object"),
        (endless, "answers without end"),
    ],
)
def test_a_lie_is_refused_aloud_and_neither_signed_nor_remembered(
    look, log, tmp_path, lie, sentence
):
    look()
    remembered = (tmp_path / "w.json").read_bytes()
    lie(log)
    told = look("--post", fails=True)
    assert sentence in told
    assert "signature" not in told.replace("is not signed", "")
    assert log.posted == []
    assert (tmp_path / "w.json").read_bytes() == remembered


def test_a_key_that_must_be_is_checked_at_the_first_look_too(look, log, tmp_path):
    assert "another key" in look("--log-key", "00" * 32, fails=True)
    assert not (tmp_path / "w.json").exists()
    assert look("--log-key", public_part(log.key).hex())["size"] == 3


def test_a_broken_memory_is_not_taken_for_a_first_look(look, tmp_path):
    look()
    (tmp_path / "w.json").write_text("{}")
    assert "another version" in look(fails=True)


def test_a_box_that_is_not_there_or_refuses_is_told(look, log, tmp_path):
    files = ["--key", str(tmp_path / "k"), "--state", str(tmp_path / "s")]
    for url, sentence in (
        ("ftp://example.org/x", "begins with https://"),
        ("http://127.0.0.1:1/x", "cannot be reached"),
    ):
        done = CliRunner().invoke(main, ["witness", url, *files])
        assert done.exit_code == 1
        assert sentence in done.output
    look()
    log.answer = lambda _: None
    assert "answers 404" in look(fails=True)


def test_a_witness_needs_no_store_no_web_and_no_plugin():
    code = (
        "import sys, pb_engine.cli.witness; wrong = [name for name in sys.modules if "
        "name.split('.')[0] in {'sqlalchemy', 'flask', 'pluggy', 'web'} or name.startswith("
        "('pb_engine.store', 'pb_engine.services', 'pb_engine.engine', 'pb_engine.plugin'))]; "
        "print(wrong); sys.exit(bool(wrong))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
