"""T22, T36, T37: what a careless or hostile resident does to the form for an idea."""

import dataclasses
from email import message_from_bytes
from email.policy import default

import pytest

from pb_engine.domain.rounds import UsualPrice
from pb_engine.services import outbox
from pb_engine.services.ideas import submit_idea
from pb_engine.units import Cents, LocalText
from tests.builders import DAY, a_draft, a_round, a_round_in
from tests.submitting import fill_in, submit_in_steps
from tests.web.test_resident_ideas import IDEA as WITH_ADDRESS
from tests.web.test_resident_ideas import code_on
from tests.web.visitor import Visitor

IDEA = {name: value for name, value in WITH_ADDRESS.items() if name != "email"}
NEW = "~/ideeen/nieuw"
FIRST = {name: IDEA[name] for name in ("title", "description", "motivation", "theme")}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return a_round_in(tmp_path_factory.mktemp("submitting"), "ideas")


@pytest.fixture
def visitor(made):
    return Visitor(made)


def listed(visitor, title):
    return visitor.get("~/ideeen?mix=zaad0001").html.count(f"<bdi>{title}</bdi>")


def test_a_step_that_is_sent_twice_goes_on_and_an_idea_sent_twice_is_one(visitor):
    page = visitor.get(NEW)
    for mark, answers in (
        ("title", {**FIRST, "title": "Een keer maar"}),
        ("place", {"area": "mekkelholt"}),
        ("cost", {"cost": "500"}),
        ("photo", {}),
        ("name", {"name": "Noor"}),
    ):
        lost = visitor.send(page, mark, step="on", **answers)
        again = visitor.send(page, mark, step="on", **answers)
        assert (lost.status, lost.path) == (again.status, again.path)
        page = again
    done, twice = visitor.send(page, "step"), visitor.send(page, "step")
    assert done.path == twice.path
    assert code_on(done) == code_on(twice)
    assert listed(visitor, "Een keer maar") == 1
    assert visitor.get(f"{NEW}/controle").path == done.path
    assert dict(visitor.get(NEW).form("title").fields)["title"] == ""


def test_two_windows_lose_nothing_and_the_second_is_told(visitor):
    one, two = visitor.get(NEW), visitor.get(NEW)
    assert visitor.send(one, "title", step="on", **FIRST).status == 200
    told = visitor.send(two, "title", step="on", **{**FIRST, "title": "Iets anders"})
    assert told.status == 409
    assert "in een ander venster veranderd" in told.text
    assert f"<bdi>{IDEA['title']}</bdi>" in told.html
    assert ("title", "Iets anders") in told.form("title").fields
    assert visitor.send(told, "title", step="on").status == 200
    assert ("title", "Iets anders") in visitor.get(NEW).form("title").fields


def test_the_back_button_shows_what_was_kept_and_changes_one_step_only(visitor):
    fill_in(visitor, NEW, **IDEA)
    back = visitor.get(NEW)
    assert ("title", IDEA["title"]) in back.form("title").fields
    assert visitor.send(back, "title", step="on", title="Beter idee").status == 200
    last = visitor.get(f"{NEW}/controle")
    assert "Beter idee" in last.text
    assert "€ 1.500,50" in last.text


def test_a_draft_goes_on_elsewhere_with_its_code_only_and_not_for_ever(visitor):
    kept = visitor.send(visitor.get(NEW), "title", step="keep", title="Half idee")
    code, other = code_on(kept), Visitor(visitor.staged)
    assert "Half idee" not in other.get(NEW).html
    assert other.get(f"{NEW}/plek").path.endswith("/nieuw")
    assert other.get(f"{NEW}/bewaard").path.endswith("/nieuw")
    wrong = other.send(other.get(f"{NEW}/verder"), "code", code="ABC")
    assert wrong.status == 422
    unknown = code_on(other.send(other.get(NEW), "title", step="keep", title=""))
    page = other.get(f"{NEW}/verder?code={code}")
    assert ("code", code) in page.form("code").fields
    assert ("title", "Half idee") in other.send(page, "code").form("title").fields
    assert unknown != code
    late = Visitor(visitor.staged)
    late.at(late.engine.clock() + 31 * DAY)
    gone = late.send(late.get(f"{NEW}/verder"), "code", code=code)
    assert gone.status == 422
    assert "concept is verlopen" in gone.text
    visitor.send(visitor.get(f"{NEW}/bewaard"), "step", step="stop")
    assert "Half idee" not in visitor.get(NEW).html


def test_the_code_of_a_draft_is_the_code_of_its_idea(visitor):
    kept = visitor.send(visitor.get(NEW), "title", step="keep", **FIRST)
    done = submit_in_steps(visitor, NEW, **IDEA)
    assert code_on(done) == code_on(kept)
    path = done.path.replace("/ontvangen", "/intrekken")
    gone = visitor.send(visitor.get(path), "code", code=code_on(kept))
    assert "Teruggetrokken" in gone.text


def test_what_is_missing_is_named_before_anything_is_submitted(visitor):
    visitor.send(visitor.get(NEW), "title", step="on", **{**FIRST, "title": "Niet af"})
    last = visitor.get(f"{NEW}/controle")
    assert last.status == 200
    assert "Er ontbreekt nog iets" in last.text
    assert 'href="/proef-2027/ideeen/nieuw/kosten#veld-cost"' in last.html
    assert visitor.send(last, "step").status == 422
    assert listed(visitor, "Niet af") == 0


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Tuin" + "\u0301" * 10_000, "Tui\u0144" + "\u0301" * 4),
        ("=cmd|' /C calc'!A0", "=cmd|&#39; /C calc&#39;!A0"),
        ("\u202eniut\u2066 x", "niut x"),
        ("Tuin\x00\x07 nu", "Tuin nu"),
        ("Tuin 🌳👩‍🌾", "Tuin 🌳👩‍🌾"),
        ("\ud800 half", "half"),
    ],
)
def test_odd_letters_are_tidied_and_nothing_breaks(visitor, typed, shown):
    typed = typed.encode("utf-8", "surrogatepass")
    page = submit_in_steps(visitor, NEW, **{**IDEA, "title": typed})
    assert page.status == 200
    assert f"{shown}</bdi>" in page.html


def test_a_text_that_is_far_too_long_is_shown_again_and_not_kept(visitor):
    long = "woord " * 1000
    page = visitor.send(visitor.get(NEW), "title", step="on", **{**FIRST, "description": long})
    assert page.status == 422
    assert "hoogstens 2000 tekens" in page.text
    assert dict(page.form("title").fields)["description"].strip() == long.strip()
    assert dict(visitor.get(NEW).form("title").fields)["title"] == ""


def test_names_beside_the_submitter_are_shown_and_bounded(visitor):
    many = "\n".join(f"Buur {number}" for number in range(6))
    page = fill_in(visitor, NEW, **{**IDEA, "others": many})
    assert page.status == 422
    assert "Noem hoogstens 5 mensen" in page.text
    more = {"others": "Bo\n\n <b>Cem</b> ", "on_behalf_of": "Obs De Vijver", "needs_space": "ja"}
    done = submit_in_steps(visitor, NEW, **{**IDEA, **more})
    idea = visitor.get(done.path.removesuffix("/ontvangen"))
    assert "Noor, Bo, &lt;b&gt;Cem&lt;/b&gt;" in idea.html
    assert "Obs De Vijver" in idea.text
    assert "Zoekt een ruimte" in idea.text


def test_ideas_with_the_same_words_are_pointed_out(visitor):
    submit_idea(visitor.staged.engine, visitor.slug, a_draft("Een moestuin voor iedereen"))
    page = visitor.send(visitor.get(NEW), "title", step="on", **{**FIRST, "title": "Moestuin!"})
    assert "Lijkt uw idee hierop?" in page.text
    assert "zelfde woorden: moestuin" in page.text
    assert "<bdi>Bankjes</bdi>" not in page.html


def test_an_estimate_is_added_up_and_held_to_the_limits_of_the_round(visitor):
    visitor.send(visitor.get(NEW), "title", step="on", **{**FIRST, "title": "Met regels"})
    page = visitor.get(f"{NEW}/kosten")
    rows = {"what_1": "Bankje <b>", "many_1": "3", "each_1": "110,50", "what_2": "Verf"}
    wrong = visitor.send(page, "cost", step="on", **rows, many_2="1e3", each_2="-5")
    assert wrong.status == 422
    assert "Vul hier een aantal in, van 1 tot 1000." in wrong.text
    assert 'id="fout-each_2"' in wrong.html
    counted = visitor.send(wrong, "cost", step="sum", many_2="2", each_2="10")
    assert "Bij elkaar is dat € 351,50." in counted.text
    dear = visitor.send(counted, "cost", step="on", many_1="1000", each_1="999.999")
    assert dear.status == 422
    assert "hoogstens € 6.000" in dear.text
    odd = visitor.send(dear, "cost", step="price-geen", many_1="3", each_1="110,50")
    assert odd.status == 200
    fine = visitor.send(odd, "cost", step="on", cost="onzin")
    assert fine.path.endswith("/fotos")
    done = submit_in_steps(visitor, NEW, name="Noor", area="mekkelholt")
    idea = visitor.get(done.path.removesuffix("/ontvangen"))
    assert "3 × <bdi>Bankje &lt;b&gt;</bdi>" in idea.html
    assert "€ 331,50" in idea.text
    assert "€ 351,50" in idea.text


def test_a_usual_thing_is_put_in_the_first_free_row_and_nothing_typed_is_lost(tmp_path):
    rules = a_round().submission
    bench = UsualPrice("bankje", LocalText("Bankje", "Bench"), Cents(75_050))
    priced = a_round(submission=dataclasses.replace(rules, prices=(bench,)))
    visitor = Visitor(a_round_in(tmp_path, "ideas", round_=priced))
    visitor.send(visitor.get(NEW), "title", step="on", **FIRST)
    page = visitor.get(f"{NEW}/kosten")
    assert "Voeg toe: Bankje, € 750,50" in page.text
    typed = {"what_1": "Verf", "many_1": "2", "each_1": "10"}
    page = visitor.send(page, "cost", step="price-bankje", **typed)
    rows = dict(page.form("cost").fields)
    assert [rows[f"{part}_1"] for part in ("what", "many", "each")] == ["Verf", "2", "10"]
    assert [rows[f"{part}_2"] for part in ("what", "many", "each")] == ["Bankje", "1", "750,50"]
    assert "Bij elkaar is dat € 770,50." in page.text
    for _ in range(9):  # more often than there are rows: then it changes nothing
        page = visitor.send(page, "cost", step="price-bankje")
        assert page.status == 200
    assert dict(page.form("cost").fields)["what_1"] == "Verf"


def test_the_letter_and_the_page_that_thank_say_where_the_idea_stands(visitor):
    typed = {**IDEA, "email": "brief@example.org"}
    done = submit_in_steps(visitor, NEW, **{**typed, "name": "Noor\r\nBcc: x@example.org"})
    idea = done.path.split("/")[-2]
    assert f'href="/idee/{idea}"' in done.html
    assert f'href="/proef-2027/ideeen/{idea}/intrekken"' in done.html
    outbox.deliver(visitor.staged.engine)
    letters = (visitor.staged.engine.settings.data_folder / "mail").iterdir()
    sent = [message_from_bytes(one.read_bytes(), policy=default) for one in letters]
    [letter] = [one for one in sent if one["To"] == "brief@example.org"]
    body = letter.get_content()
    assert letter["Bcc"] is None
    assert f"/idee/{idea}" in body
    assert code_on(done) not in body
