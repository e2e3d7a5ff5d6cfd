"""A small public read-only API: what everybody may see, as JSON."""

from __future__ import annotations

import structlog
from flask import Flask, Response, current_app, jsonify
from werkzeug.exceptions import HTTPException

from pb_engine.engine import Engine
from pb_engine.errors import EngineError
from pb_engine.services import pages, results
from web.access import anyone, require_declared
from web.api import shapes
from web.error_texts import SENTENCES
from web.errors import traced
from web.problems import problem_of
from web.security import add_headers, trusted_hosts

_log = structlog.get_logger()


def create_api_app(engine: Engine) -> Flask:
    """Return the application behind ``/api``.  It reads, sets no cookie, and answers in JSON.

    :raises RuntimeError: an endpoint declares no access.
    """
    app = Flask("api", static_folder=None)
    app.config["TRUSTED_HOSTS"] = trusted_hosts(engine.settings)
    app.extensions["pb_engine"] = engine
    app.add_url_rule("/v1/rounds", view_func=rounds)
    app.add_url_rule("/v1/rounds/<slug>", view_func=one_round)
    app.add_url_rule("/v1/rounds/<slug>/ideas", view_func=ideas)
    app.add_url_rule("/v1/rounds/<slug>/results", view_func=result)
    app.register_error_handler(EngineError, _refused)
    app.register_error_handler(HTTPException, _not_served)
    app.register_error_handler(Exception, _broken)
    require_declared(app)
    add_headers(app, engine.settings)
    return app


@anyone
def rounds() -> Response:
    """List the rounds."""
    return jsonify({"rounds": [shapes.card(one) for one in pages.home(_engine())]})


@anyone
def one_round(slug: str) -> Response:
    """Show one round."""
    return jsonify(shapes.round_(pages.round_page(_engine(), slug)))


@anyone
def ideas(slug: str) -> Response:
    """List the ideas of a round."""
    page = pages.ideas_page(_engine(), slug)
    return jsonify({"round": slug, "ideas": [shapes.idea(one) for one in page.ideas]})


@anyone
def result(slug: str) -> Response:
    """Show the published result of a round; 409 before it is published."""
    return jsonify(shapes.result(results.results_page(_engine(), slug)))


def _engine() -> Engine:
    found: Engine = current_app.extensions["pb_engine"]
    return found


def _refused(problem: EngineError) -> Response:
    told = SENTENCES.get(problem.code) or SENTENCES["engine_error"]
    return problem_of(told.status, problem.sentence, code=problem.code, details=problem.details)


def _not_served(problem: HTTPException) -> Response:
    return problem_of(problem.code or 500, problem.name)


def _broken(problem: Exception) -> Response:
    _log.error("broken", **traced(problem))
    return problem_of(500, "Internal Server Error")
