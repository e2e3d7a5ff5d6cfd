"""The paper of a bundle: its batches, which entries came on paper, and what was read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pb_engine.ballots import VOID, Defect
from pb_engine.sealing import receipt_number
from pb_engine.tallying.document import Part
from pb_engine.tallying.published import ElectionRecord
from pb_engine.tallying.samples import batches_digest, draw_sheets
from pb_engine.units import LocalText
from pb_engine.verifier.finding import Finding, bad, compared, good
from pb_engine.verifier.parts import Event, Head, Register, read_json

ACCEPTED, LEFT_OUT = "accepted", "left_out"
MOST_SHEETS = 2000
_KEYS = ("batch", "stated", "state", "counted", "defects", "reason")
Sheets = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What a bundle says of one batch: handed in = counted + defects.

    :ivar totals: it was counted as totals only; none of its sheets is a ballot.
    """

    batch: int
    stated: int
    state: str
    counted: int
    defects: Mapping[str, int]
    reason: str
    totals: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """All paper of a round.

    :ivar entries: which entries of the log are paper ballots.
    :ivar corrected: what batches of totals come to since a correction of the result.
    :ivar drawn: sheets that were read again, ``differences`` those that were read otherwise;
        ``None`` where nobody drew any.
    """

    batches: tuple[Batch, ...]
    record: tuple[object, ...]
    entries: tuple[str, ...]
    drawn: Sheets | None
    differences: Sheets
    corrected: tuple[Batch, ...] = ()

    @property
    def counted(self) -> int:
        """How many paper ballots the batches say are in the box."""
        return sum(one.counted for one in self.batches if not one.totals)

    @property
    def by_totals(self) -> int:
        """How many sheets count as totals only."""
        anew = {one.batch: one.counted for one in self.corrected}
        return sum(anew.get(one.batch, one.counted) for one in self.batches if one.totals)


def read_paper_file(raw: bytes) -> Paper:
    """Read ``paper.json``.

    :raises InvalidElectionFile: naming the key.
    """
    read = read_json(raw, "paper.json")
    more = ("corrected",) if "corrected" in read.entries() else ()
    found = read.exactly(("batches", "entries", "sample", *more))
    batches = found["batches"].items()
    sample = found["sample"].optional(lambda part: part.exactly(("drawn", "differences")))
    return Paper(
        batches=tuple(map(_batch, batches)),
        record=tuple(part.value for part in batches),
        entries=tuple(part.text() for part in found["entries"].items()),
        drawn=None if sample is None else _sheets(sample["drawn"]),
        differences=() if sample is None else _sheets(sample["differences"]),
        corrected=tuple(map(_corrected, found["corrected"].items())) if more else (),
    )


def batches(told: Paper, events: Sequence[Event]) -> Iterator[Finding]:
    """Check that every batch adds up and that the event log noted the same of it."""
    noted = [
        _noted(one.facts, ("batch", "sheets", "counted", "spoilt", "void"))
        for one in events
        if one.name == "paper_batch_accepted"
    ]
    left = [
        _noted(one.facts, ("batch", "sheets", "reason"))
        for one in events
        if one.name == "paper_batch_left_out"
    ]
    opened = sum(one.name == "paper_batch_opened" for one in events)
    wrong = [one.batch for one in told.batches if not adds_up(one)]
    for batch in wrong:
        yield bad(
            "paper",
            f"Stapel {batch} met papieren stemmen telt niet op.",
            f"Batch {batch} of paper ballots does not add up.",
        )
    what = LocalText("Stapels papier in het logboek van de ronde", "Batches in the event log")
    numbers = [one.batch for one in told.batches]
    yield compared("paper", what, numbers, list(range(1, opened + 1)))
    accepted = [_told(one) for one in told.batches if one.state == ACCEPTED]
    what = LocalText("Getelde stapels papier", "Batches of paper that were counted")
    yield compared("paper", what, _sorted(accepted), _sorted(noted))
    out = [(one.batch, one.stated, one.reason) for one in told.batches if one.state == LEFT_OUT]
    what = LocalText("Stapels papier buiten de telling", "Batches of paper that were left out")
    yield compared("paper", what, _sorted(out), _sorted(left))


def entries(told: Paper, log: Sequence[str], record: ElectionRecord) -> Iterator[Finding]:
    """Check that as many paper ballots are in the log, and were counted, as the batches say."""
    known, receipts = set(log), set(record.receipts)
    missing = [one for one in told.entries if one not in known]
    if missing or list(told.entries) != sorted(set(told.entries)):
        yield bad(
            "paper",
            f"{len(missing)} papieren stemmen staan niet in het logboek, of een staat er dubbel.",
            f"{len(missing)} paper ballots are not in the log, or one stands twice.",
        )
        return
    uncounted = sum(receipt_number(one) not in receipts for one in told.entries)
    if uncounted:
        yield bad(
            "paper",
            f"{uncounted} papieren stemmen zijn niet geteld.",
            f"{uncounted} paper ballots were not counted.",
        )
    what = LocalText("Stemmen op papier onder de getelde", "Paper ballots among those counted")
    yield compared("paper", what, told.counted, len(told.entries))


def totals(told: Paper, record: ElectionRecord, events: Sequence[Event]) -> Iterator[Finding]:
    """Say how many sheets count as totals, and check that rules, batches and log say the same."""
    named = [one.facts.get("batch") for one in events if one.name == "paper_batch_by_totals"]
    what = LocalText("Stapels als totaal in het logboek", "Batches counted as totals in the log")
    here = sorted((one.batch for one in told.batches if one.totals), key=str)
    yield compared("totals", what, here, sorted(named, key=str))
    counted = record.totals.sheets if record.totals else 0
    what = LocalText("Biljetten die als totaal tellen", "Sheets that count as totals")
    yield compared("totals", what, counted, told.by_totals)


def register(
    told: Paper, rights: Register, record: ElectionRecord, events: Sequence[Event]
) -> Iterator[Finding]:
    """Check each channel by itself against the voting rights that went along it."""
    paper = len(told.entries) + told.by_totals
    online = len(record.receipts) - len(told.entries)
    if online > rights.total["digital"]:
        yield bad(
            "register",
            f"{online} stemmen via de website bij {rights.total['digital']} stemrechten.",
            f"{online} ballots cast online on {rights.total['digital']} voting rights.",
        )
    sheets, marked = sum(one.stated for one in told.batches), rights.total["paper"]
    explained = [one.facts for one in events if one.name == "paper_surplus_explained"][-1:]
    nl = f"{sheets} vellen ingeleverd, {paper} geteld, {marked} stemrechten op papier."
    en = f"{sheets} sheets handed in, {paper} counted, {marked} voting rights on paper."
    if paper <= marked:
        yield good("paper register", nl, en)
    elif [(one.get("sheets"), one.get("rights")) for one in explained] == [(sheets, marked)]:
        why = str(explained[0].get("reason"))[:200]
        yield good("paper register", f"{nl} Uitleg: {why}", f"{en} Explained: {why}")
    else:
        yield bad("paper register", f"{nl} Dat is te veel.", f"{en} That is too many.")


def sample(
    told: Paper, heads: Sequence[Head], record: ElectionRecord, events: Sequence[Event]
) -> Iterator[Finding]:
    """Check that the sheets that were read again are the ones that had to be drawn."""
    noted = [
        _noted(one.facts, ("sheets", "differences"))
        for one in events
        if one.name == "paper_sample_checked"
    ]
    if told.drawn is None:
        what = LocalText("Steekproef van papier", "Sample of paper")
        yield compared("paper sample", what, [], noted)
        return
    sheets = (
        (one.batch, sheet)
        for one in told.batches
        if one.state == ACCEPTED and not one.totals
        for sheet in range(1, one.stated + 1)
    )
    wanted = draw_sheets(
        sheets,
        len(told.drawn),
        seed=record.seed,
        digest=batches_digest(told.record),
        root=heads[-1].head.root.hex() if heads else "",
    )
    what = LocalText("Gelote vellen papier", "Sheets of paper that were drawn")
    yield compared("paper sample", what, told.drawn, wanted)
    strange = not set(told.differences) <= set(told.drawn)
    found = [(len(told.drawn), len(told.differences))]
    if strange or noted != found:
        yield bad("paper sample", "De steekproef klopt niet.", "The sample does not agree.")
    else:
        yield good(
            "paper sample",
            f"{found[0][0]} vellen opnieuw gelezen, {found[0][1]} anders dan geteld.",
            f"{found[0][0]} sheets read again, {found[0][1]} otherwise than counted.",
        )


def _batch(part: Part) -> Batch:
    more = ("totals",) if "totals" in part.entries() else ()
    found = part.exactly((*_KEYS, *more))
    if more and found["totals"].value is not True:
        found["totals"].refuse("must be true where it stands")
    if found["state"].text() not in {ACCEPTED, LEFT_OUT}:
        found["state"].refuse("must be accepted or left_out")
    batch = Batch(
        batch=found["batch"].whole(1),
        stated=found["stated"].whole(1),
        state=found["state"].text(),
        counted=found["counted"].whole(),
        defects=_defects(found["defects"]),
        reason=found["reason"].text(),
        totals=bool(more),
    )
    if batch.stated > MOST_SHEETS:
        found["stated"].refuse(f"must be at most {MOST_SHEETS}")
    return batch


def _corrected(part: Part) -> Batch:
    found = part.exactly(("batch", "stated", "counted", "defects"))
    return Batch(
        batch=found["batch"].whole(1),
        stated=found["stated"].whole(1),
        state=ACCEPTED,
        counted=found["counted"].whole(),
        defects=_defects(found["defects"]),
        reason="",
        totals=True,
    )


def _defects(part: Part) -> Mapping[str, int]:
    defects = {name: one.whole(1) for name, one in part.entries().items()}
    if strange := sorted(set(defects) - {str(one) for one in Defect}):
        part.refuse(f"{strange[0][:40]!r} is no defect")
    return defects


def _sheets(part: Part) -> Sheets:
    pairs = (one.pair() for one in part.items())
    return tuple((batch.whole(1), sheet.whole(1)) for batch, sheet in pairs)


def adds_up(batch: Batch) -> bool:
    """Tell whether every sheet of a batch is counted, or has a defect."""
    if batch.state == LEFT_OUT:
        return batch.counted == 0 and not batch.defects and bool(batch.reason)
    return not batch.reason and batch.counted + sum(batch.defects.values()) == batch.stated


def _told(batch: Batch) -> tuple[object, ...]:
    void = sum(batch.defects.get(str(one), 0) for one in VOID)
    spoilt = sum(batch.defects.values()) - void
    return (batch.batch, batch.stated, batch.counted, spoilt, void)


def _noted(facts: Mapping[str, object], names: Sequence[str]) -> tuple[object, ...]:
    return tuple(facts.get(name) for name in names)


def _sorted(told: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
    # Facts of an event log that was tampered with may be of any kind.
    return sorted(told, key=str)
