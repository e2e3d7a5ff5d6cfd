"""News of a round as a page."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.services.news import news_page
from web.access import anyone
from web.base import engine
from web.resident.showing import show


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register this page."""
    app.add_url_rule("/<slug>/nieuws", "news", news)


@anyone
def news(slug: str) -> ResponseReturnValue:
    """Show the news of a round, the latest first."""
    return show("news.html.j2", news_page(engine(), slug, request.args.get("pagina", 1, int)))
