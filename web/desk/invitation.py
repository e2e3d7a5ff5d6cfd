"""An invitation to the desk: whoever holds the link chooses a password, once."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import invitations
from web.access import anyone
from web.base import engine
from web.desk.accounts import hash_password
from web.desk.login import SHORTEST_PASSWORD
from web.desk.showing import done, show

LONGEST_PASSWORD = 128


def add(app: Flask) -> None:
    """Register this page."""
    methods = ["GET", "POST"]
    app.add_url_rule("/uitnodiging/<token>", "invitation", invitation, methods=methods)


@anyone
def invitation(token: str) -> ResponseReturnValue:
    """Show whom the invitation is for, or store the password that they chose."""
    try:
        # Before anything is hashed: that is slow on purpose, and only for who was invited.
        official = invitations.invited(engine(), token)
        mistakes = _mistakes() if request.method == "POST" else {}
        if request.method == "GET" or mistakes:
            return show("invitation.html.j2", token=token, official=official, mistakes=mistakes)
        hashed = hash_password(engine(), request.form["password"])
        invitations.accept_invitation(engine(), token, hashed)
    except EngineError as problem:
        return show("invitation.html.j2", token=token, official=None, problem=problem)
    return done(gettext("Uw wachtwoord is opgeslagen. Log nu in."), "security.login")


def _mistakes() -> dict[str, str]:
    chosen, again = request.form.get("password", ""), request.form.get("again", "")
    if len(chosen) < SHORTEST_PASSWORD:
        told = gettext(
            "Dit wachtwoord is te kort. Kies minstens %(number)s tekens.", number=SHORTEST_PASSWORD
        )
        return {"password": told}
    if len(chosen) > LONGEST_PASSWORD:
        return {"password": gettext("Dit wachtwoord kan niet. Kies een ander wachtwoord.")}
    if chosen != again:
        return {"again": gettext("De twee nieuwe wachtwoorden zijn niet gelijk.")}
    return {}
