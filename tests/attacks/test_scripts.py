"""T58, T61: whoever serves the pages could serve another script; none is needed, each is known."""

import hashlib
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import web.shared
from tests.builders import a_round_in
from tests.web.visitor import Visitor
from web.resident import carried

STATIC = Path(web.shared.__path__[0]) / "static"
LOADED = re.compile(r'<(?:script|link)[^>]*(?:src|href)="/static/([^"?]+)\?v=([0-9a-f]+)"')
STYLED = re.compile(r'<link rel="stylesheet" href="(/static/pb\.([0-9a-f]+)\.css)">')
AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
    "curl/8.9.1",
)
TOKENS = re.compile(
    r'name="(?:csrf_token|carry|ticket|seen)" value="[^"]*"|<code[^>]*>[^<]*</code>'
)


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path)


def pages_of(staged, code, agent):
    """Every page from the letter to the receipt, as this browser gets it."""
    visitor = Visitor(staged)
    visitor.client.environ_base["HTTP_USER_AGENT"] = agent
    asked = visitor.get("~/stemmen")
    paper = visitor.send(asked, "code", code=code)
    look = visitor.send(paper, "choices", choices=visitor.ids("AED"))
    done = visitor.send(look, "step")
    assert "Uw stem is binnen" in done.text
    return visitor, (asked, paper, look, done)


def test_every_script_and_style_on_the_way_to_the_box_is_the_one_in_the_package(staged):
    # T58: the address holds the digest, so another file under it shows to whoever looks.
    visitor, pages = pages_of(staged, staged.codes[0], AGENTS[0])
    loaded = {found for page in pages for found in LOADED.findall(page.html)}
    assert {name for name, _ in loaded} >= {"icon.svg", "meter.js"}
    for name, digest in loaded:
        kept = (STATIC / name).read_bytes()
        assert hashlib.sha256(kept).hexdigest().startswith(digest), name
        assert visitor.get(f"/static/{name}?v={digest}").body == kept
    ((address, digest),) = {found for page in pages for found in STYLED.findall(page.html)}
    assert hashlib.sha256(visitor.get(address).body).hexdigest().startswith(digest)
    for page in pages:
        told = re.findall(r"<(?:script|link)\b[^>]*>", page.html)
        fetched = [one for one in told if re.search(r'(?:src|href)="(?!/static/)', one)]
        assert not [one for one in fetched if "stylesheet" in one or one.startswith("<script")]


def test_every_browser_gets_the_same_pages_on_the_way_to_the_box(staged, monkeypatch):
    # T61, as far as our own program goes: nothing in it looks at who asks.  The order of the ballot
    # paper is drawn for every visit, by chance alone; here every visit draws the same one.
    drawn = SimpleNamespace(token_hex=lambda number: "5a" * number)
    monkeypatch.setattr(carried, "secrets", drawn)
    versions = []
    for agent, code in zip(AGENTS, staged.codes, strict=False):
        _, pages = pages_of(staged, code, agent)
        versions.append([TOKENS.sub("", page.html) for page in pages])
    for other in versions[1:]:
        assert other == versions[0]


def test_a_vote_without_any_script_is_a_whole_vote(staged):
    # T58: the visitor here runs none, and the policy lets no script in that is not ours.
    _, pages = pages_of(staged, staged.codes[0], AGENTS[0])
    for page in pages:
        policy = page.headers["content-security-policy"]
        assert "'unsafe-inline'" not in policy
        assert "'unsafe-eval'" not in policy
        assert re.search(r"script-src 'self'|default-src 'none'", policy)
