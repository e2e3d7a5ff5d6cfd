"""Log in elsewhere, once, and come back as somebody whom the register knows.

The number that the broker vouches for goes to the engine and nowhere else.  It is in no sentence,
no log line and nothing that travels with the visitor.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from pb_engine.api import (
    Assurance,
    Card,
    CheckStep,
    Fact,
    Known,
    LocalText,
    Refused,
    SendTo,
    Settings,
    Visit,
)
from pb_engine.plugins.oidc.broker import Broker, broker_at, refused
from pb_engine.plugins.oidc.settings import OidcSettings
from pb_engine.plugins.oidc.tokens import redeemed, verified

_NOT_SET_UP = LocalText(
    "Inloggen werkt hier nog niet. Kies een andere manier, of vraag het aan de gemeente.",
    "Logging in does not work here yet. Choose another way, or ask the municipality.",
)
_STOPPED = LocalText(
    "U bent niet ingelogd. Begin opnieuw, of kies een andere manier.",
    "You are not logged in. Begin again, or choose another way.",
)
_LONGEST = 2000


class Oidc:
    """Vouches for the municipality's number of whoever logged in at the broker."""

    card = Card(
        name="oidc",
        version="1",
        label=LocalText("Met inloggen, zoals DigiD", "By logging in, as with DigiD"),
        summary=LocalText(
            "U logt in. We kijken of u op de lijst staat, en bewaren niet wie u bent.",
            "You log in. We see whether you are on the list, and do not keep who you are.",
        ),
    )
    settings_schema = OidcSettings
    assurance = Assurance.SUBSTANTIAL
    vouches_for = frozenset({Fact.PERSON})

    def begin(self, visit: Visit, settings: Settings) -> CheckStep:
        """Send the visitor to the broker.

        :raises pb_engine.api.OutsideFailed: the broker does not answer.
        :raises pb_engine.api.CheckRefused: the broker is not the one that the round names.
        """
        if not (settings["issuer"] and settings["client_id"]):
            return Refused(_NOT_SET_UP)
        kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        broker = broker_at(visit, settings["issuer"])
        return SendTo(_question(visit, broker, kept, settings), json.dumps(kept).encode())

    def complete(
        self, visit: Visit, carry: bytes, answer: Mapping[str, str], settings: Settings
    ) -> CheckStep:
        """Turn what the broker sent along into a number that the register may know.

        :raises pb_engine.api.CheckRefused: something about the answer is wrong.
        :raises pb_engine.api.OutsideFailed: the broker does not answer.
        """
        if not carry or not settings["issuer"]:
            return Refused(_STOPPED)
        kept = json.loads(carry)
        broker = broker_at(visit, settings["issuer"])
        _check_answer(broker, kept["state"], answer)
        if not visit.once.spend(f"answer {kept['state']}"):
            raise refused("this answer was used before")
        code = answer.get("code", "")
        if "error" in answer or not 0 < len(code) <= _LONGEST:
            return Refused(_STOPPED)
        token = redeemed(visit, broker, code, kept["verifier"], settings)
        claims = verified(visit, broker, token, kept["nonce"], settings)
        number = claims.get(settings["person_claim"])
        if not isinstance(number, str) or not 0 < len(number) <= 200:  # noqa: PLR2004
            raise refused("the broker says no number")
        facts = {Fact.PERSON: number} if Fact.PERSON in visit.wanted else {}
        return Known(number, facts)


def _question(visit: Visit, broker: Broker, kept: Mapping[str, str], settings: Settings) -> str:
    levels = list(settings["levels"])
    enough = levels[levels.index(settings["required_level"]) :]
    address: str = prepare_grant_uri(
        broker.authorization,
        client_id=settings["client_id"],
        response_type="code",
        redirect_uri=visit.return_url,
        scope=settings["scope"],
        state=kept["state"],
        nonce=kept["nonce"],
        code_challenge=create_s256_code_challenge(kept["verifier"]),
        code_challenge_method="S256",
        acr_values=" ".join(enough),
        ui_locales=visit.locale,
    )
    return address


def _check_answer(broker: Broker, state: str, answer: Mapping[str, str]) -> None:
    given = answer.get("state", "")
    if not hmac.compare_digest(given.encode(), state.encode()):
        raise refused("the answer belongs to another question")
    named = answer.get("iss", None if broker.names_itself else broker.issuer)
    if named != broker.issuer:
        raise refused("the answer is of another broker")
