"""A link to an address that stands in the register: whoever reads that mailbox may vote.

Sending is all the mail does: it delivers a key to the voting right that the register made, as a
letter does.  Where a household shares an address, year of birth and first letter tell people
apart; that is a way to choose, and no second proof.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from marshmallow import Schema

from pb_engine.api import (
    Ask,
    Assurance,
    Card,
    CheckRefused,
    CheckStep,
    Fact,
    Known,
    LocalText,
    Question,
    Refused,
    Settings,
    Visit,
)
from pb_engine.plugins.email_link import letters

_TRIES = 3
_YEAR = Question(
    name="birth_year",
    kind="number",
    label=LocalText("Uw geboortejaar", "Your year of birth"),
    help=LocalText(
        "Meer mensen gebruiken dit mailadres. Zo weten we wie u bent. Vier cijfers.",
        "More people use this mail address. This tells us who you are. Four digits.",
    ),
)
_INITIAL = Question(
    name="initial",
    kind="text",
    label=LocalText("Eerste letter van uw voornaam", "First letter of your first name"),
)
_WHICH = LocalText(
    "Zo vinden we niet één persoon. Kijk uw geboortejaar en voorletter na.",
    "This does not lead us to one person. Look at your year of birth and your first letter again.",
)
_NO_REGISTER = LocalText(
    "Deze manier werkt niet in deze ronde, omdat er geen lijst met mailadressen is. Kies een "
    "andere manier.",
    "This way does not work in this round, because there is no list of mail addresses. Choose "
    "another way.",
)


class NoSettings(Schema):
    """This check has nothing to set."""


class EmailLink:
    """Whoever can read mail to an address of the register holds a voting right behind it."""

    card = Card(
        name="email_link",
        version="1",
        label=LocalText("Met een link in uw mail", "With a link in your mail"),
        summary=LocalText(
            "Staat uw mailadres bij de gemeente? Dan sturen we u een link om te stemmen.",
            "Does the municipality know your mail address? Then we send you a link to vote.",
        ),
    )
    settings_schema = NoSettings
    assurance = Assurance.POSSESSION
    vouches_for = frozenset({Fact.VOTING_RIGHT})

    def begin(self, visit: Visit, settings: Settings) -> CheckStep:  # noqa: ARG002 - the protocol's
        """Ask for the address."""
        return Ask((letters.EMAIL,)) if visit.register.exists() else Refused(_NO_REGISTER)

    def complete(
        self,
        visit: Visit,
        carry: bytes,
        answer: Mapping[str, str],
        settings: Settings,  # noqa: ARG002 - the protocol's
    ) -> CheckStep:
        """Send a link; or, for whoever comes back with one, tell whose voting right it is.

        :raises pb_engine.api.CheckRefused: the link was used before.
        """
        link = letters.brought(carry)
        return _arrived(visit, link, answer) if link else _asked(visit, answer)


def _asked(visit: Visit, answer: Mapping[str, str]) -> CheckStep:
    address = letters.read_address(answer.get(letters.EMAIL.name, ""))
    if address is None:
        return Ask((letters.EMAIL,), problem=letters.WRONG_EMAIL)
    return letters.sent(visit, address, {}, really=bool(visit.register.with_email(address)))


def _arrived(visit: Visit, link: Mapping[str, str], answer: Mapping[str, str]) -> CheckStep:
    rights = visit.register.with_email(link["email"])
    if len(rights) > 1:
        if link.get("asked") != "yes":
            return _which(link, None)
        _use_a_try(visit, link["link"])
        rights = _narrowed(visit, link["email"], answer)
        if len(rights) != 1:
            return _which(link, _WHICH)
    if not rights:
        raise CheckRefused("nobody in the register has this address any more", problem="link")
    letters.use_up(visit, link["link"])
    return Known(rights[0], {Fact.VOTING_RIGHT: rights[0]})


def _which(link: Mapping[str, str], problem: LocalText | None) -> Ask:
    carry = json.dumps({**link, "asked": "yes"}).encode()
    return Ask((_YEAR, _INITIAL), carry=carry, problem=problem)


def _use_a_try(visit: Visit, link: str) -> None:
    """Allow three guesses per link: housemates read the same mail."""
    if not any(visit.once.spend(f"try {number} of {link}") for number in range(_TRIES)):
        raise CheckRefused("too many guesses with one link", problem="link")


def _narrowed(visit: Visit, email: str, answer: Mapping[str, str]) -> tuple[str, ...]:
    year = answer.get(_YEAR.name, "").strip()
    initial = answer.get(_INITIAL.name, "").strip().upper()[:1]
    if not (year and initial):
        return ()
    return visit.register.with_email(email, birth_year=year, initial=initial)
