"""Every cookie that the resident's site can set.  A test walks the site and compares."""

from __future__ import annotations

from dataclasses import dataclass

from web.texts import LANGUAGE_COOKIE, N_


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie, when it comes, what it is for, and when it goes."""

    name: str
    when: str
    purpose: str
    until: str


_CLOSED = N_("Tot u de browser sluit.")
_VOTED = N_("Tot u heeft gestemd, of de browser sluit.")
COOKIES = (
    Cookie(
        LANGUAGE_COOKIE,
        N_("Als u een taal kiest."),
        N_("Zo blijft de website in uw taal."),
        N_("Een jaar."),
    ),
    Cookie(
        "pb_resident",
        N_("Als u een formulier opent."),
        N_("Zo kan een andere website geen formulier namens u versturen."),
        _CLOSED,
    ),
    Cookie(
        "pb_idee",
        N_("Als u een idee instuurt."),
        N_("Zo ziet u na het insturen uw eigen idee, en kunt u het terugtrekken."),
        _CLOSED,
    ),
    Cookie(
        "pb_apparaat",
        N_("Als u een idee steunt."),
        N_("Zo telt elk apparaat één keer. Er staat niet in wie u bent."),
        N_("Een half jaar."),
    ),
    Cookie(
        "pb_concept",
        N_("Als u aan een idee begint."),
        N_("Zo weten we welk idee u aan het schrijven bent. Uw tekst staat er niet in."),
        _CLOSED,
    ),
    Cookie(
        "pb_controle",
        N_("Als u laat zien dat u mag stemmen."),
        N_("Zo weten we bij welke vraag u was."),
        _VOTED,
    ),
    Cookie(
        "pb_stem",
        N_("Als u stemt."),
        N_("Hierin reist uw keuze mee, versleuteld. Wij bewaren die niet."),
        _VOTED,
    ),
    Cookie(
        "pb_open",
        N_("Als u stemt."),
        N_("Zo ziet u op elke pagina dat uw stem nog niet is verstuurd."),
        _VOTED,
    ),
    Cookie(
        "pb_bewijs",
        N_("Als u heeft gestemd."),
        N_("Zo ziet u uw ontvangstbewijs nog eens. Uw keuze staat er niet in."),
        _CLOSED,
    ),
    Cookie(
        "pb_balie",
        N_("Alleen op het scherm aan de balie."),
        N_("Zo weet de website dat er na u iemand anders komt."),
        N_("Een dag."),
    ),
)
