"""A print run: every code opens the door, nothing is lost, and nothing stays behind."""

import csv
import io
import json
import logging
import os
import subprocess
import sys

import pytest
import structlog
from click.testing import CliRunner

from pb_engine.cli import main
from pb_engine.errors import FolderRefused, LetterRefused, NotReady, UnknownCode, WrongPhase
from pb_engine.services.codes import find_entitlement
from pb_engine.services.letters import addressed, making, print_shop, sources
from pb_engine.services.letters.edition import edition_of
from pb_engine.services.letters.streets import read_streets
from pb_engine.services.round_files import round_text
from pb_engine.store.register import Resident, ResidentState
from pb_engine.tallying.sheets.cells import bare
from tests.builders import a_round, a_round_in
from tests.residents import NAMES, settle
from tests.services.letters import pages

SLUG = "proef-2027"


def a_resident(number, **changes):
    told = {
        "round": SLUG,
        "id": f"r{number}",
        "entitlement": f"e{number}",
        "person": None,
        "name": f"Bewoner {number}",
        "sought": f"bewoner {number}",
        "postcode": "7523AB",
        "house": number,
        "addition": "",
        "birth_year": 1980,
        "age_band": None,
        "email": None,
        "area": "mekkelholt",
        "secret": False,
        "state": ResidentState.ACTIVE,
    }
    return Resident(**{**told, **changes})


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path / "pb", "ideas")


@pytest.fixture
def logged():
    """Everything that any part of the program logs, at the most talkative level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=stream))
    yield stream
    structlog.reset_defaults()
    root.removeHandler(handler)
    root.setLevel(level)


def rows_of(folder):
    with (folder / print_shop.LIST_NAME).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def of_residents(*pairs):
    return lambda _engine, _slug, _by: (7, list(pairs))


def test_every_printed_code_opens_the_door_and_stands_once_in_the_list(staged, tmp_path):
    out = tmp_path / "out"
    made = making.make_letters(
        staged.engine, SLUG, sources.without_register(5, "mekkelholt"), out, "kim", per_file=2
    )
    assert [path.name for path in made.printed.files] == [
        "letters-0001.pdf",
        "letters-0002.pdf",
        "letters-0003.pdf",
    ]
    printed = [code for path in made.printed.files for code in pages.codes(path)]
    squares = [link for path in made.printed.files for link in pages.links(path)]
    listed = rows_of(out)
    assert len(set(printed)) == 5
    assert printed == [row["code"] for row in listed]
    assert squares == [row["link"] for row in listed]
    assert [row["file"][-8:-4] for row in listed] == ["0001", "0001", "0002", "0002", "0003"]
    for code in printed:
        assert find_entitlement(staged.engine, SLUG, code).area == "mekkelholt"


def test_only_this_account_may_read_what_was_written(staged, tmp_path):
    out = tmp_path / "out"
    making.make_letters(staged.engine, SLUG, sources.without_register(1), out, "kim")
    assert out.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}


def test_the_log_says_how_many_letters_and_no_log_line_or_store_has_a_code(
    staged, tmp_path, logged
):
    out = tmp_path / "out"
    making.make_letters(staged.engine, SLUG, sources.without_register(4), out, "kim", per_file=3)
    with staged.engine.stores.site.read() as work:
        event = work.log.entries(0)[-1].event
    assert (event.name, event.by) == ("letters_made", "kim")
    assert event.facts["letters"] == 4
    assert event.facts["files"] == 2
    kept = b"".join(path.read_bytes() for path in (tmp_path / "pb").rglob("*") if path.is_file())
    for row in rows_of(out):
        for spelling in (row["code"], row["code"].replace("-", "")):
            assert spelling not in logged.getvalue()
            assert spelling.encode() not in kept


def test_secret_addresses_and_people_without_one_get_no_letter_and_are_counted(staged, tmp_path):
    codes = iter(staged.codes)
    residents = [
        a_resident(1),
        a_resident(2, secret=True),
        a_resident(3, state=ResidentState.MOVED),
        a_resident(4, postcode=""),
        a_resident(5, name="日本", addition="B"),
    ]
    source = of_residents(*((next(codes), one) for one in residents))
    out = tmp_path / "out"
    made = making.make_letters(staged.engine, SLUG, source, out, "kim")
    assert made.printed.letters == 2
    assert made.skipped == {"secret_address": 1, "not_active": 1, "no_address": 1}
    assert made.changed == 1
    listed = rows_of(out)
    assert [(row["number"], row["house"], row["name"]) for row in listed] == [
        ("1", "1", "Bewoner 1"),
        ("2", "5 B", "??"),
    ]
    content = b"".join(path.read_bytes() for path in out.iterdir())
    assert b"Bewoner 2" not in content


@pytest.mark.parametrize("name", ["=1+1", "+31-2", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "'=1"])
def test_a_name_is_no_formula_in_the_list_of_the_print_shop(staged, tmp_path, name):
    out = tmp_path / "out"
    source = of_residents((staged.codes[0], a_resident(1, name=name)))
    making.make_letters(staged.engine, SLUG, source, out, "kim")
    (row,) = rows_of(out)
    assert not row["name"].lstrip("'").startswith(("=", "+", "-", "@")) or row["name"][0] == "'"
    line = pages.within(out / "letters-0001.pdf", 20, 45, 110, 85).splitlines()[1]
    assert bare(row["name"]) == line.strip()


def test_a_list_of_streets_completes_the_addresses(staged, tmp_path):
    path = tmp_path / "streets.csv"
    path.write_text("postcode,street,place\n7523 ab,Langestraat,Enschede\n", encoding="utf-8")
    out = tmp_path / "out"
    source = of_residents((staged.codes[0], a_resident(12, addition="A")))
    making.make_letters(staged.engine, SLUG, source, out, "kim", streets=read_streets(path))
    assert rows_of(out)[0]["street"] == "Langestraat"
    assert "Langestraat 12 A" in pages.within(out / "letters-0001.pdf", 20, 45, 110, 85)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("postcode;street\n7523AB;x\n", "no column"),
        ("postcode,street\n7523,x\n", "line 2"),
        ("postcode,street\n7523AB,\n", "line 2"),
        ("", "no column"),
    ],
)
def test_a_wrong_list_of_streets_is_refused_by_line(tmp_path, content, named):
    path = tmp_path / "streets.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LetterRefused, match=named):
        read_streets(path)


def codes_in(staged):
    with staged.engine.stores.register.read() as work:
        return sum(work.codes.counts(SLUG).values())


@pytest.mark.parametrize("per_file", [0, 1001, -1])
def test_no_code_is_made_when_the_letters_cannot_be(staged, tmp_path, per_file):
    before = codes_in(staged)
    with pytest.raises(LetterRefused):
        making.make_letters(
            staged.engine,
            SLUG,
            sources.without_register(2),
            tmp_path / "out",
            "kim",
            per_file=per_file,
        )
    assert codes_in(staged) == before
    assert not (tmp_path / "out").exists()


def test_an_existing_folder_is_left_alone_and_costs_no_codes(staged, tmp_path):
    before = codes_in(staged)
    with pytest.raises(FolderRefused, match="exists already"):
        making.make_letters(staged.engine, SLUG, sources.without_register(2), tmp_path, "kim")
    assert codes_in(staged) == before


def test_a_letter_that_cannot_be_printed_costs_no_codes(staged, tmp_path, monkeypatch):
    before = codes_in(staged)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(LetterRefused, match="could not be printed"):
        making.make_letters(
            staged.engine, SLUG, sources.without_register(2), tmp_path / "out", "kim"
        )
    assert codes_in(staged) == before


def test_when_printing_breaks_off_the_codes_are_in_the_list(staged, tmp_path, monkeypatch):
    out = tmp_path / "out"
    calls = []

    def press(document):
        calls.append(document)
        raise LetterRefused("the letters could not be printed", problem="press")

    monkeypatch.setattr(print_shop, "press", press)
    with pytest.raises(LetterRefused):
        making.make_letters(
            staged.engine, SLUG, sources.without_register(3), out, "kim", per_file=1
        )
    assert len(calls) == 1
    assert [row["file"] for row in rows_of(out)] == ["letters-0001.pdf", "", ""]
    for row in rows_of(out):
        assert find_entitlement(staged.engine, SLUG, row["code"])


def test_after_the_close_there_are_no_letters(tmp_path):
    staged = a_round_in(tmp_path / "pb", "closed", votes={"AED": 1})
    with pytest.raises(WrongPhase):
        making.make_letters(
            staged.engine, SLUG, sources.without_register(1), tmp_path / "out", "kim"
        )
    assert not (tmp_path / "out").exists()


def test_a_trial_has_codes_that_open_no_door(staged, tmp_path):
    out = tmp_path / "out"
    before = codes_in(staged)
    made = making.make_letters(staged.engine, SLUG, sources.invented(2), out, "kim", trial=True)
    assert codes_in(staged) == before
    assert all("PROEF" in text for text in pages.texts(made.printed.files[0]))
    for row in rows_of(out):
        with pytest.raises(UnknownCode):
            find_entitlement(staged.engine, SLUG, row["code"])


def test_a_sample_never_opens_a_door(staged, tmp_path):
    path = tmp_path / "sample.pdf"
    path.write_bytes(making.preview(staged.engine, SLUG))
    (code,) = pages.codes(path)
    assert all("PROEF" in text for text in pages.texts(path))
    with pytest.raises(UnknownCode):
        find_entitlement(staged.engine, SLUG, code)


def test_letters_are_made_one_file_at_a_time(staged, tmp_path, monkeypatch):
    taken, files = [], []

    def press(document):
        files.append((len(taken), len(json.loads(document)["letters"])))
        return b"%PDF"

    def coded(_engine, _slug, _by):
        def each():
            for number in range(25):
                taken.append(number)
                yield f"ABCD-EFGH-JKLM-{number:04d}", None

        return 1, each()

    monkeypatch.setattr(print_shop, "press", press)
    making.make_letters(staged.engine, SLUG, coded, tmp_path / "out", "kim", per_file=10)
    assert files == [(10, 10), (20, 10), (25, 5)]


MEASURE = "import sys; from tests.services.letters.measured import main; main(sys.argv[1:])"


def measured(folder, number, per_file):
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder), str(number), str(per_file)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_however_many_letters_there_are_printing_stays_within_half_a_gigabyte(tmp_path):
    # As one file these would take more than 800 MiB.
    found = measured(tmp_path / "many", 2 * making.PER_FILE, making.PER_FILE)
    assert found["press"][0] < 600
    assert found["self"][0] < 300


@pytest.fixture
def installed(tmp_path, monkeypatch):
    monkeypatch.setenv("PB_DATA", str(tmp_path / "pb"))
    monkeypatch.setenv("PB_CODE_COST", "8192,1,1")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "proef-2027.toml").write_text(round_text(a_round()), encoding="utf-8")
    for words in (["migrate"], ["round", "import", "proef-2027.toml"]):
        assert CliRunner().invoke(main, words).exit_code == 0
    return tmp_path


def test_the_command_makes_letters_and_warns_that_there_is_no_other_copy(installed):
    done = CliRunner().invoke(main, ["letters", SLUG, "--out", "out", "--number", "2"])
    assert done.exit_code == 0, done.output
    assert "2 letters in 1 files" in done.output
    assert "only copy" in done.output
    for row in rows_of(installed / "out"):
        assert row["code"] not in done.output


def test_the_command_for_a_trial_in_large_print_says_that_it_is_one(installed):
    words = ["letters", SLUG, "--out", "out", "--number", "1", "--trial", "--large-print"]
    done = CliRunner().invoke(main, words)
    assert "open no door" in done.output
    assert len(pages.texts(installed / "out" / "letters-0001.pdf")) > 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["geen-2027", "--out", "o", "--number", "1"], "geen-2027"),
        ([SLUG, "--out", ".", "--number", "1"], "exists already"),
        ([SLUG, "--out", "o", "--number", "0"], "1 to 200000"),
        ([SLUG, "--out", "o", "--number", "1", "--per-file", "5000"], "1 to 1000"),
        ([SLUG, "--out", "o", "--number", "1", "--persona", "1"], "persona_1"),
        ([SLUG, "--out", "o", "--number", "1", "--streets", "proef-2027.toml"], "no column"),
    ],
)
def test_a_wrong_command_is_refused_with_a_sentence(installed, words, sentence):
    done = CliRunner().invoke(main, ["letters", *words])
    assert done.exit_code == 1
    assert sentence in done.output
    assert "Traceback" not in done.output


def test_a_reason_for_no_letter_has_words_on_the_command_line():
    from pb_engine.cli.letters import _SKIPPED

    assert set(_SKIPPED) == {addressed.SECRET, addressed.GONE, addressed.NOWHERE}


def test_an_edition_knows_the_place_on_an_envelope(staged):
    assert edition_of(staged.engine, SLUG).place == "Enschede"


def test_everybody_in_the_register_gets_one_letter_and_a_secret_address_none(staged, tmp_path):
    people = settle(staged, secret=(NAMES[3],))
    made = making.make_letters(
        staged.engine, SLUG, sources.from_register(), tmp_path / "out", "kim", per_file=2
    )
    assert (made.printed.letters, dict(made.skipped)) == (3, {"secret_address": 1})
    listed = (made.printed.folder / "letters.csv").read_text(encoding="utf-8-sig")
    assert all(name in listed for name in NAMES[:3])
    assert NAMES[3] not in listed
    assert sources.in_want(staged.engine, SLUG) == 1  # of the secret address, still
    with pytest.raises(NotReady):
        making.make_letters(
            staged.engine, SLUG, sources.from_register(), tmp_path / "again", "kim", per_file=2
        )
    assert len(people) == 4


def test_the_desk_makes_no_more_letters_at_once_than_it_can(staged, tmp_path):
    settle(staged)
    with pytest.raises(NotReady) as refused:
        making.make_letters(
            staged.engine, SLUG, sources.from_register(most=3), tmp_path / "out", "kim"
        )
    assert refused.value.details["problem"] == "number"
    assert not (tmp_path / "out").exists()
