"""A poster of a round to print and hang up, and the QR code on it."""

from __future__ import annotations

from io import BytesIO

import segno
from flask import Flask, Response, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.services import pages
from web.access import anyone
from web.base import engine
from web.resident.showing import show


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/poster", "poster", poster)
    app.add_url_rule("/<slug>/qr.svg", "round_code", round_code)


@anyone
def poster(slug: str) -> ResponseReturnValue:
    """Show a page to print: what it is, until when, how to take part, with a QR code."""
    page = pages.round_page(engine(), slug)
    return show("poster.html.j2", page, address=_shown(_address(page)))


@anyone
def round_code(slug: str) -> Response:
    """Give the address of a round as a QR code, to print at any size."""
    page = pages.round_page(engine(), slug)
    drawn = BytesIO()
    code = segno.make(_address(page), error="m", micro=False)
    code.save(drawn, kind="svg", scale=8, border=4, light="#fff", svgclass=None, lineclass=None)
    response = make_response(drawn.getvalue())
    response.headers["Content-Type"] = "image/svg+xml"
    response.add_etag()
    response.make_conditional(request)
    return response


def _address(page: pages.RoundPage) -> str:
    """Return the shortest address of a round: it is typed from paper."""
    base = engine().settings.base_url
    round_ = page.round
    return f"{base}/{round_.short}" if round_.short else base + url_for("round", slug=round_.slug)


def _shown(address: str) -> str:
    """Return an address as people read it out."""
    return address.partition("://")[2].rstrip("/")
