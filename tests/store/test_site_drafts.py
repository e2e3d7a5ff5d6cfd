"""Drafts of ideas in the site store, on both databases."""

import dataclasses
from datetime import timedelta

import pytest

from pb_engine.errors import StoreProblem
from pb_engine.store.site import KeptDraft
from tests.store.examples import NOW, OTHER, SLUG, add_round

DRAFT = KeptDraft("t1", SLUG, {"title": "Tuin\x00 🌳\ud800"}, NOW)


def test_a_draft_is_replaced_found_and_forgotten_in_time(site):
    later = dataclasses.replace(DRAFT, tag="t2", saved_at=NOW + timedelta(days=1), idea="i1")
    with site.write() as work:
        add_round(work)
        for draft in (dataclasses.replace(DRAFT, values={}), later, DRAFT):
            work.idea_drafts.put(draft)
        work.commit()
    with site.write() as work:
        assert work.idea_drafts.in_turn("t1") == DRAFT
        assert work.idea_drafts.find("t2") == later
        assert work.idea_drafts.find("t3") is None
        assert work.idea_drafts.forget(NOW) == 0
        assert work.idea_drafts.forget(NOW + timedelta(days=1)) == 1
        assert work.idea_drafts.find("t1") is None
        with pytest.raises(StoreProblem):
            work.idea_drafts.put(dataclasses.replace(DRAFT, round=OTHER))
