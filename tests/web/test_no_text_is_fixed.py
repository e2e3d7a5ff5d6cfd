"""In an invented language every sentence is marked: what is not, no translator can reach."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from pb_engine.services import pages
from pb_engine.units import LocalText
from tests.web.visitor import Visitor
from web import texts
from web.locale import catalogues, sentences
from web.resident.app import create_resident_app

ACCENTS = str.maketrans("aeiouyAEIOU", "åéîøüýÅÉÎØÜ")
MARKED = re.compile(r"(%\([a-z_]+\)[sd]|\{[a-z_]+\}|%%)")
VOID = frozenset(
    {"meta", "link", "input", "br", "hr", "img", "path", "rect", "use", "col", "circle"}
)
NO_PROSE = frozenset({"script", "style", "code", "bdi", "pre", "datalist"})
SHOWN = ("title", "aria-label", "alt", "placeholder", "aria-description")
WORD = re.compile(r"[^\W\d_]{3,}")


def pseudo(sentence):
    """Return a sentence longer, accented, in brackets; its places stay."""
    parts = MARKED.split(sentence)
    said = "".join(part if MARKED.fullmatch(part) else part.translate(ACCENTS) for part in parts)
    return f"⟦{said}{'~' * (len(sentence) // 3)}⟧"


class Invented:
    """A catalogue of no language: it marks whatever it is asked for."""

    def ugettext(self, sentence):
        return pseudo(sentence)

    def ungettext(self, one, other, number):
        return pseudo(one if number == 1 else other)

    gettext, ngettext = ugettext, ungettext


class Unmarked(HTMLParser):
    """Collects the words of a page that stand outside all brackets."""

    def __init__(self):
        super().__init__()
        self.depth, self.own, self.found = 0, [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in VOID:
            foreign = "lang" in given and tag != "html"
            self.own.append((tag, tag in NO_PROSE or foreign or given.get("class") == "written"))
        for name in SHOWN:
            if name in given and not any(own for _, own in self.own):
                self.look(given[name] or "")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.own.pop()

    def handle_endtag(self, tag):
        if any(open_ == tag for open_, _ in self.own):
            while self.own.pop()[0] != tag:
                pass

    def handle_data(self, text):
        kept = ""
        for sign in text:
            self.depth += (sign == "⟦") - (sign == "⟧")
            kept += sign if self.depth == 0 and sign != "⟧" else ""
        if not any(own for _, own in self.own):
            self.look(kept)

    def look(self, text):
        plain = re.sub(r"⟦.*⟧", "", text, flags=re.DOTALL)
        if WORD.search(plain):
            self.found.append(plain.strip())


@pytest.fixture(scope="module")
def marked():
    """Speak the invented language everywhere, texts of plugins and rounds included."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LocalText, "text", lambda text, _locale: pseudo(text.nl))
        patch.setattr(texts, "format_date", lambda *_, **__: "⟦9⟧")
        patch.setattr(texts, "format_datetime", lambda *_, **__: "⟦9⟧")
        patch.setattr("web.languages.catalogue", lambda _code: Invented())
        yield


class Reader(Visitor):
    """A visitor at a site of their own, which speaks the invented language."""

    def __init__(self, staged):
        super().__init__(staged, "en")
        self.app = create_resident_app(staged.engine)
        self.client = self.app.test_client()
        self.endpoints = set()

    def crawl(self, start, most=120):
        """Return what stands unmarked on each page that can be reached by links."""
        waiting, seen, bad = [start], set(), {}
        while waiting and len(seen) < most:
            path = waiting.pop(0)
            shape = re.sub(r"[?#].*", "", re.sub(r"/i?\d[\w-]*|/[\w-]*-[0-9a-f]{6}", "/#", path))
            if shape in seen:
                continue
            seen.add(shape)
            page = self.get(path)
            if page.headers["content-type"].startswith("text/html"):
                bad.update(self.judge(page))
                links = re.findall(r'<a [^>]*href="(/[^"#]*)', page.html)
                waiting += [link.replace("&amp;", "&") for link in links]
        return bad

    def judge(self, page):
        assert page.status < 500
        self.endpoints.add(urlsplit(page.url).path)
        reader = Unmarked()
        reader.feed(page.html)
        found = [text for text in reader.found if not self.is_given(text)]
        return {page.path: found} if found else {}

    def is_given(self, text):
        """Tell whether a text comes from the round or from a resident as it is."""
        left = re.sub(
            r"\bpb_[a-z]+\b|\b[0-9a-f]{8,}…|\b[\w-]+(\.(csv|zip|json|toml|geojson))+", "", text
        )
        for one in sorted(given_in(self.staged), key=len, reverse=True):
            left = left.replace(one, "")
        return not WORD.search(left)


def given_in(staged):
    round_ = pages.round_page(staged.engine, staged.slug).round
    words = {staged.slug, round_.place, "Anna", "Bankjes", "Moestuin", "Speeltoestel", "AED"}
    words |= {round_.contact.name, round_.contact.email, round_.contact.address}
    words |= {area.name for area in round_.areas.areas}
    for point in round_.voting_points:
        words |= {point.name, point.address}
    return words | {"taal", "WCAG", "JSON", "CSV", "PDF", "pb-engine", "bundle.zip", "SHA"}


@pytest.mark.parametrize("stage", ["ideas", "review", "voting", "published"])
def test_every_page_that_links_lead_to_is_marked(marked, staged, stage):
    found = Reader(staged(stage)).crawl("/")
    assert not found, "\n".join(f"{page}: {fixed}" for page, fixed in found.items())


def test_every_page_of_voting_is_marked(marked, staged):
    reader = Reader(staged("voting"))
    wrong = reader.send(reader.get("~/stemmen"), "code", code="FOUT")
    ballot = reader.enter(reader.staged.codes[0])
    seen = [
        wrong,
        ballot,
        reader.send(ballot, "choices", choices=list(reader.staged.ideas.values())),
    ]
    checked = reader.send(ballot, "choices", choices=reader.ids("AED"))
    seen += [checked, reader.send(checked, "step"), reader.get("~/bewijs"), reader.get("~/stemmen")]
    seen += [reader.get("~/controleren"), reader.get("/nergens"), reader.get("~/stemmen/biljet")]
    found = {path: fixed for page in seen for path, fixed in reader.judge(page).items()}
    assert not found, "\n".join(f"{page}: {fixed}" for page, fixed in found.items())


def test_a_fixed_text_is_noticed():
    page = Unmarked()
    page.feed(
        '<p title="Vast">⟦Gømårkt %(n)s⟧ 12</p><bdi>Eigen</bdi><p lang="nl">Woorden</p>'
        '<svg><path d="M0"/><title>Ook vast</title></svg><p>⟦Eén ⟦twee⟧ drie⟧ los</p><br>Nog'
    )
    assert page.found == ["Vast", "Ook vast", "los", "Nog"]


def test_places_survive_in_the_invented_language():
    for one in sentences.used()[1]:
        for form in (one,) if isinstance(one, str) else one:
            places = catalogues.PLACES.findall(form)
            assert catalogues.PLACES.findall(pseudo(form)) == places
