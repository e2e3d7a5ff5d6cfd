"""Money per theme or per area, from the rules to the outcome."""

from dataclasses import replace

import pytest

from pb_engine.domain.pot_values import Pot, Pots
from pb_engine.domain.round_document import mistakes_in, read_round, round_document
from pb_engine.domain.rounds import PluginChoice
from pb_engine.errors import InvalidRound, RulesFrozen
from pb_engine.services import rounds
from pb_engine.services.publication import published_record
from pb_engine.services.round_files import check_plugins, read_round_text, round_text
from pb_engine.services.rules import frozen_methods
from pb_engine.services.tryout import try_file, try_round
from pb_engine.units import AreaId, Cents, RoundId
from tests.builders import a_round, a_round_in
from tests.tallying.pb_text import a_file
from tests.web.desk_visitor import TEAM, desk_of

GREEN = Pot(Cents(6_000_00), theme="groen")
VOTES = {"Speeltoestel": 4, "Moestuin": 3, "Bankjes": 2, "AED": 1}


def potted(*parts, leftover=False, **changes):
    return a_round(pots=Pots(parts, leftover=leftover), **changes)


def test_a_round_with_pots_reads_back_equal_and_one_without_is_spelled_as_before():
    round_ = potted(GREEN, leftover=True)
    assert read_round(round_document(round_), "x") == round_
    assert read_round_text(round_text(round_).encode(), "x") == round_
    assert "pots" not in round_document(a_round())


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((Pot(Cents(1), theme="weg"),), "is not in submission.themes"),
        ((Pot(Cents(1), area=AreaId("weg")),), "is not in areas.tree"),
        ((GREEN, Pot(Cents(4_000_01), theme="spelen")), "more than fund.budget_cents"),
        ((GREEN, Pot(Cents(1), area=AreaId("mekkelholt"))), "an idea is in one pot"),
        ((GREEN, Pot(Cents(1), theme="groen")), "bear one name"),
        (
            (Pot(Cents(1), area=AreaId("noord")), Pot(Cents(1), area=AreaId("mekkelholt"))),
            "lie in each other",
        ),
    ],
)
def test_pots_that_cannot_be_counted_are_refused_with_a_sentence(parts, words):
    found = mistakes_in(round_document(potted(*parts)))
    assert any(path == "pots" and words in sentence for path, sentence in found)


def test_a_method_that_knows_no_pots_is_refused(tmp_path):
    staged = a_round_in(tmp_path, "draft")
    round_ = potted(GREEN, voting_method=PluginChoice("equal_shares", {"completion": "none"}))
    with pytest.raises(InvalidRound, match="equal_shares knows no pots"):
        check_plugins(staged.engine, round_, "x")


@pytest.mark.parametrize(
    ("leftover", "won"), [(False, {"Speeltoestel"}), (True, {"Speeltoestel", "Moestuin"})]
)
def test_the_outcome_keeps_to_the_pots(tmp_path, leftover, won):
    # All ideas of the staged round are green: 6,000 for them, and 4,000 for what is not there.
    staged = a_round_in(
        tmp_path, "published", round_=potted(GREEN, leftover=leftover), votes=VOTES, codes=1
    )
    with staged.engine.stores.site.read() as work:
        (freeze,) = [
            one for one in work.freezes.all(RoundId(staged.slug)) if one.moment == "voting"
        ]
    (pot,) = frozen_methods(freeze)[0].settings["pots"]
    assert (pot["name"], pot["amount"], len(pot["projects"])) == ("groen", 6_000_00, 4)
    record, _ = published_record(staged.engine, staged.slug)
    titles = {idea: title for title, idea in staged.ideas.items()}
    assert {titles[str(one)] for one in record.outcome.selected} == won


def test_an_amendment_while_voting_keeps_the_pots_and_cannot_change_them(tmp_path):
    staged = a_round_in(tmp_path, "voting", round_=potted(GREEN))
    text = rounds.export_round(staged.engine, staged.slug)
    reason = "Het loket verhuist naar een andere straat."
    moved = text.replace("Langestraat 24", "Langestraat 25")
    rounds.amend_rules(staged.engine, staged.slug, moved, reason, "team")
    with staged.engine.stores.site.read() as work:
        first, last = [
            one
            for one in work.freezes.all(RoundId(staged.slug))
            if one.moment in {"voting", "amendment"}
        ]
    assert frozen_methods(first) == frozen_methods(last)
    other = moved.replace("amount_cents = 600000", "amount_cents = 500000")
    assert other != moved
    with pytest.raises(RulesFrozen):
        rounds.amend_rules(staged.engine, staged.slug, other, reason, "team")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return a_round_in(tmp_path_factory.mktemp("pots"), "published", votes=VOTES, codes=1)


def test_the_ballots_of_another_round_are_tried_with_the_same_part_of_its_money(published):
    rounds.add_round(published.engine, potted(GREEN, slug="pot-2028"), "x")
    own = try_round(published.engine, "pot-2028", published.slug, ["ronde-0"])
    assert own.pots == "counted"
    assert own.rows[0].funded == {published.ideas["Speeltoestel"]}
    double = a_round(slug="pot-2029")
    fund = replace(double.fund, budget_cents=Cents(20_000_00))
    large = Pots((replace(GREEN, amount_cents=Cents(12_000_00)),))
    rounds.add_round(published.engine, replace(double, fund=fund, pots=large), "x")
    found = try_round(published.engine, "pot-2029", published.slug, ["ronde-0"])
    assert found.pots == "scaled"
    assert found.rows[0].funded == own.rows[0].funded


def test_ballots_whose_projects_are_in_no_pot_say_that_pots_are_left_out(published):
    round_ = potted(Pot(Cents(1_000_00), theme="spelen"), slug="pot-2030")
    rounds.add_round(published.engine, round_, "x")
    found = try_round(published.engine, "pot-2030", published.slug, ["ronde-0"])
    assert found.pots == "left_out"
    assert not found.rows[0].refused
    assert try_file(published.engine, "pot-2030", a_file(), ["ronde-0"]).pots == "left_out"
    assert try_round(published.engine, published.slug, published.slug, ["ronde-0"]).pots == "none"
    address = f"/pot-2030/uitproberen?bron=ronde:{published.slug}&regel=ronde-0"
    assert "De potten tellen niet mee" in desk_of(published, TEAM).get(address).text
