"""News of a round: officials write it, everybody reads it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import NotReady
from pb_engine.store.site import NewsItem
from pb_engine.units import LocalText, RoundId

__all__ = ["LONGEST_BODY", "LONGEST_TITLE", "NewsItem", "NewsPage", "add_news", "latest_news"]

LONGEST_TITLE = 120
LONGEST_BODY = 4000
PER_PAGE = 20
MOST = 500
"""Pieces of news in one round."""


@dataclass(frozen=True, slots=True)
class NewsPage:
    """A page of the news of a round, the latest first."""

    round: Round
    phase: Phase
    items: tuple[NewsItem, ...]
    page: int
    more: bool


def news_page(engine: Engine, slug: str, page: int = 1, *, hidden: bool = False) -> NewsPage:
    """Return a page of the news of a round.

    :param page: counts from 1.
    :param hidden: also what was taken off the pages.
    :raises UnknownRound: no round has this slug.
    """
    wished = min(max(page, 1), MOST // PER_PAGE)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        found = work.news.latest(
            RoundId(slug), PER_PAGE + 1, skip=(wished - 1) * PER_PAGE, hidden=hidden
        )
    return NewsPage(stored.round, stored.phase, found[:PER_PAGE], wished, len(found) > PER_PAGE)


def latest_news(engine: Engine, slug: str, most: int = 3) -> tuple[NewsItem, ...]:
    """Return the latest news of a round."""
    with engine.stores.site.read() as work:
        return work.news.latest(RoundId(slug), most)


def add_news(engine: Engine, slug: str, title: LocalText, body: LocalText, by: str) -> NewsItem:
    """Tell something; where English is missing, readers of English get the Dutch.

    :raises UnknownRound: no round has this slug.
    :raises NotReady: ``problem`` is ``news_empty`` (no Dutch title or text), ``news_long`` or
        ``news_many`` (a round has 500 pieces at most).
    """
    title, body = (_filled(text) for text in (title, body))
    if not title.nl or not body.nl:
        raise NotReady("news needs a title and a text in Dutch", problem="news_empty")
    if any(len(one) > LONGEST_TITLE for one in (title.nl, title.en)) or any(
        len(one) > LONGEST_BODY for one in (body.nl, body.en)
    ):
        raise NotReady(
            f"a title has at most {LONGEST_TITLE} characters, a text {LONGEST_BODY}",
            problem="news_long",
        )
    item = NewsItem(secrets.token_hex(8), RoundId(slug), title, body, engine.clock(), shown=True)
    with engine.stores.site.write() as work:
        work.rounds.get(RoundId(slug))
        if work.news.count(RoundId(slug)) >= MOST:
            raise NotReady(f"a round has at most {MOST} pieces of news", problem="news_many")
        work.news.add(item)
        work.log.append(Event("news_added", item.round, by, {"news": item.id}), engine.clock())
        work.commit()
    return item


def show_news(engine: Engine, slug: str, news: str, by: str, *, shown: bool) -> bool:
    """Put a piece of news on the pages, or take it off; tell whether the round has such a piece."""
    with engine.stores.site.write() as work:
        if not work.news.holds(RoundId(slug), news):
            return False
        changed = work.news.show(RoundId(slug), news, shown=shown)
        if changed:
            name = "news_shown" if shown else "news_hidden"
            work.log.append(Event(name, RoundId(slug), by, {"news": news}), engine.clock())
        work.commit()
    return True


def _filled(text: LocalText) -> LocalText:
    dutch = tidy(text.nl)
    return LocalText(dutch, tidy(text.en) or dutch)
