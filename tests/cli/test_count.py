"""The offline count as a command: what it says about a share, and about a box."""

import json
import os
import pty
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from pb_engine.cli import adopt, box, main
from pb_engine.cli import rounds as round_commands
from pb_engine.sealing import Share, trustee_key_file
from pb_engine.services.box_export import export_box
from pb_engine.services.rounds import stored_round
from tests.trustees import SLUG, a_ceremony, closed_with, ready_to_vote

HELD = a_ceremony()
OTHER = a_ceremony()
WRITTEN = [share.written() for share in HELD.shares]
VOTES = {"Bankjes": 3, "Moestuin": 2, "AED": 1}


def run(*words, typed="", fails=False):
    done = CliRunner().invoke(main, [str(word) for word in words], input=typed)
    assert (done.exit_code != 0) is fails, (done.output, done.exception)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    return closed_with(tmp_path_factory.mktemp("pb"), HELD, VOTES)


@pytest.fixture(scope="module")
def export(staged, tmp_path_factory):
    path = tmp_path_factory.mktemp("bus") / "bus.jsonl"
    export_box(staged.engine, SLUG, path)
    return path


def lines(*shares):
    return "".join(f"{one}\n" for one in shares)


def mistyped(written, group):
    groups = written.split("-")
    groups[group - 1] = groups[group - 1][:4] + ("2" if groups[group - 1][4] != "2" else "3")
    return "-".join(groups)


def test_a_count_checks_first_then_asks_then_tells_the_outcome(export, tmp_path):
    told = run("count", export, "--out", tmp_path / "telling", typed=lines(*WRITTEN[:3]))
    assert told.index("ok   all") < told.index("Share 1 of 3") < told.index("funded: Bankjes")
    assert "6 ballots count, 1 were replaced by their voters, 0 are invalid" in told
    assert "share 2 (Bram) is good" in told
    assert re.search(r"Read these words out and write them down: (\w+ ){7}\w+\n", told)
    assert (tmp_path / "telling").stat().st_mode & 0o777 == 0o600


def test_every_wrong_share_is_named_and_asked_again_and_then_the_count_goes_on(export, tmp_path):
    typed = lines(
        mistyped(WRITTEN[0], 5),
        WRITTEN[0],
        WRITTEN[0],
        OTHER.shares[2].written(),
        Share(9, bytes(32)).written(),
        "onzin!",
        WRITTEN[2][:-7],
        WRITTEN[3],
        WRITTEN[4],
    )
    told = run("count", export, "--out", tmp_path / "telling", typed=typed)
    for sentence in (
        "not taken: group 5 of the share is mistyped",
        "not taken: share 1 is there twice",
        "not taken: share 3 is not the one that was handed out for this key; is it of another",
        "not taken: share 9 is foreign: this key has 5 shares",
        "not taken: character 6 is never used",
        "not taken: a share has groups of 5; group 15 is not whole",
    ):
        assert sentence in told, told
    assert not any(group in told for text in WRITTEN for group in text.split("-"))


def test_too_few_shares_open_nothing_and_it_says_what_to_do(export, tmp_path):
    for typed in (lines(*WRITTEN[:2]), lines(*WRITTEN[:2], "")):
        told = run("count", export, "--out", tmp_path / "telling", typed=typed, fails=True)
        assert "2 of the 3 shares that are needed are here, so nothing was opened" in told
        assert "ask another one" in told
        assert "funded" not in told
    assert not (tmp_path / "telling").exists()


def test_shares_in_files_are_named_by_their_file_and_the_rest_is_asked(export, tmp_path):
    paths = [tmp_path / f"deel-{at}.txt" for at in range(3)]
    for path, text in zip(paths, [WRITTEN[1], mistyped(WRITTEN[2], 1), WRITTEN[3]], strict=True):
        path.write_text(text.lower() + "\n", encoding="utf-8")
    given = [word for path in paths for word in ("--share-file", path)]
    told = run("count", export, "--out", tmp_path / "t", *given, typed=lines(WRITTEN[2]))
    assert "deel-0.txt: share 2 (Bram) is good" in told
    assert "deel-1.txt: not taken: group 1 of the share is mistyped" in told
    assert "Share 3 of 3" in told


def test_lost_shares_down_to_the_threshold_still_count(export, tmp_path):
    given = []
    for at in (0, 2, 4):
        (tmp_path / f"{at}").write_text(WRITTEN[at], encoding="utf-8")
        given += ["--share-file", tmp_path / f"{at}"]
    told = run("count", export, "--out", tmp_path / "t", *given)
    assert "Share 1" not in told
    assert "funded: Bankjes" in told


def test_a_count_is_never_written_over_something_else(export, tmp_path):
    (tmp_path / "t").write_text("mijn scriptie", encoding="utf-8")
    told = run("count", export, "--out", tmp_path / "t", typed=lines(*WRITTEN[:3]), fails=True)
    assert "exists; it was not touched" in told
    assert "Share" not in told
    lost = tmp_path / "geen" / "map"
    told = run("count", export, "--out", lost, typed=lines(*WRITTEN[:3]), fails=True)
    assert "cannot be written" in told
    assert "Share" not in told


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda text: "", "line 1"),
        (lambda text: "{}\n", "line 1: the key 'kind' is missing"),
        (lambda text: text[:-1], "breaks off"),
        (lambda text: "\n".join(text.split("\n")[:-2]) + "\n", "breaks off"),
        (lambda text: text + "{}\n", "more lines than ballots"),
        (lambda text: text.replace('"number":1', '"number":1.0', 1), "not a line of a ballot box"),
        (lambda text: text.replace('"number":1', '"number":-1', 1), "at least 1"),
        (lambda text: text.replace('"sealed":"', '"sealed":"*', 1), "must be base64"),
        (lambda text: text.replace('"ballots":7', '"ballots":99999999999', 1), "at most"),
        (lambda text: text.replace('"at":0', '"at":1', 1), "a gap or a double"),
        (lambda text: text.replace('"at":0', '"at": 0', 1), "one spelling"),
        (lambda text: text.replace('"style":"all"', r'"style":"\ud800"', 1), "not a line"),
        (lambda text: text.replace('"round":"proef', r'"round":"\ud800proef', 1), "not a line"),
        (lambda text: text.replace('"digital":6', '"digital":5', 1), "were used"),
    ],
)  # fmt: skip
def test_a_damaged_export_is_a_sentence_before_any_share_is_asked(
    export, tmp_path, spoil, sentence
):
    (tmp_path / "bus").write_text(spoil(export.read_text(encoding="utf-8")), encoding="utf-8")
    told = run("count", tmp_path / "bus", "--out", tmp_path / "t", fails=True)
    assert sentence in told
    assert "Share" not in told


def test_what_is_typed_on_a_terminal_is_not_shown(export, tmp_path):
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "pb_engine", "count", export, "--out", tmp_path / "t"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
        preexec_fn=_own_terminal,  # noqa: PLW1509 - one thread here
    ) as program:
        os.close(follower)
        seen = _typed_along(leader, [f"{one}\n" for one in WRITTEN[:3]])
        assert program.wait(timeout=60) == 0, seen
    os.close(leader)
    assert "funded" in seen
    assert not any(group in seen for text in WRITTEN for group in text.split("-"))


def _own_terminal():
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _typed_along(leader, answers):
    """Answer every question on a terminal; return all that the terminal showed."""
    seen = ""
    while True:
        try:
            part = os.read(leader, 4096).decode(errors="replace")
        except OSError:  # the program has left its terminal
            return seen
        seen += part
        if answers and seen.count("Share ") > 3 - len(answers) and seen.rstrip(" ").endswith(":"):
            os.write(leader, answers.pop(0).encode())


# ---- the same from the side of the server


def test_a_server_takes_the_key_exports_the_box_and_takes_the_count_in(tmp_path, monkeypatch):
    from pb_engine.services import phases
    from tests.trustees import cast, closed

    staged = ready_to_vote(tmp_path / "pb")
    for module in (adopt, box, round_commands):
        monkeypatch.setattr(module, "this_engine", lambda: staged.engine)
    (tmp_path / "p.json").write_bytes(trustee_key_file(HELD.key))
    told = run("round", "trustees", SLUG, tmp_path / "p.json")
    assert "3 of 5 shares open the box" in told
    assert "share 1: Sanne; check words: " in told
    phases.take_step(staged.engine, SLUG, "open_voting", "team")
    assert "fixed when voting opens" in run(
        "round", "trustees", SLUG, tmp_path / "p.json", fails=True
    )
    staged = closed(cast(staged, VOTES))
    assert "5 trustees keep the key" in run("round", "open-box", SLUG, fails=True)
    assert "7 sealed ballots" in run("box", "export", SLUG, tmp_path / "bus")
    told = run("count", tmp_path / "bus", "--out", tmp_path / "t", typed=lines(*WRITTEN[:3]))
    words = re.search(r"write them down: (.*)\n", told)[1]
    wrong = " ".join(reversed(words.split()))
    assert "another key" in run("box", "import", SLUG, tmp_path / "t", "--words", wrong, fails=True)
    told = run("box", "import", SLUG, tmp_path / "t", typed=f"{words}\n")
    assert f"0 are invalid. Next: pb-engine round count {SLUG}" in told
    assert "outcome digest" in run("round", "count", SLUG)
    assert "nobody adopted" in run("round", "publish", SLUG, fails=True)
    assert "adopted by Jan" in run("adopt", SLUG, "--by", "Jan")
    assert "record digest" in run("round", "publish", SLUG)
    assert stored_round(staged.engine, SLUG).phase == "published"
    assert json.loads((tmp_path / "t").read_text())["count"]["trustees"] == [1, 2, 3]
