"""Taking in a voter register: what is read, what is refused, what a dry run tells."""

import csv
import dataclasses
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.domain.areas import AddressRange, Area, AreaKind, AreaTree, Parity
from pb_engine.errors import InvalidRegister, RegisterRefused
from pb_engine.services import rounds
from pb_engine.services.code_batches import create_batch
from pb_engine.services.register_import import dry_run, import_register
from pb_engine.services.rights import is_sealed, person_of, second_of
from pb_engine.services.roll import DUTCH, KINDS, read_columns, sought
from pb_engine.units import AreaId
from tests.builders import AREAS, a_round, a_round_in, an_engine
from tests.registers import HEAD, lines, people, preset, residents, with_faults, write

SLUG = "proef-2027"
ONE = "1;Sanne Fictief;7523 ab;12;a;1980"


def in_draft(folder, round_=None):
    engine = an_engine(folder)
    rounds.add_round(engine, round_ or a_round(), "team")
    return engine


@pytest.fixture
def engine(tmp_path):
    return in_draft(tmp_path)


def everybody(engine, slug=SLUG):
    with engine.stores.register.read() as work:
        return [
            (one, work.entitlements.get(slug, one.entitlement)) for one in work.residents.each(slug)
        ]


def findings(engine, *rows, head=HEAD):
    found = dry_run(engine, SLUG, lines(*rows, head=head))
    return [(one.line, one.kind) for one in found.first]


def test_a_row_becomes_a_resident_with_a_sealed_voting_right(engine):
    done = import_register(engine, SLUG, lines(ONE), "team")
    [(resident, right)] = everybody(engine)
    assert (resident.postcode, resident.house, resident.addition) == ("7523AB", 12, "A")
    assert (resident.name, resident.sought) == ("Sanne Fictief", "sanne fictief")
    assert (resident.birth_year, resident.area, resident.secret) == (1980, "mekkelholt", False)
    assert resident.person == person_of(engine, SLUG, "1")
    assert right.second == second_of(engine, SLUG, "1980", right.id)
    assert is_sealed(engine, right)
    assert (done.taken, done.wrong, done.areas) == (1, 0, {"mekkelholt": 1})


def test_a_dry_run_changes_nothing_and_names_every_row(engine):
    rows = [
        ONE,
        "2;Te Jong;7523AB;1;;2020",
        "3;Elders;7511AA;1;;1980",
        "4;Scheef;75 23;1;;1980",
        "5;Leeg huis;7523AB;0;;1980",
        "6;Raar;7523AB;1;#;1980",
        "7;Oud;7523AB;1;;1066",
        "8;Geen jaar;7523AB;1;;",
        "1;Dubbel nummer;7523AB;3;;1980",
        ";Sanne Fictief;7523AB;12;A;1980",
        "9;te weinig vakken;7523AB",
        "10;Nul\x00teken;7523AB;1;;1980".replace("\x00", "\x07"),
        "11;Onzichtbaar\u202eomgekeerd;7523AB;1;;1980",
        f"12;{'lang' * 60};7523AB;1;;1980",
    ]
    assert findings(engine, *rows) == [
        *((12, "cells"), (13, "control"), (14, "control"), (15, "long"), (5, "postcode")),
        *((6, "house"), (7, "addition"), (8, "birth_year"), (9, "age_missing")),
        *((10, "same_person"), (11, "same_name"), (4, "area"), (3, "age")),
    ]
    assert everybody(engine) == []
    with engine.stores.register.read() as work:
        assert work.rolls.get(SLUG) is None
        assert sum(work.entitlements.counts(SLUG).values()) == 0


def test_one_wrong_row_refuses_the_whole_file(engine):
    with pytest.raises(InvalidRegister, match="line 3: The postcode") as refusal:
        import_register(engine, SLUG, lines(ONE, "2;Scheef;7523;1;;1980"), "team")
    assert refusal.value.details == {"problem": "wrong", "rows": 1, "line": 3}
    assert everybody(engine) == []


def test_who_is_too_young_or_lives_elsewhere_is_left_out_and_the_others_come_in(engine):
    done = import_register(
        engine, SLUG, lines(ONE, "2;Jong;7523AB;1;;2016", "3;Roombeek;7523XY;1;;1980"), "team"
    )
    assert (done.taken, done.left_out) == (1, 2)


def test_a_file_that_gives_nobody_a_right_is_refused(engine):
    with pytest.raises(InvalidRegister, match="not one row"):
        import_register(engine, SLUG, lines("3;Elders;7511AA;1;;1980"), "team")


@pytest.mark.parametrize(
    ("encoding", "separator", "said"),
    [
        ("utf-8", ";", "UTF-8, separated by semicolons"),
        ("utf-8-sig", ",", "UTF-8 (with a mark), separated by commas"),
        ("utf-16", "\t", "UTF-16, separated by tabs"),
        ("cp1252", ";", "Windows-1252, separated by semicolons"),
    ],
)
def test_a_file_is_read_in_its_own_encoding_which_is_said(engine, encoding, separator, said):
    text = f"{HEAD}\r\n1;Zoë Fictiëf;7523AB;1;;1980\r\n".replace(";", separator)
    done = import_register(engine, SLUG, io.BytesIO(text.encode(encoding)), "team")
    assert done.reading.said == said
    assert everybody(engine)[0][0].name == "Zoë Fictiëf"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        ("postcode;huisnummer\n".encode("utf-16-le"), "NUL"),
        ("postcode;huisnummer\n".encode("utf-32"), "UTF-32"),
        (b"postcode;huisnummer\n\x81;1\n", "not UTF-8 nor Windows-1252"),
        (b"postcode\n7523AB\n", "not separated"),
        (
            b"straat;huisnummer\nDorp;1\n",
            "no column 'postcode'; the columns are: straat, huisnummer",
        ),
        (b"postcode;Postcode;huisnummer\n", "'postcode' stands there twice"),
        (b'postcode;huisnummer\n"7523AB;1\n7523AB;2\n', "line 2: a quote is not closed"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(engine, raw, sentence):
    with pytest.raises(InvalidRegister, match=sentence.replace("(", r"\(")):
        dry_run(engine, SLUG, io.BytesIO(raw))


def test_a_quoted_name_may_run_over_lines_and_lines_are_counted_as_an_editor_does(engine):
    rows = ('1;"Sanne\nFictief";7523AB;1;;1980', "2;Kees;75;1;;1980")
    assert findings(engine, *rows) == [(4, "postcode")]
    import_register(engine, SLUG, lines(rows[0]), "team")
    assert everybody(engine)[0][0].name == "Sanne Fictief"


def test_columns_are_mapped_by_a_small_file(engine):
    told = b"""yes = ["geheim!"]
[columns]
postcode = "PC6"
house = "Nr"
birth_year = "Geb"
secret = "BRP"
"""
    columns = read_columns(told, "kolommen.toml")
    register = lines("7523AB;7b;03-12-1990;Geheim!", head="pc6;NR;geb;brp")
    done = import_register(engine, SLUG, register, "team", columns)
    [(resident, _)] = everybody(engine)
    assert (resident.house, resident.addition, resident.birth_year) == (7, "B", 1990)
    assert resident.secret
    assert (done.secret, done.reading.unread) == (1, ())
    same = json.dumps({"columns": dict(columns.names), "yes": ["geheim!"]}).encode()
    assert read_columns(same, "kolommen.json").names == columns.names


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"[columns]\nstraat = 'x'\n", "columns.straat: Unknown field"),
        (b"[kolommen]\n", "columns: Missing data"),
        (b"[columns]\nhouse = ''\n", "columns.house: must be 1 to 80 characters"),
        (b"[columns", "cannot be read"),
        (b"\xff", "cannot be read"),
        (b"[columns]\n" + b"#" * 70_000, "far too long"),
    ],
)
def test_a_wrong_schema_file_is_refused_in_a_sentence(raw, sentence):
    with pytest.raises(InvalidRegister, match=sentence):
        read_columns(raw, "kolommen.toml")


def test_a_field_that_a_schema_file_does_not_name_keeps_its_dutch_column(engine):
    columns = read_columns(b'[columns]\npostcode = "pc"\nname = ""\n', "k.toml")
    register = lines("1;Sanne;7523AB;1;;1980", head=HEAD.replace("postcode", "pc"))
    done = import_register(engine, SLUG, register, "team", columns)
    assert done.reading.unread == ("naam",)
    [(resident, _)] = everybody(engine)
    assert (resident.name, resident.birth_year) == ("", 1980)


def test_a_column_that_a_schema_file_names_must_be_there(engine):
    columns = read_columns(b'[columns]\nname = "achternaam"\n', "k.toml")
    with pytest.raises(InvalidRegister, match="no column 'achternaam'"):
        dry_run(engine, SLUG, lines(ONE), columns)


def test_four_buurten_on_one_postcode_of_four_digits_are_told_apart(tmp_path):
    names = ("deppenbroek", "mekkelholt", "roombeek", "voortman")
    nodes = tuple(
        Area(AreaId(name), AreaKind.SUB_NEIGHBOURHOOD, name, AreaId("noord")) for name in names
    )
    ranges = (
        AddressRange(AreaId("deppenbroek"), "7523AA", 1, 99, Parity.ODD),
        AddressRange(AreaId("roombeek"), "7523AA", 2, 98, Parity.EVEN),
        AddressRange(AreaId("mekkelholt"), "7523AB", 1, 50),
        AddressRange(AreaId("voortman"), "7523AB", 51, 99),
    )
    tree = AreaTree((*AREAS.areas[:2], *nodes), ranges)
    voters = dataclasses.replace(
        a_round().voters, areas=(AreaId("deppenbroek"), AreaId("mekkelholt"))
    )
    engine = in_draft(tmp_path, a_round(areas=tree, voters=voters))
    asked = [("7523AA", 1), ("7523AA", 2), ("7523AB", 50), ("7523AB", 51), ("7523AC", 1)]
    rows = [f"{n};B{n};{code};{house};;1980" for n, (code, house) in enumerate(asked)]
    done = import_register(engine, SLUG, lines(*rows), "team")
    assert done.areas == {"deppenbroek": 1, "mekkelholt": 1}
    assert [(one.line, one.kind) for one in done.first] == [(3, "area"), (5, "area"), (6, "area")]


AGES = "persoonsnummer;postcode;huisnummer;leeftijdsgroep"


@pytest.mark.parametrize(
    ("band", "kind"),
    [
        ("0-11", "age"),
        ("6 t/m 11", "age"),
        ("10-14", "band_over_age"),
        ("12-17", None),
        ("75+", None),
        ("oud", "age_band"),
        ("18-12", "age_band"),
    ],
)
def test_an_age_band_below_the_age_is_refused_and_one_over_it_gets_the_benefit_of_the_doubt(
    engine, band, kind
):
    found = findings(engine, f"1;7523AB;1;{band}", head=AGES)
    assert found == ([(2, kind)] if kind else [])


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ("1980;", "too_old"),
        ("2001;", None),
        (";12-26", None),
        (";18-35", "band_over_age"),
        (";27-35", "too_old"),
        (";", "age_missing"),
    ],
)
def test_whoever_is_older_than_the_round_asks_is_left_out(tmp_path, cells, kind):
    voters = dataclasses.replace(a_round().voters, minimum_age=0, maximum_age=26)
    engine = in_draft(tmp_path, a_round(voters=voters))
    head = "persoonsnummer;postcode;huisnummer;geboortejaar;leeftijdsgroep"
    found = findings(engine, f"1;7523AB;1;{cells}", head=head)
    assert found == ([(2, kind)] if kind else [])


def test_a_band_gives_no_second_fact(engine):
    import_register(engine, SLUG, lines("1;7523AB;1;18-24", head=AGES), "team")
    [(resident, right)] = everybody(engine)
    assert (resident.age_band, resident.birth_year, right.second) == ("18-24", None, None)


def test_two_of_one_name_in_one_house_are_two_when_their_numbers_differ(engine):
    rows = ("1;Jan Vos;7523AB;1;;1980", "2;Jan  VOS;7523AB;1;;1980", "02;Jan;7523AB;2;;1980")
    assert findings(engine, *rows) == [(4, "same_person"), (3, "alike")]


def test_a_mail_address_that_cannot_be_right_is_left_out_and_said(engine):
    rows = lines(
        "7523AB;1;1980;a@b",
        "7523AB;2;1980;Sanne@Voorbeeld.NL",
        head="postcode;huisnummer;geboortejaar;email",
    )
    done = import_register(engine, SLUG, rows, "team")
    assert done.kinds == {"email": 1}
    assert [one.email for one, _ in everybody(engine)] == [None, "sanne@voorbeeld.nl"]


def test_a_new_file_replaces_the_register_until_there_are_codes(engine):
    import_register(engine, SLUG, people(3), "team")
    import_register(engine, SLUG, people(2, first=50), "team")
    assert [one.house for one, _ in everybody(engine)] == [50, 51]
    with engine.stores.register.read() as work:
        assert sum(work.entitlements.counts(SLUG).values()) == 2
        assert work.rolls.get(SLUG).residents == 2
    create_batch(engine, SLUG, kind="letter", people=["50"], by="team")
    with pytest.raises(RegisterRefused, match="voting codes"):
        import_register(engine, SLUG, people(2), "team")
    assert len(everybody(engine)) == 2


def test_no_register_comes_in_once_voting_is_open(tmp_path):
    staged = a_round_in(tmp_path, "voting")
    with pytest.raises(RegisterRefused, match="frozen"):
        import_register(staged.engine, SLUG, people(2), "team")


def test_the_file_that_was_looked_at_is_the_file_that_comes_in(engine):
    seen = dry_run(engine, SLUG, people(2)).reading.digest
    with pytest.raises(InvalidRegister, match="not the file of the dry run"):
        import_register(engine, SLUG, people(3), "team", expected=seen)
    assert import_register(engine, SLUG, people(2), "team", expected=seen).taken == 2


def test_the_event_log_names_numbers_and_nobody(engine):
    import_register(engine, SLUG, lines(ONE), "team")
    with engine.stores.site.read() as work:
        last = work.log.entries(limit=100)[-1].event
    assert last.name == "register_imported"
    assert (last.facts["residents"], last.facts["left_out"]) == (1, 0)
    assert "Sanne" not in str(dict(last.facts))


def test_a_report_holds_every_finding_and_no_formula(engine):
    out = io.StringIO()
    rows = [f"{n};B{n};=1+1;{n};;1980" for n in range(30)]
    found = dry_run(engine, SLUG, lines(*rows), report=out)
    told = list(csv.reader(io.StringIO(out.getvalue()), delimiter=";"))
    assert found.kinds == {"postcode": 30}
    assert len(found.first) == 10
    assert len(told) == 31
    assert told[1][:4] == ["2", "wrong", "postcode", "'=1+1"]


def test_a_name_that_a_spreadsheet_would_run_is_kept_as_it_is(engine):
    import_register(engine, SLUG, lines('1;"=HYPERLINK(""x"")";7523AB;1;;1980'), "team")
    assert everybody(engine)[0][0].name == '=HYPERLINK("x")'


def test_planted_faults_are_found_each_as_often_as_it_was_planted(tmp_path):
    round_ = preset("mekdep-2027")
    engine = in_draft(tmp_path / "data", round_)
    planted = {
        "outside": 4, "too_young": 3, "postcode": 5, "house": 2, "no_age": 3,
        "same_person": 6, "same_name": 2, "formula": 3, "newline": 2, "email": 4,
    }  # fmt: skip
    rows = with_faults(list(residents(round_, 600, seed=4)), planted, seed=9)
    file = write(tmp_path / "register.csv", rows)
    with file.open("rb") as stream:
        found = dry_run(engine, round_.slug, stream)
    wanted = {
        "area": 4, "age": 3, "postcode": 5, "house": 2, "age_missing": 3,
        "same_person": 6, "same_name": 2, "email": 4,
    }  # fmt: skip
    assert {kind: number for kind, number in found.kinds.items() if kind != "secret"} == wanted
    assert found.rows == 600
    assert found.taken + found.left_out + found.wrong == 600


def test_an_invented_register_of_zuid_comes_in_whole_with_every_buurt(tmp_path):
    round_ = preset("zuid-2027")
    engine = in_draft(tmp_path / "data", round_)
    file = write(
        tmp_path / "r.csv", list(residents(round_, 2500, seed=1)), encoding="utf-16", separator="\t"
    )
    with file.open("rb") as stream:
        done = import_register(engine, round_.slug, stream, "team")
    assert done.taken == 2500
    assert len(done.areas) == 10


def test_every_finding_has_a_sentence_in_both_languages():
    for _, text in KINDS.values():
        assert text.nl.endswith(".")
        assert text.en.endswith(".")


def test_a_name_is_searched_without_accents_and_capitals():
    assert sought("  Ínez  van der  ŠCHOOL ") == "inez van der school"


CELLS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4))
def test_whatever_stands_in_the_cells_gets_a_finding_or_a_sentence(tmp_path_factory, rows):
    engine = _shared(tmp_path_factory)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["postcode", "huisnummer", "geboortejaar"])
    writer.writerows(rows)
    found = dry_run(engine, SLUG, io.BytesIO(text.getvalue().encode()))
    assert found.taken + found.left_out + found.wrong == found.rows <= len(rows)


_ENGINES = []


def _shared(factory):
    if not _ENGINES:
        _ENGINES.append(in_draft(factory.mktemp("any")))
    return _ENGINES[0]


def test_the_dutch_names_of_columns_are_those_of_the_generator():
    assert set(DUTCH.names.values()) - {"leeftijdsgroep"} <= set(HEAD.split(";")) | {
        "geheim",
        "email",
    }
