"""The sentence and the status for every refusal of the engine.

``SENTENCES`` has one line per error code; ``error_variants`` is more exact where the details of an
error say more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from web.texts import N_


@dataclass(frozen=True, slots=True)
class Told:
    """A status and a sentence; ``%(name)s`` stands for a detail of the error."""

    status: int
    sentence: str


SENTENCES: Mapping[str, Told] = MappingProxyType(
    {
        "engine_error": Told(400, N_("Dit lukt niet. Probeer het opnieuw of bel ons.")),
        "invalid_settings": Told(
            503, N_("De website is niet goed ingesteld. De beheerder moet dit oplossen.")
        ),
        "invalid_round": Told(
            422, N_("De spelregels in dit bestand kloppen niet. Verbeter het bestand.")
        ),
        "unknown_round": Told(
            404, N_("Deze ronde bestaat niet. Kijk op de eerste pagina welke rondes er zijn.")
        ),
        "unknown_idea": Told(
            404, N_("Dit idee bestaat niet. Kijk in de lijst met ideeën van deze ronde.")
        ),
        "unknown_download": Told(
            404, N_("Dit bestand is er niet. Bestanden staan hier na de uitslag.")
        ),
        "wrong_phase": Told(
            409, N_("Dit kan nu niet. Kijk op de pagina van de ronde wanneer dit wel kan.")
        ),
        "too_late": Told(409, N_("De stembus is dicht. Uw stem is niet meegenomen.")),
        "not_ready": Told(409, N_("Dit kan nog niet. Er moet eerst iets anders gebeuren.")),
        "rules_frozen": Told(
            409, N_("De spelregels liggen vast. Wijzigen kan alleen met een uitgelegde reden.")
        ),
        "invalid_idea": Told(
            422, N_("Uw idee is nog niet compleet. Kijk bij de teksten met “Fout”.")
        ),
        "wrong_idea_state": Told(
            409, N_("Dit kan niet meer met dit idee. Er is al een besluit over genomen.")
        ),
        "invalid_review": Told(
            422, N_("Het oordeel is nog niet compleet. Vul de ontbrekende delen in.")
        ),
        "concurrent_edit": Told(
            409,
            N_("Iemand anders heeft dit net gewijzigd. Bekijk eerst wat er nu staat."),
        ),
        "invalid_ballot": Told(422, N_("Uw keuze klopt nog niet. Kijk uw keuze nog eens na.")),
        "mistyped_code": Told(
            422, N_("Er zit een typefout in de code. Kijk nog eens goed en typ de code opnieuw.")
        ),
        "unknown_code": Told(
            422,
            N_(
                "Deze code hoort niet bij deze ronde. Kijk nog eens in uw brief. "
                "Lukt het niet? Bel ons of kom langs."
            ),
        ),
        "code_used": Told(
            409, N_("Met deze code is al gestemd. Klopt dat volgens u niet? Bel ons dan.")
        ),
        "code_void": Told(
            409, N_("Deze code geldt niet meer. Heeft u een nieuwe brief? Gebruik dan die code.")
        ),
        "too_busy": Told(
            503,
            N_(
                "Er vullen nu veel mensen een code in. Wacht %(seconds)s seconden en probeer het "
                "opnieuw. Uw code blijft geldig."
            ),
        ),
        "not_eligible": Told(
            403, N_("U kunt niet stemmen in deze ronde. Klopt dat volgens u niet? Bel ons dan.")
        ),
        "invalid_register": Told(
            422,
            N_("Dit bestand is niet als kiezersregister te lezen. Er is niets ingelezen."),
        ),
        "register_refused": Told(
            409, N_("Dit kan niet met dit kiezersregister. Er is niets veranderd.")
        ),
        "check_refused": Told(
            403, N_("Stemmen kan niet op deze manier. Kies een andere manier of bel ons.")
        ),
        "secret_missing": Told(
            503, N_("Stemmen kan nu niet op deze manier. Kies een andere manier of bel ons.")
        ),
        "outside_failed": Told(
            503, N_("De inlogdienst geeft geen antwoord. Probeer het later of kies iets anders.")
        ),
        "invalid_ticket": Told(
            403, N_("De tijd om te stemmen is voorbij. Vul uw code opnieuw in.")
        ),
        "already_voted": Told(409, N_("U heeft al gestemd. Wijzigen kan niet in deze ronde.")),
        "seal_broken": Told(
            409, N_("Een verzegelde stem gaat niet open. De telling stopt. Bel de beheerder.")
        ),
        "invalid_key": Told(
            422, N_("Dit sleutelbestand past niet. Kies het bestand dat bij deze ronde hoort.")
        ),
        "tally_refused": Told(
            409, N_("De stemmen zijn niet te tellen met deze regel. De telling is gestopt.")
        ),
        "invalid_election_file": Told(
            422, N_("Dit bestand met stemmen is niet te lezen. Controleer het bestand.")
        ),
        "recount_differs": Told(
            409, N_("Opnieuw tellen geeft een andere uitslag. Er is niets gepubliceerd.")
        ),
        "plugin_problem": Told(
            503, N_("Een onderdeel van de website werkt niet. Probeer het later of bel ons.")
        ),
        "invalid_plugin_settings": Told(
            422, N_("Een onderdeel is niet goed ingesteld. De beheerder moet dit oplossen.")
        ),
        "delivery_failed": Told(502, N_("Het bericht is niet verstuurd. We proberen het later.")),
        "invalid_instrument": Told(422, N_("Deze vragenlijst klopt niet. Controleer het bestand.")),
        "invalid_answers": Told(
            422, N_("Een antwoord past niet bij de vraag. Kies een van de antwoorden.")
        ),
        "not_allowed": Told(403, N_("U mag dit niet doen. Vraag het aan het participatieteam.")),
        "invalid_official": Told(
            422, N_("Dit account klopt niet. Controleer het e-mailadres en de rol.")
        ),
        "store_problem": Told(
            503, N_("De website is even te druk. Probeer het over een minuut opnieuw.")
        ),
        "box_incomplete": Told(
            503, N_("We zetten eerst stemmen terug. Stemmen kan even niet. Probeer het later.")
        ),
        "log_refused": Told(404, N_("Dit staat niet in het logboek van de stembus, of nog niet.")),
        "letter_refused": Told(
            422, N_("De brief kan zo niet gemaakt worden. Kijk de tekst van de brief na.")
        ),
        "paper_refused": Told(
            409, N_("Dit kan zo niet met deze papieren stemmen. Kijk bij de stapel hoe het staat.")
        ),
        "decision_refused": Told(422, N_("Dit besluit kan zo niet. Vul in wat ontbreekt.")),
        "correction_refused": Told(
            422, N_("Schrijf waarom de uitslag verandert, in minstens 10 tekens.")
        ),
        "folder_refused": Told(
            503, N_("Deze map is niet van dit programma. Er is niets veranderd.")
        ),
    }
)

HTTP_SENTENCES: Mapping[int, str] = MappingProxyType(
    {
        400: N_("We konden dit formulier niet lezen. Ga terug en probeer het opnieuw."),
        403: N_("Deze pagina is niet voor u. Ga terug naar de eerste pagina."),
        404: N_("Deze pagina bestaat niet. Kijk of u het adres goed heeft getypt."),
        405: N_("Dat kan niet op deze pagina. Ga terug en gebruik de knoppen."),
        413: N_("Dit is te veel tekst in één keer. Maak uw tekst korter."),
        415: N_("Dit soort bestand kunnen we niet lezen."),
        429: N_("U probeert het te vaak. Wacht een paar minuten en probeer het opnieuw."),
        500: N_("Er ging iets mis bij ons. Probeer het later opnieuw of bel ons."),
        503: N_("De website is even te druk. Probeer het over een minuut opnieuw."),
    }
)
"""What a visitor reads where the web itself refuses; other statuses borrow 400 or 500."""

EXPIRED_FORM = N_("Deze pagina stond te lang open. Ga terug, ververs de pagina en probeer opnieuw.")

FIELD_MISTAKES: Mapping[str, str] = MappingProxyType(
    {
        "too_short": N_("Vul hier minstens %(limit)s tekens in."),
        "too_long": N_("Deze tekst is te lang. Gebruik hoogstens %(limit)s tekens."),
        "too_low": N_("Dit bedrag is te laag. Vul minstens %(limit_money)s in."),
        "too_high": N_("Dit bedrag is te hoog. Vul hoogstens %(limit_money)s in."),
        "too_many": N_("U stuurde al %(limit)s ideeën in. Meer kan niet in deze ronde."),
        "unknown": N_("Kies iets uit de lijst."),
        "spot_outside": N_("Deze plek ligt buiten het gebied. Kies een plek binnen de lijnen."),
        "spot_elsewhere": N_("De stip ligt niet in deze buurt. Kies de stip of de buurt opnieuw."),
        "spot_keyboard": N_("Met het toetsenbord kan dit niet. Kies de buurt in de lijst."),
        "address_unreadable": N_("Vul een postcode en een huisnummer in, zoals 7511 AB en 12."),
        "address_unknown": N_("Wij vinden dit adres niet. Kies de buurt in de lijst."),
        "address_outside": N_("Dit adres ligt buiten het gebied. Kies de buurt in de lijst."),
        "address_silent": N_("Zoeken op adres lukt nu niet. Kies de buurt in de lijst."),
        "address_often": N_("Hier is te vaak gezocht. Kies de buurt in de lijst."),
        "not_money": N_("Dit is geen bedrag. Vul een bedrag in zoals 1500 of 1.500,50."),
        "below_least": N_("Dit bedrag is lager dan het bedrag bij ‘Prijs vanaf’."),
        "not_an_address": N_("Dit is geen e-mailadres. Een e-mailadres heeft een @ in het midden."),
        "too_many_cells": N_(
            "Op een regel staan te veel delen. Tussen twee delen staat één streep."
        ),
        "not_a_day": N_("Dit is geen dag. Typ een dag zoals 30-11-2027."),
        "later": N_("Deze dag moet nog komen. Vul vandaag in, of een dag daarvoor."),
        "too_many_steps": N_("Dit zijn te veel stappen. Noem er hoogstens %(limit)s."),
        "empty": N_("U heeft hier nog niets ingevuld."),
        "too_many_names": N_("Dit zijn te veel namen. Noem hoogstens %(limit)s mensen."),
        "not_count": N_("Vul hier een aantal in, van 1 tot %(limit)s."),
        "photo_none": N_("Kies eerst een foto."),
        "photo_unknown": N_("Dit bestand is geen JPEG, PNG of WebP. Kies een andere foto."),
        "photo_moves": N_("Deze foto beweegt. Kies een foto die stilstaat."),
        "photo_broken": N_("Dit bestand is kapot. Kies een andere foto."),
        "photo_too_large": N_("Dit bestand is te groot. Kies een foto van hoogstens %(limit)s MB."),
        "photo_too_many_pixels": N_(
            "Deze foto is te groot. Kies er een van hoogstens %(limit)s miljoen beeldpunten."
        ),
        "photo_too_many": N_("Er zijn al %(limit)s foto’s. Haal er eerst een weg."),
        "no_draft": N_("Wij kennen deze code niet, of het concept is verlopen."),
        "unticked": N_("Zet hier een vinkje. Zonder vinkje kan dit niet."),
        "choose_answer": N_("Kies een antwoord bij deze tekst."),
        "no_consent": N_("Hier is geen toestemming voor. Laat dit leeg."),
        "consent_end": N_("Kies een dag vanaf vandaag, binnen %(limit)s jaar."),
        "choose": N_("Kies eerst wat er moet gebeuren."),
    }
)
"""A mistake in one field of a form."""
