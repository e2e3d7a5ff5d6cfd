"""Every Dutch sentence that a resident can meet is short and plain (B1), and speaks u or je."""

import re
import statistics
from functools import cache

import pytest
import textstat

from pb_engine.domain.plain_dutch import OFFICE_WORDS, doubts
from tests.builders import a_round, a_round_in
from tests.services.test_mail_words import all_texts
from tests.web.visitor import Visitor
from web.address import informal
from web.languages import ENGINE
from web.locale import catalogues, sentences
from web.locale.informal import informal_catalogue

MOST_WORDS_ON_AVERAGE = 12
MOST_WORDS_IN_A_SENTENCE = 15
MOST_WORDS_IN_A_REASON = 20
# The question of a study, worded as it is studied; and half a sentence.
NOT_OURS = {
    "Hoe eerlijk vindt u de manier waarop in deze ronde gekozen wordt welke plannen geld krijgen?",
    "de telling stopte bij een idee dat eerder aan de beurt was en niet meer paste.",
}
LEAST_SCORE = 40
LEAST_SCORE_OF_ALL = 80
# Shorter ones have too few syllables to score: one long word decides.
SCORED_FROM = 8
FORBIDDEN = sorted(OFFICE_WORDS)
_PLACE = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")
_END = re.compile(r"(?<=[.!?:;])\s+|\n")
_WORD = re.compile(r"[\w’'.@/-]*\w")


@cache
def residents():
    return frozenset(sentences.used()[1])


@cache
def texts():
    """Return every Dutch text of the resident's side, places filled with a short word.

    Letters and what plugins say are among them; a reason in a result may take more words.
    """
    said = [*residents(), *(one for one in of_plugins() if one not in NOT_OURS and not reason(one))]
    forms = {form for one in said for form in ((one,) if isinstance(one, str) else one)}
    forms |= {one.nl for one in all_texts()}
    return {_PLACE.sub("dit", form): form for form in sorted(forms)}


def of_plugins():
    return [one.id for one in catalogues.read("de", domain=ENGINE) if one.id]


def reason(text):
    """Tell whether a text has amounts or titles in it: it says all of them in one breath."""
    return bool(_PLACE.search(text if isinstance(text, str) else text[-1]))


def lengths(text):
    return [len(_WORD.findall(part)) for part in _END.split(text) if _WORD.search(part)]


def too_long(text):
    found = lengths(text)
    return bool(found) and (
        max(found) > MOST_WORDS_IN_A_SENTENCE
        or (len(found) > 1 and statistics.mean(found) > MOST_WORDS_ON_AVERAGE)
    )


def score(text):
    textstat.set_lang("nl")
    return textstat.flesch_reading_ease(text)


def hard(text):
    return score(text) < LEAST_SCORE


def is_prose(text):
    return text.endswith((".", "?", "!")) and sum(lengths(text)) >= SCORED_FROM


def forbidden(text):
    return [
        word
        for word in FORBIDDEN
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    ]


def test_sentences_are_short():
    long = [form for text, form in texts().items() if too_long(text)]
    assert not long, f"Cut these into sentences of 12 words, at most 15: {long}"


def test_reasons_of_a_result_are_short_too():
    forms = [one if isinstance(one, str) else one[-1] for one in of_plugins() if reason(one)]
    long = [
        one
        for one in forms
        if max(lengths(_PLACE.sub("dit", one)), default=0) > MOST_WORDS_IN_A_REASON
    ]
    assert not long, f"Say it in at most {MOST_WORDS_IN_A_REASON} words: {long}"


def test_sentences_are_short_on_average(record_property):
    found = [count for text in texts() for count in lengths(text) if text.endswith((".", "?", "!"))]
    mean = statistics.mean(found)
    record_property("words_per_sentence", round(mean, 2))
    assert mean <= MOST_WORDS_ON_AVERAGE


def test_texts_score_as_plain(record_property):
    prose = [text for text in texts() if is_prose(text)]
    scores = {text: score(text) for text in prose}
    hard = {text: round(value) for text, value in scores.items() if value < LEAST_SCORE}
    assert not hard, f"Use shorter words (Flesch-Douma of at least {LEAST_SCORE}): {hard}"
    overall = score(" ".join(prose))
    record_property("flesch_douma", round(overall, 1))
    assert overall >= LEAST_SCORE_OF_ALL


def test_no_text_uses_the_words_of_an_office():
    found = {form: words for text, form in texts().items() if (words := forbidden(text))}
    assert not found, f"Say it in plain words: {found}"


def test_what_officials_write_is_held_to_no_more_than_our_own_texts():
    doubted = {text: found for text in texts() if is_prose(text) and (found := doubts(text))}
    assert not doubted


@pytest.mark.parametrize(
    ("check", "bad"),
    [
        (too_long, "Deze zin gaat door en houdt niet op want er is hier geen punt te zien."),
        (too_long, "Eén twee drie vier vijf zes zeven acht negen tien elf twaalf dertien. " * 2),
        (forbidden, "Uw sessie is verlopen."),
        (forbidden, "Bel ons m.b.t. uw idee."),
        (hard, "Belanghebbenden legitimeren identiteitsgegevens voorafgaand aan participatie."),
    ],
)  # fmt: skip
def test_each_check_bites(check, bad):
    assert check(bad.strip())


FORMAL = re.compile(r"\b[Uu](w|zelf)?\b")


def test_je_is_said_in_every_sentence_that_said_u():
    made = informal_catalogue(residents())
    kept = {repr(one.id): repr(one.string) for one in catalogues.read("nl@je") if one.id}
    assert kept == {repr(one.id): repr(one.string) for one in made if one.id}
    for message in made:
        if not message.id:
            continue
        said = message.string if isinstance(message.string, str) else " ".join(message.string)
        assert not FORMAL.search(said), said
        assert not re.search(r"\b[Jj]e heeft\b", said), said
        assert not catalogues.lost_places(message), said
    formal = [one for one in residents() if FORMAL.search(str(one))]
    assert len(formal) == sum(1 for one in made if one.id)


@pytest.mark.parametrize(
    ("formal", "plain"),
    [
        ("Kunt u uw code niet vinden?", "Kun je je code niet vinden?"),
        ("U heeft al gestemd.", "Je hebt al gestemd."),
        ("Tot u heeft gestemd, of stopt.", "Tot je hebt gestemd, of stopt."),
        ("Klopt dat volgens u niet?", "Klopt dat volgens jou niet?"),
        ("Is die keuze niet van u?", "Is die keuze niet van jou?"),
        ("Niemand dwingt u", "Niemand dwingt je"),
        ("Houd de code voor uzelf.", "Houd de code voor jezelf."),
        ("Hoe laat u zien dat u mag stemmen?", "Hoe laat je zien dat je mag stemmen?"),
        ("Stopt u? Dan weet u dat.", "Stop je? Dan weet je dat."),
        ("Wat u koos, en wat bij u past.", "Wat je koos, en wat bij jou past."),
        ("Dit idee krijgt geld.", "Dit idee krijgt geld."),
    ],
)
def test_je_bends_the_verb(formal, plain):
    assert informal(formal) == plain


def test_a_round_says_u_or_je(tmp_path):
    staged = a_round_in(tmp_path, "voting", round_=a_round(address="je"))
    page = Visitor(staged).get("~/stemmen")
    assert "je brief" in page.text
    assert '<html lang="nl">' in page.html
    assert not FORMAL.search(page.text.replace("Wijkbudget", ""))
    assert "vote" in Visitor(staged, "en").get("~/stemmen").text
