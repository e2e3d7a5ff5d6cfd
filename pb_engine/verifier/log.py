"""The log of the box: its entries, the heads over them, and who signed those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pb_engine.sealing import (
    head_is_cosigned,
    head_is_signed,
    leaf_hash,
    receipt_number,
    roots,
)
from pb_engine.tallying.published import ElectionRecord
from pb_engine.verifier.finding import Finding, bad, good
from pb_engine.verifier.parts import About, Head


def entries(told: Sequence[str], heads: Sequence[Head]) -> Iterator[Finding]:
    """Check that every head follows from the entries, and the last one from all of them."""
    if len(set(told)) != len(told):
        yield bad("log", "Een stem staat twee keer in het logboek.", "The log has an entry twice.")
    sizes = [one.head.size for one in heads]
    if sizes[:1] != [0] or sizes != sorted(set(sizes)) or sizes[-1] != len(told):
        yield bad(
            "log",
            f"De standen van het logboek lopen niet van 0 tot {len(told)} stemmen.",
            f"The heads of the log do not run from 0 to all {len(told)} entries.",
        )
    found = roots([leaf_hash(bytes.fromhex(entry)) for entry in told], sizes)
    wrong = [one.head.size for one in heads if found.get(one.head.size) != one.head.root]
    for size in wrong:
        yield bad(
            "log",
            f"De stand na {size} stemmen volgt niet uit het logboek.",
            f"The head of size {size} does not follow from the entries.",
        )
    if not wrong and sizes:
        yield good(
            "log",
            f"De {len(sizes)} standen van het logboek volgen uit {len(told)} stemmen.",
            f"The {len(sizes)} heads of the log follow from {len(told)} entries.",
        )


def signatures(heads: Sequence[Head], about: About) -> Iterator[Finding]:
    """Check the signature of the log under every head."""
    wrong = [
        one.head.size
        for one in heads
        if not head_is_signed(one.head, one.signature, public=about.log_key)
    ]
    for size in wrong:
        yield bad(
            "heads",
            f"De stand na {size} stemmen is niet ondertekend met de sleutel van het log.",
            f"The head of size {size} is not signed with the key of the log.",
        )
    if not wrong:
        yield good(
            "heads",
            f"Alle {len(heads)} standen zijn ondertekend.",
            f"All {len(heads)} heads are signed.",
        )


def cosignatures(heads: Sequence[Head], about: About) -> Iterator[Finding]:
    """Check every signature of a witness, and say how many witnesses there were."""
    witnesses, wrong = set(), 0
    for one in heads:
        for witness, proof in one.cosignatures:
            if head_is_cosigned(one.head, proof, log_key=about.log_key, witness=witness):
                witnesses.add(witness)
            else:
                wrong += 1
    if wrong:
        yield bad(
            "witnesses",
            f"{wrong} handtekeningen van getuigen kloppen niet.",
            f"{wrong} signatures of witnesses do not hold.",
        )
    else:
        yield good(
            "witnesses",
            f"{len(witnesses)} getuigen tekenden het logboek.",
            f"{len(witnesses)} witnesses signed the log.",
        )


def receipts(told: Sequence[str], record: ElectionRecord) -> Iterator[Finding]:
    """Check that every entry is counted or replaced, and that nothing else was counted."""
    logged = {receipt_number(entry) for entry in told}
    listed = [*record.receipts, *record.superseded]
    missing, strange = logged - set(listed), set(listed) - logged
    if missing or strange or len(listed) != len(told):
        yield bad(
            "entries",
            f"Logboek en telling verschillen: {len(missing)} stemmen zijn niet geteld of "
            f"vervangen, {len(strange)} getelde stemmen staan niet in het logboek.",
            f"Log and count differ: {len(missing)} entries are neither counted nor replaced, "
            f"{len(strange)} counted ballots are not in the log.",
        )
    else:
        yield good(
            "entries",
            f"{len(told)} stemmen in het logboek: {len(record.receipts)} geteld, "
            f"{len(record.superseded)} vervangen door hun eigen kiezer.",
            f"{len(told)} entries in the log: {len(record.receipts)} counted, "
            f"{len(record.superseded)} replaced by their own voters.",
        )
