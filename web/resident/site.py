"""The site as a whole: its language, and whether it works."""

from __future__ import annotations

from flask import Flask, Response, abort, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.services.reaching import reach
from pb_engine.units import LANGUAGES
from web import texts
from web.access import anyone
from web.base import engine
from web.security import is_https, same_origin

_YEAR = 365 * 24 * 3600


def add(app: Flask, forms: CSRFProtect) -> None:
    """Register these pages.

    The language switch stands on every page.  A form token would set a cookie for everybody who
    only reads, so it asks the browser where the request comes from instead.
    """
    codes = ", ".join(LANGUAGES)
    app.add_url_rule(
        f"/taal/<any({codes}):code>", view_func=forms.exempt(language), methods=["POST"]
    )
    app.add_url_rule("/healthz", view_func=healthy)
    app.add_url_rule("/readyz", view_func=ready)

    @app.before_request
    def follow_language() -> None:
        wished = request.args.get(texts.LANGUAGE_IN_ADDRESS)
        if wished in LANGUAGES:
            g.language = wished

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
    if code not in LANGUAGES:
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
def healthy() -> Response:
    """Tell that this program runs."""
    return Response("ok\n", mimetype="text/plain")


@anyone
def ready() -> Response:
    """Tell that this program can read its stores; otherwise 503."""
    reach(engine())
    return Response("ok\n", mimetype="text/plain")
