"""A count as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pb_engine.api import Card, Settings
from pb_engine.tallying import Decision, Explanation, Outcome, Project, Verdict
from pb_engine.tallying.pabulib import PabulibElection

Document = dict[str, object]


@dataclass(frozen=True, slots=True)
class Report:
    """One rule on one file."""

    read: PabulibElection
    card: Card
    settings: Settings
    outcome: Outcome
    explanations: Mapping[str, Explanation] | None

    @property
    def spent(self) -> int:
        """What the funded projects cost together, in the election's smallest unit."""
        costs = {project.id: project.cost for project in self.read.election.projects}
        return sum(costs[project] for project in self.outcome.selected)

    def document(self) -> Document:
        """Return this count as plain values.

        Amounts are in the file's units, but ``facts`` are in whole units of ``1/unit``.
        """
        election = self.read.election
        decided = {decision.project: decision for decision in self.outcome.decisions}
        return {
            "rule": self.outcome.method,
            "version": self.outcome.version,
            "settings": dict(self.settings),
            "currency": election.currency,
            "voters": election.profile.voters,
            "budget": self.read.in_file_units(election.budget),
            "total_cost": self.read.in_file_units(self.spent),
            "selected": list(self.outcome.selected),
            "unit": election.unit,
            "facts": dict(self.outcome.facts),
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
        voters=election.profile.voters,
    )
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
    yield from (f"({remark})" for remark in report.read.remarks)
