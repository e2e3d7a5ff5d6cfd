"""More exact sentences about what residents say of ideas, and about its moderation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.texts import N_

TALK: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("wrong_phase", "support"): N_("Steunen kan nu niet bij dit idee."),
        ("wrong_phase", "comments"): N_("Reageren kan nu niet bij dit idee."),
        ("wrong_phase", "appeal"): N_("Herziening vragen kan nu niet bij dit idee."),
        ("wrong_idea_state", "taken_up"): N_("Dit idee doet al opnieuw mee in die ronde."),
        ("unknown_idea", "comment"): N_("Deze reactie bestaat niet in deze ronde."),
        ("unknown_idea", "appeal"): N_("Dit verzoek bestaat niet in deze ronde."),
        ("not_ready", "aids_many"): N_("Er staat al veel hulp bij dit idee. Haal eerst iets weg."),
        ("not_ready", "channel_plan"): N_("Hier valt geen plan over te nemen."),
        ("not_ready", "stories_many"): N_("Er staan al heel veel verhalen in deze ronde."),
        ("not_ready", "story_part"): N_("Kies wat u wilt weghalen."),
        ("not_ready", "house_rule"): N_("Kies de huisregel waar de reactie tegenin gaat."),
        ("not_ready", "official_stays"): N_("Een antwoord van de gemeente kunt u niet verbergen."),
        ("not_ready", "not_shown"): N_("Toon de reactie eerst. Daarna kunt u antwoorden."),
        ("not_ready", "appeal_choice"): N_("Kies eerst: toekennen of afwijzen."),
        ("not_ready", "submitter_agrees"): N_("Vraag eerst of de indiener het goed vindt."),
        ("not_allowed", "own_judgement"): N_(
            "U gaf het oordeel zelf. Vraag een collega om hierover te beslissen."
        ),
    }
)
"""The keys are those of ``web.error_variants``."""
