"""Counting a published record again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pb_engine.errors import InvalidBallot, RecountDiffers
from pb_engine.tallying.election import Election, Profile
from pb_engine.tallying.hand_count import impossible
from pb_engine.tallying.lots import draw_lot
from pb_engine.tallying.outcome import Decision, Outcome
from pb_engine.tallying.published import ElectionRecord, MethodChoice

Tally = Callable[[MethodChoice, Election], Outcome]
"""Counts an election by a method that a record names; the caller owns the plugins."""


def record_election(record: ElectionRecord) -> Election:
    """Return what was counted, as the record has it."""
    return Election(
        budget=record.budget,
        projects=record.projects,
        profile=Profile.of(record.ballots),
        lot=record.lot,
        currency=record.currency,
        totals=record.totals,
    )


def recount(record: ElectionRecord, tally: Tally) -> None:
    """Count again, by the deciding rule and by every rule that was compared.

    :raises RecountDiffers: naming the first difference: the lot, a ballot that does not follow
        the paper, totals that no sheets can have, the method, a selected project, a decision,
        or a fact.
    """
    _check_lot(record)
    _check_ballots(record)
    election = record_election(record)
    _compare("", record.outcome, tally(record.method, election))
    for method, outcome in record.compared:
        _compare(f"compared rule {method.name}: ", outcome, tally(method, election))


def _check_lot(record: ElectionRecord) -> None:
    ids = [project.id for project in record.projects]
    if record.lot != draw_lot(record.seed, ids):
        raise RecountDiffers("the lot does not follow from the published seed", where="lot")


def _check_ballots(record: ElectionRecord) -> None:
    if record.totals and (wrong := impossible(record.totals, record.paper)):
        raise RecountDiffers(f"paper counted as totals: {wrong}", where="totals")
    for ballot in dict.fromkeys(record.ballots):
        try:
            record.paper.check(ballot)
        except InvalidBallot as problem:
            raise RecountDiffers(
                f"a counted ballot does not follow the paper: {problem.sentence}", where="ballots"
            ) from problem


def _compare(prefix: str, published: Outcome, counted: Outcome) -> None:
    for where, was, now in _differences(published, counted):
        if was != now:
            raise RecountDiffers(
                f"{prefix}{where}: published {was}, counted {now}", where=f"{prefix}{where}"
            )


def _differences(published: Outcome, counted: Outcome) -> Iterator[tuple[str, object, object]]:
    yield "method", published.method, counted.method
    yield "version", published.version, counted.version
    yield "number of projects", len(published.decisions), len(counted.decisions)
    again = {decision.project: decision for decision in counted.decisions}
    for decision in published.decisions:
        name = f"project {decision.project!r}"
        if decision.project not in again:
            yield name, "a decision", "none"
            continue
        yield from _about(name, decision, again[decision.project])
    yield "order of funding", list(published.selected), list(counted.selected)
    was = [decision.project for decision in published.decisions]
    yield "order of decisions", was, [decision.project for decision in counted.decisions]
    yield "facts", dict(published.facts), dict(counted.facts)


def _about(name: str, was: Decision, now: Decision) -> Iterator[tuple[str, object, object]]:
    yield f"{name}, verdict", str(was.verdict), str(now.verdict)
    yield f"{name}, reason", was.reason, now.reason
    yield f"{name}, voters", was.voters, now.voters
    yield f"{name}, facts", dict(was.facts), dict(now.facts)
    yield f"{name}, ties", list(was.tied_with), list(now.tied_with)
