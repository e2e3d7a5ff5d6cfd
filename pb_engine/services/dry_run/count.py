"""Counting, explaining and publishing invented ballots, without publishing anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pb_engine.api import (
    Audience,
    Explanation,
    LocalText,
    Release,
    Result,
    Settings,
    VotingMethod,
)
from pb_engine.domain.rounds import PluginChoice, Round
from pb_engine.errors import EngineError, TallyRefused
from pb_engine.pluginhost import Plugins, load_settings, pick
from pb_engine.services.dry_run.findings import Finding, good, note, wrong
from pb_engine.services.one_count import count_once, guarded
from pb_engine.services.publication import written_by
from pb_engine.tallying import Election, Outcome, Profile
from pb_engine.tallying.record import ElectionRecord, MethodChoice, read_record, record_bytes
from pb_engine.tallying.recount import recount


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule of the round with its settings, and what it makes of the rehearsal ballots."""

    method: VotingMethod
    settings: Settings
    outcome: Outcome

    @property
    def choice(self) -> MethodChoice:
        """The rule as a record names it."""
        card = self.method.card
        plain = dict(self.method.settings_schema().dump(self.settings))
        return MethodChoice(card.name, card.version, plain)


def counted(plugins: Plugins, choice: PluginChoice, election: Election) -> Ready:
    """Count the rehearsal ballots twice, and then no ballots and one ballot.

    :raises PluginProblem: nothing that is loaded offers the rule.
    :raises InvalidPluginSettings: its settings are wrong.
    :raises TallyRefused: it cannot count ballots of this format, or with these settings.
    """
    method = pick(plugins.voting_methods, choice.name, "voting method")
    settings = load_settings(method, choice.settings)
    ballots = election.profile.format
    if ballots is not None and ballots not in method.formats:
        raise TallyRefused(f"{choice.name} does not count {ballots} ballots", method=choice.name)
    outcome = count_once(method, settings, election)
    if outcome != count_once(method, settings, election):
        raise TallyRefused(
            f"{choice.name} gives two outcomes for the same ballots", method=choice.name
        )
    first = [ballot for ballot, _ in election.profile.groups[:1]]
    for few in ([], first):
        count_once(method, settings, replace(election, profile=Profile.of(few)))
    return Ready(method, settings, outcome)


def count_finding(plugins: Plugins, choice: PluginChoice, problem: EngineError | None) -> Finding:
    """Say whether a rule could count."""
    method = plugins.voting_methods.get(choice.name)
    label = method.card.label if method else LocalText(choice.name, choice.name)
    if problem is not None:
        return wrong(
            "count",
            f"De telmethode “{label.nl}” kan deze stemmen niet tellen.",
            f"The voting method “{label.en}” cannot count these ballots.",
            problem.sentence,
        )
    return good(
        "count",
        f"De telmethode “{label.nl}” telt de proefstemmen twee keer, met dezelfde uitslag.",
        f"The voting method “{label.en}” counts the rehearsal ballots twice, with one outcome.",
    )


def explained(ready: Ready, election: Election) -> Mapping[str, Explanation]:
    """Return an explanation in both languages for every project; explain an empty box too.

    :raises TallyRefused: a project or a language is left out.
    """
    empty = replace(election, profile=Profile.of(()))
    nothing = count_once(ready.method, ready.settings, empty)
    _explained(replace(ready, outcome=nothing), empty)
    return _explained(ready, election)


def _explained(ready: Ready, election: Election) -> Mapping[str, Explanation]:
    told = guarded(
        ready.method,
        lambda: dict(ready.method.explain(election, ready.outcome, ready.settings)),
    )
    for project in election.projects:
        why = told.get(project.id)
        if why is None or not all((why.sentence.nl, why.sentence.en)):
            raise TallyRefused(
                f"{ready.method.card.name} does not explain project {project.id!r} in nl and en"
            )
    return {project.id: told[project.id] for project in election.projects}


def published(plugins: Plugins, record: ElectionRecord) -> ElectionRecord:
    """Write the record and every public file, read the record back and count it again.

    :raises EngineError: one of these fails; the sentence says which and why.
    """
    read = read_record(record_bytes(record))

    def again(choice: MethodChoice, election: Election) -> Outcome:
        method = plugins.voting_methods[choice.name]
        return count_once(method, load_settings(method, choice.settings), election)

    recount(read, again)
    for exporter in plugins.exporters.values():
        if Audience.PUBLIC in exporter.audiences:
            try:
                written_by(exporter, Release(read, Audience.PUBLIC))
            except EngineError:
                raise
            except Exception as problem:  # a stranger's exporter may raise anything
                raise TallyRefused(
                    f"exporter {exporter.card.name!r} failed: {type(problem).__name__}: {problem}"
                ) from problem
    return read


def figures(
    plugins: Plugins, round_: Round, election: Election, ready: list[Ready]
) -> list[Finding]:
    """Draw the figures of the results page; one that fails is left out there, so it is a note."""
    deciding, *others = ready
    compared = tuple((one.method.card.label, one.outcome) for one in others)
    result = Result(election, deciding.outcome, compared)
    failed = []
    for choice in round_.result_views:
        try:
            view = pick(plugins.result_views, choice.name, "result view")
            tuple(view.figures(result, load_settings(view, choice.settings)))
        except Exception:  # noqa: BLE001 - a view may fail in any way
            failed.append(
                note(
                    "pages",
                    f"De figuur “{choice.name}” lukt niet. De uitslag komt er zonder die figuur.",
                    f"The figure “{choice.name}” fails; the result will come without it.",
                )
            )
    return failed
