"""A class votes together, with a code for each pupil, at an hour that is agreed upon."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.api import (
    Ask,
    Assurance,
    Card,
    CheckStep,
    Fact,
    Known,
    LocalText,
    Question,
    Refused,
    Settings,
    Visit,
)
from pb_engine.plugins.school_batch.hours import Hours, closed

_CODE = Question(
    name="code",
    kind="code",
    label=LocalText("De code op je kaartje", "The code on your card"),
    help=LocalText(
        "Je kreeg een kaartje van je leraar. Hoofdletters en streepjes maken niet uit.",
        "Your teacher gave you a card. Capitals and dashes do not matter.",
    ),
)
_EMPTY = LocalText(
    "Je hebt nog geen code ingevuld. De code staat op je kaartje.",
    "You have not typed a code yet. The code is on your card.",
)


class SchoolBatch:
    """Whoever types a code of a school batch, at an hour at which classes vote.

    The codes were handed out in a class room under the eyes of a teacher; outside those hours a
    card that went along in a school bag is good for nothing.
    """

    card = Card(
        name="school_batch",
        version="1",
        label=LocalText("Met de code van school", "With the code from school"),
        summary=LocalText(
            "Stem je met je klas? Dan krijg je van je leraar een kaartje met een code.",
            "Do you vote with your class? Your teacher gives you a card with a code.",
        ),
    )
    settings_schema = Hours
    assurance = Assurance.POSSESSION
    vouches_for = frozenset({Fact.VOTING_RIGHT})

    def begin(self, visit: Visit, settings: Settings) -> CheckStep:
        """Ask for the code, or say when it will be good."""
        reason = closed(settings, visit.now)
        return Refused(reason) if reason else Ask((_CODE,))

    def complete(
        self,
        visit: Visit,
        carry: bytes,  # noqa: ARG002 - the protocol's
        answer: Mapping[str, str],
        settings: Settings,
    ) -> CheckStep:
        """Look the code up, if this is the hour.

        :raises pb_engine.api.MistypedCode: the check character is wrong.
        :raises pb_engine.api.UnknownCode: this round has no such code.
        :raises pb_engine.api.CodeVoid: it was withdrawn, or is no code of a class.
        """
        reason = closed(settings, visit.now)
        if reason:
            return Refused(reason)
        typed = answer.get(_CODE.name, "").strip()
        if not typed:
            return Ask((_CODE,), problem=_EMPTY)
        entitlement = visit.codes.entitlement_at_school(typed)
        return Known(entitlement, {Fact.VOTING_RIGHT: entitlement})
