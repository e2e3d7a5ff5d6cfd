"""Two people type in what they read, each without seeing the other."""

from __future__ import annotations

from pb_engine.ballots import Ballot, Defect, ballot_bytes, plaintext_length, sealed_text
from pb_engine.ballots.paper import BallotPaper
from pb_engine.ballots.typed import typed_ballot
from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import PaperRefused
from pb_engine.sealing import ballot_info, cast_names, new_nonce, seal
from pb_engine.services import placards
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.paper.names import PaperKeys, Reading, keys_of
from pb_engine.services.paper.stacks import (
    open_box,
    places_of,
    reason_of,
    require_kind,
    require_voting,
    stack_to_read,
)
from pb_engine.store.box import BoxState, BoxWork, Hand, Sheet, Stack
from pb_engine.units import ProjectId, RoundId

READERS = (1, 2)
LONGEST_REMARK = 300


def read_sheet(
    engine: Engine, slug: str, typed: str, defect: str = "", remark: str = ""
) -> Reading:
    """Read what was typed for one sheet, without storing it.

    :raises InvalidBallot: it is not a ballot on this paper.
    :raises PaperRefused: the defect is unknown, choices stand beside it, it needs a remark, or
        nothing is marked on a paper that asks for something.
    """
    paper, numbers = paper_and_numbers(engine, slug)
    if not defect:
        if not typed.strip() and paper.min_choices:
            raise PaperRefused("nothing was typed", problem="nothing")
        return Reading(typed_ballot(paper, typed, numbers))
    if defect not in {str(one) for one in Defect}:
        raise PaperRefused(f"{defect[:40]!r} is no defect", problem="defect")
    if typed.strip():
        raise PaperRefused("a sheet with a defect has no choices", problem="both")
    found, told = Defect(defect), " ".join(remark.split())[:LONGEST_REMARK]
    if found is Defect.OTHER:
        told = reason_of(told)
    return Reading(None, found, told if found is Defect.OTHER else "")


def paper_and_numbers(engine: Engine, slug: str) -> tuple[BallotPaper, dict[int, ProjectId]]:
    """Return the frozen paper, and the project behind each printed number.

    :raises WrongPhase: this round has no ballot box yet.
    """
    page = placards.ballot_page(engine, slug)
    return page.paper, {one.number: ProjectId(one.id) for one in page.projects}


def enter_sheet(
    engine: Engine, slug: str, batch: int, hand: int, sheet: int, reading: Reading, by: str
) -> int | None:
    """Keep what one of the two read on a sheet; return the next sheet that is not entered yet.

    Until the reading is finished a sheet can be entered again.

    :raises PaperRefused: no such batch or sheet, the batch is final, the reading is finished, is
        somebody else's, or this official reads this batch already (``problem="two_people"``).
    :raises WrongPhase: the ballot box is closed.
    """
    round_id, names = RoundId(slug), keys_of(engine, slug)
    with engine.stores.box.write() as work:
        state = open_box(work, round_id)
        stack = stack_to_read(work, round_id, batch)
        require_kind(stack, totals=False)
        require_hand(work, stack, hand, names.clerk(by))
        _require_sheet(stack, sheet)
        paper = work.paper(round_id, STYLE)
        work.sheets.put_sheet(sealed_sheet(state, paper, names, stack, hand, sheet, reading))
        entered = work.sheets.entered(round_id, batch, hand)
        work.commit()
    return next((one for one in range(1, stack.stated + 1) if one not in entered), None)


def finish_reading(engine: Engine, slug: str, batch: int, hand: int, by: str) -> None:
    """Say that one of the two is ready; from then on that reading stays as it is.

    :raises PaperRefused: a sheet is not entered (``problem="missing"``), or see ``enter_sheet``.
    :raises WrongPhase: the ballot box is closed.
    """
    round_id, names = RoundId(slug), keys_of(engine, slug)
    with engine.stores.site.write() as site:
        require_voting(site, round_id)
        with engine.stores.box.write() as work:
            open_box(work, round_id)
            stack = stack_to_read(work, round_id, batch)
            require_hand(work, stack, hand, names.clerk(by))
            entered = work.sheets.entered(round_id, batch, hand)
            missing = [one for one in places_of(work, stack) if one not in entered]
            if missing:
                raise PaperRefused(
                    f"{len(missing)} sheets of batch {batch} are not entered, first {missing[0]}",
                    problem="missing",
                    number=len(missing),
                    sheet=missing[0],
                )
            work.sheets.set_finished(round_id, batch, hand, finished=True)
            work.commit()
        facts: dict[str, str | int] = {"batch": batch, "reading": hand}
        site.log.append(Event("paper_reading_finished", round_id, by, facts), engine.clock())
        site.commit()


def restart_reading(engine: Engine, slug: str, batch: int, hand: int, reason: str, by: str) -> None:
    """Erase one of the readings, so that somebody begins it anew; the third falls with it.

    :raises PaperRefused: no such batch or reading, the batch is final, or no reason is given.
    :raises WrongPhase: the ballot box is closed.
    """
    why, round_id = reason_of(reason), RoundId(slug)
    with engine.stores.site.write() as site:
        require_voting(site, round_id)
        with engine.stores.box.write() as work:
            open_box(work, round_id)
            stack_to_read(work, round_id, batch)
            if hand not in work.sheets.hands(round_id, batch):
                raise PaperRefused("nobody began this reading", problem="hand")
            for one in {hand, 3}:
                work.sheets.forget_hand(round_id, batch, one)
            work.commit()
        facts: dict[str, str | int] = {"batch": batch, "reading": hand, "reason": why}
        site.log.append(Event("paper_reading_restarted", round_id, by, facts), engine.clock())
        site.commit()


def claim_hand(work: BoxWork, stack: Stack, hand: int, clerk: str) -> None:
    """Give a reading of a batch to an official, unless it is theirs already.

    The database decides between two who claim at the same moment.

    :raises PaperRefused: it is somebody else's, or this official has another one here.
    """
    mine = Hand(stack.round, stack.stack, hand, clerk)
    if work.sheets.claim(mine):
        return
    hands = work.sheets.hands(stack.round, stack.stack)
    if hand in hands and hands[hand].clerk == clerk:
        return
    if any(one.clerk == clerk for one in hands.values()):
        raise PaperRefused("nobody reads one batch twice", problem="two_people")
    raise PaperRefused("somebody else reads this", problem="taken")


def sealed_sheet(
    state: BoxState,
    paper: BallotPaper | None,
    names: PaperKeys,
    stack: Stack,
    hand: int,
    sheet: int,
    reading: Reading,
) -> Sheet:
    """Return what is kept of a reading: its mark, and the ballot sealed as it goes into the box."""
    sealed = b""
    if reading.ballot is not None and paper is not None:
        sealed = _sealed(state, paper, names.pseudonym(stack.stack, sheet), reading.ballot)
    return Sheet(
        stack.round,
        stack.stack,
        hand,
        sheet,
        names.mark(stack.stack, sheet, reading),
        str(reading.defect or ""),
        reading.remark,
        sealed,
    )


def _sealed(state: BoxState, paper: BallotPaper, pseudonym: str, ballot: Ballot) -> bytes:
    made = cast_names(
        new_nonce(), round_id=state.round, pseudonym=pseudonym, ballot=ballot_bytes(ballot)
    )
    return seal(
        sealed_text(ballot, made.tracker),
        public=state.public_key,
        suite=state.suite,
        info=ballot_info(manifest=state.manifest, style=STYLE, pseudonym=pseudonym, number=1),
        length=plaintext_length(paper),
    )


def require_hand(work: BoxWork, stack: Stack, hand: int, clerk: str) -> None:
    """Give the first or second reading to an official, unless it is theirs already.

    :raises PaperRefused: it is neither, it is finished, or see ``claim_hand``.
    """
    if hand not in READERS:
        raise PaperRefused("a batch is read by a first and a second person", problem="hand")
    claim_hand(work, stack, hand, clerk)
    if work.sheets.hands(stack.round, stack.stack)[hand].finished:
        raise PaperRefused("this reading is finished", problem="finished")


def _require_sheet(stack: Stack, sheet: int) -> None:
    if not 1 <= sheet <= stack.stated:
        raise PaperRefused(
            f"batch {stack.stack} has {stack.stated} sheets; there is no sheet {sheet}",
            problem="sheet",
            limit=stack.stated,
        )
