"""The pages that everybody reads: the rounds, one round, the result and its files."""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from pb_engine.services import pages, publication, results
from web.access import anyone
from web.base import engine
from web.resident.showing import show


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/", view_func=home)
    app.add_url_rule("/<slug>/", "round", round_)
    app.add_url_rule("/<slug>/uitslag", "results", result)
    app.add_url_rule("/<slug>/uitslag/bestanden/<name>", view_func=download)


@anyone
def home() -> ResponseReturnValue:
    """Show all rounds."""
    return render_template("home.html.j2", rounds=pages.home(engine()))


@anyone
def round_(slug: str) -> ResponseReturnValue:
    """Show one round: what it is about, when, how much, by which rules."""
    return show("round.html.j2", pages.round_page(engine(), slug))


@anyone
def result(slug: str) -> ResponseReturnValue:
    """Show the published result."""
    return show("results.html.j2", results.results_page(engine(), slug))


@anyone
def download(slug: str, name: str) -> Response:
    """Hand out a published file."""
    file = publication.download(engine(), slug, name)
    response = make_response(file.body)
    response.headers["Content-Type"] = file.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.set_etag(file.digest)
    response.make_conditional(request)
    return response
