"""What somebody who was there asks of a bundle: my receipt, my ballot, the head that I saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pb_engine.errors import EngineError
from pb_engine.sealing import (
    head_is_cosigned,
    leaf_hash,
    normalised_receipt,
    normalised_tracker,
    receipt_is_signed,
    receipt_number,
    roots,
)
from pb_engine.sealing.witnessing import read_state
from pb_engine.tallying.published import ElectionRecord
from pb_engine.units import LocalText
from pb_engine.verifier.finding import Finding, bad, good
from pb_engine.verifier.parts import About, Head
from pb_engine.verifier.trackers import Listed


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for, besides everything that is always checked.

    :ivar receipts: receipt numbers as they were typed.
    :ivar signatures: the signatures beside those numbers, in the same order, as far as given.
    :ivar trackers: trackers as they were typed.
    :ivar witnesses: state files of witnesses.
    :ivar cosigners: public keys, hexadecimal, of witnesses who must have signed a head.
    :ivar refusals: what the box signed for those who came too late.
    :ivar log_key: the public key, hexadecimal, that the log must have.
    """

    receipts: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    trackers: tuple[str, ...] = ()
    witnesses: tuple[bytes, ...] = ()
    cosigners: tuple[str, ...] = ()
    log_key: str | None = None
    refusals: tuple[str, ...] = ()


def of_receipts(asked: Asked, entries: Sequence[str], record: ElectionRecord) -> Iterator[Finding]:
    """Say of each receipt number whether its ballot is in the log and in the count."""
    for typed in asked.receipts:
        try:
            number = normalised_receipt(typed)
        except EngineError as problem:
            yield _mistyped("receipt", typed, problem)
            continue
        place = next((at for at, one in enumerate(entries, 1) if receipt_number(one) == number), 0)
        if not place:
            yield bad("receipt", f"{number} staat niet in het logboek.", f"{number} is not logged.")
        elif number in record.receipts:
            yield good(
                "receipt",
                f"{number} is nummer {place} in het logboek en is meegeteld.",
                f"{number} is entry {place} of the log and was counted.",
            )
        elif number in record.superseded:
            yield good(
                "receipt",
                f"{number} is nummer {place}; een latere stem kwam ervoor in de plaats.",
                f"{number} is entry {place}; a later ballot replaced it.",
            )
        else:
            yield bad("receipt", f"{number} is niet geteld.", f"{number} was not counted.")


def of_signatures(asked: Asked, about: About) -> Iterator[Finding]:
    """Check each signature beside a receipt number: it is a promise, kept or broken."""
    for typed, signature in zip(asked.receipts, asked.signatures, strict=False):
        try:
            proof = "".join(signature.lower().split())
            holds = receipt_is_signed(typed, proof, round_id=about.round, public=about.receipt_key)
        except EngineError as problem:
            yield _mistyped("promise", typed, problem)
            continue
        short = typed[:40]
        yield Finding(
            "promise",
            holds,
            LocalText(
                f"Het nummer {short!r} is {'' if holds else 'niet '}ondertekend door de stembus.",
                f"The number {short!r} is {'' if holds else 'not '}signed by the box.",
            ),
        )


def of_trackers(asked: Asked, told: Listed, record: ElectionRecord) -> Iterator[Finding]:
    """Say of each tracker what was counted under it."""
    titles = {project.id: project.title for project in record.projects}
    found = dict(told)
    for typed in asked.trackers:
        try:
            tracker = normalised_tracker(typed)
        except EngineError as problem:
            yield _mistyped("tracker", typed, problem)
            continue
        if tracker not in found:
            yield bad(
                "tracker", f"{tracker} staat niet in de lijst.", f"{tracker} is not in the list."
            )
            continue
        marks = [(titles.get(m.project, m.project), m.weight) for m in found[tracker].marks]
        choice = ", ".join(f"{title} ({weight})" for title, weight in marks) or "-"
        yield good("tracker", f"{tracker}: {choice}.", f"{tracker}: {choice}.")


def of_witnesses(asked: Asked, entries: Sequence[str], about: About) -> Iterator[Finding]:
    """Check that the log is the one that a witness saw, and only grew since."""
    for raw in asked.witnesses:
        try:
            seen = read_state(raw)
        except EngineError as problem:
            yield bad("witness", f"Onleesbaar: {problem.sentence}.", f"{problem.sentence}.")
            continue
        size = seen.head.size
        leaves = [leaf_hash(bytes.fromhex(entry)) for entry in entries[:size]]
        same = (seen.head.round, seen.log_key) == (about.round, about.log_key)
        if same and roots(leaves, [size]).get(size) == seen.head.root:
            yield good(
                "witness",
                f"De eerste {size} stemmen zijn die welke de getuige zag.",
                f"The first {size} entries are those that the witness saw.",
            )
        else:
            yield bad(
                "witness",
                f"Dit is niet het logboek dat de getuige zag, na {size} stemmen.",
                f"This is not the log that the witness saw, at {size} entries.",
            )


def of_keys(asked: Asked, heads: Sequence[Head], about: About) -> Iterator[Finding]:
    """Check the keys that somebody knows from elsewhere."""
    if asked.log_key is not None:
        holds = asked.log_key.lower() == about.log_key.hex()
        yield (good if holds else bad)(
            "log key",
            f"De sleutel van het logboek is {'' if holds else 'niet '}de genoemde.",
            f"The key of the log is {'' if holds else 'not '}the one that was named.",
        )
    for cosigner in asked.cosigners:
        holds = any(
            witness.hex() == cosigner.lower()
            and head_is_cosigned(one.head, proof, log_key=about.log_key, witness=witness)
            for one in heads
            for witness, proof in one.cosignatures
        )
        short = cosigner[:64]
        yield (good if holds else bad)(
            "cosigner",
            f"Getuige {short} tekende {'het logboek' if holds else 'niets'}.",
            f"Witness {short} signed {'the log' if holds else 'nothing'}.",
        )


def _mistyped(check: str, typed: str, problem: EngineError) -> Finding:
    short = typed[:40]
    return bad(
        check,
        f"{short!r} heeft een tikfout: {problem.sentence}.",
        f"{short!r} is mistyped: {problem.sentence}.",
    )
