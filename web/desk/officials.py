"""Officials: who has access, adding one, and one's own account."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_security import current_user

from pb_engine.errors import EngineError
from pb_engine.services import officials as service
from pb_engine.services.officials import ROLE_NAMES, Official
from web.access import official, role
from web.base import engine
from web.desk.accounts import hash_password
from web.desk.login import fresh, my_name
from web.desk.showing import done, show
from web.forms.desk import OfficialForm, read


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/medewerkers", "officials", overview)
    app.add_url_rule("/medewerkers/nieuw", "add_official", new, methods=["POST"])
    app.add_url_rule(
        "/medewerkers/<int:number>/<change>", "change_official", change_, methods=["POST"]
    )
    app.add_url_rule("/account", "account", account)


@official
def account() -> ResponseReturnValue:
    """Show the official's own account."""
    return show("account.html.j2", me=current_user.official, role_names=ROLE_NAMES)


@role("participation_team")
def overview() -> ResponseReturnValue:
    """Show every official, and the form to add one."""
    return _overview()


def _overview(problem: EngineError | None = None, **more: Any) -> ResponseReturnValue:
    return show(
        "officials.html.j2",
        officials=service.all_officials(engine()),
        role_names=ROLE_NAMES,
        me=current_user.id,
        problem=problem,
        typed=request.form,
        **more,
    )


@role("participation_team")
@fresh("officials")
def new() -> ResponseReturnValue:
    """Add an official with a first password that is shown once."""
    values, mistakes = read(OfficialForm(), request.form)
    if mistakes:
        return _overview(mistakes=mistakes)
    password = secrets.token_urlsafe(12)
    hashed = hash_password(engine(), password)
    try:
        made = service.add_official(
            engine(), values["email"], values["name"], [values["role"]], hashed, my_name()
        )
    except EngineError as problem:
        return _overview(problem)
    return show("official_password.html.j2", official=made, password=password)


@role("participation_team")
@fresh("officials")
def change_(number: int, change: str) -> ResponseReturnValue:
    """Give or take access, wipe a second factor, or make a new password; never one's own."""
    found = service.find_official(engine(), id=number)
    if change not in _CHANGES or found is None or found.id == current_user.id:
        abort(404)
    logged_out = dataclasses.replace(found, uniquifier=secrets.token_hex(16))
    word, alter = _CHANGES[change]
    if change == "wachtwoord":
        return _new_password(logged_out, word)
    service.save_official(engine(), alter(logged_out), my_name(), word)
    return done(gettext("De wijziging is opgeslagen."), "officials")


def _new_password(official_: Official, word: str) -> ResponseReturnValue:
    password = secrets.token_urlsafe(12)
    changed = dataclasses.replace(official_, password=hash_password(engine(), password))
    service.save_official(engine(), changed, my_name(), word)
    return show("official_password.html.j2", official=changed, password=password)


def _access(allowed: bool) -> Callable[[Official], Official]:
    return lambda one: dataclasses.replace(one, active=allowed)


def _without_second_factor(one: Official) -> Official:
    return dataclasses.replace(one, totp_method=None, totp_secret=None, recovery_codes=())


_CHANGES: Mapping[str, tuple[str, Callable[[Official], Official]]] = MappingProxyType(
    {
        "blokkeren": ("active", _access(allowed=False)),
        "toelaten": ("active", _access(allowed=True)),
        "tweede-stap": ("second_factor", _without_second_factor),
        "wachtwoord": ("password", lambda one: one),
    }
)
"""What the log calls each change.  Every one of them also ends all sessions of that official."""
