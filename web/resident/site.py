"""Pages and files of the site as a whole: language, privacy, accessibility, health."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.services.reaching import reach
from web import texts
from web.access import anyone
from web.base import engine
from web.security import is_https, same_origin

_YEAR = 365 * 24 * 3600
_CONTACT_LIFE = timedelta(days=180)


def add(app: Flask, forms: CSRFProtect) -> None:
    """Register these pages.

    The language switch stands on every page.  A form token would set a cookie for everybody who
    only reads, so it asks the browser where the request comes from instead.
    """
    app.add_url_rule("/taal/<any(nl, en):code>", view_func=forms.exempt(language), methods=["POST"])
    app.add_url_rule("/privacy", view_func=privacy)
    app.add_url_rule("/toegankelijkheid", view_func=accessibility)
    app.add_url_rule("/.well-known/security.txt", view_func=security_txt)
    app.add_url_rule("/robots.txt", view_func=robots)
    app.add_url_rule("/healthz", view_func=healthy)
    app.add_url_rule("/readyz", view_func=ready)

    @app.after_request
    def remember_language(response: Response) -> Response:
        return keep_language(response, g.language) if g.get("language") else response


def keep_language(response: Response, code: str) -> Response:
    """Remember a language on this device."""
    secure = is_https(engine().settings)
    response.set_cookie(
        texts.LANGUAGE_COOKIE,
        code,
        max_age=_YEAR,
        httponly=True,
        secure=secure,
        samesite="Lax",
    )
    return response


def switched() -> bool:
    """Tell whether a form was sent to change the language, and change it for this answer."""
    code = request.form.get("language")
    if code not in texts.LANGUAGES:
        return False
    g.language = code
    return True


@anyone
def language(code: str) -> ResponseReturnValue:
    """Switch the language and go back to the page."""
    if not same_origin():
        abort(400)
    g.language = code
    return redirect(_local(request.form.get("back", "/")), 303)


def _local(path: str) -> str:
    """Return a path on this site; anything that could lead elsewhere becomes the first page."""
    odd = not path.startswith("/") or path.startswith("//") or "\\" in path
    return "/" if odd or not path.isprintable() else path


@anyone
def privacy() -> ResponseReturnValue:
    """Tell what is kept about whom."""
    return render_template("privacy.html.j2")


@anyone
def accessibility() -> ResponseReturnValue:
    """Tell for whom this site works, and where to complain when it does not."""
    return render_template("accessibility.html.j2")


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
    paths = (
        ("/",) if engine().settings.demo else ("/*/stemmen", "/*/bewijs", "/*/vragen", "/beheer")
    )
    rules = "".join(f"Disallow: {path}\n" for path in paths)
    return Response(f"User-agent: *\n{rules}", mimetype="text/plain")


@anyone
def healthy() -> Response:
    """Tell that this program runs."""
    return Response("ok\n", mimetype="text/plain")


@anyone
def ready() -> Response:
    """Tell that this program can read its stores; otherwise 503."""
    reach(engine())
    return Response("ok\n", mimetype="text/plain")
