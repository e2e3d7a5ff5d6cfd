"""A code on paper and a fact that does not stand on it: a letter alone opens no door."""

from __future__ import annotations

import re
from collections.abc import Mapping

from marshmallow import Schema

from pb_engine.api import (
    Ask,
    Assurance,
    Card,
    CheckStep,
    Fact,
    Known,
    LocalText,
    Question,
    Settings,
    Visit,
)

_CODE = Question(
    name="code",
    kind="code",
    label=LocalText("Uw stemcode", "Your voting code"),
    help=LocalText(
        "Vul de code uit uw brief in. Hoofdletters, spaties en streepjes maken niet uit.",
        "Type the code from your letter. Capitals, spaces and dashes do not matter.",
    ),
)
_YEAR = Question(
    name="birth_year",
    kind="number",
    label=LocalText("Uw geboortejaar", "Your year of birth"),
    help=LocalText(
        "Vier cijfers, zoals 1980. Zo kan iemand die uw brief vindt er niet mee stemmen.",
        "Four digits, such as 1980. It keeps whoever finds your letter from voting with it.",
    ),
)
_ASKED = (_CODE, _YEAR)
_DIGITS = re.compile(r"[12][0-9]{3}")
_NO_CODE = LocalText(
    "U heeft nog geen code ingevuld. De code staat in uw brief.",
    "You have not typed a code yet. The code is in your letter.",
)
_NO_YEAR = LocalText(
    "Vul uw geboortejaar in met vier cijfers, zoals 1980.",
    "Fill in your year of birth in four digits, such as 1980.",
)


class NoSettings(Schema):
    """This check has nothing to set."""


class CodeAndBirthYear:
    """Whoever types a valid code and the year of birth that the register has with it.

    A wrong year gets the answer of a code that does not exist: nobody learns by trying that a code
    is good.  Nor is a code ever locked, for a stranger could then lock it.
    """

    card = Card(
        name="code_and_birth_year",
        version="1",
        label=LocalText(
            "Met de code uit uw brief en uw geboortejaar",
            "With the code from your letter and your year of birth",
        ),
        summary=LocalText(
            "U kreeg een brief met een stemcode. U vult die code in, en het jaar waarin u bent "
            "geboren.",
            "You received a letter with a voting code. You type that code, and the year in which "
            "you were born.",
        ),
    )
    settings_schema = NoSettings
    assurance = Assurance.SUBSTANTIAL
    vouches_for = frozenset({Fact.VOTING_RIGHT})

    def begin(self, visit: Visit, settings: Settings) -> CheckStep:  # noqa: ARG002 - the protocol's
        """Ask for code and year, and for nothing else."""
        return Ask(_ASKED)

    def complete(
        self,
        visit: Visit,
        carry: bytes,  # noqa: ARG002 - the protocol's
        answer: Mapping[str, str],
        settings: Settings,  # noqa: ARG002 - the protocol's
    ) -> CheckStep:
        """Look both up; ask again when one is missing or no year.

        :raises pb_engine.api.MistypedCode: the check character is wrong.
        :raises pb_engine.api.UnknownCode: this round has no such code, or not with this year.
        :raises pb_engine.api.CodeVoid: the code was withdrawn or replaced.
        """
        typed = answer.get(_CODE.name, "").strip()
        if not typed:
            return Ask(_ASKED, problem=_NO_CODE)
        year = answer.get(_YEAR.name, "").strip()
        if not _DIGITS.fullmatch(year):
            return Ask(_ASKED, problem=_NO_YEAR)
        entitlement = visit.codes.entitlement_with(typed, year)
        return Known(entitlement, {Fact.VOTING_RIGHT: entitlement})
