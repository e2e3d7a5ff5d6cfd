"""From the code in the letter to the receipt, with what voters get wrong on the way."""

import dataclasses
from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from pb_engine.ballots import BallotFormat
from pb_engine.domain.rounds import PluginChoice
from pb_engine.services.codes import issue_codes, void_code
from pb_engine.services.pages import round_page
from pb_engine.services.phases import take_step
from pb_engine.units import Cents
from tests.builders import CALENDAR, a_round, a_round_in, at
from tests.web.visitor import Visitor
from web.resident import carried

LATER = CALENDAR.voting.start + timedelta(days=1)


def voters(visitor):
    return round_page(visitor.staged.engine, visitor.slug).voters


def chosen(page):
    return {value for name, value in page.form("choices").fields if name == "choices"}


@pytest.fixture
def basket(tmp_path):
    rules = dataclasses.replace(
        a_round().ballot,
        format=BallotFormat.BASKET,
        max_choices=4,
        spend_limit_cents=Cents(8_000_00),
    )
    return Visitor(a_round_in(tmp_path, "voting", round_=a_round(ballot=rules)))


def single_round(least):
    rules = dataclasses.replace(
        a_round().ballot, format=BallotFormat.SINGLE, min_choices=least, max_choices=1
    )
    return a_round(ballot=rules)


def test_a_voter_goes_from_code_to_receipt_in_four_pages(voting):
    paper = voting.enter(voting.staged.codes[0])
    assert paper.path == "/proef-2027/stemmen/biljet"
    checked = voting.send(paper, "choices", choices=voting.ids("Bankjes", "AED"))
    assert "Bankjes" in checked.text
    assert "€ 4.900" in checked.text
    done = voting.send(checked, "step")
    assert done.path == "/proef-2027/stemmen/klaar"
    assert "Uw stem is binnen" in done.text
    assert "Bankjes" not in done.text
    assert voters(voting) == 1


def test_a_receipt_can_be_looked_up_and_says_that_the_box_is_closed(voting):
    done = voting.cast(voting.staged.codes[0], "AED")
    number = next(word for word in done.text.split() if word.count("-") == 2 and len(word) == 17)
    answer = voting.send(voting.get("~/bewijs"), "number", number=number.lower())
    assert number in answer.html
    assert "nog niet in het logboek" in answer.text
    wrong = voting.send(voting.get("~/bewijs"), "number", number="ABC")
    assert wrong.status == 422
    assert "Fout: Uw stem nagaan" in wrong.html


def test_the_voters_cookie_is_gone_once_the_ballot_is_in(voting):
    voting.enter(voting.staged.codes[0])
    assert voting.cookie("pb_stem", "~/stemmen") is not None
    voting.cast(voting.staged.codes[0], "AED")
    assert voting.cookie("pb_stem", "~/stemmen") is None
    voting.client.delete_cookie("pb_bewijs", path="/proef-2027/stemmen")
    assert voting.get("~/stemmen/biljet").path.endswith("/controle/voting_code")


def test_the_voters_cookie_is_hidden_from_scripts_and_from_other_pages(voting):
    asked = voting.get("~/stemmen")
    answer = voting.send(asked, "code", follow=False, code=voting.staged.codes[0])
    cookie = next(
        line for line in answer.headers["set-cookie"].split("\n") if line.startswith("pb_stem=")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/proef-2027/stemmen" in cookie


def test_the_cookie_is_as_long_for_many_choices_as_for_one(voting):
    paper = voting.enter(voting.staged.codes[0])
    voting.send(paper, "choices", choices=voting.ids("AED"))
    short = len(voting.cookie("pb_stem", "~/stemmen").value)
    voting.send(paper, "choices", choices=voting.ids("AED", "Bankjes", "Moestuin"))
    assert len(voting.cookie("pb_stem", "~/stemmen").value) == short


def test_the_pages_of_a_voter_are_as_long_for_many_choices_as_for_one(voting):
    paper = voting.enter(voting.staged.codes[0])
    lengths = {}
    for titles in (["AED"], ["AED", "Bankjes", "Moestuin"]):
        checked = voting.send(paper, "choices", choices=voting.ids(*titles))
        again = voting.get("~/stemmen/biljet")
        assert "Klopt dit?" in checked.text
        for name, page in (("checked", checked), ("again", again)):
            lengths.setdefault(name, set()).add(len(page.body))
            assert len(page.body) % 8192 == 0
            assert int(page.headers["content-length"]) == len(page.body)
    assert all(len(found) == 1 for found in lengths.values())


@pytest.mark.parametrize("chosen", [0, 1, 1 << 39, (1 << 256) - 1])
def test_on_a_long_ballot_paper_too_a_choice_travels_at_one_length(voting, chosen):
    voting.enter(voting.staged.codes[0])
    kept = voting.cookie("pb_stem", "~/stemmen").value
    path = voting.path("~/stemmen/biljet")
    with voting.app.test_request_context(path, headers={"Cookie": f"pb_stem={kept}"}):
        who = carried.voter_of(voting.slug)
        with_choice = dataclasses.replace(who, chosen=chosen)
        answer = carried.carry_voter(Response(), voting.slug, with_choice)
    sent = answer.headers["Set-Cookie"].split(";")[0].partition("=")[2]
    assert len(sent) == len(kept)


def test_sending_twice_stores_one_ballot_and_gives_one_receipt(voting):
    paper = voting.enter(voting.staged.codes[0])
    checked = voting.send(paper, "choices", choices=voting.ids("AED"))
    cookie = voting.cookie("pb_stem", "~/stemmen").value
    first = voting.send(checked, "step")
    voting.client.set_cookie("pb_stem", cookie, path="/proef-2027/stemmen")
    second = voting.send(checked, "step")
    number = next(word for word in first.text.split() if word.count("-") == 2)
    assert number in second.text
    assert "Uw vorige stem telt niet" not in second.text


def test_a_vote_can_be_changed_and_the_page_says_so(voting):
    voting.cast(voting.staged.codes[0], "AED")
    paper = voting.enter(voting.staged.codes[0])
    assert "U heeft al gestemd" in paper.text
    done = voting.cast(voting.staged.codes[0], "Bankjes")
    assert "Uw vorige stem telt niet meer mee" in done.text
    assert voters(voting) == 1


def test_going_back_from_the_receipt_leads_through_the_identity_check_again(voting):
    checked = voting.send(
        voting.enter(voting.staged.codes[0]), "choices", choices=voting.ids("AED")
    )
    receipt = voting.send(checked, "step").html.split("<code>")[1].split("<")[0]
    for page in (
        voting.get("~/stemmen/nakijken"),
        voting.get("~/stemmen/biljet"),
        voting.send(checked, "step"),
    ):
        assert page.status == 409
        assert "U heeft al een stem verstuurd" in page.text
        assert "Laat dan opnieuw zien dat u mag stemmen" in page.text
        assert 'href="/proef-2027/stemmen"' in page.html
        assert page.headers["cache-control"] == "no-store"
    assert receipt in voting.get("~/stemmen/klaar").text
    asked = voting.get("~/stemmen")
    assert asked.path.endswith("/controle/voting_code")
    paper = voting.send(asked, "code", code=voting.staged.codes[0])
    assert "U heeft al gestemd" in paper.text
    assert voters(voting) == 1


def test_who_cannot_change_a_vote_is_not_sent_back_to_the_code(tmp_path):
    rules = dataclasses.replace(a_round().ballot, may_change=False)
    visitor = Visitor(a_round_in(tmp_path, "voting", round_=a_round(ballot=rules)))
    visitor.cast(visitor.staged.codes[0], "AED")
    page = visitor.get("~/stemmen/biljet")
    assert "In deze ronde kunt u uw stem niet veranderen" in page.text
    assert "Opnieuw laten zien" not in page.text


def test_whoever_goes_back_after_the_close_is_not_told_to_vote_again(voting):
    voting.cast(voting.staged.codes[0], "AED")
    closing = at(voting.staged.engine, CALENDAR.voting.end + timedelta(minutes=15))
    take_step(closing, voting.slug, "close_voting", "team")
    page = voting.get("~/stemmen/nakijken")
    assert "U kunt uw stem niet meer veranderen" in page.text
    assert "Opnieuw laten zien" not in page.text


def test_a_lost_answer_comes_again_and_another_choice_needs_another_ticket(voting):
    checked = voting.send(
        voting.enter(voting.staged.codes[0]), "choices", choices=voting.ids("AED")
    )
    kept = voting.cookie("pb_stem", "~/stemmen").value

    def as_if_the_answer_was_lost():
        voting.client.delete_cookie("pb_bewijs", path="/proef-2027/stemmen")
        voting.client.set_cookie("pb_stem", kept, path="/proef-2027/stemmen")

    first = voting.send(checked, "step")
    as_if_the_answer_was_lost()
    other = voting.send(voting.get("~/stemmen/biljet"), "choices", choices=voting.ids("Bankjes"))
    page = voting.send(other, "step")
    assert page.status == 409
    assert "Dit stembiljet is gebruikt: het geldt voor één stem" in page.text
    assert "Kies dan weer precies hetzelfde als eerst" in page.text
    same = voting.send(voting.get("~/stemmen/biljet"), "choices", choices=voting.ids("AED"))
    again = voting.send(same, "step")
    assert again.path == "/proef-2027/stemmen/klaar"
    receipts = [page.html.split("<code>")[1].split("<")[0] for page in (first, again)]
    assert receipts[0] == receipts[1]
    assert voters(voting) == 1


@pytest.mark.parametrize("typed", ["", "abc", "' OR 1=1 --", "<b>x</b>", "é" * 2000])
def test_a_mistyped_code_is_asked_again_on_the_same_page(voting, typed):
    answer = voting.send(voting.get("~/stemmen"), "code", code=typed)
    assert answer.status == 422
    assert "<title>Fout:" in answer.html
    assert 'href="#veld-code"' in answer.html
    assert "<b>x</b>" not in answer.html
    assert answer.form("code").choices == {}


def test_a_void_code_and_a_code_of_another_round_are_refused_in_words(voting, tmp_path):
    engine, code = voting.staged.engine, voting.staged.codes[0]
    void_code(engine, voting.slug, code, "brief kwijt", "balie")
    answer = voting.send(voting.get("~/stemmen"), "code", code=code)
    assert answer.status == 409
    assert "geldt niet meer" in answer.text
    other = a_round_in(tmp_path / "other", "voting", codes=7)  # not a copy of the first
    answer = voting.send(voting.get("~/stemmen"), "code", code=other.codes[0])
    assert answer.status == 422
    assert "hoort niet bij deze ronde" in answer.text


def test_a_used_code_is_refused_where_votes_cannot_be_changed(tmp_path):
    rules = dataclasses.replace(a_round().ballot, may_change=False)
    visitor = Visitor(a_round_in(tmp_path, "voting", round_=a_round(ballot=rules)))
    visitor.cast(visitor.staged.codes[0], "AED")
    answer = visitor.enter(visitor.staged.codes[0])
    assert answer.status == 409
    assert "al gestemd" in answer.text


def test_voting_before_the_opening_and_after_the_close_is_refused_in_words(staged, voting):
    early = Visitor(staged("ideas"))
    answer = early.get("~/stemmen")
    assert answer.status == 409
    assert "U kunt nu niet stemmen" in answer.text
    voting.at(CALENDAR.voting.end)
    assert voting.get("~/stemmen").status == 409


def test_a_choice_of_checks_is_offered_only_while_voting_is_open(tmp_path):
    two = (PluginChoice("voting_code"), PluginChoice("code_and_birth_year"))
    visitor = Visitor(a_round_in(tmp_path, "review", round_=a_round(identity_checks=two)))
    answer = visitor.get("~/stemmen")
    assert answer.status == 409
    assert "U kunt nu niet stemmen" in answer.text
    visitor.at(LATER)
    take_step(at(visitor.engine, LATER), visitor.slug, "open_voting", "team")
    offered = visitor.get("~/stemmen")
    assert offered.status == 200
    assert offered.html.count("/stemmen/controle/") == 2


def test_nobody_reaches_the_ballot_without_a_code(voting):
    for path in ("~/stemmen/biljet", "~/stemmen/nakijken"):
        assert voting.get(path).path == "/proef-2027/stemmen/controle/voting_code"
    assert voting.get("~/stemmen/klaar").path == "/proef-2027/"


def test_a_forged_cookie_is_no_ticket(voting):
    voting.client.set_cookie("pb_stem", "bm9uc2Vuc2U", path="/proef-2027/stemmen")
    assert voting.get("~/stemmen/biljet").path.endswith("/controle/voting_code")
    large = {"Cookie": "pb_stem=" + "x" * 30_000}
    answer = voting.app.test_client(use_cookies=False).get(
        "/proef-2027/stemmen/biljet", headers=large
    )
    assert answer.status_code == 303
    assert answer.location == "/proef-2027/stemmen"


def test_the_cookie_of_one_purpose_opens_nothing_else(voting):
    voting.cast(voting.staged.codes[0], "AED")
    receipt = voting.cookie("pb_bewijs", "~/stemmen").value
    voting.client.set_cookie("pb_stem", receipt, path="/proef-2027/stemmen")
    voting.client.delete_cookie("pb_bewijs", path="/proef-2027/stemmen")
    assert voting.get("~/stemmen/biljet").path.endswith("/controle/voting_code")


def test_an_expired_ticket_asks_for_the_code_again_and_keeps_the_choice(voting):
    paper = voting.enter(voting.staged.codes[0])
    voting.at(LATER + timedelta(hours=3))
    asked = voting.send(paper, "choices", choices=voting.ids("AED", "Bankjes"))
    assert asked.path.endswith("/controle/voting_code")
    assert "Uw keuze is bewaard" in asked.text
    again = voting.send(asked, "code", code=voting.staged.codes[0])
    assert chosen(again) == set(voting.ids("AED", "Bankjes"))
    assert "staat nog aangevinkt" in again.text


def test_somebody_elses_choice_on_this_device_can_be_emptied(voting):
    voting.send(voting.enter(voting.staged.codes[0]), "choices", choices=voting.ids("AED"))
    other = voting.enter(voting.staged.codes[1])
    assert "Is die keuze niet van u?" in other.text
    emptied = voting.post(
        "~/stemmen/biljet",
        {"csrf_token": dict(other.form("csrf_token").fields)["csrf_token"], "step": "recount"},
    )
    assert chosen(emptied) == set()


def test_the_choice_survives_going_back_and_switching_the_language(voting):
    paper = voting.enter(voting.staged.codes[0])
    voting.send(paper, "choices", choices=voting.ids("AED"))
    assert chosen(voting.get("~/stemmen/biljet")) == set(voting.ids("AED"))
    switched = voting.send(paper, "choices", choices=voting.ids("AED", "Bankjes"), language="en")
    assert 'lang="en"' in switched.html
    assert "Ballot paper" in switched.text
    assert chosen(switched) == set(voting.ids("AED", "Bankjes"))


def test_the_code_survives_a_switch_of_language(voting):
    asked = voting.send(voting.get("~/stemmen"), "code", code="ABCD", language="en")
    assert ("code", "ABCD") in asked.form("code").fields
    assert "Your voting code" in asked.text


def test_enter_in_a_field_never_presses_a_language(voting):
    page = voting.get("~/stemmen")
    buttons = [part.split(">")[0] for part in page.html.split("<button")[1:]]
    first = next(one for one in buttons if 'form="controle"' in one)
    assert "name=" not in first


@pytest.mark.parametrize(
    ("titles", "sentence"),
    [
        ((), "Kies er minstens 1"),
        (("AED", "Bankjes", "Moestuin", "Speeltoestel"), "Kies er hoogstens 3"),
    ],
)
def test_too_few_and_too_many_choices_are_told_with_the_choice_kept(voting, titles, sentence):
    paper = voting.enter(voting.staged.codes[0])
    answer = voting.send(paper, "choices", choices=voting.ids(*titles))
    assert answer.status == 422
    assert sentence in answer.text
    assert "<title>Fout:" in answer.html
    assert 'href="#veld-choices"' in answer.html
    assert chosen(answer) == set(voting.ids(*titles))
    assert "nakijken" in voting.send(answer, "choices", choices=voting.ids("AED")).path


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (["nergens"], "niet op het stembiljet"),
        (["-1"], "niet op het stembiljet"),
        (["1.5"], "niet op het stembiljet"),
        (["x" * 5000], "niet op het stembiljet"),
        (["twice"], "een idee twee keer"),
    ],
)
def test_choices_that_no_page_offers_are_refused_in_words(voting, choices, sentence):
    paper = voting.enter(voting.staged.codes[0])
    if choices == ["twice"]:
        choices = voting.ids("AED", "AED")
    answer = voting.send(paper, "choices", choices=choices)
    assert answer.status == 422
    assert sentence in answer.text


def test_a_withdrawn_idea_is_not_on_the_paper(staged):
    visitor = Visitor(staged("voting"))
    paper = visitor.enter(visitor.staged.codes[0])
    assert set(paper.form("choices").choices["choices"]) == set(visitor.staged.ideas.values())


def test_a_thousand_boxes_are_too_many_and_nothing_breaks(voting):
    paper = voting.enter(voting.staged.codes[0])
    answer = voting.send(paper, "choices", choices=[f"p{number}" for number in range(1100)])
    assert answer.status == 422
    many = [("choices", f"p{number}") for number in range(1300)]
    answer = voting.client.post(
        "/proef-2027/stemmen/biljet", data=MultiDict(many), content_type="multipart/form-data"
    )
    assert answer.status_code == 413


def test_a_basket_over_budget_says_how_much_and_disables_nothing(basket):
    paper = basket.enter(basket.staged.codes[0])
    answer = basket.send(paper, "choices", choices=basket.ids("Speeltoestel", "Moestuin"))
    assert answer.status == 422
    assert "U koos voor € 9.000. Er is € 8.000. Haal voor minstens € 1.000" in answer.text
    assert "disabled" not in answer.html
    assert "<progress" in answer.html


def test_a_basket_counts_again_without_javascript(basket):
    paper = basket.enter(basket.staged.codes[0])
    assert "U koos voor € 0 van € 8.000" in paper.text
    again = basket.send(paper, "choices", choices=basket.ids("AED"), step="recount")
    assert again.path.endswith("/biljet")
    assert "U koos voor € 1.900 van € 8.000. Er is nog € 6.100" in again.text


def test_a_single_choice_has_radio_buttons_and_may_be_blank_if_the_rules_say_so(tmp_path):
    strict = Visitor(a_round_in(tmp_path / "one", "voting", round_=single_round(1)))
    paper = strict.enter(strict.staged.codes[0])
    assert 'type="radio" name="choices"' in paper.html
    assert "Geen van deze" not in paper.text
    assert "binnen" in strict.cast(strict.staged.codes[0], "AED").text
    lenient = Visitor(a_round_in(tmp_path / "two", "voting", round_=single_round(0)))
    paper = lenient.enter(lenient.staged.codes[0])
    checked = lenient.send(paper, "choices", choices="")
    assert "blanco" in checked.text
    assert lenient.send(checked, "step").status == 200


def test_a_round_with_two_checks_lets_the_voter_choose(tmp_path):
    checks = (PluginChoice("voting_code"), PluginChoice("desk"))
    visitor = Visitor(a_round_in(tmp_path, "voting", round_=a_round(identity_checks=checks)))
    page = visitor.get("~/stemmen")
    assert page.path == "/proef-2027/stemmen"
    assert "/stemmen/controle/desk" in page.html
    asked = visitor.get("~/stemmen/controle/desk")
    names = {name for name, _ in asked.forms[-1].fields} | set(asked.forms[-1].choices)
    assert {"carry", "csrf_token"} < names
    assert visitor.get("~/stemmen/controle/digid").status == 403


def test_an_unknown_check_is_a_sentence(voting):
    assert voting.get("~/stemmen/controle/x%00y").status == 403


def test_a_forged_carry_starts_the_check_again(voting):
    asked = voting.get("~/stemmen")
    answer = voting.send(asked, "code", code=voting.staged.codes[0], carry="AAAA")
    assert answer.status == 403
    assert answer.form("code")


def test_closing_in_the_middle_of_voting_is_told_and_stores_nothing(voting):
    checked = voting.send(
        voting.enter(voting.staged.codes[0]), "choices", choices=voting.ids("AED")
    )
    closing = at(voting.staged.engine, CALENDAR.voting.end + timedelta(minutes=15))
    take_step(closing, voting.slug, "close_voting", "team")
    answer = voting.send(checked, "step")
    assert answer.status == 409
    assert "De stembus is dicht" in answer.text
    assert voters(voting) == 0


def test_the_screen_can_be_emptied_for_the_next_visitor(voting):
    done = voting.cast(voting.staged.codes[0], "AED")
    voting.post(
        "~/stemmen/wissen", {"csrf_token": dict(done.form("csrf_token").fields)["csrf_token"]}
    )
    assert voting.cookie("pb_bewijs", "~/stemmen") is None
    assert voting.get("~/stemmen/klaar").path == "/proef-2027/"


def test_voting_pages_stay_in_no_cache(voting):
    paper = voting.enter(voting.staged.codes[0])
    assert paper.headers["cache-control"] == "no-store"
    checked = voting.send(paper, "choices", choices=voting.ids("AED"))
    assert checked.headers["cache-control"] == "no-store"
    assert voting.send(checked, "step").headers["cache-control"] == "no-store"


def test_extra_codes_do_not_show_how_many_people_chose_what(voting):
    issue_codes(voting.staged.engine, voting.slug, 2, "team")
    voting.cast(voting.staged.codes[0], "AED")
    for path in ("~/", "~/ideeen", "~/ideeen/" + voting.staged.ideas["AED"]):
        assert "1 stem" not in voting.get(path).text
