"""Whether an official gets the daily mail of what waits."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_security import current_user

from pb_engine.services import digest as service
from web.access import official
from web.base import engine
from web.desk.showing import done


def add(app: Flask) -> None:
    """Register this page, and teach the account page to say how it is."""
    app.add_url_rule("/account/dagelijkse-mail", "set_digest", change, methods=["POST"])
    app.jinja_env.globals.update(gets_digest=_gets_digest)


@official
def change() -> ResponseReturnValue:
    """Turn one's own daily mail on or off."""
    wanted = request.form.get("wanted") == "ja"
    service.set_digest(engine(), current_user.id, wanted=wanted)
    told = (
        gettext("U krijgt weer een dagelijkse mail als er iets wacht.")
        if wanted
        else gettext("U krijgt geen dagelijkse mail meer.")
    )
    return done(told, "account")


def _gets_digest() -> bool:
    return service.wants_digest(engine(), current_user.id)
