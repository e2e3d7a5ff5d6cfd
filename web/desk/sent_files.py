"""A photograph that an official sends with a form."""

from __future__ import annotations

from flask import Flask, request
from flask_security import current_user

from pb_engine.services.pictures import LARGEST_FILE

_ROOM_AROUND = 64 * 1024


def make_room(app: Flask, endpoint: str) -> None:
    """Let an endpoint take in a file of 10 MB from whoever is logged in.

    Before anything reads the form, which the check of its token does: reading is what the limit is
    for.
    """

    @app.url_value_preprocessor
    def allow(asked: str | None, _: object) -> None:
        if asked == endpoint and current_user.is_authenticated:
            request.max_content_length = LARGEST_FILE + _ROOM_AROUND


def sent_file(name: str) -> bytes:
    """Return what was sent as a file; nothing when there was none, never much more than allowed."""
    sent = request.files.get(name)
    return sent.stream.read(LARGEST_FILE + 1) if sent else b""
