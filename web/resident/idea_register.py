"""The register of ideas over all rounds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

from flask import Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect

from pb_engine.services import idea_register as service
from pb_engine.services.idea_translations import titles_of
from web.access import anyone
from web.base import engine
from web.forms.filters import read_register_filters, register_wishes_of
from web.resident import titles
from web.texts import N_, say

_CALLED: Mapping[str, str] = {"round": N_("ronde"), "state": N_("stand"), "sort": N_("volgorde")}
_SORTS: Mapping[str, str] = {
    "newest": N_("Nieuwste eerst"),
    "cost": N_("Laagste prijs eerst"),
    "dearest": N_("Hoogste prijs eerst"),
    "title": N_("Titel van A tot Z"),
}


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register this page."""
    app.add_url_rule("/ideeen", "idea_register", register)


@anyone
def register() -> ResponseReturnValue:
    """Show the ideas of all rounds."""
    filters = read_register_filters(request.args.to_dict())
    page = service.idea_register(engine(), register_wishes_of(filters))
    titles.bring(titles_of(engine(), {one.line.id: one.line.title for one in page.ideas}))
    return render_template(
        "register.html.j2",
        page=page,
        filters=filters,
        page_address=partial(_page_address, filters),
        narrowed=bool(filters["ronde"] or filters["stand"]) or filters["volgorde"] != "newest",
        unknown=[gettext(_CALLED[name]) for name in page.unknown],
        round_options=[
            ("", gettext("Alle rondes")),
            *((slug, say(name)) for slug, name in page.rounds),
        ],
        register_sorts=[(name, gettext(text)) for name, text in _SORTS.items()],
    )


def _page_address(filters: Mapping[str, str], number: int) -> str:
    asked = [one for one in {**filters, "blad": str(number)}.items() if one[1]]
    return f"{url_for('idea_register')}?{urlencode(asked)}#lijst"
