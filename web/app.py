"""The whole site as one WSGI callable: residents at ``/``, officials at ``/beheer``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.middleware.dispatcher import DispatcherMiddleware

from pb_engine.engine import Engine
from web.api import create_api_app
from web.desk import create_desk_app
from web.resident import create_resident_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

DESK_PATH = "/beheer"
API_PATH = "/api"


def create_app(engine: Engine) -> WSGIApplication:
    """Return the site of one engine: resident pages, desk and API, each its own application."""
    return DispatcherMiddleware(
        create_resident_app(engine),
        {DESK_PATH: create_desk_app(engine), API_PATH: create_api_app(engine)},
    )
