"""Words of the desk: steps, roles, kinds of codes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.texts import N_

ACTIVITIES: Mapping[str, str] = MappingProxyType(
    {
        "meeting": N_("Bijeenkomst"),
        "school": N_("Op school"),
        "street": N_("Langs de deur of op straat"),
        "newsletter": N_("Nieuwsbrief"),
        "press": N_("Krant, radio of televisie"),
        "online": N_("Op internet"),
        "commission": N_("Overleg van de commissie"),
        "other": N_("Iets anders"),
    }
)
STORY_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "name": N_("alleen de naam"),
        "photo": N_("alleen de foto"),
        "all": N_("het hele verhaal"),
    }
)
STEPS: Mapping[str, str] = MappingProxyType(
    {
        "open_ideas": N_("Ideeën openen"),
        "start_review": N_("Ideeën sluiten en beoordelen"),
        "open_voting": N_("Stemming openen"),
        "close_voting": N_("Stemming sluiten"),
        "open_box": N_("Stembus openen"),
        "tally": N_("Stemmen tellen"),
        "explain": N_("Uitslag uitleggen"),
        "adopt": N_("Uitslag vaststellen"),
        "publish": N_("Uitslag publiceren"),
        "cancel": N_("Ronde stoppen"),
    }
)
EFFECTS: Mapping[str, str] = MappingProxyType(
    {
        "open_ideas": N_("Bewoners kunnen ideeën insturen. De spelregels liggen vanaf nu vast."),
        "start_review": N_("Er kunnen geen ideeën meer bij. De commissie beoordeelt alle ideeën."),
        "open_voting": N_(
            "Bewoners kunnen stemmen. Het stembiljet ligt vanaf nu vast. "
            "Niemand kan stemmen lezen tot de stembus open is."
        ),
        "close_voting": N_(
            "Niemand kan nog stemmen. De sleutels die een code aan een stem kunnen koppelen, "
            "worden gewist. Dit is niet terug te draaien."
        ),
        "open_box": N_("Alle stemmen worden geopend. Alleen de laatste stem van een code telt."),
        "tally": N_("De stemmen worden twee keer geteld, met de regel die vastligt."),
        "explain": N_("Bij elk idee komt te staan waarom het wel of geen geld krijgt."),
        "adopt": N_(
            "Iemand anders dan wie telde, kijkt de uitslag na en zegt dat hij klopt. "
            "Pas daarna kan hij naar buiten."
        ),
        "publish": N_("Iedereen kan de uitslag zien en zelf natellen."),
        "cancel": N_("De ronde stopt. Iedereen leest de reden. Dit is niet terug te draaien."),
    }
)
DONE: Mapping[str, str] = MappingProxyType(
    {
        "open_ideas": N_("Bewoners kunnen nu ideeën insturen."),
        "start_review": N_("De commissie kan nu beoordelen."),
        "open_voting": N_("De stemming is open."),
        "close_voting": N_("De stemming is gesloten."),
        "cancel": N_("De ronde is gestopt."),
        "open_box": N_("De stembus is open. U kunt nu tellen."),
        "tally": N_("De stemmen zijn geteld. Leg nu de uitslag uit."),
        "explain": N_("Bij elk idee staat nu een uitleg. Laat een collega de uitslag vaststellen."),
        "adopt": N_("De uitslag is vastgesteld. Hij kan nu naar buiten."),
        "publish": N_("De uitslag is gepubliceerd."),
    }
)
DESK_PHASES: Mapping[str, str] = MappingProxyType(
    {
        "closed": N_("Stembus dicht"),
        "opened": N_("Stembus open"),
        "counted": N_("Geteld"),
        "explained": N_("Uitgelegd"),
    }
)
"""Counting day in more detail than residents see."""

CODE_STATES: Mapping[str, str] = MappingProxyType(
    {
        "created": N_("Nog niet uitgegeven codes"),
        "exported": N_("Geldige codes"),
        "sent": N_("Verstuurde codes"),
        "used": N_("Gebruikte codes"),
        "returned": N_("Teruggekomen codes"),
        "void": N_("Ingetrokken codes"),
        "replaced": N_("Vervangen codes"),
        "test": N_("Testcodes"),
    }
)
BATCH_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "desk": N_("Voor de balie"),
        "school": N_("Voor een schoolklas"),
        "test": N_("Om te testen: telt nooit mee"),
        "letter": N_("Voor brieven"),
    }
)
BATCH_STATES: Mapping[str, str] = MappingProxyType(
    {
        "created": N_("niet afgemaakt"),
        "exported": N_("gemaakt"),
        "sent": N_("verstuurd"),
        "returned": N_("teruggekomen"),
        "void": N_("ingetrokken"),
    }
)
BATCH_MOVES: Mapping[str, str] = MappingProxyType(
    {
        "sent": N_("De serie is verstuurd"),
        "returned": N_("De serie kwam terug: de codes werken dan niet meer"),
        "void": N_("De serie intrekken: dit kan niet terug"),
    }
)
CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "none": N_("Nog niet gestemd"),
        "digital": N_("Stemt op de website"),
        "paper": N_("Stemt op papier"),
        "void": N_("Ingetrokken"),
    }
)
RIGHT_CHANGES: Mapping[str, str] = MappingProxyType(
    {
        "void": N_("Het stemrecht intrekken"),
        "replace": N_("Een nieuwe code geven, al is er gestemd"),
        "spoilt": N_("Het papieren stembiljet kwam leeg terug: opnieuw laten kiezen"),
    }
)
DECISIONS: Mapping[str, str] = MappingProxyType(
    {
        "pass": N_("Door naar het stembiljet"),
        "adapt": N_("Moet eerst anders"),
        "reject": N_("Gaat niet door"),
        "refer": N_("Doorgeven aan iemand anders"),
    }
)
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "single": N_("Eén idee kiezen"),
        "approval": N_("Meer ideeën kiezen"),
        "basket": N_("Ideeën kiezen tot het geld op is"),
    }
)
ACCOUNT_CHANGES: Mapping[str, str] = MappingProxyType(
    {
        "password": N_("wachtwoord"),
        "second_factor": N_("tweede stap"),
        "recovery_codes": N_("noodcodes"),
        "key_added": N_("sleutel erbij"),
        "key_removed": N_("sleutel weg"),
        "active": N_("toegang"),
        "sessions": N_("overal uitgelogd"),
    }
)
CONSENT_WAYS: Mapping[str, str] = MappingProxyType(
    {
        "in_person": N_("in een gesprek"),
        "phone": N_("aan de telefoon"),
        "letter": N_("met een brief"),
        "other": N_("op een andere manier"),
    }
)
"""How a submitter said something to an official."""
LINKS: Mapping[str, str] = MappingProxyType(
    {
        "exclusive": N_("niet allebei"),
        "needs": N_("het eerste alleen met het tweede"),
    }
)
LINK_ENDS: Mapping[str, str] = MappingProxyType(
    {
        "official": N_("iemand haalde het weg"),
        "rejected": N_("een van de twee gaat niet door"),
        "merged": N_("een van de twee is samengevoegd"),
        "withdrawn": N_("een van de twee is teruggetrokken"),
        "split": N_("een van de twee is gesplitst"),
    }
)
"""Why a link between ideas is gone."""
LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "subject": N_("Kop van de brief"),
        "greeting": N_("Aanhef"),
        "opening": N_("Begin"),
        "code_title": N_("Kop bij de stemcode"),
        "code_note": N_("Tekst bij de stemcode"),
        "online_title": N_("Kop bij stemmen op internet"),
        "online": N_("Stappen op internet, één per regel"),
        "secrecy": N_("Over het stemgeheim"),
        "closing": N_("Slot"),
        "counter_title": N_("Kop bij stempunten"),
        "counter": N_("Tekst bij stempunten"),
        "help_title": N_("Kop bij hulp"),
        "help": N_("Tekst bij hulp"),
        "summary": N_("Korte tekst"),
        "persona_1": N_("Extra alinea 1"),
        "persona_2": N_("Extra alinea 2"),
        "persona_3": N_("Extra alinea 3"),
        "persona_4": N_("Extra alinea 4"),
        "persona_5": N_("Extra alinea 5"),
    }
)
"""What each text of a letter is called."""
READERS: Mapping[str, str] = MappingProxyType(
    {
        "first": N_("de eerste lezer"),
        "second": N_("de tweede lezer"),
        "neither": N_("geen van beide"),
    }
)
"""Whom a third person agrees with."""
ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "upheld": N_("toegekend"),
        "dismissed": N_("afgewezen"),
        "shown": N_("getoond"),
        "hidden": N_("verborgen"),
        "confirmed": N_("bevestigd"),
        "refused": N_("geweigerd"),
    }
)
"""What is decided about an appeal or a comment."""
FATES: Mapping[str, str] = MappingProxyType(
    {
        "returns": N_("Terug naar de gemeente"),
        "saved": N_("Gespaard voor het gebied"),
    }
)
"""What becomes of money that is left."""
CHARTER_ANSWERS: Mapping[str, str] = MappingProxyType(
    {"yes": N_("Ja"), "partly": N_("Deels"), "no": N_("Nee")}
)
"""What officials answer about a feature of a good round."""
