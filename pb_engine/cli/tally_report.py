"""A count as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pb_engine.api import Card, Settings
from pb_engine.tallying import Decision, Explanation, Outcome, Project, Verdict
from pb_engine.tallying.figures import voters_served
from pb_engine.tallying.pabulib import PabulibElection
from pb_engine.tallying.shortfall import Shortfall

Document = dict[str, object]


@dataclass(frozen=True, slots=True)
class Report:
    """One rule on one file."""

    read: PabulibElection
    card: Card
    settings: Settings
    outcome: Outcome
    explanations: Mapping[str, Explanation] | None
    shortfalls: tuple[Shortfall, ...] = ()

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
            "voters_served": voters_served(election, self.outcome),
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
    for one in report.shortfalls:
        words = _SHORT if one.ballots is not None else _NEVER
        yield words[locale].format(project=one.project, ballots=one.ballots, tried=one.tried)
    yield from (f"({remark})" for remark in report.read.remarks)


def as_table(reports: Sequence[Report], locale: str) -> str:
    """Return several counts of one file side by side: a line per project, a column per rule."""
    election = reports[0].read.election
    names = [f"{report.card.name}" for report in reports]
    width = max(map(len, names))
    lines = [f"{'':<14}{'':>8} {'':>18}  " + "  ".join(f"{name:<{width}}" for name in names)]
    chosen = [frozenset(report.outcome.selected) for report in reports]
    voters = election.support.voters
    order = sorted(zip(voters, election.projects, strict=True), key=lambda pair: -pair[0])
    for count, project in order:
        marks = "  ".join(f"{'+' if project.id in one else '-':<{width}}" for one in chosen)
        cost = election.money(project.cost, locale)
        lines.append(f"{project.id:<14}{count:>8} {cost:>18}  {marks}  {project.title}".rstrip())
    spent = [election.money(report.spent, locale) for report in reports]
    lines.append(f"{'':<14}{'':>8} {'':>18}  " + "  ".join(f"{one:<{width}}" for one in spent))
    return "\n".join(lines)
