"""Letters to residents are whole in every language, and go out in that of the idea."""

import re
from collections.abc import Mapping

import pytest

from pb_engine.domain.ideas import Submitter
from pb_engine.plugins.email_link import letters
from pb_engine.services import (
    follow_words,
    mail_texts,
    mail_words,
    result_sheet_words,
    result_words,
    split_words,
)
from pb_engine.services.ideas import submit_idea
from pb_engine.services.outbox import deliver
from pb_engine.units import LANGUAGES, LocalText
from tests.builders import a_draft, a_round, a_round_in
from tests.services.test_ideas_and_review import letters as post

PLACES = re.compile(r"\{[a-z_]+\}")


def texts(value):
    if isinstance(value, LocalText):
        yield value
    elif isinstance(value, tuple):
        yield from (one for part in value for one in texts(part))
    elif isinstance(value, Mapping):
        yield from texts(tuple(value.values()))


def all_texts():
    modules = (mail_words, follow_words, result_sheet_words, result_words, split_words)
    found = [one for module in modules for value in vars(module).values() for one in texts(value)]
    return [*found, letters.SUBJECT, letters.BODY]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_in_every_language_and_fills_the_same_places(language):
    assert len(all_texts()) > 20
    for text in all_texts():
        assert set(PLACES.findall(text.own(language))) == set(PLACES.findall(text.nl)), text.nl


@pytest.mark.parametrize(("offered", "subject"), [(LANGUAGES, "Fikriniz"), (("nl",), "Uw idee")])
def test_who_writes_an_idea_in_turkish_gets_letters_in_turkish_where_the_round_speaks_it(
    tmp_path, offered, subject
):
    staged = a_round_in(tmp_path, "ideas", round_=a_round(languages=offered))
    person = Submitter("Ayşe", "ayse@example.org")
    draft = a_draft("Komşu bahçesi", submitter=person, language="tr")
    submit_idea(staged.engine, staged.slug, draft)
    deliver(staged.engine)
    ((_, about, body),) = post(staged)
    assert about.startswith(subject)
    assert "‘Komşu bahçesi’" in body
    assert "{" not in body


def test_a_plugin_that_speaks_two_languages_has_its_letter_in_english():
    body = LocalText("Open {link}", "Open this: {link}").filled(link="https://example.org/{x}")
    assert body.text("tr") == "Open this: https://example.org/{x}"
    whole = mail_texts.closed(a_round(), body)
    assert whole.text("tr").startswith("Open this: https://example.org/{x}\n\nSorunuz mu var?")
    assert body.text("fy") == "Open https://example.org/{x}"
