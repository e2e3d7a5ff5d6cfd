"""The trustees of a round: named before voting opens, frozen with the rules, public from then."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import InvalidKey, NotReady, UnknownDownload, WrongPhase
from pb_engine.sealing import (
    TrusteeKey,
    check_words,
    read_trustee_key,
    trustee_key_file,
    trustee_key_in,
)
from pb_engine.services.rules import digest_of
from pb_engine.store.site import Freeze, SiteWork
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class ShownTrustees:
    """What pages show of the trustees of a round.

    :ivar names: in the order of their shares.
    :ivar words: the check words of each share; they are no secret.
    """

    threshold: int
    names: tuple[str, ...]
    words: tuple[str, ...]


_KEPT = "trustees"
_BEFORE_VOTING = (Phase.DRAFT, Phase.IDEAS, Phase.REVIEW)


def name_trustees(engine: Engine, slug: str, raw: bytes, by: str) -> TrusteeKey:
    """Take in the public file of a ceremony; voting will open under its key.

    Until then another file replaces it, so that a lost share before voting is no disaster.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: voting has opened; its key cannot change any more.
    :raises InvalidKey: not the public file of a ceremony for this round, or one with other
        numbers than the round demands.
    """
    key = read_trustee_key(raw)
    round_id = RoundId(slug)
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(round_id)
        if stored.phase not in _BEFORE_VOTING:
            raise WrongPhase(
                "the key of the ballot box is fixed when voting opens",
                phase=stored.phase,
                wanted="review",
            )
        _require_fit(key, stored.round)
        document = trustee_key_file(key)
        work.counts.put(round_id, _KEPT, document)
        facts: dict[str, str | int] = {
            "threshold": key.threshold,
            "shares": len(key.trustees),
            "key_digest": digest_of(document),
        }
        work.log.append(Event("trustees_named", round_id, by, facts), engine.clock())
        work.commit()
    return key


def named_trustees(work: SiteWork, slug: RoundId) -> TrusteeKey | None:
    """Return the key that trustees keep, or ``None`` when none was taken in."""
    raw = work.counts.get(slug, _KEPT)
    return None if raw is None else read_trustee_key(raw)


def key_to_open_with(work: SiteWork, round_: Round) -> TrusteeKey | None:
    """Return the key under which voting opens, or ``None`` when the engine makes one itself.

    :raises NotReady: the round demands trustees and there is no file of a ceremony yet.
    :raises InvalidKey: the file has other numbers than the round demands by now.
    """
    key = named_trustees(work, round_.slug)
    if key is not None:
        _require_fit(key, round_)
    elif round_.trustees is not None:
        raise NotReady(
            f"this round needs a key of {round_.trustees.shares} trustees: hold a ceremony and "
            f"run pb-engine round trustees {round_.slug} FILE",
            problem="trustees",
        )
    return key


def frozen_trustees(freezes: Iterable[Freeze]) -> TrusteeKey | None:
    """Return the key that froze when voting opened, or ``None``."""
    voting = [one for one in freezes if one.moment == "voting"]
    if not voting:
        return None
    told = json.loads(voting[-1].document).get("trustees")
    return None if told is None else trustee_key_in(told)


def trustees_of(engine: Engine, slug: str) -> TrusteeKey | None:
    """Return the key that trustees keep for this round: the frozen one, else the named one.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        work.rounds.get(RoundId(slug))
        freezes = work.freezes.all(RoundId(slug))
        if any(one.moment == "voting" for one in freezes):
            return frozen_trustees(freezes)
        return named_trustees(work, RoundId(slug))


def shown_trustees(engine: Engine, slug: str) -> ShownTrustees | None:
    """Return the trustees of a round for a page, or ``None`` when it has none.

    :raises UnknownRound: no round has this slug.
    """
    key = trustees_of(engine, slug)
    if key is None:
        return None
    return ShownTrustees(
        key.threshold,
        tuple(one.name for one in key.trustees),
        tuple(check_words(one.commitment) for one in key.trustees),
    )


def public_file(engine: Engine, slug: str) -> bytes:
    """Return the public file of the ceremony, as it was taken in.

    :raises UnknownRound: no round has this slug.
    :raises UnknownDownload: the round has no trustees.
    """
    key = trustees_of(engine, slug)
    if key is None:
        raise UnknownDownload("no trustees keep the key of this round")
    return trustee_key_file(key)


def _require_fit(key: TrusteeKey, round_: Round) -> None:
    if key.round != round_.slug:
        raise InvalidKey(
            f"this is the key of round {key.round}, not of {round_.slug}", problem="foreign"
        )
    wanted, given = round_.trustees, (key.threshold, len(key.trustees))
    if wanted is not None and given != (wanted.threshold, wanted.shares):
        raise InvalidKey(
            f"this round asks for {wanted.threshold} of {wanted.shares} shares; the file has "
            f"{given[0]} of {given[1]}",
            problem="number",
        )
