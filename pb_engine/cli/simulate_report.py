"""A simulation as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pb_engine.tallying.simulating import PaperFigures, Plan, RuleFigures
from pb_engine.tallying.simulating.figures import tenths

Document = dict[str, object]


@dataclass(frozen=True, slots=True)
class Simulated:
    """What was simulated, what came out, and what areas are called.

    :ivar pots: what became of the pots of the round: ``none``, ``counted``, ``left_out``.
    """

    title: str
    plan: Plan
    papers: tuple[PaperFigures, ...]
    areas: Mapping[str, str] = field(default_factory=dict)
    pots: str = "none"


def as_document(simulated: Simulated) -> Document:
    """Return a simulation as plain values; sums over all repeats, in the smallest unit."""
    plan = simulated.plan
    return {
        "source": simulated.title,
        "notice": _NOTICE["en"],
        "model": plan.model,
        "strength": plan.strength,
        "seed": plan.seed,
        "ballots": plan.ballots,
        "repeats": simulated.papers[0].repeats,
        "budget": plan.scene.budget,
        "currency": plan.scene.currency,
        "unit": plan.scene.unit,
        "pots": simulated.pots,
        "formats": [_paper(plan, one) for one in simulated.papers],
    }


def _paper(plan: Plan, figures: PaperFigures) -> Document:
    return {
        "format": str(figures.paper.format),
        "min_choices": figures.paper.min_choices,
        "max_choices": figures.paper.max_choices,
        "spend_limit": figures.paper.spend_limit,
        "max_points": figures.paper.max_points,
        "rules": [_rule(one) for one in figures.rules],
        "differ": [
            {"rules": list(pair), "repeats": times} for pair, times in figures.differ.items()
        ],
        "projects": [
            {
                "id": choice.project.id,
                "title": choice.project.title,
                "cost": choice.project.cost,
                "area": choice.area,
                "theme": choice.theme,
                "wins": {
                    one.rule: one.wins.get(choice.project.id, 0)
                    for one in figures.rules
                    if one.refused is None
                },
            }
            for choice in plan.scene.choices
        ],
    }


def _rule(figures: RuleFigures) -> Document:
    if figures.refused is not None:
        return {"rule": figures.rule, "refused": figures.refused}
    return {
        "rule": figures.rule,
        "funded": figures.funded,
        "spent": figures.spent,
        "without": figures.without,
        "by_lot": figures.by_lot,
        "areas": dict(figures.areas),
    }


_NOTICE = {
    "nl": "Verzonnen stemmen. Dit is geen voorspelling.",
    "en": "Invented ballots. This is no forecast.",
}
_ALL_FIT = {
    "nl": "Alle ideeën samen kosten minder dan het budget: geen regel hoeft te kiezen.",
    "en": "All projects together cost less than the budget: no rule has to choose.",
}
_POTS = {
    "counted": {
        "nl": "De potten van de ronde tellen mee bij de regel die beslist.",
        "en": "The pots of the round count for the deciding rule.",
    },
    "left_out": {
        "nl": "De potten van de ronde tellen niet mee: de regels zijn met --rule gekozen.",
        "en": "The pots of the round do not count: the rules were chosen with --rule.",
    },
}
_HEAD = {
    "nl": "{title}: {repeats} keer {ballots} stemmen, model {model}, kracht {strength}, "
    "zaad {seed}",
    "en": "{title}: {repeats} times {ballots} ballots, model {model}, strength {strength}, "
    "seed {seed}",
}
_COLUMNS = {
    "nl": ("gemiddeld per keer", "ideeën", "uitgegeven", "deel", "zonder", "door lot"),
    "en": ("average per round", "projects", "spent", "share", "without", "by lot"),
}
_LEGEND = {
    "nl": "deel: van het budget; zonder: kiezers zonder idee dat geld krijgt; door lot: hoe vaak "
    "een ander lot iets anders geeft",
    "en": "share: of the budget; without: voters without a funded project; by lot: how often "
    "another lot gives something else",
}
_DIFFER = {
    "nl": "{one} en {other}: {times} van {repeats} keer een andere uitslag",
    "en": "{one} and {other}: another outcome in {times} of {repeats} rounds",
}
_WINS = {"nl": "hoe vaak een idee geld krijgt", "en": "how often a project is funded"}
_AREAS = {"nl": "geld per gebied", "en": "money per area"}
_EVERYBODY = {"nl": "(voor iedereen)", "en": "(for everybody)"}


def as_text(simulated: Simulated, locale: str) -> str:
    """Return a simulation as lines for a terminal."""
    return "\n".join(_lines(simulated, locale))


def _lines(simulated: Simulated, locale: str) -> Iterator[str]:
    plan = simulated.plan
    yield _HEAD[locale].format(
        title=simulated.title,
        repeats=simulated.papers[0].repeats,
        ballots=plan.ballots,
        model=plan.model,
        strength=plan.strength,
        seed=plan.seed,
    )
    yield _NOTICE[locale]
    if simulated.pots in _POTS:
        yield _POTS[simulated.pots][locale]
    if sum(project.cost for project in plan.scene.projects) <= plan.scene.budget:
        yield _ALL_FIT[locale]
    for figures in simulated.papers:
        yield ""
        yield from _rule_lines(plan, figures, locale)
        counted = [one for one in figures.rules if one.refused is None]
        if counted:
            yield ""
            yield from _win_lines(plan, counted, locale)
        if any(choice.area for choice in plan.scene.choices) and counted:
            yield ""
            yield from _area_lines(simulated, figures.repeats, counted, locale)


def _rule_lines(plan: Plan, figures: PaperFigures, locale: str) -> Iterator[str]:
    times, budget = figures.repeats, plan.scene.budget
    width = max(len(_COLUMNS[locale][0]), *(len(one.rule) for one in figures.rules))
    title, *columns = _COLUMNS[locale]
    yield f"[{figures.paper.format}]"
    yield f"{title:<{width}} " + "".join(f"{one:>14}" for one in columns)
    for one in figures.rules:
        if one.refused is not None:
            yield f"{one.rule:<{width}}  {one.refused}"
            continue
        cells = (
            tenths(one.funded, times),
            _average(plan, one.spent, times, locale),
            f"{tenths(100 * one.spent, times * budget)} %",
            f"{tenths(100 * one.without, times * figures.ballots)} %",
            f"{one.by_lot}/{times}",
        )
        yield f"{one.rule:<{width}} " + "".join(f"{cell:>14}" for cell in cells)
    yield f"({_LEGEND[locale]})"
    for (first, other), differing in figures.differ.items():
        yield _DIFFER[locale].format(one=first, other=other, times=differing, repeats=times)


def _win_lines(plan: Plan, rules: list[RuleFigures], locale: str) -> Iterator[str]:
    names = [one.rule for one in rules]
    yield f"{_WINS[locale]:<30}{'':>14}  " + "  ".join(names)
    for choice in plan.scene.choices:
        project = choice.project
        cost = plan.scene.money(project.cost, locale)
        wins = "  ".join(f"{one.wins.get(project.id, 0):>{len(one.rule)}}" for one in rules)
        yield f"{project.id:<14.14}{project.title:<16.16}{cost:>14}  {wins}"


def _area_lines(
    simulated: Simulated, times: int, rules: list[RuleFigures], locale: str
) -> Iterator[str]:
    plan = simulated.plan
    names = [one.rule for one in rules]
    yield f"{_AREAS[locale]:<30}" + "".join(f"{name:>{len(name) + 14}}" for name in names)
    for area in sorted({choice.area for choice in plan.scene.choices}):
        called = simulated.areas.get(area, area) or _EVERYBODY[locale]
        money = (
            f"{_average(plan, one.areas.get(area, 0), times, locale):>{len(one.rule) + 14}}"
            for one in rules
        )
        yield f"{called:<30.30}" + "".join(money)


def _average(plan: Plan, total: int, times: int, locale: str) -> str:
    """Write an average in whole units of the currency, rounded half up."""
    unit = plan.scene.unit
    whole = (2 * total + times * unit) // (2 * times * unit)
    return plan.scene.money(whole * unit, locale)
