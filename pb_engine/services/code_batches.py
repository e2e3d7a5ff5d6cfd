"""Batches of voting codes: made, hashed and given out in one go; only a keyed hash is kept.

A code is known in clear while its batch is made, to whoever made it, and never again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import NotReady
from pb_engine.sealing import new_code, written
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.batch_moves import withdraw_batch
from pb_engine.services.code_rules import CHECK_OF_SCHOOLS, LIVE, require_before_close
from pb_engine.services.code_tags import fresh_tags
from pb_engine.services.events import write_down
from pb_engine.services.listed_people import rights_of
from pb_engine.services.rights import has_register, sealed_right, sealer_of
from pb_engine.store.register import (
    Batch,
    BatchKind,
    BatchState,
    Channel,
    Code,
    CodeState,
    Entitlement,
    RegisterWork,
)
from pb_engine.units import AreaId, RoundId

MOST_AT_ONCE = 200_000
KINDS = tuple(str(kind) for kind in BatchKind)
"""Along which way the codes of a batch go: ``letter``, ``desk``, ``school`` or ``test``."""
_CHUNK = 1000

Progress = Callable[[int, int], None]
"""Is told how many codes were made since the last time, and of how many."""


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A fresh code, written in groups of four, and whose it is.

    :ivar resident: identifier of the resident; ``None`` where the code is for whoever gets it.
    """

    code: str
    resident: str | None


@dataclass(frozen=True, slots=True)
class IssuedBatch:
    """Fresh codes.  Nobody can look them up afterwards.

    :ivar rows: in the order of addresses, where they are for residents.
    :ivar secret: residents with a secret address; they got no code, and somebody must call them.
    """

    batch: int
    rows: tuple[IssuedCode, ...]
    secret: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes alone."""
        return tuple(row.code for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Who gets a code: voting right and resident, or nobody yet."""

    batch: Batch
    people: tuple[tuple[str, str], ...]
    secret: tuple[str, ...]


def issue_codes(
    engine: Engine, slug: str, number: int, by: str, *, area: str | None = None
) -> IssuedBatch:
    """Make voting codes with one voting right each; see ``create_batch``."""
    return create_batch(engine, slug, kind="letter", number=number, area=area, by=by)


def create_batch(
    engine: Engine,
    slug: str,
    *,
    kind: str,
    by: str,
    number: int | None = None,
    area: str | None = None,
    people: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> IssuedBatch:
    """Make a batch of codes and give it out, once.

    With a ``number`` the codes have fresh voting rights, which a round with a voter register
    refuses: whoever has a letter too would vote twice.  With ``people`` each of them gets a code
    for the voting right that is theirs; a card for a class comes beside the code of a letter.
    With neither every active resident gets a code who has an unused voting right and no code that
    opens a door.  Codes of kind ``test`` have no voting right and never count.

    Codes are written in transactions of a thousand, and open no door before all are there.  A batch
    that cannot be finished is withdrawn; one whose maker was killed opens no door either.

    :param kind: one of ``KINDS``.
    :param people: the municipality's numbers of residents; the codes come in this order.
    :raises UnknownRound: no round has this slug.
    :raises NotReady: ``problem`` is ``number`` (not 1 to 200,000), ``nobody`` (is in want of a
        code), ``area``, ``kind``, ``school`` (the round has no check for classes), ``beside`` (a
        number in a round with a register), ``list`` (people in a round without one, or
        beside a number), what ``rights_of`` says of a list, or ``unfinished``.
    :raises WrongPhase: voting is over.
    """
    round_ = require_before_close(engine, slug)
    # An empty list is refused for what it is, further on.
    _require_sense(round_, kind, number if people is None else len(people) or 1, area)
    _require_one_right(engine, RoundId(slug), BatchKind(kind), number, people)
    plan = _planned(engine, RoundId(slug), BatchKind(kind), by, number, area, people)
    told = progress or (lambda _more, _of: None)
    try:
        rows = tuple(_made(engine, plan, told))
        _finish(engine, plan)
    except BaseException:
        withdraw_batch(engine, slug, plan.batch.batch)
        raise
    facts = {"batch": plan.batch.batch, "number": plan.batch.made}
    write_down(engine, Event("codes_issued", RoundId(slug), by, facts))
    return IssuedBatch(plan.batch.batch, rows, plan.secret)


def _require_sense(round_: Round, kind: str, number: int | None, area: str | None) -> None:
    if kind not in KINDS:
        raise NotReady(f"a batch is one of {', '.join(KINDS)}", problem="kind")
    if number is not None and not 1 <= number <= MOST_AT_ONCE:
        raise NotReady(f"a batch has 1 to {MOST_AT_ONCE} codes", problem="number")
    if number is None and kind != BatchKind.LETTER:
        raise NotReady(f"say how many codes of kind {kind}", problem="number")
    if area is not None and round_.areas.find(AreaId(area)) is None:
        raise NotReady(f"round {round_.slug} has no area {area[:40]!r}", problem="area")
    checks = {choice.name for choice in round_.identity_checks}
    if kind == BatchKind.SCHOOL and CHECK_OF_SCHOOLS not in checks:
        raise NotReady(
            f"round {round_.slug} does not list the check {CHECK_OF_SCHOOLS}", problem="school"
        )


def _require_one_right(
    engine: Engine, slug: RoundId, kind: BatchKind, number: int | None, people: Sequence[str] | None
) -> None:
    """Refuse what would give somebody a second voting right, or a class none."""
    known = has_register(engine, slug)
    if people is not None and (number is not None or kind is BatchKind.TEST):
        raise NotReady("a list of people takes no number and no codes to test with", problem="list")
    if people is not None and not known:
        raise NotReady(f"round {slug} has no voter register to find people in", problem="list")
    if number is not None and known and kind is not BatchKind.TEST:
        raise NotReady(
            f"round {slug} has a voter register: a code beside it would be a second voting right "
            "for somebody; for a class give a list of people",
            problem="beside",
        )


def _planned(
    engine: Engine,
    slug: RoundId,
    kind: BatchKind,
    by: str,
    number: int | None,
    area: str | None,
    listed: Sequence[str] | None,
) -> _Plan:
    seals = sealer_of(engine, slug)
    with engine.stores.register.write() as work:
        batch = work.codes.next_batch(slug)
        people: tuple[tuple[str, str], ...] = ()
        secret: tuple[str, ...] = ()
        if listed is not None:
            people = rights_of(work, seals, slug, listed, LIVE, extra=kind is BatchKind.SCHOOL)
        elif number is None:
            people, secret = _in_want(work, slug, area)
        made = len(people) if number is None else number
        row = Batch(slug, batch, kind, BatchState.CREATED, area, made, by)
        work.batches.add(row)
        work.commit()
    return _Plan(row, people, secret)


def _in_want(
    work: RegisterWork, slug: RoundId, area: str | None
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    unfinished = [one.batch for one in work.batches.all(slug) if one.state is BatchState.CREATED]
    if unfinished:
        raise NotReady(
            f"batch {unfinished[0]} is being made, or its maker was stopped; "
            "wait for it, or void it",
            problem="unfinished",
            batch=unfinished[0],
        )
    people, secret = [], []
    for resident, right, is_secret in work.codes.in_want(slug, LIVE, area=area):
        if is_secret:
            secret.append(resident)
        else:
            people.append((right, resident))
    if not people:
        raise NotReady("nobody in the register is in want of a code", problem="nobody")
    return tuple(people), tuple(secret)


def _made(engine: Engine, plan: _Plan, progress: Progress) -> Iterator[IssuedCode]:
    """Make, hash and store codes, a chunk at a time; yield those of a chunk once it is stored."""
    of_tests = _test_right(engine, plan) if plan.batch.kind is BatchKind.TEST else None
    for start in range(0, plan.batch.made, _CHUNK):
        number = min(_CHUNK, plan.batch.made - start)
        fresh: list[Entitlement] = []
        holders: Sequence[tuple[str, str | None]] = plan.people[start : start + number]
        if of_tests:
            holders = [(of_tests, None)] * number
        elif not holders:
            fresh = [_fresh_right(engine, plan) for _ in range(number)]
            holders = [(right.id, None) for right in fresh]
        codes = [new_code() for _ in range(number)]
        _store(engine, plan, fresh, codes, [right for right, _ in holders])
        for code, (_, resident) in zip(codes, holders, strict=True):
            yield IssuedCode(written(code), resident)
        progress(number, plan.batch.made)


def _store(
    engine: Engine,
    plan: _Plan,
    fresh: Sequence[Entitlement],
    codes: Sequence[str],
    rights: Sequence[str],
) -> None:
    batch = plan.batch
    state = CodeState.TEST if batch.kind is BatchKind.TEST else CodeState.CREATED
    tags, seals = fresh_tags(engine, batch.round, codes), sealer_of(engine, batch.round)
    with engine.stores.register.write() as work:
        work.entitlements.add_many(fresh)
        work.codes.add_many(
            seals.code(Code(batch.round, tag, right, batch.batch, state))
            for tag, right in zip(tags, rights, strict=True)
        )
        work.commit()


def _fresh_right(engine: Engine, plan: _Plan, channel: Channel = Channel.NONE) -> Entitlement:
    batch = plan.batch
    right = Entitlement(secrets.token_hex(16), batch.round, STYLE, batch.area, channel)
    return sealed_right(engine, right)


def _test_right(engine: Engine, plan: _Plan) -> str:
    """Return one voting right, withdrawn from the start, to which all test codes belong."""
    right = _fresh_right(engine, plan, Channel.VOID)
    with engine.stores.register.write() as work:
        work.entitlements.add_many([right])
        work.commit()
    return right.id


def _finish(engine: Engine, plan: _Plan) -> None:
    slug, number = plan.batch.round, plan.batch.batch
    made, exported = (CodeState.CREATED,), CodeState.EXPORTED
    with engine.stores.register.write() as work:
        if not work.batches.move(slug, number, (BatchState.CREATED,), BatchState.EXPORTED):
            raise NotReady(f"batch {number} was withdrawn meanwhile", problem="withdrawn")
        work.codes.set_state_of_batch(slug, number, made, exported)
        work.commit()
