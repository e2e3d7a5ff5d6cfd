"""Limits per network on what costs work or could be guessed.  The ballot box has none.

A limit counts what was wrong, not what was right, and is looked at before anything is read of the
request: somebody who must wait learns nothing about a code, and a good code is not locked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, Response, g, request
from flask_limiter import Limiter, RequestLimit
from limits.storage import Storage

from pb_engine.services import pages, throttles
from pb_engine.settings import Settings
from web.base import engine
from web.network import network
from web.resident.showing import show
from web.security import not_stored

_LIMITER = "pb_limiter"
_SEE_OTHER = 303
View = TypeVar("View", bound=Callable[..., Any])


class CountersInStore(Storage):
    """Counters in the site store of the application that answers; they hold over all processes."""

    STORAGE_SCHEME = ["pb-site"]  # noqa: RUF012 - the library reads it as a list

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """None of its own: refusals of the store have their own sentence."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, for ``expiry`` seconds from the first time."""
        return throttles.hit(engine(), key, expiry, amount)

    def get(self, key: str) -> int:
        """Return the count."""
        return throttles.tries_of(engine(), key).hits

    def get_expiry(self, key: str) -> float:
        """Return when the count is over, in seconds since 1970."""
        return throttles.tries_of(engine(), key).until

    def check(self) -> bool:
        """Tell that the store is there; a store that is not refuses by itself."""
        return True

    def reset(self) -> int | None:
        """Refuse to forget everything at once."""
        raise NotImplementedError

    def clear(self, key: str) -> None:
        """Forget a count."""
        throttles.forget(engine(), key)


def throttled(
    app: Flask, view: View, rate: Callable[[Settings], str], counts: Callable[[Response], bool]
) -> View:
    """Return the view with a limit per network on its POST requests.

    :param rate: reads the limit from the settings: ``30 per 10 minutes``.
    :param counts: tells whether an answer counts.
    """
    limit = _limiter(app).limit(
        lambda: rate(engine().settings),
        key_func=_key,
        methods=["POST"],
        deduct_when=counts,
        exempt_when=lambda: network() is None,
        on_breach=_wait,
    )
    return cast("View", limit(view))


def led_on(response: Response) -> bool:
    """Tell whether a form was taken in: only then an answer leads on."""
    return response.status_code == _SEE_OTHER


def note_wrong_code(slug: str) -> None:
    """Count a code that does not exist: against this network, and for the alarm of the round."""
    g.wrong_code = True
    throttles.note_wrong_code(engine(), slug)


def was_wrong(_response: Response) -> bool:
    """Tell whether this request tried a code that does not exist."""
    return bool(g.get("wrong_code"))


def note_declared() -> None:
    """Count a voter who was let in by their own word."""
    g.declared = True


def was_declared(_response: Response) -> bool:
    """Tell whether this request let somebody in by their own word."""
    return bool(g.get("declared"))


def _limiter(app: Flask) -> Limiter:
    if _LIMITER not in app.extensions:
        app.extensions[_LIMITER] = Limiter(
            key_func=_key,
            app=app,
            storage_uri="pb-site://",
            strategy="fixed-window",
            headers_enabled=False,
        )
        # It would write down the key of whoever must wait, and when.
        app.extensions[_LIMITER].logger.disabled = True
    found: Limiter = app.extensions[_LIMITER]
    return found


def _key() -> str:
    # Hashed already here: whatever the library does with it, it never sees a network.
    return throttles.hidden(engine(), str(network()))


def _wait(broken: RequestLimit) -> Response:
    seconds = throttles.seconds_left(engine(), broken.window.reset_time)
    page = pages.round_page(engine(), (request.view_args or {})["slug"])
    answer = show("too_often.html.j2", page, status=429, seconds=seconds)
    answer.headers["Retry-After"] = str(seconds)
    return not_stored(answer)
