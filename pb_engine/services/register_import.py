"""Taking in a voter register: first a dry run that changes nothing, then all of it or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO, TextIO

from pb_engine.domain.events import Event
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import InvalidRegister, RegisterRefused
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.events import write_down
from pb_engine.services.rights import Sealer, sealer_of
from pb_engine.services.roll import (
    DUTCH,
    Columns,
    Judge,
    Reading,
    Report,
    Reporter,
    Row,
    Verdict,
    begin,
    sought,
)
from pb_engine.services.roll.encodings import Step
from pb_engine.store.register import (
    Channel,
    Entitlement,
    RegisterWork,
    Resident,
    ResidentState,
    Roll,
)
from pb_engine.units import AreaId, RoundId

_AT_ONCE = 1000
_BEFORE = {Phase.DRAFT, Phase.IDEAS, Phase.REVIEW}

Person = tuple[Entitlement, Resident]


def _silent(_: int) -> None:
    return None


def dry_run(
    engine: Engine,
    slug: str,
    stream: BinaryIO,
    columns: Columns = DUTCH,
    *,
    report: TextIO | None = None,
    step: Step = _silent,
) -> Report:
    """Return what an import of this register would do; nothing changes.

    :param stream: the file, which can be read from its beginning again.
    :param report: where every finding is written as a line of CSV.
    :param step: is told how many bytes were read; the file is read twice.
    :raises UnknownRound: no round has this slug.
    :raises InvalidRegister: the file as a whole cannot be read.
    """
    round_ = _round(engine, slug)
    reading = begin(stream, columns, step)
    reporter = Reporter(reading, report)
    for verdict in _verdicts(round_, reading, columns, stream, step):
        reporter.note(verdict)
    return reporter.report()


def import_register(
    engine: Engine,
    slug: str,
    stream: BinaryIO,
    by: str,
    columns: Columns = DUTCH,
    *,
    expected: str | None = None,
    step: Step = _silent,
) -> Report:
    """Take in a voter register: one resident and one sealed voting right per row that counts.

    A register that was taken in before is replaced, as long as no code was made.

    :param expected: SHA-256 of the file whose dry run somebody looked at.
    :param step: is told how many bytes were read; the file is read four times.
    :raises InvalidRegister: a row is wrong, or nobody is left; nothing was changed.
    :raises RegisterRefused: voting has opened (``problem="phase"``), or the round has voting codes
        (``problem="codes"``).
    """
    _require_open(engine, slug)
    found = dry_run(engine, slug, stream, columns, step=step)
    _require_right(found, expected)
    with engine.stores.register.write() as work:
        _make_room(work, RoundId(slug))
        work.rolls.add(Roll(RoundId(slug), found.reading.digest, found.taken, None, None))
        done = _taken_in(engine, work, slug, stream, columns, step)
        if (done.reading.digest, done.taken) != (found.reading.digest, found.taken):
            raise InvalidRegister("the file changed while it was read", problem="changed")
        work.commit()
    facts: dict[str, str | int] = {
        "digest": done.reading.digest,
        "residents": done.taken,
        "left_out": done.left_out,
    }
    write_down(engine, Event("register_imported", RoundId(slug), by, facts))
    return done


def made_person(
    seals: Sealer, slug: str, row: Row, area: AreaId, person: str | None = None
) -> Person:
    """Return a resident with a sealed voting right of his own, for what a row says.

    :param person: keyed hash of his number, where the row does not hold the number itself.
    """
    round_id, right_id = RoundId(slug), secrets.token_hex(16)
    second = seals.second(str(row.birth_year), right_id) if row.birth_year else None
    right = Entitlement(right_id, round_id, STYLE, area, Channel.NONE, second)
    resident = Resident(
        round=round_id,
        id=secrets.token_hex(16),
        entitlement=right_id,
        person=seals.person(row.person) if row.person else person,
        name=row.name,
        sought=sought(row.name),
        postcode=row.place.postcode,
        house=row.place.number,
        addition=row.place.addition,
        birth_year=row.birth_year,
        age_band=row.band_text or None,
        email=row.email or None,
        area=area,
        secret=row.secret,
        state=ResidentState.ACTIVE,
    )
    return seals.right(right), resident


def _round(engine: Engine, slug: str) -> Round:
    with engine.stores.site.read() as work:
        return work.rounds.get(RoundId(slug)).round


def _verdicts(
    round_: Round, reading: Reading, columns: Columns, stream: BinaryIO, step: Step
) -> Iterator[Verdict]:
    judge = Judge(round_, reading, columns)
    for line, cells in reading.rows(stream, step):
        yield judge.verdict(line, cells)


def _require_open(engine: Engine, slug: str) -> None:
    with engine.stores.site.read() as work:
        phase = work.rounds.get(RoundId(slug)).phase
    if phase not in _BEFORE:
        raise RegisterRefused(
            "the voter register was frozen when voting opened; a change is proposed by one "
            "official and decided by another",
            problem="phase",
        )


def _require_right(found: Report, expected: str | None) -> None:
    if expected is not None and expected != found.reading.digest:
        raise InvalidRegister("this is not the file of the dry run", problem="other_file")
    if found.wrong:
        first = next(one for one in found.first if one.level == "wrong")
        raise InvalidRegister(
            f"{found.wrong} rows are wrong, so nothing was taken in; line {first.line}: "
            f"{first.sentence.en}",
            problem="wrong",
            rows=found.wrong,
            line=first.line,
        )
    if not found.taken:
        raise InvalidRegister("not one row gives a voting right", problem="nobody")


def _make_room(work: RegisterWork, slug: RoundId) -> None:
    """Remove the register that was taken in before.

    :raises RegisterRefused: it is frozen, or the round has voting codes.
    """
    roll = work.rolls.get(slug)
    if roll and roll.digest:
        raise RegisterRefused("the voter register of this round is frozen", problem="phase")
    if sum(work.codes.counts(slug).values()):
        raise RegisterRefused(
            "this round has voting codes, which belong to voting rights that would go",
            problem="codes",
        )
    work.residents.forget(slug)
    work.entitlements.forget(slug)
    work.rolls.forget(slug)


def _taken_in(
    engine: Engine, work: RegisterWork, slug: str, stream: BinaryIO, columns: Columns, step: Step
) -> Report:
    round_, seals = _round(engine, slug), sealer_of(engine, slug)
    reading = begin(stream, columns, step)
    reporter = Reporter(reading)
    verdicts = _verdicts(round_, reading, columns, stream, step)
    for people in _parts(_people(verdicts, reporter, seals, slug)):
        work.entitlements.add_many(right for right, _ in people)
        work.residents.add_many(resident for _, resident in people)
    return reporter.report()


def _people(
    verdicts: Iterable[Verdict], reporter: Reporter, seals: Sealer, slug: str
) -> Iterator[Person]:
    for verdict in verdicts:
        reporter.note(verdict)
        if verdict.taken and verdict.row and verdict.area:
            yield made_person(seals, slug, verdict.row, verdict.area)


def _parts(people: Iterator[Person]) -> Iterator[list[Person]]:
    while part := list(islice(people, _AT_ONCE)):
        yield part
