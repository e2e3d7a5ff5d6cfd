"""A count as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pb_engine.api import Card, Settings
from pb_engine.tallying import Decision, Explanation, Outcome, Project, Verdict
from pb_engine.tallying.fairness import Fairness, fairness_sentences
from pb_engine.tallying.pabulib import PabulibElection
from pb_engine.tallying.shortfall import Shortfall
from pb_engine.units import LocalText

Document = dict[str, object]


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule that cannot count a file, and why."""

    rule: str
    sentence: LocalText

    def document(self) -> Document:
        """Return it as plain values."""
        return {"rule": self.rule, "nl": self.sentence.nl, "en": self.sentence.en}


@dataclass(frozen=True, slots=True)
class Report:
    """One rule on one file."""

    read: PabulibElection
    card: Card
    settings: Settings
    outcome: Outcome
    fairness: Fairness
    explanations: Mapping[str, Explanation] | None
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def spent(self) -> int:
        """What the funded projects cost together, in the election's smallest unit."""
        costs = {project.id: project.cost for project in self.read.election.projects}
        return sum(costs[project] for project in self.outcome.selected)

    def document(self) -> Document:
        """Return this count as plain values.

        Amounts are in the file's units, but ``facts`` and ``fairness`` are in ``1/unit``.
        """
        election = self.read.election
        decided = {decision.project: decision for decision in self.outcome.decisions}
        return {
            "rule": self.outcome.method,
            "version": self.outcome.version,
            "settings": dict(self.settings),
            "currency": election.currency,
            "voters": election.voters,
            "budget": self.read.in_file_units(election.budget),
            "total_cost": self.read.in_file_units(self.spent),
            "selected": list(self.outcome.selected),
            "unit": election.unit,
            "facts": dict(self.outcome.facts),
            "voters_served": self.fairness.served,
            "fairness": self.fairness.document(),
            "sentences": [
                {"nl": one.nl, "en": one.en} for one in fairness_sentences(election, self.fairness)
            ],
            "short": {one.project: one.ballots for one in self.shortfalls},
            "projects": [self._project(p, decided[p.id]) for p in election.projects],
        }

    def _project(self, project: Project, decision: Decision) -> Document:
        document: Document = {
            "id": project.id,
            "title": project.title,
            "cost": self.read.in_file_units(project.cost),
            "voters": decision.voters,
            "selected": decision.verdict is Verdict.FUNDED,
            "reason": decision.reason,
            "facts": dict(decision.facts),
            "tied_with": list(decision.tied_with),
        }
        if self.explanations is not None:
            why = self.explanations[project.id]
            document["explanation"] = {
                locale: {
                    "sentence": why.sentence.text(locale),
                    "steps": [step.text(locale) for step in why.steps],
                }
                for locale in ("nl", "en")
            }
        return document


_TOTALS = {
    "nl": "{rule}: {funded} van {all} projecten, {spent} van {budget}, {voters} stemmen",
    "en": "{rule}: {funded} of {all} projects, {spent} of {budget}, {voters} ballots",
}


_SHORT = {
    "nl": "{project}: met {ballots} stemmen erbij, alleen hierop, krijgt het geld; met minder niet",
    "en": "{project}: {ballots} more ballots for it alone fund it; fewer do not",
}
_NEVER = {
    "nl": "{project}: ook {tried} stemmen erbij zijn niet genoeg",
    "en": "{project}: even {tried} more ballots are not enough",
}


def as_text(report: Report, locale: str) -> str:
    """Return a count as lines for a terminal."""
    return "\n".join(_lines(report, locale))


def _lines(report: Report, locale: str) -> Iterator[str]:
    election = report.read.election
    yield _TOTALS[locale].format(
        rule=report.card.label.text(locale),
        funded=len(report.outcome.selected),
        all=len(election.projects),
        spent=election.money(report.spent, locale),
        budget=election.money(election.budget, locale),
        voters=election.voters,
    )
    if report.explanations is not None:
        yield from (one.text(locale) for one in fairness_sentences(election, report.fairness))
    projects = {project.id: project for project in election.projects}
    for decision in report.outcome.decisions:
        project = projects[decision.project]
        mark = "+" if decision.verdict is Verdict.FUNDED else "-"
        cost = election.money(project.cost, locale)
        yield f"{mark} {project.id:<12} {decision.voters:>8} {cost:>18}  {project.title}"
        if report.explanations is not None:
            why = report.explanations[project.id]
            yield f"    {why.sentence.text(locale)}"
            yield from (f"    - {step.text(locale)}" for step in why.steps)
    for one in report.shortfalls:
        words = _SHORT if one.ballots is not None else _NEVER
        yield words[locale].format(project=one.project, ballots=one.ballots, tried=one.tried)
    yield from (f"({remark})" for remark in report.read.remarks)
