"""Page models of the desk for paper: how far each batch is, and what an official may do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import PaperRefused
from pb_engine.services.paper.comparing import THIRD, compare
from pb_engine.services.paper.names import PaperKeys, keys_of
from pb_engine.services.paper.reading import READERS
from pb_engine.services.paper.record import Against, against_the_register
from pb_engine.services.paper.sampling import Sample, sample_of
from pb_engine.services.paper.stacks import by_totals, lines_of, places_of
from pb_engine.services.paper.totals_opening import why_not
from pb_engine.services.placards import ballot_page
from pb_engine.store.box import BoxWork, Stack, Stage
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class ReadingState:
    """How far one reading of a batch is.

    :ivar mine: the official who looks at the page does it.
    :ivar free: this official may begin it.
    """

    hand: int
    entered: int
    finished: bool
    mine: bool
    free: bool


@dataclass(frozen=True, slots=True)
class BatchState:
    """How far a batch is.

    :ivar readings: the first and the second.
    :ivar differing: sheets that were read differently; ``None`` before both are finished.
    :ivar undecided: those of them that wait for a third person.
    :ivar may_decide: the official who looks at the page read nothing of this batch.
    :ivar proposed: somebody proposes to leave it out; ``by_me``: this official does.
    :ivar counted: ballots in the box, once the batch is accepted.
    :ivar defects: sheets that do not count, by defect.
    :ivar totals: only totals are counted of it, so that what is entered are lines, not sheets.
    :ivar places: how many sheets or lines there are to enter.
    """

    number: int
    stated: int
    stage: str
    readings: tuple[ReadingState, ...]
    differing: tuple[int, ...] | None
    undecided: tuple[int, ...]
    may_decide: bool
    proposed: bool
    by_me: bool
    counted: int
    defects: Mapping[str, int]
    reason: str
    totals: bool
    places: int

    @property
    def adds_up(self) -> bool:
        """Tell whether it can be accepted now."""
        return self.stage == Stage.READING and self.differing is not None and not self.undecided


@dataclass(frozen=True, slots=True)
class TotalsLine:
    """One line of a batch of totals: a printed number and title, or a word for sheets.

    :ivar place: where it stands, from 1.
    :ivar key: a project, ``counted`` or a defect.
    :ivar number: as it is printed; 0 for a line about sheets.
    """

    place: int
    key: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    """The paper of a round.

    :ivar open: batches can be taken in and read.
    :ivar no_totals: why no batch can be counted as totals here; ``""`` when one can.
    :ivar against: sheets against voting rights that went to paper.
    """

    round: Round
    phase: Phase
    open: bool
    no_totals: str
    batches: tuple[BatchState, ...]
    against: Against
    sample: Sample | None


def paper_page(engine: Engine, slug: str, by: str) -> PaperPage:
    """Return the paper of a round as this official sees it.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as site:
        stored = site.rounds.get(round_id)
    voting = stored.phase is Phase.VOTING
    names = keys_of(engine, slug) if voting else None
    with engine.stores.box.read() as work:
        batches = tuple(_batch(work, one, names, by) for one in work.sheets.stacks(round_id))
    return PaperPage(
        round=stored.round,
        phase=stored.phase,
        open=voting,
        no_totals=why_not(engine, slug) if voting else "closed",
        batches=batches,
        against=against_the_register(engine, slug),
        sample=sample_of(engine, slug, by),
    )


def batch_of(page: PaperPage, number: int) -> BatchState:
    """Return one batch of a page.

    :raises PaperRefused: there is none with this number.
    """
    for batch in page.batches:
        if batch.number == number:
            return batch
    raise PaperRefused(f"there is no batch {number}", problem="batch")


def totals_lines(engine: Engine, slug: str) -> tuple[TotalsLine, ...]:
    """Return the lines of a batch of totals, in the order in which the box keeps them.

    :raises WrongPhase: this round has no ballot box yet.
    """
    page = ballot_page(engine, slug)
    shown = {one.id: one for one in page.projects}
    return tuple(
        TotalsLine(place, key, shown[key].number, shown[key].title)
        if key in shown
        else TotalsLine(place, key, 0, "")
        for place, key in enumerate(lines_of(page.paper), start=1)
    )


def next_to_enter(engine: Engine, slug: str, batch: int, hand: int) -> int | None:
    """Return the first sheet that a reading has not, or ``None`` when it has all."""
    round_id = RoundId(slug)
    with engine.stores.box.read() as work:
        stack = work.sheets.get(round_id, batch)
        entered = work.sheets.entered(round_id, batch, hand)
    stated = stack.stated if stack else 0
    return next((one for one in range(1, stated + 1) if one not in entered), None)


def _batch(work: BoxWork, stack: Stack, names: PaperKeys | None, by: str) -> BatchState:
    me = names.clerk(by) if names else ""
    hands = work.sheets.hands(stack.round, stack.stack)
    mine = {number for number, hand in hands.items() if hand.clerk == me}
    readings = tuple(
        ReadingState(
            hand=one,
            entered=len(work.sheets.entered(stack.round, stack.stack, one)),
            finished=one in hands and hands[one].finished,
            mine=one in mine,
            free=one not in hands and not mine,
        )
        for one in READERS
    )
    told = json.loads(stack.totals) if stack.totals else {}
    differing, undecided = _compared(work, stack)
    return BatchState(
        number=stack.stack,
        stated=stack.stated,
        stage=str(stack.stage),
        readings=readings,
        differing=differing,
        undecided=undecided,
        may_decide=THIRD in mine or (THIRD not in hands and not mine),
        proposed=bool(stack.leaver),
        by_me=bool(me) and stack.leaver == me,
        counted=told.get("counted", 0),
        defects=told.get("defects", {}),
        reason=told.get("reason", ""),
        totals=by_totals(stack),
        places=len(places_of(work, stack)),
    )


def _compared(work: BoxWork, stack: Stack) -> tuple[tuple[int, ...] | None, tuple[int, ...]]:
    if stack.stage is not Stage.READING:
        return None, ()
    try:
        found = compare(work, stack)
    except PaperRefused:
        return None, ()
    return found.differing, found.undecided
