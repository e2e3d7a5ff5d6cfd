"""The result: all ideas, one idea, and the published files."""

from __future__ import annotations

from flask import Flask, Response, make_response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.services import publication, results
from pb_engine.services.idea_translations import titles_of
from pb_engine.services.outcome_of_idea import outcome_page
from pb_engine.services.result_sheet import result_sheet
from pb_engine.services.rounds import stored_round
from web.access import anyone
from web.base import engine
from web.resident import result_tables, titles
from web.resident.showing import show
from web.texts import locale, speak


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    result_tables.teach(app)
    app.add_url_rule("/<slug>/uitslag", "results", result)
    app.add_url_rule("/<slug>/uitslag/samenvatting", "summary", summary)
    app.add_url_rule("/<slug>/uitslag/samenvatting.pdf", "result_sheet", sheet)
    app.add_url_rule("/<slug>/uitslag/<idea_id>", "outcome", outcome)
    app.add_url_rule("/<slug>/uitslag/bestanden/<name>", view_func=download)


@anyone
def result(slug: str) -> ResponseReturnValue:
    """Show the published result; the address may ask for another order of its table."""
    order = result_tables.asked_order(request.args.get("volgorde", ""))
    return show("results.html.j2", _results(slug), order=order)


@anyone
def summary(slug: str) -> ResponseReturnValue:
    """Show the result in short, to print."""
    return show("summary.html.j2", _results(slug))


def _results(slug: str) -> results.ResultsPage:
    page = results.results_page(engine(), slug)
    titles.bring(titles_of(engine(), {row.project_id: row.title for row in page.rows}))
    return page


@anyone
def sheet(slug: str) -> Response:
    """Hand out the result on one sheet, in the language of the visitor."""
    speak(stored_round(engine(), slug).round.languages)
    told = locale()
    response = make_response(result_sheet(engine(), slug, told))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-uitslag.{told}.pdf"'
    response.add_etag()
    response.make_conditional(request)
    return response


@anyone
def outcome(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show what the result means for one idea."""
    page = outcome_page(engine(), slug, idea_id)
    rows = (page.row, page.before, page.after)
    titles.bring(titles_of(engine(), {row.project_id: row.title for row in rows if row}))
    return show("outcome.html.j2", page)


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
