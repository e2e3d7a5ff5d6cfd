"""The second factor: a security key or an authenticator app; each answer is accepted once."""

from __future__ import annotations

import threading

from flask import Flask, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import Totp, UserMixin, current_user
from flask_security.forms import Form, TwoFactorSetupForm
from flask_security.tf_plugin import TfPluginBase
from flask_security.twofactor import CodeTfPlugin
from passlib.totp import TotpMatch  # type: ignore[import-untyped]
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField  # type: ignore[import-untyped]

from pb_engine.services import security_keys
from web.base import engine, engine_of

READY, NOTHING_YET = "ready", "setup_from_login"
"""How the login library calls who gave a password: with a second factor, and still without one."""
_CODE = "security.two_factor_token_validation"


class AppOnlySetup(TwoFactorSetupForm):
    """Offers no choice of methods: the page has one button for the app."""

    setup = StringField()


class NoRescue(Form):
    """Takes the place of the library's form for mailing an administrator; no page shows it."""

    help_setup = RadioField(choices=[])


class OneTimeTotp(Totp):
    """Refuses a code that was used already: whoever looks over a shoulder comes too late.

    What was used is remembered in this program only; a code lives a minute and a half.
    """

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        super().__init__(secrets, issuer)
        self._lock = threading.Lock()
        self._used: dict[int, int] = {}

    def get_last_counter(self, user: UserMixin) -> int | None:
        """Return the moment of the last code that this account used."""
        with self._lock:
            return self._used.get(user.id)

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Remember the moment of a code that was accepted."""
        with self._lock:
            self._used[user.id] = tmatch.counter


class KeyFirst(TfPluginBase):
    """Asks whoever has a security key for it; that page also leads to the app."""

    def create_blueprint(self, *_: object) -> None:
        """Add nothing: the desk has its own pages for keys."""

    def get_setup_methods(self, user: UserMixin) -> list[tuple[str, str]]:
        """Return that an account has a key, if it has one."""
        return [("key", "")] if security_keys.keys_of(engine(), user.id) else []

    def tf_login(self, user: UserMixin, json_payload: object, next_loc: str | None) -> Response:
        """Lead to the page that asks for the key."""
        del user, json_payload
        session["tf_state"] = READY
        return redirect(url_for("key_login", next=next_loc))


class AppOtherwise(CodeTfPlugin):
    """Asks for a code of the app, or to set one up, whoever has no security key."""

    def get_setup_methods(self, user: UserMixin) -> list[tuple[str, str]]:
        """Return that an account has an app, if it has that and no key."""
        keys = security_keys.keys_of(engine(), user.id)
        return [] if keys else super().get_setup_methods(user)


def guard(app: Flask) -> None:
    """Let nobody set a second factor, or type a code, who began before there was another one.

    Whoever knows a password could else wait half-way through the first log-in until its owner has
    set a second factor, and then replace it.
    """
    running = engine_of(app)

    @app.before_request
    def end_what_was_overtaken() -> ResponseReturnValue | None:
        state = session.get("tf_state")
        if state is None or current_user.is_authenticated:
            return None
        account = app.extensions["security"].datastore.find_user(
            fs_uniquifier=session.get("tf_user_id")
        )
        if account is None:
            return None
        if state != READY and security_keys.has_second_factor(running, account.id):
            session.clear()
        elif request.endpoint == _CODE and state == READY and not account.tf_totp_secret:
            return redirect(url_for("key_login"), 303)
        return None
