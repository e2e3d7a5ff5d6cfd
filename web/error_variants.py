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
        ("invalid_ticket", "spent"): N_(
            "Dit stembiljet is al gebruikt. Laat opnieuw zien dat u mag stemmen."
        ),
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
        ("unknown_code", "seal"): N_(
            "Dit stemrecht is niet door het kiesregister gemaakt. Waarschuw het participatieteam."
        ),
        ("unknown_code", "resident"): N_("Deze bewoner staat niet in het kiesregister."),
        ("code_used", "unused"): N_(
            "Met dit stemrecht is nog niet gestemd. Een tweede medewerker is hier niet voor nodig."
        ),
        ("code_used", "given"): N_("Deze organisatie heeft al een code gekregen."),
        ("not_allowed", "same"): N_(
            "U deed dit voorstel zelf. Een andere medewerker moet het goedkeuren."
        ),
        ("not_allowed", "proxies"): N_("In deze ronde kan niemand voor een ander stemmen."),
        ("not_allowed", "cap"): N_("Deze bewoner stemt al voor genoeg anderen. Meer mag niet."),
        ("not_allowed", "organisations"): N_("Organisaties stemmen niet mee in deze ronde."),
        ("not_ready", "name"): N_("Vul minstens drie letters van de naam in."),
        ("not_ready", "address"): N_("Vul een postcode en huisnummer in, zoals 1234 AB 12."),
        ("not_ready", "change"): N_("Kies eerst wat er moet gebeuren."),
        ("not_ready", "unknown"): N_("Dit voorstel is er niet."),
        ("not_ready", "decided"): N_("Over dit voorstel is al besloten."),
        ("not_ready", "same"): N_("Dit is dezelfde bewoner."),
        ("not_ready", "given"): N_("Voor deze bewoner stemt al iemand anders."),
        ("code_used", "paper"): N_(
            "Met deze brief is op papier gestemd. Klopt dat volgens u niet? Bel ons dan."
        ),
        ("code_void", "replaced"): N_(
            "U heeft een nieuwe code gekregen. Gebruik de code uit uw nieuwste brief."
        ),
        ("not_eligible", "register"): N_(
            "We vinden u niet op de lijst van mensen die mogen stemmen. Klopt dat volgens u niet? "
            "Bel ons dan."
        ),
        ("invalid_ticket", "link"): N_(
            "Deze link is te oud. Een link werkt een half uur. Vraag hieronder een nieuwe link."
        ),
        ("check_refused", "link"): N_(
            "Deze link werkt niet meer. Vraag hieronder een nieuwe link."
        ),
        ("not_ready", "doors"): N_(
            "Eén manier om te stemmen kijkt alleen naar het adres. Die kan niet samen met een "
            "andere manier: dan kan iemand twee keer stemmen."
        ),
        ("not_ready", "register"): N_(
            "Een manier om te stemmen zoekt mensen op in het register. Zet eerst het register in "
            "deze ronde."
        ),
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
        ("register_refused", "row"): N_(
            "Er ontbreekt iets of het klopt niet: postcode, huisnummer of geboortejaar."
        ),
        ("register_refused", "search"): N_(
            "Zoek op een postcode met huisnummer, of op minstens drie letters van een naam."
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
        ("mistyped_code", "length"): N_(
            "U typte %(given)s tekens. Het moeten er %(wanted)s zijn. Mist er een, of is er een "
            "te veel?"
        ),
        ("mistyped_code", "symbol"): N_(
            "Teken %(position)s komt nooit voor in een code. Kijk daar nog eens goed."
        ),
        ("mistyped_code", "check"): N_(
            "Er klopt een teken niet, of er zijn twee tekens verwisseld. Vergelijk de code teken "
            "voor teken."
        ),
        ("code_void", "returned"): N_(
            "De brief met deze code kwam terug bij ons. De code werkt niet meer. Bel ons of kom "
            "langs voor een nieuwe code."
        ),
        ("code_void", "created"): N_(
            "Deze code is nog niet uitgegeven. Bel ons of kom langs voor een nieuwe code."
        ),
        ("code_void", "school"): N_(
            "Deze code is van een schoolklas. Kies “Met de code van school”."
        ),
        ("code_void", "not_school"): N_(
            "Deze code is niet van een schoolklas. Kies een andere manier om te stemmen."
        ),
        ("code_void", "test"): N_("Dit is een testcode. Een testcode telt nooit mee."),
        ("code_used", "no_change"): N_(
            "Met dit stemrecht is al gestemd. Deze ronde staat niet toe dat dit nog verandert. "
            "Daarom is er geen nieuwe code."
        ),
        ("not_ready", "kind"): N_("Kies voor wie de codes zijn."),
        ("not_ready", "area"): N_("Deze buurt hoort niet bij deze ronde. Kies een andere buurt."),
        ("not_ready", "school"): N_(
            "Deze ronde kent geen stemmen met de klas. Zet dat eerst in de spelregels."
        ),
        ("not_ready", "nobody"): N_(
            "Niemand in het kiesregister heeft nog een code nodig. Er zijn geen codes gemaakt."
        ),
        ("not_ready", "unfinished"): N_(
            "Serie %(batch)s is nog niet af. Wacht tot die klaar is, of trek die in."
        ),
        ("not_ready", "batch"): N_("Deze serie codes bestaat niet. Kijk in de lijst met series."),
        ("not_ready", "move"): N_("Dit kan niet met deze serie. Kijk eerst wat er nu staat."),
        ("not_ready", "withdrawn"): N_("Iemand trok deze serie in terwijl die werd gemaakt."),
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
