"""A self-check of a round by the seven features of a charter, in words of our own.

The charter is that of Scotland for participatory budgeting, which names seven features.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pb_engine.units import LocalText

LONGEST_EVIDENCE = 1000


class Feature(StrEnum):
    """What a good round is."""

    FAIR = "fair"
    PARTICIPATORY = "participatory"
    DELIBERATIVE = "deliberative"
    EMPOWERING = "empowering"
    CREATIVE = "creative"
    TRANSPARENT = "transparent"
    DEMOCRATIC = "democratic"


class Answer(StrEnum):
    """How far a round got."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Question:
    """A feature in words: its name, and what officials ask themselves."""

    name: LocalText
    asks: LocalText


@dataclass(frozen=True, slots=True)
class Finding:
    """What officials say of one feature, and why."""

    answer: Answer
    text: str


QUESTIONS: Mapping[Feature, Question] = MappingProxyType(
    {
        Feature.FAIR: Question(
            LocalText("Eerlijk en voor iedereen", "Fair and inclusive"),
            LocalText(
                "Kon iedereen in het gebied meedoen, ook wie geen computer heeft, weinig leest of "
                "zelden gevraagd wordt?",
                "Could everybody in the area take part, also those without a computer, who read "
                "little or are seldom asked?",
            ),
        ),
        Feature.PARTICIPATORY: Question(
            LocalText("Bewoners doen zelf mee", "Participatory"),
            LocalText(
                "Waren bewoners er vanaf het begin bij, ook bij de spelregels en de uitvoering?",
                "Were residents there from the start, also for the rules and the work afterwards?",
            ),
        ),
        Feature.DELIBERATIVE: Question(
            LocalText("Eerst praten, dan kiezen", "Deliberative"),
            LocalText(
                "Konden bewoners van elkaar horen, vragen stellen en van mening veranderen?",
                "Could residents hear from each other, ask questions and change their minds?",
            ),
        ),
        Feature.EMPOWERING: Question(
            LocalText("Bewoners beslissen", "Empowering"),
            LocalText(
                "Ging het over genoeg geld, en voert de gemeente uit wat bewoners kozen?",
                "Was it about enough money, and is what residents chose carried out?",
            ),
        ),
        Feature.CREATIVE: Question(
            LocalText("Vindingrijk en wendbaar", "Creative and flexible"),
            LocalText(
                "Paste de manier van werken bij dit gebied, en hebt u onderweg bijgestuurd?",
                "Did the way of working fit this area, and did you adjust on the way?",
            ),
        ),
        Feature.TRANSPARENT: Question(
            LocalText("Open over alles", "Transparent"),
            LocalText(
                "Kan iedereen nagaan hoe het ging, waarom een idee wel of geen geld kreeg, en waar "
                "het geld bleef?",
                "Can everybody see how it went, why an idea did or did not get money, and where "
                "the money went?",
            ),
        ),
        Feature.DEMOCRATIC: Question(
            LocalText("Deel van onze democratie", "Part of our democracy"),
            LocalText(
                "Is de ronde vastgelegd en verantwoord aan raad en bewoners, en leert de volgende "
                "ronde ervan?",
                "Is the round laid down and accounted for to council and residents, and does the "
                "next round learn from it?",
            ),
        ),
    }
)
