"""The seven pages on which a round is written: what each asks, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.desk.draft_entries_more import BALLOT, METHOD, TEXTS, WHO
from web.forms.round_draft import Entry
from web.texts import N_

_PLAN = (
    Entry("name", "both", N_("Naam van de ronde")),
    Entry(
        "slug",
        "text",
        N_("Naam in het webadres"),
        N_("Kleine letters, cijfers en streepjes, zoals mijn-wijk-2027."),
    ),
    Entry("place", "text", N_("Plaats")),
    Entry("summary", "longboth", N_("De ronde in twee zinnen")),
    Entry("ordinance", "both", N_("Verordening waar de ronde op steunt")),
    Entry("languages", "names", N_("Talen van de website"), options="languages"),
    Entry("plan.goal", "longboth", N_("Participatieplan: wat is het doel?")),
    Entry(
        "plan.influence",
        "longboth",
        N_("Hoeveel ruimte is er voor invloed?"),
        N_("Wat kan nog anders, en wat staat vast?"),
    ),
    Entry("plan.substance", "longboth", N_("Inhoudelijk kader: waar moet het over gaan?")),
    Entry("plan.finance", "longboth", N_("Financieel kader: hoeveel geld, en wat niet?")),
    Entry("plan.procedure", "longboth", N_("Procedureel kader: welke regels gelden?")),
    Entry("plan.decided_by", "both", N_("Wie stelde het plan vast?")),
    Entry("plan.decided_on", "day", N_("Op welke dag?")),
)
_TALK = (
    Entry(
        "agreements",
        "lines",
        N_("Wat zeggen organisaties van bewoners?"),
        N_(
            "Eén op een regel: naam | niveau 1, 2 of 3 | akkoord, afwezig, apart of schriftelijk "
            "| dag. Mag leeg."
        ),
        ("body", "level#", "stand", "on@"),
    ),
    Entry(
        "consultation.opens",
        "day",
        N_("Conceptregels ter inzage: eerste dag"),
        N_("Dan kan iedereen reageren, tot de ideeën open gaan. Mag leeg."),
    ),
    Entry("consultation.closes", "day", N_("Conceptregels ter inzage: laatste dag")),
)
_MONEY = (
    Entry("fund.source", "choice", N_("Waar komt het geld vandaan?"), options="sources"),
    Entry("fund.budget_cents", "money", N_("Hoeveel geld is er, met wat gespaard is?")),
    Entry(
        "fund.saved",
        "shares",
        N_("Gespaard geld dat in dit budget zit"),
        N_("Elk bedrag kan één keer. Op de laatste dag moet de ronde begonnen zijn."),
        options="saved",
    ),
    Entry(
        "fund.note",
        "longboth",
        N_("Wat moeten bewoners over het geld weten?"),
        N_("Bijvoorbeeld wat er gebeurt met geld dat overblijft. Mag leeg."),
    ),
    Entry(
        "pots.parts",
        "lines",
        N_("Geld per onderwerp of per gebied"),
        N_(
            "Eén pot op een regel: bedrag | onderwerp | gebied. Vul één van de twee in, en in "
            "alle regels hetzelfde. Mag leeg."
        ),
        ("amount_cents€", "theme", "area"),
    ),
    Entry("pots.leftover", "switch", N_("Wat in potten overblijft, gaat naar volgende ideeën")),
    Entry(
        "areas.tree",
        "lines",
        N_("Gebieden, van groot naar klein"),
        N_(
            "Eén gebied op een regel: code | soort | naam | ligt in | inwoners. "
            "Soort is gemeente, stadsdeel, wijk of buurt."
        ),
        ("id", "kind", "name", "parent", "residents#"),
    ),
    Entry(
        "areas.addresses",
        "lines",
        N_("Adressen per gebied"),
        N_(
            "Eén regel per postcode: code van het gebied | postcode | van | tot | odd of even. "
            "Mag leeg."
        ),
        ("area", "postcode", "first#", "last#", "parity"),
    ),
)
_CALENDAR = (
    Entry("calendar.announced", "day", N_("Bekendmaking")),
    Entry("calendar.ideas.opens", "day", N_("Ideeën insturen: eerste dag")),
    Entry("calendar.ideas.closes", "day", N_("Ideeën insturen: laatste dag")),
    Entry("calendar.review.opens", "day", N_("De toets: eerste dag")),
    Entry("calendar.review.closes", "day", N_("De toets: laatste dag")),
    Entry("calendar.appeal.opens", "day", N_("Opnieuw laten kijken: eerste dag (mag leeg)")),
    Entry("calendar.appeal.closes", "day", N_("Opnieuw laten kijken: laatste dag (mag leeg)")),
    Entry("calendar.voting.opens", "day", N_("Stemmen: eerste dag")),
    Entry("calendar.voting.closes", "day", N_("Stemmen: laatste dag")),
    Entry("calendar.counting.opens", "day", N_("Tellen: eerste dag")),
    Entry("calendar.counting.closes", "day", N_("Tellen: laatste dag")),
    Entry("calendar.result", "day", N_("Dag van de uitslag")),
)
PARTS: Mapping[str, tuple[str, tuple[Entry, ...]]] = MappingProxyType(
    {
        "plan": (N_("Participatieplan"), (*_PLAN, *_TALK)),
        "geld": (N_("Gebied en geld"), _MONEY),
        "kalender": (N_("Kalender"), _CALENDAR),
        "meedoen": (N_("Wie doet mee"), WHO),
        "stembiljet": (N_("Stembiljet"), BALLOT),
        "telmethode": (N_("Telmethode"), METHOD),
        "teksten": (N_("Teksten en contact"), TEXTS),
    }
)
"""Every page by the name in its address: its title and its entries."""
CHECK = "nakijken"


def part_of(path: str) -> str:
    """Return the page on which a path of a round file is filled in, or the last one."""
    for part, (_, entries) in PARTS.items():
        if any(_meets(entry.path, path) for entry in entries):
            return part
    return CHECK


def entry_of(part: str, path: str) -> Entry | None:
    """Return the entry on a page that a path is about."""
    entries = PARTS[part][1] if part in PARTS else ()
    exact = (entry for entry in entries if f"{path}.".startswith(f"{entry.path}."))
    return next(exact, None) or next((one for one in entries if _meets(one.path, path)), None)


def _meets(entry: str, path: str) -> bool:
    return f"{path}.".startswith(f"{entry}.") or f"{entry}.".startswith(f"{path}.")
