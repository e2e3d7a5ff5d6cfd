"""What all letters of a batch have in common, and the JSON that the press reads."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import segno
from babel.dates import format_date

from pb_engine.domain.areas import AreaKind
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import LetterRefused
from pb_engine.services.letters.default_texts import LANGUAGES, PERSONAS, RIGHT_TO_LEFT
from pb_engine.services.letters.letter import Letter
from pb_engine.services.letters.texts import Slot, built_in_texts, filled, letter_texts
from pb_engine.services.printable import printable
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId, euros

NORMAL_POINTS, LARGE_POINTS = 11, 18
_QUIET = 4
_DAYS = {"opens", "closes"}
_QR_TEXT = "Het adres om te stemmen met uw stemcode, als vierkant met blokjes."


@dataclass(frozen=True, slots=True)
class Edition:
    """A print run: round, texts, and how it is printed.

    :ivar trial: PROEF stands across every page.
    :ivar persona: 1 to 5: which extra paragraph all letters of this run have; it is kept nowhere.
    """

    round: Round
    texts: tuple[Slot, ...]
    site: str
    door: str
    large: bool = False
    trial: bool = False
    persona: int | None = None

    @property
    def place(self) -> str:
        """Return the place in an address: the municipality, or what the round calls its place."""
        towns = (one.name for one in self.round.areas.areas if one.kind is AreaKind.MUNICIPALITY)
        return next(towns, self.round.place)

    def link(self, code: str) -> str:
        """Return the address in the QR code; the code stands behind ``#``, which is never sent."""
        return f"{self.door}#code={code}"


def edition_of(
    engine: Engine,
    slug: str,
    *,
    large: bool = False,
    trial: bool = False,
    persona: int | None = None,
) -> Edition:
    """Return a print run of a round's letters.

    :raises UnknownRound: no round has this slug.
    :raises LetterRefused: there is no such persona, or nobody wrote a paragraph for it.
    """
    texts = letter_texts(engine, slug)
    with engine.stores.site.read() as work:
        round_ = _round(work, slug)
    if persona is not None:
        _require_paragraph(texts, persona)
    site, door = _addresses(engine, slug)
    return Edition(round_, texts, site, door, large, trial, persona)


def edition_of_draft(engine: Engine, round_: Round) -> Edition:
    """Return a print run of a round that is not made yet, with the texts that every round has."""
    site, door = _addresses(engine, round_.slug)
    return Edition(round_, built_in_texts(), site, door, trial=True)


def _addresses(engine: Engine, slug: str) -> tuple[str, str]:
    settings = engine.settings
    door = f"{settings.register_url or settings.base_url}/{slug}/stemmen"
    return f"{settings.base_url}/{slug}".partition("://")[2], door


def document(edition: Edition, letters: Iterable[Letter], batch: int) -> bytes:
    """Return the JSON that ``letter.typ`` prints."""
    round_ = edition.round
    values = {locale: _values(edition, locale) for locale in LANGUAGES}
    contact = round_.contact
    told = {
        "title": f"Stembrief {round_.name.nl}",
        "size": LARGE_POINTS if edition.large else NORMAL_POINTS,
        "trial": edition.trial,
        "round": printable(round_.name.nl),
        "sender": printable(contact.name),
        "return_to": printable(f"Retour: {contact.address}"),
        "qr_text": _QR_TEXT,
        "texts": _dutch(edition, values["nl"]),
        "others": _others(edition, values),
        "counters": [
            {"name": printable(one.name), "address": printable(one.address), "hours": one.hours.nl}
            for one in round_.voting_points
        ],
        "letters": [_letter(edition, one, batch) for one in letters],
    }
    return json.dumps(told).encode()


def _dutch(edition: Edition, values: Mapping[str, str]) -> Mapping[str, str]:
    bodies = {one.slot: one.body for one in edition.texts if one.locale == "nl"}
    extra = bodies[PERSONAS[edition.persona - 1]] if edition.persona else ""
    return {slot: filled(body, values) for slot, body in {**bodies, "extra": extra}.items()}


def _others(
    edition: Edition, values: Mapping[str, Mapping[str, str]]
) -> Sequence[Mapping[str, object]]:
    return [
        {
            "lang": one.locale,
            "rtl": one.locale in RIGHT_TO_LEFT,
            "name": LANGUAGES[one.locale],
            "text": filled(one.body, values[one.locale]),
        }
        for one in edition.texts
        if one.slot == "summary"
    ]


def _values(edition: Edition, locale: str) -> Mapping[str, str]:
    round_ = edition.round
    voting, contact = round_.calendar.voting, round_.contact
    told = {
        "round": printable(round_.name.text(locale)),
        "place": printable(round_.place),
        "budget": _whole(euros(round_.fund.budget_cents, locale)),
        "opens": _day(voting.opens, locale),
        "closes": _day(voting.closes, locale),
        "address": edition.site,
        "phone": _whole(printable(contact.phone)),
        "email": printable(contact.email),
        "sender": printable(contact.name),
    }
    if locale not in RIGHT_TO_LEFT:
        return told
    return {name: text if name in _DAYS else _isolated(text) for name, text in told.items()}


def _day(day: date, locale: str) -> str:
    return _whole(format_date(day, "long", locale="en_GB" if locale == "en" else locale))


def _whole(text: str) -> str:
    """Keep what belongs together on one line."""
    return text.replace(" ", "\u00a0")


def _isolated(text: str) -> str:
    """Keep an address or a number in its own direction, whatever stands around it."""
    return f"\u2066{text}\u2069"


def _letter(edition: Edition, letter: Letter, batch: int) -> Mapping[str, object]:
    nobody = ("Aan een bewoner van", edition.round.place)
    return {
        "lines": letter.address.lines() if letter.address else tuple(map(printable, nobody)),
        "groups": letter.code.split("-"),
        "qr": _qr(edition.link(letter.code)),
        "reference": f"{edition.round.slug} / {batch}-{letter.number:05d}",
    }


def _qr(text: str) -> str:
    to = io.BytesIO()
    code = segno.make(text, error="m", micro=False, boost_error=False)
    code.save(to, kind="svg", border=_QUIET, xmldecl=False)
    return to.getvalue().decode()


def _round(work: SiteWork, slug: str) -> Round:
    return work.rounds.get(RoundId(slug)).round


def _require_paragraph(texts: tuple[Slot, ...], persona: int) -> None:
    slot = f"persona_{persona}"
    body = next((one.body for one in texts if one.slot == slot), "")
    if not body:
        raise LetterRefused(f"nobody wrote the paragraph {slot} yet", problem="persona")
