"""Fairness as tables: by rule, and by area."""

from __future__ import annotations

from fractions import Fraction

from pb_engine.api import Grid, LocalText, Result
from pb_engine.api.counting import AreaShare, Fairness, fairness_of, percent

_YES = LocalText(nl="ja", en="yes")
_NO = LocalText(nl="nee", en="no")
_UNASKED = LocalText(nl="niet te zeggen", en="cannot be said")


def rules(result: Result, deciding: Fairness) -> Grid:
    """Return a row per measure, and a column for the outcome and for every compared rule."""
    all_ = [deciding, *(fairness_of(result.election, outcome) for _, outcome in result.compared)]
    rows = (
        (
            LocalText(nl="Kiezers met een idee dat geld krijgt", en="Voters served"),
            *(_of(one.served, one.voters) for one in all_),
        ),
        (
            LocalText(nl="Kiezers zonder zo’n idee", en="Voters left out"),
            *(percent(one.exclusion_ratio) for one in all_),
        ),
        (
            LocalText(nl="Geld voor ideeën van een kiezer, gemiddeld", en="Money per voter"),
            *(_money(result, one.money) for one in all_),
        ),
        (
            LocalText(nl="Ongelijkheid (Gini, 0 is gelijk)", en="Inequality (Gini, 0 is equal)"),
            *(percent(one.gini) for one in all_),
        ),
        (
            LocalText(nl="Elke groep krijgt haar deel (EJR+)", en="Every group gets its share"),
            *(_holds(one) for one in all_),
        ),
    )
    return Grid(
        title=LocalText(nl="Is het eerlijk verdeeld?", en="Is it shared fairly?"),
        caption=LocalText(
            nl="Dezelfde stemmen, per telmethode. Alleen de eerste telt.",
            en="The same ballots, by rule. Only the first one decides.",
        ),
        headings=(
            LocalText(nl="Vraag", en="Question"),
            LocalText(nl="Uitslag", en="Outcome"),
            *(label for label, _ in result.compared),
        ),
        rows=rows,
    )


def areas(result: Result, fairness: Fairness) -> Grid:
    """Return a row per area: its projects, its money, its votes, and its residents if known."""
    known = all(area.residents_part is not None for area in fairness.areas)
    return Grid(
        title=LocalText(nl="Geld per gebied of thema", en="Money by area or theme"),
        caption=LocalText(
            nl="Het geld naast de stemmen op ideeën daar"
            + (" en de inwoners" if known else "")
            + ". Ideeën zonder gebied of thema staan er niet bij.",
            en="The money beside the votes for projects there"
            + (" and the residents" if known else "")
            + ". Projects without an area or theme are left out.",
        ),
        headings=(
            LocalText(nl="Gebied of thema", en="Area or theme"),
            LocalText(nl="Ideeën met geld", en="Funded projects"),
            LocalText(nl="Geld", en="Money"),
            LocalText(nl="Deel van het geld", en="Part of the money"),
            LocalText(nl="Deel van de stemmen", en="Part of the votes"),
            *((LocalText(nl="Deel van de inwoners", en="Part of the residents"),) if known else ()),
        ),
        rows=tuple(_area(result, area, known=known) for area in fairness.areas),
    )


def _area(result: Result, area: AreaShare, *, known: bool) -> tuple[LocalText, ...]:
    living = area.residents_part if known else None
    return (
        LocalText(nl=area.name, en=area.name),
        _of(area.funded, area.projects),
        _money(result, area.money),
        percent(area.money_part),
        percent(area.votes_part),
        *((percent(living),) if living is not None else ()),
    )


def _holds(fairness: Fairness) -> LocalText:
    check = fairness.check("cost_up_to_one")
    if check is None:
        return _UNASKED
    return _YES if check.holds else _NO


def _of(some: int, all_: int) -> LocalText:
    return LocalText(nl=f"{some} van {all_}", en=f"{some} of {all_}")


def _money(result: Result, amount: Fraction) -> LocalText:
    election = result.election
    rounded = int(amount / election.unit + Fraction(1, 2)) * election.unit
    return LocalText(nl=election.money(rounded, "nl"), en=election.money(rounded, "en"))
