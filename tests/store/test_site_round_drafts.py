"""Rounds that are being written, and comments on rules, on both databases."""

import dataclasses
from datetime import timedelta

import pytest

from pb_engine.errors import StoreProblem, UnknownRound
from pb_engine.store.site import RoundDraft, RuleComment
from tests.store.examples import NOW, OTHER, SLUG, add_round

DRAFT = RoundDraft(
    "d1", {"name": {"nl": "Wijk 🌳"}, "fund": {"budget_cents": 5}}, {"plan": 2}, "kim", NOW
)


def test_a_draft_is_kept_replaced_and_removed(site):
    later = dataclasses.replace(DRAFT, edited_by="sam", edited_at=NOW + timedelta(hours=1))
    other = dataclasses.replace(DRAFT, id="d2")
    with site.write() as work:
        for draft in (DRAFT, other, later):
            work.round_drafts.put(draft)
        work.commit()
    with site.write() as work:
        assert work.round_drafts.all() == (later, other)
        assert work.round_drafts.in_turn("d1") == later
        assert work.round_drafts.remove("d1")
        assert not work.round_drafts.remove("d1")
        with pytest.raises(UnknownRound):
            work.round_drafts.get("d1")


def test_comments_on_rules_stay_with_their_round(site):
    said = RuleComment("c1", SLUG, "Drie stemmen is te weinig. \u0629", NOW.date())
    with site.write() as work:
        add_round(work)
        work.rule_comments.add(said)
        work.commit()
    with site.write() as work:
        assert work.rule_comments.all(SLUG) == (said,)
        assert (work.rule_comments.number(SLUG), work.rule_comments.number(OTHER)) == (1, 0)
        with pytest.raises(StoreProblem):
            work.rule_comments.add(dataclasses.replace(said, id="c2", round=OTHER))
