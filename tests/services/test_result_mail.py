"""Submitters hear what the result means for their idea: by mail, or by a letter to print."""

import dataclasses
import shutil
from collections import Counter

import pytest

from pb_engine.domain.ideas import Submitter
from pb_engine.errors import WrongPhase
from pb_engine.services import adoption, correction, council, counting, phases, rehearsal, review
from pb_engine.services.ideas import submit_idea
from pb_engine.services.outbox import deliver
from pb_engine.services.paper.pages import totals_lines
from pb_engine.services.result_letters import letters_to_print, result_letters
from pb_engine.services.result_mail import fates_in
from pb_engine.services.status_texts import set_status_text, status_text
from pb_engine.store import close_stores
from pb_engine.units import LANGUAGES, RoundId
from tests.builders import (
    CALENDAR,
    COSTS,
    DAY,
    a_draft,
    a_pass,
    a_round,
    a_round_in,
    adopt_and_publish,
    an_engine,
    vote,
)
from tests.services.letters.pages import texts
from tests.services.test_ideas_and_review import letters as post
from tests.totals import published_with_totals
from tests.web.desk_visitor import TEAM, desk_of

EVIL = "Bank #panic() {money} \u202e]]"
PEOPLE = {
    EVIL: ("Sanne", "sanne@example.org", "nl", 100_000),
    "Bahçe": ("Ayşe", "ayse@example.org", "tr", 600_000),
    "حديقة": ("سارة", None, "ar", 100_000),
}
"""Who submitted what beside the usual four, of which nobody has an address."""


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """Voted on: the first and the last of them win, the dear one does not."""
    round_ = a_round(languages=LANGUAGES)
    staged = a_round_in(tmp_path_factory.mktemp("post"), "ideas", round_=round_, codes=6)
    ideas = dict(staged.ideas)
    for title, (name, email, language, cost) in PEOPLE.items():
        draft = a_draft(title, cost_cents=cost, language=language, submitter=Submitter(name, email))
        ideas[title] = submit_idea(staged.engine, staged.slug, draft).idea.id
    staged = dataclasses.replace(staged, ideas=ideas).move_to(CALENDAR.review.start + DAY)
    phases.take_step(staged.engine, staged.slug, "start_review", "team")
    for title, idea in ideas.items():
        cost = PEOPLE[title][3] if title in PEOPLE else COSTS[title]
        judgement = a_pass(cost, round_)
        review.judge_idea(staged.engine, staged.slug, idea, judgement, 1, "commissie")
    rehearsal.keep_rehearsal(staged.engine, staged.slug, "team")
    staged = staged.move_to(CALENDAR.voting.start + DAY)
    phases.take_step(staged.engine, staged.slug, "open_voting", "team")
    for code in staged.codes[:3]:
        vote(staged, code, [EVIL, "حديقة", "Speeltoestel"])
    staged = staged.move_to(CALENDAR.voting.end + DAY)
    phases.take_step(staged.engine, staged.slug, "close_voting", "clock")
    deliver(staged.engine)
    for step in (counting.open_box, counting.tally, counting.explain):
        step(staged.engine, staged.slug, "team")
    close_stores(staged.engine.stores)
    return staged


@pytest.fixture
def explained(counted, tmp_path):
    """A copy of it."""
    folder, now = tmp_path / "pb", counted.engine.clock()
    shutil.copytree(counted.engine.settings.data_folder, folder, dirs_exist_ok=True)
    return dataclasses.replace(counted, engine=an_engine(folder, now=now))


@pytest.fixture
def published(explained):
    adopt_and_publish(explained.engine, explained.slug, "team")
    return explained


def new_mail(staged, before=()):
    """The messages that left since, by whom they are for."""
    deliver(staged.engine)
    left = Counter(post(staged)) - Counter(before)
    return {to: (about, body) for to, about, body in left}


def words_of(staged):
    return [" ".join(page.split()) for page in texts(result_letters(staged.engine, staged.slug))]


def test_each_submitter_hears_once_whether_their_idea_won_and_why_in_their_language(explained):
    before = post(explained)
    assert new_mail(explained, before) == {}
    adopt_and_publish(explained.engine, explained.slug, "team")
    mail = new_mail(explained, before)
    assert set(mail) == {"sanne@example.org", "ayse@example.org"}
    about, body = mail["sanne@example.org"]
    assert about.startswith("De uitslag voor uw idee: Bank #panic() {money}")
    assert "krijgt € 1.000." in body
    assert "Dit idee krijgt geld: het kreeg 3 stemmen" in body
    assert f"/proef-2027/uitslag/{explained.ideas[EVIL]}" in body
    about, body = mail["ayse@example.org"]
    assert about == "Fikrinizin sonucu: Bahçe"
    assert "Ne yazık ki ‘Bahçe’ fikriniz para almıyor." in body
    assert "Dit idee" not in body
    assert len(post(explained)) == len(before) + 2
    deliver(explained.engine)
    assert len(post(explained)) == len(before) + 2


def test_who_has_no_address_gets_a_page_of_paper_in_the_language_of_the_idea(published):
    assert letters_to_print(published.engine, published.slug) == 5
    pages = words_of(published)
    assert len(pages) == 5
    assert "Voor: Sanne" in pages[0]
    assert "De uitslag voor uw idee: Bankjes" in pages[0]
    assert "Stap" not in pages[0]
    assert "uitslag/" in pages[0]
    with published.engine.stores.site.read() as work:
        fates = {one.idea.title: one for one in fates_in(work, RoundId(published.slug))}
    assert fates["حديقة"].money == 100_000
    first = result_letters(published.engine, published.slug)
    assert result_letters(published.engine, published.slug) == first


def test_a_round_says_it_in_its_own_words_and_a_title_is_only_a_title(explained):
    own = status_text(explained.engine, explained.slug, "result_won", "nl")
    new = dataclasses.replace(
        own, subject="Gefeliciteerd!", body="Uw idee ‘{titel}’ krijgt {bedrag}. Wij bellen u snel."
    )
    set_status_text(explained.engine, explained.slug, new, "kim")
    before = post(explained)
    adopt_and_publish(explained.engine, explained.slug, "team")
    about, body = new_mail(explained, before)["sanne@example.org"]
    assert about == "Gefeliciteerd!"
    assert "{money} " in body
    assert "krijgt € 1.000. Wij bellen u snel." in body


def test_a_decision_of_the_council_and_a_correction_are_told_too(published):
    engine, slug = published.engine, published.slug
    before = [*post(published)]
    new_mail(published, before)
    before = [*post(published)]
    told = council.NewDecision(
        published.ideas[EVIL], False, None, "Besluit 7", CALENDAR.voting.closes, "Er komt een weg."
    )
    number = council.propose_decision(engine, slug, told, "kim")
    assert new_mail(published, before) == {}
    council.settle_decision(engine, slug, number, "noor", agreed=True)
    mail = new_mail(published, before)
    assert set(mail) == {"sanne@example.org"}
    _, body = mail["sanne@example.org"]
    assert "krijgt helaas geen geld" in body
    assert "Besluit 7. De reden: Er komt een weg." in " ".join(body.split())


def test_a_decision_that_is_refused_is_told_to_nobody(published):
    engine, slug = published.engine, published.slug
    new_mail(published)
    before = [*post(published)]
    told = council.NewDecision(
        published.ideas[EVIL], False, None, "Besluit 7", CALENDAR.voting.closes, "Er komt een weg."
    )
    number = council.propose_decision(engine, slug, told, "kim")
    council.settle_decision(engine, slug, number, "noor", agreed=False)
    assert new_mail(published, before) == {}


def test_a_correction_says_that_it_replaces_the_message_before_it(tmp_path):
    staged = published_with_totals(tmp_path)
    deliver(staged.engine)
    lines = dict.fromkeys((one.key for one in totals_lines(staged.engine, staged.slug)), 0)
    numbers = {**lines, "counted": 4, staged.ideas["AED"]: 4}
    reason = "De stapel was verkeerd geteld."
    correction.begin_correction(staged.engine, staged.slug, reason, {1: numbers}, "kim")
    adoption.adopt(staged.engine, staged.slug, "noor")
    correction.publish_correction(staged.engine, staged.slug, "kim")
    pages = words_of(staged)
    assert len(pages) == 4
    assert all("Dit bericht vervangt ons vorige bericht." in page for page in pages)


def test_there_are_no_letters_before_the_result(explained):
    assert letters_to_print(explained.engine, explained.slug) == 0
    with pytest.raises(WrongPhase):
        result_letters(explained.engine, explained.slug)


def test_the_desk_offers_the_letters_to_who_may_write_to_residents(published):
    desk = desk_of(published, TEAM)
    assert "5 indieners hebben geen e-mailadres." in desk.get("~/tellen").text
    file = desk.get("~/tellen/uitslagbrieven.pdf")
    assert file.headers["content-type"] == "application/pdf"
    assert file.body.startswith(b"%PDF")
