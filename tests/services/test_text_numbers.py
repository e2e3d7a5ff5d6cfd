"""Texts of a round that name another number than its rules, and who says that it is right."""

import dataclasses

import pytest

from pb_engine.domain.rounds import Tie
from pb_engine.errors import NotReady
from pb_engine.services import phases, rehearsal
from pb_engine.services.dry_run.texts import RoundText, texts
from pb_engine.services.letters.texts import set_text
from pb_engine.units import LocalText, RoundId
from tests.builders import CALENDAR, SEED, a_round, a_round_in
from tests.web.desk_visitor import TEAM, desk_of


def doubts(text, language="nl", **changes):
    told = [RoundText("letter.opening", language, text)]
    return [one for one in texts(a_round(**changes), told) if one.level == "doubt"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "U mag één stem uitbrengen."),
        ("nl", "U mag 1 stem uitbrengen."),
        ("nl", "Kies hoogstens 5 verschillende ideeën."),
        ("nl", "Verdeel 10 punten."),
        ("nl", "Er is € 10.500 voor uw wijk."),
        ("nl", "Een idee kost hoogstens 6.000,50 euro."),
        ("en", "You have one vote."),
        ("en", "There is €100,000 to divide."),
        ("de", "Sie haben neun Stimmen."),
        ("tr", "En fazla 5 fikir seçin."),
        ("ar", "لك صوت واحد."),
        ("ar", "اختر ٤ أفكار"),
        ("pl", "Masz 5 głosów."),
        ("pl", "Do podziału jest 12 000 €."),
    ],
)
def test_another_number_than_the_rules_is_doubted_in_every_language(language, text):
    # One is allowed as the least; here a voter chooses two or three, of 10,000 euros.
    rules = dataclasses.replace(a_round().ballot, min_choices=2)
    (found,) = doubts(text, language, ballot=rules)
    assert f"letter.opening ({language})" in found.sentence.nl


@pytest.mark.parametrize(
    "text",
    [
        "Kies 1 tot 3 ideeën, van samen € 10.000. Een idee kost 250 tot 6.000 euro.",
        "You choose three projects; there is €10,000.",
        "Na 3 weken en 12 jaar, op 5 mei 2027 om 20.00 uur, in 2 wijken.",
        "Do wyboru 3 pomysły, razem 10 000 €.",
    ],
)
def test_the_numbers_of_the_rules_and_numbers_of_something_else_are_not_doubted(text):
    assert doubts(text) == []


def test_two_ideas_in_the_text_about_a_tie_are_no_limit():
    tie = Tie(LocalText("Twee ideeën met 9 stemmen? Dan het lot.", "Two ideas?"), SEED)
    (found,) = [one for one in texts(a_round(tie=tie)) if one.level == "doubt"]
    assert "“9 stemmen”" in found.sentence.nl


def settled(staged):
    with staged.engine.stores.site.read() as work:
        entries = work.log.entries(limit=1000)
    return [one.event for one in entries if one.event.name == "doubt_settled"]


def test_voting_stays_closed_while_nobody_said_that_a_doubtful_text_is_right(tmp_path):
    text = LocalText("U mag één stem uitbrengen.", "You have one vote.")
    rules = dataclasses.replace(a_round().ballot, min_choices=2)
    with pytest.raises(NotReady) as refusal:
        a_round_in(tmp_path, "voting", round_=a_round(ballot=rules, summary=text))
    assert refusal.value.details["problem"] == "not_rehearsed"


def test_whoever_keeps_it_ticks_each_doubt_and_stands_in_the_log_with_it(tmp_path):
    text = LocalText("U mag één stem uitbrengen.", "You have one vote.")
    rules = dataclasses.replace(a_round().ballot, min_choices=2)
    staged = a_round_in(tmp_path, "review", round_=a_round(ballot=rules, summary=text))
    staged = staged.move_to(CALENDAR.voting.start)
    slug = staged.slug
    set_text(staged.engine, slug, "opening", "nl", "Verdeel 10 punten.", "kim")
    desk = desk_of(staged, TEAM)
    page = desk.get("~/proefstemming")
    assert "kijk na" in page.text
    form = page.form("gelezen")
    keys = form.choices["gelezen"]
    assert len(keys) == 3
    refused = desk.post("~/proefstemming/vastleggen", {"gelezen": keys[:2]})
    assert refused.status == 409
    assert "Kijk ze na en zet er een vinkje bij" in refused.text
    with pytest.raises(NotReady, match="say that it is right"):
        rehearsal.keep_rehearsal(staged.engine, slug, "kim", read=keys[:2])
    assert settled(staged) == []
    done = desk.post("~/proefstemming/vastleggen", {"gelezen": keys})
    assert "De proefstemming is vastgelegd." in done.text
    events = settled(staged)
    assert {one.by for one in events} == {"kim"}
    assert any("“één stem”" in one.facts["doubt"] for one in events)
    assert "keek dit na bij de proefstemming" in desk.get("/logboek").text
    phases.take_step(staged.engine, slug, "open_voting", "team")
    with staged.engine.stores.site.read() as work:
        assert work.rounds.get(RoundId(slug)).phase == "voting"
