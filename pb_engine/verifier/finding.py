"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.units import LocalText


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and how it came out.

    :ivar check: a word for the check, stable.
    :ivar holds: whether it came out well.
    :ivar sentence: what was found, for a reader who was not there.
    """

    check: str
    holds: bool
    sentence: LocalText


def good(check: str, nl: str, en: str) -> Finding:
    """Return a check that came out well."""
    return Finding(check, holds=True, sentence=LocalText(nl, en))


def bad(check: str, nl: str, en: str) -> Finding:
    """Return a check that did not."""
    return Finding(check, holds=False, sentence=LocalText(nl, en))


def compared(check: str, what: LocalText, told: object, found: object) -> Finding:
    """Return whether what a file tells is what was found, with both when it is not."""
    was, now = str(told)[:80], str(found)[:80]
    if told == found:
        return good(check, f"{what.nl}: {now}, klopt.", f"{what.en}: {now}, agrees.")
    return bad(
        check,
        f"{what.nl}: er staat {was}, het moet {now} zijn.",
        f"{what.en}: it says {was} and must be {now}.",
    )
