"""Is an exported box whole and true?  Asked before any share is taken, and without any key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from pb_engine.ballots import canonical_json, paper_document
from pb_engine.errors import InvalidKey, LogRefused
from pb_engine.sealing import (
    TreeHead,
    TrusteeKey,
    head_is_cosigned,
    head_is_signed,
    leaf_hash,
    trustee_key_in,
)
from pb_engine.sealing.log import roots
from pb_engine.services.box_file import BoxExport
from pb_engine.services.frozen import read_rules


def check_box(box: BoxExport, *, despite_register: bool = False) -> tuple[str, ...]:
    """Return what holds, in sentences; the first thing that does not hold refuses the box.

    :param despite_register: people looked at it and go on although the register says that fewer
        voting rights were used than have a ballot, or was found not to be what it must be.
    :raises LogRefused: saying what does not hold.
    :raises InvalidElectionFile: the frozen rules in it cannot be read.
    """
    told = [check(box) for check in _CHECKS]
    try:
        told.append(_register(box))
    except LogRefused as problem:
        if not despite_register:
            raise
        told.append(f"by decision of those who are here, although {problem.sentence}")
    return tuple(told)


def trustees_in(box: BoxExport) -> TrusteeKey:
    """Return the key that trustees keep, from the frozen rules.

    :raises InvalidKey: the key of this box is not with trustees.
    """
    told = _rules(box).get("trustees")
    if told is None:
        raise InvalidKey(
            "the key of this box is not with trustees: open it with pb-engine round open-box",
            problem="trustees",
        )
    return trustee_key_in(told)


def box_digest_of(box: BoxExport) -> str:
    """Return the hash over all entries that the event log has since the close."""
    whole = hashlib.sha256()
    for entry in sorted(box.entries()):
        whole.update(bytes.fromhex(entry))
    return whole.hexdigest()


def _frozen_rules(box: BoxExport) -> str:
    _require(
        hashlib.sha256(box.rules).hexdigest() == box.state.manifest,
        "the rules are not the ones under which the box was opened",
    )
    named = _rules(box).get("round", {}).get("slug")
    _require(named == box.state.round, "the rules are those of another round")
    return f"the rules are those that froze when voting opened: {box.state.manifest}"


def _key_of_the_trustees(box: BoxExport) -> str:
    key, state = trustees_in(box), box.state
    _require(
        (key.round, key.suite, key.public) == (state.round, state.suite, state.public_key),
        "the box has another key than the trustees keep",
    )
    return f"ballots are sealed to the key of which {len(key.trustees)} trustees keep a share"


def _papers(box: BoxExport) -> str:
    rules = _rules(box)
    projects = [[name, cost] for name, cost, _ in rules["projects"]]
    for style, paper in box.papers.items():
        document = paper_document(paper)
        same = canonical_json(document) == canonical_json(rules.get("paper"))
        _require(same, f"ballot paper {style[:40]!r} is not the one that froze")
        _require(document["lines"] == projects, "the paper has other projects than the rules")
    styles = {one.style for one in box.ballots}
    _require(styles <= set(box.papers), "a ballot is on a paper that is not here")
    return "the ballot paper is the one that froze"


def _order(box: BoxExport) -> str:
    keys = [(one.pseudonym, one.number) for one in box.ballots]
    _require(
        all(one < other for one, other in pairwise(keys)),
        "a ballot stands here twice, or the ballots are out of order",
    )
    _require(
        sorted(box.positions) == list(range(len(keys))),
        "the places of the ballots in the log have a gap or a double",
    )
    return f"{len(keys)} ballots are here, each once, each with its place in the log"


def _log(box: BoxExport) -> str:
    _require(bool(box.heads), "no head of the log was signed")
    last = box.heads[-1].size
    _require(
        last == len(box.ballots), f"the last signed head has {last} entries, not {len(box.ballots)}"
    )
    entries = dict(zip(box.positions, box.entries(), strict=True))
    leaves = [leaf_hash(bytes.fromhex(entries[at])) for at in range(len(entries))]
    found = roots(leaves, [head.size for head in box.heads])
    for head in box.heads:
        _require(
            found.get(head.size) == head.root,
            f"the ballots do not give the head of {head.size} entries that was signed: a ballot "
            "was changed, removed or put in",
        )
        signed = head_is_signed(
            TreeHead(head.round, head.size, head.root), head.signature, public=box.log_key
        )
        _require(signed, f"the head of {head.size} entries is not signed with the key of the log")
    return f"all {len(box.heads)} signed heads of the log follow from these ballots"


def _witnesses(box: BoxExport) -> str:
    heads = {head.size: head for head in box.heads}
    for one in box.cosignatures:
        head = heads.get(one.size)
        holds = head is not None and head_is_cosigned(
            TreeHead(head.round, head.size, head.root),
            one.signature,
            log_key=box.log_key,
            witness=one.witness,
        )
        _require(holds, f"a witness did not sign the head of {one.size} entries")
    witnesses = {one.witness for one in box.cosignatures}
    return f"{len(witnesses)} witnesses cosigned {len(box.cosignatures)} heads"


def _register(box: BoxExport) -> str:
    voters = len({one.pseudonym for one in box.ballots})
    used = box.register.get("digital", 0) + box.register.get("paper", 0)
    _require(
        voters <= used,
        f"{voters} voting rights have a ballot here, but the register says that {used} were used",
    )
    problems = box.register.get("problems", 0)
    _require(
        problems == 0,
        f"when voting closed, the register was not what it must be on {problems} points: the "
        "event log names them",
    )
    return f"{voters} voting rights have a ballot; the register says that {used} were used"


def _paper_ballots(box: BoxExport) -> str:
    names = set(box.paper_names)
    here = sum(one.pseudonym in names for one in box.ballots)
    counted = sum(number for _, number, _ in box.batches)
    _require(
        here == counted == len(box.paper_names),
        f"the batches of paper say that {counted} ballots came on paper, and {here} are here",
    )
    return f"{here} ballots came on paper, in {len(box.batches)} batches"


_CHECKS: tuple[Callable[[BoxExport], str], ...] = (
    _frozen_rules,
    _key_of_the_trustees,
    _papers,
    _order,
    _paper_ballots,
    _log,
    _witnesses,
)


def _rules(box: BoxExport) -> dict[str, Any]:
    return read_rules(box.rules)


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise LogRefused(sentence, problem="box")
