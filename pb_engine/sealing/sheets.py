"""A share on a trustee's paper: groups of five symbols, each with its own check symbol.

Four symbols of a group carry the share, the fifth checks them and the place of the group; so a
mistyped or misplaced group is named.  In the groups stand the number of the share, its length,
its bytes, and four bytes of SHA-256 over all of that.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pb_engine.errors import InvalidKey, MistypedCode
from pb_engine.sealing.framing import digest
from pb_engine.sealing.symbols import (
    ALPHABET,
    check_symbol,
    folded,
    grouped,
    read_number,
    require_symbols,
    spelled_out,
)

MOST_SHARES = 255
LONGEST_SECRET = 255
_BODY = 4
_GROUP = _BODY + 1
_GROUP_BITS = 5 * _BODY
_HEAD = 2
_CHECK = 4


@dataclass(frozen=True, slots=True)
class Share:
    """What one trustee keeps; the value stays out of ``repr`` and so out of logs.

    :ivar index: the number of the share, 1 to 255.
    :ivar value: as many bytes as the secret has, 1 to 255.
    :raises InvalidKey: outside these bounds.
    """

    index: int
    value: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not (1 <= self.index <= MOST_SHARES and 1 <= len(self.value) <= LONGEST_SECRET):
            raise InvalidKey(
                "a share has a number from 1 to 255 and holds 1 to 255 bytes", problem="number"
            )

    def written(self) -> str:
        """Write the share for paper, as ``read_share`` reads it."""
        raw = _checked_bytes(self)
        groups = -(-8 * len(raw) // _GROUP_BITS)
        spare = groups * _GROUP_BITS - 8 * len(raw)
        return _in_groups(spelled_out(int.from_bytes(raw, "big") << spare, groups * _BODY))


def read_share(text: str) -> Share:
    """Read a share from paper; spaces, dashes, line ends and small letters do not matter.

    :raises MistypedCode: ``problem`` is ``length``, ``symbol`` or ``check``; the last with the
        number of the wrong ``group``, counting from 1.
    """
    symbols = folded(text)
    require_symbols(symbols)
    groups = [symbols[at : at + _GROUP] for at in range(0, len(symbols), _GROUP)]
    for at, group in enumerate(groups):
        _require_group(group, at)
    return _share("".join(group[:_BODY] for group in groups))


def _require_group(group: str, at: int) -> None:
    if len(group) != _GROUP:
        raise MistypedCode(
            f"a share has groups of {_GROUP}; group {at + 1} is not whole",
            problem="length",
            group=at + 1,
        )
    if group != _with_check(group[:_BODY], at):
        raise MistypedCode(
            f"group {at + 1} of the share is mistyped", problem="check", group=at + 1
        )


def _share(symbols: str) -> Share:
    bits = 5 * len(symbols)
    raw = (read_number(symbols) << -bits % 8).to_bytes(-(-bits // 8), "big")
    try:
        share = Share(raw[0], raw[_HEAD : _HEAD + raw[1]])
    except (IndexError, InvalidKey) as problem:
        raise MistypedCode("this is not a share", problem="length") from problem
    # Writing it again tests its length, its four check bytes and its spare bits in one go.
    if share.written() != _in_groups(symbols):
        raise MistypedCode("groups are missing, or this is not a share", problem="length")
    return share


def _in_groups(symbols: str) -> str:
    bodies = (symbols[at : at + _BODY] for at in range(0, len(symbols), _BODY))
    return grouped("".join(_with_check(body, at) for at, body in enumerate(bodies)), _GROUP)


def _with_check(body: str, at: int) -> str:
    return body + check_symbol(body, at % len(ALPHABET))


def _checked_bytes(share: Share) -> bytes:
    plain = bytes([share.index, len(share.value)]) + share.value
    return plain + digest("pb-engine/share-check/1", plain)[:_CHECK]
