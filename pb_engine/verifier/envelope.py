"""The outside of a bundle: its files, their checksums, and the signature over them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from pb_engine.errors import EngineError
from pb_engine.sealing import archive, bundle_is_signed, read_checksums
from pb_engine.verifier.finding import Finding, bad, good
from pb_engine.verifier.parts import About

NAMES = frozenset(
    {
        "SHA256SUMS", "SHA256SUMS.sig", "ballots.jsonl", "bundle.json", "events.jsonl",
        "heads.jsonl", "log.jsonl", "manifest.json", "paper.json", "record.json", "register.json",
    }
)  # fmt: skip
_UNSUMMED = frozenset({"SHA256SUMS", "SHA256SUMS.sig"})


def outside(raw: bytes, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Check that these are the files of a bundle, packed in the one way there is."""
    missing, strange = sorted(NAMES - set(files)), sorted(set(files) - NAMES)
    for name in missing:
        yield bad("files", f"Het bestand {name} ontbreekt.", f"The file {name} is missing.")
    for name in strange:
        short = repr(name[:60])
        yield bad("files", f"Het bestand {short} hoort er niet in.", f"{short} does not belong.")
    if not missing and not strange:
        number = len(files)
        yield good("files", f"Alle {number} bestanden zijn er.", f"All {number} files are there.")
    if archive(files) == raw:
        yield good(
            "archive",
            "Het pakket is heel en niets is ertussen verstopt.",
            "The archive is whole, and nothing is hidden in it.",
        )
    else:
        yield bad(
            "archive",
            "Het pakket is anders ingepakt dan het is gepubliceerd.",
            "The archive is packed otherwise than it was published.",
        )


def sums(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Check every file against its checksum."""
    try:
        told = read_checksums(files.get("SHA256SUMS", b""))
    except EngineError as problem:
        yield bad("checksums", f"Onleesbaar: {problem.sentence}.", f"{problem.sentence}.")
        return
    found = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name not in _UNSUMMED
    }
    wrong = sorted(name for name in {*told, *found} if told.get(name) != found.get(name))
    for name in wrong:
        short = name[:60]
        yield bad(
            "checksums",
            f"{short} is niet het bestand van het controlegetal.",
            f"{short} is not the file that the checksum is of.",
        )
    if not wrong:
        number = len(found)
        yield good(
            "checksums",
            f"De controlegetallen van {number} bestanden kloppen.",
            f"The checksums of {number} files agree.",
        )


def signature(files: Mapping[str, bytes], about: About) -> Iterator[Finding]:
    """Check that the key of the log signed the checksums."""
    told, proof = files.get("SHA256SUMS", b""), files.get("SHA256SUMS.sig", b"")
    if bundle_is_signed(told, proof, round_id=about.round, public=about.log_key):
        key = about.log_key.hex()
        yield good(
            "signature",
            f"Ondertekend met de sleutel van het logboek, {key}.",
            f"Signed with the key of the log, {key}.",
        )
    else:
        yield bad(
            "signature",
            "Niet ondertekend met de sleutel van het logboek.",
            "Not signed with the key of the log.",
        )
