"""The form with which a resident submits an idea."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, pre_load

from pb_engine.errors import InvalidIdea
from pb_engine.services.ideas import IdeaDraft, Recurrence, Submitter
from pb_engine.units import AreaId, Cents
from web.forms.money import cents

NOT_MONEY = Cents(-1)
"""Lower than every minimum: so the service names it together with all other mistakes."""


class Amount(fields.Field[Cents]):
    """An amount of money; what cannot be read becomes ``NOT_MONEY``."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Cents:
        found = cents(str(value))
        return NOT_MONEY if found is None else Cents(found)


class IdeaForm(Schema):
    """The fields as they are called on the page, in the order of the page."""

    class Meta:
        """Other fields are the web's own, such as the form token."""

        unknown = EXCLUDE

    title = fields.String(load_default="")
    description = fields.String(load_default="")
    motivation = fields.String(load_default="")
    cost = Amount(load_default=NOT_MONEY)
    recurrence = fields.String(load_default="once")
    theme = fields.String(load_default="")
    area = fields.String(load_default="")
    place = fields.String(load_default="")
    own_effort = fields.String(load_default="")
    name = fields.String(load_default="")
    email = fields.String(load_default="")
    helper = fields.String(load_default="")

    @pre_load
    def trim(self, filled: Mapping[str, str], **_: object) -> dict[str, str]:
        """Leave out the spaces around what was typed."""
        return {name: value.strip() for name, value in filled.items()}


def read_idea(filled: Mapping[str, str]) -> IdeaDraft:
    """Return the draft that a form describes; the service checks it.

    :raises InvalidIdea: a choice is not one of those on the page, or an address has no ``@``.
    """
    values = IdeaForm().load(filled)
    if values["recurrence"] not in {str(one) for one in Recurrence}:
        raise InvalidIdea("recurrence: not on the page", all="recurrence:unknown:0")
    if values["email"] and not _may_be_address(values["email"]):
        raise InvalidIdea("email: not an address", all="email:not_an_address:0")
    return IdeaDraft(
        title=values["title"],
        description=values["description"],
        motivation=values["motivation"],
        cost_cents=values["cost"],
        area=AreaId(values["area"]) if values["area"] else None,
        place=values["place"],
        theme=values["theme"],
        own_effort=values["own_effort"],
        recurrence=Recurrence(values["recurrence"]),
        submitter=Submitter(values["name"], values["email"] or None, values["helper"] or None),
    )


def _may_be_address(text: str) -> bool:
    name, mark, host = text.rpartition("@")
    return bool(name and mark and "." in host) and not any(char.isspace() for char in text)
