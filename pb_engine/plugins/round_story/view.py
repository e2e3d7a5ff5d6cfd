"""The view ``round_story``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marshmallow import Schema

from pb_engine.api import (
    Card,
    Decision,
    Figure,
    LocalText,
    Result,
    Settings,
    Step,
    Story,
    Verdict,
    projects_by_id,
)
from pb_engine.api.setting import SettingsSchema

CARD = Card(
    name="round_story",
    version="1",
    label=LocalText(nl="Het verhaal van de telling", en="The story of the count"),
    summary=LocalText(
        nl="Stap voor stap: welk idee kreeg geld, waarom, en wat er daarna nog over was.",
        en="Step by step: which project was funded, why, and what was left after it.",
    ),
)


@dataclass(frozen=True, slots=True)
class RoundStory:
    """One figure: a step per funded project, in the order in which they were funded.

    A project that gets part of its cost (reason ``partly_funded``; facts ``amount`` or ``left``)
    has a step too.  Why is the sentence that explains the decision, where there is one.
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
        """Return the story; nothing when no project gets money."""
        del settings
        steps = tuple(_steps(result))
        return [_story(result, steps)] if steps else []


def _story(result: Result, steps: tuple[Step, ...]) -> Story:
    budget, left = _amount(result, result.election.budget), steps[-1].written_left
    number = len(steps)
    return Story(
        title=LocalText(nl="Zo ging het geld op, stap voor stap", en="How the money went, by step"),
        caption=LocalText(
            nl=f"Aan het begin was er {budget.nl}. Na {_steps_in_words(number).nl} was er nog "
            f"{left.nl}.",
            en=f"At the start there was {budget.en}. After {_steps_in_words(number).en}, {left.en} "
            "was left.",
        ),
        alternative=LocalText(
            nl="Een lijst van stappen. Bij elke stap een balk: wat al weg was, wat deze stap kost, "
            "en wat er over is.",
            en="A list of steps. Each step has a bar: what was gone, what this step costs, and "
            "what is left.",
        ),
        start=result.election.budget,
        steps=steps,
    )


def _steps_in_words(number: int) -> LocalText:
    if number == 1:
        return LocalText(nl="1 stap", en="1 step")
    return LocalText(nl=f"{number} stappen", en=f"{number} steps")


def _steps(result: Result) -> Iterator[Step]:
    projects = projects_by_id(result.election.projects)
    left = int(result.election.budget)
    for decision in _in_order(result):
        project = projects[decision.project]
        amount = _granted(decision, project.cost, left)
        left -= amount
        yield Step(
            label=LocalText(nl=project.title or project.id, en=project.title or project.id),
            amount=amount,
            left=left,
            written=_amount(result, amount),
            written_left=_amount(result, left),
            why=_why(result, decision),
        )


def _in_order(result: Result) -> Iterator[Decision]:
    decided = {decision.project: decision for decision in result.outcome.decisions}
    yield from (decided[project] for project in result.outcome.selected)
    yield from (one for one in decided.values() if one.reason == "partly_funded")


def _granted(decision: Decision, cost: int, left: int) -> int:
    if decision.verdict is Verdict.FUNDED:
        return cost
    part = decision.facts.get("amount", decision.facts.get("left", 0))
    return min(int(part), left)


def _why(result: Result, decision: Decision) -> LocalText:
    told = result.explanations.get(decision.project)
    if told:
        return told.sentence
    if decision.voters == 1:
        return LocalText(nl="1 kiezer stemde hierop.", en="1 voter voted for it.")
    return LocalText(
        nl=f"{decision.voters} kiezers stemden hierop.",
        en=f"{decision.voters} voters voted for it.",
    )


def _amount(result: Result, amount: int) -> LocalText:
    election = result.election
    return LocalText(nl=election.money(amount, "nl"), en=election.money(amount, "en"))
