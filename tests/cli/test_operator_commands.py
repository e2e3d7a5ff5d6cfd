"""What an operator types, right and wrong: always a sentence, never a traceback."""

import csv
import dataclasses

import pytest
from click.testing import CliRunner

from pb_engine.cli import COMMANDS, main
from pb_engine.engine import build
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.rights import sealed_right
from pb_engine.services.round_files import round_text
from pb_engine.settings import read_settings
from pb_engine.store import close_stores
from pb_engine.store.register import Channel, Entitlement, Resident, ResidentState
from tests.builders import SEED, a_round


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("PB_DATA", str(tmp_path / "pb"))
    monkeypatch.setenv("PB_CODE_COST", "8192,1,1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words, fails=False, **more):
    done = CliRunner().invoke(main, list(words), **more)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert (done.exit_code != 0) is fails, done.output
    assert "Traceback" not in done.output
    return done.output


@pytest.fixture
def installed(place):
    run("migrate")
    (place / "proef-2027.toml").write_text(round_text(a_round()), encoding="utf-8")
    run("round", "import", "proef-2027.toml")
    return place


def test_every_command_has_help():
    listed = run("--help")
    for command, line in COMMANDS.items():
        assert f"  {command} " in listed
        assert line.split(".")[0].split(" ")[0] in run(command, "--help")


def test_migrating_twice_says_that_there_is_nothing_to_do(place):
    assert "site: empty -> " in run("migrate")
    assert run("migrate").count("nothing to do") == 4


def test_without_migration_a_command_says_what_to_do(place):
    assert "run pb-engine migrate" in run("round", "list", fails=True)


def test_a_round_is_imported_listed_shown_and_exported(installed):
    assert "proef-2027" in run("round", "list")
    shown = run("round", "show", "proef-2027")
    assert "draft" in shown
    assert "€ 10.000" in shown
    assert SEED in shown
    (installed / "terug.toml").write_text(run("round", "export", "proef-2027"), encoding="utf-8")
    run("round", "import", "terug.toml")
    assert run("round", "export", "proef-2027") == (installed / "terug.toml").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("round", "show", "nergens"), "nergens"),
        (("round", "import", "geen.toml"), "geen.toml: cannot be read"),
        (("round", "step", "proef-2027", "vliegen"), "not a step"),
        (("round", "step", "proef-2027", "open_ideas"), "needs a reason"),
        (("round", "open-box", "proef-2027"), "cannot take the step"),
        (("round", "count", "proef-2027"), "cannot take the step"),
        (("round", "publish", "proef-2027"), "cannot take the step"),
        (("codes", "issue", "proef-2027", "0"), "1 to 200000"),
        (("codes", "issue", "nergens", "3"), "nergens"),
        (("codes", "issue", "proef-2027"), "say how many codes"),
        (
            ("codes", "void", "proef-2027", "--code", "1234", "--reason", "brief kwijt"),
            "must have 16",
        ),
        (("vliegen",), "No such command"),
    ],
)
def test_wrong_words_give_a_sentence(installed, words, sentence):
    assert sentence in run(*words, fails=True)


def test_codes_are_printed_once_and_can_be_replaced_and_withdrawn(installed):
    codes = [
        line
        for line in run("codes", "issue", "proef-2027", "3").splitlines()
        if line.count("-") == 3
    ]
    assert len(set(codes)) == 3
    fresh = run(
        "codes", "replace", "proef-2027", "--code", codes[0], "--reason", "brief kwijt"
    ).strip()
    assert fresh not in codes
    assert "withdrawn" in run(
        "codes", "void", "proef-2027", "--code", fresh, "--reason", "verhuisd"
    )
    refused = run(
        "codes", "void", "proef-2027", "--code", fresh, "--reason", "nog eens", fails=True
    )
    assert "cannot be withdrawn" in refused


def test_residents_get_codes_in_a_file_of_one_batch_that_goes_its_way(installed, tmp_path):
    file = tmp_path / "codes.csv"
    assert "nobody in the register" in run("codes", "export", "proef-2027", str(file), fails=True)
    assert not file.exists()
    put_in_the_register("=Vos; Eén", "Jansen")
    told = run("codes", "export", "proef-2027", str(file))
    assert "2 codes in" in told
    assert "ms of a processor" in told
    assert file.stat().st_mode & 0o777 == 0o600
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines(), delimiter=";"))
    assert rows[0] == ["batch", "code", "name", "postcode", "house", "addition"]
    assert [row[2:] for row in rows[1:]] == [
        ["'=Vos; Eén", "7523AB", "1", ""],
        ["Jansen", "7523AB", "2", ""],
    ]
    assert "File exists" in run("codes", "export", "proef-2027", str(file), fails=True)
    assert "1\tletter\texported\t-\t2\t2 exported" in run("codes", "list", "proef-2027")
    why = ("--reason", "naar de drukker")
    assert "is sent, with 2 codes" in run("codes", "state", "proef-2027", "1", "sent", *why)
    assert "cannot go to sent" in run("codes", "state", "proef-2027", "1", "sent", *why, fails=True)
    assert "returned" in run(
        "codes", "returned", "proef-2027", "--code", rows[1][1], "--reason", "niet bezorgd"
    )
    assert "1 sent, 1 returned" in run("codes", "list", "proef-2027")


def put_in_the_register(*names):
    engine = build(read_settings())
    slug = a_round().slug
    with engine.stores.register.write() as work:
        for house, name in enumerate(names, start=1):
            right = Entitlement(f"recht{house}", slug, STYLE, None, Channel.NONE)
            work.entitlements.add_many([sealed_right(engine, right)])
            person = Resident(
                *(slug, f"p{house}", right.id, None, name, name.lower(), "7523AB", house, ""),
                *(1980, None, None, None, False, ResidentState.ACTIVE),
            )
            work.residents.add_many([person])
        work.commit()
    close_stores(engine.stores)


def test_an_official_is_added_with_a_hashed_password(installed):
    words = ("officials", "add", "Team@Example.org", "--role", "participation_team", "--password")
    assert "at least 12" in run(*words, "kort", fails=True)
    assert "team@example.org: participation_team" in run(*words, "een lang wachtwoord")
    assert "team@example.org" in run("officials", "list")
    raw = (installed / "pb" / "site.sqlite3").read_bytes()
    assert b"een lang wachtwoord" not in raw
    assert "is not a role" in run(
        "officials",
        "add",
        "x@example.org",
        "--role",
        "koning",
        "--password",
        "een lang wachtwoord",
        fails=True,
    )


def test_work_once_says_what_it_did(installed):
    assert "messages sent: 0" in run("work", "--once")


def test_the_doctor_finds_a_healthy_installation_and_names_a_broken_log(installed):
    assert "WRONG" not in run("doctor")
    import sqlite3

    with sqlite3.connect(installed / "pb" / "site.sqlite3") as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE log SET by_whom = 'iemand anders' WHERE number = 1")
        raw.commit()
    assert "WRONG  event log: the event log breaks at entry 1" in run("doctor", fails=True)


def test_plugins_are_listed_with_what_they_offer(place):
    listed = run("plugins")
    assert "equal_shares 1" in listed
    assert "greedy" in listed


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PB_DTA", "x", "unknown setting PB_DTA"),
        ("PB_PLUGINS", "greedy,luchtkasteel", "luchtkasteel"),
        ("PB_CODE_COST", "1,1,1", "the least is"),
        ("PB_BASE_URL", "ftp://x", "PB_BASE_URL"),
        ("PB_LOG_LEVEL", "loud", "PB_LOG_LEVEL"),
        ("PB_NOTIFIER_SETTINGS", "geen json", "PB_NOTIFIER_SETTINGS"),
        ("PB_SITE_DB", "oracle://x", "not the address of a store"),
    ],
)
def test_a_wrong_setting_is_named(place, monkeypatch, name, value, sentence):
    run("migrate")
    monkeypatch.setenv(name, value)
    assert sentence in run("round", "list", fails=True)


@pytest.mark.postgres
def test_a_command_leaves_no_connection_open(postgres_server, place, monkeypatch):
    urls = postgres_server.urls()
    for name, url in dataclasses.asdict(urls).items():
        monkeypatch.setenv(f"PB_{name.upper()}_DB", url)
    (place / "proef-2027.toml").write_text(round_text(a_round()), encoding="utf-8")
    run("round", "import", "proef-2027.toml")
    assert "proef-2027" in run("round", "list")
    run("round", "show", "geen-ronde", fails=True)
    names = [url.split("@/")[1].split("?")[0] for url in dataclasses.asdict(urls).values()]
    assert postgres_server.connections(names) == 0


def test_a_list_of_codes_of_a_round_that_is_not_there_says_so(installed):
    assert "geen-ronde" in run("codes", "list", "geen-ronde", fails=True)
