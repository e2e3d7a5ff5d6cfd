"""What the engine and its plugins say most is translated too; the rest is marked as English."""

import ast
import re
from pathlib import Path

import pytest

import pb_engine
from pb_engine.units import LANGUAGES
from tests.builders import a_round, a_round_in
from tests.web.visitor import Visitor
from web.languages import ENGINE, engine_texts
from web.locale import catalogues

OTHERS = [one for one in LANGUAGES if one not in {"nl", "en"}]


def dutch_of_the_engine():
    """Return every string in the code of the engine; a text in two languages is two of them."""
    return {
        node.value
        for path in Path(pb_engine.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_each_language_translates_the_same_texts_and_the_engine_still_says_them():
    said = {
        language: {one.id: one.string for one in catalogues.read(language, domain=ENGINE) if one.id}
        for language in OTHERS
    }
    (wanted,) = {frozenset(texts) for texts in said.values()}
    assert wanted <= dutch_of_the_engine()
    for language, texts in said.items():
        assert all(texts.values())
        assert {one: engine_texts(language).gettext(one) for one in texts} == texts


@pytest.mark.parametrize("language", OTHERS)
def test_who_votes_with_a_code_reads_no_other_language(tmp_path, language):
    staged = a_round_in(tmp_path, "voting", round_=a_round(languages=LANGUAGES))
    page = Visitor(staged, language).get("~/stemmen")
    assert "voting code" not in page.text
    assert engine_texts(language).gettext("Uw stemcode") in page.text
    marked = re.findall(r'<span lang="en" dir="ltr">([^<]+)</span>', page.html)
    assert all("code" not in one for one in marked)
