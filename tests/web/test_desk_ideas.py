"""Judging at the desk: complete, never over somebody else's work, and harmless to read."""

import pytest

from pb_engine.services import ideas, pages
from pb_engine.services.ideas import submit_idea
from pb_engine.services.moderation import HOUSE_RULES
from pb_engine.store.site import Picture
from tests.builders import Staged, a_draft
from tests.web.desk_visitor import COMMISSION, TEAM, desk_of
from tests.web.visitor import Visitor


@pytest.fixture
def judging(staged):
    """A commission member, and an idea that waits for a judgement."""
    collecting = staged("ideas")
    return desk_of(collecting, COMMISSION), collecting.ideas["Bankjes"]


def judge(desk, idea_id, **values):
    page = desk.get(f"~/ideeen/{idea_id}")
    green = {"colour__R1": "green", "colour__R2": "green"}
    return desk.send(page, page.form("outcome"), **{**green, **values})


def idea_of(desk, idea_id):
    return pages.idea_page(desk.engine, desk.slug, idea_id).idea


def test_an_idea_that_passes_gets_its_price_and_leaves_the_waiting_list(judging):
    desk, idea_id = judging
    assert "4 ideeën wachten op een besluit." in desk.get("~/ideeen").text
    page = judge(desk, idea_id, outcome="pass", final_cost="2.500")
    assert page.path.endswith("/ideeen")
    assert "Het oordeel is opgeslagen." in page.text
    assert "3 ideeën wachten op een besluit." in page.text
    found = idea_of(desk, idea_id)
    assert (found.state, found.price) == ("feasible", 2_500_00)
    assert found.review.reviewed_by == "kim"


@pytest.mark.parametrize(
    ("values", "sentence", "field"),
    [
        ({"outcome": "pass", "colour__R2": ""}, "Voorwaarde R2 heeft nog geen kleur.", "colour-R2"),
        (
            {"outcome": "reject", "colour__R1": "red"},
            "Voorwaarde R1 is niet groen. Schrijf op waarom",
            "why-R1",
        ),
        (
            {"outcome": "reject", "colour__R1": "red", "why__R1": "Dit is te ver weg."},
            "De indiener moet weten waarom.",
            "reason",
        ),
        ({"outcome": ""}, "Kies wat er met het idee gebeurt.", "outcome"),
        ({"outcome": "weet niet"}, "Kies wat er met het idee gebeurt.", "outcome"),
        ({"outcome": "pass", "final_cost": "veel"}, "Vul het bedrag in", "final_cost"),
        ({"outcome": "pass", "final_cost": "-5"}, "Vul het bedrag in", "final_cost"),
        ({"outcome": "pass", "final_cost": "9.999.999"}, "Vul het bedrag in", "final_cost"),
        (
            {"outcome": "refer", "colour__R2": "orange", "why__R2": "Dit gaat over verkeer."},
            "Kies aan wie u het idee doorgeeft.",
            "referred_to",
        ),
        ({"outcome": "reject", "reason": "Dit kan helaas niet."}, "Afwijzen kan alleen", "outcome"),
    ],
)
def test_an_incomplete_judgement_says_what_is_missing_and_keeps_what_was_typed(
    judging, values, sentence, field
):
    desk, idea_id = judging
    page = judge(desk, idea_id, suggestion="Vraag het de school.", **values)
    assert page.status == 422
    assert sentence in page.text
    assert f'href="#veld-{field}"' in page.html
    assert f'id="veld-{field}"' in page.html
    assert "<title>Fout:" in page.html
    assert dict(page.form("outcome").fields)["suggestion"] == "Vraag het de school."
    assert idea_of(desk, idea_id).review is None


def test_a_judgement_can_be_replaced_until_voting_opens(judging):
    desk, idea_id = judging
    judge(desk, idea_id, outcome="pass", final_cost="2.500")
    values = {"outcome": "refer", "colour__R2": "orange", "why__R2": "Dit gaat over verkeer."}
    page = judge(
        desk, idea_id, referred_to="verkeer", reason="De verkeerskundige kijkt mee.", **values
    )
    assert page.status == 200
    found = idea_of(desk, idea_id)
    assert (found.state, found.review.referred_to) == ("referred", "verkeer")
    shown = dict(desk.get(f"~/ideeen/{idea_id}").form("outcome").fields)
    assert shown["colour-R2"] == "orange"
    assert shown["why-R2"] == "Dit gaat over verkeer."


def test_fields_that_are_not_on_the_page_change_nothing(judging):
    desk, idea_id = judging
    extra = {"title": "Anders", "reviewed_by": "iemand", "state": "on_ballot", "by": "iemand"}
    judge(desk, idea_id, outcome="pass", final_cost="2.500", referred_to="nergens", **extra)
    found = idea_of(desk, idea_id)
    assert (found.title, found.state, found.review.reviewed_by) == ("Bankjes", "feasible", "kim")
    assert found.review.referred_to is None


def test_two_members_at_once_do_not_overwrite_each_other(judging):
    desk, idea_id = judging
    page = desk.get(f"~/ideeen/{idea_id}")
    judge(desk, idea_id, outcome="pass", final_cost="2.500")
    values = {"colour-R1": "red", "colour-R2": "green", "why-R1": "Alleen voor één straat."}
    late = desk.send(
        page, page.form("outcome"), outcome="reject", reason="Dit is niet voor de wijk.", **values
    )
    assert late.status == 409
    assert "Iemand anders was u voor" in late.text
    assert "Door naar het stembiljet" in late.text
    assert idea_of(desk, idea_id).state == "feasible"
    kept = dict(late.form("outcome").fields)
    assert kept["reason"] == "Dit is niet voor de wijk."
    assert kept["why-R1"] == "Alleen voor één straat."
    again = desk.send(late, late.form("outcome"))
    assert again.status == 200
    assert idea_of(desk, idea_id).state == "rejected"


def test_of_two_decisions_at_once_both_stand_on_the_page_field_by_field(judging):
    desk, idea_id = judging
    page = desk.get(f"~/ideeen/{idea_id}")
    theirs = {
        "final_cost": "2.500",
        "running": "75",
        "running_by": "De woonstichting",
        "what_1": "Plank <i>",
        "many_1": "5",
        "each_1": "500",
        "suggestion": "Vraag ook de school.",
    }
    judge(desk, idea_id, outcome="pass", **theirs)
    mine = {"colour-R1": "red", "colour-R2": "green", "why-R1": "Alleen voor één straat."}
    late = desk.send(
        page, page.form("outcome"), outcome="reject", reason="Dit is niet voor de wijk.", **mine
    )
    assert late.status == 409
    table = late.html.split("<caption")[1].split("</table>")[0]
    for said in (
        *("Nu opgeslagen, door kim", "Wat u invulde"),
        *("Door naar het stembiljet", "Gaat niet door", "groen", "rood"),
        *("Alleen voor één straat.", "Dit is niet voor de wijk."),
        *("Vraag ook de school.", "De woonstichting", "75", "2.500", "Plank &lt;i&gt;"),
    ):
        assert said in table, said
    assert "Oordeel over R2" not in table
    assert dict(late.form("outcome").fields)["why-R1"] == "Alleen voor één straat."
    assert idea_of(desk, idea_id).review.suggestion == "Vraag ook de school."


def test_the_same_decision_at_once_shows_no_difference(judging):
    desk, idea_id = judging
    page = desk.get(f"~/ideeen/{idea_id}")
    judge(desk, idea_id, outcome="pass", final_cost="2.500")
    values = {"colour-R1": "green", "colour-R2": "green"}
    late = desk.send(page, page.form("outcome"), outcome="pass", final_cost="2.500", **values)
    assert late.status == 409
    assert "Beide versies" not in late.text


@pytest.mark.parametrize("version", ["", "-1", "nee", "1.5", "99999999999999999999"])
def test_a_nonsense_version_is_a_stale_version(judging, version):
    desk, idea_id = judging
    page = judge(desk, idea_id, outcome="pass", final_cost="2.500", seen_version=version)
    assert page.status == 409
    assert idea_of(desk, idea_id).review is None


def test_merging_keeps_all_submitters_and_leads_to_the_idea_that_stays(staged):
    collecting = staged("ideas")
    desk = desk_of(collecting, COMMISSION)
    going, staying = collecting.ideas["Bankjes"], collecting.ideas["Moestuin"]
    page = desk.get(f"~/ideeen/{going}")
    merged = desk.send(page, page.form("into"), into=staying)
    assert merged.path.endswith(staying)
    assert "Alle indieners blijven indiener." in merged.text
    assert "Bankjes" in merged.text
    assert idea_of(desk, going).state == "merged"
    assert desk.send(page, page.form("into"), into=staying).status == 409


def test_merging_needs_another_idea_of_this_round(judging):
    desk, idea_id = judging
    page = desk.get(f"~/ideeen/{idea_id}")
    assert desk.send(page, page.form("into"), into="").status == 422
    assert desk.send(page, page.form("into"), into=idea_id).status == 409
    assert desk.send(page, page.form("into"), into="weg").status == 404


def test_what_residents_write_is_text_and_never_markup(staged):
    collecting = staged("ideas")
    title = '<script>alert(1)</script> & "b"'
    draft = a_draft(title, description="<img src=x onerror=alert(2)> en nog veel meer")
    idea_id = submit_idea(collecting.engine, collecting.slug, draft).idea.id
    desk = desk_of(collecting, COMMISSION, TEAM)
    judge(desk, idea_id, outcome="pass", final_cost="500")
    other = collecting.ideas["Moestuin"]
    for path in ("~/ideeen", f"~/ideeen/{idea_id}", f"~/ideeen/{other}", "~/stembiljet"):
        html = desk.get(path).html
        assert "<script>" not in html, path
        assert "<img src=x" not in html, path
        assert "&lt;script&gt;alert(1)" in html, path


def test_the_team_reads_ideas_but_has_no_form_to_judge(staged):
    collecting = staged("ideas")
    desk = desk_of(collecting, TEAM)
    page = desk.get(f"~/ideeen/{collecting.ideas['Bankjes']}")
    assert "U kunt alleen meelezen." in page.text
    assert "Beoordelen</h2>" not in page.html


def test_nothing_is_judged_once_voting_is_open(staged):
    voting = staged("voting")
    desk = desk_of(voting, COMMISSION)
    idea_id = voting.ideas["Bankjes"]
    assert "Dat kan tot de stemming begint." in desk.get(f"~/ideeen/{idea_id}").text
    fields = {"outcome": "pass", "colour-R1": "green", "colour-R2": "green", "seen_version": "3"}
    page = desk.post(f"~/ideeen/{idea_id}/oordeel", {**fields, "final_cost": "100"})
    assert page.status == 409
    assert idea_of(desk, idea_id).price == 3_000_00


def test_a_withdrawn_idea_cannot_be_judged(judging):
    desk, _ = judging
    made = submit_idea(desk.engine, desk.slug, a_draft("Tijdelijk idee"))
    ideas.withdraw_idea(desk.engine, desk.slug, made.idea.id, made.idea_code)
    page = desk.get(f"~/ideeen/{made.idea.id}")
    assert "Teruggetrokken" in page.text
    fields = {"outcome": "pass", "colour-R1": "green", "colour-R2": "green", "seen_version": "2"}
    page = desk.post(f"~/ideeen/{made.idea.id}/oordeel", {**fields, "final_cost": "100"})
    assert page.status == 409


def test_a_photograph_goes_off_the_pages_for_a_public_rule_and_comes_back(staged):
    collecting = staged("ideas")
    engine, slug, idea = collecting.engine, collecting.slug, collecting.ideas["AED"]
    picture = Picture("f1", slug, f"idea:{idea}", 1, "Een <b>bank</b>", "image/jpeg", 4, 3)
    with engine.stores.site.write() as work:
        work.pictures.add(picture, b"groot", b"klein")
        work.commit()
    resident, desk = Visitor(collecting), desk_of(collecting, TEAM)
    assert resident.get("~/foto/f1/groot").body == b"groot"
    page = desk.get(f"~/ideeen/{idea}")
    assert 'alt="Een &lt;b&gt;bank&lt;/b&gt;"' in page.html
    path = f"~/ideeen/{idea}/foto/f1"
    token = dict(page.form("csrf_token").fields)["csrf_token"]
    assert desk.post(path, {"csrf_token": token, "what": "hide", "rule": "zomaar"}).status == 409
    rule = next(iter(HOUSE_RULES))
    hidden = desk.post(path, {"csrf_token": token, "what": "hide", "rule": rule})
    assert "De foto is verborgen." in hidden.text
    assert resident.get("~/foto/f1/groot").status == 404
    assert "/foto/f1" not in resident.get(f"~/ideeen/{idea}").html
    shown = desk.post(path, {"csrf_token": token, "what": "show"})
    assert "De foto wordt getoond." in shown.text
    assert resident.get("~/foto/f1/klein").body == b"klein"
    log = desk.get("/logboek").text
    assert "keek naar foto f1" in log
    assert f"Regel: {rule}." in log


def test_a_price_with_its_lines_and_yearly_costs_stands_on_the_page_of_the_idea(judging):
    desk, idea_id = judging
    lines = {"what_1": "bank", "many_1": "4", "each_1": "600", "what_2": "<b>graafwerk</b>"}
    lines |= {"many_2": "1", "each_2": "100,50", "final_cost": "", "outcome": "pass"}
    page = judge(desk, idea_id, **lines, running="150")
    assert page.status == 422
    assert "Schrijf op wie de kosten per jaar betaalt." in page.text
    page = judge(desk, idea_id, **lines, running="150", running_by="de <i>buurtvereniging</i>")
    assert page.status == 200
    assert idea_of(desk, idea_id).price == 2_500_50
    told = Visitor(Staged(desk.engine, desk.slug)).get(f"~/ideeen/{idea_id}")
    text = " ".join(told.text.split())
    assert "4 × bank : € 2.400" in text
    assert "1 × <b>graafwerk</b> : € 100,50" in text
    assert "elk jaar € 150. Dat betaalt de <i>buurtvereniging</i> ." in text
    assert dict(desk.get(f"~/ideeen/{idea_id}").form("outcome").fields)["each_2"] == "100,50"


@pytest.mark.parametrize(
    ("values", "sentence", "field"),
    [
        ({"what_1": "bank", "many_1": "1", "each_1": "400"}, "De regels zijn samen", "final_cost"),
        ({"what_1": "bank", "many_1": "veel", "each_1": "400"}, "Vul hier een aantal", "many_1"),
        ({"running": "-3"}, "Vul de kosten per jaar in", "running"),
    ],
)
def test_a_price_that_does_not_add_up_is_refused_at_its_field(judging, values, sentence, field):
    desk, idea_id = judging
    page = judge(desk, idea_id, outcome="pass", final_cost="500", **values)
    assert page.status == 422
    assert sentence in page.text
    assert f'href="#veld-{field}"' in page.html
    assert idea_of(desk, idea_id).review is None
