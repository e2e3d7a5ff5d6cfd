"""Logging in: password, second factor, and asking again before a step that cannot be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import flask_security
from flask import Flask, Response, abort, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_security import check_and_update_authn_fresh, current_user
from flask_security.forms import LoginForm
from flask_security.signals import user_authenticated

from pb_engine.engine import Engine
from pb_engine.errors import NotAllowed
from pb_engine.services.officials import roles_in
from web import access
from web.base import engine, engine_of
from web.desk import desk_session, second_factor
from web.desk.accounts import (
    Account,
    OfficialDatastore,
    password_settings,
    recovery_key,
    second_factor_secrets,
)
from web.desk.attempts import Attempts
from web.desk.second_factor import AppOnlySetup, NoRescue, OneTimeTotp
from web.network import network
from web.security import is_https

IDLE = timedelta(minutes=30)
FRESH = timedelta(minutes=15)
NEVER_STALE = timedelta(seconds=-1)
SHORTEST_PASSWORD = 12
CLOSED = access.Access("closed")
"""For endpoints of the login library that this desk does not offer."""

_FRESH = "fresh"
_GUESSED = {
    # Per network: else a stranger could keep an official out by guessing at their address.
    "security.login": lambda: (
        f"login {network()} " + request.form.get("email", "").strip().casefold()
    ),
    "security.two_factor_token_validation": lambda: f"code {session.get('tf_user_id')}",
    "security.mf_recovery": lambda: f"code {session.get('tf_user_id')}",
    "security.verify": lambda: f"verify {current_user.get_id()}",
    "security.change_password": lambda: f"verify {current_user.get_id()}",
}
"""Endpoints where a secret can be guessed, and what a guess is counted under."""

_OPEN = (
    "login",
    "two_factor_setup",
    "two_factor_token_validation",
    "mf_recovery",
)
_OFFICIAL = (
    "logout",
    "verify",
    "change_password",
    "two_factor_setup_validate",
    "mf_recovery_codes",
)
View = TypeVar("View", bound=Callable[..., Any])


class DeskLogin(LoginForm):
    """The log-in form without "remember me": a desk is often shared."""

    remember = None


def add(app: Flask) -> None:
    """Let officials log in to an application, and declare who may use the pages for it."""
    running = engine_of(app)
    app.config.update(_settings(running), **password_settings(running))
    security = flask_security.Security(
        app,
        OfficialDatastore(running),
        login_form=DeskLogin,
        two_factor_setup_form=AppOnlySetup,
        two_factor_rescue_form=NoRescue,
        totp_cls=OneTimeTotp,
    )
    security.want_json(lambda _request: False)
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    user_authenticated.connect(_begin_session, app)
    for name in [rule.endpoint for rule in app.url_map.iter_rules()]:
        if name.startswith("security."):
            access.declare(app, name, _access_of(name.removeprefix("security.")))
    _slow_down_guessing(app)
    desk_session.guard(app)
    second_factor.guard(app)


def _access_of(name: str) -> access.Access:
    if name in _OPEN:
        return access.ANYONE
    return access.OFFICIAL if name in _OFFICIAL else CLOSED


def _settings(running: Engine) -> dict[str, object]:
    demo = running.settings.demo
    return {
        "PERMANENT_SESSION_LIFETIME": IDLE,
        "SESSION_REFRESH_EACH_REQUEST": True,
        "REMEMBER_COOKIE_NAME": "pb_desk_remember",
        "REMEMBER_COOKIE_PATH": "/beheer",
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SECURE": is_https(running.settings),
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_FLASH_MESSAGES": False,  # pages say in our own words what happened
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_LOGIN_URL": "/inloggen",
        "SECURITY_LOGOUT_URL": "/uitloggen",
        "SECURITY_VERIFY_URL": "/bevestigen",
        "SECURITY_CHANGE_URL": "/wachtwoord",
        "SECURITY_POST_LOGIN_VIEW": "home",
        "SECURITY_POST_LOGOUT_VIEW": "security.login",
        "SECURITY_POST_VERIFY_VIEW": "home",
        "SECURITY_POST_CHANGE_VIEW": "account",
        "SECURITY_LOGIN_USER_TEMPLATE": "login.html.j2",
        "SECURITY_VERIFY_TEMPLATE": "verify.html.j2",
        "SECURITY_CHANGE_PASSWORD_TEMPLATE": "password.html.j2",
        "SECURITY_FRESHNESS": NEVER_STALE if demo else FRESH,
        "SECURITY_FRESHNESS_GRACE_PERIOD": FRESH,
        **({} if demo else _second_factor(running)),
    }


def _second_factor(running: Engine) -> dict[str, object]:
    return {
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_REQUIRED": True,
        "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {
            "code": "web.desk.second_factor.AppOtherwise",
            "key": "web.desk.second_factor.KeyFirst",
        },
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_SETUP_URL": "/tweede-stap/instellen",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/tweede-stap",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "account",
        "SECURITY_TWO_FACTOR_SETUP_TEMPLATE": "second_factor_setup.html.j2",
        "SECURITY_TWO_FACTOR_VERIFY_CODE_TEMPLATE": "second_factor.html.j2",
        "SECURITY_TOTP_ISSUER": "Wijkbudget",
        "SECURITY_TOTP_SECRETS": second_factor_secrets(running),
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [recovery_key(running)],
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/noodcodes",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/noodcode",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "recovery_codes.html.j2",
        "SECURITY_MULTI_FACTOR_RECOVERY_TEMPLATE": "recovery.html.j2",
    }


def _begin_session(_app: Flask, user: Account, **_: object) -> None:
    """Throw away what an anonymous visitor's session held, and let the new one run out."""
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    session.permanent = True
    desk_session.begin(user.id)


def fresh(back: str) -> Callable[[View], View]:
    """Declare that a view asks for the password again when the log-in is some time ago.

    :param back: endpoint of the page on which the step can be taken again afterwards.
    """

    def mark(view: View) -> View:
        vars(view)[_FRESH] = back
        return view

    return mark


def enforce(wanted: access.Access) -> ResponseReturnValue | None:
    """Let an official through who has one of the roles and who is fresh enough.

    :raises NotAllowed: the official has none of the roles.
    """
    if wanted == CLOSED:
        abort(404)
    if not current_user.is_authenticated:
        target = _here() if request.method == "GET" and request.path != "/" else None
        return redirect(url_for("security.login", next=target), 303)
    if not allows(wanted, (request.view_args or {}).get("slug")):
        raise NotAllowed(f"{request.endpoint} needs one of {', '.join(sorted(wanted.roles))}")
    return _ask_again()


def _ask_again() -> ResponseReturnValue | None:
    back = vars(current_app.view_functions[str(request.endpoint)]).get(_FRESH)
    if back is None or engine().settings.demo or check_and_update_authn_fresh(FRESH, FRESH):
        return None
    target = _here()
    if request.method != "GET":
        target = url_for(back, **(request.view_args or {}))
        flash(gettext("Er is nog niets veranderd. Kies de stap nog een keer."))
    return redirect(url_for("security.verify", next=target), 303)


def _here() -> str:
    query = request.query_string.decode("ascii", "replace")
    path = request.script_root + request.path
    return f"{path}?{query}" if query else path


def allows(wanted: access.Access, slug: str | None) -> bool:
    """Tell whether the official who is logged in may be here: in a round, or outside all rounds."""
    mine = my_roles(slug)
    if not wanted.roles:
        return slug is None or bool(mine)
    return bool(wanted.roles & mine)


def require_in(slug: str) -> None:
    """Refuse who may call this page in its own round, but not in another one that it reaches.

    :raises NotAllowed: the official has none of the roles in that round.
    """
    wanted = access.access_of(current_app, str(request.endpoint))
    if wanted is None or not allows(wanted, slug):
        raise NotAllowed(f"{request.endpoint} needs a role in the round {slug[:60]!r} too")


def my_roles(slug: str | None) -> frozenset[str]:
    """Return what the official who is logged in may act as, in a round or outside all rounds."""
    return frozenset(map(str, roles_in(current_user.official.grants, slug)))


def my_name() -> str:
    """Return how the event log calls the official who is logged in."""
    return str(current_user.name)


def my_address() -> str:
    """Return the e-mail address of the official who is logged in."""
    return str(current_user.email)


def _slow_down_guessing(app: Flask) -> None:
    attempts = Attempts(engine_of(app))

    @app.before_request
    def stop_guessing() -> None:
        g.guess = _guess()
        if g.guess and not attempts.may_try(g.guess):
            seconds, g.guess = attempts.wait(g.guess), None
            abort(429, retry_after=seconds)

    @app.after_request
    def count_mistakes(response: Response) -> Response:
        if key := g.get("guess"):
            if response.status_code in {302, 303}:
                attempts.succeeded(key)
            elif response.status_code < 400:  # noqa: PLR2004 - the form came back with a mistake
                attempts.failed(key)
        return response


def _guess() -> str | None:
    named = _GUESSED.get(request.endpoint or "")
    return named() if named and request.method == "POST" else None
