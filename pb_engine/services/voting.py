"""Casting: check the ticket, check the ballot, seal it, store it once, give a receipt.

No plugin is asked anything and nothing here knows a person.  Casting costs at most four
statements and one commit, whatever the number of choices.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pb_engine.ballots import (
    Ballot,
    BallotFormat,
    BallotPaper,
    ballot_bytes,
    plaintext_length,
    sealed_text,
)
from pb_engine.engine import Engine
from pb_engine.errors import AlreadyVoted, InvalidBallot, InvalidTicket, WrongPhase
from pb_engine.sealing import (
    CastNames,
    Ticket,
    ballot_info,
    cast_names,
    entry_id,
    new_nonce,
    read_credential,
    receipt_number,
    seal,
    sign_receipt,
)
from pb_engine.services import keys, placards
from pb_engine.services.ballot_projects import BallotProject
from pb_engine.services.rollback import journal_of, require_whole_lately
from pb_engine.services.spending import is_attempt, is_spent, mark_of, marked
from pb_engine.services.too_late import too_late
from pb_engine.store import Store
from pb_engine.store.box import BoxState, BoxWork, StoredBallot
from pb_engine.units import RoundId

MOST_CHOICES = 1000
MOST_CHANGES = 50
Choices = Sequence[str] | Mapping[str, int]
"""The chosen projects; or, for points, grades and rankings, a weight for each of them."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a ballot is in the box.  It tells nothing about the choice.

    :ivar replaced: an earlier ballot of the same voting right will not be counted.
    :ivar tracker: the name under which the published list will show the choice.  It is stored
        inside the seal only, so this is the one time that it can be told.
    """

    number: str
    signature: str
    replaced: bool
    tracker: str


@dataclass(frozen=True, slots=True)
class ChosenBallot:
    """A valid choice that is not sent yet.

    :ivar projects: in the order of the paper; for a ranking, the first choice first.
    :ivar weights: by project: its points, its grade, its place, or 1.
    """

    projects: tuple[BallotProject, ...]
    total_cents: int
    weights: Mapping[str, int]


def new_attempt() -> str:
    """Return a secret for one attempt to cast: sending it twice stores one ballot."""
    return new_nonce()


def check_choices(engine: Engine, slug: str, ticket: str, choices: Choices) -> ChosenBallot:
    """Check choices against the ballot paper without storing anything.

    :raises InvalidTicket: the ticket is missing, expired, forged or of another round.
    :raises InvalidBallot: the choices do not follow the paper.
    :raises BoxIncomplete: see ``cast_ballot``.
    """
    _, paper, _ = _admission(engine, slug, ticket)
    ballot = _ballot(paper, choices)
    weights = {str(mark.project): mark.weight for mark in ballot.marks}
    projects = [one for one in placards.ballot_page(engine, slug).projects if one.id in weights]
    if paper.format is BallotFormat.RANKING:
        projects.sort(key=lambda one: weights[one.id])
    return ChosenBallot(tuple(projects), paper.cost_of(ballot), weights)


def cast_ballot(engine: Engine, slug: str, ticket: str, choices: Choices, attempt: str) -> Receipt:
    """Put one ballot in the box and return its receipt.

    A ticket admits one ballot.  The same attempt with the same choices again returns the same
    receipt and tracker, also after the close.  A new ticket of the same voting right replaces the
    earlier ballot if the round allows that.

    :raises InvalidTicket: the ticket is missing, expired, forged, of another round, or was used
        for another ballot (``problem="spent"``).
    :raises InvalidBallot: the choices do not follow the paper; the voting right stays unused.
    :raises TooLate: the box is closed; the refusal is signed.
    :raises AlreadyVoted: the round allows no change, or there were too many changes.
    :raises BoxIncomplete: ballots are missing from the box; nothing is taken in until they are
        back.
    """
    state, paper, vouched = _admission(engine, slug, ticket)
    ballot = _ballot(paper, choices)
    _require_attempt(attempt)
    names = cast_names(
        attempt, round_id=slug, pseudonym=vouched.pseudonym, ballot=ballot_bytes(ballot)
    )
    with engine.stores.box.write() as work:
        stored = _kept(engine, work, state, paper, vouched, ballot, names)
        work.commit()
    # A receipt is a promise, so it waits until the ballot is on two disks.
    journal = journal_of(engine, state.round)
    if journal:
        journal.note_ballots(stored)
    return _receipt(engine, stored, names.tracker)


def _kept(
    engine: Engine,
    work: BoxWork,
    state: BoxState,
    paper: BallotPaper,
    vouched: Ticket,
    ballot: Ballot,
    names: CastNames,
) -> StoredBallot:
    """Return the ballot of this attempt, which is put in the box if it is not there yet."""
    locked = work.lock_state(state.round)
    for _ in range(MOST_CHANGES + 1):
        earlier = work.ballots_of(state.round, vouched.pseudonym)
        for stored in earlier:
            if is_attempt(stored, names.attempt):
                return stored
        if locked is None or not locked.open:
            raise too_late(engine, work, state.round, names.attempt)
        mark = mark_of(engine, state.round, vouched)
        _require_room(locked, earlier, mark)
        kept = dataclasses.replace(names, attempt=marked(names.attempt, mark))
        sealed = _sealed(state, paper, vouched, ballot, len(earlier) + 1, kept)
        if _deposited(work, sealed):
            return sealed
    raise AlreadyVoted("this voting right is used by somebody else at this moment")


def _require_room(state: BoxState, earlier: tuple[StoredBallot, ...], mark: str) -> None:
    if earlier and (not state.may_change or len(earlier) >= MOST_CHANGES):
        raise AlreadyVoted("this voting right was used", limit=MOST_CHANGES)
    if is_spent(earlier, mark):
        raise InvalidTicket("this ticket was used for another ballot", problem="spent")


def _deposited(work: BoxWork, ballot: StoredBallot) -> bool:
    """Tell whether the ballot got its place.

    On PostgreSQL another ballot of this voting right may have taken it since we looked; then
    there is one ballot more to see, so that looking again comes to an end.
    """
    try:
        work.deposit(ballot)
    except AlreadyVoted:
        return False
    return True


def _admission(engine: Engine, slug: str, ticket: str) -> tuple[BoxState, BallotPaper, Ticket]:
    with engine.stores.box.read() as work:
        state = work.state(RoundId(slug))
        if state is None:
            raise WrongPhase("voting is not open in this round", wanted="voting")
        # Whoever comes late with a ticket that is late as well gets the same signed answer.
        now = int(engine.clock().timestamp()) if state.open else 0
        vouched = read_credential(ticket, public=state.ticket_key, now=now)
        if vouched.round != slug:
            raise InvalidTicket("this ticket is of another round", problem="round")
    require_whole_lately(engine, state.round)
    paper = _paper(engine.stores.box, state.round, vouched.style, state.manifest)
    return state, paper, vouched


@lru_cache(maxsize=64)
def _paper(
    box: Store[BoxWork],
    slug: RoundId,
    style: str,
    manifest: str,  # noqa: ARG001 - part of the key: a paper never changes under one manifest
) -> BallotPaper:
    """Read a frozen paper once per process: casting spends no statement on it."""
    with box.read() as work:
        paper = work.paper(slug, style)
    if paper is None:
        raise InvalidTicket("this ticket is for a ballot paper that is not here", problem="style")
    return paper


def _ballot(paper: BallotPaper, choices: Choices) -> Ballot:
    if len(choices) > MOST_CHOICES:
        raise InvalidBallot(
            f"a ballot has at most {MOST_CHOICES} marks",
            problem="too_many",
            limit=paper.max_choices,
            given=len(choices),
        )
    if isinstance(choices, Mapping):
        ballot = Ballot.weighing(paper.format, choices)
    else:
        ballot = Ballot.choosing(paper.format, choices)
    paper.check(ballot)
    return ballot


def _require_attempt(attempt: str) -> None:
    shape = 32
    if len(attempt) != shape or not set(attempt) <= set("0123456789abcdef"):
        raise InvalidTicket("the attempt has no name", problem="malformed")


def _sealed(
    state: BoxState,
    paper: BallotPaper,
    ticket: Ticket,
    ballot: Ballot,
    number: int,
    names: CastNames,
) -> StoredBallot:
    sealed = seal(
        sealed_text(ballot, names.tracker),
        public=state.public_key,
        suite=state.suite,
        info=ballot_info(
            manifest=state.manifest,
            style=ticket.style,
            pseudonym=ticket.pseudonym,
            number=number,
        ),
        length=plaintext_length(paper),
    )
    return StoredBallot(state.round, ticket.pseudonym, number, ticket.style, names.attempt, sealed)


def _receipt(engine: Engine, ballot: StoredBallot, tracker: str) -> Receipt:
    entry = entry_id(
        round_id=ballot.round,
        pseudonym=ballot.pseudonym,
        number=ballot.number,
        sealed=ballot.sealed,
    )
    key = engine.keyring.get(keys.receipt(ballot.round))
    number = receipt_number(entry)
    signature = sign_receipt(number, round_id=ballot.round, key=key)
    return Receipt(number, signature, replaced=ballot.number > 1, tracker=tracker)
