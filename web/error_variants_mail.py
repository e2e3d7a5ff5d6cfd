"""More exact sentences about news, and about mail to many."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.texts import N_

MAIL: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("not_ready", "news_empty"): N_("Schrijf een titel en een tekst in het Nederlands."),
        ("not_ready", "news_long"): N_("Deze tekst is te lang. Maak hem korter."),
        ("not_ready", "news_many"): N_("Er staat al heel veel nieuws in deze ronde."),
        ("not_ready", "newsletter_empty"): N_(
            "Schrijf een onderwerp en een tekst in de eerste taal van de ronde."
        ),
        ("not_ready", "newsletter_half"): N_(
            "In een van de talen staat alleen een onderwerp of alleen een tekst. Vul beide in."
        ),
        ("not_ready", "newsletter_long"): N_("Een onderwerp of tekst is te lang. Maak hem korter."),
        ("not_ready", "newsletter_sent"): N_(
            "Deze nieuwsbrief is al verstuurd. Er gaat geen tweede brief uit."
        ),
        ("not_ready", "newsletter_nobody"): N_(
            "Nog niemand heeft zich ingeschreven. Er is niets verstuurd."
        ),
        ("not_ready", "newsletter_trials"): N_(
            "U stuurde uzelf al veel proefbrieven. Probeer het over een uur weer."
        ),
    }
)
"""The keys are those of ``web.error_variants``."""
