"""Whether the box rightly said "too late" to somebody who kept what it signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pb_engine.errors import EngineError
from pb_engine.sealing import Refusal, read_refusal, refusal_is_signed
from pb_engine.verifier.finding import Finding, bad, good
from pb_engine.verifier.parts import About, Event, Head
from pb_engine.verifier.questions import Asked

WHILE_CLOSING = timedelta(minutes=10)
"""So long may closing take before the event log tells of it; a refusal has whole minutes."""


def of_refusals(
    asked: Asked, heads: Sequence[Head], about: About, events: Sequence[Event]
) -> Iterator[Finding]:
    """Check each refusal: the box signed it, under a head of this log, and not before the close."""
    closed = next((one.at for one in events if one.name == "voting_closed"), None)
    for typed in asked.refusals:
        try:
            refusal, signature = read_refusal(typed)
        except EngineError as problem:
            yield bad("too late", f"Onleesbaar: {problem.sentence}.", f"{problem.sentence}.")
            continue
        signed = refusal_is_signed(refusal, signature, public=about.receipt_key)
        if not signed or refusal.round != about.round:
            yield bad(
                "too late",
                "Deze weigering is niet ondertekend door de stembus van deze ronde.",
                "This refusal is not signed by the box of this round.",
            )
        elif not any(_is_of(refusal, one) for one in heads):
            yield bad(
                "too late",
                f"De weigering noemt een logboek van {refusal.entries} stemmen dat dit niet is.",
                f"The refusal names a log of {refusal.entries} entries that is not this one.",
            )
        else:
            yield _timely(refusal.at, closed)


def _is_of(refusal: Refusal, one: Head) -> bool:
    return (refusal.entries, refusal.root) == (one.head.size, one.head.root.hex())


def _timely(at: str, closed: str | None) -> Finding:
    said = _moment(at)
    if closed is None or said is None or said < datetime.fromisoformat(closed) - WHILE_CLOSING:
        return bad(
            "too late",
            f"De stembus weigerde om {at}, maar ging pas dicht om {closed}.",
            f"The box refused at {at}, but closed only at {closed}.",
        )
    return good(
        "too late",
        f"De stembus was al dicht toen zij om {at} weigerde.",
        f"The box was closed already when it refused at {at}.",
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
