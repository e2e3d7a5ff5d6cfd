"""More exact sentences than an error code alone gives.

The second key is ``details["problem"]`` of an error, or else ``details["wanted"]`` or
``details["state"]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.error_variants_accounts import ACCOUNTS
from web.error_variants_conduct import CONDUCT
from web.error_variants_mail import MAIL
from web.error_variants_money import MONEY
from web.error_variants_review import REVIEW
from web.error_variants_talk import TALK
from web.texts import N_

VARIANTS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        **ACCOUNTS,
        **CONDUCT,
        **TALK,
        **MAIL,
        **REVIEW,
        **MONEY,
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
        ("not_ready", "not_rehearsed"): N_(
            "Doe eerst de proefstemming met deze spelregels en ideeën. Daarna kan de stemming open."
        ),
        ("not_ready", "drafts"): N_("Er zijn te veel concepten. Gooi er eerst een weg."),
        ("not_ready", "tryout"): N_(
            "Dit is te veel voor één keer. Kies minder stemmen, ideeën of telmethoden."
        ),
        ("not_ready", "tryout_rule"): N_("Kies minstens één telmethode."),
        ("not_ready", "number"): N_("Zo veel codes kan niet in één keer. Kies een ander aantal."),
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
            "Dit stemrecht is niet door het kiezersregister gemaakt. "
            "Waarschuw het participatieteam."
        ),
        ("unknown_code", "resident"): N_("Deze bewoner staat niet in het kiezersregister."),
        ("code_used", "unused"): N_(
            "Met dit stemrecht is nog niet gestemd. Een tweede medewerker is hier niet voor nodig."
        ),
        ("code_used", "given"): N_("Deze organisatie heeft al een code gekregen."),
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
        ("not_eligible", "address"): N_(
            "Dit adres herkennen we niet. Vul uw postcode in als 1234AB, en uw huisnummer."
        ),
        ("not_eligible", "area"): N_(
            "Dit adres ligt niet in het gebied van deze ronde. Klopt dat niet? Bel ons dan."
        ),
        ("not_eligible", "age"): N_(
            "U bent nog te jong om te stemmen in deze ronde. U mag wel een idee insturen."
        ),
        ("not_eligible", "too_old"): N_(
            "Deze ronde is voor mensen tot en met %(limit)s jaar. Uw leeftijd past daar niet bij, "
            "of we zien die niet."
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
            "U typte er %(given)s. Het moeten er %(wanted)s zijn. Mist er een, of is er een te "
            "veel?"
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
            "Niemand in het kiezersregister heeft nog een code nodig. Er zijn geen codes gemaakt."
        ),
        ("not_ready", "translation_language"): N_("Vertalen in deze taal kan hier niet."),
        ("not_ready", "translation_origin"): N_("Kies wie dit vertaalde."),
        ("not_ready", "report_long"): N_("Een tekst is te lang. Maak hem korter."),
        ("not_ready", "report_idea"): N_("Een van de ideeën hoort niet bij deze ronde."),
        ("not_ready", "archived"): N_("Deze ronde is afgesloten. Er verandert niets meer."),
        ("not_ready", "thanked"): N_("Iedereen is al bedankt."),
        ("not_ready", "activities_many"): N_("Er staan al heel veel activiteiten in deze ronde."),
        ("not_ready", "beside"): N_(
            "Deze ronde heeft een kiezersregister. Een losse code is dan een tweede stemrecht. "
            "Geef voor een klas de persoonsnummers op."
        ),
        ("not_ready", "list"): N_(
            "Een lijst met persoonsnummers kan alleen in een ronde met een kiezersregister. Laat "
            "het aantal dan leeg."
        ),
        ("not_ready", "coded"): N_(
            "Regel %(lines)s: deze persoon heeft al een code, of heeft al gestemd. Er zijn geen "
            "codes gemaakt."
        ),
        ("not_ready", "nobody_listed"): N_("Er staat niemand op de lijst."),
        ("not_ready", "strangers"): N_(
            "Regel %(lines)s: deze persoon heeft geen stemrecht in het kiezersregister. Er zijn "
            "geen codes gemaakt."
        ),
        ("not_ready", "twice"): N_(
            "Regel %(lines)s: deze persoon staat twee keer op de lijst. Er zijn geen codes gemaakt."
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
    }
)
