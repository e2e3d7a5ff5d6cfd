"""`pb-engine demo`: quick, honest about being invented, and careful with other people's folders."""

import json
import os
import signal
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner

from pb_engine.cli import main
from pb_engine.engine import build
from pb_engine.errors import InvalidKey
from pb_engine.services.demo_presets import FINISHED, MAIN, read_preset
from pb_engine.services.leftovers import leftover_lines
from pb_engine.services.pages import home
from pb_engine.services.progress import works_page
from pb_engine.settings import settings_in
from tests.web.foreign import foreign, walk
from web.resident.app import create_resident_app

pytestmark = pytest.mark.xdist_group("demo")


def prepare(folder, *words):
    return CliRunner().invoke(main, ["demo", "--prepare-only", "--data", str(folder), *words])


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "hier"
    done = prepare(folder)
    assert done.exit_code == 0, done.output
    return folder


def test_the_screen_shows_where_to_go_and_three_working_codes(demo_folder):
    shown = prepare(demo_folder).output
    codes = json.loads((demo_folder / "pb-engine-demo.json").read_text())["codes"]
    assert len(codes) == 3
    for word in (*codes, "/mekdep-2027/stemmen", "/beheer/", "team@demo.example", "Verzonnen"):
        assert word in shown


def test_one_round_is_open_for_voting_and_one_has_a_result(demo_folder):
    engine = build(settings_in(demo_folder, demo=True))
    assert {card.slug: str(card.phase) for card in home(engine)} == {
        "mekdep-2027": "voting",
        "zuid-2027": "published",
    }
    assert all(card.fictional for card in home(engine))


def test_the_finished_round_shows_plans_an_expense_and_what_is_saved(demo_folder):
    engine = build(settings_in(demo_folder, demo=True))
    page = works_page(engine, FINISHED)
    first, second, *_ = page.works
    assert first.spent_cents == 350_00
    assert [len(card.milestones) for card in (first, second)] == [3, 3]
    assert first.updates
    rest = leftover_lines(engine, page)[-1]
    assert rest.settled is (rest.left_cents > 0)


def test_demo_keys_are_refused_outside_demo_mode(demo_folder):
    engine = build(settings_in(demo_folder))
    for name in engine.keyring.names():
        with pytest.raises(InvalidKey, match="demo"):
            engine.keyring.get(name)


@pytest.mark.parametrize("language", ["tr", "ar"])
def test_who_reads_turkish_or_arabic_meets_no_other_language_of_the_house(demo_folder, language):
    app = create_resident_app(build(settings_in(demo_folder, demo=True, log_level="error")))
    pages = dict(walk(app.test_client(), language))
    assert len(pages) > 25
    found = {path: told for path, html in pages.items() if (told := foreign(html, language))}
    assert not found
    rounds = [read_preset(slug).round for slug in (MAIN, FINISHED)]
    for text in (
        one for round_ in rounds for one in (round_.name, round_.summary, round_.tie.text)
    ):
        assert not [path for path, html in pages.items() if text.nl in html or text.en in html]
        assert any(text.own(language) in html for html in pages.values())


def test_a_sentence_in_another_language_is_noticed():
    assert foreign("<p>De uitslag</p>", "tr") == ["De uitslag"]
    assert foreign('<p>Sonuç <span lang="en">Left over</span></p>', "tr") == ["Left over"]
    assert foreign('<p title="Uitslag">Sonuç <b lang="nl">Bankjes</b></p>', "tr") == ["Uitslag"]


def test_a_folder_that_is_not_a_demonstration_is_not_touched(tmp_path):
    (tmp_path / "belastingaangifte.txt").write_text("belangrijk")
    for words in ((), ("--fresh",)):
        done = prepare(tmp_path, *words)
        assert done.exit_code == 1
        assert "nothing in it was touched" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["belastingaangifte.txt"]


def test_another_phase_asks_for_a_fresh_start(demo_folder):
    done = prepare(demo_folder, "--phase", "ideas")
    assert done.exit_code == 1
    assert "--fresh" in done.output


@pytest.mark.parametrize("phase", ["ideas", "review", "results"])
def test_each_phase_can_be_shown(tmp_path, phase):
    done = prepare(tmp_path / "d", "--phase", phase)
    assert done.exit_code == 0, done.output
    engine = build(settings_in(tmp_path / "d", demo=True))
    wanted = {"results": "published"}.get(phase, phase)
    assert {card.slug: str(card.phase) for card in home(engine)}["mekdep-2027"] == wanted


def test_a_half_made_demonstration_is_made_anew(tmp_path):
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "pb-engine-demo.json").write_text(
        '{"format": 1, "phase": "voting", "complete": false}'
    )
    (folder / "site.sqlite3").write_bytes(b"half")
    assert prepare(folder).exit_code == 0


def start(folder):
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "pb_engine", "demo", "--port", "0", "--data", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("PB_")},
    )
    lines = []
    for line in server.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            break
    address = next(line.split()[-1] for line in lines if line.startswith("Residents"))
    return server, address, lines


def test_it_serves_stops_on_ctrl_c_and_goes_on_where_it_was(demo_folder):
    seen = []
    for _ in range(2):
        server, address, lines = start(demo_folder)
        try:
            with urllib.request.urlopen(address, timeout=20) as page:
                assert "demonstratie" in page.read().decode().lower()
            seen.append([line for line in lines if line.startswith("Voting codes")])
        finally:
            server.send_signal(signal.SIGINT)
            rest, _ = server.communicate(timeout=20)
        assert server.returncode == 0, rest
        assert "Traceback" not in rest
        assert "Start again" in rest
    assert seen[0] == seen[1]


def test_a_taken_port_is_said_in_a_sentence(demo_folder):
    server, address, _ = start(demo_folder)
    try:
        port = address.rstrip("/").rsplit(":", 1)[1]
        done = subprocess.run(
            [sys.executable, "-m", "pb_engine", "demo", "--port", port, "--data", demo_folder],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 1
        assert "choose another with --port" in done.stderr
        assert "Traceback" not in done.stderr
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)
