"""The visitor's own word.

How weak this is: whoever knows that somebody lives at an address can state that person's
details, and one person can state several.  Nothing is compared with a register.  Two people at
one address with the same birth year and the same initial count as one, so the second of them
needs another check.  Use it beside a code from a letter, or where little is at stake.
"""

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
    Refused,
    Settings,
    Visit,
)
from pb_engine.plugins.self_declared.questions import questions_for
from pb_engine.plugins.self_declared.reading import Declared, read

_NO_ADDRESS = LocalText(
    "Deze manier werkt niet in deze ronde: uw adres telt hier niet mee. Kies een andere manier, of "
    "vraag het aan de gemeente.",
    "This way does not work in this round, because your address plays no part in it. Choose "
    "another way to vote, or ask the municipality.",
)


class NoSettings(Schema):
    """This check has nothing to set."""


class SelfDeclared:
    """Vouches for an address and, if the round needs it, a birth year: as stated, unverified."""

    card = Card(
        name="self_declared",
        version="1",
        label=LocalText("Zonder brief, met uw adres", "Without a letter, with your address"),
        summary=LocalText(
            "U vult in waar u woont en verklaart dat dit klopt. We controleren dit niet vooraf.",
            "You state where you live and declare that it is true. We do not verify it first.",
        ),
    )
    settings_schema = NoSettings
    assurance = Assurance.SELF_DECLARED
    vouches_for = frozenset({Fact.ADDRESS, Fact.BIRTH_YEAR})

    def begin(self, visit: Visit, settings: Settings) -> CheckStep:  # noqa: ARG002 - the protocol's
        """Ask for what the round needs; refuse a round in which an address means nothing.

        Without an address nothing would tell one visitor from another.
        """
        if Fact.ADDRESS not in visit.wanted:
            return Refused(_NO_ADDRESS)
        return Ask(questions_for(visit.wanted))

    def complete(
        self,
        visit: Visit,
        carry: bytes,  # noqa: ARG002 - the protocol's
        answer: Mapping[str, str],
        settings: Settings,
    ) -> CheckStep:
        """Vouch for what was stated, or ask again and name every field that is wrong."""
        if Fact.ADDRESS not in visit.wanted:
            return self.begin(visit, settings)
        stated = read(answer, wanted=visit.wanted, this_year=visit.now.year)
        if isinstance(stated, LocalText):
            return Ask(questions_for(visit.wanted), problem=stated)
        return Known(_subject(stated), _facts(stated))


def _subject(stated: Declared) -> str:
    year = "" if stated.birth_year is None else str(stated.birth_year)
    return f"{stated.address}|{year}|{stated.initial}"


def _facts(stated: Declared) -> dict[Fact, str]:
    facts = {Fact.ADDRESS: stated.address}
    if stated.birth_year is not None:
        facts[Fact.BIRTH_YEAR] = str(stated.birth_year)
    return facts
