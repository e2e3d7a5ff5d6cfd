"""The session of an official: known to the server, so that it can be ended from elsewhere."""

from __future__ import annotations

from flask import Flask, current_app, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_security import current_user, logout_user

from pb_engine.services import desk_sessions
from web import access
from web.base import engine

_SECRET = "desk_session"  # noqa: S105 - the name under which it is kept
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


class PageSessions(SecureCookieSessionInterface):
    """Renews the cookie of a session with pages, never with the files that belong to them.

    A browser fetches files beside each other and beside the next page.  If a file renewed the
    cookie too, one that comes late would put back what the session held before: the question that
    a security key has to answer would be gone.
    """

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Tell whether an answer carries the cookie."""
        return session.modified or (not _is_file() and super().should_set_cookie(app, session))


def begin(official: int) -> None:
    """Begin a session for the browser of this request."""
    session[_SECRET] = desk_sessions.begin_session(engine(), official, _browser())


def guard(app: Flask) -> None:
    """Log out whoever comes with a session that was ended; end a session at the log-out."""
    app.session_interface = PageSessions()

    @app.before_request
    def end_what_is_over() -> None:
        if "_user_id" not in session or _is_file() or not current_user.is_authenticated:
            return
        secret = str(session.get(_SECRET, ""))
        if not desk_sessions.still_lasts(engine(), secret, current_user.id):
            logout_user()
        elif request.endpoint == "security.logout":
            desk_sessions.end_session(engine(), current_user.id, desk_sessions.key_of(secret))


def _is_file() -> bool:
    endpoint = request.endpoint
    if endpoint is None or endpoint.startswith("security."):
        return False
    return access.access_of(current_app, endpoint) == access.ANYONE


def here() -> str:
    """Return the key of the session of this browser."""
    return desk_sessions.key_of(str(session.get(_SECRET, "")))


def _browser() -> str:
    """Return what the browser says that it is, in words of a short list."""
    told = request.user_agent.string
    return ", ".join(_first(told, names) for names in (_BROWSERS, _MACHINES)).strip(", ")


def _first(told: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in names if sign in told), "")
