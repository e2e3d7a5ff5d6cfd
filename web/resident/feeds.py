"""Files that programs read: Atom feeds (RFC 4287), a calendar (RFC 5545), a sitemap.

The libraries write the formats; addresses come from the settings, never from the request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from xml.etree import ElementTree as ET

from flask import Flask, Response, make_response, request, url_for
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect
from icalendar import Calendar, Event

from pb_engine.services import pages
from pb_engine.services.idea_list import IdeaWishes, list_ideas
from pb_engine.services.news import news_page
from pb_engine.services.site_map import MOST, SiteMap, site_map
from web import texts, words
from web.access import anyone
from web.base import engine
from web.texts import DUTCH_TIME, locale, say

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XML_NEVER = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {
    0xFFFE: None,
    0xFFFF: None,
}
"""What XML 1.0 cannot hold at all."""


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    title: str
    text: str
    at: datetime
    language: str


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these files."""
    app.add_url_rule("/<slug>/nieuws.atom", "news_feed", news_feed)
    app.add_url_rule("/<slug>/ideeen.atom", "ideas_feed", ideas_feed)
    app.add_url_rule("/<slug>/fasen.ics", "phases_file", phases_file)
    app.add_url_rule("/sitemap.xml", "sitemap", sitemap)


@anyone
def news_feed(slug: str) -> Response:
    """Give the latest news as a feed."""
    page = news_page(engine(), slug)
    texts.speak(page.round.languages, page.round.address)
    here = url_for("news", slug=slug)
    entries = [
        _Entry(f"{here}#nieuws-{one.id}", say(one.title), say(one.body), one.at, locale())
        for one in page.items
    ]
    title = gettext("Nieuws van %(round)s", round=say(page.round.name))
    return _feed(title, here, "news_feed", slug, entries)


@anyone
def ideas_feed(slug: str) -> Response:
    """Give the newest ideas as a feed."""
    listing = list_ideas(engine(), slug, IdeaWishes(sort="newest"))
    texts.speak(listing.round.languages, listing.round.address)
    entries = [
        _Entry(
            url_for("idea", slug=slug, idea_id=one.line.id),
            one.line.title,
            one.description,
            datetime.combine(one.line.submitted_on, time(12), DUTCH_TIME),
            one.line.language,
        )
        for one in listing.ideas
    ]
    title = gettext("Nieuwe ideeën voor %(round)s", round=say(listing.round.name))
    return _feed(title, url_for("ideas", slug=slug), "ideas_feed", slug, entries)


@anyone
def phases_file(slug: str) -> Response:
    """Give the days of a round as a calendar that a telephone can take over."""
    page = pages.round_page(engine(), slug)
    texts.speak(page.round.languages, page.round.address)
    calendar = Calendar()
    calendar.add("prodid", "-//pb-engine//rounds//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say(page.round.name))
    for step in page.steps:
        event = Event()
        event.add("uid", f"{step.key}@{slug}.{_host()}")
        # The same bytes for the same days: the moment is that of the last change of phase.
        event.add("dtstamp", page.since.astimezone(UTC))
        event.add("summary", f"{gettext(words.CALENDAR_STEPS[step.key])} – {say(page.round.name)}")
        event.add("dtstart", step.opens)
        event.add("dtend", step.closes + timedelta(days=1))
        event.add("url", _absolute(url_for("round", slug=slug)))
        if page.phase == "cancelled":
            event.add("status", "CANCELLED")
        calendar.add_component(event)
    return _file(calendar.to_ical(), "text/calendar; charset=utf-8")


@anyone
def sitemap() -> Response:
    """Tell search engines which pages there are; none in a demonstration."""
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    paths = () if engine().settings.demo else _public_paths(site_map(engine()))
    for path in islice(paths, MOST):
        _put(ET.SubElement(root, "url"), "loc", _absolute(path))
    return _file(ET.tostring(root, encoding="utf-8", xml_declaration=True), "application/xml")


def _public_paths(found: SiteMap) -> Iterator[str]:
    yield from map(url_for, ("home", "privacy", "cookies", "accessibility", "promises"))
    for slug in found.rounds:
        yield from (url_for(page, slug=slug) for page in ("round", "ideas", "rules", "news"))
        if slug in found.published:
            yield url_for("results", slug=slug)
    for slug, idea in found.ideas:
        yield url_for("idea", slug=slug, idea_id=idea)


def _feed(title: str, page: str, endpoint: str, slug: str, entries: Iterable[_Entry]) -> Response:
    told = sorted(entries, key=lambda one: one.at, reverse=True)
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": locale()})
    here = _absolute(url_for(endpoint, slug=slug))
    newest = told[0].at if told else pages.round_page(engine(), slug).since
    _put(root, "id", here)
    _put(root, "title", title)
    _put(root, "updated", _stamp(newest))
    _put(ET.SubElement(root, "author"), "name", gettext("Gemeente"))
    ET.SubElement(root, "link", {"rel": "self", "href": here, "type": "application/atom+xml"})
    ET.SubElement(root, "link", {"rel": "alternate", "href": _absolute(page)})
    for one in told:
        entry = ET.SubElement(root, "entry", {"xml:lang": one.language})
        _put(entry, "id", _absolute(one.path))
        _put(entry, "title", one.title)
        _put(entry, "updated", _stamp(one.at))
        _put(entry, "summary", one.text)
        ET.SubElement(entry, "link", {"rel": "alternate", "href": _absolute(one.path)})
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return _file(body, "application/atom+xml; charset=utf-8")


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text.translate(_XML_NEVER)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _absolute(path: str) -> str:
    return engine().settings.base_url.rstrip("/") + path


def _host() -> str:
    return engine().settings.base_url.partition("://")[2].partition("/")[0].partition(":")[0]


def _file(body: bytes, media_type: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = media_type
    response.add_etag()
    response.make_conditional(request)
    return response
