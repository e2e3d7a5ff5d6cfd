"""Support, comments, follows and appeals, on both kinds of database."""

from dataclasses import replace
from datetime import date

import pytest

from pb_engine.domain.conversation import AppealState, CommentState, Stance
from pb_engine.errors import UnknownIdea
from pb_engine.store.site import Appeal, Comment, Follow
from pb_engine.units import IdeaId
from tests.store.examples import LATER, NOW, OTHER, SLUG, add_round, an_idea

IDEA = an_idea().id
QUESTION = Comment(
    "q", IDEA, "Noor", "Wanneer?", CommentState.SHOWN, NOW, reply_due=date(2027, 3, 8)
)


@pytest.fixture
def filled(site):
    with site.write() as work:
        add_round(work)
        add_round(work, OTHER)
        work.ideas.add(an_idea(1), "tag-1")
        work.ideas.add(an_idea(1, OTHER, taken_from=IDEA), "tag-2")
        work.ideas.add(an_idea(2, merged_into=IDEA), "tag-3")
        work.commit()
    return site


def test_an_idea_knows_its_kin_in_every_round(filled):
    with filled.read() as work:
        assert {one.id for one in work.ideas.kin(an_idea())} == {f"{OTHER}-1", f"{SLUG}-2"}
        (old,) = work.ideas.kin(work.ideas.find(IdeaId(f"{OTHER}-1")))
        assert old.id == IDEA
        with pytest.raises(UnknownIdea):
            work.ideas.find(IdeaId("niets"))


def test_one_supporter_counts_once_and_the_last_stance_counts(filled):
    with filled.write() as work:
        work.supports.put(IDEA, "a", Stance.AGAINST)
        work.supports.put(IDEA, "a", Stance.FOR)
        work.supports.put(IDEA, "b", Stance.FOR)
        assert work.supports.of(IDEA, "a") is Stance.FOR
        assert work.supports.of(IDEA, "c") is None
        assert work.supports.counts(IDEA) == {
            Stance.FOR: 2,
            Stance.AGAINST: 0,
            Stance.NO_OPINION: 0,
        }


def test_questions_are_listed_until_they_are_answered_or_hidden(filled):
    answer = replace(QUESTION, id="a", answers="q", official=True, reply_due=None, written_at=LATER)
    with filled.write() as work:
        work.comments.add(QUESTION)
        work.comments.add(replace(QUESTION, id="w", state=CommentState.WAITING, reply_due=None))
        assert work.comments.get(SLUG, "q") == replace(QUESTION, written_at=NOW)
        assert [one.id for one in work.comments.questions(SLUG, limit=9)] == ["q"]
        assert [one.id for one in work.comments.waiting(SLUG, limit=9)] == ["w"]
        assert work.comments.waiting(OTHER, limit=9) == ()
        work.comments.add(answer)
        assert work.comments.questions(SLUG, limit=9) == ()
        assert [one.id for one in work.comments.of_idea(IDEA, limit=9)] == ["q"]
        assert [one.id for one in work.comments.answers(("q",))] == ["a"]
        assert work.comments.number(IDEA) == 1
        work.comments.judge("q", CommentState.HIDDEN, "topic")
        assert work.comments.get(SLUG, "q").reason == "topic"
        assert [one.id for one in work.comments.newest(SLUG, limit=9)] == ["q"]
        with pytest.raises(UnknownIdea):
            work.comments.get(OTHER, "q")


def test_an_address_follows_once_and_is_gone_when_it_stops(filled):
    follow = Follow("f", f"idea:{IDEA}", "a@example.org", "key", "nl")
    with filled.write() as work:
        assert work.follows.add(follow)
        assert not work.follows.add(replace(follow, id="g"))
        assert work.follows.of(f"idea:{IDEA}") == (follow,)
        work.follows.end("f")
        assert work.follows.get("f") is None
        work.follows.add(follow)
        assert work.follows.forget(OTHER) == 0
        assert work.follows.forget(SLUG) == 1


def test_an_appeal_is_decided_once(filled):
    appeal = Appeal("h", IDEA, "Kijk nog eens.", date(2027, 4, 20))
    decided = replace(
        appeal,
        state=AppealState.UPHELD,
        answer="Dat klopt.",
        answered_by="kim",
        answered_on=date(2027, 4, 21),
    )
    with filled.write() as work:
        work.appeals.queue(IDEA)
        work.appeals.add(appeal)
        assert work.appeals.of_idea(IDEA) == (appeal,)
        assert work.appeals.decide(decided)
        assert not work.appeals.decide(replace(decided, state=AppealState.DISMISSED))
        assert work.appeals.of_round(SLUG) == (decided,)
        with pytest.raises(UnknownIdea):
            work.appeals.get(OTHER, "h")
