"""What a page says in another language than its own, apart from what residents wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

from web.languages import ENGINE, OWN_NAMES
from web.locale import catalogues

VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "path", "rect", "use", "col"})
SHOWN = ("title", "aria-label", "alt", "placeholder")
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
_NAME = re.compile(r"/i?\d[\w-]*|/[\w-]*-[0-9a-f]{6}|[?#].*")


@cache
def sentences(language: str) -> frozenset[str]:
    """Return what the pages and the engine say in Dutch or English and otherwise here."""
    found: set[str] = set()
    for domain in ("messages", ENGINE):
        english = {one.id: one.string for one in catalogues.read("en", domain=domain)}
        for one in catalogues.read(language, domain=domain):
            own = set(_forms(one.string))
            found |= ({*_forms(one.id), *_forms(english.get(one.id, ""))}) - own
    return frozenset(one for one in found if len(one) > len("Over"))


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.found += [(given[name], self.language) for name in SHOWN if given.get(name)]
        if tag not in VOID:
            self.open.append((tag, given.get("lang") or self.language if tag != "html" else ""))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if not any(tag in {"script", "style"} for tag, _ in self.open):
            self.found.append((" ".join(text.split()), self.language))

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""


def foreign(html: str, language: str) -> list[str]:
    """Return the texts of a page that the house, not a resident, says in another language.

    Residents of the demonstration write Dutch; English is nobody's there.
    """
    texts = _Texts()
    texts.feed(html)
    return [
        text
        for text, marked in texts.found
        if text not in OWN_NAMES.values()
        if text in sentences(language) or (marked == "en" and re.search(r"[a-z]{2}", text))
    ]


def walk(client, language: str, most: int = 120) -> Iterator[tuple[str, str]]:
    """Follow links from the home page; yield one page of each kind with its address."""
    waiting, seen = ["/"], set()
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        kind = _NAME.sub("/#", path)
        if kind in seen:
            continue
        seen.add(kind)
        answer = client.get(path, headers={"Accept-Language": language}, follow_redirects=True)
        if answer.mimetype == "text/html":
            html = answer.get_data(as_text=True)
            yield path, html
            waiting += [link.replace("&amp;", "&") for link in LINK.findall(html)]
