"""Several counts of one file side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pb_engine.cli.reason_words import reason_words
from pb_engine.cli.tally_report import Refused, Report
from pb_engine.tallying import Project, Verdict
from pb_engine.tallying.fairness import Fairness, percent

_TEXTS = 2
"""So many columns hold words and stand to the left."""
_HEADINGS = {
    "nl": ("telmethode", "ideeën", "uitgegeven", "kiezers met idee", "zonder", "Gini", "EJR+"),
    "en": ("rule", "projects", "spent", "voters served", "left out", "Gini", "EJR+"),
}
_PROJECT = {"nl": ("idee", "stemmen", "kosten"), "en": ("project", "votes", "cost")}
_SUM = {"nl": "{funded} van {all}", "en": "{funded} of {all}"}
_HOLDS = {
    "nl": ("ja", "nee: {voters} kiezers, {project}"),
    "en": ("yes", "no: {voters} voters, {project}"),
}
_GETS = {"nl": "geld", "en": "funded"}


def as_table(reports: Sequence[Report], refused: Sequence[Refused], locale: str) -> str:
    """Return a line per rule, then a block per project with the reasons; rules have numbers."""
    lines = [*_rules(reports, locale)]
    lines += [f"    ({one.sentence.text(locale)})" for one in refused]
    return "\n".join([*lines, "", *_projects(reports, locale)])


def _rules(reports: Sequence[Report], locale: str) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("  ", *_HEADINGS[locale])]
    rows += [
        (f"{number:>2}", *_rule(report, locale)) for number, report in enumerate(reports, start=1)
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]) - 1)]
    for row in rows:
        cells = zip(row, widths, strict=False)
        padded = [
            f"{cell:<{w}}" if at < _TEXTS else f"{cell:>{w}}" for at, (cell, w) in enumerate(cells)
        ]
        yield f"{'  '.join(padded)}  {row[-1]}".rstrip()


def _rule(report: Report, locale: str) -> tuple[str, ...]:
    election, fairness = report.read.election, report.fairness
    served = percent(1 - fairness.exclusion_ratio).text(locale)
    return (
        f"{report.card.label.text(locale)} ({report.card.name})",
        _SUM[locale].format(funded=len(report.outcome.selected), all=len(election.projects)),
        election.money(report.spent, locale),
        f"{fairness.served} ({served})",
        percent(fairness.exclusion_ratio).text(locale),
        percent(fairness.gini).text(locale),
        _holds(fairness, locale),
    )


def _holds(fairness: Fairness, locale: str) -> str:
    check = fairness.check("cost_up_to_one")
    if check is None:
        return "?"
    yes, no = _HOLDS[locale]
    if check.holds:
        return yes
    return no.format(voters=check.claims[0].voters, project=check.claims[0].project)


def _projects(reports: Sequence[Report], locale: str) -> Iterator[str]:
    election = reports[0].read.election
    name, votes, cost = _PROJECT[locale]
    numbers = " ".join(f"{number:>2}" for number in range(1, len(reports) + 1))
    yield f"{name:<14}{votes:>8} {cost:>18}  {numbers}"
    counted = zip(election.support.voters, election.projects, strict=True)
    for voters, project in sorted(counted, key=lambda pair: -pair[0]):
        marks = " ".join(f"{'+' if _funds(one, project) else '-':>2}" for one in reports)
        price = election.money(project.cost, locale)
        yield f"{project.id:<14}{voters:>8} {price:>18}  {marks}  {project.title}".rstrip()
        yield f"    {_why(reports, project, locale)}"
        yield from _sentences(reports, project, locale)


def _funds(report: Report, project: Project) -> bool:
    return project.id in report.outcome.selected


def _why(reports: Sequence[Report], project: Project, locale: str) -> str:
    """Return the reasons with the numbers of the rules that gave them."""
    found: dict[str, list[str]] = {}
    for number, report in enumerate(reports, start=1):
        decision = report.outcome.decision(project.id)
        words = reason_words(decision.reason, locale)
        if decision.verdict is Verdict.FUNDED:
            words = f"{_GETS[locale]}: {words}"
        found.setdefault(words, []).append(str(number))
    return "; ".join(f"{words} ({', '.join(numbers)})" for words, numbers in found.items())


def _sentences(reports: Sequence[Report], project: Project, locale: str) -> Iterator[str]:
    for number, report in enumerate(reports, start=1):
        if report.explanations is not None:
            yield f"    {number:>2} {report.explanations[project.id].sentence.text(locale)}"
