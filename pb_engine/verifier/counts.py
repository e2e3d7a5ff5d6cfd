"""The same numbers in every place: bundle, record, event log and register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from pb_engine.ballots import canonical_json
from pb_engine.tallying.outcome_document import outcome_document
from pb_engine.tallying.published import ElectionRecord
from pb_engine.units import LocalText
from pb_engine.verifier.finding import Finding, bad, compared, good
from pb_engine.verifier.parts import About, Event, Head, Register

CORRECTION = "correction_counted"
SMALLEST_SHOWN = 10
_ORDER = (
    "voting_opened", "voting_closed", "box_log_finished", "box_opened", "ballots_tallied",
    "outcome_explained",
)  # fmt: skip
_OTHERS = frozenset(
    {
        "seed_published", "ideas_opened", "review_started", "trustees_named", "rules_amended",
        "link_keys_erased", "count_taken_in", "register_frozen", "register_checked",
        "paper_batch_opened", "paper_batch_by_totals", "paper_batch_accepted",
        "paper_batch_left_out", "paper_surplus_explained", "paper_sample_drawn",
        "paper_sample_checked", "correction_counted",
    }
)  # fmt: skip
_FROZEN = frozenset({"voting_opened", "rules_amended"})


def numbers(about: About, entries: Sequence[str], record: ElectionRecord) -> Iterator[Finding]:
    """Check what the bundle says of itself."""
    found = {
        "entries": len(entries),
        "superseded": len(record.superseded),
        "invalid": record.invalid,
        "ballots": len(record.ballots),
    }
    for name, number in found.items():
        what = LocalText(f"Aantal in bundle.json, {name}", f"Number in bundle.json, {name}")
        yield compared("numbers", what, about.numbers[name], number)


def story(events: Sequence[Event]) -> Iterator[Finding]:
    """Check that what had to happen to the round happened, once and in this order."""
    names = [one.name for one in events]
    told = [name for name in names if name in _ORDER]
    strange = sorted({name[:40] for name in names} - {*_ORDER, *_OTHERS})
    moments = [one.at for one in events]
    if told == list(_ORDER) and not strange and moments == sorted(moments):
        yield good(
            "events",
            f"De {len(events)} gebeurtenissen volgen op elkaar zoals het hoort.",
            f"The {len(events)} events follow one another as they must.",
        )
    else:
        yield bad(
            "events",
            f"De gebeurtenissen volgen niet op elkaar zoals het hoort: {told} {strange}.",
            f"The events do not follow one another as they must: {told} {strange}.",
        )


def facts(
    events: Sequence[Event], entries: Sequence[str], record: ElectionRecord
) -> Iterator[Finding]:
    """Check what the event log noted at the time against what is published now."""
    wanted = _facts(entries, record)
    corrected = [one for one in events if one.name == CORRECTION][-1:]
    if corrected:
        # The first count stays in the log as it was; the last one is what the record holds.
        wanted[CORRECTION] = wanted.pop("ballots_tallied")
    frozen = [one for one in events if one.name in _FROZEN][-1:]
    checked = 0
    for event in events:
        now = dict(wanted.get(event.name, {}))
        if event.name == CORRECTION and event not in corrected:
            continue
        if event in frozen:
            now["rules_digest"] = record.rules_digest
        for name, value in now.items():
            checked += 1
            if event.facts.get(name) != value:
                what = LocalText(f"Gebeurtenis {event.name}, {name}", f"Event {event.name}, {name}")
                yield compared("facts", what, event.facts.get(name), value)
    yield good(
        "facts",
        f"{checked} gegevens uit het logboek van de ronde zijn nagekeken.",
        f"{checked} facts in the event log were looked at.",
    )


def last_head(events: Sequence[Event], heads: Sequence[Head]) -> Iterator[Finding]:
    """Check that the last head is the one that the event log noted at the close."""
    noted = [one.facts.get("root") for one in events if one.name == "box_log_finished"]
    last = [one.head.root.hex() for one in heads[-1:]]
    what = LocalText("Laatste stand van het logboek bij sluiting", "Last head at the close")
    yield compared("facts", what, noted, last)


def _facts(entries: Sequence[str], record: ElectionRecord) -> dict[str, dict[str, object]]:
    box = hashlib.sha256(b"".join(bytes.fromhex(entry) for entry in sorted(entries))).hexdigest()
    outcome = hashlib.sha256(canonical_json(outcome_document(record.outcome))).hexdigest()
    counted = len(record.receipts)
    opened = {"counted": counted, "superseded": len(record.superseded), "invalid": record.invalid}
    funded = len(record.outcome.selected)
    return {
        "seed_published": {"seed": record.seed},
        "voting_opened": {"projects": len(record.projects)},
        "voting_closed": {"ballots": counted, "box_digest": box},
        "box_log_finished": {"entries": len(entries)},
        "box_opened": {**opened},
        "ballots_tallied": {
            "method": record.outcome.method,
            "outcome_digest": outcome,
            "funded": funded,
        },
        "outcome_explained": {"projects": len(record.projects)},
    }


def register(told: Register, record: ElectionRecord) -> Iterator[Finding]:
    """Say how many voting rights were used, and check that no cell is small and all add up."""
    used, counted = told.total["digital"] + told.total["paper"], len(record.receipts)
    yield good(
        "register",
        f"{counted} getelde stemmen, {used} gebruikte stemrechten, "
        f"{told.total['none']} niet gebruikt.",
        f"{counted} counted ballots, {used} voting rights used, {told.total['none']} not.",
    )
    for name, total in told.total.items():
        cells = [area[name] for area in told.areas.values() if name in area]
        shown = [cell for cell in cells if cell is not None]
        whole = len(shown) == len(cells) > 0
        if any(cell < SMALLEST_SHOWN for cell in shown):
            yield bad("areas", f"Te klein getal: {name}.", f"A number is too small: {name}.")
        if sum(shown) > total or (whole and sum(shown) != total):
            yield bad(
                "areas",
                f"De wijken tellen niet op tot het totaal: {name}.",
                f"The areas do not add up to the total: {name}.",
            )
