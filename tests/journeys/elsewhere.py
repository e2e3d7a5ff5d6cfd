"""A round whose residents log in at an OpenID provider elsewhere."""

from __future__ import annotations

import dataclasses

from pb_engine.domain.phases import Calendar, Window
from pb_engine.domain.rounds import PluginChoice
from pb_engine.engine import wall_clock
from tests.brokers import BSN, LEVEL, our_key_file
from tests.builders import CALENDAR, DAY, Staged, a_round, a_round_in, an_engine
from tests.enrolled import a_register

LOW = "http://eidas.europa.eu/LoA/low"
PEOPLE = {
    "anna": {"bsn": BSN, "acr": LEVEL},
    "laag": {"bsn": BSN, "acr": LOW},
    "vreemd": {"bsn": "999990020", "acr": LEVEL},
}
"""Who can log in: a resident, the same one at too low a level, and somebody from elsewhere."""


def calendar_of_now() -> Calendar:
    """Return the calendar of the tests, moved so that voting began five days ago."""
    moved = wall_clock().date() - CALENDAR.voting.opens - 5 * DAY

    def shifted(value):
        if isinstance(value, Window):
            return Window(value.opens + moved, value.closes + moved)
        return value + moved

    fields = [field.name for field in dataclasses.fields(CALENDAR)]
    return dataclasses.replace(
        CALENDAR, **{name: shifted(getattr(CALENDAR, name)) for name in fields}
    )


def a_round_of(folder, provider: str, signs_with: str) -> Staged:
    """Open voting today in a round with the check ``oidc`` at this provider."""
    engine = an_engine(folder)
    secrets = engine.settings.data_folder / "secrets"
    secrets.mkdir(mode=0o700)
    (secrets / "oidc.pem").write_bytes(our_key_file())
    (secrets / "oidc.pem").chmod(0o600)
    a_register(engine, "proef-2027")
    settings = {"issuer": provider, "client_id": "gemeente", "signs_with": signs_with}
    checks = (PluginChoice("voting_code"), PluginChoice("oidc", settings))
    round_ = a_round(identity_checks=checks, calendar=calendar_of_now())
    staged = a_round_in(engine, round_=round_)
    return dataclasses.replace(staged, engine=dataclasses.replace(staged.engine, clock=wall_clock))
