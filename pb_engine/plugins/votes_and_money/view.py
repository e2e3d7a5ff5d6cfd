"""The view ``votes_and_money``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marshmallow import Schema

from pb_engine.api import (
    Bar,
    Bars,
    Card,
    Decision,
    Figure,
    Grid,
    LocalText,
    Project,
    Result,
    Settings,
    Verdict,
    projects_by_id,
)
from pb_engine.api.setting import SettingsSchema

CARD = Card(
    name="votes_and_money",
    version="1",
    label=LocalText(nl="Stemmen en geld", en="Votes and money"),
    summary=LocalText(
        nl="Staven met stemmen per idee en met het geld, en een tabel die telmethoden vergelijkt.",
        en="Bars with votes per project and with the money, and a table that compares rules.",
    ),
)


@dataclass(frozen=True, slots=True)
class VotesAndMoney:
    """Three figures: votes per project, where the money went, and a comparison of rules.

    The comparison is left out when no other rule was counted.
    """

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """No settings."""
        return SettingsSchema

    def figures(self, result: Result, settings: Settings) -> Sequence[Figure]:
        """Return votes, money and, where other rules were counted, the comparison."""
        del settings
        figures: list[Figure] = [_votes(result), _money(result)]
        if result.compared:
            figures.append(_comparison(result))
        return figures


def _same(text: str) -> LocalText:
    return LocalText(nl=text, en=text)


def _title(project: Project) -> LocalText:
    return _same(project.title or project.id)


def _amount(result: Result, amount: int) -> LocalText:
    election = result.election
    return LocalText(nl=election.money(amount, "nl"), en=election.money(amount, "en"))


def _by_votes(result: Result) -> list[tuple[Project, Decision]]:
    projects = projects_by_id(result.election.projects)
    pairs = [(projects[decision.project], decision) for decision in result.outcome.decisions]
    return sorted(pairs, key=lambda pair: -pair[1].voters)


def _votes(result: Result) -> Bars:
    bars = tuple(
        Bar(
            label=_title(project),
            value=decision.voters,
            written=_written_votes(decision.voters),
            highlighted=decision.verdict is Verdict.FUNDED,
        )
        for project, decision in _by_votes(result)
    )
    funded, voters = len(result.outcome.selected), result.election.voters
    return Bars(
        title=LocalText(nl="Stemmen per idee", en="Votes per project"),
        caption=LocalText(
            nl="Zo veel mensen stemden op elk idee. De ideeën die geld krijgen vallen op.",
            en="How many people voted for each project. Funded projects stand out.",
        ),
        alternative=LocalText(
            nl=f"Staven met de stemmen op {len(bars)} ideeën, van veel naar weinig. Er zijn "
            f"{voters} stembiljetten; {funded} ideeën krijgen geld.",
            en=f"Bars with the votes for {len(bars)} projects, from many to few. There are "
            f"{voters} ballots; {funded} projects are funded.",
        ),
        bars=bars,
    )


def _written_votes(number: int) -> LocalText:
    if number == 1:
        return LocalText(nl="1 stem", en="1 vote")
    return LocalText(nl=f"{number} stemmen", en=f"{number} votes")


def _money(result: Result) -> Bars:
    projects = projects_by_id(result.election.projects)
    funded = [projects[project] for project in result.outcome.selected]
    left = result.election.budget - sum(project.cost for project in funded)
    bars = [
        Bar(_title(project), project.cost, _amount(result, project.cost), highlighted=True)
        for project in funded
    ]
    bars.append(Bar(LocalText(nl="Over", en="Left"), left, _amount(result, left)))
    budget, rest = _amount(result, result.election.budget), _amount(result, left)
    return Bars(
        title=LocalText(nl="Waar het geld heen gaat", en="Where the money goes"),
        caption=LocalText(
            nl=f"Het budget is {budget.nl}. Daarvan blijft {rest.nl} over.",
            en=f"The budget is {budget.en}, of which {rest.en} is left.",
        ),
        alternative=LocalText(
            nl=f"Staven met de kosten van {len(funded)} ideeën met geld. Ze staan in de volgorde "
            "waarin ze geld kregen. De laatste staaf is wat er over is.",
            en=f"Bars with the costs of {len(funded)} funded projects, in the order in which they "
            "were funded, and what is left.",
        ),
        bars=tuple(bars),
    )


_YES = LocalText(nl="✓ geld", en="✓ funded")
_NO = LocalText(nl="– niet", en="– not")


def _comparison(result: Result) -> Grid:
    outcomes = [result.outcome, *(outcome for _, outcome in result.compared)]
    funded = [frozenset(outcome.selected) for outcome in outcomes]
    rows = [
        (_title(project), *(_YES if project.id in chosen else _NO for chosen in funded))
        for project, _ in _by_votes(result)
    ]
    costs = {project.id: project.cost for project in result.election.projects}
    spent = [sum(costs[project] for project in outcome.selected) for outcome in outcomes]
    rows.append(
        (
            LocalText(nl="Samen", en="Together"),
            *(_amount(result, total) for total in spent),
        )
    )
    return Grid(
        title=LocalText(nl="Wat andere telmethoden hadden gekozen", en="What other rules choose"),
        caption=LocalText(
            nl="Dezelfde stemmen, geteld op verschillende manieren. Alleen de eerste telt.",
            en="The same ballots, counted in different ways. Only the first one decides.",
        ),
        headings=(
            LocalText(nl="Idee", en="Project"),
            LocalText(nl="Uitslag", en="Outcome"),
            *(label for label, _ in result.compared),
        ),
        rows=tuple(rows),
    )
