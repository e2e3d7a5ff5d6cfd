"""The part of a round file about money per theme or per area."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from pb_engine.domain import pot_values
from pb_engine.domain.schema_parts import AMOUNT, Part, Tuple


class PotSchema(Part):
    """The money of one theme or one area."""

    makes = pot_values.Pot
    amount_cents = fields.Integer(required=True, strict=True, validate=AMOUNT)
    theme = fields.String()
    area = fields.String()

    @validates_schema
    def _one(self, loaded: dict[str, Any], **_: object) -> None:
        if ("theme" in loaded) is ("area" in loaded):
            raise ValidationError("name a theme or an area, and not both", "theme")


class PotsSchema(Part):
    """All pots, and what happens to what is left."""

    makes = pot_values.Pots
    parts = Tuple(fields.Nested(PotSchema), required=True, validate=validate.Length(min=1, max=50))
    leftover = fields.Boolean(load_default=False, truthy={True}, falsy={False})
