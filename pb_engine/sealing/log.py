"""The Merkle tree of RFC 9162: one root for many entries, with short proofs.

An inclusion proof shows that an entry is in the log; a consistency proof shows that an earlier
log is the beginning of a later one.  Both are checked without seeing any other entry.  Leaves
are given as leaf hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from pb_engine.errors import NotReady

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a log without entries."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the leaf for an entry (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the Merkle tree hash over leaf hashes, 32 bytes (RFC 9162, 2.1.1)."""
    return roots(leaves, [len(leaves)])[len(leaves)]


def roots(leaves: Sequence[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """Return the root over the first so many leaves, for each size, in one pass.

    A size that the log does not reach is left out.
    """
    wanted = frozenset(sizes)
    found = {0: EMPTY_ROOT} if 0 in wanted else {}
    # A complete subtree per bit of the size: each merge is a carry of a binary counter.
    peaks: list[bytes] = []
    for size, leaf in enumerate(leaves, start=1):
        peaks.append(leaf)
        for _ in range(_trailing_zeros(size)):
            right = peaks.pop()
            peaks.append(_node(peaks.pop(), right))
        if size in wanted:
            found[size] = _top(peaks)
    return found


def _top(peaks: Sequence[bytes]) -> bytes:
    *others, total = peaks
    for peak in reversed(others):
        total = _node(peak, total)
    return total


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from leaf ``index`` (from 0) to the root (RFC 9162, 2.1.3.1).

    :raises NotReady: the log has no such entry.
    """
    if not 0 <= index < len(leaves):
        raise NotReady(f"the log has {len(leaves)} entries and no entry {index}", problem="log")
    if len(leaves) == 1:
        return ()
    middle = _split_point(len(leaves))
    left, right = leaves[:middle], leaves[middle:]
    if index < middle:
        return (*inclusion_proof(left, index), root(right))
    return (*inclusion_proof(right, index - middle), root(left))


def check_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root_hash: bytes
) -> bool:
    """Tell whether the log with this size and root holds ``leaf`` at ``index`` (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, total = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            total = _node(sibling, total)
            node, last = _climbed(node, last)
        else:
            total = _node(total, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and total == root_hash


def consistency_proof(leaves: Sequence[bytes], first: int) -> tuple[bytes, ...]:
    """Return the proof that the first ``first`` leaves are the beginning of all (2.1.4.1).

    The proofs from the empty log, and from the whole log to itself, are empty.

    :raises NotReady: the log is not as long as that.
    """
    if not 0 <= first <= len(leaves):
        raise NotReady(f"the log has {len(leaves)} entries, not {first}", problem="log")
    return _subproof(leaves, first, whole=True) if first else ()


def check_consistency(
    *, first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether the log of size ``first`` is the beginning of that of size ``second``.

    RFC 9162, 2.1.4.2; besides, every log begins with the empty one.
    """
    if not 0 <= first <= second:
        return False
    if first in {0, second}:
        return not proof and first_root == (second_root if first else EMPTY_ROOT)
    path = [first_root, *proof] if first.bit_count() == 1 else list(proof)
    return bool(proof) and _leads_to_both(first, second, path, (first_root, second_root))


def _leads_to_both(
    first: int, second: int, path: Sequence[bytes], roots: tuple[bytes, bytes]
) -> bool:
    shift = _trailing_zeros(first)
    node, last = (first - 1) >> shift, (second - 1) >> shift
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = _node(sibling, old), _node(sibling, new)
            node, last = _climbed(node, last)
        else:
            new = _node(new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and (old, new) == roots


def _subproof(leaves: Sequence[bytes], first: int, *, whole: bool) -> tuple[bytes, ...]:
    if first == len(leaves):
        return () if whole else (root(leaves),)
    middle = _split_point(len(leaves))
    left, right = leaves[:middle], leaves[middle:]
    if first <= middle:
        return (*_subproof(left, first, whole=whole), root(right))
    return (*_subproof(right, first - middle, whole=False), root(left))


def _climbed(node: int, last: int) -> tuple[int, int]:
    # A last node without a sibling rises unchanged until it is a right child.
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split_point(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def _trailing_zeros(number: int) -> int:
    return (number & -number).bit_length() - 1
