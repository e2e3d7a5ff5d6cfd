"""Writing a round at the desk, page by page, with forms alone."""

from dataclasses import replace

import pytest

from pb_engine.services import round_drafts, rounds
from pb_engine.services.demo_presets import MAIN, read_preset
from pb_engine.units import LANGUAGES
from tests.builders import a_round, a_round_in, an_engine
from tests.web.desk_visitor import COMMISSION, TEAM, DeskVisitor
from web.desk.draft_words import told_apart

PLAN = {
    "name-nl": "Samen Beter",
    "name-en": "Better Together",
    "slug": "samen-2027",
    "place": "Enschede",
    "summary-nl": "Wat maakt uw wijk fijner?",
    "summary-en": "What makes your district nicer?",
    "ordinance-nl": "Verordening",
    "ordinance-en": "Ordinance",
    "languages": "nl",
}


@pytest.fixture
def desk(tmp_path):
    visitor = DeskVisitor(an_engine(tmp_path))
    visitor.hire("kim", TEAM)
    visitor.log_in("kim")
    return visitor


def started(desk):
    page = desk.get("/")
    (form,) = [one for one in page.forms if (one.action or "").endswith("/rondes/concept")]
    return desk.send(page, form)


def the_form(page):
    (form,) = [one for one in page.forms if "seen" in dict(one.fields)]
    return form


def the_draft(desk):
    (draft,) = round_drafts.all_drafts(desk.engine)
    return draft


def test_a_draft_starts_on_the_first_page_and_goes_on_to_the_second(desk):
    page = started(desk)
    assert "Stap 1 van" in page.text
    after = desk.send(page, the_form(page), **PLAN)
    assert "Gebied en geld" in after.text
    assert "Stap 2 van" in after.text
    assert the_draft(desk).document["name"] == {"nl": "Samen Beter", "en": "Better Together"}
    assert the_draft(desk).edited_by == "kim"
    assert "Samen Beter" in desk.get("/").text


def test_what_is_not_right_yet_is_kept_and_named(desk):
    page = started(desk)
    after = desk.send(page, the_form(page), **{**PLAN, "slug": "Met Hoofdletters", "name-en": ""})
    assert "Stap 1 van" in after.text
    assert "Gebruik alleen kleine letters, cijfers en streepjes." in after.text
    assert "Dit is nog niet ingevuld." in after.text
    assert 'aria-describedby="fout-slug' in after.html
    assert the_draft(desk).document["slug"] == "Met Hoofdletters"


def test_what_cannot_be_read_is_not_kept_and_stays_in_the_field(desk):
    page = started(desk)
    page = desk.get(page.url.split("/beheer")[1].replace("/plan", "/geld"))
    refused = desk.send(page, the_form(page), **{"fund-budget_cents": "veel"})
    assert refused.status == 422
    assert "Dit is geen bedrag." in refused.text
    assert 'value="veel"' in refused.html
    assert "fund" not in the_draft(desk).document


def test_a_table_is_typed_one_row_a_line(desk):
    page = started(desk)
    page = desk.get(page.url.split("/beheer")[1].replace("/plan", "/geld"))
    tree = "GM0153 | gemeente | Enschede\nmek | buurt | Mekkelholt | GM0153 | 2605"
    filled = {"fund-source": "wijkbudget", "fund-budget_cents": "46.000", "areas-tree": tree}
    after = desk.send(page, the_form(page), **filled)
    assert "Stap 3 van" in after.text
    document = the_draft(desk).document
    assert document["fund"] == {"source": "wijkbudget", "budget_cents": 4_600_000}
    assert document["areas"]["tree"][1] == {
        "id": "mek", "kind": "buurt", "name": "Mekkelholt", "parent": "GM0153", "residents": 2605,
    }  # fmt: skip
    assert "mek | buurt | Mekkelholt | GM0153 | 2605" in desk.get(page.url.split("/beheer")[1]).html


def test_the_calendar_shows_itself_with_its_warnings(desk):
    page = started(desk)
    page = desk.get(page.url.split("/beheer")[1].replace("/plan", "/kalender"))
    assert "Zo loopt de ronde" in page.text
    voting = dict(the_form(page).fields)["calendar-voting-opens"]
    short = {"calendar-voting-closes": voting, "stay": "ja"}
    after = desk.send(page, the_form(page), **short)
    assert "Stemmen duurt 1 dagen." in after.text


def test_somebody_else_was_first_and_nothing_is_lost(desk):
    page = started(desk)
    form = the_form(page)
    desk.send(page, form, **{**PLAN, "place": "Hengelo"})
    second = desk.send(page, form, **{**PLAN, "place": "Almelo"})
    assert second.status == 409
    assert "Iemand anders was u voor" in second.text
    assert "Plaats Hengelo" in second.text
    assert dict(the_form(second).fields)["place"] == "Almelo"
    assert the_draft(desk).document["place"] == "Hengelo"
    desk.send(second, the_form(second))
    assert the_draft(desk).document["place"] == "Almelo"


def test_a_page_takes_no_field_of_another_page(desk):
    page = started(desk)
    desk.send(page, the_form(page), **{**PLAN, "tie-seed": "geluksgetal", "fund-budget_cents": "9"})
    document = the_draft(desk).document
    assert "seed" not in document["tie"]
    assert "fund" not in document


def test_the_last_page_leads_to_what_is_missing_and_a_draft_can_go(desk):
    page = started(desk)
    check = desk.get(page.url.split("/beheer")[1].replace("/plan", "/nakijken"))
    assert "De ronde is nog niet compleet" in check.text
    assert "Maak deze ronde" not in check.text
    assert "/plan#veld-name-nl" in check.html
    (drop,) = [one for one in check.forms if (one.action or "").endswith("/weggooien")]
    assert "Het concept is weg." in desk.send(check, drop).text
    assert desk.get(page.url.split("/beheer")[1]).status == 404


def test_a_round_is_copied_and_made_from_its_own_pages(desk):
    a_round_in(desk.engine, "draft")
    page = desk.get("~/")
    (copy,) = [one for one in page.forms if (one.action or "").endswith("/als-voorbeeld")]
    page = desk.send(page, copy)
    assert "De data zijn verschoven" in page.text
    page = desk.send(page, the_form(page), slug="proef-2028")
    check = desk.get(page.url.split("/beheer")[1].rpartition("/")[0] + "/nakijken")
    assert "Alles is ingevuld" in check.text
    file = desk.client.get(check.url.split("localhost")[1].replace("/nakijken", "/bestand"))
    assert b'slug = "proef-2028"' in file.data
    (make,) = [one for one in check.forms if (one.action or "").endswith("/maken")]
    assert "De ronde staat klaar." in desk.send(check, make).text
    assert rounds.stored_round(desk.engine, "proef-2028").phase == "draft"


def test_the_page_of_the_method_shows_what_each_rule_would_do(desk):
    a_round_in(desk.engine, "draft")
    page = desk.get("~/")
    (copy,) = [one for one in page.forms if (one.action or "").endswith("/als-voorbeeld")]
    page = desk.send(page, copy)
    address = page.url.split("/beheer")[1].replace("/plan", "/telmethode")
    page = desk.get(address)
    assert "Wat deze telmethoden doen" in page.text
    assert "200 stemmen" in page.text
    assert "Kiezers met niets" in page.text
    assert "Elk idee onder elke telmethode" in page.text
    wrong = desk.get(f"{address}?bron=toverij&regel=greedy")
    assert wrong.status == 200
    assert "Dit lukt niet" in wrong.text


def kept(desk, page, **changes):
    """Send a page as a browser would: every tick, not only the last of a name."""
    fields = {}
    for name, value in the_form(page).fields:
        fields.setdefault(name, []).append(value)
    target = page.url.split("/beheer")[1]
    return desk.post(target, {**fields, **changes})


def in_six_languages():
    other = read_preset(MAIN).round
    return replace(
        a_round(),
        name=other.name,
        submission=other.submission,
        tie=other.tie,
        criteria=other.criteria,
    )


@pytest.mark.parametrize("round_", [a_round(), in_six_languages()], ids=["two", "six languages"])
def test_every_page_of_a_copy_can_be_kept_as_it_is(desk, round_):
    a_round_in(desk.engine, "draft", round_=round_)
    page = desk.get("~/")
    (copy,) = [one for one in page.forms if (one.action or "").endswith("/als-voorbeeld")]
    page = desk.send(page, copy)
    before = dict(the_draft(desk).document)
    page = kept(desk, page, slug="proef-2028")
    for _ in range(6):
        page = kept(desk, page)
    assert "Alles is ingevuld" in page.text
    after = {"accent": "", **the_draft(desk).document}
    assert {**after, "slug": None} == {**before, "slug": None}


def test_a_translation_goes_when_its_dutch_changes(desk):
    a_round_in(desk.engine, "draft", round_=in_six_languages())
    page = desk.get("~/")
    (copy,) = [one for one in page.forms if (one.action or "").endswith("/als-voorbeeld")]
    kept(desk, desk.send(page, copy), slug="proef-2028", **{"name-nl": "Nog Beter"})
    document = the_draft(desk).document
    assert set(document["name"]) == {"nl", "en"}
    assert set(document["tie"]["text"]) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("part", "fields", "sentence"),
    [
        ("kalender", {"calendar-voting-closes": "2020-01-01"}, "Deze dag mag niet voor 20"),
        ("stembiljet", {"ballot-min_choices": "5"}, "Dit is meer dan het hoogste aantal ideeën."),
        ("stembiljet", {"ballot-max_choices": "2000"}, "Vul een heel getal in van 1 tot en met"),
        ("geld", {"areas-tree": "a | dorp | x"}, "Regel 1. Kies uit: gemeente, stadsdeel"),
        ("teksten", {"contact-email": "geen adres"}, "Dit is geen e-mailadres."),
        ("geld", {"areas-tree": "a | buurt | x | b | 1 | 2"}, "Op een regel staan te veel delen."),
    ],
)
def test_a_mistake_is_told_in_plain_dutch(desk, part, fields, sentence):
    page = started(desk)
    page = desk.get(page.url.split("/beheer")[1].replace("/plan", f"/{part}"))
    assert sentence in desk.send(page, the_form(page), **fields).text


def test_a_round_that_has_not_begun_can_still_be_changed(desk):
    a_round_in(desk.engine, "draft")
    page = desk.get("~/")
    (edit,) = [one for one in page.forms if (one.action or "").endswith("/aanpassen")]
    page = kept(desk, desk.send(page, edit), place="Hengelo")
    check = desk.get(page.url.split("/beheer")[1].rpartition("/")[0] + "/nakijken")
    assert "Er staat al een ronde klaar" in check.text
    assert "Er is nog geen participatieplan" in check.text
    (make,) = [one for one in check.forms if (one.action or "").endswith("/maken")]
    desk.send(check, make)
    assert rounds.stored_round(desk.engine, "proef-2027").round.place == "Hengelo"


def test_the_commission_writes_a_round_and_the_team_makes_it(tmp_path):
    desk = DeskVisitor(a_round_in(tmp_path, "draft").engine)
    desk.hire("sam", COMMISSION)
    desk.log_in("sam")
    page = desk.get("~/")
    (copy,) = [one for one in page.forms if (one.action or "").endswith("/als-voorbeeld")]
    page = kept(desk, desk.send(page, copy), slug="proef-2028")
    address = page.url.split("/beheer")[1].rpartition("/")[0]
    check = desk.get(f"{address}/nakijken")
    assert "Het participatieteam maakt de ronde." in check.text
    assert not [one for one in check.forms if (one.action or "").endswith(("maken", "weggooien"))]
    for action in ("maken", "weggooien"):
        assert desk.post(f"{address}/{action}", {"seen": "1"}).status == 403


def amending(desk, phase="review", **changes):
    """A draft that changes a round which has begun: the desk, and its last page."""
    a_round_in(desk.engine, phase)
    page = desk.get("~/wijzigen")
    (edit,) = [one for one in page.forms if (one.action or "").endswith("/aanpassen")]
    page = desk.send(page, edit)
    address = page.url.split("/beheer")[1]
    if changes:
        kept(desk, desk.get(address.replace("/plan", "/stembiljet")), **changes)
    return desk.get(address.replace("/plan", "/nakijken"))


def send_reason(desk, page, reason="Er stond een te hoog aantal op de pagina."):
    (form,) = [one for one in page.forms if (one.action or "").endswith("/wijzigen")]
    return desk.send(page, form, reason=reason)


def test_the_rules_of_a_round_that_began_change_on_the_same_pages_with_a_reason(desk):
    page = amending(desk, **{"ballot-max_choices": "2"})
    assert "Hoogstens zo veel ideeën 3 2" in page.text
    assert "Maak deze ronde" not in page.text
    refused = send_reason(desk, page, "kort")
    assert refused.status == 409
    assert "Dit verandert er" in refused.text
    done = send_reason(desk, page)
    assert "De spelregels zijn gewijzigd. Iedereen ziet de reden." in done.text
    assert "Er stond een te hoog aantal op de pagina." in done.text
    assert rounds.stored_round(desk.engine, "proef-2027").round.ballot.max_choices == 2
    assert round_drafts.all_drafts(desk.engine) == ()


def test_a_draft_that_changes_nothing_in_a_round_that_began_offers_no_button(desk):
    page = amending(desk)
    assert "Er verandert nog niets." in page.text
    assert not [one for one in page.forms if (one.action or "").endswith("/wijzigen")]


def test_a_change_looked_over_before_somebody_elses_wipes_nothing_out(desk):
    page = amending(desk, **{"ballot-max_choices": "2"})
    text = rounds.export_round(desk.engine, "proef-2027").replace("14 053", "14 054")
    rounds.amend_rules(desk.engine, "proef-2027", text, "Het nummer klopte niet.", "sam")
    refused = send_reason(desk, page)
    assert refused.status == 409
    assert "Telefoon 14 054 14 053" in refused.text
    assert rounds.stored_round(desk.engine, "proef-2027").round.contact.phone == "14 054"


def test_what_decides_does_not_change_through_the_pages_while_voting_is_open(desk):
    refused = send_reason(desk, amending(desk, "voting", **{"ballot-max_choices": "2"}))
    assert refused.status == 409
    assert rounds.stored_round(desk.engine, "proef-2027").round.ballot.max_choices == 3


def test_after_the_vote_no_draft_changes_the_round(desk):
    a_round_in(desk.engine, "closed")
    assert desk.post("~/aanpassen", {}).status == 409


def test_two_ways_in_with_one_label_are_told_apart_by_their_names():
    options = [("a", "Met de app"), ("b", "Met de app"), ("c", "Met een code")]
    told = [label for _, label in told_apart(options)]
    assert told == ["Met de app (a)", "Met de app (b)", "Met een code"]
