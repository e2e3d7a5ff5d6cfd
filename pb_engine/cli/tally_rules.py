"""Which voting methods a command line asks for, and with which settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pb_engine.api import BallotFormat, LocalText, Settings, VotingMethod
from pb_engine.cli.refusing import Refusal, WrongUse
from pb_engine.cli.tally_report import Refused
from pb_engine.errors import InvalidPluginSettings, PluginProblem
from pb_engine.tallying.pabulib import PabulibElection

ALL = "all"
"""Stands for every rule that is installed."""


def asked_methods(rules: Sequence[str], left_out: Sequence[str]) -> list[VotingMethod]:
    """Return the voting methods in the order asked, each once.

    :param left_out: rules that ``all`` leaves out.
    :raises WrongUse: a rule is not installed, or is left out although nothing asks for all.
    """
    if left_out and ALL not in rules:
        raise WrongUse("--except leaves rules out of '--rule all', which is not asked")
    found: dict[str, VotingMethod] = {}
    for rule in rules:
        for method in _installed() if rule == ALL else (method_named(rule),):
            if rule != ALL or method.card.name not in left_out:
                found.setdefault(method.card.name, method)
    for name in left_out:
        method_named(name)
    return list(found.values())


def _installed() -> Iterator[VotingMethod]:
    """Yield every voting method that loads; what does not load cannot count."""
    from pb_engine.pluginhost import available, load

    for one in available():
        try:
            yield from load([one.name]).voting_methods.values()
        except PluginProblem:
            continue


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


def asked_settings(methods: Sequence[VotingMethod], given: Sequence[str]) -> list[Settings]:
    """Give every setting to the rules that know it; a setting for nobody is a mistake.

    :raises WrongUse: a setting is for no rule, or is not what the rule allows.
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


_FORMATS = {
    BallotFormat.SINGLE: "met één keuze",
    BallotFormat.APPROVAL: "met kruisjes",
    BallotFormat.BASKET: "met een mandje",
    BallotFormat.POINTS: "met punten",
    BallotFormat.SCORE: "met cijfers",
    BallotFormat.RANKING: "met een volgorde",
}


def can_count(read: PabulibElection, method: VotingMethod) -> bool:
    """Tell whether a rule counts ballots of the format in a file; every rule counts none."""
    found = read.election.profile.format
    return found is None or found in method.formats


def wrong_format(read: PabulibElection, method: VotingMethod) -> Refused:
    """Say which ballots a rule counts, and which the file has."""
    found = read.election.profile.format or BallotFormat.APPROVAL
    counted = sorted(method.formats)
    dutch, english = ", ".join(_FORMATS[one] for one in counted), ", ".join(counted)
    label = method.card.label
    return Refused(
        method.card.name,
        LocalText(
            nl=f"{label.nl} telt stembiljetten {dutch}; deze zijn {_FORMATS[found]}",
            en=f"{label.en} counts {english} ballots; these are {found} ballots",
        ),
    )


def left_alone(name: str) -> Refused:
    """Say that a rule was left out on purpose."""
    return Refused(name, LocalText(nl=f"{name} is weggelaten", en=f"{name} was left out"))
