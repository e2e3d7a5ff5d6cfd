"""A batch that adds up goes into the box, all at once; or it stays out, and that is public."""

from __future__ import annotations

import dataclasses
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pb_engine.ballots import SPOILT, VOID, Defect, canonical_json
from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import AlreadyVoted, PaperRefused
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.paper.comparing import decided
from pb_engine.services.paper.names import PaperKeys, keys_of
from pb_engine.services.paper.stacks import (
    by_totals,
    open_box,
    reason_of,
    require_kind,
    require_voting,
    stack_to_read,
)
from pb_engine.services.rollback import journal_of, require_whole
from pb_engine.services.spending import unmarked
from pb_engine.store.box import BoxWork, Sheet, Stack, Stage, StoredBallot
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class Balance:
    """What became of the sheets of a batch: handed in = counted + spoilt + void.

    :ivar defects: how many sheets have each defect.
    """

    sheets: int
    counted: int
    defects: Mapping[Defect, int]

    @property
    def spoilt(self) -> int:
        """Ballots that say nothing countable."""
        return sum(number for defect, number in self.defects.items() if defect in SPOILT)

    @property
    def void(self) -> int:
        """Sheets that are not admitted."""
        return sum(number for defect, number in self.defects.items() if defect in VOID)


def balance_of(stack: Stack, sheets: Iterable[Sheet]) -> Balance:
    """Return the balance of a batch.

    :raises PaperRefused: it does not add up.
    """
    found = Counter(sheet.defect for sheet in sheets)
    defects = {defect: found[str(defect)] for defect in Defect if found[str(defect)]}
    balance = Balance(stack.stated, found[""], defects)
    if balance.counted + balance.spoilt + balance.void != stack.stated:
        raise PaperRefused(
            f"batch {stack.stack} does not add up: {stack.stated} sheets handed in, "
            f"{found.total()} read",
            problem="balance",
            number=found.total(),
            limit=stack.stated,
        )
    return balance


def accept_batch(engine: Engine, slug: str, batch: int, by: str) -> Balance:
    """Put the ballots of a batch that adds up into the box, in random order; return the balance.

    In one unit of work the batch is final, its readings are erased, and its ballots wait in the box
    as all others do.  Of two who accept at once, one does.

    :raises PaperRefused: it does not add up, a difference is undecided, or it is final.
    :raises WrongPhase: the ballot box is closed.
    :raises BoxIncomplete: ballots are missing from the box after a restore.
    """
    round_id, names = RoundId(slug), keys_of(engine, slug)
    require_whole(engine, round_id)
    with engine.stores.site.write() as site:
        require_voting(site, round_id)
        with engine.stores.box.write() as work:
            open_box(work, round_id)
            stack = stack_to_read(work, round_id, batch)
            require_kind(stack, totals=False)
            sheets = decided(work, stack)
            balance = balance_of(stack, sheets.values())
            ballots = _into_the_box(work, names, sheets)
            _finish(work, stack, balance, sheets)
            work.commit()
        journal = journal_of(engine, round_id)
        if journal:
            journal.note_ballots(*ballots)
        log_accepted(engine, site, stack, balance, sheets, by)
        site.commit()
    return balance


def propose_leaving(engine: Engine, slug: str, batch: int, reason: str, by: str) -> None:
    """Propose to leave a batch out of the count; another official must agree.

    :raises PaperRefused: no such batch, it is final, or no reason is given.
    :raises WrongPhase: the ballot box is closed.
    """
    why, round_id, names = reason_of(reason), RoundId(slug), keys_of(engine, slug)
    with engine.stores.site.write() as site:
        require_voting(site, round_id)
        with engine.stores.box.write() as work:
            open_box(work, round_id)
            stack = stack_to_read(work, round_id, batch)
            work.sheets.change(dataclasses.replace(stack, leaver=names.clerk(by)))
            work.commit()
        facts: dict[str, str | int] = {"batch": batch, "reason": why}
        site.log.append(Event("paper_leaving_proposed", round_id, by, facts), engine.clock())
        site.commit()


def leave_out(engine: Engine, slug: str, batch: int, reason: str, by: str) -> None:
    """Leave a batch out of the count, as another official proposed; its reason is published.

    :raises PaperRefused: nobody proposed it, the same official did, or see ``propose_leaving``.
    :raises WrongPhase: the ballot box is closed.
    """
    why, round_id, names = reason_of(reason), RoundId(slug), keys_of(engine, slug)
    with engine.stores.site.write() as site:
        require_voting(site, round_id)
        with engine.stores.box.write() as work:
            open_box(work, round_id)
            stack = stack_to_read(work, round_id, batch)
            if stack.leaver in {"", names.clerk(by)}:
                raise PaperRefused("two officials leave a batch out", problem="second")
            work.sheets.forget_sheets(round_id, batch)
            told = {"counted": 0, "defects": {}, "reason": why}
            told |= {"totals": True, "votes": {}} if by_totals(stack) else {}
            work.sheets.change(final(stack, Stage.LEFT_OUT, told))
            work.commit()
        facts: dict[str, str | int] = {"batch": batch, "sheets": stack.stated, "reason": why}
        site.log.append(Event("paper_batch_left_out", round_id, by, facts), engine.clock())
        site.commit()


def _into_the_box(
    work: BoxWork, names: PaperKeys, sheets: Mapping[int, Sheet]
) -> list[StoredBallot]:
    ballots = [
        StoredBallot(
            one.round, names.pseudonym(one.stack, one.sheet), 1, STYLE, unmarked(), one.sealed
        )
        for one in sheets.values()
        if not one.defect
    ]
    secrets.SystemRandom().shuffle(ballots)
    kept = []
    for ballot in ballots:
        try:
            work.deposit(ballot)
        except AlreadyVoted:
            continue  # it was put back from the journal; the batch was accepted before a restore
        kept.append(ballot)
    if ballots:
        work.sheets.note_ballots(ballots[0].round, (one.pseudonym for one in ballots))
    return kept


def _finish(work: BoxWork, stack: Stack, balance: Balance, sheets: Mapping[int, Sheet]) -> None:
    slug, batch = stack.round, stack.stack
    work.sheets.keep_marks(slug, batch, {number: one.mark for number, one in sheets.items()})
    work.sheets.forget_sheets(slug, batch)
    defects = {str(defect): number for defect, number in balance.defects.items()}
    told = {"counted": balance.counted, "defects": defects, "reason": ""}
    work.sheets.change(final(stack, Stage.ACCEPTED, told))


def final(stack: Stack, stage: Stage, told: Mapping[str, object]) -> Stack:
    """Return a batch as it stays, with what is told of it."""
    return dataclasses.replace(
        stack, stage=stage, leaver="", totals=canonical_json(dict(told)).decode()
    )


def log_accepted(
    engine: Engine,
    site: SiteWork,
    stack: Stack,
    balance: Balance,
    sheets: Mapping[int, Sheet],
    by: str,
) -> None:
    """Note in the event log that a batch adds up, and which sheets were set aside."""
    now = engine.clock()
    for number, one in sheets.items():
        if one.defect == Defect.OTHER:
            aside: dict[str, str | int] = {
                "batch": stack.stack,
                "sheet": number,
                "reason": one.remark,
            }
            site.log.append(Event("paper_sheet_set_aside", stack.round, by, aside), now)
    facts: dict[str, str | int] = {
        "batch": stack.stack,
        "sheets": balance.sheets,
        "counted": balance.counted,
        "spoilt": balance.spoilt,
        "void": balance.void,
    }
    site.log.append(Event("paper_batch_accepted", stack.round, by, facts), now)
