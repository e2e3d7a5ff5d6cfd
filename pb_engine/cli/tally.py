"""`pb-engine tally`: count a Pabulib file, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pb_engine.api import Settings, VotingMethod
from pb_engine.cli.tally_report import Report, as_text
from pb_engine.errors import EngineError, InvalidPluginSettings, PluginProblem
from pb_engine.tallying import check_outcome
from pb_engine.tallying.pabulib import PabulibElection, read_pabulib


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
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
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
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language of texts.")
def tally(
    file: Path,
    rules: tuple[str, ...],
    given: tuple[str, ...],
    explain: bool,
    as_json: bool,
    lang: str,
) -> None:
    """Count the Pabulib FILE by one or more rules and say what is funded.

    Amounts are in the file's own units: whole numbers, or decimals as text.  Ties fall to lower
    cost, then more voters, then the project identifier in code-point order.
    """
    methods = [_method(rule) for rule in dict.fromkeys(rules)]
    settings = _settings(methods, given)
    try:
        with file.open("rb") as stream:
            read = read_pabulib(stream)
        reports = [
            _count(read, method, chosen, explain=explain)
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
    for report in reports:
        click.echo(as_text(report, lang))


def _method(rule: str) -> VotingMethod:
    from pb_engine.pluginhost import available, load

    installed = [one.name for one in available()]
    if rule not in installed:
        raise WrongUse(f"no plugin {rule!r} is installed; there are {', '.join(installed)}")
    try:
        methods = load([rule]).voting_methods
    except PluginProblem as problem:
        raise Refusal(problem.sentence) from problem
    if rule in methods:
        return methods[rule]
    if len(methods) != 1:
        offered = ", ".join(methods) or "no rule"
        raise WrongUse(f"the plugin {rule!r} offers {offered}; it cannot count as {rule!r}")
    return next(iter(methods.values()))


def _settings(methods: list[VotingMethod], given: tuple[str, ...]) -> list[Settings]:
    """Give every setting to the rules that know it; a setting for nobody is a mistake."""
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
    read: PabulibElection, method: VotingMethod, settings: Settings, *, explain: bool
) -> Report:
    outcome = check_outcome(read.election, method.tally(read.election, settings))
    return Report(
        read=read,
        card=method.card,
        settings=method.settings_schema().dump(settings),
        outcome=outcome,
        explanations=method.explain(read.election, outcome, settings) if explain else None,
    )
