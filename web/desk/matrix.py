"""What each role may do at the desk, read from the pages themselves: it cannot fall behind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.services.officials import ROLE_NAMES, Role, as_whom
from web.access import access_of, role
from web.desk.showing import show
from web.texts import say

_PART = re.compile(r"<(?:int:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Page:
    """An address of the desk.

    :ivar address: with an ellipsis for whatever varies.
    :ivar roles: who may call it; all roles where every official may.
    """

    address: str
    changes: bool
    in_round: bool
    roles: tuple[Role, ...]


def add(app: Flask) -> None:
    """Register this page."""
    app.add_url_rule("/medewerkers/rollen", "access_table", table)


@role("participation_team", "auditor")
def table() -> ResponseReturnValue:
    """Show every address of the desk with who may call it, for all roles or one."""
    chosen = request.args.get("rol", "")
    every = pages_of(current_app)
    listed = [one for one in every if not chosen or chosen in one.roles]
    return show("access_table.html.j2", rows=list(map(_row, listed)), chosen=chosen)


def pages_of(app: Flask) -> list[Page]:
    """Return every address that officials alone may call, in the order of addresses."""
    found = [
        Page(
            _PART.sub("…", rule.rule),
            "POST" in (rule.methods or ()),
            "slug" in rule.arguments,
            tuple(one for one in Role if not who.roles or as_whom(one) & set(who.roles)),
        )
        for rule in app.url_map.iter_rules()
        if (who := access_of(app, rule.endpoint)) is not None and who.kind == "official"
    ]
    return sorted(found, key=lambda one: (one.in_round, one.address))


def _row(page: Page) -> list[str]:
    everybody = len(page.roles) == len(Role)
    return [
        page.address,
        gettext("wijzigen") if page.changes else gettext("lezen"),
        gettext("elke medewerker")
        if everybody
        else ", ".join(say(ROLE_NAMES[one]) for one in page.roles),
    ]
