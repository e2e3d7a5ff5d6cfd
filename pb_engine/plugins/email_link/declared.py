"""A link to any address, beside the visitor's own word about where they live.

How weak this is: a mail address costs nothing, and whoever has five of them can vote five times.
The rest is what the visitor states, and nobody verifies it.  It is for rounds without a register
in which little is at stake.
"""

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
    Refused,
    Settings,
    Visit,
)
from pb_engine.plugins.email_link import letters

_POSTCODE = Question(
    name="postcode",
    kind="postcode",
    label=LocalText("Postcode", "Postcode"),
    help=LocalText("Bijvoorbeeld 1234 AB.", "For example 1234 AB."),
)
_NUMBER = Question(
    name="house_number",
    kind="text",
    label=LocalText("Huisnummer", "House number"),
    help=LocalText("Bijvoorbeeld 12, 12A of 12-3.", "For example 12, 12A or 12-3."),
)
_YEAR = Question(
    name="birth_year",
    kind="number",
    label=LocalText("Geboortejaar", "Year of birth"),
    help=LocalText("Vier cijfers.", "Four digits."),
)
_STATEMENT = Question(
    name="statement",
    kind="statement",
    label=LocalText(
        "Ik verklaar dat dit klopt, dat ik hier woon en dat ik één keer stem.",
        "I declare that this is true, that I live here and that I vote once.",
    ),
)
_WRONG = {
    _POSTCODE.name: (
        r"[1-9][0-9]{3} ?[A-Z]{2}",
        LocalText("Vul uw postcode in als 1234 AB.", "Fill in your postcode as 1234 AB."),
    ),
    _NUMBER.name: (
        r"[1-9][0-9]{0,4}(-?[A-Z0-9]{1,6})?",
        LocalText("Vul uw huisnummer in, zoals 12 of 12A.", "Fill in a house number, like 12A."),
    ),
    _YEAR.name: (
        r"(19|20)[0-9]{2}",
        LocalText("Vul uw geboortejaar in met vier cijfers.", "Fill in your year of birth."),
    ),
    _STATEMENT.name: (
        r"(?!(0|FALSE|NO|OFF|NEE)$)\S{1,20}",
        LocalText("Zet een vinkje bij de verklaring.", "Tick the statement."),
    ),
}
_NO_ADDRESS = LocalText(
    "Deze manier werkt niet in deze ronde, omdat uw adres hier niet meetelt. Kies een andere "
    "manier.",
    "This way does not work in this round, because your address plays no part in it. Choose "
    "another way.",
)


class NoSettings(Schema):
    """This check has nothing to set."""


class EmailDeclared:
    """Vouches for an address as stated, once per mailbox."""

    card = Card(
        name="email_declared",
        version="1",
        label=LocalText("Met uw adres en een mail", "With your address and a mail"),
        summary=LocalText(
            "U vult in waar u woont. We sturen u een link om te stemmen. We controleren uw adres "
            "niet.",
            "You state where you live. We send you a link to vote. We do not verify your address.",
        ),
    )
    settings_schema = NoSettings
    assurance = Assurance.SELF_DECLARED
    vouches_for = frozenset({Fact.ADDRESS, Fact.BIRTH_YEAR})

    def begin(self, visit: Visit, settings: Settings) -> CheckStep:  # noqa: ARG002 - the protocol's
        """Ask for what the round needs."""
        if Fact.ADDRESS not in visit.wanted:
            return Refused(_NO_ADDRESS)
        return Ask(_questions(visit))

    def complete(
        self, visit: Visit, carry: bytes, answer: Mapping[str, str], settings: Settings
    ) -> CheckStep:
        """Send a link; or, for whoever comes back with one, vouch for what was stated.

        :raises pb_engine.api.CheckRefused: the link was used before.
        """
        link = letters.brought(carry)
        if Fact.ADDRESS not in visit.wanted:
            return self.begin(visit, settings)
        if not link:
            return _stated(visit, answer)
        letters.use_up(visit, link["link"])
        facts = {Fact.ADDRESS: link["address"]}
        if Fact.BIRTH_YEAR in visit.wanted:
            facts[Fact.BIRTH_YEAR] = link["birth_year"]
        return Known(_mailbox(link["email"]), facts)


def _questions(visit: Visit) -> tuple[Question, ...]:
    year = (_YEAR,) if Fact.BIRTH_YEAR in visit.wanted else ()
    return (letters.EMAIL, _POSTCODE, _NUMBER, *year, _STATEMENT)


def _stated(visit: Visit, answer: Mapping[str, str]) -> CheckStep:
    questions = _questions(visit)
    plain = {name: answer.get(name, "").strip().upper() for name in _WRONG}
    asked = [one.name for one in questions if one.name in _WRONG]
    wrong = [_WRONG[name][1] for name in asked if not re.fullmatch(_WRONG[name][0], plain[name])]
    email = letters.read_address(answer.get(letters.EMAIL.name, ""))
    if email is None or wrong:
        return Ask(
            questions, problem=_together([*([] if email else [letters.WRONG_EMAIL]), *wrong])
        )
    address = f"{plain[_POSTCODE.name].replace(' ', '')} {plain[_NUMBER.name]}"
    remembered = {"address": address, "birth_year": plain[_YEAR.name]}
    return letters.sent(visit, email, remembered, really=True)


def _mailbox(email: str) -> str:
    """Return the mailbox behind an address: what follows a plus sign leads to the same one."""
    name, _, host = email.partition("@")
    return f"{name.partition('+')[0]}@{host}"


def _together(problems: list[LocalText]) -> LocalText:
    return LocalText(" ".join(one.nl for one in problems), " ".join(one.en for one in problems))
