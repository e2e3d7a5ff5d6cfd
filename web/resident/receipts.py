"""Looking up a receipt number, at the box and without log-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import EngineError, MistypedCode
from pb_engine.services import placards, receipts
from pb_engine.services.ballot_projects import BallotPage
from web.access import anyone
from web.base import engine
from web.errors import sentence_of, status_of
from web.resident.showing import show
from web.resident.site import switched
from web.security import not_stored

if TYPE_CHECKING:
    from pb_engine.services.pages import RoundPage


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register this page."""
    app.add_url_rule("/<slug>/bewijs", view_func=receipt, methods=["GET", "POST"])


@anyone
def receipt(slug: str) -> ResponseReturnValue:
    """Tell whether the ballot behind a receipt number is in the count."""
    typed = request.form.get("number", "")
    if request.method == "GET" or switched():
        return _receipt(slug, typed)
    try:
        return _receipt(slug, typed, receipts.find_receipt(engine(), slug, typed))
    except MistypedCode as problem:
        return _receipt(slug, typed, problem=problem)


def _receipt(
    slug: str,
    typed: str,
    answer: receipts.ReceiptAnswer | None = None,
    problem: EngineError | None = None,
) -> Response:
    shown = show(
        "receipt.html.j2",
        _page(slug),
        status=status_of(problem) if problem else 200,
        answer=answer,
        typed={"number": typed},
        mistakes={"number": sentence_of(problem)} if problem else {},
        keeps="nagaan",
    )
    return not_stored(shown)


def _page(slug: str) -> BallotPage | RoundPage:
    if "site" not in engine().parts:
        return placards.ballot_page(engine(), slug)
    # Where the site is in reach, the menu tells what phase the round is in.
    from pb_engine.services import pages

    return pages.round_page(engine(), slug)
