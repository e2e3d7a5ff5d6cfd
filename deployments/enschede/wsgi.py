"""The application for any WSGI server: ``waitress-serve --call wsgi:application``.

Reads the same ``PB_`` settings as the command ``pb-engine``.  Phases and mail are moved by
``pb-engine work``, which runs beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pb_engine.engine import build
from pb_engine.settings import read_settings
from web.app import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def application() -> WSGIApplication:
    """Build the application that the environment describes.

    :raises EngineError: settings, stores or plugins are not in order.
    """
    return create_app(build(read_settings()))
