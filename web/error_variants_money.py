"""More exact sentences about the end of a round and money that is left."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.texts import N_

MONEY: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("not_ready", "leftover_settled"): N_(
            "Over dit geld is al besloten. Neem het besluit eerst terug."
        ),
        ("not_ready", "leftover_none"): N_("Van dit geld is niets over."),
        ("not_ready", "archive_ideas"): N_("Er zijn nog ideeën zonder antwoord."),
        ("not_ready", "archive_report"): N_("Deel c van het eindverslag is nog niet af."),
        ("not_ready", "archive_thanks"): N_("Bedank eerst iedereen die meedeed."),
        ("not_ready", "archive_progress"): N_("Vertel bewoners eerst hoe het gaat met elk idee."),
        ("not_ready", "archive_money"): N_(
            "Zeg eerst van elk bedrag dat over is, wat ermee gebeurt."
        ),
    }
)
