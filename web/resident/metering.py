"""The line that stays in sight on a ballot: what is chosen, what is left, what must change.

Each sentence goes with one limit of the paper.  The server fills them in; a script does the same
while somebody chooses, from the same sentences.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.services.ballot_projects import BallotPage
from web.texts import money, say


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a ballot paper with its sentences.

    :ivar of: what is added up: ``count``, ``cost``, ``weight``, or a place in ``paper.groups``.
    :ivar fine: said within the limit; ``over`` above ``most``; ``low`` below ``least``.
    """

    of: str
    least: int
    most: int
    fine: str
    over: str
    low: str = ""
    name: str = ""


def limits(page: BallotPage) -> list[Limit]:
    """Return the limits of a paper, the most important first."""
    return [*_leading(page), *(_of_group(page, n) for n in range(len(page.paper.groups)))]


def _leading(page: BallotPage) -> Iterator[Limit]:
    paper = page.paper
    if paper.spend_limit is not None:
        yield Limit("cost", 0, paper.spend_limit, _left(), _over())
    if paper.format == "points" and paper.max_points is not None:
        yield Limit("weight", 0, paper.max_points, _points(), _too_many_points())
    bound = paper.max_choices < len(paper.lines) or paper.min_choices > 1
    if paper.format in ("basket", "points") and not bound:
        return
    fine, over = _sentences(page)
    yield Limit("count", paper.min_choices, paper.max_choices, fine, over, _more())


def _sentences(page: BallotPage) -> tuple[str, str]:
    paper = page.paper
    if paper.format == "ranking":
        return (
            str(gettext("Op volgorde: {number} van hoogstens {most}.")),
            str(gettext("Er staan {number} ideeën op volgorde. Haal er {fewer} weg.")),
        )
    if paper.format == "score":
        return (
            str(gettext("Beoordeeld: {number} van hoogstens {most}.")),
            str(gettext("U beoordeelde {number} ideeën. Haal er {fewer} weg.")),
        )
    return (
        str(gettext("U koos {number} van hoogstens {most}.")),
        str(gettext("U koos {number} ideeën. Haal er {fewer} weg.")),
    )


def _of_group(page: BallotPage, number: int) -> Limit:
    group = page.paper.groups[number]
    return Limit(
        str(number),
        0,
        group.max_choices,
        str(gettext("{name}: {number} van hoogstens {most}.")),
        str(gettext("{name}: {number} is te veel. Haal er {fewer} weg.")),
        name=group_name(page, group.name),
    )


def group_name(page: BallotPage, name: str) -> str:
    """Return the name of a group in the language of the page."""
    for theme in page.round.submission.themes:
        if theme.name.nl == name:
            return say(theme.name)
    return name


def meter_text(page: BallotPage, weights: Mapping[str, int]) -> str:
    """Say what is chosen, what is left, and what must change."""
    return " ".join(_said(one, _amount(page, one, weights)) for one in limits(page))


def meter_marks(page: BallotPage) -> dict[str, str]:
    """Return what the script needs to say the same while somebody chooses."""
    told = [dataclasses.asdict(one) for one in limits(page)]
    return {"limits": json.dumps(told, ensure_ascii=False, separators=(",", ":"))}


def is_over(page: BallotPage, weights: Mapping[str, int]) -> bool:
    """Tell whether the choice is more than the paper takes."""
    return any(_amount(page, one, weights) > one.most for one in limits(page))


def spent_on(page: BallotPage, weights: Mapping[str, int]) -> int:
    """Return what the chosen projects cost together, in cents."""
    return sum(line.cost_cents for line in page.projects if line.id in weights)


def groups_of(page: BallotPage, project: str) -> str:
    """Return the places of the groups that a project is in, for the script."""
    found = (str(n) for n, one in enumerate(page.paper.groups) if project in one.projects)
    return " ".join(found)


def _amount(page: BallotPage, limit: Limit, weights: Mapping[str, int]) -> int:
    if limit.of == "cost":
        return spent_on(page, weights)
    if limit.of == "weight":
        return sum(weights.values())
    if limit.of == "count":
        return len(weights)
    return sum(project in weights for project in page.paper.groups[int(limit.of)].projects)


def _said(limit: Limit, amount: int) -> str:
    shown = money if limit.of == "cost" else str
    sentence = limit.over if amount > limit.most else limit.fine
    if amount < limit.least and limit.low:
        sentence = f"{sentence} {limit.low}"
    return sentence.format(
        spent=shown(amount),
        limit=shown(limit.most),
        rest=shown(abs(limit.most - amount)),
        number=amount,
        most=limit.most,
        fewer=amount - limit.most,
        more=limit.least - amount,
        name=limit.name,
    )


def _left() -> str:
    return str(gettext("U koos voor {spent} van {limit}. Er is nog {rest}."))


def _over() -> str:
    return str(gettext("U koos voor {spent}. Dat is {rest} te veel."))


def _more() -> str:
    return str(gettext("Kies er nog minstens {more}."))


def _points() -> str:
    return str(gettext("U gaf {number} van {most} punten. U heeft er nog {rest}."))


def _too_many_points() -> str:
    return str(gettext("U gaf {number} punten. Dat is {fewer} te veel."))
