"""What the engine and its plugins say to residents is known in every language, reasons too."""

import ast
import random  # noqa: TID251 - invented elections, the same every time
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import pb_engine
from pb_engine.api import BallotFormat, LocalText, Result, TallyRefused
from pb_engine.domain.round_document import read_round, round_document
from pb_engine.pluginhost import load, load_settings
from pb_engine.services.demo_presets import FINISHED, MAIN, read_preset
from pb_engine.study import read_instrument
from pb_engine.testing.builders import an_election
from pb_engine.units import LANGUAGES
from tests.builders import a_round, a_round_in
from tests.web.visitor import Visitor
from web.languages import ENGINE
from web.locale import catalogues
from web.phrasebook import phrasebook

OTHERS = [one for one in LANGUAGES if one not in {"nl", "en"}]
HOME = Path(pb_engine.__file__).parent
RULES = {
    "greedy": ({}, {"skip": False, "per_euro": True}, {"minimum_votes": 3}),
    "equal_shares": ({}, {"completion": "add1_greedy"}, {"comparison": "satisfaction"}),
    "max_welfare": ({}, {"utility": "cost"}),
    "majority_judgement": ({}, {"minimum_grade": 3}),
    "score_totals": ({}, {"minimum_points": 6, "order": "total_per_cost"}),
    "phragmen": ({}, {"ending": "skip"}),
    "maximin_support": ({}, {"ending": "skip"}),
}
VIEWS = ("votes_and_money", "voters_served", "round_story", "money_flow")
SURVEYS = ("trust_core", "pb_experience")
CHECKS = ("voting_code", "code_and_birth_year", "desk", "email_link")
MORE_CHECKS = ("oidc", "yivi", "school_batch", "self_declared")
SPOKEN = [
    *(HOME / "plugins" / name for name in (*RULES, *VIEWS, *SURVEYS, *CHECKS, *MORE_CHECKS)),
    HOME / "api",
    HOME / "tallying" / "fairness",
    HOME / "services" / "identity.py",
]


def known(language):
    """Return the Dutch side of a catalogue: sentences, and patterns one by one."""
    for one in catalogues.read(language, domain=ENGINE):
        if one.id:
            assert catalogues.told(one), one.id
            yield from (one.id,) if isinstance(one.id, str) else one.id


def shapes(node):
    """Return a text in the code as a pattern, with something for each part that is worked out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(shapes(one) for one in node.values)
    return ".*"


def texts_in(path):
    """Return the Dutch side of every text in a file that has no further language of its own."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "LocalText":
            continue
        by_name = {one.arg: one.value for one in node.keywords}
        if not {"de", "tr", "ar", "pl"} <= set(by_name):
            yield node.args[0] if node.args else by_name["nl"]


def instrument_texts(waves=None):
    """Return what shipped instruments say, at all or in some waves, in Dutch."""
    for path in sorted((HOME / "plugins").glob("*/*.yaml")):
        made = read_instrument(path.read_bytes())
        yield made.consent.nl
        for form in made.waves:
            for item in form.items if waves is None or form.wave in waves else ():
                question = made.question(item)
                yield question.text.nl
                yield from (one.label.nl for one in question.scale.options)


def modules(places):
    return [
        one for place in places for one in ([place] if place.is_file() else place.rglob("*.py"))
    ]


def test_each_language_knows_the_same_texts_and_the_engine_still_says_them():
    (wanted,) = {frozenset(known(language)) for language in OTHERS}
    said = {
        shapes(node)
        for path in modules([HOME])
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant | ast.JoinedStr)
    }
    said |= {re.sub(r"\\\{[a-z]+\\\}", ".*", re.escape(text)) for text in instrument_texts()}
    # A text may be put together of parts; one part at least has its longest words.
    whole = [re.compile(one) for one in said if re.search(r"[a-z]{2}", one)]
    for text in wanted:
        if re.search(r"[a-zé]{3}", re.sub(r"\{[a-z_]+\}", "", text)):
            plain = re.sub(r"\{[a-z_]+\}", "1", text)
            assert any(one.search(plain) for one in whole), text


@pytest.mark.parametrize("language", OTHERS)
def test_no_fixed_text_of_the_shipped_plugins_is_left_untranslated(language):
    book, patterns = phrasebook(language), list(known(language))
    missing = [
        node.value
        for path in modules(SPOKEN)
        for node in texts_in(path)
        if isinstance(node, ast.Constant) and re.search(r"[a-z]{2}", node.value)
        if not book.say(node.value) and not any(node.value in one for one in patterns)
    ]
    assert not missing


@pytest.mark.parametrize("language", OTHERS)
def test_what_a_shipped_survey_asks_after_the_ballot_is_said_in_each_language(language):
    book = phrasebook(language)
    places = {"municipality": "de gemeente Enschede", "recipients": "de gemeente", "round": ""}
    asked = {text.format(**places) for text in instrument_texts({"T1"})}
    assert not [one for one in asked if re.search("[a-z]", one) and not book.say(one)]


def ballots(chance, ballot_format, ids):
    few = [
        chance.sample(ids, chance.randint(0, min(3, len(ids)))) for _ in range(chance.randint(0, 9))
    ]
    if ballot_format is BallotFormat.APPROVAL:
        return few
    return [{one: chance.randint(1, 5) for one in some} for some in few]


def counts(chance):
    """Count invented elections by every rule; return each with its explanations."""
    for ballot_format in (BallotFormat.APPROVAL, BallotFormat.SCORE) * 12:
        prices = (0, 100_00, 200_00, 333_33, 700_00)
        costs = {f"p{at}": chance.choice(prices) for at in range(chance.randint(1, 14))}
        given = ballots(chance, ballot_format, list(costs))
        budget = chance.choice((300_00, 1000_00))
        election = an_election(costs, budget, given, ballot_format=ballot_format)
        done = []
        for name, variants in RULES.items():
            method = load([name]).voting_methods[name]
            for chosen in variants:
                settings = load_settings(method, chosen)
                try:
                    outcome = method.tally(election, settings)
                except TallyRefused:
                    continue
                done.append((method, outcome, method.explain(election, outcome, settings)))
        yield election, done


def local_texts(value):
    if isinstance(value, LocalText):
        if not all(value.own(language) for language in OTHERS):
            yield value
    elif is_dataclass(value):
        yield from (one for part in fields(value) for one in local_texts(getattr(value, part.name)))
    elif isinstance(value, tuple | list):
        yield from (one for part in value for one in local_texts(part))


@pytest.fixture(scope="module")
def spoken():
    """Return the Dutch side of all that rules and views say about invented elections."""
    said = set()
    for election, done in counts(random.Random(4)):
        said |= {one.nl for *_, told in done for why in told.values() for one in local_texts(why)}
        _, outcome, told = done[0]
        compared = tuple((one.card.label, other) for one, other, _ in done[1:3])
        for name in VIEWS:
            view = load([name]).result_views[name]
            result = Result(election, outcome, compared, told)
            figures = view.figures(result, load_settings(view, {}))
            said |= {one.nl for one in local_texts(figures) if not one.nl.startswith("Title")}
    return said


@pytest.mark.parametrize("language", OTHERS)
def test_every_reason_and_every_figure_is_said_in_each_language(spoken, language):
    assert len(spoken) > 500
    assert not [one for one in spoken if phrasebook(language).say(one) is None]


def test_a_text_that_is_not_wholly_known_is_not_said_at_all():
    book = phrasebook("tr")
    assert book.say("Dit idee krijgt geen geld: niemand stemde erop. Dat is jammer.") is None
    assert book.say("Het kwam veel tekort.") is None
    assert book.say("a " * 5000) is None


def test_titles_stay_as_they_are_and_keep_their_order_in_arabic():
    dutch = "‘Bank {cost} (€ 5)’ gaat door en ze kunnen niet allebei."
    assert "‘Bank {cost} (€ 5)’" in phrasebook("de").say(dutch)
    assert "\u2068Bank {cost} (€ 5)\u2069" in phrasebook("ar").say(dutch)


def test_numbers_and_amounts_are_written_as_the_language_does():
    said = "Toen het aan de beurt was, was er € 1.250,50 over. Het idee kost € 6.400."
    assert "1250,50" in phrasebook("pl").say(said).replace("\u00a0", "")
    assert "€6.400" in phrasebook("tr").say(said)
    assert phrasebook("pl").say("22 stemmen") == "22 głosy"
    assert phrasebook("ar").say("2 stemmen") == "صوتين"


@pytest.mark.parametrize("language", OTHERS)
def test_who_votes_with_a_code_reads_no_other_language(tmp_path, language):
    staged = a_round_in(tmp_path, "voting", round_=a_round(languages=LANGUAGES))
    page = Visitor(staged, language).get("~/stemmen")
    assert "voting code" not in page.text
    assert phrasebook(language).say("Uw stemcode") in page.text
    marked = re.findall(r'<span lang="en" dir="ltr">([^<]+)</span>', page.html)
    assert all("code" not in one for one in marked)


@pytest.mark.parametrize("slug", [MAIN, FINISHED])
def test_the_rounds_that_are_shipped_speak_every_language_and_keep_it_when_read_back(slug):
    round_ = read_preset(slug).round
    document = round_document(round_)
    assert read_round(document, "back.toml") == round_
    texts = list(every_text(document))
    assert len(texts) > 30
    assert not [one for one in texts if not set(LANGUAGES) <= one.keys()]


def test_a_round_in_two_languages_keeps_the_digest_that_it_had():
    named = a_round().name
    assert round_document(a_round())["name"] == {"nl": named.nl, "en": named.en}


def every_text(value):
    if isinstance(value, dict):
        if "nl" in value:
            yield value
        yield from (one for part in value.values() for one in every_text(part))
    elif isinstance(value, list):
        yield from (one for part in value for one in every_text(part))
