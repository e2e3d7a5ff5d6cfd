"""The sheet of paper that a trustee keeps: a tagged PDF of one page, in plain Dutch.

The share goes into the page as a value of a JSON document, never as part of a program.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import segno

from pb_engine.errors import FolderRefused
from pb_engine.sealing import Share, TrusteeKey, check_words
from pb_engine.services.typesetting import typeset

_TEMPLATE = Path(__file__).parent / "trustee_sheet.typ"
_NUMBERS = "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf".split()  # noqa: SIM905 - reads better
_QUIET = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one sheet.

    :ivar round: the name of the round, for people.
    :ivar contact: whom to call when the sheet is lost.
    """

    key: TrusteeKey
    share: Share = field(repr=False)
    round: str
    contact: str


def public_name(slug: str) -> str:
    """Name the public file of a ceremony."""
    return f"{slug}.public.json"


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the sheet as PDF/UA-1: one A4 page, equal for equal sheets.

    :raises FolderRefused: the program that makes the page failed; nothing of the share is told.
    """
    try:
        return typeset(_TEMPLATE, "sheet", _document(sheet))
    except RuntimeError as problem:
        raise FolderRefused("the sheet of a trustee could not be made") from problem


def _document(sheet: Sheet) -> dict[str, object]:
    key, share = sheet.key, sheet.share
    total, needed = len(key.trustees), key.threshold
    written = share.written()
    return {
        "title": f"Sleuteldeel {share.index} van {total}",
        "maker": "pb-engine",
        "round": sheet.round,
        "trustee": key.trustees[share.index - 1].name,
        "promise": _promise(total, needed),
        "why": (
            "Met de sleutel gaat de stembus open. Zonder sleutel kan niemand een stem lezen: "
            "de gemeente niet, en u alleen ook niet."
            if needed > 1
            else "Met de sleutel gaat de stembus open. Zonder sleutel kan niemand een stem lezen."
        ),
        "qr": _qr(written),
        "qr_text": "Uw sleuteldeel als vierkant met blokjes. De groepen eronder zeggen hetzelfde.",
        "groups": written.split("-"),
        "words": check_words(key.trustees[share.index - 1].commitment),
        "public": public_name(key.round),
        "check": f"pb-engine ceremony --check {public_name(key.round)}",
        "contact": sheet.contact,
        "loss": _loss(total, needed),
    }


def _promise(total: int, needed: int) -> str:
    if total == 1:
        return "U bewaart de hele sleutel van de stembus."
    verb = "is" if needed == 1 else "zijn"
    return (
        f"U bewaart één van {_number(total)} sleuteldelen. "
        f"Er {verb} {_number(needed)} nodig om de stembus te openen."
    )


def _loss(total: int, needed: int) -> str:
    new = "Is de stemming nog niet begonnen? Dan maken we nieuwe sleuteldelen."
    if total == needed:
        return f"{new} Is de stemming wel begonnen? Dan kan dat niet meer en zijn alle stemmen weg."
    verb = "is" if needed == 1 else "zijn"
    return (
        f"{new} Is de stemming wel begonnen? Dan kan dat niet meer. "
        f"We kunnen nog tellen zolang er {_number(needed)} goede delen over {verb}."
    )


def _number(value: int) -> str:
    return _NUMBERS[value] if value < len(_NUMBERS) else str(value)


def _qr(text: str) -> str:
    to = io.BytesIO()
    code = segno.make(text, error="q", micro=False, boost_error=False)
    code.save(to, kind="svg", border=_QUIET, xmldecl=False)
    return to.getvalue().decode()
