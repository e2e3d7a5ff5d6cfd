"""Security keys at the desk: one instead of the app, on one's own account, and to say who one is.

Without scripts a browser cannot speak to a key; the app, recovery codes and the password go on
working then.
"""

from __future__ import annotations

import time
from typing import Any, cast

from flask import Flask, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_security import current_user
from flask_security.tf_plugin import tf_check_state
from flask_security.utils import validate_redirect_url

from pb_engine.errors import EngineError
from pb_engine.services import security_keys as service
from web.access import anyone, official
from web.base import engine, engine_of
from web.desk import key_ceremony
from web.desk.accounts import Account
from web.desk.login import fresh, my_name
from web.desk.second_factor import NOTHING_YET, READY
from web.desk.showing import done, show
from web.forms.desk import KeyForm, read


def add(app: Flask) -> None:
    """Register these pages; the demonstration has no second step, and none of them."""
    if engine_of(app).settings.demo:
        return
    both = ["GET", "POST"]
    app.add_url_rule("/sleutel", "key_login", log_in, methods=both)
    app.add_url_rule("/sleutel/instellen", "first_key", first, methods=both)
    app.add_url_rule("/sleutel/bevestigen", "key_verify", verify, methods=both)
    app.add_url_rule("/account/sleutel", "add_key", another, methods=both)
    app.add_url_rule("/account/sleutel/weg", "remove_key", remove, methods=["POST"])
    app.jinja_env.globals.update(has_key=has_key)


def has_key() -> bool:
    """Tell whether the official who is logged in has a security key."""
    return bool(service.keys_of(engine(), current_user.id))


@anyone
def log_in() -> ResponseReturnValue:
    """After the password: ask for a security key, and let in whoever has it."""
    account = cast("Account | None", tf_check_state([READY]))
    if account is None:
        return redirect(url_for("security.login"), 303)
    keys, problem = service.keys_of(engine(), account.id), None
    if not keys:
        return redirect(url_for("security.two_factor_token_validation"), 303)
    if request.method == "POST":
        try:
            _use(key_ceremony.LOG_IN, account.id)
        except EngineError as refused:
            problem = refused
        else:
            return _let_in(account)
    return show(
        "key_login.html.j2",
        problem=problem,
        app=bool(account.tf_totp_secret),
        question=key_ceremony.ask(key_ceremony.LOG_IN, account.id, keys),
    )


def _let_in(account: Account) -> ResponseReturnValue:
    current_app.extensions["security"].two_factor_plugins.tf_complete(account, dologin=True)
    return redirect(_onward(), 303)


def _use(kind: str, official_: int) -> None:
    keys = service.keys_of(engine(), official_)
    answer = request.form.get("answer", "")
    service.use_key(engine(), official_, *key_ceremony.answered(kind, official_, keys, answer))


def _onward() -> str:
    """Return the page that was asked for before, if it is one of the desk."""
    asked = request.args.get("next", "")
    ours = asked.startswith(f"{request.script_root}/") and validate_redirect_url(asked)
    return asked if ours else url_for("home")


@anyone
def first() -> ResponseReturnValue:
    """At the first log-in: set a security key as the second factor, instead of an app."""
    account = cast("Account | None", tf_check_state([NOTHING_YET]))
    if account is None or service.has_second_factor(engine(), account.id):
        return redirect(url_for("security.login"), 303)
    return _new(account, account.name, first=True) or _let_in(account)


@official
@fresh("account")
def another() -> ResponseReturnValue:
    """Add a security key to one's own account."""
    return _new(current_user, my_name(), first=False) or done(
        gettext("De sleutel is toegevoegd."), "account"
    )


def _new(account: Account, by: str, *, first: bool) -> ResponseReturnValue | None:
    """Show the form for a key, or keep the key that answered and return nothing."""
    if request.method == "GET":
        return _form(account, first=first)
    values, mistakes = read(KeyForm(), request.form)
    if mistakes:
        return _form(account, first=first, mistakes=mistakes)
    try:
        key = key_ceremony.new_key(account.id, values["name"], values["answer"])
        service.add_key(engine(), key, by, first=first)
    except EngineError as problem:
        return _form(account, first=first, problem=problem)
    return None


def _form(account: Account, *, first: bool, **more: Any) -> ResponseReturnValue:
    keys = service.keys_of(engine(), account.id)
    return show(
        "key_new.html.j2",
        typed=request.form,
        first=first,
        longest=service.LONGEST_NAME,
        question=key_ceremony.ask_new(account.official, keys),
        **more,
    )


@official
def verify() -> ResponseReturnValue:
    """Before a dangerous step: take a key that knows its owner instead of the password."""
    keys, problem = service.keys_of(engine(), current_user.id), None
    if not keys:
        return redirect(url_for("security.verify", next=request.args.get("next")), 303)
    if request.method == "POST":
        try:
            _use(key_ceremony.VERIFY, current_user.id)
        except EngineError as refused:
            problem = refused
        else:
            session["fs_paa"] = time.time()  # where the login library keeps how fresh one is
            return redirect(_onward(), 303)
    return show(
        "key_verify.html.j2",
        problem=problem,
        question=key_ceremony.ask(key_ceremony.VERIFY, current_user.id, keys),
    )


@official
@fresh("account")
def remove() -> ResponseReturnValue:
    """Remove one of one's own keys, never the last second factor."""
    key = request.form.get("key", "")[:2000]
    service.remove_key(engine(), current_user.id, key, my_name())
    return done(gettext("De sleutel is weggehaald."), "account")
