"""The list of ideas: filters and order stand in the address, so that a page can be shared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect

from pb_engine.services import idea_list as service
from pb_engine.services.idea_translations import titles_of
from web.access import anyone
from web.base import engine
from web.error_texts import FIELD_MISTAKES
from web.errors import filled
from web.forms.filters import mistaken, read_filters, wishes_of
from web.resident import titles
from web.resident.showing import show
from web.texts import N_

_SORTS: Mapping[str, str] = {
    "fair": N_("Voor iedereen anders"),
    "number": N_("Nummer"),
    "newest": N_("Nieuwste eerst"),
    "cost": N_("Laagste prijs eerst"),
    "dearest": N_("Hoogste prijs eerst"),
    "title": N_("Titel van A tot Z"),
}
_CALLED: Mapping[str, str] = {
    "theme": N_("onderwerp"),
    "area": N_("buurt"),
    "state": N_("stand"),
    "sort": N_("volgorde"),
}
_NEAR = 2
_LONGEST = 2000


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register this page."""
    app.add_url_rule("/<slug>/ideeen", "ideas", list_)
    app.jinja_env.globals.update(
        back_to_list=back_to_list, sort_options=sort_options, near_pages=near_pages
    )


@anyone
def list_(slug: str) -> ResponseReturnValue:
    """Show the ideas, filtered and in an order."""
    filters = read_filters(request.args.to_dict())
    wishes = wishes_of(filters)
    if not wishes.seed and wishes.sort not in service.SORTS[1:]:
        # The seed stands in the address: so "back" and "next page" keep this visitor's order.
        return redirect(_address(slug, {**filters, "mix": service.new_seed()}))
    page = service.list_ideas(engine(), slug, wishes)
    titles.bring(titles_of(engine(), {one.line.id: one.line.title for one in page.ideas}))
    wrong = {name: filled(FIELD_MISTAKES[kind], {}) for name, kind in mistaken(filters).items()}
    shown = show(
        "ideas.html.j2",
        page,
        filters=filters,
        page_address=partial(_page_address, slug, filters),
        narrowed=any(filters[name] for name in ("thema", "buurt", "stand", "van", "tot")),
        unknown=[gettext(_CALLED[name]) for name in page.unknown],
        fair=wishes.sort == "fair" or "sort" in page.unknown,
        mistakes=wrong,
    )
    # One address for search engines, whatever the order.
    shown.headers["Link"] = f'<{url_for("ideas", slug=slug, _external=True)}>; rel="canonical"'
    return shown


def back_to_list(slug: str) -> str:
    """Return the address of the list, as the visitor had it when he came from there.

    Without that the order would be another one, and the filters gone.
    """
    plain = url_for("ideas", slug=slug)
    try:
        came_from = urlsplit((request.referrer or "")[:_LONGEST])
    except ValueError:  # not an address at all
        return plain
    if (came_from.netloc, came_from.path) != (request.host, plain):
        return plain
    return _address(slug, read_filters(dict(parse_qsl(came_from.query))))


def _page_address(slug: str, filters: Mapping[str, str], number: int) -> str:
    return f"{_address(slug, {**filters, 'blad': str(number)})}#lijst"


def _address(slug: str, filters: Mapping[str, str]) -> str:
    asked = [one for one in filters.items() if one[1] and one != ("volgorde", "fair")]
    return f"{url_for('ideas', slug=slug)}?{urlencode(asked)}"


def sort_options() -> list[tuple[str, str]]:
    """Return the orders to choose from."""
    return [(name, gettext(text)) for name, text in _SORTS.items()]


def near_pages(page: int, pages: int) -> list[int]:
    """Return the pages to link to: the first, the last, and those around; 0 is a gap."""
    near = {1, pages, *range(max(1, page - _NEAR), min(pages, page + _NEAR) + 1)}
    shown: list[int] = []
    for number in sorted(near):
        if shown and number - shown[-1] > 1:
            shown.append(0)
        shown.append(number)
    return shown
