"""A decision that differs from the count: at the desk by two, and what residents read of it."""

from pb_engine.services import council
from tests.builders import CALENDAR, DAY, a_round_in
from tests.web.desk_visitor import AUDITOR, SECRETARY, TEAM, colleague, desk_of
from tests.web.visitor import Visitor

REASON = "Het veld <b>wordt</b> een weg."


def filled(staged, **other):
    return {
        "project": staged.ideas["Moestuin"],
        "funded": "nee",
        "amount": "",
        "reference": "Raadsbesluit 2027-114",
        "decided_on": "4-6-2027",
        "reason": REASON,
        **other,
    }


def test_two_officials_note_and_confirm_it_and_residents_read_both(tmp_path):
    staged = a_round_in(tmp_path, "published", votes={"Bankjes": 3, "Moestuin": 2})
    staged = staged.move_to(CALENDAR.voting.end + 9 * DAY)
    desk = desk_of(staged, TEAM, AUDITOR)
    page = desk.get("~/besluiten")
    refused = desk.send(page, page.form("project"), **filled(staged, reference=""))
    assert refused.status == 422
    assert "Vul het kenmerk van het besluit in." in refused.text
    assert REASON in dict(refused.form("project").fields)["reason"]
    noted = desk.send(page, page.form("project"), **filled(staged))
    assert "Een andere medewerker moet het bevestigen." in noted.text
    assert "Besluit bevestigen" not in noted.text
    assert "anders dan de telling" not in resident(staged)
    own = desk.post("~/besluiten/1/bevestigen", {})
    assert own.status == 403
    second = colleague(desk, "noor", SECRETARY)
    page = second.get("~/besluiten")
    form = next(one for one in page.forms if one.action.endswith("/1/bevestigen"))
    assert "Het besluit geldt nu." in second.send(page, form).text
    told = resident(staged)
    assert "De gemeente besloot over 1 idee anders dan de telling." in told
    assert "Dit idee krijgt geen geld. Volgens de telling kreeg het wel geld." in told
    assert REASON in told
    assert "besluit: nee" in told
    one = Visitor(staged).get(f"~/uitslag/{staged.ideas['Moestuin']}").text
    assert "Het besluit: Raadsbesluit 2027-114" in one
    log = desk.get("/logboek").text
    assert "noor keek naar besluit 1 over idee 2: bevestigd." in log


def resident(staged):
    return Visitor(staged).get("~/uitslag").text


def test_an_attacker_cannot_confirm_a_decision_that_is_not_there_or_with_other_words(tmp_path):
    staged = a_round_in(tmp_path, "published", votes={"Bankjes": 3, "Moestuin": 2})
    staged = staged.move_to(CALENDAR.voting.end + 9 * DAY)
    desk = desk_of(staged, TEAM)
    assert desk.post("~/besluiten/7/bevestigen", {}).status == 422
    desk.post("~/besluiten/noteren", filled(staged, funded="ja", amount="1.000"))
    assert colleague(desk, "noor", TEAM).post("~/besluiten/1/jazeker", {}).status == 404
    (only,) = council.council_page(staged.engine, staged.slug).decisions
    assert only.state == "proposed"
