"""More exact sentences about conducting a vote: register, letters, counter and paper."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.error_variants_result import RESULT
from web.texts import N_

CONDUCT: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        **RESULT,
        ("letter_refused", "empty"): N_(
            "Deze tekst is leeg. Vul iets in, of zet de tekst terug zoals hij was."
        ),
        ("letter_refused", "too_long"): N_(
            "Deze tekst is te lang. Gebruik hoogstens %(limit)s tekens."
        ),
        ("letter_refused", "lines"): N_(
            "Deze tekst heeft te veel regels. Gebruik er hoogstens %(limit)s."
        ),
        ("letter_refused", "placeholder"): N_(
            "Dit invulwoord bestaat niet: %(names)s. U kunt kiezen uit: %(allowed)s."
        ),
        ("letter_refused", "character"): N_(
            "Dit teken kan niet in een brief: %(signs)s. Schrijf het anders."
        ),
        ("letter_refused", "slot"): N_("Deze tekst bestaat niet in de brief."),
        ("letter_refused", "persona"): N_("De extra alinea is nog leeg. Schrijf hem eerst."),
        ("letter_refused", "press"): N_(
            "De brieven kunnen niet gemaakt worden. Er is iets mis met de website. "
            "Waarschuw de beheerder."
        ),
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
        ("not_allowed", "same"): N_(
            "U deed dit voorstel zelf. Een andere medewerker moet het goedkeuren."
        ),
        ("not_allowed", "proxies"): N_("In deze ronde kan niemand voor een ander stemmen."),
        ("not_allowed", "screen"): N_("In deze ronde is er geen stemscherm bij de balie."),
        ("not_allowed", "cap"): N_("Deze bewoner stemt al voor genoeg anderen. Meer mag niet."),
        ("not_allowed", "organisations"): N_("Organisaties stemmen niet mee in deze ronde."),
        ("invalid_register", "wrong"): N_(
            "%(rows)s regels zijn fout. Er is niets ingelezen. De eerste is regel %(line)s."
        ),
        ("invalid_register", "other_file"): N_(
            "Dit is een ander bestand dan u net bekeek. Bekijk het eerst."
        ),
        ("invalid_register", "nobody"): N_(
            "Geen enkele regel geeft een stemrecht. Is dit het register van deze ronde?"
        ),
        ("invalid_register", "encoding"): N_(
            "Dit bestand is leeg of geen leesbare tekst. Bewaar het als CSV in UTF-8."
        ),
        ("invalid_register", "columns"): N_(
            "Er ontbreekt een kolom, of een kolom staat er twee keer. Postcode en huisnummer zijn "
            "nodig."
        ),
        ("invalid_register", "schema"): N_(
            "Het bestand over de kolommen klopt niet. Kijk in de handleiding hoe het eruitziet."
        ),
        ("register_refused", "phase"): N_(
            "Het register ligt vast sinds de stemming openging. Stel een wijziging voor."
        ),
        ("register_refused", "codes"): N_(
            "Er zijn al stemcodes. Een nieuw register zou hun stemrechten weggooien."
        ),
        ("register_refused", "same"): N_(
            "U stelde deze wijziging zelf voor. Vraag een andere medewerker om te besluiten."
        ),
        ("register_refused", "decided"): N_("Over deze wijziging is al besloten."),
        ("register_refused", "used"): N_(
            "Dit stemrecht is al gebruikt of ingetrokken. Er kan niets meer aan veranderen."
        ),
        ("register_refused", "double"): N_("Deze bewoner staat al in het register."),
        ("register_refused", "resident"): N_("Deze bewoner staat niet in het register."),
        ("register_refused", "area"): N_(
            "Dit adres ligt niet in het gebied van de ronde. Is de bewoner weg? Kies “Verhuisd”."
        ),
        ("register_refused", "age"): N_(
            "Deze bewoner is op de peildatum nog geen %(limit)s jaar. Dat geldt ook voor wie "
            "tijdens de ronde jarig is."
        ),
        ("register_refused", "too_old"): N_(
            "Deze bewoner is op de peildatum ouder dan %(limit)s jaar. Dat geldt ook voor wie "
            "tijdens de ronde jarig is."
        ),
        ("register_refused", "row"): N_(
            "Er ontbreekt iets of het klopt niet: postcode, huisnummer of geboortejaar."
        ),
        ("register_refused", "none"): N_(
            "Deze ronde heeft geen kiezersregister. Geef iemand een stemcode."
        ),
        ("register_refused", "not_frozen"): N_(
            "Het register ligt nog niet vast. Lees een beter bestand in."
        ),
        ("register_refused", "over"): N_(
            "De stemming is voorbij. Het register verandert niet meer."
        ),
        ("register_refused", "seal"): N_(
            "Er staan stemrechten in de database die dit register niet maakte. De stemming gaat zo "
            "niet open."
        ),
        ("paper_refused", "kind"): N_("Deze stapel wordt op een andere manier geteld."),
        ("paper_refused", "lines"): N_(
            "Vul op elke regel een getal in. Vul 0 in als er geen zijn."
        ),
        ("paper_refused", "totals"): N_(
            "Dit kan niet kloppen: te veel of te weinig kruisjes voor zo veel vellen. Tel opnieuw."
        ),
        ("paper_refused", "totals_format"): N_(
            "Op dit biljet staan niet alleen kruisjes. Voer elk vel in."
        ),
        ("paper_refused", "totals_method"): N_(
            "De telregel van deze ronde heeft elk biljet apart nodig. Voer elk vel in."
        ),
        ("paper_refused", "totals_trustees"): N_(
            "Sleutelhouders tellen deze ronde, en zij tellen alleen biljetten. Voer elk vel in."
        ),
        ("paper_refused", "totals_many"): N_(
            "Hoogstens %(limit)s vellen per ronde mogen als totaal. Voer de andere per vel in."
        ),
    }
)
"""The keys are those of ``web.error_variants``."""
