"""Ideas: what residents submit, and the states an idea goes through."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from pb_engine.domain.costs import CostLine
from pb_engine.domain.outlines import Point
from pb_engine.domain.review import Review
from pb_engine.domain.rounds import Round
from pb_engine.errors import InvalidIdea, WrongIdeaState
from pb_engine.units import AreaId, Cents, IdeaId, RoundId


class IdeaState(StrEnum):
    """Where an idea is."""

    SUBMITTED = "submitted"
    ADAPT = "adapt"
    FEASIBLE = "feasible"
    REJECTED = "rejected"
    REFERRED = "referred"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    ON_BALLOT = "on_ballot"


class IdeaStep(StrEnum):
    """What moves an idea from one state to another."""

    PASS = "pass"  # noqa: S105 - the name of a step, no password
    ADAPT = "adapt"
    REJECT = "reject"
    REFER = "refer"
    MERGE = "merge"
    WITHDRAW = "withdraw"
    PLACE = "place"
    REOPEN = "reopen"


_JUDGED = {
    IdeaStep.PASS: IdeaState.FEASIBLE,
    IdeaStep.ADAPT: IdeaState.ADAPT,
    IdeaStep.REJECT: IdeaState.REJECTED,
    IdeaStep.REFER: IdeaState.REFERRED,
}
_OPEN = (IdeaState.SUBMITTED, IdeaState.ADAPT, IdeaState.FEASIBLE)

IDEA_TRANSITIONS: Mapping[tuple[IdeaState, IdeaStep], IdeaState] = MappingProxyType(
    {
        **{
            (state, step): reached
            for state in (*_OPEN, IdeaState.REJECTED, IdeaState.REFERRED)
            for step, reached in _JUDGED.items()
        },
        **{(state, IdeaStep.MERGE): IdeaState.MERGED for state in _OPEN},
        **{(state, IdeaStep.WITHDRAW): IdeaState.WITHDRAWN for state in _OPEN},
        (IdeaState.FEASIBLE, IdeaStep.PLACE): IdeaState.ON_BALLOT,
        **{
            (state, IdeaStep.REOPEN): IdeaState.SUBMITTED
            for state in (IdeaState.ADAPT, IdeaState.REJECTED, IdeaState.REFERRED)
        },
    }
)
"""A judgement may be replaced until voting opens; the event log keeps the earlier one."""


def idea_after(state: IdeaState, step: IdeaStep) -> IdeaState:
    """Return the state that ``step`` leads to.

    :raises WrongIdeaState: the table has no such step from ``state``.
    """
    try:
        return IDEA_TRANSITIONS[state, step]
    except KeyError:
        raise WrongIdeaState(
            f"an idea that is {state} cannot take the step {step}", state=state, step=step
        ) from None


class Recurrence(StrEnum):
    """Whether the money is needed once or every year."""

    ONCE = "once"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who submitted an idea.  Merging keeps all of them.

    :ivar name: how the submitter wants to be called on the page.
    :ivar email: for messages about this idea; optional, never published.
    :ivar helper: the adult helper of a young submitter; never published.
    """

    name: str
    email: str | None = None
    helper: str | None = None


@dataclass(frozen=True, slots=True)
class IdeaDraft:
    """What a resident fills in.

    :ivar others: the names of those who submit it together with the submitter.
    :ivar spot: the point on the map that everybody may see.
    """

    title: str
    description: str
    motivation: str
    cost_cents: Cents
    area: AreaId | None
    place: str
    theme: str
    own_effort: str
    recurrence: Recurrence
    submitter: Submitter
    on_behalf_of: str = ""
    needs_space: bool = False
    others: tuple[str, ...] = ()
    language: str = "nl"
    cost_lines: tuple[CostLine, ...] = ()
    spot: Point | None = None


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea in a round, with its latest review.

    :ivar number: counts up within the round; residents see it.
    :ivar submitters: at least one; more after a merge.
    :ivar merged_into: the idea that this one went into, when ``state`` is ``merged``.
    :ivar version: counts changes, so that nobody overwrites what they did not see.
    :ivar on_behalf_of: the school, club or group for which it was submitted; empty for oneself.
    :ivar needs_space: whether the submitters look for a room or a place.
    :ivar language: in which language the submitter wrote it.
    :ivar taken_from: the idea of an earlier round that was taken up again as this one.
    :ivar split_from: the idea of this round of which this one was a part.
    :ivar cost_lines: how the submitter came to the estimate; may be empty.
    :ivar latitude_e6: millionths of a degree (WGS 84); ``None`` when no point was chosen.
    """

    id: IdeaId
    round: RoundId
    number: int
    title: str
    description: str
    motivation: str
    cost_cents: Cents
    area: AreaId | None
    place: str
    theme: str
    own_effort: str
    recurrence: Recurrence
    submitters: tuple[Submitter, ...]
    state: IdeaState
    submitted_on: date
    version: int
    merged_into: IdeaId | None = None
    review: Review | None = None
    on_behalf_of: str = ""
    needs_space: bool = False
    language: str = "nl"
    latitude_e6: int | None = None
    longitude_e6: int | None = None
    taken_from: IdeaId | None = None
    split_from: IdeaId | None = None
    cost_lines: tuple[CostLine, ...] = ()

    @property
    def price(self) -> Cents:
        """The final cost where the commission set one, else the submitter's estimate."""
        if self.review is not None and self.review.final_cost_cents is not None:
            return self.review.final_cost_cents
        return self.cost_cents


LENGTHS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "title": (3, 80),
        "description": (10, 2000),
        "motivation": (0, 1000),
        "place": (0, 120),
        "own_effort": (0, 1000),
        "name": (1, 80),
        "email": (0, 200),
        "helper": (0, 80),
        "on_behalf_of": (0, 80),
        "others": (0, 80),
    }
)
"""Fewest and most characters per field; the page states the same limits."""


MOST_OTHERS = 5
"""How many people may submit an idea together with its submitter."""

_MOST_MARKS = 4
"""Accents above one letter; no language in use stacks more."""


def tidy(text: str) -> str:
    """Normalise what somebody typed: NFC, no control or direction characters, trimmed.

    Right-to-left letters stay; the invisible characters that turn a whole line around go.  So do
    accents that are piled up until they cover the lines above.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    kept = (char for char in composed if char == "\n" or not _invisible(char))
    return "".join(_unpiled(kept)).strip()


def _unpiled(text: Iterable[str]) -> Iterator[str]:
    piled = 0
    for char in text:
        piled = piled + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if piled <= _MOST_MARKS:
            yield char


def _invisible(char: str) -> bool:
    return (
        unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} and char not in "\u200c\u200d"
    )


Mistake = tuple[str, str, int]
"""Field, problem, and the limit that was broken."""


def check_draft(round_: Round, draft: IdeaDraft, also: Iterable[Mistake] = ()) -> None:
    """Refuse a draft that misses something or breaks a submission rule.

    :raises InvalidIdea: with ``details["field"]`` and ``details["problem"]`` for the first
        mistake, and every mistake in ``details["all"]`` as ``field:problem`` words.
    """
    mistakes = [*_mistakes(round_, draft), *also]
    if mistakes:
        field, problem, limit = mistakes[0]
        raise InvalidIdea(
            f"idea: {field}: {problem} (limit {limit})",
            field=field,
            problem=problem,
            limit=limit,
            all=" ".join(f"{name}:{what}:{bound}" for name, what, bound in mistakes),
        )


def _mistakes(round_: Round, draft: IdeaDraft) -> Iterator[Mistake]:
    texts = {
        "title": draft.title,
        "description": draft.description,
        "motivation": draft.motivation,
        "place": draft.place,
        "own_effort": draft.own_effort,
        "name": draft.submitter.name,
        "email": draft.submitter.email or "",
        "helper": draft.submitter.helper or "",
        "on_behalf_of": draft.on_behalf_of,
        "others": max(draft.others, key=len, default=""),
    }
    for field, text in texts.items():
        fewest, most = LENGTHS[field]
        if len(text) < fewest:
            yield field, "too_short", fewest
        elif len(text) > most:
            yield field, "too_long", most
    if len(draft.others) > MOST_OTHERS:
        yield "others", "too_many_names", MOST_OTHERS
    rules = round_.submission
    if draft.cost_cents < rules.min_cost_cents:
        yield "cost", "too_low", rules.min_cost_cents
    elif draft.cost_cents > rules.max_cost_cents:
        yield "cost", "too_high", rules.max_cost_cents
    if draft.theme not in {theme.id for theme in rules.themes}:
        yield "theme", "unknown", 0
    if draft.area is not None and not (
        round_.areas.find(draft.area) and round_.areas.lies_in(draft.area, round_.voters.areas)
    ):
        yield "area", "unknown", 0
