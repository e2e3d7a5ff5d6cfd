"""The channel plan: five kinds of people, kept whole, taken over by a next round, and reported."""

import pytest

from pb_engine.services import channels, round_drafts
from pb_engine.services.documents.end_report import end_report
from pb_engine.services.documents.material import material_of
from tests.builders import a_round, a_round_in
from tests.web.desk_visitor import AUDITOR, COMMISSION, DeskVisitor, desk_of

SLOT = channels.ChannelSlot(
    "Jonge gezinnen", "school en sportclub", "in maart", "de commissie", done=True, reached=40
)
OTHER = "andere-2027"


@pytest.fixture
def desk(staged):
    return desk_of(staged("ideas"), COMMISSION)


def test_a_plan_is_kept_with_what_is_done_and_how_many_were_reached(desk):
    fields = {"who-1": "Jonge gezinnen", "ways-1": "school", "done-1": "ja", "reached-1": "40"}
    fields |= {"who-3": "Ouderen", "seen_version": "0"}
    assert "Het plan is bewaard." in desk.post("~/bereikplan/bewaren", fields).text
    page = desk.get("~/bereikplan")
    kept = dict(page.form("who-1").fields)
    assert (kept["who-1"], kept["ways-1"], kept["reached-1"]) == ("Jonge gezinnen", "school", "40")
    assert kept["who-3"] == "Ouderen"
    assert kept["seen_version"] == "1"
    plan = channels.channel_page(desk.engine, desk.slug).plan
    assert [one.done for one in plan.slots] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ways-2": "brief"}, "U heeft hier nog niets ingevuld."),
        ({"who-1": "x" * 201}, "Deze tekst is te lang."),
        ({"who-1": "Ouderen", "reached-1": "veel"}, "Vul hier een aantal in"),
        ({"who-1": "Ouderen", "reached-1": "9999999"}, "Vul hier een aantal in"),
    ],
)
def test_what_cannot_be_kept_stays_on_the_page_with_a_sentence(desk, fields, sentence):
    page = desk.post("~/bereikplan/bewaren", {**fields, "seen_version": "0"})
    assert page.status == 422
    assert sentence in page.text
    name, typed = next(iter(fields.items()))
    assert dict(page.form("who-1").fields)[name] == typed
    assert channels.channel_page(desk.engine, desk.slug).plan.version == 0


def test_of_two_officials_who_write_at_once_the_second_one_overwrites_nothing(desk):
    desk.post("~/bereikplan/bewaren", {"who-1": "Ouderen", "seen_version": "0"})
    page = desk.post("~/bereikplan/bewaren", {"who-1": "Jongeren", "seen_version": "0"})
    assert page.status == 409
    assert dict(page.form("who-1").fields)["who-1"] == "Jongeren"
    desk.post("~/bereikplan/bewaren", {"who-1": "Ouderen", "seen_version": "1"})
    page = desk.post("~/bereikplan/bewaren", {"who-1": "Jongeren", "seen_version": "1"})
    assert page.status == 409
    assert channels.channel_page(desk.engine, desk.slug).plan.slots[0].who == "Ouderen"


def test_another_round_begins_with_the_plan_and_nothing_of_it_is_done(desk):
    a_round_in(desk.engine, "ideas", round_=a_round(slug=OTHER))
    channels.write_plan(desk.engine, OTHER, [SLOT], 0, "kim")
    page = desk.get("~/bereikplan")
    page = desk.send(page, page.form("source"), source=OTHER)
    assert "Het plan is overgenomen. Pas het aan." in page.text
    taken = channels.channel_page(desk.engine, desk.slug).plan.slots[0]
    assert taken == SLOT.planned
    assert (taken.done, taken.reached) == (False, None)
    again = desk.post("~/bereikplan/overnemen", {"source": OTHER})
    assert "Hier valt geen plan over te nemen." in again.text


def test_a_round_that_is_made_from_a_copy_has_the_plan_of_the_first_one(staged):
    made = staged("ideas")
    channels.write_plan(made.engine, made.slug, [SLOT], 0, "kim")
    draft = round_drafts.copy_as_draft(made.engine, made.slug, "kim")
    found = round_drafts.one_draft(made.engine, draft)
    values = {"slug": OTHER}
    changed = round_drafts.change_draft(
        made.engine, draft, "plan", values, round_drafts.changes_of(found), "kim"
    )
    round_drafts.make_round(made.engine, draft, round_drafts.changes_of(changed), "kim")
    taken = channels.channel_page(made.engine, OTHER).plan
    assert taken.slots[0] == SLOT.planned


def test_nobody_takes_over_the_plan_of_a_round_in_which_they_have_no_role(staged):
    made = staged("ideas")
    a_round_in(made.engine, "ideas", round_=a_round(slug=OTHER))
    channels.write_plan(made.engine, OTHER, [SLOT], 0, "kim")
    desk = desk_of(made, f"{COMMISSION}:{made.slug}")
    assert desk.post("~/bereikplan/overnemen", {"source": OTHER}).status == 403
    assert channels.channel_page(made.engine, made.slug).plan.version == 0
    auditor = DeskVisitor(made.engine)
    auditor.hire("noor", AUDITOR)
    auditor.log_in("noor")
    assert auditor.get("~/bereikplan").status == 200
    fields = {"who-1": "Ouderen", "seen_version": "0"}
    assert auditor.post("~/bereikplan/bewaren", fields).status == 403


def test_the_end_report_says_whom_the_round_wanted_to_reach(staged):
    made = staged("published")
    channels.write_plan(made.engine, made.slug, [SLOT], 0, "kim")
    told = str(end_report(material_of(made.engine, made.slug)))
    assert "Wie wij wilden bereiken" in told
    assert (
        "('Jonge gezinnen', 'school en sportclub', 'in maart', 'de commissie', 'ja', '40')" in told
    )
