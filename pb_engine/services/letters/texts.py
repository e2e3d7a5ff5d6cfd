"""The texts of the letters of a round: read, checked, changed, and put back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import LetterRefused
from pb_engine.services.letters.default_texts import DUTCH, LANGUAGES, PERSONAS, SUMMARIES
from pb_engine.services.printable import strange
from pb_engine.units import RoundId

NAMES = (
    "round", "place", "budget", "opens", "closes", "address", "phone", "email", "sender",
)  # fmt: skip
"""What may stand between braces in a text."""

_TITLE, _TEXT = (80, 1), (900, 20)
# These stay in one piece on a page, also in large print.
_WHOLE = {"online": (600, 8), "code_note": (200, 4)}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_TITLES = {"subject", "greeting", "code_title", "online_title", "counter_title", "help_title"}


@dataclass(frozen=True, slots=True)
class Slot:
    """One text of the letter.

    :ivar changed: somebody wrote another text than the built-in one.
    :ivar longest: so many characters fit.
    """

    slot: str
    locale: str
    body: str
    changed: bool
    longest: int

    @property
    def is_persona(self) -> bool:
        """Tell whether this is an extra paragraph for one group of readers."""
        return self.slot in PERSONAS


def letter_texts(engine: Engine, slug: str) -> tuple[Slot, ...]:
    """Return every slot of a round's letters, in the order of the letter.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        work.rounds.get(RoundId(slug))
        kept = work.letter_texts.all(RoundId(slug))
    return tuple(
        Slot(slot, locale, kept.get((slot, locale), body), (slot, locale) in kept, longest(slot))
        for slot, locale, body in _built_in()
    )


def built_in_texts() -> tuple[Slot, ...]:
    """Return the texts of a round that changed none of them."""
    return tuple(
        Slot(slot, locale, body, changed=False, longest=longest(slot))
        for slot, locale, body in _built_in()
    )


def set_text(engine: Engine, slug: str, slot: str, locale: str, body: str, by: str) -> None:
    """Keep another text for a slot.

    :raises UnknownRound: no round has this slug.
    :raises LetterRefused: there is no such slot, or the text is empty, too long, holds a
        placeholder that does not exist, or a character that cannot be printed.
    """
    kept = checked(slot, locale, body)
    with engine.stores.site.write() as work:
        work.rounds.get(RoundId(slug))
        work.letter_texts.put(RoundId(slug), slot, locale, kept)
        work.log.append(_changed(slug, slot, locale, by), engine.clock())
        work.commit()


def reset_text(engine: Engine, slug: str, slot: str, locale: str, by: str) -> None:
    """Go back to the built-in text of a slot.

    :raises UnknownRound: no round has this slug.
    :raises LetterRefused: there is no such slot.
    """
    _require_slot(slot, locale)
    with engine.stores.site.write() as work:
        work.rounds.get(RoundId(slug))
        if work.letter_texts.remove(RoundId(slug), slot, locale):
            work.log.append(_changed(slug, slot, locale, by), engine.clock())
        work.commit()


def checked(slot: str, locale: str, body: str) -> str:
    """Return a text as it is kept.

    :raises LetterRefused: see ``set_text``.
    """
    _require_slot(slot, locale)
    lines = (" ".join(line.split()) for line in body.strip().splitlines())
    text = re.sub("\n{3,}", "\n\n", "\n".join(lines))
    if not text and slot not in PERSONAS:
        raise LetterRefused(f"{slot} ({locale}) is empty", problem="empty")
    if text.count("\n") >= most_lines(slot):
        sentence = f"{slot} ({locale}) has at most {most_lines(slot)} lines"
        raise LetterRefused(sentence, problem="lines", limit=most_lines(slot))
    if len(text) > longest(slot):
        sentence = f"{slot} ({locale}) holds at most {longest(slot)} characters"
        raise LetterRefused(sentence, problem="too_long", limit=longest(slot))
    _require_names(text)
    if odd := strange(text):
        told = " ".join(f"U+{ord(sign):04X}" for sign in odd[:5])
        raise LetterRefused(f"the fonts have no {told}", problem="character", signs=told)
    return text


def filled(body: str, values: Mapping[str, str]) -> str:
    """Return a text with values for its placeholders; what a value holds is never read again."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), body)


def longest(slot: str) -> int:
    """Return how many characters a slot may hold."""
    return _limits(slot)[0]


def most_lines(slot: str) -> int:
    """Return how many lines a slot may have."""
    return _limits(slot)[1]


def _limits(slot: str) -> tuple[int, int]:
    return _TITLE if slot in _TITLES else _WHOLE.get(slot, _TEXT)


def _require_names(text: str) -> None:
    known = [found[1] for found in _PLACEHOLDER.finditer(text)]
    wrong = [name for name in known if name not in NAMES]
    if not wrong and _PLACEHOLDER.sub("", text).count("{") + text.count("}") > len(known):
        wrong = ["{}"]
    if wrong:
        named = ", ".join(dict.fromkeys(name[:40] for name in wrong))
        allowed = ", ".join(NAMES)
        raise LetterRefused(
            f"a letter has no {{{named}}}; known are {allowed}",
            problem="placeholder",
            names=named,
            allowed=allowed,
        )


def _require_slot(slot: str, locale: str) -> None:
    if (slot, locale) not in {(one, language) for one, language, _ in _built_in()}:
        raise LetterRefused(f"a letter has no text {slot} in {locale}", problem="slot")


def _built_in() -> Iterator[tuple[str, str, str]]:
    for slot, body in DUTCH.items():
        yield slot, "nl", body
    for locale in LANGUAGES:
        if locale in SUMMARIES:
            yield "summary", locale, SUMMARIES[locale]


def _changed(slug: str, slot: str, locale: str, by: str) -> Event:
    facts = {"slot": slot, "locale": locale}
    return Event("letter_text_changed", RoundId(slug), by, facts)
