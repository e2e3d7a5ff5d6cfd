"""What can be wrong with a register: a closed list, each with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pb_engine.units import LocalText

PROBLEMS: Mapping[str, LocalText] = MappingProxyType(
    {
        "frozen": LocalText(
            "wat bij de opening is vastgelegd, staat er niet meer of is anders ondertekend",
            "what was frozen at the opening is gone or signed otherwise",
        ),
        "unsealed": LocalText(
            "stemrechten zijn niet door dit register gemaakt of zijn veranderd",
            "voting rights were not made by this register, or were changed",
        ),
        "missing": LocalText(
            "stemrechten van de opening zijn weg of veranderd",
            "voting rights of the opening are gone or changed",
        ),
        "extra": LocalText(
            "stemrechten zijn er meer dan bij de opening, zonder code of besluit",
            "voting rights are more than at the opening, without a code or a decision",
        ),
        "altered": LocalText(
            "de stemrechten van de opening zijn andere dan toen",
            "the voting rights of the opening are others than then",
        ),
        "unexplained": LocalText(
            "stemrechten zijn er meer dan codes in het logboek",
            "voting rights are more than codes in the event log",
        ),
        "changes": LocalText(
            "wijzigingen van het register zijn niet ondertekend, of niet dezelfde als in het "
            "logboek",
            "changes of the register are not signed, or not those of the event log",
        ),
        "change_undone": LocalText(
            "besluiten over het register zijn teruggedraaid",
            "decided changes of the register were undone",
        ),
        "code_moved": LocalText(
            "stemcodes horen niet bij het stemrecht waar ze naar wijzen",
            "voting codes do not belong to the voting right that they point at",
        ),
        "code_missing": LocalText(
            "stemcodes uit het logboek zijn weg", "voting codes of the event log are gone"
        ),
        "code_twice": LocalText(
            "stemrechten hebben twee codes die werken", "voting rights have two codes that work"
        ),
        "residents": LocalText(
            "bewoners zijn er meer of minder dan ingelezen",
            "residents are more or fewer than were taken in",
        ),
        "void": LocalText(
            "stemrechten zijn ingetrokken zonder dat het logboek zegt door wie",
            "voting rights were withdrawn, and the event log does not say by whom",
        ),
        "paper": LocalText(
            "stemrechten op papier zijn er meer of minder dan er biljetten zijn uitgegeven",
            "voting rights on paper are more or fewer than papers that were handed out",
        ),
        "unused": LocalText(
            "stemmen zijn er meer dan gebruikte stemrechten",
            "ballots are more than voting rights that were used",
        ),
    }
)
"""Every kind of problem; a number goes in front of the sentence."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold, and how many rows it is about."""

    kind: str
    number: int

    @property
    def sentence(self) -> LocalText:
        """The sentence with its number."""
        text = PROBLEMS[self.kind]
        return LocalText(f"{self.number} {text.nl}", f"{self.number} {text.en}")


def problem(kind: str, number: int) -> Problem:
    """Return a problem; with the number 0 there is none."""
    return Problem(kind, number)
