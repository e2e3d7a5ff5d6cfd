"""More exact sentences about the accounts of officials and what they log in with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.texts import N_

ACCOUNTS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("invalid_official", "email"): N_(
            "Dit e-mailadres klopt niet, of het is al in gebruik. Kies een ander adres."
        ),
        ("invalid_official", "name"): N_(
            "Er is al een account met deze naam. In het logboek moet elke naam één persoon zijn. "
            "Voeg een letter toe."
        ),
        ("invalid_official", "password"): N_("Dit wachtwoord kan niet. Kies een ander wachtwoord."),
        ("invalid_official", "role"): N_("Kies een rol uit de lijst."),
        ("invalid_official", "round"): N_("Deze ronde bestaat niet. Kies een ronde uit de lijst."),
        ("invalid_official", "area"): N_("Deze rol kan niet voor één gebied. Kies iets anders."),
        ("invalid_official", "only_role"): N_("Dit is de enige rol. Geef eerst een andere rol."),
        ("invalid_official", "invitation"): N_("Deze link werkt niet meer. Vraag een nieuwe."),
        ("invalid_official", "last"): N_("Geef eerst iemand anders het beheer van de accounts."),
        ("invalid_official", "unknown"): N_("Dit account bestaat niet. Kijk in de lijst."),
        ("invalid_official", "key"): N_(
            "Dit antwoord van de sleutel klopt niet. Haal de pagina opnieuw op en probeer het nog "
            "een keer."
        ),
        ("invalid_official", "key_name"): N_(
            "U heeft al een sleutel met deze naam. Kies een andere."
        ),
        ("invalid_official", "key_known"): N_("Deze sleutel is al in gebruik. Neem een andere."),
        ("invalid_official", "only_key"): N_(
            "Dit is uw enige tweede stap. Stel eerst een app of een andere sleutel in."
        ),
        ("invalid_official", "keys"): N_("U heeft al %(most)s sleutels. Haal er eerst een weg."),
    }
)
"""The keys are those of ``web.error_variants``."""
