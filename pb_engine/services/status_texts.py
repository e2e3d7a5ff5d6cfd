"""The texts about what happens to an idea, as officials write them for one round."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.domain.plain_dutch import Doubt, doubts
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, LetterRefused
from pb_engine.services.status_letters import STATUSES, OwnTexts, filled
from pb_engine.services.status_samples import sample_letter
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId

__all__ = ["Doubt", "StatusText", "status_text", "status_texts"]

SUBJECT, BODY = (5, 100), (20, 1500)
"""Fewest and most characters."""

_TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{")
_PLACE = re.compile(r"\{([^{}]*)\}")
_SLOT = "mail"


@dataclass(frozen=True, slots=True)
class StatusText:
    """The text for one status in one language.

    :ivar own: officials wrote it for this round; else it is the built-in one.
    :ivar seen: what to give back at saving, so that nobody overwrites what they did not see.
    :ivar places: what may stand between braces.
    """

    status: str
    locale: str
    subject: str
    body: str
    own: bool
    seen: str
    places: tuple[str, ...]


def own_texts(work: SiteWork, slug: RoundId) -> OwnTexts:
    """Return the subjects and bodies that officials wrote for a round."""
    kept = work.letter_texts.all(slug)
    found = {(slot.split(".")[1], locale) for slot, locale in kept if slot.startswith(f"{_SLOT}.")}
    return {
        (status, locale): (
            kept[_slot(status, "subject"), locale],
            kept[_slot(status, "body"), locale],
        )
        for status, locale in found
    }


def status_texts(engine: Engine, slug: str) -> tuple[Round, Mapping[str, tuple[StatusText, ...]]]:
    """Return a round and its texts per status, in every language of the round.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(slug)).round
        own = own_texts(work, round_.slug)
    found = {
        status: tuple(_text(own, status, language) for language in round_.languages)
        for status in STATUSES
    }
    return round_, found


def status_text(engine: Engine, slug: str, status: str, locale: str) -> StatusText:
    """Return one text.

    :raises UnknownRound: no round has this slug.
    :raises LetterRefused: there is no such status, or the round does not speak this language.
    """
    round_, found = status_texts(engine, slug)
    _require_known(round_, status, locale)
    return next(one for one in found[status] if one.locale == locale)


def doubts_about(locale: str, subject: str, body: str) -> tuple[Doubt, ...]:
    """Return which sentences of a text are not plain; Dutch alone is looked at."""
    if locale != "nl":
        return ()
    told = dict.fromkeys(_PLACE.findall(subject + body), "dit")
    return doubts(filled(tidy(subject), told)) + doubts(filled(tidy(body), told))


def set_status_text(
    engine: Engine, slug: str, new: StatusText, by: str, *, although_hard: bool = False
) -> None:
    """Keep another text for a status; letters that leave from now on say it.

    :param new: with the ``seen`` of the text that the official saw.
    :param although_hard: keep it although a sentence is not plain.
    :raises UnknownRound: no round has this slug.
    :raises LetterRefused: there is no such status or language; the Dutch text does not come
        first; it is too short or too long, holds template syntax or an unknown place; or a
        sentence is not plain.
    :raises ConcurrentEdit: somebody else changed it since.
    """
    subject, body = " ".join(tidy(new.subject).split()), tidy(new.body)
    with engine.stores.site.write() as work:
        round_ = work.rounds.lock(RoundId(slug)).round
        _require_known(round_, new.status, new.locale)
        _check(new.status, subject, body)
        if not although_hard and doubts_about(new.locale, subject, body):
            raise LetterRefused("a sentence is not plain", problem="not_plain")
        own = own_texts(work, round_.slug)
        if new.locale != "nl" and (new.status, "nl") not in own:
            raise LetterRefused("write the Dutch text first", problem="dutch_first")
        _require_seen(own, new)
        for part, text in (("subject", subject), ("body", body)):
            work.letter_texts.put(round_.slug, _slot(new.status, part), new.locale, text)
        work.log.append(_changed(round_, new.status, new.locale, by), engine.clock())
        work.commit()


def reset_status_text(engine: Engine, slug: str, old: StatusText, by: str) -> None:
    """Go back to the built-in text; with the Dutch text those in other languages go too.

    :raises UnknownRound: no round has this slug.
    :raises LetterRefused: there is no such status or language.
    :raises ConcurrentEdit: somebody else changed it since.
    """
    with engine.stores.site.write() as work:
        round_ = work.rounds.lock(RoundId(slug)).round
        _require_known(round_, old.status, old.locale)
        own = own_texts(work, round_.slug)
        _require_seen(own, old)
        every = round_.languages if old.locale == "nl" else (old.locale,)
        for language in every:
            if (old.status, language) in own:
                for part in ("subject", "body"):
                    work.letter_texts.remove(round_.slug, _slot(old.status, part), language)
                work.log.append(_changed(round_, old.status, language, by), engine.clock())
        work.commit()


def preview_status_text(engine: Engine, slug: str, typed: StatusText) -> tuple[str, str]:
    """Return subject and body of the whole letter with a typed text, about an invented idea.

    :raises UnknownRound: no round has this slug.
    :raises LetterRefused: as ``set_status_text``, but a hard sentence may be looked at.
    """
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(slug)).round
    _require_known(round_, typed.status, typed.locale)
    subject, body = " ".join(tidy(typed.subject).split()), tidy(typed.body)
    _check(typed.status, subject, body)
    own = {(typed.status, typed.locale): (subject, body)}
    return sample_letter(engine, round_, own, typed.status, typed.locale)


def _text(own: OwnTexts, status: str, locale: str) -> StatusText:
    mine = own.get((status, locale))
    known = STATUSES[status]
    names = {name: f"{{{place}}}" for place, name in known.places.items()}
    subject, body = mine or tuple(filled(part.text(locale), names) for part in known.letter)
    return StatusText(
        status, locale, subject, body, mine is not None, _seen(mine), tuple(known.places)
    )


def _seen(mine: tuple[str, str] | None) -> str:
    return hashlib.sha256("\0".join(mine).encode()).hexdigest()[:16] if mine else ""


def _require_seen(own: OwnTexts, text: StatusText) -> None:
    if _seen(own.get((text.status, text.locale))) != text.seen:
        raise ConcurrentEdit("somebody else changed this text first", status=text.status)


def _require_known(round_: Round, status: str, locale: str) -> None:
    if status not in STATUSES or locale not in round_.languages:
        raise LetterRefused("this round has no such text", problem="slot")


def _check(status: str, subject: str, body: str) -> None:
    for text, (least, limit) in ((subject, SUBJECT), (body, BODY)):
        if not least <= len(text) <= limit:
            raise LetterRefused(
                f"a text has {least} to {limit} characters",
                problem="length",
                least=least,
                limit=limit,
            )
        if found := _TEMPLATE.search(text):
            raise LetterRefused(f"{found[0]} is no text", problem="template", names=found[0])
    allowed = STATUSES[status].places
    wrong = [name[:40] for name in _PLACE.findall(subject + body) if name not in allowed]
    if not wrong and re.search(r"[{}]", _PLACE.sub("", subject) + _PLACE.sub("", body)):
        wrong = [""]
    if wrong:
        raise LetterRefused(
            f"this letter has no {{{wrong[0]}}}",
            problem="placeholder",
            names=", ".join(f"{{{name}}}" for name in dict.fromkeys(wrong)),
            allowed=", ".join(f"{{{name}}}" for name in allowed),
        )


def _slot(status: str, part: str) -> str:
    return f"{_SLOT}.{status}.{part}"


def _changed(round_: Round, status: str, locale: str, by: str) -> Event:
    return Event("status_text_changed", round_.slug, by, {"status": status, "locale": locale})
