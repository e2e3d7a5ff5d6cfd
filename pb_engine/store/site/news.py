"""News of rounds: what officials tell residents along the way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from pb_engine.store.site.front_tables import NEWS
from pb_engine.store.unit import Line, Unit
from pb_engine.units import LocalText, RoundId

_C = NEWS.c


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A piece of news.

    :ivar id: random.
    :ivar body: plain text; an empty line begins another paragraph.
    :ivar shown: ``False`` once it was taken off the pages; the row stays.
    """

    id: str
    round: RoundId
    title: LocalText
    body: LocalText
    at: datetime
    shown: bool


class News:
    """The news of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, item: NewsItem) -> None:
        """Keep a piece of news.

        :raises StoreProblem: no round has this slug.
        """
        row = {
            "id": item.id,
            "round": item.round,
            "title": _written(item.title),
            "body": _written(item.body),
            "at": item.at,
            "shown": item.shown,
        }
        self._unit.add(NEWS, row)

    def latest(
        self, slug: RoundId, most: int, *, skip: int = 0, hidden: bool = False
    ) -> tuple[NewsItem, ...]:
        """Return the news of a round, the latest first.

        :param hidden: also what was taken off the pages.
        """
        query = select(NEWS).where(_C.round == slug)
        if not hidden:
            query = query.where(_C.shown == (not hidden))
        query = query.order_by(_C.at.desc(), _C.id).limit(most).offset(skip)
        return tuple(map(_item, self._unit.rows(query)))

    def count(self, slug: RoundId) -> int:
        """Count the news of a round, hidden ones too."""
        return self._unit.number(select(func.count()).where(_C.round == slug))

    def holds(self, slug: RoundId, news: str) -> bool:
        """Tell whether a round has this piece of news, shown or not."""
        mine = (_C.round == slug) & (_C.id == news)
        return self._unit.number(select(func.count()).where(mine)) == 1

    def show(self, slug: RoundId, news: str, *, shown: bool) -> bool:
        """Put a piece of news on the pages or take it off; tell whether that changed anything."""
        mine = (_C.round == slug) & (_C.id == news) & (_C.shown != shown)
        return self._unit.change(update(NEWS).where(mine).values(shown=shown)) == 1


def _written(text: LocalText) -> str:
    return json.dumps({"nl": text.nl, "en": text.en}, ensure_ascii=False)


def _item(row: Line) -> NewsItem:
    title, body = (LocalText(**json.loads(text)) for text in (row.title, row.body))
    return NewsItem(row.id, row.round, title, body, row.at, row.shown)
