"""What a website of a municipality must tell: privacy, cookies, accessibility, where to report."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect

from web.access import anyone
from web.base import engine
from web.resident.cookie_list import COOKIES

_CONTACT_LIFE = timedelta(days=180)
_PRIVATE = ("/*/stemmen", "/*/stembus", "/*/bewijs", "/*/vragen", "/beheer")


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages, which every part of the site has."""
    app.add_url_rule("/privacy", view_func=privacy)
    app.add_url_rule("/cookies", view_func=cookies)
    app.add_url_rule("/toegankelijkheid", view_func=accessibility)
    app.add_url_rule("/.well-known/security.txt", view_func=security_txt)
    app.add_url_rule("/robots.txt", view_func=robots)


@anyone
def privacy() -> ResponseReturnValue:
    """Tell what is kept about whom."""
    return render_template("privacy.html.j2")


@anyone
def cookies() -> ResponseReturnValue:
    """Tell which cookies there are, for what, and for how long."""
    return render_template("cookies.html.j2", cookie_rows=_rows())


def _rows() -> list[list[str]]:
    return [
        [one.name, *(str(gettext(text)) for text in (one.when, one.purpose, one.until))]
        for one in COOKIES
    ]


@anyone
def accessibility() -> ResponseReturnValue:
    """Tell for whom this site works, and where to complain when it does not."""
    return render_template("accessibility.html.j2", statement=engine().settings.accessibility)


@anyone
def security_txt() -> Response:
    """Tell where a leak can be reported (RFC 9116)."""
    settings = engine().settings
    until = engine().clock() + _CONTACT_LIFE
    lines = (
        f"Contact: {settings.security_contact}",
        f"Expires: {until:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@anyone
def robots() -> Response:
    """Keep search engines away from voting, and from a demonstration as a whole."""
    settings = engine().settings
    if settings.demo:
        return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
    rules = "".join(f"Disallow: {path}\n" for path in _PRIVATE)
    where = f"Sitemap: {settings.base_url}/sitemap.xml\n"
    return Response(f"User-agent: *\n{rules}\n{where}", mimetype="text/plain")
