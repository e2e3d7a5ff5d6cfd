"""A code on paper stands for a voting right; holding the letter is the proof."""

from __future__ import annotations

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
_EMPTY = LocalText(
    "U heeft nog geen code ingevuld. De code staat in uw brief.",
    "You have not typed a code yet. The code is in your letter.",
)


class NoSettings(Schema):
    """This check has nothing to set."""


class VotingCode:
    """Whoever types a valid code holds the voting right behind it.

    The code says nothing about who the visitor is: somebody who opens another person's letter
    gets in.  That is what ``Assurance.POSSESSION`` means.
    """

    card = Card(
        name="voting_code",
        version="1",
        label=LocalText("Met de code uit uw brief", "With the code from your letter"),
        summary=LocalText(
            "U kreeg een brief met een stemcode. Daarmee kunt u stemmen, zonder account.",
            "You received a letter with a voting code. It lets you vote without an account.",
        ),
    )
    settings_schema = NoSettings
    assurance = Assurance.POSSESSION
    vouches_for = frozenset({Fact.VOTING_RIGHT})

    def begin(self, visit: Visit, settings: Settings) -> CheckStep:  # noqa: ARG002 - the protocol's
        """Ask for the code, and for nothing else."""
        return Ask((_CODE,))

    def complete(
        self,
        visit: Visit,
        carry: bytes,  # noqa: ARG002 - the protocol's
        answer: Mapping[str, str],
        settings: Settings,  # noqa: ARG002 - the protocol's
    ) -> CheckStep:
        """Look the code up; ask again when nothing was typed.

        :raises pb_engine.api.MistypedCode: the check character is wrong.
        :raises pb_engine.api.UnknownCode: this round has no such code.
        :raises pb_engine.api.CodeVoid: the code was withdrawn or replaced.
        """
        typed = answer.get(_CODE.name, "").strip()
        if not typed:
            return Ask((_CODE,), problem=_EMPTY)
        entitlement = visit.codes.entitlement_of(typed)
        return Known(entitlement, {Fact.VOTING_RIGHT: entitlement})
