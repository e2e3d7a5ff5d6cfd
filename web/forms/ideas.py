"""The form with which a resident submits an idea: its steps, and what they make together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pb_engine.services.area_shapes import Point
from pb_engine.services.ideas import IdeaDraft, Recurrence, Submitter
from pb_engine.units import AreaId, Cents
from web.forms.costs import FIELDS, read_lines
from web.forms.money import cents

NOT_MONEY = Cents(-1)
"""Lower than every minimum: so the service names it together with all other mistakes."""

STEPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "idee": ("title", "description", "motivation", "theme"),
        "plek": ("area", "place", "needs_space", "spot", "spot_ok"),
        "kosten": (*FIELDS, "cost", "recurrence"),
        "over-u": ("own_effort", "name", "on_behalf_of", "others", "email", "helper"),
    }
)
"""The steps with their fields, as they are called on the page, in the order of the page."""

PHOTOS = "fotos"
CHECK = "controle"
"""The step after all others: look at everything, and submit."""
_SPOT = re.compile(r"(-?[0-9]{1,9}),(-?[0-9]{1,9})")


def typed_in(step: str, filled: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed in the fields of a step, without the spaces around it."""
    return {field: filled.get(field, "").strip() for field in STEPS[step]}


def read_idea(values: Mapping[str, str], language: str = "nl") -> IdeaDraft:
    """Return the draft that a filled-in form describes; the service checks it.

    What is no choice on the page becomes the first one; ``form_mistakes`` names it.
    """

    def of(field: str) -> str:
        return values.get(field, "")

    lines = read_lines(values)
    amount = sum(one.sum_cents for one in lines) if lines else cents(of("cost"))
    yearly = of("recurrence") == Recurrence.YEARLY
    return IdeaDraft(
        title=of("title"),
        description=of("description"),
        motivation=of("motivation"),
        cost_cents=NOT_MONEY if amount is None else Cents(amount),
        area=AreaId(of("area")) if of("area") else None,
        place=of("place"),
        theme=of("theme"),
        own_effort=of("own_effort"),
        recurrence=Recurrence.YEARLY if yearly else Recurrence.ONCE,
        submitter=Submitter(of("name"), of("email") or None, of("helper") or None),
        on_behalf_of=of("on_behalf_of"),
        needs_space=bool(of("needs_space")),
        others=tuple(name.strip() for name in of("others").splitlines() if name.strip()),
        language=language,
        cost_lines=lines,
        spot=read_spot(of("spot")) if of("spot_ok") else None,
    )


def form_mistakes(values: Mapping[str, str]) -> dict[str, str]:
    """Return the kind of mistake per field, as far as only the form can tell."""
    found = {}
    recurrence, email = values.get("recurrence", ""), values.get("email", "")
    if recurrence not in {"", *map(str, Recurrence)}:
        found["recurrence"] = "unknown"
    if email and not _may_be_address(email):
        found["email"] = "not_an_address"
    if values.get("cost") and not read_lines(values) and cents(values["cost"]) is None:
        found["cost"] = "not_money"
    if values.get("spot") and values.get("spot_ok") and read_spot(values["spot"]) is None:
        found["spot"] = "spot_outside"
    return found


def read_spot(text: str) -> Point | None:
    """Read a point as ``written_spot`` wrote it; ``None`` for anything else."""
    found = _SPOT.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def written_spot(at: Point) -> str:
    """Write a point for a field of the form: longitude, latitude, in millionths of a degree."""
    return f"{at[0]},{at[1]}"


def _may_be_address(text: str) -> bool:
    name, mark, host = text.rpartition("@")
    return bool(name and mark and "." in host) and not any(char.isspace() for char in text)
