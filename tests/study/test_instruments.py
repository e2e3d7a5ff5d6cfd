"""An instrument is a file: what it may say, and the sentence that refuses the rest."""

import hashlib
from pathlib import Path

import pytest
import yaml

from pb_engine.errors import InvalidInstrument
from pb_engine.study import instrument_of, read_instrument
from pb_engine.study.yaml_text import DEEPEST, LONGEST, read_yaml
from tests.study.instruments import document, item, score, small, text

SHIPPED = sorted((Path(__file__).parents[2] / "pb_engine" / "plugins").glob("*/*.yaml"))


def refused(match, **changed):
    with pytest.raises(InvalidInstrument, match=match):
        instrument_of(document(**changed), "0" * 64)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_instrument_is_read_and_says_where_every_item_comes_from(path):
    content = path.read_bytes()
    made = read_instrument(content)
    assert made.name == path.stem
    assert made.digest == hashlib.sha256(content).hexdigest()
    assert all(len(one.source) > 10 for one in made.questions)
    asked = {name for form in made.waves for name in form.items}
    assert asked == {one.id for one in made.questions}, "an item that no wave asks"


def test_there_are_shipped_instruments():
    assert {"trust_core", "pb_experience"} <= {path.stem for path in SHIPPED}


@pytest.mark.parametrize("wave", ["T0", "T1", "T2", "T3", "N0", "N2", "N3"])
def test_the_first_outcome_is_asked_in_every_wave(wave):
    path = next(one for one in SHIPPED if one.stem == "trust_core")
    assert "trust_municipality" in read_instrument(path.read_bytes()).form(wave).items


def test_no_shipped_item_asks_whether_something_has_changed():
    for path in SHIPPED:
        for one in read_instrument(path.read_bytes()).questions:
            words = one.text.nl.lower()
            assert not any(w in words for w in ("toegenomen", "meer vertrouwen", "veranderd"))


@pytest.mark.parametrize(
    "typed", ["no", "1.10", "012", "12:30", "null", "2027-03-28", "0x1f", "~", ".inf", "1_000"]
)
def test_every_value_stays_the_text_that_was_typed(typed):
    assert read_yaml(f"value: {typed}") == {"value": typed}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a: 1\nb: 2\na: 3", "line 3, column 1: the key 'a' stands here twice"),
        ("a: &x 1\nb: *x", "anchors and aliases"),
        ("a: [*x]", "undefined alias|anchors and aliases"),
        ("a: !!python/object/apply:os.system ['true']", "tags"),
        ("a: !!int 3", "tags"),
        ("? [a, b]\n: c", "a key must be a text"),
        ("a: {", "line"),
        ("a: 1\n---\nb: 2", "single document|line 2"),
        ("a: \x00", "character"),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "levels deep"),
        ("a: " + "x" * LONGEST, "longer than 256 kB"),
    ],
)
def test_what_means_more_than_it_says_is_refused(written, said):
    with pytest.raises(InvalidInstrument, match=said):
        read_yaml(written)


def test_a_thousand_brackets_are_refused_and_do_not_exhaust_the_stack():
    with pytest.raises(InvalidInstrument, match="levels deep"):
        read_yaml("[" * 100_000)


def test_a_merge_key_is_a_key_like_any_other_and_unknown():
    refused("Unknown field", **{"<<": {"a": "1"}})


def test_a_file_in_another_encoding_is_refused():
    with pytest.raises(InvalidInstrument, match="no UTF-8"):
        read_instrument("title: café".encode("latin-1"))


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    content = b"\xef\xbb\xbf" + yaml.safe_dump(document()).encode()
    assert read_instrument(content).name == "small"


@pytest.mark.parametrize("content", [b"", b"- a", b"just words"])
def test_a_file_without_keys_is_refused(content):
    with pytest.raises(InvalidInstrument, match="must hold keys"):
        read_instrument(content)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ({"nl": "Ja"}, "language en is missing"),
        ({"nl": "Ja", "en": "Yes", "no": "Ja"}, "'no' is no language"),
        ({"nl": "Ja", "en": ""}, "en: write a text"),
        ({"nl": " Ja", "en": "Yes"}, "without spaces around it"),
        ({"nl": "<b>Ja</b>", "en": "Yes"}, "may not stand in a text"),
        ({"nl": "{{ 7*7 }}", "en": "Yes"}, "may not stand in a text"),
        ({"nl": "{% raw %}", "en": "Yes"}, "may not stand in a text"),
        ({"nl": "Ja\u202e", "en": "Yes"}, "may not stand in a text"),
        ({"nl": "{secret}", "en": "Yes"}, "may be filled in"),
        ({"nl": "{municipality", "en": "Yes"}, "may be filled in"),
        ({"nl": "municipality}", "en": "Yes"}, "may be filled in"),
        ({"nl": "{municipality.__class__}", "en": "Yes"}, "may be filled in"),
        ({"nl": "a" * 601, "en": "Yes"}, "at most 600"),
        ("Ja", "a text per language"),
    ],
)
def test_a_text_is_plain_and_said_in_dutch_and_english(label, said):
    refused(said, items=[{**item("trust", "ten"), "text": label}])


def test_arabic_is_a_text_like_any_other():
    arabic = {"nl": "Vraag?", "en": "Question?", "ar": "سؤال؟"}
    made = small(
        items=[{**item("trust", "ten"), "text": arabic}],
        scores=[],
        waves=[{"wave": "T1", "pages": [["trust"]]}],
    )
    assert made.questions[0].text.ar == "سؤال؟"


def test_a_language_that_is_promised_must_be_everywhere():
    refused("title: the language tr is missing", languages=["nl", "en", "tr"])
    refused("nl and en belong", languages=["nl"])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"items": [item("trust", "ten"), item("trust", "ten")]}, "item 'trust' stands twice"),
        ({"items": [item("trust", "eleven")]}, "there is no scale 'eleven'"),
        ({"items": [item("Trust", "ten")]}, r"items\[1\].id: use a-z"),
        ({"items": []}, "items"),
        ({"items": [{**item("trust", "ten"), "status": "validated"}]}, r"items\[1\].status"),
        ({"items": [{**item("trust", "ten"), "dont_know": "maybe"}]}, "write yes or no"),
        ({"items": [{**item("trust", "ten"), "colour": "red"}]}, "Unknown field"),
        ({"version": "1.10.2.3"}, "version"),
        ({"waves": [{"wave": "T1", "pages": [["nothing"]]}]}, "there is no item 'nothing'"),
        ({"waves": [{"wave": "T1", "pages": [["trust"], ["trust"]]}]}, "'trust' stands twice"),
        ({"waves": [{"wave": "T1", "pages": [["trust"]]}] * 2}, "wave 'T1' stands twice"),
        ({"waves": [{"wave": "last", "pages": [["trust"]]}]}, "a capital and a digit"),
        ({"scores": [score("x", ["nothing"], least="1")]}, "there is no item 'nothing'"),
        ({"scores": [score("x", ["heard"], least="2")]}, "least is more than its 1 items"),
        ({"scores": [score("x", ["heard"], least="01")]}, "whole number"),
        ({"scores": [score("x", ["heard", "heard"], least="1")]}, "an item stands twice"),
        ({"scores": [score("x", ["heard"], least="1", reverse=["fair"])]}, "turned round"),
        ({"scores": [score("x", ["heard"], least="1", times="1/0")]}, "fraction as 10/4"),
        ({"scores": [score("x", ["heard"], least="1", times="1e3")]}, "fraction as 10/4"),
        ({"scores": [score("x", ["heard"], least="1", values={"1": "0"})]}, "look at '2'"),
    ],
)
def test_what_does_not_fit_together_is_named(changed, said):
    refused(said, **changed)


def test_a_scale_is_options_or_numbers():
    both = {**document()["scales"][0], "options": document()["scales"][1]["options"]}
    refused("either options or numbers", scales=[both])
    refused("either options or numbers", scales=[{"name": "ten"}])


def test_a_code_is_a_text_so_nought_is_an_answer():
    yes_no = [{"code": "0", "label": text("nee")}, {"code": "00", "label": text("ja")}]
    made = small(scales=[*document()["scales"], {"name": "odd", "options": yes_no}])
    assert [one.code for one in made.scales[2].options] == ["0", "00"]
    refused("code '0' stands twice", scales=[{"name": "ten", "options": [yes_no[0]] * 2}])


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"item": "later", "in": ["1"]}, "looks at 'later', not asked before it"),
        ({"item": "more", "in": ["1"]}, "looks at 'more', not asked before it"),
        ({"item": "heard", "in": ["9"]}, "show_if names '9'"),
        ({"item": "heard", "above": "3"}, "knows no 'above'"),
        ({"item": "heard", "in": "4"}, "needs a list"),
        ({"item": "heard", "in": []}, "needs a list"),
        ({"item": "heard", "in": [["4"]]}, "plain codes"),
        ({"item": "heard"}, "one item and one operator"),
        ({"item": "heard", "in": ["1"], "not_in": ["2"]}, "one item and one operator"),
        ({"item": "heard", "answered": "no"}, "write answered: yes"),
        ({"all": {"item": "heard"}}, "needs a list"),
        ("heard == 4", "must say an item"),
        ({"all": [{"all": [{"all": [{"item": "heard", "in": ["1"]}]}]}]}, "deeper than 3"),
    ],
)
def test_a_condition_is_a_fixed_operator_and_never_code(condition, said):
    items = [item("heard", "agree"), item("more", "agree", show_if=condition)]
    forms = [{"wave": "T2", "pages": [["heard"], ["more"]]}]
    refused(said, items=items, scores=[], waves=forms)


def test_a_condition_that_looks_at_a_later_page_is_refused():
    forms = [{"wave": "T2", "pages": [["more"], ["trust"], ["heard", "fair"]]}]
    refused("looks at 'heard', not asked before it", waves=forms)
