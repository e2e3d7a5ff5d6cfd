"""A round has its own letters about what happens to an idea, and their words are only words."""

import dataclasses

import pytest

from pb_engine.domain.ideas import Submitter
from pb_engine.domain.round_drafting import with_values
from pb_engine.errors import ConcurrentEdit, LetterRefused
from pb_engine.services import round_drafts
from pb_engine.services.ideas import submit_idea
from pb_engine.services.outbox import deliver
from pb_engine.services.referrals import register_reply
from pb_engine.services.review import Colour, Judgement, NewReview, judge_idea
from pb_engine.services.rounds import add_round
from pb_engine.services.status_letters import STATUSES
from pb_engine.services.status_texts import (
    preview_status_text,
    reset_status_text,
    set_status_text,
    status_text,
    status_texts,
)
from pb_engine.units import RoundId
from tests.builders import a_draft, a_round_in
from tests.services.test_ideas_and_review import REASON
from tests.services.test_ideas_and_review import letters as post

BODY = "Uw idee ‘{titel}’ is bij ons. Dit is voor {ronde}. Wij bellen u snel."
REFERRED = NewReview(
    "refer",
    (Judgement("R1", Colour.GREEN), Judgement("R2", Colour.RED, REASON)),
    reason=REASON,
    referred_to="verkeer",
)


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path, "ideas")


def write(staged, status="received", locale="nl", **changes):
    new = status_text(staged.engine, staged.slug, status, locale)
    hard = changes.pop("although_hard", False)
    new = dataclasses.replace(new, **{"subject": "Dank u: {titel}", "body": BODY, **changes})
    set_status_text(staged.engine, staged.slug, new, "kim", although_hard=hard)


def submit(staged, title="Fruitbomen", language="nl"):
    person = Submitter("Sanne", "sanne@example.org")
    return submit_idea(
        staged.engine, staged.slug, a_draft(title, submitter=person, language=language)
    ).idea


def refusal(staged, **changes):
    with pytest.raises(LetterRefused) as refused:
        write(staged, **changes)
    return refused.value.details


def test_every_status_has_a_built_in_text_that_fills_its_places(staged):
    for status in STATUSES:
        for locale in ("nl", "en"):
            stands = status_text(staged.engine, staged.slug, status, locale)
            subject, body = preview_status_text(staged.engine, staged.slug, stands)
            assert "bankje" in body, status
            assert "{" not in subject + body, (status, subject, body)
            assert "team@example.org" in body


def test_the_text_of_a_round_leaves_in_the_place_of_the_built_in_one(staged):
    write(staged)
    submit(staged)
    deliver(staged.engine)
    ((_, subject, body),) = post(staged)
    assert subject == "Dank u: Fruitbomen"
    assert body.startswith("Uw idee ‘Fruitbomen’ is bij ons. Dit is voor Proefwijk beter.")
    assert "Participatieteam" in body
    assert "/idee/" in body


def test_who_writes_in_a_language_without_own_text_gets_the_built_in_one(staged):
    write(staged)
    submit(staged, language="en")
    deliver(staged.engine)
    ((_, subject, _),) = post(staged)
    assert subject == "We have your idea: Fruitbomen"


def test_reasons_stand_below_the_text_of_the_round(staged):
    write(staged, status="judged_refer", body="Wij gaven uw idee aan {orgaan}, tot {datum}.")
    idea = submit(staged)
    judge_idea(staged.engine, staged.slug, idea.id, REFERRED, 1, "commissie")
    deliver(staged.engine)
    told = next(body for _, subject, body in post(staged) if subject == "Dank u: Fruitbomen")
    assert told.startswith("Wij gaven uw idee aan de verkeerskundige, tot 16-03-2027.")
    assert REASON in told


def test_submitters_hear_that_their_idea_is_passed_on_and_what_was_answered(staged):
    idea = submit(staged)
    judge_idea(staged.engine, staged.slug, idea.id, REFERRED, 1, "commissie")
    deliver(staged.engine)
    assert len([one for one in post(staged) if "doorgegeven aan de verkeersk" in one[2]]) == 1
    register_reply(staged.engine, staged.slug, idea.id, "Dat kan niet in deze straat.", 2, "kim")
    deliver(staged.engine)
    (told,) = [one for one in post(staged) if one[1].startswith("Antwoord over uw idee")]
    assert "Dat kan niet in deze straat." in told[2]
    assert "de verkeerskundige" in told[2]


ATTACKS = ["{{ 7 * 7 }}", "{{ config }}", "{% for x in [] %}", "{# weg #}", "${7*7}", "}}"]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("field", ["subject", "body"])
def test_an_official_who_tries_template_syntax_is_refused(staged, attack, field):
    told = refusal(staged, **{field: f"{BODY if field == 'body' else 'Dag'} {attack}"})
    assert told["problem"] == "template"


@pytest.mark.parametrize(
    "place",
    ["{title}", "{titel.__class__}", "{titel!r}", "{0}", "{}", "{orgaan}", "{titel", "a } b",
     "{self}", "{titel:>9999999}"],
)  # fmt: skip
def test_an_official_who_tries_a_place_that_is_not_in_the_list_is_refused(staged, place):
    told = refusal(staged, body=f"{BODY} Zie {place} hier.")
    assert told["problem"] == "placeholder"
    assert told["allowed"] == "{titel}, {ronde}"


@pytest.mark.parametrize("title", ["{{7*7}} {ronde}", "{titel} %(by)s", "{body.__class__}"])
def test_a_submitter_who_puts_template_syntax_in_a_title_reads_it_back_as_typed(staged, title):
    write(staged, body="Dit is uw idee: {titel}. Wij lezen het snel.")
    submit(staged, title)
    deliver(staged.engine)
    ((_, subject, body),) = post(staged)
    assert subject == f"Dank u: {title}"
    assert body.startswith(f"Dit is uw idee: {title}. Wij lezen het snel.")


def test_a_subject_with_a_line_end_adds_no_header(staged):
    write(staged, subject="Dank u\r\nBcc: ander@example.org")
    submit(staged)
    deliver(staged.engine)
    ((to, subject, _),) = post(staged)
    assert (to, subject) == ("sanne@example.org", "Dank u Bcc: ander@example.org")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"subject": "Hoi"}, "length"),
        ({"subject": "o" * 101}, "length"),
        ({"body": "Te kort."}, "length"),
        ({"body": "Wij. " * 301}, "length"),
        ({"status": "geheim"}, "slot"),
        ({"locale": "tr"}, "slot"),
        ({"locale": "en"}, "dutch_first"),
        ({"body": f"{BODY} Er is geen draagvlak."}, "not_plain"),
    ],
)
def test_a_text_that_cannot_be_is_refused_and_nothing_changes(staged, changes, problem):
    whole = {"status": "received", "locale": "nl", **changes}
    status, locale = whole.pop("status"), whole.pop("locale")
    new = status_text(staged.engine, staged.slug, "received", "nl")
    new = dataclasses.replace(
        new, **{"subject": "Dank u: {titel}", "body": BODY, **whole}, status=status, locale=locale
    )
    with pytest.raises(LetterRefused) as refused:
        set_status_text(staged.engine, staged.slug, new, "kim")
    assert refused.value.details["problem"] == problem
    assert not any(one.own for texts in _all(staged).values() for one in texts)


def _all(staged, slug=None):
    return status_texts(staged.engine, slug or staged.slug)[1]


def test_a_hard_text_is_kept_when_the_official_says_so(staged):
    write(staged, body=f"{BODY} Er is geen draagvlak.", although_hard=True)
    assert status_text(staged.engine, staged.slug, "received", "nl").own


def test_of_two_officials_in_one_text_the_second_is_told(staged):
    first = status_text(staged.engine, staged.slug, "received", "nl")
    write(staged)
    late = dataclasses.replace(first, body="Dit schreef ik eerder dan jij.")
    with pytest.raises(ConcurrentEdit):
        set_status_text(staged.engine, staged.slug, late, "piet")
    with pytest.raises(ConcurrentEdit):
        reset_status_text(staged.engine, staged.slug, late, "piet")
    assert status_text(staged.engine, staged.slug, "received", "nl").body == BODY


def test_with_the_dutch_text_those_in_other_languages_go_too(staged):
    write(staged)
    write(staged, locale="en", body="Your idea ‘{titel}’ is with us now.")
    old = status_text(staged.engine, staged.slug, "received", "nl")
    reset_status_text(staged.engine, staged.slug, old, "kim")
    assert not any(one.own for one in _all(staged)["received"])
    with staged.engine.stores.site.read() as work:
        changed = [e for e in work.log.entries() if e.event.name == "status_text_changed"]
    assert len(changed) == 4


def test_a_round_made_from_another_takes_over_its_texts_once(staged):
    write(staged)
    draft = round_drafts.copy_as_draft(staged.engine, staged.slug, "kim")
    round_drafts.change_draft(staged.engine, draft, "basis", {"slug": "volgende-2028"}, 0, "kim")
    round_drafts.make_round(staged.engine, draft, 1, "kim")
    assert _all(staged, "volgende-2028")["received"][0].body == BODY
    old = status_text(staged.engine, "volgende-2028", "received", "nl")
    reset_status_text(staged.engine, "volgende-2028", old, "kim")
    again = round_drafts.reopen_as_draft(staged.engine, "volgende-2028", "kim")
    round_drafts.change_draft(staged.engine, again, "basis", {"place": "Hengelo"}, 0, "kim")
    round_drafts.make_round(staged.engine, again, 1, "kim")
    assert not _all(staged, "volgende-2028")["received"][0].own


def test_a_round_from_a_file_takes_over_nothing(staged):
    write(staged)
    with staged.engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(staged.slug)).round
    add_round(staged.engine, dataclasses.replace(round_, slug=RoundId("ander-2028")), "kim")
    assert not any(one.own for texts in _all(staged, "ander-2028").values() for one in texts)


def test_a_draft_from_before_this_existed_is_read(staged):
    draft = round_drafts.start_draft(staged.engine, "kim")
    found = round_drafts.one_draft(staged.engine, draft)
    assert found.copied_from == ""
    assert with_values(found.document, {})
