"""Titles in the language of the page, where somebody or a computer translated them.

A page brings the titles that it shows; the templates ask for one where they show it.  The original
stays what counts: on a ballot paper it stands beside the translation.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import g

from pb_engine.services.ballot_projects import BallotProject, SaidTitle, Titles
from web import texts


def bring(titles: Titles) -> None:
    """Keep titles for the page that is about to be shown."""
    g.said_titles = titles


def bring_lines(projects: Iterable[BallotProject]) -> None:
    """Keep the titles of a ballot paper for the page that is about to be shown."""
    bring({line.id: line.titles for line in projects})


def said_title(idea: str) -> SaidTitle | None:
    """Return the title of an idea in the language of the page; ``None`` means: as it is."""
    titles: Titles = g.get("said_titles", {})
    return titles.get(idea, {}).get(texts.locale())
