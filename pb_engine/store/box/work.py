"""What can be done in the ballot box."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import func, literal, select, text, update

from pb_engine.ballots import BallotPaper, paper_document, read_paper
from pb_engine.errors import AlreadyVoted, StoreProblem
from pb_engine.store.box.log import BoxLog, casting_turn, stored_ballot
from pb_engine.store.box.openings import opening_document, read_opening
from pb_engine.store.box.paper import PaperCount
from pb_engine.store.box.tables import BOXES, EVERY, INBOX, OPENINGS, PAPERS, PLACARDS
from pb_engine.store.box.values import BoxState, Opening, StoredBallot
from pb_engine.store.columns import Flag, from_json, json_text
from pb_engine.store.unit import Line, Query, Unit, Work
from pb_engine.units import RoundId

_B = EVERY.c
_YES = literal(True, Flag())  # noqa: FBT003 - a value, not a switch


class BoxWork(Work):
    """What can be done in the ballot box, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.log = BoxLog(unit)
        self.sheets = PaperCount(unit)

    def open_round(self, state: BoxState, papers: Mapping[str, BallotPaper]) -> None:
        """Set up the box of a round with its ballot papers by style.

        :raises StoreProblem: the round has a box already; it is not touched.
        """
        if not self._unit.add_new(BOXES, [dataclasses.asdict(state)]):
            raise StoreProblem(f"round {state.round} has a ballot box already", round=state.round)
        rows = (
            {"round": state.round, "style": style, "paper": json_text(paper_document(paper))}
            for style, paper in papers.items()
        )
        self._unit.add(PAPERS, *rows)

    def state(self, slug: RoundId) -> BoxState | None:
        """Return the state of a box, or ``None`` when the round has none."""
        return _state(self._unit.row(_box(slug)))

    def lock_state(self, slug: RoundId) -> BoxState | None:
        """Return the state and keep it so until this unit ends: casting happens under it.

        Many units may hold this lock at the same time; none can close the box meanwhile.
        """
        return _state(self._unit.locked_in_turn(_box(slug), casting_turn(slug), shared=True))

    def lock_to_close(self, slug: RoundId) -> BoxState | None:
        """Return the state after every unit that casts has ended; no new one gets in meanwhile.

        Whoever also takes the turn at the log takes that first.
        """
        return _state(self._unit.locked_in_turn(_box(slug), casting_turn(slug), shared=False))

    def close_round(self, slug: RoundId) -> bool:
        """Close a box for ever; return ``False`` when it was closed already or is not there."""
        mine = (BOXES.c.round == slug) & (BOXES.c.open == _YES)
        return self._unit.change(update(BOXES).where(mine).values(open=False)) == 1

    def paper(self, slug: RoundId, style: str) -> BallotPaper | None:
        """Return the ballot paper of a style, or ``None``."""
        mine = (PAPERS.c.round == slug) & (PAPERS.c.style == style)
        row = self._unit.row(select(PAPERS.c.paper).where(mine))
        return None if row is None else read_paper(from_json(row.paper))

    def clock(self) -> datetime | None:
        """Return what time it is where the database runs; ``None`` where it has no own clock."""
        return self._unit.clock()

    def put_placard(self, slug: RoundId, document: bytes) -> None:
        """Hang up what voters read at this box, in the place of what hung there."""
        self._unit.put(PLACARDS, {"round": slug, "document": document})

    def placard(self, slug: RoundId) -> bytes | None:
        """Return what voters read at this box, or ``None``."""
        row = self._unit.row(select(PLACARDS.c.document).where(PLACARDS.c.round == slug))
        return None if row is None else bytes(row.document)

    def open_rounds(self) -> tuple[RoundId, ...]:
        """Return the rounds whose box is open."""
        query = select(BOXES.c.round).where(BOXES.c.open == _YES).order_by(BOXES.c.round)
        return tuple(RoundId(row.round) for row in self._unit.rows(query))

    def deposit(self, ballot: StoredBallot) -> None:
        """Put a sealed ballot in the box.

        :raises AlreadyVoted: this pseudonym has a ballot with this number or attempt.
        :raises StoreProblem: the box is closed.
        """
        if not self._unit.add_new(INBOX, [dataclasses.asdict(ballot)]):
            raise AlreadyVoted(f"ballot {ballot.number} of this voting right is in the box")

    def renew_inbox(self) -> bool:
        """Give an empty inbox a new file on PostgreSQL; tell whether it was empty.

        :raises StoreProblem: somebody is casting at this moment.
        """
        self._unit.change(text("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE NOWAIT"))
        if self._unit.number(select(func.count()).select_from(INBOX)):
            return False
        self._unit.change(text("TRUNCATE inbox"))
        return True

    def ballots_of(self, slug: RoundId, pseudonym: str) -> tuple[StoredBallot, ...]:
        """Return the ballots under a pseudonym, by number."""
        query = select(EVERY).where(_B.round == slug, _B.pseudonym == pseudonym)
        return tuple(map(stored_ballot, self._unit.rows(query.order_by(_B.number))))

    def voters(self, slug: RoundId) -> int:
        """Count the voting rights that were used here."""
        return self._unit.number(
            select(func.count(_B.pseudonym.distinct())).where(_B.round == slug)
        )

    def stored(self, slug: RoundId) -> int:
        """Count the ballots, replaced ones included."""
        return self._unit.number(select(func.count()).select_from(EVERY).where(_B.round == slug))

    def places(self, slug: RoundId) -> Iterator[tuple[str, int]]:
        """Return an iterator over pseudonym and number of every ballot: what is there, not what.

        Unlike ``every`` it works on an open box: it is how a box notices that ballots are gone.
        """
        query = select(_B.pseudonym, _B.number).where(_B.round == slug)
        return ((row.pseudonym, row.number) for row in self._unit.each(query))

    def every(self, slug: RoundId) -> Iterator[StoredBallot]:
        """Return an iterator over all ballots of a closed box, by pseudonym and number.

        :raises StoreProblem: the box is open, or the round has none.
        """
        self._require_closed(slug)
        query = select(EVERY).where(_B.round == slug).order_by(_B.pseudonym, _B.number)
        return map(stored_ballot, self._unit.each(query))

    def put_opening(self, opening: Opening) -> None:
        """Keep what came out of a closed box; putting the same again changes nothing.

        :raises StoreProblem: the box is open, or something else came out of it before.
        """
        self._require_closed(opening.round)
        row = {"round": opening.round, "document": opening_document(opening)}
        if not self._unit.add_new(OPENINGS, [row]) and self.opening(opening.round) != opening:
            raise StoreProblem(
                f"the box of round {opening.round} was opened before, with another content",
                round=opening.round,
            )

    def opening(self, slug: RoundId) -> Opening | None:
        """Return what came out of a box, or ``None`` before it was opened."""
        row = self._unit.row(select(OPENINGS.c.document).where(OPENINGS.c.round == slug))
        return None if row is None else read_opening(slug, bytes(row.document))

    def _require_closed(self, slug: RoundId) -> None:
        state = self.state(slug)
        if state is None or state.open:
            raise StoreProblem(
                f"the ballot box of round {slug[:40]!r} is not closed; nobody reads in it",
                round=slug[:40],
            )


def _box(slug: RoundId) -> Query:
    return select(BOXES).where(BOXES.c.round == slug)


def _state(row: Line | None) -> BoxState | None:
    if row is None:
        return None
    return BoxState(
        round=row.round,
        open=row.open,
        suite=row.suite,
        public_key=bytes(row.public_key),
        manifest=row.manifest,
        may_change=row.may_change,
        receipt_key=bytes(row.receipt_key),
        ticket_key=bytes(row.ticket_key),
    )
