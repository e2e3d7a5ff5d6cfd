"""All rules on one file, as one page of figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pb_engine.api import Bar, Bars, Figure, Grid, LocalText, Result
from pb_engine.cli.tally_places import places_in
from pb_engine.cli.tally_report import Refused, Report
from pb_engine.pluginhost import load, load_settings
from pb_engine.tallying import Election
from pb_engine.tallying.fairness import percent

TOLD_BY = "equal_shares"
"""The rule whose story is told, where it was counted: its voters pay, so there is more to tell."""
VIEWS = ("voters_served", "round_story", "money_flow")


def comparison_page(reports: Sequence[Report], refused: Sequence[Refused], locale: str) -> str:
    """Return one HTML page that needs no other file and runs no script."""
    from web.figures.page import Number, Page, page_html

    read = reports[0].read
    election = read.election
    told = next((one for one in reports if one.card.name == TOLD_BY), reports[0])
    page = Page(
        title=_title(read.meta),
        lead=_same(
            nl="Dezelfde stemmen, geteld volgens elke telmethode",
            en="The same ballots, counted by every rule",
        ),
        numbers=(
            Number(_count(election.voters), _same(nl="stembiljetten", en="ballots")),
            Number(_count(len(election.projects)), _same(nl="ideeën", en="projects")),
            Number(_money(election, election.budget), _same(nl="budget", en="budget")),
        ),
        figures=tuple(_compared(reports)),
        story_of=told.card.label,
        story=tuple(_story(told)),
        remarks=tuple(one.sentence for one in refused),
    )
    return page_html(page, locale)


def _title(meta: Mapping[str, str]) -> str:
    words = [meta.get(key, "") for key in ("description", "instance")]
    return " ".join(filter(None, words)) or "Pabulib"


def _compared(reports: Sequence[Report]) -> Iterator[Figure]:
    yield _rules(reports)
    yield _served(reports)
    yield _projects(reports)


def _rules(reports: Sequence[Report]) -> Grid:
    rows = tuple(
        (
            _numbered(number, report),
            _count(len(report.outcome.selected)),
            _money(report.read.election, report.spent),
            _count(report.fairness.served),
            percent(report.fairness.exclusion_ratio),
            percent(report.fairness.gini),
            _holds(report),
        )
        for number, report in enumerate(reports, start=1)
    )
    headings = (
        _same(nl="Telmethode", en="Rule"),
        _same(nl="Ideeën met geld", en="Projects funded"),
        _same(nl="Uitgegeven", en="Spent"),
        _same(nl="Kiezers met een idee dat geld krijgt", en="Voters with a funded project"),
        _same(nl="Kiezers zonder", en="Voters left out"),
        _same(nl="Ongelijkheid (Gini)", en="Inequality (Gini)"),
        _same(nl="Elke groep haar deel (EJR+)", en="Every group its share (EJR+)"),
    )
    return Grid(
        title=_same(nl="De telmethoden naast elkaar", en="The rules side by side"),
        caption=_same(
            nl="Wat elke telmethode met dit geld doet", en="What every rule does with this money"
        ),
        headings=headings,
        rows=rows,
    )


def _holds(report: Report) -> LocalText:
    check = report.fairness.check("cost_up_to_one")
    if check is None:
        return _same(nl="niet te zeggen", en="cannot be said")
    if check.holds:
        return _same(nl="✓ ja", en="✓ yes")
    short = check.claims[0]
    people = _count(short.voters)
    return _same(
        nl=f"nee: {people.nl} kiezers van idee {short.project} komen tekort",
        en=f"no: {people.en} voters of project {short.project} have too little",
    )


def _served(reports: Sequence[Report]) -> Bars:
    voters = reports[0].fairness.voters
    bars = tuple(
        Bar(
            label=_numbered(number, report),
            value=report.fairness.served,
            written=percent(1 - report.fairness.exclusion_ratio),
            highlighted=_most(reports) == report.fairness.served,
        )
        for number, report in enumerate(reports, start=1)
    )
    return Bars(
        title=_same(nl="Wie krijgt iets terug?", en="Who gets something?"),
        caption=_same(
            nl=f"Welk deel van de {_count(voters).nl} kiezers stemde op een idee dat geld krijgt. "
            "De hoogste staat vet.",
            en=f"Which part of the {_count(voters).en} voters voted for a funded project. The "
            "highest is bold.",
        ),
        alternative=_same(
            nl="Een staaf per telmethode met het deel van de kiezers.",
            en="A bar per rule with the part of the voters.",
        ),
        bars=bars,
        whole=voters,
    )


def _most(reports: Sequence[Report]) -> int:
    return max(report.fairness.served for report in reports)


def _projects(reports: Sequence[Report]) -> Grid:
    election = reports[0].read.election
    chosen = [frozenset(report.outcome.selected) for report in reports]
    counted = zip(election.support.voters, election.projects, strict=True)
    ranked = sorted(counted, key=lambda pair: -pair[0])
    shown = [pair for pair in ranked if any(pair[1].id in one for one in chosen)]
    never = _count(len(ranked) - len(shown))
    yes, no = _same("✓"), _same("–")
    return Grid(
        title=_same(nl="Welke ideeën krijgen geld?", en="Which projects are funded?"),
        caption=_same(
            nl=f"De cijfers boven de kolommen zijn de telmethoden. Nog {never.nl} ideeën krijgen "
            "bij geen enkele telmethode geld.",
            en=f"The numbers above the columns are the rules. {never.en} more projects are funded "
            "by no rule.",
        ),
        headings=(
            _same(nl="Idee", en="Project"),
            _same(nl="Stemmen", en="Votes"),
            _same(nl="Kosten", en="Cost"),
            *(_same(str(number)) for number in range(1, len(reports) + 1)),
        ),
        rows=tuple(
            (
                _same(project.title or project.id),
                _count(voters),
                _money(election, project.cost),
                *(yes if project.id in one else no for one in chosen),
            )
            for voters, project in shown
        ),
    )


def _story(told: Report) -> Iterator[Figure]:
    """Draw with the views that are installed: who gets something, the story, and the flow."""
    result = Result(
        election=told.read.election,
        outcome=told.outcome,
        compared=(),
        explanations=told.explanations or {},
        places=places_in(told.read),
    )
    views = load(VIEWS).result_views
    for name in VIEWS:
        drawn = views[name].figures(result, load_settings(views[name], {}))
        yield from (one for one in drawn if not _says_nothing_new(one))


def _says_nothing_new(figure: Figure) -> bool:
    """Tell whether a table compares rules but has only one: the page has compared them all."""
    return isinstance(figure, Grid) and len(figure.headings) <= len(("question", "outcome"))


def _numbered(number: int, report: Report) -> LocalText:
    label = report.card.label
    return _same(nl=f"{number}. {label.nl}", en=f"{number}. {label.en}")


def _same(nl: str, en: str = "") -> LocalText:
    return LocalText(nl=nl, en=en or nl)


def _count(number: int) -> LocalText:
    return LocalText(nl=f"{number:,}".replace(",", "."), en=f"{number:,}")


def _money(election: Election, amount: int) -> LocalText:
    return LocalText(nl=election.money(amount, "nl"), en=election.money(amount, "en"))
