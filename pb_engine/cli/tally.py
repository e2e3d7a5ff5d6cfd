"""`pb-engine tally`: count a Pabulib file, without a database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from pb_engine.api import Settings, VotingMethod
from pb_engine.cli.election_files import read_election
from pb_engine.cli.refusing import Refusal, WrongUse
from pb_engine.cli.tally_places import places_in
from pb_engine.cli.tally_report import Refused, Report, as_text
from pb_engine.cli.tally_rules import (
    ALL,
    asked_methods,
    asked_settings,
    can_count,
    left_alone,
    wrong_format,
)
from pb_engine.errors import EngineError, InvalidElectionFile, TallyRefused
from pb_engine.services.one_count import count_once
from pb_engine.tallying import Election, Outcome
from pb_engine.tallying.fairness import fairness_of
from pb_engine.tallying.pabulib import PabulibElection
from pb_engine.tallying.pabulib.amounts import decimals
from pb_engine.tallying.shortfall import ballots_short
from pb_engine.tallying.whatif import WhatIf
from pb_engine.units import LocalText, ProjectId


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--rule",
    "rules",
    multiple=True,
    required=True,
    help="A voting method; repeatable. 'all' stands for every one that is installed.",
)
@click.option(
    "--except", "left_out", multiple=True, metavar="RULE", help="A rule that 'all' leaves out."
)
@click.option(
    "--setting",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help="A setting for every rule that knows it; RULE.KEY=VALUE for one rule.",
)
@click.option("--explain", is_flag=True, help="Say for the round and for each project why.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--compare", is_flag=True, help="Show all rules side by side in one table.")
@click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write one HTML page that compares the rules in figures.",
)
@click.option("--budget", help="Count with another budget, in the units of the file.")
@click.option("--without", multiple=True, metavar="PROJECT", help="A project to leave out.")
@click.option(
    "--short",
    "short",
    multiple=True,
    metavar="PROJECT",
    help="Search how many more ballots this project needed.",
)
@click.option("--most", default=100, show_default=True, help="Ballots that --short tries at most.")
@click.option("--seed", help="Settle ties by a lot drawn from this seed.")
@click.option("--lenient", is_flag=True, help="Read over what breaks the format, and say so.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language of texts.")
def tally(
    file: Path,
    rules: tuple[str, ...],
    left_out: tuple[str, ...],
    given: tuple[str, ...],
    explain: bool,
    as_json: bool,
    compare: bool,
    page: Path | None,
    budget: str | None,
    without: tuple[str, ...],
    short: tuple[str, ...],
    most: int,
    seed: str | None,
    lenient: bool,
    lang: str,
) -> None:
    """Count the election in FILE by one or more rules and say what is funded.

    FILE is a Pabulib file, a published record (.json), or a folder or ZIP file with sheets.

    Amounts are in the file's own units: whole numbers, or decimals as text.  Ties fall to lower
    cost, then more voters, then the project identifier in code-point order.
    """
    methods = asked_methods(rules, left_out)
    settings = asked_settings(methods, given)
    question = _Question(explain=explain or page is not None, short=short, most=most)
    try:
        read = _asked(read_election(file, lenient=lenient), budget, without, seed)
        pairs = list(zip(methods, settings, strict=True))
        reports, refused = _count_all(read, pairs, question, forgiving=ALL in rules)
        refused += map(left_alone, left_out)
        if page is not None:
            _write_page(page, reports, refused, lang)
    except EngineError as problem:
        raise Refusal(problem.sentence) from problem
    except OSError as problem:
        raise Refusal(f"{problem.filename or file}: {problem.strerror}") from problem
    if page is None or as_json or compare:
        _show(reports, refused, lang, as_json=as_json, compare=compare)


def _show(
    reports: Sequence[Report],
    refused: Sequence[Refused],
    lang: str,
    *,
    as_json: bool,
    compare: bool,
) -> None:
    if as_json:
        document = {
            "results": [report.document() for report in reports],
            "refused": [one.document() for one in refused],
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    elif compare:
        from pb_engine.cli.tally_table import as_table

        click.echo(as_table(reports, refused, lang))
    else:
        for report in reports:
            click.echo(as_text(report, lang))
        for one in refused:
            click.echo(f"({one.sentence.text(lang)})")


def _write_page(
    page: Path, reports: Sequence[Report], refused: Sequence[Refused], lang: str
) -> None:
    from pb_engine.cli.tally_page import comparison_page

    page.write_text(comparison_page(reports, refused, lang), encoding="utf-8")


def _asked(
    read: PabulibElection, budget: str | None, without: tuple[str, ...], seed: str | None
) -> PabulibElection:
    """Return the file as it would have been; see ``WhatIf``."""
    amount = None
    if budget is not None:
        try:
            asked = decimals(budget, 1, "budget")
        except InvalidElectionFile as problem:
            raise WrongUse(f"--{problem.sentence.partition(', ')[2]}") from problem
        unit = max(read.election.unit, 10**asked.places)
        if unit != read.election.unit:
            raise WrongUse(f"--budget {budget!r} has more decimals than the amounts of the file")
        amount = asked.times(unit)
    question = WhatIf(amount, without, seed)
    return replace(read, election=question.asked_of(read.election))


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of every count."""

    explain: bool
    short: tuple[str, ...]
    most: int


def _count_all(
    read: PabulibElection,
    pairs: Sequence[tuple[VotingMethod, Settings]],
    question: _Question,
    *,
    forgiving: bool,
) -> tuple[list[Report], list[Refused]]:
    """Count by every rule; with ``forgiving`` a rule that cannot is named instead.

    :raises TallyRefused: no rule is left that can count the file.
    """
    reports, refused = [], []
    for method, settings in pairs:
        try:
            if not forgiving or can_count(read, method):
                reports.append(_count(read, method, settings, question))
            else:
                refused.append(wrong_format(read, method))
        except TallyRefused as problem:
            if not forgiving:
                raise
            sentence = LocalText(nl=problem.sentence, en=problem.sentence)
            refused.append(Refused(method.card.name, sentence))
    if not reports:
        raise TallyRefused("no rule that is installed can count this file")
    return reports, refused


def _count(
    read: PabulibElection, method: VotingMethod, settings: Settings, question: _Question
) -> Report:
    def count(election: Election) -> Outcome:
        return count_once(method, settings, election)

    election, most = read.election, question.most
    outcome = count(election)
    lacking = (ballots_short(election, ProjectId(name), count, most) for name in question.short)
    return Report(
        read=read,
        card=method.card,
        settings=method.settings_schema().dump(settings),
        outcome=outcome,
        fairness=fairness_of(election, outcome, places_in(read)),
        explanations=method.explain(election, outcome, settings) if question.explain else None,
        shortfalls=tuple(lacking),
    )
