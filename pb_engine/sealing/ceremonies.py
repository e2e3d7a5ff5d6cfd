"""The ceremony of a round key: make it, split it, try it out, and later bring it together.

The private key exists in memory only.  Python cannot promise to overwrite memory: hold the
ceremony and the count on a machine that is switched off afterwards.
"""

from __future__ import annotations

import itertools
import math
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pb_engine.errors import InvalidKey, SealBroken
from pb_engine.sealing.envelopes import seal, unseal
from pb_engine.sealing.shares import combine, commitment, require_share, split
from pb_engine.sealing.sheets import Share, read_share
from pb_engine.sealing.suites import SUITE, new_round_keys, round_public
from pb_engine.sealing.trustee_keys import Trustee, TrusteeKey

MOST_TRIES = 300
"""Up to so many choices of shares are all tried; of more, so many by chance."""

_TRIAL = b"pb-engine/trial/1"


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What a ceremony made: the public side, and the shares, which stay out of ``repr``."""

    key: TrusteeKey
    shares: tuple[Share, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How many choices of shares opened a trial ballot, of how many there are."""

    tried: int
    possible: int


def hold_ceremony(round_id: str, names: Sequence[str], *, threshold: int) -> Ceremony:
    """Make a fresh key for a round and one share of it per trustee.

    :raises InvalidKey: the names or numbers are not possible.
    """
    pair = new_round_keys(SUITE)
    shares = split(pair.private, threshold=threshold, shares=len(names))
    trustees = (Trustee(name, commitment(one)) for name, one in zip(names, shares, strict=True))
    return Ceremony(TrusteeKey(round_id, SUITE, pair.public, threshold, tuple(trustees)), shares)


def rehearse(key: TrusteeKey, written: Sequence[str]) -> Rehearsal:
    """Open a trial ballot with every choice of enough shares, as they stand on paper.

    Where there are more than ``MOST_TRIES`` choices, so many are drawn by chance.

    :raises MistypedCode: a share does not read back.
    :raises InvalidKey: some choice does not open what was sealed to the public key.
    """
    shares = tuple(map(read_share, written))
    possible = math.comb(len(shares), key.threshold)
    tried = 0
    for chosen in _choices(shares, key.threshold, possible):
        try_key(key.public, restored(key, chosen), suite=key.suite)
        tried += 1
    return Rehearsal(tried, possible)


def take_share(key: TrusteeKey, typed: str, taken: Sequence[Share] = ()) -> Share:
    """Read one share as a trustee brings it, and refuse it before anything is combined.

    :raises MistypedCode: naming the ``group`` with a typing error.
    :raises InvalidKey: ``problem`` is ``duplicate``, ``foreign`` or ``wrong``, with its ``share``.
    """
    share = read_share(typed)
    require_share(share, taken, key.commitments)
    return share


def restored(key: TrusteeKey, shares: Sequence[Share]) -> bytes:
    """Return the private key.

    :raises InvalidKey: as ``shares.combine``, or what comes out is not the key of this round.
    """
    private = combine(shares, threshold=key.threshold, commitments=key.commitments)
    if round_public(private, suite=key.suite) != key.public:
        raise InvalidKey("these shares do not give the key of this round", problem="inconsistent")
    return private


def try_key(public: bytes, private: bytes, *, suite: str) -> None:
    """Seal something and open it again.

    :raises InvalidKey: the two keys do not belong together (``problem="foreign"``).
    """
    trial = seal(_TRIAL, public=public, suite=suite, info=_TRIAL, length=len(_TRIAL))
    try:
        opened = unseal(trial, private=private, suite=suite, info=_TRIAL)
    except SealBroken as problem:
        raise InvalidKey("this key is not the key of this round", problem="foreign") from problem
    if opened != _TRIAL:
        raise InvalidKey("the trial ballot came out changed", problem="foreign")


def _choices(
    shares: tuple[Share, ...], threshold: int, possible: int
) -> Iterator[tuple[Share, ...]]:
    if possible <= MOST_TRIES:
        yield from itertools.combinations(shares, threshold)
        return
    chance = secrets.SystemRandom()
    for turn in range(MOST_TRIES):
        # Each share has its turn, so that none is left out by chance.
        first = shares[turn % len(shares)]
        others = [one for one in shares if one is not first]
        yield (first, *chance.sample(others, threshold - 1))
