"""Printing ballot papers at the desk."""

from __future__ import annotations

from flask import Flask, Response
from flask.typing import ResponseReturnValue

from pb_engine.errors import EngineError
from pb_engine.services.paper import printing
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.paper import KEEPERS, show_papers
from web.desk.paper_typing import whole


def add(app: Flask) -> None:
    """Register this page."""
    app.add_url_rule("/<slug>/papier/printen", "paper_print", print_papers, methods=["POST"])


@role(*KEEPERS)
def print_papers(slug: str) -> ResponseReturnValue:
    """Send numbered ballot papers as a PDF."""
    try:
        made = printing.print_papers(engine(), slug, whole("number"), my_name())
    except EngineError as problem:
        return show_papers(slug, problem)
    answer = Response(made.pdf, mimetype="application/pdf")
    name = f"{slug}-stembiljetten-{made.first}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
