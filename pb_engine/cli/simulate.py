"""`pb-engine simulate`: how rules and ballot formats behave on ballots that nobody cast."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pb_engine.ballots import BallotFormat
from pb_engine.cli.refusing import Refusal, WrongUse
from pb_engine.cli.simulate_report import Simulated, as_document, as_text
from pb_engine.cli.simulate_source import MOST_PROJECTS, Counted, Source, read_source, told_apart
from pb_engine.cli.simulate_write import simulated_file
from pb_engine.cli.tally_rules import asked_settings, method_named
from pb_engine.errors import EngineError
from pb_engine.tallying.simulating import BOOTSTRAP, MODELS, Plan, experiment
from pb_engine.tallying.simulating.drawing import MOST_BALLOTS, MOST_STRENGTH, STRENGTH

MOST_REPEATS = 1000
FILE_RULES = ("greedy", "equal_shares")
"""What counts a file when no rule is named."""


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--model",
    type=click.Choice([*MODELS, BOOTSTRAP]),
    default="popularity",
    show_default=True,
    help="What voters are like; bootstrap draws again from the ballots of a file.",
)
@click.option(
    "--strength",
    type=click.IntRange(0, MOST_STRENGTH),
    default=STRENGTH,
    show_default=True,
    help="How strong the model's preference is; 0 is none.",
)
@click.option(
    "--ballots",
    type=click.IntRange(0, MOST_BALLOTS),
    default=300,
    show_default=True,
    help="Ballots per simulated round.",
)
@click.option(
    "--repeats",
    type=click.IntRange(1, MOST_REPEATS),
    default=20,
    show_default=True,
    help="How many rounds to simulate.",
)
@click.option(
    "--projects",
    type=click.IntRange(1, MOST_PROJECTS),
    default=15,
    show_default=True,
    help="Invented projects, for a round file.",
)
@click.option(
    "--seed", default="simulate", show_default=True, help="The same seed, the same ballots."
)
@click.option("--rule", "rules", multiple=True, help="A voting method; repeatable.")
@click.option(
    "--setting",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help="With --rule: a setting for every rule that knows it; RULE.KEY=VALUE for one rule.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([str(one) for one in BallotFormat]),
    help="A ballot format; repeatable.  Without it: the format of SOURCE.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the ballots of the first round to a Pabulib file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language of texts.")
def simulate(
    source: Path,
    model: str,
    strength: int,
    ballots: int,
    repeats: int,
    projects: int,
    seed: str,
    rules: tuple[str, ...],
    given: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """Draw ballots for SOURCE, a round file or a Pabulib file, and count them.

    Says how often each rule funds which project.  Never a forecast: the ballots are invented.
    """
    try:
        read = read_source(source, projects)
        counted = _rules(read, rules, given)
        plan = Plan(read.scene, model, ballots, seed, strength, read.pool)
        wanted = [BallotFormat(name) for name in dict.fromkeys(formats)] or [read.format]
        papers = [read.paper(one) for one in wanted]
        found = experiment(plan, papers, [one.rule for one in counted], repeats)
        if out is not None:
            out.write_bytes(simulated_file(read, plan, papers[0], counted[0]))
    except EngineError as problem:
        raise Refusal(problem.sentence) from problem
    except OSError as problem:
        raise Refusal(f"{problem.filename}: {problem.strerror}") from problem
    pots = ("left_out" if rules else "counted") if read.pots else "none"
    simulated = Simulated(read.title, plan, found, read.areas, pots)
    if as_json:
        click.echo(json.dumps(as_document(simulated), ensure_ascii=False, indent=1))
    else:
        click.echo(as_text(simulated, lang))


def _rules(read: Source, rules: tuple[str, ...], given: tuple[str, ...]) -> list[Counted]:
    """Return the rules to count by: those that are named, else those of the round."""
    if given and not rules:
        raise WrongUse("--setting goes with --rule: name the rule that it is for")
    if read.choices and not rules:
        from pb_engine.pluginhost import load_settings

        methods = [method_named(choice.name) for choice in read.choices]
        pairs = zip(methods, read.choices, strict=True)
        return told_apart((method, load_settings(method, one.settings)) for method, one in pairs)
    methods = [method_named(rule) for rule in dict.fromkeys(rules or FILE_RULES)]
    return told_apart(zip(methods, asked_settings(methods, given), strict=True))
