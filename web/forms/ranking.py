"""A ranking without dragging: numbers that somebody typed, and buttons that move one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from web.forms.numbers import whole_of


def renumbered(
    before: Sequence[str], typed: Mapping[str, str]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return a new order, and what is wrong by project (``number`` or ``twice``).

    A project goes to the place that was typed behind it and the others make room; an empty field
    takes it out.  Only changed numbers move something, so one number is enough for one move.
    Gaps close.  Of two projects with the same new number, the one that stood first stays first.

    :param before: the order that the page showed.
    :param typed: what stands in the fields, by project.
    """
    places = {project: str(place) for place, project in enumerate(before, start=1)}
    wanted: dict[str, int] = {}
    gone, faults = set[str](), dict[str, str]()
    for project, text in typed.items():
        if text.strip() == places.get(project, ""):
            continue
        number = whole_of(text)
        if number is None:
            faults[project] = "number"
        elif number == 0:
            gone.add(project)
        else:
            faults.update({project: "twice"} if number in wanted.values() else {})
            wanted[project] = number
    order = [one for one in before if one not in wanted and one not in gone]
    for project in sorted(wanted, key=lambda one: wanted[one]):
        order.insert(min(wanted[project] - 1, len(order)), project)
    return tuple(order), faults


def moved(order: Sequence[str], step: str, project: str) -> tuple[str, ...]:
    """Return the order after one press of a button: ``up``, ``down``, ``off`` or ``add``."""
    others = [one for one in order if one != project]
    if step == "off":
        return tuple(others)
    if project not in order:
        return (*others, project) if step == "add" else tuple(others)
    place = order.index(project) + {"up": -1, "down": 1}.get(step, 0)
    others.insert(max(0, place), project)
    return tuple(others)
