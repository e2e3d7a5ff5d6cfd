"""Rows of the tables of the try-out; the templates own the markup."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from flask_babel import gettext  # type: ignore[import-untyped]
from markupsafe import Markup

from pb_engine.services.rehearsal import Rehearsal
from pb_engine.services.tryout import Tryout, TryoutRow
from pb_engine.services.tryout_pots import COUNTED, LEFT_OUT, SCALED
from pb_engine.services.tryout_rules import TryoutOptions, TryoutRule
from web.texts import N_, locale, money, say

Cell = str | Markup
Macro = Callable[..., Markup]
_POTS = {
    COUNTED: N_("De potten van de ronde tellen mee."),
    SCALED: N_("De potten tellen mee, met hetzelfde deel van het geld als in deze ronde."),
    LEFT_OUT: N_("De potten tellen niet mee: van deze ideeën past geen enkel in een pot."),
}


def add(app: Flask) -> None:
    """Teach the templates of the desk these tables."""
    told: tuple[Callable[..., object], ...] = (
        rehearsed_rows,
        tryout_columns,
        tryout_grid,
        tryout_money,
        tryout_pots,
        tryout_rows,
        tryout_rules,
        tryout_sources,
    )
    app.jinja_env.globals.update({one.__name__: one for one in told})


def rehearsed_rows(found: Rehearsal, own_words: Macro) -> list[list[Cell]]:
    """Return per project of a rehearsal: title, cost, voters, whether it is funded, and why."""
    yes, no = gettext("ja"), gettext("nee")
    return [
        [
            own_words(one.title),
            money(one.cost),
            str(one.voters),
            yes if one.funded else no,
            say(one.why),
        ]
        for one in found.result
    ]


def tryout_pots(found: Tryout) -> str:
    """Return what became of the pots of the round; nothing where it has none."""
    return str(gettext(_POTS[found.pots])) if found.pots in _POTS else ""


def tryout_sources(options: TryoutOptions) -> list[tuple[str, str]]:
    """Return where ballots can come from: models, then published rounds."""
    models = [
        (name, gettext("Verzonnen: %(what)s", what=_lower(say(label))))
        for name, label in options.models
    ]
    rounds = [
        (f"ronde:{slug}", gettext("Echt: %(name)s", name=say(name)))
        for slug, name in options.rounds
    ]
    return models + rounds


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def tryout_rules(options: TryoutOptions) -> list[tuple[str, str]]:
    """Return every rule, to tick."""
    return [(rule.key, _with_origin(rule)) for rule in options.rules]


def _with_origin(rule: TryoutRule) -> str:
    label = say(rule.label)
    return str(gettext("%(rule)s (zoals in de spelregels)", rule=label)) if rule.own else label


def _names(found: Tryout) -> list[str]:
    """Return what the rules are called: in full only where two would be called the same."""
    labels = [say(row.rule.label) for row in found.rows]
    return [
        label if labels.count(label) == 1 else _with_origin(row.rule)
        for row, label in zip(found.rows, labels, strict=True)
    ]


def tryout_rows(found: Tryout) -> list[list[Cell]]:
    """Return per rule: funded, spent, voters without a funded project, and the differences."""
    first = next((row for row in found.rows if not row.refused), None)
    pairs = zip(_names(found), found.rows, strict=True)
    return [[name, *_cells(found, row, is_first=row is first)] for name, row in pairs]


def _cells(found: Tryout, row: TryoutRow, *, is_first: bool) -> list[Cell]:
    if row.refused:
        why = Markup('{} <span lang="en">{}</span>').format(
            gettext("Deze regel kan deze stemmen niet tellen."), row.refused
        )
        return ["–", "–", "–", why]
    share = (200 * row.without + found.voters) // (2 * found.voters) if found.voters else 0
    return [
        gettext("%(some)s van %(all)s", some=len(row.funded), all=len(found.projects)),
        tryout_money(found, row.spent),
        f"{row.without} ({share}%)",
        gettext("hiermee vergelijken we") if is_first else _difference(row),
    ]


def _difference(row: TryoutRow) -> Cell:
    if not row.only_here and not row.only_first:
        return str(gettext("geen verschil"))
    parts = []
    if row.only_here:
        parts.append(gettext("wel: %(titles)s", titles=", ".join(row.only_here)))
    if row.only_first:
        parts.append(gettext("niet: %(titles)s", titles=", ".join(row.only_first)))
    return Markup("<br>").join(parts)


def tryout_columns(found: Tryout) -> list[str]:
    """Return the headings of the table of projects: one column per rule that counted."""
    pairs = zip(_names(found), found.rows, strict=True)
    return [name for name, row in pairs if not row.refused]


def tryout_grid(found: Tryout, own_words: Macro) -> list[list[Cell]]:
    """Return per project: title, cost, voters, and under each rule whether it is funded."""
    rows = [row for row in found.rows if not row.refused]
    projects = sorted(found.projects, key=lambda one: (-one.voters, one.title))
    yes, no = gettext("ja"), gettext("nee")
    return [
        [
            own_words(one.title),
            tryout_money(found, one.cost),
            str(one.voters),
            *(yes if one.id in row.funded else no for row in rows),
        ]
        for one in projects
    ]


def tryout_money(found: Tryout, amount: int) -> str:
    """Write an amount of the try-out in its own currency."""
    return found.election.money(amount, locale()).replace("€ ", "€\u00a0")
