"""The ballot form: what is ticked, given or ranked, and what the voter wants to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from pb_engine.services.ballot_projects import BallotPage
from pb_engine.services.voting import Choices
from web.forms.numbers import whole_of
from web.forms.ranking import moved, renumbered

LONGEST_ID = 64
LONGEST_TYPED = 20
MOST_MARKS = 1001
"""One more than a ballot may have, so that too many is still seen."""
TICKED = frozenset({"single", "approval", "basket"})
_MARK = "mark-"
_MOVES = frozenset({"up", "down", "off", "add", "more", "less"})


@dataclass(frozen=True, slots=True)
class FilledBallot:
    """A ballot form as it was sent.

    :ivar choices: the choice as it was sent, doubles and unknown projects included, with what
        was chosen before and did not stand on this page.
    :ivar next: ``on`` to the check; ``stay`` for anything that shows the ballot paper again.
    :ivar faults: what is wrong by project: ``number`` (not understood) or ``twice`` (a place).
    :ivar typed: what was typed and not understood, by project.
    :ivar touched: the project whose button was pressed, or nothing.
    """

    choices: Choices
    next: str
    faults: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    touched: str = ""


def read_ballot(
    filled: MultiDict[str, str], page: BallotPage, carried: Mapping[str, int]
) -> FilledBallot:
    """Read a ballot form.

    :param carried: the choice so far; it stays for projects that this page did not show.
    """
    step, _, target = filled.get("step", "on").partition(":")
    target = target[:LONGEST_ID]
    forward = "on" if step == "on" else "stay"
    unseen = _unseen(filled, page, carried)
    if page.paper.format in TICKED:
        ticked = tuple(value[: LONGEST_ID + 1] for value in filled.getlist("choices") if value)
        if page.paper.format == "single" and ticked:
            unseen = {}
        return FilledBallot((*ticked, *(one for one in unseen if one not in ticked)), forward)
    typed = _typed(filled)
    known = {line.id for line in page.projects}
    touched = target if step in _MOVES and target in known else ""
    if page.paper.format == "ranking":
        return _ranking(filled, typed, forward, (step, touched))
    return _weighing(page, typed, unseen, forward, (step, touched))


def _unseen(
    filled: MultiDict[str, str], page: BallotPage, carried: Mapping[str, int]
) -> dict[str, int]:
    if "shown" not in filled:
        return {}
    places = filled["shown"][: LONGEST_ID * MOST_MARKS].split(".")
    shown = {line.id for place, line in enumerate(page.projects) if str(place) in set(places)}
    return {project: weight for project, weight in carried.items() if project not in shown}


def _typed(filled: MultiDict[str, str]) -> dict[str, str]:
    names = [name for name in filled if name.startswith(_MARK)][:MOST_MARKS]
    return {
        name.removeprefix(_MARK)[: LONGEST_ID + 1]: filled[name][:LONGEST_TYPED] for name in names
    }


def _ranking(
    filled: MultiDict[str, str], typed: Mapping[str, str], forward: str, press: tuple[str, str]
) -> FilledBallot:
    before = list(dict.fromkeys(one[: LONGEST_ID + 1] for one in filled.getlist("was") if one))
    order, faults = renumbered(before[:MOST_MARKS], typed)
    if press[1]:
        order = moved(order, *press)
    places = {project: place for place, project in enumerate(order, start=1)}
    lost = {one: typed[one] for one, fault in faults.items() if fault == "number"}
    return FilledBallot(places, forward, faults, lost, press[1])


def _weighing(
    page: BallotPage,
    typed: Mapping[str, str],
    unseen: Mapping[str, int],
    forward: str,
    press: tuple[str, str],
) -> FilledBallot:
    """Read points or grades: an empty field gives none, and 0 is a grade but no point."""
    step, touched = press
    given: dict[str, int] = dict(unseen)
    faults: dict[str, str] = {}
    zero = page.paper.format == "score"
    for project, text in typed.items():
        number = whole_of(text)
        if number is None:
            faults[project] = "number"
        elif number or (zero and text.strip()):
            given[project] = number
    if touched and touched not in faults:
        given[touched] = max(0, given.get(touched, 0) + {"more": 1, "less": -1}.get(step, 0))
        if not given[touched] and not zero:
            del given[touched]
    return FilledBallot(given, forward, faults, {one: typed[one] for one in faults}, touched)
