"""The daily mail to officials: what waits for them, in numbers, in the morning of working days."""

from datetime import UTC, datetime, timedelta

import pytest

from pb_engine.domain.conversation import Conversation, Moderation
from pb_engine.domain.review_rules import ReviewRules
from pb_engine.services import digest
from pb_engine.services.appeals import ask_again
from pb_engine.services.assessing import NewAssessment, assess_idea, declare_interest
from pb_engine.services.comments import NewComment, write_comment
from pb_engine.services.ideas import submit_idea
from pb_engine.services.moderation import judge_comment
from pb_engine.services.officials import add_official, set_access
from pb_engine.services.review import judge_idea
from tests.builders import a_draft, a_pass, a_round, a_round_in, an_engine, at
from tests.talking import REJECTED, post
from tests.web.desk_visitor import CHAIR, COMMISSION, OFFICER, SECRETARY, TEAM, desk_of

TALK = Conversation(support_minimum=None, comments=Moderation.BEFORE, reply_days=1, appeal_days=7)
# A Thursday: ten past seven in summer time is ten past five.
MORNING = datetime(2027, 4, 1, 5, 10, tzinfo=UTC)


@pytest.fixture
def staged(tmp_path):
    mail = {"folder": str(tmp_path / "mail")}
    engine = an_engine(tmp_path / "pb", notifier="mail_file", notifier_settings=mail)
    return a_round_in(engine, "ideas", round_=a_round(conversation=TALK), codes=1)


def hire(staged, name, *roles):
    return add_official(staged.engine, f"{name}@example.org", name, roles, "$hash", "test")


def mails(staged, moment=MORNING):
    """Let a morning pass, and return its mails by receiver."""
    there = staged.move_to(moment)
    before = {one["Message-ID"] for one in post(there)}
    digest.send_digests(there.engine)
    return {one["To"]: one for one in post(there) if one["Message-ID"] not in before}


def text_to(staged, name, moment=MORNING):
    return mails(staged, moment)[f"{name}@example.org"].get_content()


def test_a_member_hears_how_many_ideas_wait_and_nobody_else_does(staged):
    hire(staged, "robin", COMMISSION)
    hire(staged, "ans", CHAIR)
    hire(staged, "balie", OFFICER)
    found = mails(staged)
    assert set(found) == {"robin@example.org", "ans@example.org"}
    assert "- 4 ideeën wachten op een besluit" in found["robin@example.org"].get_content()
    assert f"/beheer/{staged.slug}/ideeen" in found["robin@example.org"].get_content()


def test_nothing_is_sent_when_nothing_waits(staged):
    hire(staged, "robin", COMMISSION)
    for idea in staged.ideas.values():
        judge_idea(staged.engine, staged.slug, idea, a_pass(1_000_00), 1, "ans")
    assert mails(staged) == {}


def test_one_mail_a_day_however_often_and_by_how_many_it_is_asked_for(staged):
    hire(staged, "robin", COMMISSION)
    there = at(staged.engine, MORNING)
    assert digest.send_digests(there) == 1
    assert digest.send_digests(at(there, MORNING + timedelta(hours=9))) == 0
    with there.stores.site.write() as work:
        work.cursors.set("digest", 0)
        work.commit()
    assert digest.send_digests(there) == 0
    assert digest.send_digests(at(there, MORNING + timedelta(days=1))) == 1


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        # Winter time: seven o'clock is six o'clock of the world.
        (datetime(2027, 3, 25, 5, 59, 59, tzinfo=UTC), 0),
        (datetime(2027, 3, 25, 6, 0, tzinfo=UTC), 1),
        # The first working day of summer time is after Easter Monday: 30 March.
        (datetime(2027, 3, 30, 4, 59, 59, tzinfo=UTC), 0),
        (datetime(2027, 3, 30, 5, 0, tzinfo=UTC), 1),
        # The night in which the clock goes forward, a Sunday; and Easter Monday.
        (datetime(2027, 3, 28, 6, 0, tzinfo=UTC), 0),
        (datetime(2027, 3, 29, 9, 0, tzinfo=UTC), 0),
        # A Saturday, and King's Day.
        (datetime(2027, 4, 3, 9, 0, tzinfo=UTC), 0),
        (datetime(2027, 4, 27, 9, 0, tzinfo=UTC), 0),
        # Whoever starts late catches up within the day, and not in the night after.
        (datetime(2027, 4, 1, 21, 59, tzinfo=UTC), 1),
        (datetime(2027, 4, 1, 22, 1, tzinfo=UTC), 0),
    ],
)
def test_it_goes_from_seven_o_clock_dutch_time_on_working_days(staged, moment, sent):
    hire(staged, "robin", COMMISSION)
    assert digest.send_digests(at(staged.engine, moment)) == sent


def test_who_assessed_an_idea_or_has_an_interest_in_it_hears_no_more_of_it(tmp_path):
    made = a_round_in(tmp_path, "ideas", round_=a_round(review=ReviewRules(assessors=2)))
    robin, ans = hire(made, "robin", COMMISSION), hire(made, "ans", COMMISSION)
    given = NewAssessment("pass", a_pass(1).judgements)
    assess_idea(made.engine, made.slug, made.ideas["AED"], given, 0, "robin")
    why = "Mijn buurman diende dit in."
    declare_interest(made.engine, made.slug, made.ideas["Bankjes"], why, "robin")
    (mine,), (hers,) = (digest.waits_for(made.engine, one) for one in (robin, ans))
    assert (mine.assessments[0], hers.assessments[0]) == (2, 4)


def test_a_request_about_ones_own_judgement_is_for_the_others(staged):
    made = submit_idea(staged.engine, staged.slug, a_draft("Drempels weg"))
    judge_idea(staged.engine, staged.slug, made.idea.id, REJECTED, 1, "robin")
    ask_again(
        staged.engine, staged.slug, made.idea.id, made.idea_code, "Kijk er nog eens goed naar."
    )
    robin, ans = hire(staged, "robin", COMMISSION), hire(staged, "ans", COMMISSION)
    (mine,), (hers,) = (digest.waits_for(staged.engine, one) for one in (robin, ans))
    assert (mine.appeals[0], hers.appeals[0]) == (0, 1)


def test_team_and_secretary_hear_of_comments_and_late_answers(staged):
    hire(staged, "kim", TEAM)
    hire(staged, "sil", SECRETARY)
    said = NewComment("Noor", "Wanneer begint dit? Mijn nummer is 06-12345678.", question=True)
    comment = write_comment(staged.engine, staged.slug, staged.ideas["AED"], said)
    assert "- 1 reactie wacht op een lezer" in text_to(staged, "kim")
    judge_comment(staged.engine, staged.slug, comment.id, None, "kim")
    found = mails(staged, MORNING + timedelta(days=1))
    for name in ("kim", "sil"):
        told = found[f"{name}@example.org"].get_content()
        assert "- 1 vraag wacht op een antwoord, 1 te laat" in told
        assert "06-12345678" not in told


def test_nothing_of_a_resident_stands_in_it(staged):
    hire(staged, "kim", TEAM, COMMISSION)
    submit_idea(staged.engine, staged.slug, a_draft("Het huis van mevrouw Jansen"))
    text = text_to(staged, "kim")
    assert "Jansen" not in text
    assert not any(title in text for title in staged.ideas)


def test_who_turned_it_off_or_is_blocked_or_works_for_another_round_gets_none(staged):
    a_round_in(staged.engine, "draft", round_=a_round(slug="andere-2027"))
    hire(staged, "robin", COMMISSION)
    hire(staged, "ver", f"{COMMISSION}:andere-2027")
    blocked = hire(staged, "weg", COMMISSION)
    set_access(staged.engine, blocked.id, "test", allowed=False)
    desk = desk_of(staged, COMMISSION)
    page = desk.get("/account")
    button = next(one for one in page.forms if (one.action or "").endswith("/dagelijkse-mail"))
    assert "geen dagelijkse mail meer" in desk.send(page, button).text
    assert set(mails(staged)) == {"robin@example.org"}
    page = desk.get("/account")
    button = next(one for one in page.forms if (one.action or "").endswith("/dagelijkse-mail"))
    desk.send(page, button)
    assert set(mails(staged, MORNING + timedelta(days=1))) >= {"kim@example.org"}
