"""More exact sentences about a result: who adopts it, and what was decided otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.texts import N_

RESULT: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("not_allowed", "counted"): N_(
            "U liet zelf tellen. Een andere medewerker moet de uitslag vaststellen."
        ),
        ("not_ready", "not_adopted"): N_(
            "Niemand stelde deze uitslag vast. Iemand anders dan wie telde, moet dat eerst doen."
        ),
        ("not_ready", "adopted"): N_("Deze uitslag is al vastgesteld."),
        ("correction_refused", "nothing"): N_(
            "Opnieuw geteld is de uitslag hetzelfde. Er is niets te corrigeren."
        ),
        ("decision_refused", "project"): N_("Kies een idee van het stembiljet."),
        ("decision_refused", "amount"): N_("Vul in hoeveel geld het idee krijgt."),
        ("decision_refused", "reference"): N_("Vul het kenmerk van het besluit in."),
        ("decision_refused", "reason"): N_(
            "Schrijf waarom, in minstens 10 tekens. Bewoners lezen dit."
        ),
        ("decision_refused", "day"): N_(
            "Deze datum kan niet. Kies een dag na de stemming, niet later dan vandaag."
        ),
        ("decision_refused", "budget"): N_(
            "Met dit besluit gaat er %(spent_money)s naar ideeën. Er is %(budget_money)s. "
            "Besluit eerst welk idee minder krijgt."
        ),
        ("decision_refused", "waiting"): N_(
            "Over dit idee wacht al een besluit. Bevestig of weiger dat eerst."
        ),
        ("decision_refused", "settled"): N_("Over dit besluit hoeft niemand meer te beslissen."),
        ("decision_refused", "many"): N_("Er zijn te veel besluiten in deze ronde."),
    }
)
