"""The documents of a finished round: the same on paper, in a word processor and on a page."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest

from pb_engine.domain.activities import Activity, ActivityKind
from pb_engine.domain.delivery import Milestone, Payment
from pb_engine.domain.ideas import IdeaState
from pb_engine.domain.review import Colour, Judgement, Review, ReviewOutcome
from pb_engine.errors import UnknownIdea, WrongPhase
from pb_engine.services import activities
from pb_engine.services.documents import library
from pb_engine.services.documents.end_report import answer_to, end_report
from pb_engine.services.documents.material import material_of
from pb_engine.services.documents.money_reports import account as money_account
from pb_engine.services.documents.money_reports import spending_plan
from pb_engine.services.documents.parts import Document, Paragraph, Table
from pb_engine.units import Cents
from tests.builders import a_round_in
from tests.services.letters.pages import texts

EVIL = "#panic() \u202e<b>]] =1+1 $x$ {{ 7*7 }}"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    votes = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
    return a_round_in(tmp_path_factory.mktemp("documenten"), "published", votes=votes)


@pytest.fixture(scope="module")
def material(published):
    return material_of(published.engine, published.slug)


def words_of(document):
    return " ".join(" ".join(texts(library.document_file(document, "pdf").body)).split())


def words_in_docx(document):
    file = docx.Document(io.BytesIO(library.document_file(document, "docx").body))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return " ".join([*(one.text for one in file.paragraphs), *cells])


def test_the_end_report_has_its_three_parts_in_order_and_says_what_is_missing(published):
    report = library.document_of(published.engine, published.slug, "eindverslag")
    text = words_of(report)
    places = [text.index(part) for part in ("a. Hoe het ging", "b. Wat eruit kwam", "c. Wat de")]
    assert places == sorted(places)
    assert "Verzonnen voorbeeldgegevens" in text
    assert "Stemming gesloten" in text
    assert text.count("Dit deel is nog niet geschreven.") == 2
    assert "2 stemmen" in text


def test_activities_and_the_reaction_stand_in_the_end_report(material):
    told = Activity(
        *("x", material.results.round.slug, date(2027, 3, 3), ActivityKind.MEETING),
        *("Buurthuis", 1040, EVIL),
    )
    report = replace(
        material.report,
        reaction="Het college is blij.",
        used="Alles.",
        answers={material.ideas[0].id: "Komt in juni."},
    )
    made = end_report(replace(material, activities=(told,), report=report))
    for text in (words_of(made), words_in_docx(made)):
        for words in ("1 activiteit, met bij elkaar 1.040 mensen", "Het college is blij.", "juni"):
            assert words in text
        assert "{{ 7*7 }}" in text
        assert "nog niet geschreven" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize("which", sorted(library.DOCUMENTS))
def test_every_document_is_the_same_twice_and_says_the_same_in_both_forms(published, which):
    idea = published.ideas["Bankjes"] if which in library.OF_ONE_IDEA else ""
    one, two = (
        library.document_of(published.engine, published.slug, which, idea) for _ in range(2)
    )
    for kind in library.FORMATS:
        made = library.document_file(one, kind)
        assert made.body == library.document_file(two, kind).body
        assert made.name.endswith(f"proef-2027.{kind}")
    for text in (words_of(one), words_in_docx(one)):
        assert "Bankjes" in text
        assert "3.000" in text


def test_money_adds_up_in_plan_and_account(published):
    plan, account = (
        library.document_of(published.engine, published.slug, which)
        for which in ("bestedingsplan", "verantwoording")
    )
    (planned,) = (one for one in plan.blocks if isinstance(one, Table))
    assert planned.rows[-1] == ("Samen", "", "", "€ 8.900")
    (spent,) = (one for one in account.blocks if isinstance(one, Table))
    assert spent.rows[-1][2:] == ("€ 8.900", "€ 0", "€ 8.900")


def test_steps_stand_in_the_plan_and_each_amount_in_the_account(material):
    card, *others = material.works.works
    step = Milestone("Grond kiezen", date(2027, 7, 1))
    paid = Payment("p", card.work.round, card.work.idea, date(2027, 6, 3), Cents(12_34), EVIL)
    told = replace(card, milestones=(step,), payments=(paid,))
    told_of = replace(material, works=replace(material.works, works=(told, *others)))
    plan, account = spending_plan(told_of), money_account(told_of)
    for text in (words_of(plan), words_in_docx(plan)):
        assert "Grond kiezen" in text
        assert "1 juli 2027" in text
        assert "Bewoners horen uiterlijk op 31 augustus 2027" in text
    for text in (words_of(account), words_in_docx(account)):
        assert "€ 12,34" in text
        assert "{{ 7*7 }}" in text
        assert "€ 8.887,66" in text


def test_a_certificate_is_for_an_idea_that_got_money_and_for_no_other(published):
    for idea in (published.ideas["Speeltoestel"], "weg", ""):
        with pytest.raises(UnknownIdea):
            library.document_of(published.engine, published.slug, "certificaat", idea)
    with pytest.raises(UnknownIdea):
        library.document_of(published.engine, published.slug, "raadsbrief", "i1")


def test_there_are_no_documents_before_the_result(tmp_path):
    early = a_round_in(tmp_path, "explained")
    with pytest.raises(WrongPhase):
        library.document_of(early.engine, early.slug, "eindverslag")


def test_a_file_for_a_word_processor_holds_no_time_and_no_name_of_a_machine():
    made = library.document_file(Document("x", "T", "s", "", (Paragraph("a\n\nb"),)), "docx")
    with zipfile.ZipFile(io.BytesIO(made.body)) as file:
        assert {one.date_time[0] for one in file.infolist()} == {2000}
        core = file.read("docProps/core.xml").decode()
    assert "pb-engine" in core
    assert "python-docx" not in core


def test_activities_are_counted_in_the_material(published):
    told = activities.NewActivity(date(2027, 3, 1), "school", "De Wissel", 25, "Ideeën")
    activities.add_activity(published.engine, published.slug, told, "kim")
    assert len(material_of(published.engine, published.slug).activities) == 1


def test_in_a_word_processor_a_caption_stays_with_its_table_and_the_wide_column_is_wide():
    rows = Table("Bedragen", ("Van", "Besluit"), (("a", "b"),), wide=1)
    made = library.document_file(Document("x", "T", "s", "", (rows,)), "docx")
    file = docx.Document(io.BytesIO(made.body))
    (caption,) = (one for one in file.paragraphs if one.text == "Bedragen")
    assert caption.paragraph_format.keep_with_next
    (table,) = file.tables
    narrow, wide = (column.width for column in table.columns)
    assert wide == pytest.approx(2 * narrow, rel=0.01)
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)


def test_the_answer_to_an_idea_says_each_reason_once_and_what_a_body_answered(material):
    judged = (Judgement("R1", Colour.GREEN), Judgement("R2", Colour.RED, "Er rijden daar bussen."))
    review = Review(
        outcome=ReviewOutcome.REFER,
        judgements=judged,
        reason="Er rijden daar bussen.\nBel ons gerust.",
        reviewed_on=date(2027, 4, 1),
        reviewed_by="kim",
        referred_to="verkeer",
        reply="Het mag naast de weg.",
    )
    idea = replace(material.ideas[0], id="i99-x", state=IdeaState.REFERRED, review=review)
    assert answer_to(material, idea) == (
        "Spelregel R2: Er rijden daar bussen. Bel ons gerust. "
        "Doorgegeven aan de verkeerskundige. Het antwoord: Het mag naast de weg."
    )


def test_a_certificate_fills_one_page_and_names_the_idea(published):
    idea = published.ideas["AED"]
    made = library.document_of(published.engine, published.slug, "certificaat", idea)
    assert made.framed
    (page,) = texts(library.document_file(made, "pdf").body)
    assert "AED" in page
    assert "Stand op" not in page
