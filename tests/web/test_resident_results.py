"""The result: its table, one idea in it, turnout, files, and nothing of it before its day."""

import json

import pytest
from click.testing import CliRunner

from pb_engine.cli import main
from pb_engine.services import other_rules
from pb_engine.services.area_shapes import import_shapes
from pb_engine.services.counting import counted_by
from pb_engine.services.publication import published_record
from pb_engine.services.results import results_page
from pb_engine.tallying.recount import record_election
from pb_engine.tallying.shortfall import ballots_short
from tests.builders import a_round_in, an_engine
from tests.services.test_area_shapes import feature, file
from tests.web.visitor import Visitor

ORDERS = {
    "uitslag": ["Bankjes", "Moestuin", "AED", "Speeltoestel"],
    "kosten": ["AED", "Bankjes", "Moestuin", "Speeltoestel"],
    "idee": ["AED", "Bankjes", "Moestuin", "Speeltoestel"],
    "stemmers": ["Bankjes", "Moestuin", "AED", "Speeltoestel"],
    "' OR 1=1": ["Bankjes", "Moestuin", "AED", "Speeltoestel"],
}


def rows_of(page):
    table = page.html.split('<table id="ideeen"')[1].split("</table>")[0]
    return [one.split("<bdi>")[1].split("</bdi>")[0] for one in table.split('<tr role="row">')[2:]]


def test_the_table_comes_first_and_the_address_sorts_it(published):
    for order, titles in ORDERS.items():
        page = published.get(f"~/uitslag?volgorde={order}")
        assert rows_of(page) == titles, order
        assert page.html.count('aria-sort="other"') == 1
    assert page.text.index("Tekort") < page.text.index("Waarom wel, waarom niet?")


def test_the_shortage_is_the_least_number_of_further_votes_that_funds_the_idea(published):
    idea = published.staged.ideas["Speeltoestel"]
    short = results_page(published.engine, published.slug).rows[-1].short
    record, _ = published_record(published.engine, published.slug)

    def count(election):
        return counted_by(published.engine, record.method, election)

    found = ballots_short(record_election(record), idea, count, 9)
    assert found.ballots == short.number
    words = f"{short.number} {'stem' if short.number == 1 else 'stemmen'}"
    assert f"Tekort {words}" in published.get(f"~/uitslag/{idea}").text
    assert f"{words} Tekort is wat" in published.get("~/uitslag").text


def test_an_idea_has_its_reason_its_steps_its_shortage_and_every_rule(published):
    lost = published.get(f"~/uitslag/{published.staged.ideas['Speeltoestel']}")
    for words in (
        "✕ Dit idee krijgt geen geld",
        "er was nog € 1.100 over",
        "Toen het aan de beurt was",
        "0 van de 5 telregels geven dit idee geld",
        "Samen sparen (Phragmén) geen geld",
        "Hierboven: AED",
    ):
        assert words in lost.text
    won = Visitor(published.staged, "en").get(f"~/uitslag/{published.staged.ideas['Bankjes']}")
    assert "✓ This idea gets money" in won.text
    assert 'aria-current="page"' in won.html


def test_every_installed_rule_that_can_count_is_in_the_table_and_only_one_decides(published):
    page = results_page(published.engine, published.slug)
    assert [one.name for one in page.whatif if one.deciding] == ["greedy"]
    assert {one.name for one in page.others} == {"max_welfare", "maximin_support", "phragmen"}
    assert {one.name for one in page.comparison} == {"greedy", "equal_shares"}
    record = json.loads(published.get("~/uitslag/bestanden/record.json").body)
    assert "phragmen" not in json.dumps(record)


@pytest.mark.parametrize("phase", ["ideas", "voting", "closed"])
def test_before_its_day_nothing_of_a_result_can_be_seen(staged, phase):
    visitor = Visitor(staged(phase))
    known = visitor.staged.ideas["Bankjes"]
    answers = [visitor.get(f"~/uitslag/{one}") for one in (known, "i99-000000", "x")]
    answers.append(visitor.get("~/uitslag"))
    assert {page.status for page in answers} == {409}
    # The same answer for an idea that is there and one that is not: no size, no mark tells.
    bare = {page.html.replace(page.path, "") for page in answers[:3]}
    assert len(bare) == 1
    assert all("etag" not in page.headers for page in answers)
    assert all("Bankjes" not in page.text for page in answers)


def test_only_ideas_of_the_ballot_paper_have_a_page_in_the_result(published):
    for strange in ("i99-000000", "%F0%9F%92%A9", "..%2f..%2fetc", "x" * 300):
        page = published.get(f"~/uitslag/{strange}")
        assert page.status == 404
        assert "Traceback" not in page.html


def test_the_commands_on_the_page_check_what_can_be_downloaded(published, tmp_path):
    page = published.get("~/uitslag")
    for name in ("record.json", "bundle.zip"):
        (tmp_path / name).write_bytes(published.get(f"~/uitslag/bestanden/{name}").body)
    for command in ("recount record.json", "verify bundle.zip"):
        assert f"<code>pb-engine {command}</code>" in page.html
        verb, name = command.split()
        ran = CliRunner().invoke(main, [verb, str(tmp_path / name)])
        assert ran.exit_code == 0, ran.output
    assert "Hiermee telt u zelf na" in page.text


def test_turnout_without_areas_is_told_as_a_whole(published):
    assert "Samen 6 0 6 50%" in published.get("~/uitslag").text


def test_the_sheet_to_print_comes_as_a_page_and_as_a_pdf_in_the_language_of_the_visitor(published):
    page = published.get("~/uitslag/samenvatting")
    assert "De uitslag op één blad" in page.text
    assert page.html.index("Bankjes") < page.html.index("Speeltoestel")
    dutch = published.get("~/uitslag/samenvatting.pdf")
    assert dutch.body.startswith(b"%PDF")
    assert dutch.headers["content-type"] == "application/pdf"
    english = Visitor(published.staged, "en").get("~/uitslag/samenvatting.pdf")
    assert english.body != dutch.body
    again = published.get("~/uitslag/samenvatting.pdf", **{"If-None-Match": dutch.headers["etag"]})
    assert again.status == 304


def test_no_sheet_before_its_day(staged):
    early = Visitor(staged("closed"))
    for path in ("samenvatting", "samenvatting.pdf"):
        assert early.get(f"~/uitslag/{path}").status == 409


def test_the_result_per_area_stands_on_a_map_and_in_a_table(published):
    page = published.get("~/uitslag/kaart")
    assert "nog geen kaart" in page.text
    assert "Mekkelholt – 4 3 € 8.900" in page.text
    assert "Niet voor één buurt – 0 0 € 0" in page.text
    raw = file(feature())
    import_shapes(published.engine, raw, code="code", source="verzonnen <b>", by="operator:test")
    drawn = published.get("~/uitslag/kaart")
    assert 'aria-label="A: Mekkelholt, 3 ideeën, € 8.900"' in drawn.html.replace("\u00a0", " ")
    assert "Mekkelholt A 4 3 € 8.900" in drawn.text
    assert "verzonnen &lt;b&gt;" in drawn.html


def test_there_is_no_map_of_a_result_before_its_day(staged):
    assert Visitor(staged("closed")).get("~/uitslag/kaart").status == 409


def test_rules_with_too_much_to_count_are_named_and_hold_nothing_up(tmp_path, monkeypatch):
    monkeypatch.setattr(other_rules, "MOST_WORK", 0)
    # An engine of its own: a copy of a round that others staged was counted without this bound.
    staged = a_round_in(an_engine(tmp_path), "published", votes={"Bankjes": 2, "AED": 1})
    page = Visitor(staged).get("~/uitslag")
    assert "Deze telregels hebben we niet uitgerekend." in page.text
    told = results_page(staged.engine, staged.slug)
    assert len(told.uncounted) > 1
    assert told.others == ()
