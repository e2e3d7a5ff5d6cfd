"""One stylesheet, from files that keep to a few rules."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from marshmallow import ValidationError

from pb_engine.domain.accents import require_readable
from tests.builders import a_round, a_round_in
from tests.web.visitor import Visitor
from web import styles

GZIP = {"Accept-Encoding": "gzip"}
WEB = Path(styles.__file__).parent
LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def test_a_page_asks_for_one_stylesheet_and_may_keep_it_for_a_year(voting):
    (address,) = LINK.findall(voting.get("/").html)
    plain, packed = voting.get(address), voting.get(address, **GZIP)
    assert plain.headers["content-type"].startswith("text/css")
    assert "immutable" in plain.headers["cache-control"]
    assert "Accept-Encoding" in plain.headers["vary"]
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert hashlib.sha256(plain.body).hexdigest().startswith(address.split(".")[1])


def test_a_stylesheet_of_another_version_is_answered_and_not_kept(voting):
    answer = voting.get("/static/pb.0123456789abcdef.css")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", styles.PARTS)
def test_a_part_brings_no_colour_and_no_address_of_its_own(name):
    file = styles.STATIC / "parts" / f"{name}.css"
    assert not file.exists() or not styles.complaints_about(file.read_text(encoding="utf-8"))


def test_every_part_that_lies_there_is_joined():
    lying = {file.stem for file in (styles.STATIC / "parts").glob("*.css")}
    assert lying <= set(styles.PARTS)


@pytest.mark.parametrize(
    "rule",
    [
        "a { color: #14508c; }",
        "a { color: #FFF }",
        "a { background: url(//elsewhere.example/x.png); }",
        '@import "other.css";',
        "a { background: image-set( 'x.png' 1x); }",
    ],
)
def test_a_part_with_a_colour_or_an_address_is_found(rule):
    assert styles.complaints_about(rule)


def test_an_anchor_in_a_selector_is_no_colour():
    part = "main :target, #veld-added .x { color: var(--ink); } /* #fff */"
    assert not styles.complaints_about(part)


@pytest.mark.parametrize("part", ["resident", "desk"])
def test_no_page_writes_a_class_name_or_a_style(part):
    pages = [one for one in (WEB / part / "templates").rglob("*.j2") if "macros" not in one.name]
    assert pages
    for page in pages:
        assert not re.search(r"\b(?:class|style)=", page.read_text(encoding="utf-8")), page.name


def test_a_round_has_a_colour_of_its_own_in_a_stylesheet(voting, tmp_path):
    answer = voting.get("/static/accent.0a5c36.css")
    assert answer.body == b":root { --round-accent: #0a5c36; --on-round-accent: #ffffff; }"
    assert "immutable" in answer.headers["cache-control"]
    page = Visitor(a_round_in(tmp_path, "ideas", round_=a_round(accent="#0a5c36"))).get("~/")
    assert '<link rel="stylesheet" href="/static/accent.0a5c36.css">' in page.html
    assert "/static/accent." not in voting.get("~/").html


@pytest.mark.parametrize("colour", ["ffffff", "aaaaaa", "0a5c3", "0a5c36ff", "};body{", "zzzzzz"])
def test_a_colour_on_which_white_cannot_be_read_has_no_stylesheet(voting, colour):
    assert voting.get(f"/static/accent.{colour}.css").status == 404


@pytest.mark.parametrize(
    ("colour", "why"),
    [("#aaaaaa", "2.32 to 1"), ("red", "six hexadecimal"), ("#0A5C36", "six hexadecimal"),
     ("#0a5c36; }", "six hexadecimal")],
)  # fmt: skip
def test_a_round_with_an_unreadable_colour_is_refused(colour, why):
    with pytest.raises(ValidationError, match=why):
        require_readable(colour)
    require_readable("#0a5c36")


ONE_SIDED = re.compile(
    r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|float:|"
    r"[{;\s](?:left|right):|(?:margin|padding):\s*[^\s;]+\s+([^\s;]+)\s+[^\s;]+\s+(?!\1[\s;}])[^\s;]+\s*[;}]"
)


def test_rules_hold_in_a_language_from_right_to_left_too():
    assert not [found[0] for rules in styles.own_rules() for found in ONE_SIDED.finditer(rules)]
    assert ONE_SIDED.search("a { margin-left: 1px }")
    assert ONE_SIDED.search("a { padding: 0 0 1.1rem 2.4rem; }")


MOST_BYTES = 100_000
LOADED = re.compile(
    r'<(?:link(?=[^>]*rel="(?:stylesheet|icon)")|script|img)[^>]*(?:href|src)="([^"]+)"'
)


def test_the_first_page_with_all_it_loads_weighs_at_most_100_kb(voting):
    for path in ("/", "~/", "~/ideeen"):
        page = voting.get(path)
        sheet = voting.get(LINK.findall(page.html)[0])
        inside = [f"/static/{one}" for one in re.findall(r'url\("([^"]+)"\)', sheet.body.decode())]
        loaded = {*LOADED.findall(page.html), *inside}
        assert len(inside) == 3
        assert all(one.startswith("/") and not one.startswith("//") for one in loaded), path
        answers = [page, *(voting.get(one) for one in loaded)]
        assert all(answer.status == 200 for answer in answers)
        weight = sum(len(gzip.compress(answer.body)) for answer in answers)
        assert weight <= MOST_BYTES, f"{path}: {weight}"


def test_nothing_on_a_page_is_loaded_from_elsewhere_and_the_check_would_find_it(voting):
    assert not from_elsewhere(voting.get("~/").html)
    assert from_elsewhere('<link rel="stylesheet" href="https://cdn.example/x.css">')
    assert from_elsewhere('<script src="//cdn.example/x.js"></script>')
    assert from_elsewhere('<img src="http://cdn.example/x.png">')


def from_elsewhere(html):
    return [one for one in LOADED.findall(html) if re.match(r"https?:|//", one)]
