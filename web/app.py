"""The whole site as one WSGI callable: residents at ``/``, officials at ``/beheer``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.middleware.dispatcher import DispatcherMiddleware

from pb_engine.engine import Engine
from web.resident.app import create_resident_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

DESK_PATH = "/beheer"
API_PATH = "/api"


def create_app(engine: Engine) -> WSGIApplication:
    """Return what an engine serves: resident pages, desk and API, each its own application.

    Register and box, served apart, have resident pages only.
    """
    if "site" not in engine.parts:
        return create_resident_app(engine)
    # Not above: these reach into every store, and a process of the box must not even load them.
    from web.api import create_api_app
    from web.desk import create_desk_app

    return DispatcherMiddleware(
        create_resident_app(engine),
        {DESK_PATH: create_desk_app(engine), API_PATH: create_api_app(engine)},
    )
