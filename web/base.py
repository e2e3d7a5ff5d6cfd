"""What the applications share: templates, languages, security, access, error pages, a log."""

from __future__ import annotations

import hashlib
import time
from functools import cache
from pathlib import Path
from types import CodeType

import structlog
from flask import Flask, Response, current_app, g, render_template, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from jinja2 import BytecodeCache, ChoiceLoader, FileSystemLoader, StrictUndefined, Undefined
from jinja2.bccache import Bucket

from pb_engine.engine import Engine
from pb_engine.services.carrying import session_secret
from pb_engine.units import LANGUAGES
from web import access, errors, security, stylesheet, texts
from web.languages import DESK_LANGUAGES

SHARED = Path(__file__).parent / "shared"
_ENGINE = "pb_engine"
_YEAR = 365 * 24 * 3600
_log = structlog.get_logger()


class _CompiledOnce(BytecodeCache):
    """Templates as compiled by the first application of a process; compiling is slow."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what another application compiled from this very text."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code:
            self._kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _CompiledOnce()


def engine() -> Engine:
    """Return the engine behind the application that answers this request."""
    found: Engine = current_app.extensions[_ENGINE]
    return found


def make_app(
    name: str,
    running: Engine,
    templates: Path,
    *,
    part: str,
    path: str,
    undefined: type[Undefined] = StrictUndefined,
    kind: type[Flask] = Flask,
) -> tuple[Flask, CSRFProtect]:
    """Return a Flask application with everything that pages share, and its form guard.

    Call ``finish`` when all views are registered.

    :param part: ``resident`` or ``desk``: names its secret and its session cookie.
    :param path: where it is mounted; its session cookie is sent nowhere else.
    :param kind: the class of the application.
    :param undefined: how strict templates are; a library's own templates may need less.
    """
    app = kind(name, static_folder=str(SHARED / "static"), static_url_path="/static")
    # Flask escapes by file name, and does not know ".html.j2": here everything is escaped.
    app.jinja_options = {
        "autoescape": True,
        "undefined": undefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "bytecode_cache": _COMPILED,
    }
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(templates), FileSystemLoader(SHARED / "templates")]
    )
    app.extensions[_ENGINE] = running
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    secret = session_secret(running, part)
    security.configure(app, running.settings, secret=secret, cookie=f"pb_{part}", path=path)
    texts.init_texts(app, DESK_LANGUAGES if part == "desk" else LANGUAGES)
    app.jinja_env.globals.update(
        asset=asset, demo=running.settings.demo, site_layout=f"{part}_layout.html.j2"
    )
    access.declare(app, "static", access.ANYONE)
    stylesheet.add(app, running.settings.theme)
    errors.add_error_pages(app, message_page)
    _write_requests(app)
    return app, security.protect_forms(app)


def finish(app: Flask, enforce: access.Enforce) -> Flask:
    """Refuse endpoints without declared access, then enforce access and headers.

    :raises RuntimeError: naming the endpoints that declare nothing.
    """
    access.require_declared(app)
    access.guard(app, enforce)
    security.add_headers(app, engine_of(app).settings)
    return app


def engine_of(app: Flask) -> Engine:
    """Return the engine that an application was made with."""
    found: Engine = app.extensions[_ENGINE]
    return found


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((SHARED / "static" / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """Return the address of a static file; it changes when the file does."""
    return url_for("static", filename=name, v=_fingerprint(name))


def message_page(status: int, sentence: str) -> ResponseReturnValue:
    """Show one sentence in the layout of the application, with a way back."""
    if request_ctx.url_adapter is None:  # the host name itself was refused: no links can be made
        return Response(sentence, status, mimetype="text/plain")
    arguments = request.view_args or {}
    back = str(arguments.get("slug", "")) if status != 404 else ""  # noqa: PLR2004
    return render_template("message.html.j2", sentence=sentence, status=status, back=back), status


def _write_requests(app: Flask) -> None:
    """Log endpoint, status and duration.  Never an address, a query, a code or a name."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def write(response: Response) -> Response:
        spent = time.perf_counter() - g.get("started", time.perf_counter())
        _log.info(
            "request",
            app=app.name,
            method=request.method if request.method in _METHODS else "other",
            endpoint=request.endpoint,
            status=response.status_code,
            refusal=g.get("refusal"),
            ms=round(spent * 1000),
        )
        return response


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
