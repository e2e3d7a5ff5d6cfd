"""What a resident holds in hand: the page, the window of the envelope, the code and its square."""

import dataclasses
import io
import json
from urllib.parse import urlsplit

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pb_engine.errors import LetterRefused
from pb_engine.services.letters import texts as slots
from pb_engine.services.letters.edition import document, edition_of
from pb_engine.services.letters.letter import LONGEST_LINE, Address, Letter
from pb_engine.services.letters.press import press, typeset
from pb_engine.services.printable import _RANGES, has_glyph, printable, strange
from pb_engine.services.rounds import add_round
from tests.builders import a_round, an_engine
from tests.services.letters import pages

CODE = "ABCD-EFGH-JKLM-NPQR"
ADDRESS = Address("A. Jansen", "Langestraat", "12 A", "7523AB", "Enschede")
WINDOW = (20, 45, 110, 85)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    made = an_engine(tmp_path_factory.mktemp("letters"), base_url="https://stem.example.nl")
    add_round(made, a_round(), "team")
    return made


@pytest.fixture(scope="module")
def edition(engine):
    return edition_of(engine, "proef-2027")


def printed(edition, *letters, batch=3, **changes):
    chosen = dataclasses.replace(edition, **changes)
    return typeset(document(chosen, letters or [Letter(1, CODE, ADDRESS)], batch))


@pytest.fixture(scope="module")
def normal(edition):
    return printed(edition)


@pytest.fixture(scope="module")
def large(edition):
    return printed(edition, large=True)


def test_a_letter_is_one_sheet_with_everything_a_resident_needs(normal):
    front, back = pages.texts(normal)
    for words in (
        "Stem mee over € 10.000",
        "10 mei 2027",
        "stem.example.nl/proef-2027",
        "Uw stem is geheim",
        "proef-2027 / 3-00001",
    ):
        assert words in front.replace("\xa0", " ")
    for words in ("Beien", "Rigtersbleek", "maandag 9-12", "14 053", "team@example.org"):
        assert words in back.replace("\xa0", " ")


def test_the_letter_says_the_same_in_four_other_languages(normal):
    back = pages.texts(normal)[1].replace("\xa0", " ").replace("\r\n", " ")
    for words in ("English", "10 May 2027", "Türkçe", "10 Mayıs 2027", "Deutsch", "10. Mai 2027"):
        assert words in back
    assert any("\u0600" <= sign <= "\u06ff" for sign in back)


@pytest.mark.parametrize("print_", ["normal", "large"])
def test_the_square_of_the_rendered_page_holds_the_code_behind_the_hash_mark(print_, request):
    pdf = request.getfixturevalue(print_)
    (link,) = pages.links(pdf)
    parts = urlsplit(link)
    assert parts.fragment == f"code={CODE}"
    assert parts._replace(fragment="").geturl() == "https://stem.example.nl/proef-2027/stemmen"
    assert pages.codes(pdf) == [CODE]


@pytest.mark.parametrize("print_", ["normal", "large"])
def test_the_window_of_the_envelope_shows_the_address_and_nothing_else(print_, request):
    pdf = request.getfixturevalue(print_)
    told = [
        "Retour: Langestraat 24",
        "A. Jansen",
        "Langestraat 12 A",
        "7523 AB ENSCHEDE",
    ]
    seen = [" ".join(line.split()) for line in pages.within(pdf, *WINDOW).splitlines()]
    assert seen == told
    left, top, right, bottom = WINDOW
    overlapping = [
        sign
        for sign, west, north, east, south in pages.boxes(pdf)
        if west < right and east > left and north < bottom and south > top
    ]
    assert "".join(overlapping) == "".join("".join(told).split())


@pytest.mark.parametrize("print_", ["normal", "large"])
def test_a_letter_is_tagged_says_its_language_and_has_a_title(print_, request):
    with pikepdf.open(io.BytesIO(request.getfixturevalue(print_))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "nl"
        with pdf.open_metadata() as about:
            assert about["dc:title"] == "Stembrief Proefwijk beter"
            assert about["pdfuaid:part"] == "1"
        tree = [dict(one) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        kinds = {str(one.get("/S")) for one in tree}
        assert {"/H1", "/H2", "/Figure", "/L"} <= kinds
        assert {"ar", "tr", "en", "de"} <= {str(one["/Lang"]) for one in tree if "/Lang" in one}


def test_large_print_is_eighteen_points_and_every_letter_starts_on_a_sheet_of_its_own(edition):
    letters = [Letter(number, CODE, ADDRESS) for number in (1, 2)]
    pdf = printed(edition, *letters, large=True)
    starts = [place for place, text in enumerate(pages.texts(pdf)) if "Beste bewoner" in text]
    assert len(starts) == 2
    assert starts[1] % 2 == 0
    heights = [s - n for sign, _, n, _, s in pages.boxes(pdf) if sign == "B"]
    assert max(heights) > 18 * pages.MILLIMETRES * 0.65


def test_arabic_reads_from_right_to_left_and_an_address_in_it_does_not_turn_round(edition):
    # Without letters of its own, an address would follow the direction of what stands around it.
    boxes = pages.boxes(printed(edition, site="127.0.0.1:8080/2027-1"), 1)
    arabic = [one for one in boxes if "\u0600" <= one[0] <= "\u06ff" or one[0] >= "\ufb50"]
    assert max(east for _, _, _, east, _ in arabic) > 180
    top, bottom = min(one[2] for one in arabic), max(one[4] for one in arabic) + 7
    seen = pages.rows([one for one in boxes if top <= one[2] <= bottom and one[0].isascii()])
    assert any("127.0.0.1:8080/2027-1" in row for row in seen)
    assert any("14053" in row for row in seen)


HOSTILE = [
    '#eval("1+1") #panic() #sys.inputs',
    "*vet* _schuin_ $x^2$ `code` = Kop",
    "<script>alert(1)</script> @ref <label>",
    "\\u{41} // weg /* ook weg */ ~ -- ...",
    '"); #pagebreak() //',
    "محمد الأمين",
    "Nguyễn Thị Ánh-Łukasz Đỗ",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_printed_as_it_reads(edition, name):
    address = dataclasses.replace(ADDRESS, name=name)
    pdf = printed(edition, Letter(1, CODE, address))
    assert len(pages.texts(pdf)) == 2
    seen = pages.within(pdf, *WINDOW).splitlines()[1]
    if not seen.isascii() and "\u0600" <= seen.strip()[0] <= "\u06ff":
        assert set(name) <= set(seen)  # a reader of PDF repeats joined letters
    else:
        assert seen.strip() == name


def test_a_name_that_turns_the_reading_direction_or_has_no_glyph_spoils_nothing(edition):
    address = dataclasses.replace(ADDRESS, name="Jan\u202enesnaJ 日本 😀\x00\u200b")
    pdf = printed(edition, Letter(1, CODE, address))
    assert "JannesnaJ ?? ?" in pages.within(pdf, *WINDOW)


def test_a_very_long_name_stays_within_the_window(edition):
    address = dataclasses.replace(ADDRESS, name="Wilhelmina " * 30, street="W" * 200)
    pdf = printed(edition, Letter(1, CODE, address), large=True)
    assert "ENSCHEDE" in pages.within(pdf, *WINDOW)
    assert all(len(line) <= LONGEST_LINE for line in address.lines())


def test_every_character_that_may_be_printed_can_be(edition):
    signs = [chr(one) for first, last in _RANGES for one in range(first, last + 1)]
    for name in (signs[place : place + 30] for place in range(0, len(signs), 30)):
        assert all(has_glyph(sign) or sign not in printable("".join(name)) for sign in name)
    letters = [
        Letter(1, CODE, dataclasses.replace(ADDRESS, name=printable("".join(signs[n : n + 30]))))
        for n in range(0, len(signs), 30)
    ]
    assert printed(edition, *letters)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.text(max_size=50), min_size=20, max_size=20))
def test_no_name_at_all_stops_the_press(edition, names):
    letters = [Letter(1, CODE, dataclasses.replace(ADDRESS, name=name)) for name in names]
    assert printed(edition, *letters)


def test_what_cannot_be_printed_is_named():
    assert strange("Jansen") == ()
    assert strange("日本 en 日") == ("日", "本")


def test_a_trial_says_so_on_every_page(edition, normal):
    assert all("PROEF" in text for text in pages.texts(printed(edition, trial=True)))
    assert not any("PROEF" in text for text in pages.texts(normal))


def test_a_trial_still_has_a_square_that_can_be_read(edition):
    assert len(pages.links(printed(edition, trial=True))) == 1


def test_without_an_address_or_a_street_the_letter_says_what_it_knows(edition):
    nobody = printed(edition, Letter(1, CODE))
    assert "Aan een bewoner van" in pages.within(nobody, *WINDOW)
    bare = dataclasses.replace(ADDRESS, name="", street="")
    assert bare.lines() == ("De bewoner van", "Huisnummer 12 A", "7523 AB  ENSCHEDE")


def test_the_paragraph_of_a_persona_stands_in_the_letter_only_when_it_is_asked_for(engine, normal):
    with pytest.raises(LetterRefused, match="persona_2"):
        edition_of(engine, "proef-2027", persona=2)
    slots.set_text(engine, "proef-2027", "persona_2", "nl", "Wij staan bij de bakker.", "team")
    asked = printed(edition_of(engine, "proef-2027", persona=2))
    assert "Wij staan bij de bakker." in pages.texts(asked)[0]
    assert "Wij staan bij de bakker." not in pages.texts(normal)[0]


@pytest.mark.parametrize("large", [False, True])
def test_the_longest_texts_stay_on_their_pages(engine, edition, large):
    def longest(slot):
        lines = slots.most_lines(slot)
        each = slots.longest(slot) // lines - 1
        return "\n".join(("woord " * 200)[:each].strip() for _ in range(lines))

    full = tuple(
        dataclasses.replace(one, body=slots.checked(one.slot, one.locale, longest(one.slot)))
        for one in edition.texts
    )
    pdf = printed(edition, texts=full, large=large, persona=1)
    for page in range(len(pages.texts(pdf))):
        boxes = [one for one in pages.boxes(pdf, page) if one[4] < 282]
        assert all(one[1] > 20 and one[3] < 190 and one[2] > 15 for one in boxes)
        footer = pages.within(pdf, 0, 277.5, 210, 297, page)
        assert "".join(footer.split()) == "proef-2027/3-00001"
    assert pages.codes(pdf) == [CODE]


def test_a_press_that_fails_tells_nothing_of_a_letter():
    with pytest.raises(LetterRefused) as refused:
        press(json.dumps({"letters": [{"groups": CODE.split("-")}]}).encode())
    assert CODE[:4] not in repr(refused.value) + repr(refused.value.details)
    assert refused.value.__cause__ is None


def test_a_letter_does_not_show_its_code_when_it_is_written_down_by_accident():
    assert CODE not in repr(Letter(1, CODE, ADDRESS))


def test_the_press_as_a_program_of_its_own_prints_the_same_letter(edition, normal):
    made = press(document(edition, [Letter(1, CODE, ADDRESS)], 3))
    assert pages.texts(made) == pages.texts(normal)
