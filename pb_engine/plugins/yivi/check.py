"""Show the app what is asked, wait for the visitor, and read the result.

Nothing on the page needs JavaScript: a picture or a link opens the app, and a button goes on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from pb_engine.api import (
    Assurance,
    Card,
    CheckStep,
    Fact,
    Known,
    LocalText,
    Refused,
    Settings,
    Tell,
    Visit,
)
from pb_engine.plugins.yivi.sessions import WAITING, Disclosed, begun, refused, result_of
from pb_engine.plugins.yivi.settings import YiviAddressSettings, YiviSettings

_YES = "Yes"
_LONGEST = 200
_SHOW = LocalText(
    "Scan de QR-code met de Yivi-app. Staat de app op dit apparaat? Open dan de link. Kies in de "
    "app wat u laat zien. Kom daarna hier terug en druk op de knop.",
    "Scan the QR code with the Yivi app, or open the link if the app is on this device. Choose in "
    "the app what you show. Then come back here and press the button.",
)
_NOT_YET = LocalText(
    "De app is nog niet klaar. Rond het af in de Yivi-app. Druk daarna op de knop.",
    "The app is not ready yet. Finish in the Yivi app. Then press the button.",
)
_OPEN = LocalText("Open de Yivi-app", "Open the Yivi app")
_GO_ON = LocalText("Ik ben klaar in de app", "I am done in the app")
_STOPPED = LocalText(
    "U heeft in de app niets laten zien, of het duurde te lang. Begin opnieuw, of kies een andere "
    "manier.",
    "You showed nothing in the app, or it took too long. Begin again, or choose another way.",
)
_NOT_SET_UP = LocalText(
    "Yivi werkt hier nog niet. Kies een andere manier, of vraag het aan de gemeente.",
    "Yivi does not work here yet. Choose another way, or ask the municipality.",
)
_NO_ADDRESS = LocalText(
    "Deze manier werkt niet in deze ronde, omdat uw adres hier niet meetelt. Kies een andere "
    "manier.",
    "This way does not work in this round, because your address plays no part in it. Choose "
    "another way.",
)


class Yivi:
    """Vouches for the municipality's number of whoever holds the app."""

    card = Card(
        name="yivi",
        version="1",
        label=LocalText("Met de Yivi-app", "With the Yivi app"),
        summary=LocalText(
            "U laat in de app uw nummer zien. We kijken of u op de lijst staat, en bewaren niet "
            "wie u bent.",
            "You show your number in the app. We see whether you are on the list, and do not keep "
            "who you are.",
        ),
    )
    settings_schema: type[YiviSettings] = YiviSettings
    assurance = Assurance.SUBSTANTIAL
    vouches_for = frozenset({Fact.PERSON})

    def begin(self, visit: Visit, settings: Settings) -> CheckStep:
        """Begin a session and show it.

        :raises pb_engine.api.OutsideFailed: the server does not answer.
        :raises pb_engine.api.CheckRefused: the server does not want to.
        """
        if not settings["server"]:
            return Refused(_NOT_SET_UP)
        session = begun(visit, self._asked(visit, settings), settings)
        kept = json.dumps({"token": session.token, "link": session.link}).encode()
        return Tell(_SHOW, session.link, _OPEN, _GO_ON, kept)

    def complete(
        self,
        visit: Visit,
        carry: bytes,
        answer: Mapping[str, str],  # noqa: ARG002 - the app tells the server, not the browser
        settings: Settings,
    ) -> CheckStep:
        """Read what the app showed; wait on while it is not done.

        :raises pb_engine.api.CheckRefused: the result is false, of another session, or was used.
        :raises pb_engine.api.OutsideFailed: the server does not answer.
        """
        if not carry or not settings["server"]:
            return Refused(_STOPPED)
        kept = json.loads(carry)
        found = result_of(visit, kept["token"], settings)
        if found is None:
            return Refused(_STOPPED)
        if found.status in WAITING:
            return Tell(_NOT_YET, kept["link"], _OPEN, _GO_ON, carry)
        if found.status != "DONE":
            return Refused(_STOPPED)
        self._require_what_was_asked(visit, found, settings)
        if not visit.once.spend(f"session {kept['token']}"):
            raise refused("this result was used before")
        return self._known(visit, found, settings)

    def _asked(self, visit: Visit, settings: Settings) -> dict[str, str | None]:  # noqa: ARG002 - subclasses look at it
        return {settings["subject"]: None}

    def _require_what_was_asked(self, visit: Visit, found: Disclosed, settings: Settings) -> None:
        asked = self._asked(visit, settings)
        if found.values.keys() != asked.keys():
            raise refused("the app showed more or less than was asked")
        if any(value not in {None, found.values[name]} for name, value in asked.items()):
            raise refused("the app showed another value than was asked")
        if not all(0 < len(value) <= _LONGEST for value in found.values.values()):
            raise refused("the app showed a value of no use")

    def _known(self, visit: Visit, found: Disclosed, settings: Settings) -> CheckStep:
        number = found.values[settings["subject"]]
        return Known(number, {Fact.PERSON: number} if Fact.PERSON in visit.wanted else {})


class YiviAddress(Yivi):
    """Vouches for an address and for an age that was reached, as the app proves them.

    The number tells people apart: the engine keeps a hash of it, under a key of this round alone.
    """

    card = replace(
        Yivi.card,
        name="yivi_address",
        summary=LocalText(
            "U laat in de app zien waar u woont en of u oud genoeg bent. We bewaren niet wie u "
            "bent.",
            "You show in the app where you live and whether you are old enough. We do not keep "
            "who you are.",
        ),
    )
    settings_schema = YiviAddressSettings
    vouches_for = frozenset({Fact.ADDRESS, Fact.AGE_REACHED})

    def begin(self, visit: Visit, settings: Settings) -> CheckStep:
        """Begin a session, in a round in which an address means something."""
        if Fact.ADDRESS not in visit.wanted:
            return Refused(_NO_ADDRESS)
        return super().begin(visit, settings)

    def _asked(self, visit: Visit, settings: Settings) -> dict[str, str | None]:
        names = (settings["subject"], settings["postcode"], settings["house_number"])
        asked: dict[str, str | None] = dict.fromkeys(names)
        if Fact.AGE_REACHED in visit.wanted:
            asked[settings["over"].format(age=settings["age"])] = _YES
        return asked

    def _known(self, visit: Visit, found: Disclosed, settings: Settings) -> CheckStep:
        postcode, number = (found.values[settings[name]] for name in ("postcode", "house_number"))
        facts = {Fact.ADDRESS: f"{postcode.replace(' ', '')} {number}"}
        if Fact.AGE_REACHED in visit.wanted:
            facts[Fact.AGE_REACHED] = str(settings["age"])
        return Known(found.values[settings["subject"]], facts)
