"""The pages that everybody reads: the rounds, one round and its rules."""

from __future__ import annotations

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import UnknownRound
from pb_engine.services import pages, rounds, trustees
from pb_engine.services.news import latest_news
from pb_engine.services.rules_page import rules_page
from pb_engine.services.stories import stories_page
from web.access import anyone
from web.base import engine
from web.resident.showing import show


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    app.add_url_rule("/", view_func=home)
    app.add_url_rule("/<slug>/", "round", round_)
    app.add_url_rule("/<slug>/regels", "rules", rules)
    app.add_url_rule("/<slug>/sleutel.json", "trustee_key", trustee_key)


@anyone
def home() -> ResponseReturnValue:
    """Show all rounds."""
    return render_template("home.html.j2", rounds=pages.home(engine()))


@anyone
def round_(slug: str) -> ResponseReturnValue:
    """Show one round: what it is about, when, how much, by which rules."""
    try:
        page = pages.round_page(engine(), slug)
    except UnknownRound:
        long = rounds.round_at(engine(), slug)
        if long is None:
            raise
        return redirect(url_for("round", slug=long))
    return show(
        "round.html.j2",
        page,
        trustees=trustees.shown_trustees(engine(), slug),
        news=latest_news(engine(), slug),
        stories=bool(stories_page(engine(), slug).cards),
    )


@anyone
def rules(slug: str) -> ResponseReturnValue:
    """Show the rules of a round: who decides, by which criteria, how votes are counted."""
    return show("rules.html.j2", rules_page(engine(), slug), thanks="dank" in request.args)


@anyone
def trustee_key(slug: str) -> Response:
    """Hand out the public file of the key ceremony, with which a trustee checks a sheet."""
    response = make_response(trustees.public_file(engine(), slug))
    response.headers["Content-Type"] = "application/json"
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.public.json"'
    return response
