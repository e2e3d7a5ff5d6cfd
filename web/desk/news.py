"""News of a round at the desk: write it, take it off the pages, put it back."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import news as service
from pb_engine.units import LocalText
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.showing import done, show
from web.forms.desk import NewsForm, read


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/nieuws", "news", news)
    app.add_url_rule("/<slug>/nieuws/schrijven", "add_news", add_news, methods=["POST"])
    app.add_url_rule("/<slug>/nieuws/<item>/<to>", "show_news", show_news, methods=["POST"])


@role("participation_team", "secretary")
def news(slug: str) -> ResponseReturnValue:
    """Show what was told, and the form to tell more."""
    return _news(slug)


def _news(slug: str, **more: Any) -> ResponseReturnValue:
    page = service.news_page(engine(), slug, request.args.get("pagina", 1, int), hidden=True)
    return show("news.html.j2", page=page, round=page.round, **more)


@role("participation_team", "secretary")
def add_news(slug: str) -> ResponseReturnValue:
    """Tell something; it is on the pages at once."""
    values, mistakes = read(NewsForm(), request.form)
    if mistakes:
        return _news(slug, mistakes=mistakes, typed=request.form)
    title = LocalText(values["title_nl"], values["title_en"])
    body = LocalText(values["body_nl"], values["body_en"])
    try:
        service.add_news(engine(), slug, title, body, my_name())
    except EngineError as problem:
        return _news(slug, problem=problem, typed=request.form)
    return done(gettext("Het nieuws staat op de website."), "news", slug=slug)


@role("participation_team", "secretary")
def show_news(slug: str, item: str, to: str) -> ResponseReturnValue:
    """Take a piece of news off the pages, or put it back."""
    if to not in {"tonen", "weghalen"}:
        abort(404)
    shown = to == "tonen"
    if not service.show_news(engine(), slug, item, my_name(), shown=shown):
        abort(404)
    told = (
        gettext("Het nieuws staat weer op de website.")
        if shown
        else gettext("Het nieuws staat niet meer op de website.")
    )
    return done(told, "news", slug=slug)
