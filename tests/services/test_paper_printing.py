"""Printed ballot papers say the limits that hold, and bear no number where the voter marks."""

import dataclasses
import io

import pikepdf
import pypdfium2
import pytest

from pb_engine.ballots import BallotFormat, BallotPaper, PaperGroup, PaperLine
from pb_engine.errors import PaperRefused, WrongPhase
from pb_engine.services.ballot_projects import BallotProject
from pb_engine.services.paper.instructions import euros, rules_of
from pb_engine.services.paper.printing import papers_pdf, print_papers
from pb_engine.units import Cents, ProjectId
from tests.builders import a_round, a_round_in, both
from tests.trustees import text_of

F = BallotFormat
DIGEST = "ab12" * 16
WORDS = (both("slecht"), both("matig"), both("goed"))


def projects(number):
    return tuple(
        BallotProject(f"p{n}", n, f"Idee {n}", "", Cents(n * 12_500), "", "", both("groen"))
        for n in range(1, number + 1)
    )


def a_paper(kind, number=8, **limits):
    lines = tuple(PaperLine(ProjectId(one.id), one.cost_cents) for one in projects(number))
    return BallotPaper(kind, lines, **{"min_choices": 1, "max_choices": 5, **limits})


def printed(paper, stubs=(7,)):
    return papers_pdf(a_round(), paper, projects(len(paper.lines)), DIGEST, stubs)


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        (a_paper(F.SINGLE, max_choices=1), ["Kies 1 idee", "cross for 1 idea"]),
        (a_paper(F.APPROVAL), ["Kies hoogstens 5 ideeën", "at most 5 ideas"]),
        (a_paper(F.APPROVAL, min_choices=2), ["Kies 2 tot 5 ideeën"]),
        (a_paper(F.APPROVAL, min_choices=5), ["Kies precies 5 ideeën"]),
        (a_paper(F.BASKET, spend_limit=Cents(123_456)), ["hoogstens 5", "€ 1.234,56"]),
        (a_paper(F.POINTS, max_points=9), ["hoogstens 9 punten", "hoogstens 5 ideeën"]),
        (a_paper(F.SCORE, max_points=2, grades=WORDS), ["0 slecht", "1 matig", "2 goed"]),
        (a_paper(F.SCORE, max_points=3), ["cijfer aan hoogstens 5 ideeën"]),
        (a_paper(F.RANKING), ["hoogstens 5 ideeën op volgorde"]),
        (
            a_paper(F.APPROVAL, groups=(PaperGroup("groen", (ProjectId("p3"),), 1),)),
            ["groen: kies er hoogstens 1 (nummers 3)"],
        ),
    ],
    ids=lambda one: str(one.format) if isinstance(one, BallotPaper) else "",
)
def test_the_limits_on_paper_are_those_of_the_rules(paper, told):
    text = " ".join(text_of(printed(paper)).split())
    for sentence in (*told, DIGEST, "Idee 8"):
        assert sentence in text, text


def test_every_format_has_an_instruction_of_its_own():
    told = {kind: rules_of(a_paper(kind, max_points=3))[0] for kind in F}
    assert len(set(told.values())) == len(F)


def test_the_number_stands_on_the_strip_and_nowhere_on_the_ballot():
    with pypdfium2.PdfDocument(printed(a_paper(F.APPROVAL), stubs=(41, 42))) as document:
        assert len(document) == 2
        for page, number in zip(document, ("000041", "000042"), strict=True):
            height, text = page.get_height(), page.get_textpage()
            strip = text.get_text_bounded(bottom=height - 110)
            ballot = text.get_text_bounded(top=height - 110)
            assert number in strip
            assert number not in ballot
            assert "Stembiljet" in ballot


def test_two_ballots_differ_in_nothing_but_the_strip():
    def below(number):
        with pypdfium2.PdfDocument(printed(a_paper(F.RANKING), stubs=(number,))) as document:
            picture = document[0].render(scale=0.7).to_numpy()
        return picture[80:]

    assert (below(1) == below(987_654)).all()


def test_a_ballot_of_two_sides_says_so_and_begins_on_a_front_side():
    with pypdfium2.PdfDocument(printed(a_paper(F.APPROVAL, 30), stubs=(1, 2))) as document:
        pages = [one.get_textpage().get_text_bounded() for one in document]
    assert len(pages) == 4
    assert "twee kanten" in pages[0]
    assert ("000001" in pages[0], "000002" in pages[2]) == (True, True)
    assert not any("0000" in pages[at] for at in (1, 3))
    assert "twee kanten" not in text_of(printed(a_paper(F.APPROVAL, 8)))


def test_the_pages_are_tagged_and_the_same_every_time():
    made = printed(a_paper(F.SCORE, max_points=2, grades=WORDS))
    assert b"pdfuaid" in made
    assert made == printed(a_paper(F.SCORE, max_points=2, grades=WORDS))


def test_a_title_with_any_character_prints_and_is_no_command_of_the_page():
    odd = ("Bankjes \U0001f333 #panic() *vet*", "\u6c34 en zon", "\u062d\u062f\u064a\u0642\u0629")
    lines = tuple(
        dataclasses.replace(one, title=title) for one, title in zip(projects(3), odd, strict=True)
    )
    text = text_of(papers_pdf(a_round(), a_paper(F.APPROVAL, 3), lines, DIGEST, (7,)))
    assert "Bankjes ? #panic() *vet*" in text
    assert "? en zon" in text


def test_arabic_is_set_in_a_font_that_joins_its_letters():
    # The fonts travel with the engine; those of the machine may have no Arabic.
    used = {font["/BaseFont"][8:] for font in fonts_of(printed(a_paper(F.APPROVAL)))}
    assert {"NotoSans-Regular", "NotoSansArabic-Regular"} <= used


def fonts_of(raw):
    with pikepdf.open(io.BytesIO(raw)) as document:
        for page in document.pages:
            yield from (
                {"/BaseFont": str(one["/BaseFont"])} for one in page.Resources.Font.values()
            )


def test_no_two_strips_of_a_round_bear_one_number(tmp_path):
    staged = a_round_in(tmp_path / "round")
    made = [print_papers(staged.engine, staged.slug, number, "team") for number in (2, 3)]
    assert [one.first for one in made] == [1, 3]
    assert "000005" in text_of(made[1].pdf)
    for number in (0, 501):
        with pytest.raises(PaperRefused):
            print_papers(staged.engine, staged.slug, number, "team")


def test_nothing_is_printed_before_the_paper_is_frozen(tmp_path):
    staged = a_round_in(tmp_path / "round", "review")
    with pytest.raises(WrongPhase):
        print_papers(staged.engine, staged.slug, 2, "team")


def test_amounts_are_written_as_people_write_them():
    assert [euros(Cents(one)) for one in (0, 100, 1_250_000, 105)] == [
        "€ 0",
        "€ 1",
        "€ 12.500",
        "€ 1,05",
    ]
