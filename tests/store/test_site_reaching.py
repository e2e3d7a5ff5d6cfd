"""Stories, channel plans, help with ideas and security keys in the site store, on both engines."""

import dataclasses
from datetime import timedelta

from pb_engine.domain.channels import ChannelPlan, ChannelSlot
from pb_engine.domain.stories import Story
from pb_engine.store.site import Picture, SecurityKey
from tests.store.examples import LATER, NOW, SLUG, add_round
from tests.store.test_site_desk import OFFICIAL

TODAY, NINE_DAYS = NOW.date(), timedelta(days=9)
STORY = Story(
    id="s1",
    round=SLUG,
    title="Samen de tuin in",
    happened="Twaalf buren werken in de tuin.",
    quote="Ik ken nu mijn straat.",
    name="Fatma",
    agreed_on=TODAY,
    public=True,
    with_photo=True,
    until=TODAY,
)


def test_a_story_is_kept_whole_and_goes_with_its_photograph_the_day_after_its_consent(site):
    lasting = dataclasses.replace(STORY, id="s2", name="", public=False, until=TODAY + NINE_DAYS)
    with site.write() as work:
        add_round(work)
        for one in (STORY, lasting):
            work.stories.add(one)
            photo = Picture(f"p-{one.id}", SLUG, f"story:{one.id}", 1, "tuin", "image/jpeg", 9, 9)
            work.pictures.add(photo, b"groot", b"klein")
        assert work.stories.get(SLUG, "s1") == STORY
        assert work.stories.count(SLUG) == 2
        assert work.stories.forget(TODAY) == 0
        assert work.stories.forget(TODAY + timedelta(days=1)) == 1
        assert [one.id for one in work.stories.all(SLUG)] == ["s2"]
        assert [one.id for one in work.pictures.of_kind(SLUG, "story")] == ["p-s2"]


def test_a_plan_is_written_only_over_the_version_that_was_seen(site):
    plan = ChannelPlan(SLUG, (ChannelSlot("Ouderen", reached=4, done=True),) + (ChannelSlot(),) * 4)
    with site.write() as work:
        add_round(work)
        assert work.channel_plans.get(SLUG) == ChannelPlan(SLUG)
        assert work.channel_plans.save(plan)
        assert not work.channel_plans.save(plan)
        assert work.channel_plans.get(SLUG) == dataclasses.replace(plan, version=1)
        assert work.channel_plans.save(dataclasses.replace(plan, version=1))
        assert not work.channel_plans.save(dataclasses.replace(plan, version=1))


def test_an_answer_of_a_key_counts_once_and_only_for_its_owner(site):
    with site.write() as work:
        kim = work.officials.add(OFFICIAL).id
        key = SecurityKey("k1", kim, "stick", b"\x00\xff", 0, 1_900_000_000_000, NOW)
        assert work.security_keys.add(key)
        assert not work.security_keys.add(dataclasses.replace(key, name="nog een"))
        assert work.security_keys.of(kim) == (key,)
        later = key.asked_at + 1
        assert not work.security_keys.used(kim + 1, "k1", 0, later, LATER)
        assert work.security_keys.used(kim, "k1", 0, later, LATER)
        assert not work.security_keys.used(kim, "k1", 0, later, LATER)
        assert work.security_keys.used(kim, "k1", 7, later + 1, LATER)
        for count in (7, 6, 0):
            assert not work.security_keys.used(kim, "k1", count, later + 2, LATER)
        (kept,) = work.security_keys.of(kim)
        assert (kept.sign_count, kept.asked_at, kept.used_at) == (7, later + 1, LATER)
        assert not work.security_keys.remove(kim + 1, "k1")
        work.security_keys.remove_all(kim)
        assert work.security_keys.of(kim) == ()
