"""The wishes above a list of ideas, as they stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, pre_load

from pb_engine.services.idea_list import IdeaWishes, is_seed
from pb_engine.services.idea_register import RegisterWishes
from web.forms.money import cents

LONGEST = 80
_DIGITS = 6


class _Filters(Schema):
    """Filters as they stand in the address; what is too long is cut, nothing is refused."""

    class Meta:
        """An address may carry anything."""

        unknown = EXCLUDE

    @pre_load
    def shorten(self, filled: Mapping[str, str], **_: object) -> dict[str, str]:
        """Cut every value to what a filter can be."""
        return {name: value.strip()[:LONGEST] for name, value in filled.items()}


class IdeaFilters(_Filters):
    """Filters of the ideas of one round."""

    zoek = fields.String(load_default="")
    thema = fields.String(load_default="")
    buurt = fields.String(load_default="")
    stand = fields.String(load_default="")
    van = fields.String(load_default="")
    tot = fields.String(load_default="")
    volgorde = fields.String(load_default="")
    mix = fields.String(load_default="")
    blad = fields.String(load_default="")


class RegisterFilters(_Filters):
    """Filters of the ideas of all rounds."""

    zoek = fields.String(load_default="")
    ronde = fields.String(load_default="")
    stand = fields.String(load_default="")
    volgorde = fields.String(load_default="")
    blad = fields.String(load_default="")


def read_filters(filled: Mapping[str, str]) -> dict[str, str]:
    """Return the filters by the names that the page uses; all of them, empty where not given."""
    found: dict[str, Any] = IdeaFilters().load(filled)
    return {**found, "volgorde": found["volgorde"] or "fair"}


def wishes_of(filters: Mapping[str, str]) -> IdeaWishes:
    """Return what these filters ask; an amount or a page that cannot be read asks nothing."""
    wrong = mistaken(filters)
    least, most = (None if wrong else cents(filters[name]) for name in ("van", "tot"))
    return IdeaWishes(
        text=filters["zoek"],
        theme=filters["thema"],
        area=filters["buurt"],
        state=filters["stand"],
        least_cents=least,
        most_cents=most,
        sort=filters["volgorde"],
        seed=filters["mix"] if is_seed(filters["mix"]) else "",
        page=_page(filters["blad"]),
    )


def read_register_filters(filled: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of the register, as ``read_filters`` does."""
    found: dict[str, Any] = RegisterFilters().load(filled)
    return {**found, "volgorde": found["volgorde"] or "newest"}


def register_wishes_of(filters: Mapping[str, str]) -> RegisterWishes:
    """Return what these filters ask of the register."""
    return RegisterWishes(
        text=filters["zoek"],
        round=filters["ronde"],
        state=filters["stand"],
        sort=filters["volgorde"],
        page=_page(filters["blad"]),
    )


def mistaken(filters: Mapping[str, str]) -> dict[str, str]:
    """Return the kind of mistake for every amount that cannot be what was meant."""
    read = {name: cents(filters[name]) for name in ("van", "tot") if filters[name]}
    wrong = {name: "not_money" for name, amount in read.items() if amount is None}
    least, most = read.get("van"), read.get("tot")
    if least is not None and most is not None and least > most:
        wrong["tot"] = "below_least"
    return wrong


def _page(text: str) -> int:
    plain = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    return int(text) if plain else 1
