"""Three hundred ballots under the key of five trustees, with the commands that people type."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from pb_engine.sealing import read_share
from pb_engine.services import publication
from tests.trustees import NAMES, SLUG, cast, closed, ready_to_vote, scanned

pytestmark = pytest.mark.slow
VOTES = {"Bankjes": 130, "Moestuin": 90, "AED": 60, "Speeltoestel": 20}


@pytest.fixture
def command(tmp_path):
    """Runs the program with the settings of one installation, in one folder."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PB_")}

    def run(*words, typed="", folder=None, settings=True, fails=False):
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "pb_engine", *map(str, words)],
            input=typed,
            capture_output=True,
            text=True,
            cwd=folder or tmp_path,
            env={**clean, **({"PB_DATA": str(tmp_path / "pb")} if settings else {})},
            timeout=300,
            check=False,
        )
        assert (done.returncode != 0) is fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


def test_from_the_ceremony_to_the_published_result(tmp_path, command):
    named = [word for name in NAMES for word in ("--trustee", name)]
    laptop = tmp_path / "laptop"
    laptop.mkdir()
    command("ceremony", SLUG, "--out", "bladen", *named, folder=laptop, settings=False)
    sheets = sorted((laptop / "bladen").glob("*.pdf"))
    written = [scanned(sheet)[0] for sheet in sheets]
    command("ceremony", "--rehearse", laptop / "bladen" / f"{SLUG}.public.json",
            typed="\n".join(written[1:4]) + "\n", settings=False)  # fmt: skip

    staged = ready_to_vote(tmp_path / "pb", demo=False)
    command("round", "trustees", SLUG, laptop / "bladen" / f"{SLUG}.public.json")
    from pb_engine.services import phases

    phases.take_step(staged.engine, SLUG, "open_voting", "team")
    staged = closed(cast(staged, VOTES))

    assert "5 trustees keep the key" in command("round", "open-box", SLUG, fails=True)
    assert "301 sealed ballots" in command("box", "export", SLUG, laptop / "bus")
    told = _counted(command, laptop, written)
    assert "300 ballots count, 1 were replaced by their voters, 0 are invalid" in told
    words = re.search(r"write them down: (.*)\n", told)[1]
    shutil.copy(laptop / "telling", tmp_path / "telling")
    assert "300 ballots count" in command("box", "import", SLUG, "telling", "--words", words)
    command("round", "count", SLUG)
    assert "nobody adopted" in command("round", "publish", SLUG, fails=True)
    command("adopt", SLUG, "--by", "Jan de Vries")
    command("round", "publish", SLUG)

    record = publication.download(staged.engine, SLUG, "record.json").body
    (tmp_path / "record.json").write_bytes(record)
    assert "FAIL" not in command("verify", "record.json", settings=False)
    _require_no_share_anywhere(tmp_path, sheets, written)


def _counted(command, laptop, written):
    """Two sheets are lost; one trustee mistypes, one brings the same sheet twice."""
    groups = written[4].split("-")
    groups[8] = groups[8][1] + groups[8][0] + groups[8][2:]
    mistyped = "-".join(groups)
    typed = [mistyped, written[4], written[4], written[0], written[2]]
    told = command("count", "bus", "--out", "telling", typed="\n".join(typed) + "\n",
                   folder=laptop, settings=False)  # fmt: skip
    if mistyped != written[4]:
        assert "group 9 of the share is mistyped" in told
    assert "share 5 is there twice" in told
    return told


def _require_no_share_anywhere(folder, sheets, written):
    secret = [value for text in written for value in (text, read_share(text).value.hex())]
    files = [path for path in folder.rglob("*") if path.is_file() and path not in sheets]
    assert len(files) > 8
    for path in files:
        raw = path.read_bytes()
        assert not any(one.encode() in raw for one in secret), path
        assert not any(read_share(text).value in raw for text in written), path
