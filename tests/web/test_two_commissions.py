"""Two commissions in one round: each judges the ideas of its own area, and reads all of them."""

import dataclasses

import pytest

from pb_engine.domain.people import Grant, areas_of, grant_of
from pb_engine.errors import InvalidOfficial
from pb_engine.units import AreaId
from tests.builders import a_round, a_round_in
from tests.web.desk_visitor import COMMISSION, TEAM, DeskVisitor, desk_of

HERE, THERE = f"{COMMISSION}:proef-2027:mekkelholt", f"{COMMISSION}:proef-2027:roombeek"
NOT_OURS = "Dit idee is voor de commissie van een ander gebied."


@pytest.mark.parametrize("text", ["auditor:proef-2027:noord", f"{COMMISSION}::noord"])
def test_only_a_commission_of_a_round_has_an_area(text):
    with pytest.raises(InvalidOfficial):
        grant_of(text)


def test_a_grant_for_an_area_is_read_as_it_is_written_and_a_wider_one_wins():
    one = grant_of(HERE)
    assert (str(one), one.scope, one.area) == (HERE, "proef-2027:mekkelholt", "mekkelholt")
    assert areas_of([one, grant_of(THERE)], "proef-2027") == {"mekkelholt", "roombeek"}
    assert areas_of([one, grant_of(COMMISSION)], "proef-2027") is None
    assert areas_of([one, grant_of("auditor")], "proef-2027") == {"mekkelholt"}
    assert areas_of([one], "andere-2027") is None
    assert areas_of([Grant(one.role)], "proef-2027") is None


def test_a_member_of_another_area_judges_merges_and_assesses_nothing_there(staged):
    # The ideas of this round lie in Mekkelholt; noor is of the commission for Roombeek.
    made = staged("review")
    noor = desk_of(made, THERE)
    idea, other = made.ideas["AED"], made.ideas["Bankjes"]
    page = noor.get(f"~/ideeen/{idea}")
    assert page.status == 200
    assert "het ligt in een ander gebied. Anderen beoordelen het." in page.text
    assert "final_cost" not in page.html
    sent = {"outcome": "pass", "seen_version": "1", "final_cost": "100"}
    sent |= {"colour-R1": "green", "colour-R2": "green", "into": other, "reason": "dubbel"}
    before = everything(made)
    for action in ("oordeel", "samenvoegen"):
        page = noor.post(f"~/ideeen/{idea}/{action}", sent)
        assert page.status == 403, action
        assert NOT_OURS in page.text, action
    assert everything(made) == before
    kim = DeskVisitor(made.engine)
    kim.hire("noor", HERE)
    kim.log_in("noor")
    page = kim.get(f"~/ideeen/{idea}")
    assert "final_cost" in page.html
    assert NOT_OURS not in kim.post(f"~/ideeen/{idea}/oordeel", sent).text
    assert everything(made) != before


def everything(made):
    with made.engine.stores.site.read() as work:
        return work.ideas.all(made.slug), len(work.log.entries(limit=1000))


def test_a_role_for_an_area_is_chosen_from_the_list_and_another_one_is_refused(tmp_path):
    voters = dataclasses.replace(a_round().voters, areas=(AreaId("noord"),))
    made = a_round_in(tmp_path, "review", round_=a_round(voters=voters))
    team = desk_of(made, TEAM)
    noor = team.hire("noor", "auditor")
    page = team.get(f"/medewerkers/{noor.id}")
    assert 'value="proef-2027:mekkelholt"' in page.html
    there = f"/medewerkers/{noor.id}/rollen/geven"
    page = team.send(page, page.form("role"), role=COMMISSION, scope="proef-2027:mekkelholt")
    assert "commissielid (proef-2027, mekkelholt)" in page.text
    for role, area in ((COMMISSION, "elders"), (COMMISSION, "mekkelholt:x"), ("auditor", "noord")):
        page = team.post(there, {"role": role, "scope": f"proef-2027:{area}"})
        assert "Deze rol kan niet voor één gebied." in page.text, area
    taken = {"role": COMMISSION, "scope": "proef-2027:mekkelholt"}
    page = team.post(f"/medewerkers/{noor.id}/rollen/afnemen", taken)
    assert "De rol is afgenomen." in page.text
