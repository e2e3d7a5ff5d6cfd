"""Bundles to check and to tamper with: a real round, and whoever changes its bundle."""

from __future__ import annotations

import functools
import json
import tempfile
from pathlib import Path

from pb_engine.ballots import canonical_json
from pb_engine.errors import TallyRefused
from pb_engine.pluginhost import load, load_settings, pick
from pb_engine.sealing import TreeHead, cosign_head, new_signing_key, pack, public_part, unpack
from pb_engine.services import counting, phases
from pb_engine.services.box_log import head_of, take_cosignature
from pb_engine.services.publication import download
from pb_engine.services.sequencing import append_waiting
from pb_engine.verifier import check_bundle
from tests.builders import CALENDAR, a_round_in, adopt_and_publish, an_engine, vote

PLUGINS = load(("greedy", "equal_shares"))
WITNESS = new_signing_key()
OUTSIDE = ("SHA256SUMS", "SHA256SUMS.sig")


def tally(choice, election):
    """What `pb-engine verify` does, with the plugins loaded once."""
    method = pick(PLUGINS.voting_methods, choice.name, "voting method")
    if method.card.version != choice.version:
        raise TallyRefused("another version is installed")
    return method.tally(election, load_settings(method, choice.settings))


class Published:
    """A published round with thirty ballots, two of them replaced, under cosigned heads."""

    def __init__(self, folder: Path) -> None:
        witness = public_part(WITNESS)
        engine = an_engine(folder, witnesses=(witness.hex(),))
        self.staged = a_round_in(engine, "voting", codes=32)
        codes, titles = self.staged.codes[:30], ("Bankjes", "Moestuin", "AED")
        self.slug, self.receipts = self.staged.slug, []
        for place, code in enumerate(codes):
            self.receipts.append(vote(self.staged, code, list(titles[: place % 3 + 1])))
            append_waiting(self.staged.engine, self.slug)  # at the twentieth
        self._cosign(witness)
        self.again = [vote(self.staged, code, ["Speeltoestel"]) for code in codes[:2]]
        end = self.staged.move_to(CALENDAR.voting.end).engine
        phases.take_step(end, self.slug, "close_voting", "team")
        for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
            step(end, self.slug, "team")
        self.engine = end
        self.raw = download(end, self.slug, "bundle.zip").body
        self.files = unpack(self.raw)
        self.log_key = end.keyring.get(f"{self.slug}.log")

    def _cosign(self, witness: bytes) -> None:
        engine = self.staged.engine
        shown = head_of(engine, self.slug)
        head = TreeHead(self.slug, shown.head.size, shown.head.root)
        proof = cosign_head(head, log_key=shown.log_key, key=WITNESS)
        take_cosignature(engine, self.slug, head.size, witness.hex(), proof.hex())

    def repacked(self, **changes: bytes | None) -> bytes:
        """The bundle with other files, under checksums and a signature that fit again.

        Only who holds the key of the log can do this: an insider.  ``log_jsonl=b""`` changes
        ``log.jsonl``; ``None`` takes a file out.
        """
        files = {k: v for k, v in self.files.items() if k not in OUTSIDE}
        for name, content in changes.items():
            files[name.replace("_", ".")] = content
        whole = {name: content for name, content in files.items() if content is not None}
        return pack(whole, round_id=self.slug, key=self.log_key)

    def lines(self, name: str) -> list:
        return [json.loads(line) for line in self.files[name].splitlines()]


@functools.cache
def published() -> Published:
    """One round for all tests: nobody changes it."""
    return Published(Path(tempfile.mkdtemp(prefix="bundle-")))


def spelled(lines) -> bytes:
    return b"".join(canonical_json(line) + b"\n" for line in lines)


def failing(raw: bytes, asked=None) -> set[str]:
    """The checks that do not hold."""
    return {one.check for one in check_bundle(raw, tally, asked) if not one.holds}
