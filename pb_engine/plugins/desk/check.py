"""A code from the counter: an officer looked at a document, and nothing of it was copied."""

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
    label=LocalText("Code van de balie", "Code from the counter"),
    help=LocalText(
        "U krijgt deze code van de medewerker. De code werkt een kwartier, en één keer.",
        "The officer gives you this code. It works for a quarter of an hour, and once.",
    ),
)
_EMPTY = LocalText(
    "U heeft nog geen code ingevuld. Vraag de medewerker om een code.",
    "You have not typed a code yet. Ask the officer for a code.",
)


class NoSettings(Schema):
    """This check has nothing to set."""


class Desk:
    """Whoever types a code of the counter holds the voting right for which it was given."""

    card = Card(
        name="desk",
        version="1",
        label=LocalText("Met een code van de balie", "With a code from the counter"),
        summary=LocalText(
            "U laat aan de balie zien wie u bent. Daarna stemt u op het scherm dat daar staat.",
            "You show at the counter who you are. Then you vote on the screen that stands there.",
        ),
    )
    settings_schema = NoSettings
    assurance = Assurance.HIGH
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
        """Use the code up; ask again when nothing was typed.

        :raises pb_engine.api.MistypedCode: it does not look like a code of the counter.
        :raises pb_engine.api.UnknownCode: nobody gave it, or too long ago.
        :raises pb_engine.api.CodeVoid: it was used before.
        """
        typed = answer.get(_CODE.name, "").strip()
        if not typed:
            return Ask((_CODE,), problem=_EMPTY)
        entitlement = visit.counter.entitlement_of(typed)
        return Known(entitlement, {Fact.VOTING_RIGHT: entitlement})
