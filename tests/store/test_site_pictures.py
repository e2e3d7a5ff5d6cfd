"""Pictures in the site store, on both databases."""

import dataclasses
from datetime import timedelta

from pb_engine.store.site import KeptDraft, Picture
from tests.store.examples import NOW, OTHER, SLUG, add_round

FIRST = Picture("p1", SLUG, "draft:t1", 1, "Een bankje", "image/jpeg", 64, 48)
SECOND = dataclasses.replace(FIRST, id="p2", position=2)


def test_pictures_keep_their_order_move_along_hide_and_go(site):
    with site.write() as work:
        add_round(work)
        for picture in (SECOND, FIRST, dataclasses.replace(FIRST, alternative="twee keer")):
            work.pictures.add(picture, b"large\x00", b"small")
        work.commit()
    with site.write() as work:
        assert work.pictures.of(SLUG, "draft:t1") == (FIRST, SECOND)
        assert work.pictures.of(OTHER, "draft:t1") == ()
        assert work.pictures.body(SLUG, "p1", small=False) == ("draft:t1", b"large\x00")
        assert work.pictures.body(SLUG, "p1", small=True) == ("draft:t1", b"small")
        assert work.pictures.body(OTHER, "p1", small=True) is None
        assert work.pictures.remove("idea:i1", "p1") == 0
        assert work.pictures.hand_over("draft:t1", "idea:i1") == 2
        assert work.pictures.hide("idea:i1", hidden=True, only="p2") == 1
        assert work.pictures.hide("idea:i1", hidden=True, only="p2") == 0
        assert work.pictures.body(SLUG, "p2", small=True) is None
        assert [one.id for one in work.pictures.of(SLUG, "idea:i1")] == ["p1"]
        assert [one.hidden for one in work.pictures.of(SLUG, "idea:i1", hidden=True)] == [0, 1]
        assert work.pictures.remove("idea:i1", "p1") == 1


def test_pictures_of_drafts_that_are_gone_go_and_no_others(site):
    with site.write() as work:
        add_round(work)
        for tag, days in (("t1", 0), ("t2", 9)):
            work.idea_drafts.put(KeptDraft(tag, SLUG, {}, NOW + timedelta(days=days)))
        for picture in (FIRST, dataclasses.replace(SECOND, subject="draft:t2")):
            work.pictures.add(picture, b"x", b"x")
        work.pictures.add(dataclasses.replace(FIRST, id="p3", subject="idea:t1"), b"x", b"x")
        assert work.idea_drafts.forget(NOW + timedelta(days=5)) == 1
        assert work.pictures.forget_strays() == 1
        assert work.pictures.of(SLUG, "draft:t1") == ()
        assert len(work.pictures.of(SLUG, "draft:t2") + work.pictures.of(SLUG, "idea:t1")) == 2
