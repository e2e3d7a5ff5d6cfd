"""Is the register what it says it is?  Rights, codes and changes against the event log."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import EngineError, RegisterRefused
from pb_engine.sealing import public_part
from pb_engine.services.register_freeze import Statement, is_stated, read_statement, roll_key
from pb_engine.services.register_looking import Looked, look
from pb_engine.services.register_problems import Problem, problem
from pb_engine.services.register_story import Changes, Logged, changes_in, logged_of
from pb_engine.services.rights import sealer_of
from pb_engine.store.register import Channel, RegisterWork
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId

UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the register found.

    :ivar rights: how many voting rights there are.
    :ivar frozen: how many there were at the opening; ``None`` where codes are all there is.
    :ivar added: how many came since, explained by the event log.
    :ivar vouched: how many were made by identity checks, which the event log does not count.
    """

    rights: int
    frozen: int | None
    added: int
    vouched: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class LastCheck:
    """The check that was made when voting closed."""

    problems: int
    told: str


def check_register(engine: Engine, slug: str) -> Checked:
    """Compare the register with what was frozen, with signed changes and with the event log.

    :raises UnknownRound: no round has this slug.
    :raises RegisterRefused: codes or residents went because their term was over
        (``problem="over"``): there is nothing left to compare.
    """
    with engine.stores.site.read() as site:
        site.rounds.get(RoundId(slug))
        logged = logged_of(site, RoundId(slug))
    return check_against(engine, slug, logged)


def check_against(engine: Engine, slug: str, logged: Logged) -> Checked:
    """Check the register of a round against its part of the event log; see ``check_register``."""
    if logged.erased:
        raise RegisterRefused(
            "codes or residents of this round were removed when their term was over: there is "
            "nothing left to compare",
            problem="over",
        )
    round_id, public = RoundId(slug), public_part(roll_key(engine, slug))
    with engine.stores.register.read() as work:
        statement, wrong = _statement(work, round_id, logged, public)
        changes = changes_in(work.amendments.all(round_id), logged, slug, public)
        last = statement.last_batch if statement else 0
        looked = look(work, round_id, sealer_of(engine, slug), changes, last)
        residents = _residents(work, round_id, statement, changes)
        wanted = _at_opening(work, round_id, statement)
    found = [
        *wrong,
        *_of_rights(looked, statement, wanted, changes, logged),
        *_of_codes(looked, logged),
        *residents,
        *_of_channels(engine, round_id, looked, changes, logged),
    ]
    return Checked(
        rights=looked.rights,
        frozen=statement.rights if statement else None,
        added=looked.late + len(looked.amended),
        vouched=looked.vouched,
        problems=tuple(one for one in found if one.number),
    )


def checked_at_close(engine: Engine, work: SiteWork, slug: RoundId, by: str) -> Event:
    """Check the register as voting closes; return the entry for the event log.

    Voting closes whatever the check finds: what it found is said at the count.
    """
    try:
        checked = check_against(engine, slug, logged_of(work, slug))
    except EngineError:
        return Event("register_checked", slug, by, {"rights": 0, "problems": 1, "told": UNCHECKED})
    told = ", ".join(f"{one.kind}: {one.number}" for one in checked.problems) or "-"
    facts: dict[str, str | int] = {
        "rights": checked.rights,
        "problems": len(checked.problems),
        "told": told,
    }
    return Event("register_checked", slug, by, facts)


def last_check(engine: Engine, slug: str) -> LastCheck | None:
    """Return what the check at the close found; ``None`` before."""
    found, number = None, 0
    with engine.stores.site.read() as work:
        while page := work.log.entries(number, round_id=RoundId(slug)):
            number = page[-1].number
            for entry in page:
                if entry.event.name == "register_checked":
                    found = entry.event.facts
    return LastCheck(int(found["problems"]), str(found["told"])) if found else None


def _statement(
    work: RegisterWork, slug: RoundId, logged: Logged, public: bytes
) -> tuple[Statement | None, list[Problem]]:
    """Return what was frozen, if that is what the log says and the register signed."""
    roll, noted = work.rolls.get(slug), logged.frozen
    if noted is None:
        return None, [problem("frozen", int(bool(roll and roll.digest)))]
    try:
        statement = read_statement(roll) if roll and roll.digest else None
    except RegisterRefused:
        statement = None
    if statement is None:
        return None, [problem("frozen", 1)]
    same = (statement.digest, statement.rights, statement.signature) == (
        noted["digest"],
        noted["rights"],
        noted["signature"],
    )
    holds = same and is_stated(statement, slug, public)
    return statement, [problem("frozen", int(not holds))]


def _at_opening(work: RegisterWork, slug: RoundId, statement: Statement | None) -> int:
    """Return how many rights the register must have, those that came later apart."""
    if statement:
        return statement.rights
    roll = work.rolls.get(slug)
    return roll.residents if roll and not roll.digest else 0


def _of_rights(
    looked: Looked, statement: Statement | None, frozen: int, changes: Changes, logged: Logged
) -> list[Problem]:
    last = statement.last_batch if statement else 0
    explained = sum(number for batch, number in logged.issued.items() if batch > last)
    altered = statement and looked.roll.rights == frozen and looked.roll.digest != statement.digest
    return [
        problem("unsealed", looked.unsealed),
        problem("missing", max(0, frozen - looked.roll.rights)),
        problem("extra", max(0, looked.roll.rights - frozen)),
        problem("altered", int(bool(altered))),
        problem("unexplained", max(0, looked.late - explained)),
        problem("changes", changes.strange),
        problem("change_undone", looked.undone + len(changes.added - looked.amended)),
    ]


def _of_codes(looked: Looked, logged: Logged) -> list[Problem]:
    gone = sum(max(0, number - looked.batches[batch]) for batch, number in logged.issued.items())
    return [
        problem("code_moved", looked.false_codes),
        problem("code_missing", gone),
        problem("code_twice", looked.doubled),
    ]


def _residents(
    work: RegisterWork, slug: RoundId, statement: Statement | None, changes: Changes
) -> list[Problem]:
    roll = work.rolls.get(slug)
    if statement is None or roll is None:
        return []
    wanted = roll.residents + len(changes.added)
    return [problem("residents", abs(work.residents.count(slug) - wanted))]


def _of_channels(
    engine: Engine, slug: RoundId, looked: Looked, changes: Changes, logged: Logged
) -> list[Problem]:
    void, paper = looked.channels[Channel.VOID], looked.channels[Channel.PAPER]
    may_void = len(changes.voided) + logged.voided
    fewest = logged.papers - logged.changed
    found = [
        problem("void", max(0, void - may_void)),
        problem("paper", max(0, paper - logged.papers, fewest - paper)),
    ]
    if "box" in engine.parts:
        with engine.stores.box.read() as box:
            voters = box.voters(slug) if box.state(slug) else 0
        used = looked.channels[Channel.DIGITAL] + paper
        found.append(problem("unused", max(0, voters - used)))
    return found
