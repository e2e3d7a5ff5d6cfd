"""The ceremony as a command, and what lies in its folder afterwards."""

import itertools
import json
import os
import re

import pikepdf
import pytest
from click.testing import CliRunner

from pb_engine.cli import main
from pb_engine.sealing import check_words, read_share, read_trustee_key, restored
from pb_engine.services import ceremony as service
from pb_engine.services.round_files import round_text
from tests.builders import a_round
from tests.trustees import NAMES, scanned, text_of

ROUND = "proef-2027"


def run(*words, typed="", fails=False):
    done = CliRunner().invoke(main, [str(word) for word in words], input=typed)
    assert (done.exit_code != 0) is fails, (done.output, done.exception)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output


def named(*names):
    return list(itertools.chain.from_iterable(("--trustee", name) for name in names))


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ceremonie") / "blad"
    said = run("ceremony", ROUND, "--out", folder, *named(*NAMES))
    sheets = sorted(folder.glob("*.pdf"))
    return folder, said, sheets, [scanned(sheet)[0] for sheet in sheets]


def test_a_ceremony_leaves_one_sheet_per_trustee_and_a_public_file_and_says_so(held):
    folder, said, sheets, _ = held
    assert [one.name for one in sheets] == [f"{ROUND}-sleuteldeel-{at}.pdf" for at in range(1, 6)]
    assert {one.name for one in folder.iterdir()} == {
        *(one.name for one in sheets),
        f"{ROUND}.public.json",
    }
    assert "every choice of 3 shares opened a trial ballot (10 possible)" in said
    assert "on no disk" in said
    assert all(name in said for name in NAMES)


def test_everything_that_a_ceremony_writes_is_for_us_only(held):
    folder = held[0]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {one.stat().st_mode & 0o777 for one in folder.iterdir()} == {0o600}


def test_any_three_scanned_sheets_give_the_private_key_and_it_is_in_no_file(held):
    folder, said, sheets, texts = held
    key = read_trustee_key((folder / f"{ROUND}.public.json").read_bytes())
    shares = [read_share(text) for text in texts]
    privates = {restored(key, chosen) for chosen in itertools.combinations(shares, 3)}
    (private,) = privates
    secrets = [private, *(share.value for share in shares)]
    hidden = [*secrets, *(s.hex().encode() for s in secrets), *(t.encode() for t in texts)]
    hidden += [text.replace("-", "").encode() for text in texts]
    for path in folder.rglob("*"):
        raw = path.read_bytes()
        assert private not in raw
        assert private.hex().encode() not in raw
        if path not in sheets:
            assert not any(one in raw for one in hidden), path.name
    assert not any(one in said.encode() for one in hidden)


def test_a_sheet_says_in_words_what_its_square_says_and_names_its_trustee(held):
    folder, _, sheets, texts = held
    key = read_trustee_key((folder / f"{ROUND}.public.json").read_bytes())
    for at, (sheet, text) in enumerate(zip(sheets, texts, strict=True)):
        page = text_of(sheet)
        numbered = re.findall(r"\b(\d{1,2})\s+([2-9A-HJ-NP-Z]{5})\b", page)
        assert numbered == [(str(n), one) for n, one in enumerate(text.split("-"), start=1)]
        assert NAMES[at] in page
        assert f"Sleuteldeel {at + 1} van 5" in page
        assert check_words(key.commitments[at]) in page
        assert "U bewaart één van vijf sleuteldelen." in " ".join(page.split())
        assert "Er zijn drie nodig" in " ".join(page.split())


def test_a_sheet_is_one_tagged_page_in_dutch(held):
    for sheet in held[2]:
        with pikepdf.open(sheet) as pdf:
            assert len(pdf.pages) == 1
            assert bool(pdf.Root.MarkInfo.Marked)
            assert str(pdf.Root.Lang).startswith("nl")
            assert "/StructTreeRoot" in pdf.Root
            assert "Sleuteldeel" in str(pdf.docinfo.Title)
            with pdf.open_metadata() as told:
                assert told["pdfuaid:part"] == "1"
            assert "/CreationDate" not in pdf.docinfo


def test_the_longest_names_still_fit_on_one_page(tmp_path):
    round_ = a_round(name=type(a_round().name)("Wijk " * 39, "x"))
    (tmp_path / "ronde.toml").write_text(round_text(round_), encoding="utf-8")
    names = [f"{at} {'Wilhelmina ' * 7}"[:79].strip() for at in range(12)]
    run("ceremony", tmp_path / "ronde.toml", "--out", tmp_path / "b", "--threshold", "12",
        *named(*names))  # fmt: skip
    for sheet in (tmp_path / "b").glob("*.pdf"):
        with pikepdf.open(sheet) as pdf:
            assert len(pdf.pages) == 1
    page = " ".join(text_of(tmp_path / "b" / f"{ROUND}-sleuteldeel-1.pdf").split())
    assert "één van twaalf sleuteldelen. Er zijn twaalf nodig" in page
    assert "zijn alle stemmen weg" in page


def test_what_somebody_is_called_is_text_and_never_part_of_the_page_program(tmp_path):
    strange = '#eval("1") $x$ *a* \\ "q" <b> [c]'
    run("ceremony", ROUND, "--out", tmp_path / "b", "--threshold", "1", *named(strange))
    assert strange in " ".join(text_of(next((tmp_path / "b").glob("*.pdf"))).split())


def test_a_round_file_says_how_many_trustees_and_whom_they_call(tmp_path):
    from pb_engine.domain.rounds import Trustees

    path = tmp_path / "ronde.toml"
    path.write_text(round_text(a_round(trustees=Trustees(2, 3))), encoding="utf-8")
    run("ceremony", path, "--out", tmp_path / "b")
    public = json.loads((tmp_path / "b" / f"{ROUND}.public.json").read_bytes())
    assert (public["round"], public["threshold"], len(public["shares"])) == (ROUND, 2, 3)
    page = " ".join(text_of(tmp_path / "b" / f"{ROUND}-sleuteldeel-1.pdf").split())
    assert "Proefwijk beter" in page
    assert "Bel meteen Participatieteam: 14 053." in page
    told = run("ceremony", path, "--out", tmp_path / "c", "--shares", "5", fails=True)
    assert "asks for 2 of 3 shares" in told


def test_one_trustee_keeps_the_whole_key(tmp_path):
    run("ceremony", ROUND, "--out", tmp_path / "b", "--threshold", "1", "--shares", "1")
    page = text_of(tmp_path / "b" / f"{ROUND}-sleuteldeel-1.pdf")
    assert "U bewaart de hele sleutel van de stembus." in page
    assert "sleutelbewaarder 1" in page


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "name a ROUND and --out"),
        (["../weg"], "no round has this name"),
        (["proef", "--threshold", "6"], "6 of 5 is not possible"),
        (["proef", "--threshold", "-1"], "not possible"),
        (["proef", "--threshold", "0"], "not possible"),
        (["proef", "--shares", "0"], "not possible"),
        (["proef", "--shares", "300"], "not possible"),
        (["proef", "--shares", "3", *named("a", "b")], "3 shares need 3 trustees; 2 are named"),
        (["proef", *named("a", "a", "b")], "same name"),
        (["proef", *named("a", "b", " ")], "1 to 80 characters"),
        (["geen.toml"], "cannot be read"),
    ],
)
def test_a_plan_that_cannot_be_leaves_nothing_behind(tmp_path, words, sentence):
    told = run("ceremony", *words, "--out", tmp_path / "b", fails=True)
    assert sentence in told
    assert not (tmp_path / "b").exists()


def test_a_folder_with_something_in_it_is_not_touched(held, tmp_path):
    before = {one: one.read_bytes() for one in held[0].iterdir()}
    assert "is not empty" in run("ceremony", ROUND, "--out", held[0], fails=True)
    assert {one: one.read_bytes() for one in held[0].iterdir()} == before


def test_a_ceremony_that_breaks_off_leaves_no_sheet(tmp_path, monkeypatch):
    opened, real = [], os.open

    def full(path, flags, mode=0o777, **more):
        opened.append(path)
        if len(opened) == 4:
            raise OSError(28, "No space left on device")
        return real(path, flags, mode, **more)

    monkeypatch.setattr(service.os, "open", full)
    told = run("ceremony", ROUND, "--out", tmp_path / "b", fails=True)
    monkeypatch.undo()
    assert "No space left on device; nothing was kept" in told
    assert list((tmp_path / "b").iterdir()) == []


def test_a_rehearsal_that_fails_writes_nothing(tmp_path, monkeypatch):
    from pb_engine.errors import InvalidKey

    def fail(*_):
        raise InvalidKey("these shares do not give the key of this round")

    monkeypatch.setattr(service, "rehearse", fail)
    run("ceremony", ROUND, "--out", tmp_path / "b", fails=True)
    assert not (tmp_path / "b").exists()


# ---- checking a sheet at home


def test_a_trustee_checks_a_sheet_with_its_words_alone(held):
    folder, said, _, texts = held
    public = folder / f"{ROUND}.public.json"
    words = said.split("check words: ")[2].splitlines()[0]
    told = run("ceremony", "--check", public, typed=f"{words.upper()}\n")
    assert "share 2 of 5, of Bram" in told
    assert not any(group in told for group in texts[1].split("-"))


def test_words_that_belong_to_no_share_are_told_from_words_that_are_none(held):
    public = held[0] / f"{ROUND}.public.json"
    assert "another round" in run(
        "ceremony", "--check", public, typed="zon zee zalm zaag\n", fails=True
    )
    assert "word 1" in run(
        "ceremony", "--check", public, typed="sterre zee zalm zaag\n", fails=True
    )
    assert "these are 2" in run("ceremony", "--check", public, typed="zee zalm\n", fails=True)


def test_a_whole_share_can_be_checked_and_a_typing_error_names_its_group(held):
    folder, _, _, texts = held
    public = folder / f"{ROUND}.public.json"
    told = run("ceremony", "--check", public, "--whole", typed=f"{texts[4].lower()}\n")
    assert "share 5 of 5, of de universiteit" in told
    groups = texts[4].split("-")
    groups[6] = ("A" if groups[6][0] != "A" else "B") + groups[6][1:]
    told = run("ceremony", "--check", public, "--whole", typed="-".join(groups) + "\n", fails=True)
    assert "group 7 of the share is mistyped" in told
    assert groups[0] not in told


def test_enough_sheets_are_rehearsed_from_paper(held):
    folder, _, _, texts = held
    public = folder / f"{ROUND}.public.json"
    told = run("ceremony", "--rehearse", public, typed="\n".join([*texts[2:], ""]))
    assert f"can open the box of {ROUND}" in told


def test_what_is_not_a_public_file_is_a_sentence(tmp_path):
    (tmp_path / "x").write_bytes(b"\x00" * 200_000)
    for mode in ("--check", "--rehearse"):
        assert "far too long" in run("ceremony", mode, tmp_path / "x", fails=True)
