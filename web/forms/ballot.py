"""The ballot form: which boxes are ticked, and what the voter wants to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from pb_engine.services.ballot_projects import BallotPage

LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class FilledBallot:
    """A ballot form as it was sent.

    :ivar choices: the ticked projects as they were sent, doubles and unknown ones included.
    :ivar next: ``recount`` to count again; anything else goes on to the check.
    """

    choices: tuple[str, ...]
    next: str


def read_ballot(filled: MultiDict[str, str]) -> FilledBallot:
    """Read a ballot form; an empty box is no choice."""
    ticked = tuple(value[: LONGEST_ID + 1] for value in filled.getlist("choices") if value)
    return FilledBallot(ticked, filled.get("step", "on"))


def mask_of(page: BallotPage, choices: Sequence[str]) -> int:
    """Write choices as one number: bit ``n`` is line ``n`` of the frozen paper.

    It makes what a voter carries as long for one choice as for many; unknown choices fall out.
    """
    chosen = frozenset(choices)
    return sum(1 << place for place, line in enumerate(page.projects) if line.id in chosen)


def chosen_by(page: BallotPage, mask: int) -> tuple[str, ...]:
    """Return the projects that ``mask_of`` wrote down, in the order of the paper."""
    return tuple(line.id for place, line in enumerate(page.projects) if mask >> place & 1)
