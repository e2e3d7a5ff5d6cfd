"""More exact sentences about who may review an idea, and when."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.texts import N_

REVIEW: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("not_ready", "doubts"): N_(
            "Er zijn %(doubts)s teksten met een ander getal dan de spelregels. Kijk ze na en zet "
            "er een vinkje bij, of verander ze."
        ),
        ("not_allowed", "own_idea"): N_("U bent zelf indiener van dit idee. Een collega beslist."),
        ("not_allowed", "interest"): N_("U heeft belang bij dit idee. Een collega beslist."),
        ("not_allowed", "other_area"): N_("Dit idee is voor de commissie van een ander gebied."),
        ("not_ready", "assessments"): N_(
            "Er ontbreken nog %(missing)s oordelen. Pas daarna kan het besluit."
        ),
        ("wrong_idea_state", "decided"): N_(
            "Over dit idee is al besloten. Een eigen oordeel kan niet meer."
        ),
        ("not_ready", "consent"): N_(
            "%(missing)s indieners vonden dit nog niet goed. Vraag hun toestemming."
        ),
        ("wrong_idea_state", "consent_over"): N_("Deze ideeën gaan niet meer samen."),
        ("wrong_idea_state", "decided_split"): N_(
            "Over dit idee is al besloten. Splitsen kan niet meer."
        ),
        ("not_ready", "proposal"): N_("De oordelen stellen niet hetzelfde voor."),
        ("wrong_idea_state", "no_reply"): N_("Dit idee wacht niet op een antwoord."),
        ("invalid_review", "cost_sum"): N_(
            "De regels zijn samen %(given_money)s. Het bedrag is %(limit_money)s. Maak ze gelijk."
        ),
        ("invalid_review", "running"): N_("Vul de kosten per jaar in, van 0 tot %(limit_money)s."),
        ("invalid_review", "running_by"): N_("Schrijf op wie de kosten per jaar betaalt."),
        ("invalid_review", "reply"): N_(
            "Schrijf het antwoord op, in %(least)s tot %(limit)s tekens."
        ),
        ("invalid_review", "interest"): N_(
            "Schrijf kort op welk belang u heeft, in hoogstens %(limit)s tekens."
        ),
        ("not_ready", "split_proposal"): N_("Stel eerst voor welke twee ideeën het worden."),
        ("wrong_idea_state", "split_over"): N_("Dit idee wordt niet meer gesplitst."),
        ("invalid_review", "consent_way"): N_("Kies hoe het antwoord kwam."),
        ("invalid_review", "consent_day"): N_(
            "Vul in op welke dag het was. Kies geen dag die nog komt."
        ),
        ("invalid_review", "consent_words"): N_(
            "Schrijf op wat er is gezegd, in %(least)s tot %(limit)s tekens."
        ),
        ("invalid_review", "link_kind"): N_("Kies wat het verband is."),
        ("invalid_review", "link_reason"): N_(
            "Schrijf de reden op, in %(least)s tot %(limit)s tekens."
        ),
        ("wrong_idea_state", "link_same"): N_("Kies een ander idee. Dit is hetzelfde idee."),
        ("wrong_idea_state", "link_twice"): N_("Tussen deze twee ideeën is al een verband."),
        ("wrong_idea_state", "link_circle"): N_(
            "Zo wachten de ideeën op elkaar. Dan krijgt geen van beide geld."
        ),
        ("wrong_idea_state", "link_closed"): N_("Een van de ideeën doet niet meer mee."),
        ("letter_refused", "length"): N_("Gebruik %(least)s tot %(limit)s tekens."),
        ("letter_refused", "template"): N_(
            "Deze tekens kunnen niet in een brief: %(names)s. Haal ze weg."
        ),
        ("letter_refused", "not_plain"): N_(
            "Niet elke zin is makkelijk. Schrijf korter, of kies dat het zo blijft."
        ),
        ("letter_refused", "dutch_first"): N_("Schrijf eerst de Nederlandse tekst."),
    }
)
