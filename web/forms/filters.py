"""The filters above the list of ideas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, pre_load

LONGEST = 80


class IdeaFilters(Schema):
    """Filters as they stand in the address; what is too long is cut, nothing is refused."""

    class Meta:
        """An address may carry anything."""

        unknown = EXCLUDE

    thema = fields.String(load_default="")
    buurt = fields.String(load_default="")
    stand = fields.String(load_default="")
    zoek = fields.String(load_default="")
    volgorde = fields.String(load_default="number")

    @pre_load
    def shorten(self, filled: Mapping[str, str], **_: object) -> dict[str, str]:
        """Cut every value to what a filter can be."""
        return {name: value.strip()[:LONGEST] for name, value in filled.items()}


def read_filters(filled: Mapping[str, str]) -> dict[str, Any]:
    """Return the filters by the names that the page uses."""
    found: dict[str, Any] = IdeaFilters().load(filled)
    return found
