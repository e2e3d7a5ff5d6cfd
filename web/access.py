"""Who may call a view.  Every endpoint says so, or the application refuses to start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "access"
_DECLARED = "pb_access"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a view.

    :ivar kind: ``anyone``, ``voter`` (somebody with a ballot ticket) or ``official``.
    :ivar roles: for officials: one of these roles is enough; empty means any official.
    """

    kind: str
    roles: frozenset[str] = field(default_factory=frozenset)


ANYONE = Access("anyone")
VOTER = Access("voter")
OFFICIAL = Access("official")

Enforce = Callable[[Access], ResponseReturnValue | None]
"""Returns ``None`` to let a request through, or an answer; it may raise an EngineError."""


def anyone(view: View) -> View:
    """Declare that everybody may call this view."""
    return _marked(view, ANYONE)


def voter(view: View) -> View:
    """Declare that this view needs a ballot ticket."""
    return _marked(view, VOTER)


def official(view: View) -> View:
    """Declare that every official who is logged in may call this view."""
    return _marked(view, OFFICIAL)


def role(*names: str) -> Callable[[View], View]:
    """Declare that an official needs one of these roles."""
    return lambda view: _marked(view, Access("official", frozenset(names)))


def _marked(view: View, access: Access) -> View:
    vars(view)[_MARK] = access
    return view


def declare(app: Flask, endpoint: str, access: Access) -> None:
    """Declare access for an endpoint whose view comes from a library."""
    app.extensions.setdefault(_DECLARED, {})[endpoint] = access


def access_of(app: Flask, endpoint: str) -> Access | None:
    """Return what an endpoint declares; ``None`` when it declares nothing."""
    named: dict[str, Access] = app.extensions.get(_DECLARED, {})
    if endpoint in named:
        return named[endpoint]
    found = vars(app.view_functions[endpoint]).get(_MARK)
    return found if isinstance(found, Access) else None


def require_declared(app: Flask) -> None:
    """Refuse to start when an endpoint declares no access.

    :raises RuntimeError: naming every such endpoint.
    """
    endpoints = sorted({rule.endpoint for rule in app.url_map.iter_rules()})
    silent = [endpoint for endpoint in endpoints if access_of(app, endpoint) is None]
    if silent:
        raise RuntimeError(f"{app.name}: no access declared for {', '.join(silent)}")


def guard(app: Flask, enforce: Enforce) -> None:
    """Enforce what endpoints declare, before any view runs."""

    @app.before_request
    def check_access() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None  # no such page; the 404 page is for everybody
        access = access_of(current_app, request.endpoint)
        if access is None:
            raise RuntimeError(f"no access declared for {request.endpoint}")
        return None if access == ANYONE else enforce(access)
