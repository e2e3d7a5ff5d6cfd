"""More exact sentences than an error code alone gives.

The second key is ``details["problem"]`` of an error, or else ``details["wanted"]`` or
``details["state"]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.texts import N_

VARIANTS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("store_problem", "absent"): N_(
            "Dit kan niet op deze website. Een beheerder doet dit op de computer zelf."
        ),
        ("wrong_phase", "ideas"): N_(
            "U kunt nu geen idee insturen. Kijk op de pagina van de ronde wanneer dat kan."
        ),
        ("wrong_phase", "review"): N_("Beoordelen kan nu niet. Dat kan tot de stemming begint."),
        ("wrong_phase", "voting"): N_(
            "U kunt nu niet stemmen. Kijk op de pagina van de ronde wanneer dat kan."
        ),
        ("wrong_phase", "published"): N_(
            "De uitslag is er nog niet. Kijk op de pagina van de ronde wanneer die komt."
        ),
        ("not_ready", "clock"): N_(
            "De klok van de computer klopt niet. De stemming blijft open. Waarschuw de beheerder."
        ),
        ("not_ready", "seed"): N_(
            "Publiceer eerst het lot voor een gelijke stand. Daarna kan de stemming open."
        ),
        ("not_ready", "projects"): N_(
            "Er zijn te weinig haalbare ideeën om op te stemmen. Beoordeel eerst meer ideeën."
        ),
        ("not_ready", "trustees"): N_(
            "Deze ronde heeft sleutelbewaarders nodig. Maak eerst de sleuteldelen en geef hier het "
            "openbare bestand."
        ),
        ("not_ready", "reason"): N_("Schrijf eerst in een paar woorden waarom u dit doet."),
        ("not_ready", "box"): N_("De stembus is nog niet zo ver. Doe eerst de vorige stap."),
        ("not_ready", "outcome"): N_("De uitslag is nog niet klaar. Doe eerst de vorige stap."),
        ("not_ready", "rehearsal"): N_(
            "De proefstemming is niet gelukt. Kijk bij Proefstemming wat er beter moet."
        ),
        ("not_ready", "tryout"): N_(
            "Dit is te veel voor één keer. Kies minder stemmen, ideeën of telmethoden."
        ),
        ("not_ready", "tryout_rule"): N_("Kies minstens één telmethode."),
        ("not_ready", "number"): N_("Zo veel codes kan niet in één keer. Kies een ander aantal."),
        ("paper_refused", "batch"): N_("Deze stapel is er niet. Kijk in de lijst met stapels."),
        ("paper_refused", "batches"): N_("Er zijn te veel stapels. Maak ze groter."),
        ("paper_refused", "final"): N_("Deze stapel is klaar. Er kan niets meer aan veranderen."),
        ("paper_refused", "sheets"): N_("Vul in hoeveel vellen het zijn: van 1 tot %(limit)s."),
        ("paper_refused", "reason"): N_("Schrijf in een paar woorden waarom."),
        ("paper_refused", "nothing"): N_("U typte niets. Is het vel leeg? Typ dan de letter b."),
        ("paper_refused", "both"): N_(
            "Een vel met een fout heeft geen keuzes. Typ alleen de letter."
        ),
        ("paper_refused", "defect"): N_(
            "Deze letter kennen we niet. Kijk in de lijst met letters."
        ),
        ("paper_refused", "typed"): N_(
            "Dit zijn geen nummers van het biljet. Kijk in de lijst en typ opnieuw."
        ),
        ("paper_refused", "limits"): N_(
            "Zo mag het niet op dit biljet. Lees nog eens. Staat het er echt? Typ dan m."
        ),
        ("paper_refused", "two_people"): N_(
            "U hebt deze vellen al gelezen. Iemand anders moet dit doen."
        ),
        ("paper_refused", "taken"): N_("Iemand anders doet dit al."),
        ("paper_refused", "hand"): N_("Niemand is hier nog mee begonnen."),
        ("paper_refused", "finished"): N_("Dit is al klaar. Er kan niets meer bij."),
        ("paper_refused", "missing"): N_(
            "U bent nog niet klaar. Er missen %(number)s vellen. Het eerste is vel %(sheet)s."
        ),
        ("paper_refused", "sheet"): N_("Dit vel is er niet. Deze stapel heeft %(limit)s vellen."),
        ("paper_refused", "unread"): N_("Twee mensen moeten dit eerst helemaal lezen."),
        ("paper_refused", "same"): N_("Over dit vel zijn de twee lezers het eens."),
        ("paper_refused", "differences"): N_(
            "Er zijn nog %(number)s verschillen. Een derde moet die eerst beslissen."
        ),
        ("paper_refused", "balance"): N_(
            "Het aantal klopt niet: %(limit)s ingeleverd, %(number)s gelezen."
        ),
        ("paper_refused", "second"): N_(
            "Twee medewerkers moeten het eens zijn. Iemand anders moet dit goedkeuren."
        ),
        ("paper_refused", "open_batches"): N_(
            "Er ligt nog papier dat niet is geteld (stapels: %(number)s). Doe elke stapel in de "
            "stembus, of laat hem met twee mensen weg."
        ),
        ("paper_refused", "surplus"): N_("Er zijn niet meer vellen dan stemrechten op papier."),
        ("paper_refused", "drawn"): N_("Er is al een steekproef geloot."),
        ("paper_refused", "no_paper"): N_("Er is geen papier om uit te loten."),
        ("paper_refused", "no_sample"): N_("Er is nog geen steekproef geloot."),
        ("paper_refused", "not_drawn"): N_("Dit vel hoort niet bij de steekproef."),
        ("paper_refused", "stock"): N_("Kies hoeveel biljetten u wilt: van 1 tot %(limit)s."),
        ("tally_refused", "model"): N_(
            "Dit soort kiezers past niet bij deze ideeën. Kies een ander soort kiezers."
        ),
        ("tally_refused", "paper"): N_(
            "Dit stembiljet kan niemand invullen. Kijk bij Proefstemming wat er mis is."
        ),
        ("wrong_idea_state", "same"): N_("U kunt een idee niet met zichzelf samenvoegen."),
        ("invalid_ballot", "format"): N_(
            "Dit stembiljet kan deze website nog niet verwerken. Bel ons om toch te stemmen."
        ),
        ("invalid_ballot", "unknown"): N_(
            "U koos een idee dat niet op het stembiljet staat. Kies opnieuw uit de lijst."
        ),
        ("invalid_ballot", "duplicate"): N_(
            "U koos een idee twee keer. Elk idee kunt u één keer kiezen."
        ),
        ("invalid_ballot", "too_few"): N_("U koos %(given)s ideeën. Kies er minstens %(limit)s."),
        ("invalid_ballot", "too_many"): N_(
            "U koos %(given)s ideeën. Kies er hoogstens %(limit)s. Haal er een paar weg."
        ),
        ("invalid_ballot", "too_many_in_group"): N_(
            "U koos %(given)s ideeën bij %(group)s. Kies daar hoogstens %(limit)s. "
            "Haal er een paar weg."
        ),
        ("invalid_ballot", "over_budget"): N_(
            "U koos voor %(given_money)s. Er is %(limit_money)s. "
            "Haal voor minstens %(over_money)s aan ideeën weg."
        ),
        ("invalid_ballot", "weight"): N_(
            "Een van uw getallen past niet bij dit stembiljet. Kijk uw keuze nog eens na."
        ),
        ("invalid_ballot", "too_many_points"): N_(
            "U gaf %(given)s punten. U heeft er %(limit)s. Haal er een paar weg."
        ),
        ("invalid_review", "criterion"): N_(
            "Voorwaarde %(criterion)s heeft nog geen kleur. Kies groen, oranje of rood."
        ),
        ("invalid_review", "unknown_criterion"): N_(
            "Voorwaarde %(criterion)s staat niet in de spelregels. Kies een andere."
        ),
        ("invalid_review", "criterion_reason"): N_(
            "Voorwaarde %(criterion)s is niet groen. "
            "Schrijf op waarom, in %(limit)s tekens of meer."
        ),
        ("invalid_review", "reason"): N_(
            "De indiener moet weten waarom. Schrijf de reden op, in %(limit)s tekens of meer."
        ),
        ("invalid_review", "too_long"): N_(
            "Een tekst is te lang. Gebruik hoogstens %(limit)s tekens."
        ),
        ("invalid_review", "outcome"): N_("Kies wat er met het idee gebeurt."),
        ("invalid_review", "not_green"): N_(
            "Een idee kan alleen door als elke voorwaarde groen is. Kies een ander besluit."
        ),
        ("invalid_review", "final_cost"): N_(
            "Vul het bedrag in dat op het stembiljet komt. Het is hoogstens %(limit_money)s."
        ),
        ("invalid_review", "colours_adapt"): N_(
            "Aanpassen kan als er een voorwaarde oranje is en geen enkele rood."
        ),
        ("invalid_review", "colours_reject"): N_(
            "Afwijzen kan alleen als er een voorwaarde rood is."
        ),
        ("invalid_review", "referral"): N_("Kies aan wie u het idee doorgeeft."),
        ("invalid_review", "colours_refer"): N_(
            "Doorgeven kan alleen als er een voorwaarde oranje of rood is."
        ),
        ("unknown_code", "idea"): N_(
            "Deze code hoort niet bij dit idee. De code kreeg u toen u het idee instuurde."
        ),
        ("code_used", "paper"): N_(
            "Met deze brief is op papier gestemd. Klopt dat volgens u niet? Bel ons dan."
        ),
        ("code_void", "replaced"): N_(
            "U heeft een nieuwe code gekregen. Gebruik de code uit uw nieuwste brief."
        ),
        ("not_eligible", "address"): N_(
            "Dit adres herkennen we niet. Vul uw postcode in als 1234AB, en uw huisnummer."
        ),
        ("not_eligible", "area"): N_(
            "Dit adres ligt niet in het gebied van deze ronde. Klopt dat niet? Bel ons dan."
        ),
        ("not_eligible", "age"): N_(
            "U bent nog te jong om te stemmen in deze ronde. U mag wel een idee insturen."
        ),
        ("invalid_key", "demo"): N_(
            "Dit is een sleutel uit de demonstratie. Die werkt alleen in de demonstratie."
        ),
        ("invalid_key", "foreign"): N_(
            "Dit is de sleutel van een andere ronde. Kies de sleutel van deze ronde."
        ),
        ("invalid_key", "trustees"): N_(
            "De sleutel ligt bij de sleutelbewaarders. Tel met hen op een computer zonder internet."
        ),
        ("invalid_key", "number"): N_(
            "Deze ronde vraagt een ander aantal sleuteldelen. Maak de sleuteldelen opnieuw."
        ),
        ("invalid_key", "words"): N_(
            "De acht woorden horen niet bij dit bestand. Is dit de telling van de "
            "sleutelbewaarders? Vraag het hun."
        ),
        ("invalid_key", "signature"): N_(
            "Dit bestand met de telling is veranderd. Haal het opnieuw van de computer zonder "
            "internet."
        ),
        ("mistyped_code", "word"): N_(
            "Woord %(position)s staat niet in de lijst met controlewoorden. Typ het opnieuw."
        ),
        ("invalid_official", "email"): N_(
            "Dit e-mailadres klopt niet, of het is al in gebruik. Kies een ander adres."
        ),
        ("invalid_official", "password"): N_("Dit wachtwoord kan niet. Kies een ander wachtwoord."),
        ("invalid_official", "role"): N_("Kies een rol uit de lijst."),
        ("invalid_official", "unknown"): N_("Dit account bestaat niet. Kijk in de lijst."),
    }
)
