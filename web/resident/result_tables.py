"""Rows of the tables on the pages of a result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from flask import Flask, url_for
from flask_babel import gettext, ngettext  # type: ignore[import-untyped]
from markupsafe import Markup

from pb_engine.services.outcome_of_idea import OutcomePage
from pb_engine.services.publication import RECORD_NAME
from pb_engine.services.results import ResultRow, ResultsPage, Shortage
from pb_engine.services.turnout import AreaTurnout, Turnout
from pb_engine.units import ProjectId
from web.texts import N_, money, tell

Cell = str | Markup
Macro = Callable[..., Markup]
Key = Callable[[ResultRow], tuple[int | str, ...]]
ORDERS: Mapping[str, tuple[str, Key]] = MappingProxyType(
    {
        "idee": (N_("Idee"), lambda row: (row.title.casefold(), row.number)),
        "uitslag": (N_("Geld?"), lambda _row: ()),
        "stemmers": (N_("Stemmers"), lambda row: (-row.voters, row.number)),
        "kosten": (N_("Kosten"), lambda row: (row.cost_cents, row.number)),
    }
)
"""The orders of the table, by how the address calls them; the page comes in that of the result."""
_FILES: Mapping[str, str] = MappingProxyType(
    {
        RECORD_NAME: N_("Regels, ideeën, alle stemmen en de uitslag. Hiermee telt u zelf na."),
        "bundle.zip": N_("Alles bij elkaar, ondertekend. Hiermee kijkt u ook de stembus na."),
        ".pb": N_("De stemmen, in een vorm die onderzoekers kennen."),
        ".zip": N_("Ideeën en stemmen als tabellen, voor een rekenblad."),
        ".csv": N_("Ideeën en stemmen als tabel, voor een rekenblad."),
    }
)
"""What a published file is, by its name or by how that ends."""


def teach(app: Flask) -> None:
    """Teach the templates of an application these tables."""
    words: tuple[Callable[..., object], ...] = (
        comparison_headings,
        comparison_rows,
        download_rows,
        result_headings,
        result_rows,
        rule_rows,
        sheet_rows,
        short_of,
        turnout_rows,
    )
    app.jinja_env.globals.update({one.__name__: one for one in words})


def asked_order(name: str) -> str:
    """Return the order that an address asks for; that of the result when it makes no sense."""
    return name if name in ORDERS else "uitslag"


def result_headings(slug: str, order: str) -> list[tuple[str, str | None, bool]]:
    """Return for each column its name, the address that sorts by it, and whether it is sorted."""
    sortable = [
        (gettext(name), url_for("results", slug=slug, volgorde=key, _anchor="ideeen"), key == order)
        for key, (name, _) in ORDERS.items()
    ]
    return [*sortable, (gettext("Tekort"), None, False)]


def result_rows(page: ResultsPage, order: str, title_of: Macro, tag: Macro) -> list[list[Cell]]:
    """Return title, verdict, voters, cost and shortage for every project."""
    return [
        [
            _to_outcome(page.round.slug, row, title_of),
            _verdict(page, row, tag),
            str(row.voters),
            money(row.cost_cents),
            short_of(row.short) if row.short else "–",
        ]
        for row in sorted(page.rows, key=ORDERS[order][1])
    ]


def _verdict(page: ResultsPage, row: ResultRow, tag: Macro) -> Markup:
    """Return what was counted, and behind it what was decided otherwise."""
    counted, decided = verdict(row, tag), page.decisions.get(ProjectId(row.project_id))
    if decided is None:
        return counted
    told = gettext("besluit: ja") if decided.funded else gettext("besluit: nee")
    return counted + Markup(" ") + tag(told, "blue")


def _to_outcome(slug: str, row: ResultRow, title_of: Macro) -> Markup:
    target = url_for("outcome", slug=slug, idea_id=row.project_id)
    return Markup('<a href="{}">{}</a>').format(target, title_of(row.project_id, row.title))


def sheet_rows(rows: Iterable[ResultRow], title_of: Macro) -> list[list[Cell]]:
    """Return title and voters, and the cost of what is funded or the shortage of what is not."""
    return [
        [
            title_of(row.project_id, row.title),
            str(row.voters),
            money(row.cost_cents) if row.funded else short_of(row.short) if row.short else "–",
        ]
        for row in rows
    ]


def verdict(row: ResultRow, tag: Macro) -> Markup:
    """Return whether a project gets money, as a tag."""
    if row.funded:
        return tag(gettext("✓ ja"), "green")
    return tag(gettext("✕ nee"), "grey")


def short_of(short: Shortage) -> str:
    """Write how much was missing."""
    number = short.number
    if short.unit == "points":
        return str(ngettext("%(num)s punt", "%(num)s punten", number))
    return str(ngettext("%(num)s stem", "%(num)s stemmen", number))


def comparison_headings(page: ResultsPage) -> list[str]:
    """Return a heading per rule; the rule that decides says so."""
    decides = gettext("deze regel telt")
    rules = (
        Markup("{} ({})").format(tell(rule.label), decides) if rule.deciding else tell(rule.label)
        for rule in page.whatif
    )
    return [gettext("Idee"), *rules]


def comparison_rows(page: ResultsPage, title_of: Macro) -> list[list[Cell]]:
    """Return per project what each rule gives it, and last what each rule spends."""
    yes, no = gettext("✓ geld"), "–"
    rows: list[list[Cell]] = [
        [
            title_of(row.project_id, row.title),
            *(yes if row.project_id in rule.funded else no for rule in page.whatif),
        ]
        for row in page.rows
    ]
    return [*rows, [gettext("Samen"), *(money(rule.spent_cents) for rule in page.whatif)]]


def rule_rows(page: OutcomePage) -> list[list[Cell]]:
    """Return per rule whether it gives this idea its money."""
    yes, no, decides = gettext("✓ geld"), gettext("geen geld"), gettext("deze regel telt")
    return [
        [
            Markup("{} ({})").format(tell(rule.label), decides)
            if rule.deciding
            else tell(rule.label),
            yes if rule.funded else no,
        ]
        for rule in page.rules
    ]


def turnout_rows(turnout: Turnout) -> list[list[Cell]]:
    """Return per area how many voting rights were used, and how; last all areas together."""
    areas = [_turnout_row(one.area or gettext("Buurt onbekend"), one) for one in turnout.areas]
    return [*areas, _turnout_row(gettext("Samen"), turnout.whole)]


def _turnout_row(name: str, one: AreaTurnout) -> list[Cell]:
    numbers = (one.digital, one.paper, one.unused)
    return [name, *("·" if number is None else str(number) for number in numbers), _share(one)]


def _share(one: AreaTurnout) -> str:
    if not one.total or one.unused is None:
        return "·"
    return f"{(100 * (one.total - one.unused) + one.total // 2) // one.total}%"


def download_rows(page: ResultsPage, digest: Macro) -> list[tuple[Cell, Cell]]:
    """Return every published file as a link, with what it is, its size and its digest."""
    return [
        (
            Markup('<a href="{}">{}</a>').format(
                url_for("download", slug=page.round.slug, name=file.name), file.name
            ),
            Markup("{}<br>{} {}<br>{}").format(
                _told(file.name), _size(file.size), gettext("Controlegetal:"), digest(file.digest)
            ),
        )
        for file in page.downloads
    ]


def _told(name: str) -> str:
    known = next((told for end, told in _FILES.items() if name.endswith(end)), None)
    return str(gettext(known) if known else gettext("Een bestand van een aanvulling."))


def _size(size: int) -> str:
    kilobyte = 1024
    if size < kilobyte:
        return str(gettext("%(size)s bytes.", size=size))
    return str(gettext("%(size)s kB.", size=size // kilobyte))
