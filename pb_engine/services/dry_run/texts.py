"""Numbers in the texts of a round against the rules of its ballot, in every language.

Rotterdam once funded every initiative because a page allowed one vote where the rules meant three.
A text is prose, so another number is a doubt for somebody to look at, and no mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pb_engine.domain.round_document import round_document
from pb_engine.domain.rounds import Round
from pb_engine.services.dry_run.findings import Finding, doubt, good


@dataclass(frozen=True, slots=True)
class RoundText:
    """One text that residents read.

    :ivar where: its key in the round file, or the name of a letter text.
    """

    where: str
    language: str
    text: str


_WORDS: Mapping[str, int] = MappingProxyType(
    {
        word: number
        for number, words in enumerate(
            (
                "een één one ein eine einen bir jeden jedna jedno واحد واحدة",
                "twee two zwei iki dwa dwie",
                "drie three drei üç trzy ثلاثة ثلاث",
                "vier four dört cztery أربعة أربع",
                "vijf five fünf beş pięć خمسة خمس",
                "zes six sechs altı sześć ستة",
                "zeven seven sieben yedi siedem سبعة",
                "acht eight sekiz osiem ثمانية",
                "negen nine neun dokuz dziewięć تسعة",
                "tien ten zehn on dziesięć عشرة",
            ),
            start=1,
        )
        for word in words.split()
        if word not in {"een", "ein", "eine", "einen"}  # these say "a" as well
    }
)
_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "votes": r"stem(?:men)?|votes?|stimmen?|oy|głos(?:y|ów)?|صوت(?:ًا)?|أصوات",
        "ideas": r"idee(?:ën|n)?|ideas?|projecten|projects?|projekte?n?|fikir|proje"
        r"|pomysł(?:y|ów)?|فكرة|أفكار",
        "points": r"punten|punt|points?|punkte?n?|puan|punkt(?:y|ów)|نقطة|نقاط",
    }
)
_BETWEEN = r"(?:verschillende|andere|different|verschiedene|farklı|różn\w+|مختلفة)"
_FIGURE = (
    r"\d{1,3}(?:[ .,\u00a0\u202f\u066c]\d{3})+(?!\d)(?:[.,\u066b]\d{1,2}(?!\d))?"
    r"|\d+(?:[.,\u066b]\d{1,2}(?!\d))?"
)
_PAIRS: Mapping[str, str] = MappingProxyType(
    {"votes": "صوت(?:ان|ين)", "ideas": "فكرت(?:ان|ين)", "points": "نقطت(?:ان|ين)"}
)
"""Two of something is one word in Arabic."""
_SINGLE: Mapping[str, str] = MappingProxyType(
    {"votes": "صوت(?:ًا)? واحد(?:ًا)?", "ideas": "فكرة واحدة", "points": "نقطة واحدة"}
)
_COUNT = MappingProxyType(
    {
        kind: re.compile(
            rf"(?<![\w€.,])(?P<number>{_FIGURE}|{'|'.join(_WORDS)})\s+(?:{_BETWEEN}\s+)?"
            rf"(?P<unit>{unit})(?!\w)",
            re.IGNORECASE,
        )
        for kind, unit in _UNITS.items()
    }
)
_MONEY = re.compile(
    rf"€\s?(?P<first>{_FIGURE})|(?<![\w€])(?P<last>{_FIGURE})\s?(?:€|euro?s?\b|eur\b|يورو)",
    re.IGNORECASE,
)


def texts(round_: Round, letters: Iterable[RoundText] = ()) -> tuple[Finding, ...]:
    """Compare every number of votes, ideas, points and euros that a text names with the rules.

    :param letters: texts that stand beside the round file.
    """
    found = tuple(_doubts([*texts_of(round_), *letters], _known(round_)))
    if found:
        return found
    return (
        good(
            "texts",
            "Geen tekst van de ronde noemt een ander aantal of bedrag dan de spelregels.",
            "No text of the round names another number or amount than the rules.",
        ),
    )


def texts_of(round_: Round) -> tuple[RoundText, ...]:
    """Return every text of a round file in each of its languages."""
    return tuple(_texts(round_document(round_), ""))


def _texts(value: Any, path: str) -> Iterator[RoundText]:
    if isinstance(value, Mapping):
        if {"nl", "en"} <= value.keys():
            yield from (RoundText(path, language, text) for language, text in value.items())
            return
        for key, part in value.items():
            yield from _texts(part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for place, part in enumerate(value, start=1):
            yield from _texts(part, f"{path}.{place}")


def _known(round_: Round) -> dict[str, set[int]]:
    """Return the numbers that the rules hold, by what they count; money in cents."""
    ballot, submission = round_.ballot, round_.submission
    choices = {ballot.min_choices, ballot.max_choices, ballot.recommended_choices}
    choices |= {one.max_choices for one in ballot.limits}
    settings = round_.voting_method.settings
    support = round_.conversation.support_minimum if round_.conversation else None
    pots = round_.pots.parts if round_.pots else ()
    money = {round_.fund.budget_cents, ballot.spend_limit_cents}
    money |= {submission.min_cost_cents, submission.max_cost_cents}
    money |= {one.amount_cents for one in pots} | {one.cents for one in submission.prices}
    found: dict[str, set[int | None]] = {
        "votes": {*choices, support, settings.get("minimum_votes")},
        "ideas": {*choices, submission.max_ideas},
        "points": {ballot.max_points, settings.get("minimum_points")},
        "money": {*money},
    }
    return {kind: {int(one) for one in some if one} for kind, some in found.items()}


def _doubts(said: Iterable[RoundText], known: Mapping[str, set[int]]) -> Iterator[Finding]:
    for one in said:
        for kind, quote, number in _numbers(one.text):
            # Two ideas that tie are no limit.
            if number not in known[kind] and (kind, one.where) != ("ideas", "tie.text"):
                yield _doubt(one, kind, quote, known[kind])


def _numbers(text: str) -> Iterator[tuple[str, str, int]]:
    for kind, pattern in _COUNT.items():
        for found in pattern.finditer(text):
            yield kind, found[0], _whole(found["number"])
    for number, words in ((1, _SINGLE), (2, _PAIRS)):
        for kind, word in words.items():
            yield from ((kind, found[0], number) for found in re.finditer(word, text))
    for found in _MONEY.finditer(text):
        yield "money", found[0], _cents(found["first"] or found["last"])


def _whole(written: str) -> int:
    word = _WORDS.get(written.casefold())
    return word if word is not None else int(re.sub(r"\D", "", written))


def _cents(written: str) -> int:
    """Read an amount as any of the languages writes it."""
    found = re.fullmatch(r"(.*?)[.,\u066b](\d{1,2})", written)
    whole, rest = (found[1], found[2].ljust(2, "0")) if found else (written, "00")
    return int(re.sub(r"\D", "", whole) or "0") * 100 + int(rest)


def _doubt(one: RoundText, kind: str, quote: str, known: set[int]) -> Finding:
    numbers = sorted(known)
    told = [_written(kind, number) for number in numbers]
    where = f"{one.where} ({one.language})"
    nl, en = (", ".join(told), ", ".join(told)) if told else ("niets", "nothing")
    return doubt(
        "texts",
        f"De tekst {where} noemt “{quote}”. In de spelregels staat: {nl}.",
        f"The text {where} says “{quote}”. The rules say: {en}.",
    )


def _written(kind: str, number: int) -> str:
    if kind != "money":
        return str(number)
    return f"€ {number // 100}" + (f",{number % 100:02}" if number % 100 else "")
