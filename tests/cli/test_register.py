"""`pb-engine register` and `retention`: what an operator types, right and wrong."""

import pytest

from pb_engine.engine import build
from pb_engine.settings import read_settings
from tests.builders import a_round_in
from tests.cli.test_operator_commands import run
from tests.registers import lines, people
from tests.store.raw import raw_sql

SLUG = "proef-2027"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("PB_DATA", str(tmp_path / "pb"))
    monkeypatch.setenv("PB_CODE_COST", "8192,1,1")
    monkeypatch.chdir(tmp_path)
    run("migrate")
    return tmp_path


@pytest.fixture
def engine(place):
    return build(read_settings())


def test_a_register_is_looked_at_taken_in_and_shown(place, engine):
    a_round_in(engine, "draft")
    rows = ["1;A;7523AB;1;;1980", "2;B;7511AA;1;;1980", "3;C;75;1;;1980"]
    (place / "k.csv").write_bytes(lines(*rows).getvalue())
    told = run(*("register", "import", SLUG, "k.csv", "--dry-run", "--report", "b.csv"), fails=True)
    assert "read as UTF-8, separated by semicolons" in told
    assert "3 rows: 1 taken in, 1 left out, 1 wrong" in told
    assert "line 4: 75" in told
    report = (place / "b.csv").read_text(encoding="utf-8")
    assert "4;wrong;postcode" in report
    assert (place / "b.csv").stat().st_mode & 0o077 == 0
    again = run("register", "import", SLUG, "k.csv", "--report", "b.csv", fails=True)
    assert "b.csv cannot be written: File exists" in again
    assert (place / "b.csv").read_text(encoding="utf-8") == report
    assert "nothing was taken in" in run("register", "import", SLUG, "k.csv", fails=True)
    (place / "k.csv").write_bytes(people(12).getvalue())
    (place / "kolommen.toml").write_text('[columns]\nname = "naam"\n', encoding="utf-8")
    done = run("register", "import", SLUG, "k.csv", "--columns", "kolommen.toml")
    assert "12 residents taken in" in done
    shown = run("register", "show", SLUG)
    assert "not frozen, 12 residents" in shown
    assert "every voting right" in run("register", "check", SLUG)


def test_a_changed_register_fails_the_check_and_says_why(engine):
    a_round_in(engine, "voting", codes=1, register=people(12))
    assert "(12 at the opening, 0 since" in run("register", "check", SLUG)
    raw_sql(engine.stores.register, "UPDATE entitlements SET second = 'x' WHERE area IS NOT NULL")
    told = run("register", "check", SLUG, fails=True)
    assert "12 voting rights were not made by this register" in told


def test_a_change_is_proposed_and_not_decided_by_the_same_account(engine):
    a_round_in(engine, "voting", codes=1, register=people(12))
    told = ("--set", "postcode=7523AB", "--set", "house=80", "--set", "birth_year=1990")
    reason = ("--reason", "vergeten in de uitdraai")
    assert "change 1 waits" in run("register", "amend", SLUG, "add", *told, *reason)
    assert "another official" in run("register", "decide", SLUG, "1", "approve", fails=True)
    assert "FIELD is one of" in run(
        *("register", "amend", SLUG, "add", "--set", "bsn=1", *reason), fails=True
    )
    assert "change 1: add, proposed" in run("register", "show", SLUG)


def test_cards_of_a_class_are_printed_beside_the_numbers_of_a_list(engine, tmp_path):
    a_round_in(engine, "ideas", codes=1, register=people(12))
    listed = tmp_path / "klas.txt"
    listed.write_text("\ufeff2\n\n 3 \n", encoding="utf-8")
    asked = ("codes", "issue", SLUG, "--kind", "desk", "--people", str(listed))
    rows = [line.split(";") for line in run(*asked).splitlines() if ";" in line]
    assert [number for number, _ in rows] == ["2", "3"]
    assert "has a code already, or voted: line 1, 2" in run(*asked, fails=True)
    assert "say how many codes" in run("codes", "issue", SLUG, "4", *asked[3:], fails=True)
    listed.write_bytes(b"\xff\xfe2")
    assert "not UTF-8" in run(*asked, fails=True)
    assert "a second voting right" in run("codes", "issue", SLUG, "4", fails=True)


def test_retention_needs_to_be_told_whether_it_is_meant(engine):
    a_round_in(engine, "draft")
    assert "--dry-run or --yes" in run("retention", "run", fails=True)
    assert "nothing is over its term" in run("retention", "run", "--dry-run")
    assert "no round" in run("retention", "run", "weg", "--yes", fails=True).lower()


def test_what_is_over_its_term_goes_when_it_is_meant(engine):
    a_round_in(engine, "published", codes=2, register=people(3))
    raw_sql(engine.stores.site, "UPDATE rounds SET since = '2020-01-01T00:00:00.000000+00:00'")
    assert "would go" in run("retention", "run", SLUG, "--dry-run")
    told = run("retention", "run", "--yes")
    assert "voting codes and their key: " in told
    assert "removed (term over on 2020-02-12)" in told
    assert "nothing is over its term" in run("retention", "run", "--yes")
    assert "nothing left to compare" in run("register", "check", SLUG, fails=True)
