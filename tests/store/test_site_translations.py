"""Translations of ideas, on both kinds of database."""

from dataclasses import replace

from pb_engine.store.site.translations import Translation

TITLE = Translation("i-1", "title", "en", "Benches", "human", "a" * 64)


def test_a_field_has_one_translation_in_a_language(site):
    with site.write() as work:
        work.translations.put(TITLE)
        work.translations.put(replace(TITLE, body="Seats", origin="machine"))
        work.translations.put(replace(TITLE, locale="ar", body="مقاعد"))
        work.translations.put(replace(TITLE, field="description", body="Four."))
        work.translations.put(replace(TITLE, subject="i-2"))
        work.commit()
    with site.read() as work:
        assert [one.body for one in work.translations.of("i-1", "en")] == ["Four.", "Seats"]
        assert work.translations.of("i-1", "ar") == (replace(TITLE, locale="ar", body="مقاعد"),)
        assert not work.translations.of("i-3", "en")


def test_a_translation_can_be_taken_away(site):
    with site.write() as work:
        work.translations.put(TITLE)
        work.translations.remove("i-1", "title", "en")
        work.translations.remove("i-1", "title", "en")
        assert not work.translations.of("i-1", "en")
        work.commit()
