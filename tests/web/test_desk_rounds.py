"""A round at the desk: steps, the seed, codes, the rules, counting day, files."""

import dataclasses
import re

import pytest

from pb_engine.errors import CodeVoid
from pb_engine.services import rounds
from pb_engine.services.results import results_page
from tests.builders import CALENDAR, DAY, SEED, a_round, a_round_in, admitted, at, vote
from tests.web.desk_visitor import (
    AUDITOR,
    COMMISSION,
    OFFICER,
    RESEARCHER,
    SECRETARY,
    TEAM,
    a_file,
    colleague,
    desk_of,
)
from tests.web.visitor import page_of


def phase_of(desk):
    return rounds.stored_round(desk.engine, desk.slug).phase


def turn_clock(desk, moment):
    desk.engine = at(desk.engine, moment)
    desk.app.extensions["pb_engine"] = desk.engine


def step(desk, name, reason=""):
    return desk.post(f"~/stap/{name}", {"reason": reason})


def test_the_overview_tells_what_each_round_waits_for(staged):
    desk = desk_of(staged("ideas"), AUDITOR)
    page = desk.get("/")
    assert "Proefwijk beter" in page.text
    assert "Ideeën insturen" in page.text
    assert "Ideeën zonder besluit 4" in page.text
    turn_clock(desk, CALENDAR.ideas.end)
    assert "Nu nodig: Ideeën sluiten en beoordelen" in desk.get("/").text


def test_while_voting_is_open_the_desk_tells_how_many_and_nothing_else(staged):
    voting = staged("voting")
    for code, title in zip(voting.codes, ("Bankjes", "Bankjes", "Moestuin"), strict=False):
        vote(voting, code, [title])
    desk = desk_of(voting, TEAM, AUDITOR, OFFICER, RESEARCHER, COMMISSION)
    assert "Stemmen binnen 3" in desk.get("/").text
    assert "3 stemmen binnen" in desk.get("~/").text
    assert "Bestanden zijn er pas na de uitslag." in desk.get("~/uitvoer").text
    assert desk.post("~/uitvoer/maken", {"exporter": "record"}).status == 404
    for path in ("~/", "~/ideeen", "~/stembiljet", "~/codes", "~/tellen", "/logboek"):
        html = desk.get(path).html
        for number in (2, 3):  # votes per idea
            assert not re.search(rf"Bankjes[^<]*<[^>]*>\s*{number}\b", html), path


def test_a_step_that_the_calendar_asks_for_is_one_click(staged):
    desk = desk_of(staged("ideas"), TEAM)
    turn_clock(desk, CALENDAR.ideas.end + DAY)
    page = desk.get("~/")
    done = desk.send(page, page.form("step"))
    assert "De commissie kan nu beoordelen." in done.text
    assert phase_of(desk) == "review"


def test_a_step_outside_the_calendar_needs_a_reason_that_the_log_keeps(staged):
    desk = desk_of(staged("ideas"), TEAM)
    page = desk.get("~/stap/start_review")
    assert "De kalender vraagt nog niet om deze stap." in page.text
    refused = desk.send(page, page.form("reason"), reason="zomaar")
    assert refused.status == 409
    assert "Schrijf eerst in een paar woorden waarom u dit doet." in refused.text
    assert dict(refused.form("reason").fields)["reason"] == "zomaar"
    assert phase_of(desk) == "ideas"
    reason = "Er zijn al genoeg ideeën."
    done = desk.send(refused, refused.form("reason"), reason=reason)
    assert "De commissie kan nu beoordelen." in done.text
    assert f"“Ideeën sluiten en beoordelen”. Reden: {reason}" in desk.get("/logboek").text


def test_a_reason_of_a_whole_book_is_refused(staged):
    desk = desk_of(staged("ideas"), TEAM)
    page = step(desk, "start_review", "a" * 501)
    assert page.status == 422
    assert "Gebruik hoogstens 500 tekens." in page.text
    assert phase_of(desk) == "ideas"


@pytest.mark.parametrize("name", ["open_box", "publish", "weg", "open_ideas"])
def test_a_step_that_is_not_possible_now_has_no_page(staged, name):
    desk = desk_of(staged("review"), TEAM)
    assert desk.get(f"~/stap/{name}").status == 404
    assert step(desk, name, "Omdat het moet.").status in {404, 409}
    assert phase_of(desk) == "review"


def test_voting_opens_only_when_all_is_ready_and_the_page_says_what_is_not(staged):
    desk = desk_of(staged("ideas"), TEAM)
    step(desk, "start_review", "Er zijn al genoeg ideeën.")
    page = desk.get("~/stap/open_voting")
    assert "nog niet Er zijn minstens 2 ideeën om op te stemmen." in page.text
    refused = step(desk, "open_voting", "We willen eerder beginnen.")
    assert refused.status == 409
    assert "Er zijn te weinig haalbare ideeën om op te stemmen." in refused.text
    assert phase_of(desk) == "review"


@pytest.fixture
def without_seed(tmp_path):
    """A round after the collecting of ideas, whose lot is not drawn yet."""
    no_seed = dataclasses.replace(a_round().tie, seed=None)
    ready = a_round_in(tmp_path, "ideas", round_=a_round(tie=no_seed))
    desk = desk_of(ready, TEAM)
    step(desk, "start_review", "Er zijn al genoeg ideeën.")
    return desk


def test_the_seed_is_published_once(without_seed):
    desk = without_seed
    page = desk.get("~/")
    page = desk.send(page, page.form("seed"), seed=SEED)
    assert "Het lot voor gelijke stand is gepubliceerd." in page.text
    assert SEED in page.text
    again = desk.post("~/lot", {"seed": "een ander lot dan dat"})
    assert again.status == 409
    assert SEED in again.text


def test_a_seed_that_is_too_short_is_refused_and_an_empty_one_is_drawn(without_seed):
    desk = without_seed
    assert desk.post("~/lot", {"seed": "kort"}).status == 422
    assert desk.post("~/lot", {"seed": "a" * 201}).status == 422
    assert rounds.stored_round(desk.engine, desk.slug).round.tie.seed is None
    assert desk.post("~/lot", {"seed": ""}).status == 200
    assert len(rounds.stored_round(desk.engine, desk.slug).round.tie.seed) == 32


def test_a_round_comes_in_as_a_file_and_a_wrong_file_says_what_is_wrong(staged):
    desk = desk_of(staged("draft"), TEAM)
    text = rounds.export_round(desk.engine, desk.slug).replace("proef-2027", "nieuw-2027")
    page = desk.post("/rondes/nieuw", {"file": a_file(text.encode())})
    assert page.path == "/beheer/nieuw-2027/"
    for wrong in (b"", b"\xff\xfe", b"[ronde", text.replace("[fund]", "[found]").encode()):
        page = desk.post("/rondes/nieuw", {"file": a_file(wrong)})
        assert page.status == 422, wrong[:20]
        assert "De spelregels in dit bestand kloppen niet." in page.text
        assert "bestand" in page.text
    assert desk.post("/rondes/nieuw", {}).status == 422
    assert len(rounds.round_list(desk.engine)) == 2


def test_codes_are_shown_once_and_a_reload_makes_no_more(staged):
    review = staged("review")
    desk = desk_of(review, TEAM)
    page = desk.get("~/codes")
    form = page.form("number")
    made = desk.send(page, form, number="3")
    codes = [part.split("<")[0] for part in made.html.split("<li><code>")[1:]]
    assert len(set(codes)) == 3
    assert made.headers["cache-control"] == "no-store"
    again = desk.send(page, form, number="3")
    assert "Er zijn geen nieuwe codes bijgekomen." in again.text
    assert "Geldige codes 9" in again.text
    for code in codes:
        assert code not in desk.get("~/codes").html
        assert code not in desk.get("/logboek").html


@pytest.mark.parametrize("number", ["", "0", "-3", "1,5", "veel", "501", "99999999999"])
def test_a_nonsense_number_of_codes_is_refused(staged, number):
    desk = desk_of(staged("review"), TEAM)
    page = desk.get("~/codes")
    refused = desk.send(page, page.form("number"), number=number)
    assert refused.status in {409, 422}
    assert "Geldige codes 6" in refused.text


def test_a_batch_goes_its_way_and_the_page_says_how_far_it_is(staged):
    review = staged("review")
    desk = desk_of(review, TEAM)
    page = desk.get("~/codes")
    assert "Voor een schoolklas" not in page.text  # this round has no check for classes
    desk.send(page, page.form("number"), number="2", kind="test")
    page = desk.get("~/codes")
    assert "Testcodes: 2" in page.text
    form = page.form("why")
    refused = desk.send(page, form, batch="1", to="", why="")
    assert refused.status == 422
    assert "U heeft hier nog niets ingevuld." in refused.text
    sent = desk.send(page, form, batch="1", to="sent", why="Naar de drukker.")
    assert "Serie 1 is bijgewerkt, met 6 codes." in sent.text
    assert "Verstuurde codes: 6" in sent.text
    gone = desk.send(page, form, batch="1", to="void", why="Verkeerde brief.")
    assert "Ingetrokken codes: 6" in gone.text
    again = desk.send(page, form, batch="1", to="sent", why="Toch verstuurd.")
    assert again.status == 409
    assert "Dit kan niet met deze serie." in again.text
    log = desk.get("/logboek").text
    assert "zette serie 1 op" in log
    assert "Naar de drukker." in log


def test_a_lost_letter_gets_a_new_code_and_the_old_one_is_dead(staged):
    voting = staged("voting")
    desk = desk_of(voting, OFFICER)
    page = desk.get("~/codes")
    assert "Codes maken" not in page.text
    reason = "De brief is kwijt."
    made = desk.send(page, page.form("code"), code=voting.codes[0], reason=reason)
    new = made.html.split('class="big-code"><code>')[1].split("<")[0]
    assert admitted(voting, new).ticket
    again = desk.post("~/codes/vervangen", {"code": voting.codes[0], "reason": reason})
    assert again.status == 409
    assert "U heeft een nieuwe code gekregen." in again.text


def test_a_letter_that_came_back_opens_no_door_and_gets_a_new_code(staged):
    voting = staged("voting")
    desk = desk_of(voting, OFFICER)
    fields = {"code": voting.codes[0], "reason": "Onbestelbaar."}
    assert "De code staat op retour" in desk.post("~/codes/terug", fields).text
    with pytest.raises(CodeVoid):
        admitted(voting, voting.codes[0])
    assert desk.post("~/codes/terug", fields).status == 409
    made = desk.post("~/codes/vervangen", fields)
    new = made.html.split('class="big-code"><code>')[1].split("<")[0]
    assert admitted(voting, new).ticket


def test_a_withdrawn_code_is_dead_and_a_used_one_cannot_be_withdrawn(staged):
    voting = staged("voting")
    desk = desk_of(voting, OFFICER)
    fields = {"code": voting.codes[0], "reason": "De bewoner is verhuisd."}
    assert "De code is ingetrokken." in desk.post("~/codes/intrekken", fields).text
    vote(voting, voting.codes[1], ["Bankjes"])
    used = desk.post("~/codes/intrekken", {**fields, "code": voting.codes[1]})
    assert used.status == 409
    assert "Met deze code is al gestemd." in used.text
    assert "Ingetrokken codes 1" in used.text


@pytest.mark.parametrize(
    ("code", "reason", "status"),
    [
        ("", "De brief is kwijt.", 422),
        ("ABCD", "De brief is kwijt.", 422),
        ("A" * 61, "De brief is kwijt.", 422),
        ("<script>", "De brief is kwijt.", 422),
    ],
)
def test_a_code_that_is_none_gets_a_sentence(staged, code, reason, status):
    desk = desk_of(staged("voting"), OFFICER)
    for action in ("intrekken", "vervangen"):
        page = desk.post(f"~/codes/{action}", {"code": code, "reason": reason})
        assert page.status == status
        assert "<script>" not in page.html


def test_the_reason_for_a_new_code_is_not_optional(staged):
    voting = staged("voting")
    desk = desk_of(voting, OFFICER)
    page = desk.post("~/codes/vervangen", {"code": voting.codes[0], "reason": " "})
    assert page.status == 422
    assert admitted(voting, voting.codes[0]).ticket


def test_the_rules_change_with_a_reason_that_everybody_sees(staged):
    desk = desk_of(staged("review"), TEAM)
    page = desk.get("~/wijzigen")
    text = dict(page.form("text").fields)["text"].replace("14 053", "14 0 53")
    refused = desk.send(page, page.form("text"), text=text, reason="kort")
    assert refused.status == 409
    assert "14 0 53" in dict(refused.form("text").fields)["text"]
    done = desk.send(page, page.form("text"), text=text, reason="Het nummer klopte niet.")
    assert "De spelregels zijn gewijzigd." in done.text
    assert "Het nummer klopte niet." in done.text
    assert rounds.stored_round(desk.engine, desk.slug).round.contact.phone == "14 0 53"


def test_a_text_of_the_rules_that_is_out_of_date_wipes_nothing_out(staged):
    desk = desk_of(staged("review"), TEAM)
    page = desk.get("~/wijzigen")
    old = dict(page.form("text").fields)["text"]
    mine, theirs = old.replace("14 053", "14 0 53"), old.replace("Langestraat 24", "Plein 1")
    desk.send(page, page.form("text"), text=theirs, reason="Het loket is verhuisd.")
    refused = desk.send(page, page.form("text"), text=mine, reason="Het nummer klopte niet.")
    assert refused.status == 409
    assert "14 0 53" in dict(refused.form("text").fields)["text"]
    contact = rounds.stored_round(desk.engine, desk.slug).round.contact
    assert (contact.phone, contact.address) == ("14 053", "Plein 1")


def test_what_decides_cannot_change_while_voting_is_open(staged):
    desk = desk_of(staged("voting"), TEAM)
    page = desk.get("~/wijzigen")
    text = dict(page.form("text").fields)["text"].replace("1000000", "2000000")
    refused = desk.send(page, page.form("text"), text=text, reason="Er is meer geld bij.")
    assert refused.status == 409
    assert rounds.stored_round(desk.engine, desk.slug).round.fund.budget_cents == 1_000_000
    nonsense = desk.send(page, page.form("text"), text="geen toml [", reason="Zomaar een reden.")
    assert nonsense.status == 422
    assert "this is not TOML" in nonsense.text


def test_the_ballot_paper_is_shown_before_and_after_it_is_fixed(staged):
    before = desk_of(staged("review"), COMMISSION).get("~/stembiljet")
    assert "Zo ziet het stembiljet er nu uit." in before.text
    after = desk_of(staged("voting"), COMMISSION).get("~/stembiljet")
    assert "Dit stembiljet ligt vast." in after.text
    for page in (before, after):
        assert "4 ideeën op het stembiljet" in page.text
        assert "Speeltoestel" in page.text


def test_counting_day_is_six_buttons_in_a_fixed_order_and_two_people(staged):
    voting = staged("voting")
    vote(voting, voting.codes[0], ["Bankjes"])
    vote(voting, voting.codes[0], ["Moestuin"])
    vote(voting, voting.codes[1], ["Moestuin"])
    desk = desk_of(voting, TEAM, AUDITOR, RESEARCHER)
    turn_clock(desk, CALENDAR.voting.end + DAY)
    for action in ("openen", "tellen", "uitleggen", "vaststellen", "publiceren"):
        assert desk.post(f"~/tellen/{action}", {}).status == 409, action
    page = desk.get("~/")
    desk.send(page, page.form("step"))
    sentences = {
        "open_box": "De stembus is open.",
        "tally": "De stemmen zijn geteld.",
        "explain": "Bij elk idee staat nu een uitleg.",
        "adopt": "De uitslag is vastgesteld.",
        "publish": "De uitslag is gepubliceerd.",
    }
    for name, sentence in sentences.items():
        page = desk.get("~/tellen")
        if name == "adopt":
            assert "U liet zelf tellen." in page.text
            assert not any(form.buttons == [("step", "adopt")] for form in page.forms)
            refused = desk.post("~/tellen/vaststellen", {})
            assert "Een andere medewerker moet de uitslag vaststellen." in refused.text
            assert phase_of(desk) == "explained"
            desk = colleague(desk, "noor", SECRETARY, TEAM, AUDITOR)
            page = desk.get("~/tellen")
        form = page.form("step")
        assert form.buttons == [("step", name)]
        done = desk.send(page, form)
        assert sentence in done.text, done.text
        assert desk.send(page, form).status == 409  # pressing twice does nothing twice
    assert results_page(desk.engine, desk.slug).voters == 2
    log = desk.get("/logboek").text
    assert "kim opende de stembus: 2 stemmen tellen mee, 1 zijn vervangen" in log
    assert "noor stelde de uitslag vast" in log


def test_a_key_file_of_something_else_opens_nothing(staged):
    desk = desk_of(staged("closed"), TEAM)
    page = desk.post("~/tellen/openen", {"key_file": a_file(b"geen sleutel")})
    assert page.status == 422
    assert "Dit sleutelbestand past niet." in page.text
    assert phase_of(desk) == "closed"


def test_an_auditor_sees_how_the_count_goes_but_has_no_button(staged):
    desk = desk_of(staged("closed"), AUDITOR)
    page = desk.get("~/tellen")
    assert "Stembus openen" in page.text
    assert not any(form.buttons for form in page.forms)


def test_a_researcher_makes_a_file_after_the_result_and_the_log_knows(staged):
    published = staged("published")
    desk = desk_of(published, RESEARCHER, AUDITOR)
    page = desk.get("~/uitvoer")
    file = desk.send(page, page.form("exporter"))
    assert file.status == 200
    assert "attachment" in file.headers["content-disposition"]
    assert len(file.body) > 100
    assert "kim maakte het bestand" in desk.get("/logboek").text
    assert desk.post("~/uitvoer/maken", {"exporter": "../../etc/passwd"}).status == 404


def test_a_cancelled_round_offers_nothing_any_more(staged):
    voting = staged("voting")
    desk = desk_of(voting, TEAM)
    page = step(desk, "cancel", "De gemeenteraad heeft dit besloten.")
    assert "De ronde is gestopt." in page.text
    assert "Deze ronde is gestopt." in page.text
    for action in ("openen", "tellen", "uitleggen", "publiceren"):
        assert desk.post(f"~/tellen/{action}", {}).status == 409
    fields = {"number": "3", "once": "weg"}
    assert "Er zijn geen nieuwe codes bijgekomen." in desk.post("~/codes/maken", fields).text


def test_every_page_of_the_desk_exists_in_every_phase(staged):
    pages = ("~/", "~/ideeen", "~/stembiljet", "~/codes", "~/tellen", "~/wijzigen", "~/uitvoer")
    for phase in ("draft", "ideas", "voting", "closed", "published"):
        desk = desk_of(staged(phase), TEAM)
        for path in (*pages, "/", "/logboek", "/medewerkers", "/account"):
            page = desk.get(path)
            assert page.status == 200, (phase, path)
            assert "<h1>" in page.html


def test_the_desk_can_be_read_in_english(staged):
    desk = desk_of(staged("review"), TEAM)
    german = desk.client.get("/beheer/", headers={"Accept-Language": "de"})
    assert '<html lang="nl">' in german.text
    answer = desk.client.get("/beheer/", headers={"Accept-Language": "de, en;q=0.5"})
    page = page_of(answer)
    assert '<html lang="en">' in page.html
    assert "Log out" in page.text
