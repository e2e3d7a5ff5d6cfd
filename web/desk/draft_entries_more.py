"""The later pages on which a round is written: who takes part, the ballot, the count, texts."""

from __future__ import annotations

from web.forms.round_draft import Entry
from web.texts import N_

WHO = (
    Entry("voters.areas", "names", N_("Wie in deze gebieden woont, mag stemmen"), options="areas"),
    Entry("voters.minimum_age", "whole", N_("Vanaf welke leeftijd?"), N_("0 vraagt niets.")),
    Entry("voters.maximum_age", "whole", N_("Tot en met welke leeftijd? (mag leeg)")),
    Entry("voters.reference_date", "day", N_("Op welke dag telt de leeftijd?")),
    Entry(
        "identity_checks", "plugins", N_("Hoe laat een kiezer zien wie hij is?"), options="doors"
    ),
    Entry("counter.proxies", "whole", N_("Voor hoeveel anderen mag iemand ook stemmen?")),
    Entry("counter.organisations", "yes", N_("Een organisatie krijgt ook een stem")),
    Entry("submission.who", "longboth", N_("Wie mag een idee insturen?")),
    Entry("submission.max_ideas", "whole", N_("Hoeveel ideeën per e-mailadres?")),
    Entry("submission.helper_below", "whole", N_("Onder welke leeftijd helpt een volwassene?")),
    Entry("submission.min_cost_cents", "money", N_("Een idee kost minstens")),
    Entry("submission.max_cost_cents", "money", N_("Een idee kost hoogstens")),
    Entry(
        "submission.themes",
        "lines",
        N_("Onderwerpen"),
        N_("Eén onderwerp op een regel: korte naam | Nederlands | Engels"),
        ("id", "name.nl", "name.en"),
    ),
    Entry(
        "criteria",
        "lines",
        N_("Voorwaarden"),
        N_("Eén voorwaarde op een regel: nummer (zoals R4) | Nederlands | Engels"),
        ("number", "text.nl", "text.en"),
    ),
    Entry(
        "review.assessors",
        "whole",
        N_("Hoeveel leden beoordelen elk idee, ieder apart? (mag leeg)"),
        N_("Verschillen zij? Dan is er één oordeel meer nodig. Met 0 hoeft het niet."),
    ),
    Entry("review.assess_days", "whole", N_("Hoeveel dagen hebben zij daarvoor? (mag leeg)")),
    Entry("review.decide_days", "whole", N_("Binnen hoeveel dagen is er een besluit? (mag leeg)")),
    Entry(
        "review.appeal_reply_days",
        "whole",
        N_("Binnen hoeveel dagen is er een antwoord op een herziening? (mag leeg)"),
    ),
    Entry(
        "review.consent", "switch", N_("Samenvoegen mag alleen als elke indiener dat goed vindt")
    ),
    Entry(
        "submission.prices",
        "lines",
        N_("Wat gewone dingen kosten"),
        N_("Eén ding op een regel: korte naam | Nederlands | Engels | bedrag. Mag leeg."),
        ("id", "name.nl", "name.en", "cents€"),
    ),
)
BALLOT = (
    Entry("ballot.format", "choice", N_("Vorm van het stembiljet"), options="formats"),
    Entry("ballot.min_choices", "whole", N_("Minstens zo veel ideeën"), N_("Met 0 mag blanco.")),
    Entry("ballot.max_choices", "whole", N_("Hoogstens zo veel ideeën")),
    Entry("ballot.recommended_choices", "whole", N_("Zo veel ideeën raden we aan (mag leeg)")),
    Entry(
        "ballot.spend_limit_cents",
        "money",
        N_("Hoeveel geld verdeelt een kiezer?"),
        N_("Alleen als een kiezer geld verdeelt."),
    ),
    Entry(
        "ballot.max_points",
        "whole",
        N_("Hoeveel punten, of het hoogste cijfer"),
        N_("Alleen bij punten en cijfers."),
    ),
    Entry(
        "ballot.grades",
        "lines",
        N_("Een woord voor elk cijfer"),
        N_("Van 0 omhoog, één op een regel: Nederlands | Engels. Mag leeg."),
        ("nl", "en"),
    ),
    Entry(
        "ballot.limits",
        "lines",
        N_("Grens per onderwerp of gebied"),
        N_("Eén op een regel: aantal | onderwerp | gebied. Vul één van de twee in. Mag leeg."),
        ("max_choices#", "theme", "area"),
    ),
    Entry("ballot.may_change", "yes", N_("Een kiezer mag zijn stem veranderen tot het einde")),
)
METHOD = (
    Entry("voting_method", "plugin", N_("Telmethode die beslist"), options="methods"),
    Entry("compared_methods", "plugins", N_("Telmethoden ter vergelijking"), options="methods"),
    Entry("tie.text", "longboth", N_("Wat gebeurt er bij gelijke stand?")),
    Entry("surveys", "plugins", N_("Vragen na het stemmen"), options="surveys"),
    Entry("result_views", "plugins", N_("Figuren bij de uitslag"), options="views"),
)
TEXTS = (
    Entry("contact.name", "text", N_("Wie helpt bewoners?"), N_("Een loket, niet één persoon.")),
    Entry("contact.email", "text", N_("E-mailadres")),
    Entry("contact.phone", "text", N_("Telefoon")),
    Entry("contact.address", "text", N_("Adres")),
    Entry(
        "voting_points",
        "lines",
        N_("Plekken om te stemmen of hulp te krijgen"),
        N_("Eén op een regel: naam | adres | open (Nederlands) | open (Engels)"),
        ("name", "address", "hours.nl", "hours.en"),
    ),
    Entry(
        "referral_bodies",
        "lines",
        N_("Wie een idee kan overnemen"),
        N_("Eén op een regel: korte naam | Nederlands | Engels | dagen voor een antwoord"),
        ("id", "name.nl", "name.en", "reply_days#"),
    ),
    Entry("decision.who", "both", N_("Wie beslist?")),
    Entry("decision.text", "longboth", N_("Hoe, en waar kan iemand terecht?")),
    Entry("decision.objection_possible", "yes", N_("Bezwaar maken is mogelijk")),
    Entry("conversation.comments", "choice", N_("Reacties bij ideeën"), options="comments"),
    Entry("conversation.support_minimum", "whole", N_("Hoeveel steun vraagt een idee? (mag leeg)")),
    Entry(
        "accent",
        "text",
        N_("Kleur achter het menu (mag leeg)"),
        N_("Een # en zes tekens, zoals #0a5c36. Wit moet erop te lezen zijn."),
    ),
    Entry("address", "choice", N_("Hoe spreken de pagina’s aan?"), options="addresses"),
    Entry("trustees.shares", "whole", N_("Hoeveel sleutelbewaarders? (mag leeg)")),
    Entry("trustees.threshold", "whole", N_("Hoeveel van hen openen de stembus? (mag leeg)")),
    Entry("fictional", "yes", N_("Dit is een oefening met verzonnen gegevens")),
)
