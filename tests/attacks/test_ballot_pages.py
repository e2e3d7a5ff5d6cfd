"""Ballot pages under a hostile visitor: what is carried, sent, repeated, enlarged or made up."""

import dataclasses

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from pb_engine.services import pages
from tests.builders import a_round_in
from tests.web.ballot_rounds import FORMATS, a_visitor_of
from tests.web.visitor import Visitor
from web.resident import carried

BALLOT, CHECK = "~/stemmen/biljet", "~/stemmen/nakijken"
WEIGHED = ("points", "score", "ranking")


@pytest.fixture
def visitor(tmp_path):
    return lambda kind="approval", **rules: a_visitor_of(tmp_path / kind, kind, **rules)


def voters(visitor):
    return pages.round_page(visitor.staged.engine, visitor.slug).voters


def cookie(visitor, name="pb_stem"):
    return visitor.cookie(name, "~/stemmen").value


def give(visitor, value, name="pb_stem"):
    visitor.client.set_cookie(name, value, path=visitor.path("~/stemmen"))


def is_turned_away(page):
    """Back at the identity check, with no ballot in sight."""
    return page.path.endswith("/controle/voting_code")


def test_a_carried_choice_that_was_changed_anywhere_is_no_choice(visitor):
    resident = visitor()
    resident.enter(resident.staged.codes[0])
    sealed = cookie(resident)
    for place in {0, 1, len(sealed) // 3, len(sealed) // 2, len(sealed) - 2}:
        other = "A" if sealed[place] != "A" else "B"
        give(resident, sealed[:place] + other + sealed[place + 1 :])
        assert is_turned_away(resident.get(BALLOT)), place
    give(resident, sealed[:-7])
    assert is_turned_away(resident.get(BALLOT))
    give(resident, sealed)
    assert resident.get(BALLOT).status == 200


def test_a_choice_carried_in_another_round_is_worth_nothing_here(tmp_path):
    here = Visitor(a_round_in(tmp_path / "here"))
    there = a_visitor_of(tmp_path / "there", "approval")
    there.enter(there.staged.codes[0])
    foreign = cookie(there)
    give(here, foreign)
    assert is_turned_away(here.get(BALLOT))
    here.client.set_cookie("pb_open", there.cookie("pb_open", "~").value, path="/proef-2027")
    assert "Ga verder met stemmen" not in here.get("~/").text


def test_what_one_browser_carries_does_not_open_another_kind_of_page(visitor):
    resident = visitor()
    resident.enter(resident.staged.codes[0])
    give(resident, resident.cookie("pb_open", "~").value)
    assert is_turned_away(resident.get(BALLOT))
    give(resident, resident.cookie("pb_open", "~").value, "pb_bewijs")
    assert resident.get("~/stemmen/klaar").path == "/proef-2027/"


def test_the_choice_of_another_voter_costs_its_owner_nothing(visitor):
    """Whoever steals a cookie can vote once, as with a stolen code; the owner replaces it."""
    owner = visitor()
    thief = Visitor(owner.staged)
    paper = owner.enter(owner.staged.codes[0])
    owner.send(paper, "seen", choices=owner.ids("AED"))
    give(thief, cookie(owner))
    stolen = thief.send(thief.get(CHECK), "seen")
    assert "Uw stem is binnen" in stolen.text
    blocked = owner.send(owner.get(BALLOT), "seen", choices=owner.ids("Bankjes"))
    refused = owner.send(blocked, "seen")
    assert refused.status == 409
    assert "Uw nieuwe stem ligt in de stembus" in owner.cast(owner.staged.codes[0], "Bankjes").text
    assert voters(owner) == 1


def test_a_form_sent_again_and_again_is_one_ballot(visitor):
    resident = visitor("points")
    ids = resident.ids("AED", "Bankjes")
    paper = resident.enter(resident.staged.codes[0])
    checked = resident.send(paper, "seen", **{f"mark-{ids[0]}": "3"})
    kept = cookie(resident)
    receipts = set()
    for _ in range(3):
        give(resident, kept)
        done = resident.send(checked, "seen")
        receipts.add(done.html.split("<code>")[1].split("<")[0])
    assert len(receipts) == 1
    assert voters(resident) == 1


STRANGE = ("-1", "1e3", "0x10", "1.0", "١", "９", "9" * 14, "' OR 1=1 --", "\u202e3", "NaN", "1;2")


@pytest.mark.parametrize("kind", WEIGHED)
def test_a_weight_that_is_no_small_whole_number_stops_at_the_form(visitor, kind):
    resident = visitor(kind)
    paper = resident.enter(resident.staged.codes[0])
    project = resident.ids("AED")[0]
    for value in STRANGE:
        answer = resident.send(paper, "seen", **{f"mark-{project}": value})
        assert answer.status == 422, value
        assert f'id="veld-mark-{project}"' in answer.html
    assert voters(resident) == 0


@pytest.mark.parametrize("kind", FORMATS)
def test_ideas_that_are_not_on_the_paper_are_never_cast(visitor, kind):
    resident = visitor(kind)
    paper = resident.enter(resident.staged.codes[0])
    names = ["nergens", "../etc", "<script>x</script>", "x" * 5000, "mark-", ""]
    fields = MultiDict(dict(paper.form("seen").fields))
    for name in names:
        fields.add("choices", name)
        fields.add("was", name)
        fields.add(f"mark-{name}", "1")
    answer = resident.post(BALLOT, fields)
    assert answer.status == 422
    assert "<script>x" not in answer.html
    for step in ("up:nergens", "add:<b>", "more:", "page:-1", "page:9999999999", "show", "\x00"):
        page = resident.post(BALLOT, {**dict(paper.form("seen").fields), "step": step})
        assert page.status < 500, step
    assert voters(resident) == 0


@pytest.mark.parametrize("kind", ["approval", *WEIGHED])
def test_a_huge_form_is_answered_in_bounded_time_and_never_with_an_error_of_ours(visitor, kind):
    resident = visitor(kind)
    paper = resident.enter(resident.staged.codes[0])
    token = dict(paper.form("seen").fields)["csrf_token"]
    many = [("csrf_token", token)]
    many += [(f"mark-p{number}", "1") for number in range(380)]
    many += [("was", f"p{number}") for number in range(380)]
    many += [("choices", f"p{number}") for number in range(380)]
    assert resident.post(BALLOT, MultiDict(many)).status == 422
    for name in ("shown", "seen", "theme", "step", "page"):
        sent = {**dict(paper.form("seen").fields), name: "9." * 50_000}
        assert resident.post(BALLOT, sent).status < 500, name
    large = [("csrf_token", token), ("choices", "x" * 300_000)]
    assert resident.post(BALLOT, MultiDict(large)).status == 413


@pytest.mark.parametrize("path", [BALLOT, CHECK, "~/stemmen/wissen"])
def test_a_page_elsewhere_cannot_choose_send_or_wipe(visitor, path):
    resident = visitor()
    paper = resident.enter(resident.staged.codes[0])
    resident.send(paper, "seen", choices=resident.ids("AED"))
    before = cookie(resident)
    for token in ({}, {"csrf_token": "x"}, {"csrf_token": ""}):
        sent = {"choices": resident.ids("Bankjes")[0], "step": "on", **token}
        answer = resident.post(path, sent, Origin="https://elders.example")
        assert answer.status in (400, 403)
    assert cookie(resident) == before
    assert voters(resident) == 0


def test_a_mark_of_another_choice_never_sends_what_the_page_did_not_show(visitor):
    resident = visitor()
    paper = resident.enter(resident.staged.codes[0])
    checked = resident.send(paper, "seen", choices=resident.ids("AED"))
    for mark in ("", "0" * 16, "x" * 5000):
        answer = resident.send(checked, "seen", seen=mark)
        assert answer.status == 409
        assert "nog niets verstuurd" in answer.text
    assert voters(resident) == 0


@pytest.mark.parametrize("kind", FORMATS)
def test_a_choice_travels_at_one_length_whatever_it_is(visitor, kind):
    resident = visitor(kind)
    paper = resident.enter(resident.staged.codes[0])
    resident.send(paper, "seen", step="recount")
    kept = cookie(resident)
    path = resident.path(BALLOT)
    with resident.app.test_request_context(path, headers={"Cookie": f"pb_stem={kept}"}):
        who = carried.voter_of(resident.slug)
        full = (1 << 4 * who.digits) - 1
        other = dataclasses.replace(who, chosen=full, touched=4, number=4)
        answer = carried.carry_voter(Response(), resident.slug, other)
    lengths = {
        line.partition("=")[0]: len(line.split(";")[0])
        for line in answer.headers.getlist("Set-Cookie")
    }
    assert lengths["pb_stem"] == len(f"pb_stem={kept}") < 2000


@pytest.mark.parametrize("kind", ["points", "ranking"])
def test_no_page_before_the_result_tells_how_votes_stand(visitor, kind):
    resident = visitor(kind)
    before = Visitor(resident.staged).get("~/ideeen")
    for code in resident.staged.codes[:3]:
        paper = resident.enter(code)
        ids = resident.ids("AED", "Bankjes")
        checked = resident.send(paper, "seen", **{f"mark-{ids[0]}": "1", f"mark-{ids[1]}": "2"})
        resident.send(checked, "seen")
    assert voters(resident) == 3
    after = Visitor(resident.staged).get("~/ideeen")
    assert sorted(after.text.split()) == sorted(before.text.split())
    fresh = Visitor(resident.staged)
    paper = fresh.enter(fresh.staged.codes[3])
    marks = {value for name, value in paper.form("seen").fields if name.startswith("mark-")}
    assert marks <= {""}
    assert "3 punten" not in paper.text
