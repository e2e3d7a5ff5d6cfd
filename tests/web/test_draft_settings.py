"""The settings of a voting method at the desk: plain fields, usual values, refusals in words."""

import pytest

from pb_engine.domain.rounds import PluginChoice
from tests.builders import a_round, a_round_in
from tests.web.desk_visitor import TEAM, DeskVisitor
from tests.web.test_desk_drafting import kept, the_draft, the_form

SHARES = PluginChoice("equal_shares")
POTS = {"pots": [{"name": "Jeugd", "projects": ["a"], "amount": 100}]}


def with_a_draft(tmp_path, **changes):
    visitor = DeskVisitor(a_round_in(tmp_path, "draft", round_=a_round(**changes)).engine)
    visitor.hire("kim", TEAM)
    visitor.log_in("kim")
    page = visitor.get("~/")
    (copy,) = [one for one in page.forms if (one.action or "").endswith("/als-voorbeeld")]
    visitor.send(page, copy)
    return visitor


@pytest.fixture
def desk(tmp_path):
    return with_a_draft(tmp_path)


def at(desk, rest):
    return desk.get(f"/rondes/concept/{the_draft(desk).id}/{rest}")


def settings_of(desk):
    return the_draft(desk).document["voting_method"].get("settings")


def test_the_page_of_the_method_leads_to_its_settings_with_the_usual_values(desk):
    assert "Instellingen van Meeste stemmen eerst" in at(desk, "telmethode").text
    page = at(desk, "instellingen/telmethode/0")
    fields = dict(the_form(page).fields)
    assert fields["setting-minimum_votes"] == "0"
    assert fields["setting-skip"] == "ja"
    assert "Een idee heeft minstens zo veel stemmen nodig" in page.text
    kept(desk, page)
    assert not settings_of(desk)


def test_what_is_filled_in_is_a_setting_and_the_example_counts_with_it(desk):
    page = at(desk, "instellingen/telmethode/0")
    after = kept(desk, page, **{"setting-minimum_votes": "100000"})
    assert "Bewaard." in after.text
    assert settings_of(desk) == {"minimum_votes": 100_000}
    rows = at(desk, "instellingen/telmethode/0").text.partition("De telmethoden naast elkaar")[2]
    assert rows.partition("Meeste stemmen eerst")[2].split()[0] == "0"
    assert "Een idee heeft minstens zo veel stemmen nodig 100000" in at(desk, "nakijken").text


def test_a_tick_that_is_taken_away_is_a_setting_too(desk):
    page = at(desk, "instellingen/telmethode/0")
    fields = {name: value for name, value in the_form(page).fields if name != "setting-skip"}
    desk.post(page.url.split("/beheer")[1], fields)
    assert settings_of(desk) == {"skip": False}


REFUSED = [
    ({"setting-minimum_votes": "veel"}, "minstens zo veel stemmen nodig: Vul hier een heel"),
    ({"setting-minimum_votes": "-1"}, "Vul een heel getal in van minstens 0."),
    ({"setting-minimum_percent": "101"}, "Vul een heel getal in van 0 tot en met 100."),
    ({"setting-minimum_votes": "9" * 5000}, "Deze tekst is te lang."),
    ({"setting-by": "loten"}, "Wat telt van een stembiljet?: Kies iets uit de lijst."),
    (
        {"setting-channel_percent-paper": "50", "setting-channel_percent-internet": "40"},
        "Procent van de uitslag: papier: Samen moet dit 100 procent zijn.",
    ),
]


def test_a_setting_that_cannot_be_is_refused_by_the_name_of_its_field(desk):
    page = at(desk, "instellingen/telmethode/0")
    for typed, sentence in REFUSED:
        refused = kept(desk, page, **typed)
        assert refused.status == 422
        assert sentence in refused.text
        assert not settings_of(desk)


def test_what_only_a_file_can_say_stays_with_it(tmp_path):
    desk = with_a_draft(tmp_path, voting_method=PluginChoice("greedy", POTS))
    page = at(desk, "instellingen/telmethode/0")
    assert "Afspraken over losse ideeën staan niet op deze pagina." in page.text
    kept(desk, page, **{"setting-minimum_votes": "3"})
    assert settings_of(desk) == {**POTS, "minimum_votes": 3}


def test_a_method_to_compare_with_has_settings_of_its_own(tmp_path):
    desk = with_a_draft(tmp_path, compared_methods=(SHARES, PluginChoice("max_welfare")))
    kept(desk, at(desk, "instellingen/vergelijking/0"), **{"setting-completion": "none"})
    assert the_draft(desk).document["compared_methods"] == [
        {"name": "equal_shares", "settings": {"completion": "none"}},
        {"name": "max_welfare", "settings": {}},
    ]
    kept(desk, at(desk, "telmethode"))
    assert the_draft(desk).document["compared_methods"][0]["settings"] == {"completion": "none"}


def test_the_hours_of_classes_can_be_set_and_the_address_of_a_broker_cannot(tmp_path):
    checks = (PluginChoice("school_batch"), PluginChoice("oidc"))
    desk = with_a_draft(tmp_path, identity_checks=checks)
    page = at(desk, "instellingen/kiezer/0")
    typed = {"setting-days": "30-11-2027", "setting-closes": "16:00"}
    wrong = kept(desk, page, **{**typed, "setting-days": "gisteren"})
    assert "Dit is geen dag." in wrong.text
    late = kept(desk, page, **{**typed, "setting-closes": "08:00"})
    assert "Deze tijd moet later zijn dan de tijd ervoor." in late.text
    kept(desk, page, **typed, **{"setting-issuer": "https://evil.example"})
    document = the_draft(desk).document
    assert document["identity_checks"] == [
        {"name": "school_batch", "settings": {"days": ["2027-11-30"], "closes": "16:00"}},
        {"name": "oidc", "settings": {}},
    ]
    assert at(desk, "instellingen/kiezer/1").status == 404


def test_settings_of_nothing_that_was_chosen_are_not_found(desk):
    for rest in ("telmethode/1", "kiezer/9", "ballot/0", "slug/0", "telmethode/-1"):
        assert at(desk, f"instellingen/{rest}").status == 404


def test_two_officials_with_the_same_settings_do_not_overwrite_each_other(desk):
    page = at(desk, "instellingen/telmethode/0")
    kept(desk, page, **{"setting-minimum_votes": "3"})
    second = kept(desk, page, **{"setting-minimum_votes": "5"})
    assert second.status == 409
    assert "minstens zo veel stemmen nodig 3" in second.text
    assert settings_of(desk) == {"minimum_votes": 3}
