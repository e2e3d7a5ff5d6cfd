"""`pb-engine tally`: count a Pabulib file, without a database."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from pb_engine.api import Settings, VotingMethod
from pb_engine.cli.election_files import read_election
from pb_engine.cli.tally_report import Report, as_table, as_text
from pb_engine.errors import EngineError, InvalidElectionFile, InvalidPluginSettings, PluginProblem
from pb_engine.services.one_count import count_once
from pb_engine.tallying import Election, Outcome
from pb_engine.tallying.pabulib import PabulibElection
from pb_engine.tallying.pabulib.amounts import decimals
from pb_engine.tallying.shortfall import ballots_short
from pb_engine.tallying.whatif import WhatIf
from pb_engine.units import ProjectId


class Refusal(click.ClickException):
    """A sentence on standard error, and exit code 1."""

    def show(self, file: object = None) -> None:
        """Print the sentence."""
        del file
        click.echo(f"pb-engine: {self.message}", err=True)


class WrongUse(Refusal):
    """The command line asks for something that does not exist: exit code 2."""

    exit_code = 2


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--rule", "rules", multiple=True, required=True, help="A voting method; repeatable.")
@click.option(
    "--setting",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help="A setting for every rule that knows it; RULE.KEY=VALUE for one rule.",
)
@click.option("--explain", is_flag=True, help="Say for each project why.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--compare", is_flag=True, help="Show all rules side by side in one table.")
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
    given: tuple[str, ...],
    explain: bool,
    as_json: bool,
    compare: bool,
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
    methods = [method_named(rule) for rule in dict.fromkeys(rules)]
    settings = settings_for(methods, given)
    try:
        read = _asked(read_election(file, lenient=lenient), budget, without, seed)
        reports = [
            _count(read, method, chosen, explain=explain, short=short, most=most)
            for method, chosen in zip(methods, settings, strict=True)
        ]
    except EngineError as problem:
        raise Refusal(problem.sentence) from problem
    except OSError as problem:
        raise Refusal(f"{file} cannot be read: {problem.strerror}") from problem
    if as_json:
        document = {"results": [report.document() for report in reports]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    for report in reports if not compare else ():
        click.echo(as_text(report, lang))
    if compare:
        click.echo(as_table(reports, lang))


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


def method_named(rule: str) -> VotingMethod:
    """Return the voting method of the plugin ``rule``.

    :raises WrongUse: no such plugin is installed, or it offers no such rule.
    :raises Refusal: the plugin does not load.
    """
    from pb_engine.pluginhost import available, load

    try:
        methods = load([rule]).voting_methods
    except PluginProblem as problem:
        installed = [one.name for one in available()]
        if rule not in installed:
            sentence = f"no plugin {rule!r} is installed; there are {', '.join(installed)}"
            raise WrongUse(sentence) from problem
        raise Refusal(problem.sentence) from problem
    if rule in methods:
        return methods[rule]
    if len(methods) != 1:
        offered = ", ".join(methods) or "no rule"
        raise WrongUse(f"the plugin {rule!r} offers {offered}; it cannot count as {rule!r}")
    return next(iter(methods.values()))


def settings_for(methods: list[VotingMethod], given: tuple[str, ...]) -> list[Settings]:
    """Give every setting to the rules that know it; a setting for nobody is a mistake.

    :raises WrongUse: a setting that nobody knows, or that is not allowed.
    """
    from pb_engine.pluginhost import load_settings

    chosen: list[dict[str, str]] = [{} for _ in methods]
    for text in given:
        key, equals, value = text.partition("=")
        rule, dot, name = key.rpartition(".")
        found = False
        for method, settings in zip(methods, chosen, strict=True):
            if (not dot or method.card.name == rule) and name in method.settings_schema().fields:
                settings[name] = value
                found = True
        if not (found and equals):
            known = "; ".join(_known(method) for method in methods)
            raise WrongUse(f"--setting {text!r} is not KEY=VALUE of a rule that is used: {known}")
    try:
        return [load_settings(*pair) for pair in zip(methods, chosen, strict=True)]
    except InvalidPluginSettings as problem:
        raise WrongUse(problem.sentence) from problem


def _known(method: VotingMethod) -> str:
    return f"{method.card.name} knows {', '.join(sorted(method.settings_schema().fields))}"


def _count(
    read: PabulibElection,
    method: VotingMethod,
    settings: Settings,
    *,
    explain: bool,
    short: tuple[str, ...],
    most: int,
) -> Report:
    def count(election: Election) -> Outcome:
        return count_once(method, settings, election)

    outcome = count(read.election)
    lacking = (ballots_short(read.election, ProjectId(name), count, most) for name in short)
    return Report(
        read=read,
        card=method.card,
        settings=method.settings_schema().dump(settings),
        outcome=outcome,
        explanations=method.explain(read.election, outcome, settings) if explain else None,
        shortfalls=tuple(lacking),
    )
