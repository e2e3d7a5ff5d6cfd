"""The list of ballots by tracker, against the ballots that were counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pb_engine.ballots import FEWEST_LISTED, Ballot
from pb_engine.errors import EngineError
from pb_engine.sealing import normalised_tracker
from pb_engine.tallying.published import ElectionRecord
from pb_engine.units import LocalText
from pb_engine.verifier.finding import Finding, bad, compared, good
from pb_engine.verifier.parts import About

Listed = Sequence[tuple[str, Ballot]]


def listed(told: Listed, record: ElectionRecord, about: About) -> Iterator[Finding]:
    """Check that the list holds exactly the counted ballots, or nothing when these are few."""
    wanted = len(record.ballots) if len(record.ballots) >= FEWEST_LISTED else 0
    what = LocalText("Aantal stemmen in de lijst met volgcodes", "Number of ballots with trackers")
    yield compared("listed", what, len(told), wanted)
    what = LocalText("Aantal in bundle.json, listed", "Number in bundle.json, listed")
    yield compared("numbers", what, about.numbers["listed"], len(told))
    if told and Counter(ballot for _, ballot in told) != Counter(record.ballots):
        yield bad(
            "listed",
            "De stemmen in de lijst zijn niet de stemmen die zijn geteld.",
            "The ballots in the list are not those that were counted.",
        )


def trackers(told: Listed) -> Iterator[Finding]:
    """Check that every tracker is one, stands once, and that the list is in their order."""
    names = [tracker for tracker, _ in told]
    wrong = sum(not _is_tracker(name) for name in names)
    twice = [name for name, times in Counter(names).items() if times > 1]
    if wrong:
        yield bad("trackers", f"{wrong} volgcodes zijn er geen.", f"{wrong} are no trackers.")
    for name in twice:
        short = name[:40]
        yield bad(
            "trackers",
            f"Volgcode {short} staat er vaker dan één keer.",
            f"Tracker {short} stands more than once.",
        )
    if names != sorted(names):
        yield bad("trackers", "De lijst staat niet op volgorde.", "The list is not in order.")
    if not wrong and not twice and names == sorted(names):
        yield good(
            "trackers",
            f"Alle {len(names)} volgcodes zijn verschillend en staan op volgorde.",
            f"All {len(names)} trackers differ and stand in order.",
        )


def _is_tracker(name: str) -> bool:
    try:
        return normalised_tracker(name) == name
    except EngineError:
        return False
