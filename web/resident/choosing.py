"""Which lines of the ballot paper stand on the screen, and in which order.

A filter or a page hides ideas, never a choice: what is chosen always stands on the screen, so
that it is seen and can be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from pb_engine.services.ballot_projects import BallotPage, BallotProject, in_fair_order
from pb_engine.units import LocalText

PAGE_SIZE = 25
WORTH_A_FILTER = 9
"""With fewer ideas a filter is in the way."""
_LONGEST = 100
_PAGE_NUMBER = re.compile(r"[0-9]{1,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class View:
    """What part of the ballot paper somebody looks at.

    :ivar theme: the Dutch name of a theme, or nothing for all.
    :ivar area: the name of an area, or nothing for all.
    :ivar page: counted from 1.
    """

    theme: str = ""
    area: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Screen:
    """The lines on the screen.

    :ivar lines: those of this page and filter.
    :ivar elsewhere: chosen lines which the filter or the page would hide.
    :ivar ranked: for a ranking: the chosen lines, first choice first.
    :ivar shown: the places of all these on the paper, as a form brings them back; ``None``
        when the whole paper stands on the screen.
    """

    lines: tuple[BallotProject, ...]
    elsewhere: tuple[BallotProject, ...]
    ranked: tuple[BallotProject, ...]
    shown: str | None
    found: int
    pages: int
    themes: tuple[LocalText, ...]
    areas: tuple[str, ...]


def read_view(filled: Mapping[str, str]) -> View:
    """Read a view from a form or an address; what makes no sense means everything."""
    step, _, target = filled.get("step", "").partition(":")
    number = target if step == "page" else filled.get("page", "1") if step != "show" else "1"
    page = int(number) if _PAGE_NUMBER.fullmatch(number) else 1
    return View(
        filled.get("theme", "")[:_LONGEST],
        filled.get("area", "")[:_LONGEST],
        max(page, 1),
    )


def address(slug: str, view: View) -> str:
    """Return the address of the ballot paper in this view; it tells nothing about a choice."""
    wanted: dict[str, Any] = {
        "theme": view.theme,
        "area": view.area,
        "page": view.page if view.page > 1 else None,
    }
    return url_for("ballot", slug=slug, **{name: one for name, one in wanted.items() if one})


def screen(page: BallotPage, weights: Mapping[str, int], view: View, order: str) -> Screen:
    """Return what stands on the screen.

    :param order: drawn for this visit: the same order on every page of it.
    """
    ranked = _ranked(page, weights)
    rest = [one for one in in_fair_order(page.projects, order) if one not in ranked]
    found = [one for one in rest if _fits(one, view)]
    first = (view.page - 1) * PAGE_SIZE if (view.page - 1) * PAGE_SIZE < len(found) else 0
    lines = found[first : first + PAGE_SIZE]
    elsewhere = [one for one in rest if one.id in weights and one not in lines]
    return Screen(
        lines=tuple(lines),
        elsewhere=tuple(elsewhere),
        ranked=tuple(ranked),
        shown=_places(page, (*lines, *elsewhere, *ranked)),
        found=len(found),
        pages=-(-len(found) // PAGE_SIZE),
        themes=tuple(dict.fromkeys(one.theme_name for one in page.projects)),
        areas=tuple(sorted({one.area_name for one in page.projects if one.area_name})),
    )


def _ranked(page: BallotPage, weights: Mapping[str, int]) -> list[BallotProject]:
    if page.paper.format != "ranking":
        return []
    chosen = (one for one in page.projects if one.id in weights)
    return sorted(chosen, key=lambda one: weights[one.id])


def _fits(line: BallotProject, view: View) -> bool:
    right_theme = not view.theme or line.theme_name.nl == view.theme
    return right_theme and (not view.area or line.area_name == view.area)


def _places(page: BallotPage, shown: Sequence[BallotProject]) -> str | None:
    on_screen = {line.id for line in shown}
    places = [str(n) for n, line in enumerate(page.projects) if line.id in on_screen]
    return None if len(places) == len(page.projects) else ".".join(places)
