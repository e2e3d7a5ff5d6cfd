"""A batch of which only totals are counted: two people, line by line, and a third who decides.

No ballot is made up.  The box keeps the totals, and the record tells them apart from all ballots
(``docs/decisions/0018-paper-counted-as-totals.md``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from pb_engine.ballots import BallotPaper, Defect
from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import PaperRefused
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.paper.accepting import Balance, final, log_accepted
from pb_engine.services.paper.comparing import AGREES, THIRD, agreed_with, compare, decided
from pb_engine.services.paper.names import PaperKeys, keys_of
from pb_engine.services.paper.reading import claim_hand, require_hand
from pb_engine.services.paper.stacks import (
    COUNTED,
    by_totals,
    lines_of,
    open_box,
    reason_of,
    require_kind,
    require_voting,
    stack_to_read,
)
from pb_engine.store.box import BoxWork, Sheet, Stack, Stage
from pb_engine.tallying import Totals, impossible
from pb_engine.units import ProjectId, RoundId

Numbers = Mapping[str, int]
"""Per line of ``lines_of``: how many crosses, or how many sheets."""


def enter_totals(
    engine: Engine, slug: str, batch: int, hand: int, numbers: Numbers, by: str
) -> None:
    """Keep what one of the two counted, all lines at once; until it is finished, anew as well.

    :raises PaperRefused: no such batch, it is counted by sheet, final or somebody else's; or the
        numbers do not add up (``balance``) or no sheets can have them (``totals``).
    :raises WrongPhase: the ballot box is closed.
    """
    round_id, names = RoundId(slug), keys_of(engine, slug)
    with engine.stores.box.write() as work:
        open_box(work, round_id)
        stack = stack_to_read(work, round_id, batch)
        require_kind(stack, totals=True)
        lines = lines_of(_paper(work, stack))
        if set(numbers) != set(lines):
            raise PaperRefused("every line needs a number", problem="lines")
        _require_possible(_paper(work, stack), stack, numbers)
        require_hand(work, stack, hand, names.clerk(by))
        for place, line in enumerate(lines, start=1):
            work.sheets.put_sheet(_counted(names, stack, hand, place, numbers[line]))
        work.commit()


def decide_line(
    engine: Engine, slug: str, batch: int, line: int, number: int, by: str, reason: str = ""
) -> str:
    """Let a third person decide about a line; return ``first``, ``second`` or ``neither``.

    :param line: its place in ``lines_of``, from 1.
    :param reason: needed where the third number is like neither of the two.
    :raises PaperRefused: the two are not finished, agree on this line, or this official counted
        the batch before; or the reason is missing.
    :raises WrongPhase: the ballot box is closed.
    """
    round_id, names = RoundId(slug), keys_of(engine, slug)
    with engine.stores.site.write() as site:
        require_voting(site, round_id)
        with engine.stores.box.write() as work:
            open_box(work, round_id)
            stack = stack_to_read(work, round_id, batch)
            require_kind(stack, totals=True)
            if line not in compare(work, stack).differing:
                raise PaperRefused("both counted this line alike", problem="same")
            claim_hand(work, stack, THIRD, names.clerk(by))
            made = _counted(names, stack, THIRD, line, number)
            agreed = agreed_with(work, stack, made)
            why = " ".join(reason.split())[:500] if agreed else reason_of(reason)
            work.sheets.put_sheet(made)
            work.commit()
        told: dict[str, str | int] = {"batch": batch, "line": line}
        told |= {"agrees_with": AGREES[agreed], "reason": why}
        site.log.append(Event("paper_total_decided", round_id, by, told), engine.clock())
        site.commit()
    return AGREES[agreed]


def accept_totals(engine: Engine, slug: str, batch: int, by: str) -> Balance:
    """Make the totals of a batch that adds up final; return the balance.

    :raises PaperRefused: it does not add up, a difference is undecided, or it is final.
    :raises WrongPhase: the ballot box is closed.
    """
    round_id = RoundId(slug)
    with engine.stores.site.write() as site:
        require_voting(site, round_id)
        with engine.stores.box.write() as work:
            open_box(work, round_id)
            stack = stack_to_read(work, round_id, batch)
            require_kind(stack, totals=True)
            lines = lines_of(_paper(work, stack))
            holds = decided(work, stack)
            numbers = {line: int(holds[place].remark) for place, line in enumerate(lines, start=1)}
            _require_possible(_paper(work, stack), stack, numbers)
            balance = _balance(stack, numbers)
            work.sheets.forget_sheets(round_id, batch)
            work.sheets.change(final(stack, Stage.ACCEPTED, _told(stack, work, balance, numbers)))
            work.commit()
        log_accepted(engine, site, stack, balance, {}, by)
        site.commit()
    return balance


def totals_in(stacks: Iterable[Stack]) -> Totals | None:
    """Return what all accepted batches of totals say together; ``None`` when no sheet counts."""
    sheets, votes = 0, Counter[str]()
    for stack in stacks:
        if stack.stage is Stage.ACCEPTED and by_totals(stack):
            told = json.loads(stack.totals)
            sheets += told["counted"]
            votes.update(told["votes"])
    return Totals(sheets, {ProjectId(one): votes[one] for one in votes}) if sheets else None


def told_of(work: BoxWork, stack: Stack, numbers: Numbers) -> dict[str, object]:
    """Return what a batch of totals comes to with these numbers; nothing is kept.

    :raises PaperRefused: a line has no number, they do not add up, or no sheets can have them.
    """
    paper = _paper(work, stack)
    if set(numbers) != set(lines_of(paper)):
        raise PaperRefused("every line needs a number", problem="lines")
    _require_possible(paper, stack, numbers)
    return _told(stack, work, _balance(stack, numbers), numbers)


def _told(stack: Stack, work: BoxWork, balance: Balance, numbers: Numbers) -> dict[str, object]:
    return {
        "counted": balance.counted,
        "defects": {str(defect): number for defect, number in balance.defects.items()},
        "reason": "",
        "totals": True,
        "votes": {line.project: numbers[line.project] for line in _paper(work, stack).lines},
    }


def _balance(stack: Stack, numbers: Numbers) -> Balance:
    defects = {one: numbers[str(one)] for one in Defect if numbers.get(str(one))}
    return Balance(stack.stated, numbers[COUNTED], defects)


def _require_possible(paper: BallotPaper, stack: Stack, numbers: Numbers) -> None:
    if any(number < 0 for number in numbers.values()):
        raise PaperRefused("a total is a whole number of at least 0", problem="lines")
    balance = _balance(stack, numbers)
    read = balance.counted + balance.spoilt + balance.void
    if read != stack.stated:
        raise PaperRefused(
            f"batch {stack.stack} does not add up: {stack.stated} sheets handed in, {read} counted",
            problem="balance",
            number=read,
            limit=stack.stated,
        )
    votes = {line.project: numbers[line.project] for line in paper.lines}
    if wrong := impossible(Totals(balance.counted, votes), paper):
        raise PaperRefused(f"batch {stack.stack}: {wrong}", problem="totals")


def _counted(names: PaperKeys, stack: Stack, hand: int, place: int, number: int) -> Sheet:
    """Return a line as the box keeps it: where a batch has sheets, this one has lines."""
    mark = names.total(stack.stack, place, number)
    return Sheet(stack.round, stack.stack, hand, place, mark, "", str(number), b"")


def _paper(work: BoxWork, stack: Stack) -> BallotPaper:
    paper = work.paper(stack.round, STYLE)
    if paper is None:
        raise PaperRefused("this round has no ballot paper", problem="kind")
    return paper
