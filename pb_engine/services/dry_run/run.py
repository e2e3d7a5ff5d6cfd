"""The rehearsal from the first check to the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pb_engine.api import Explanation
from pb_engine.ballots import Ballot, BallotPaper
from pb_engine.domain.links import Link
from pb_engine.domain.rounds import Round
from pb_engine.errors import EngineError
from pb_engine.pluginhost import Plugins
from pb_engine.services.dry_run.ballots import EACH, MODELS, invented, through_the_box
from pb_engine.services.dry_run.count import (
    Ready,
    count_finding,
    counted,
    explained,
    figures,
    published,
)
from pb_engine.services.dry_run.findings import Finding, Rehearsal, ResultLine, good, wrong
from pb_engine.services.dry_run.limits import limits
from pb_engine.services.dry_run.linked import linked
from pb_engine.services.dry_run.texts import RoundText, texts
from pb_engine.services.dry_run.told import Saying, told
from pb_engine.tallying import Election, Profile, Project, draw_lot
from pb_engine.tallying.record import ElectionRecord
from pb_engine.units import LocalText

REHEARSED = EACH * len(MODELS)
"""How many ballots a rehearsal invents."""
_SEED = "rehearsal"
_NOTICE = LocalText("Verzonnen proefstemmen.", "Invented rehearsal ballots.")


def dry_run(
    plugins: Plugins,
    round_: Round,
    paper: BallotPaper,
    projects: tuple[Project, ...],
    digest: str,
    *,
    samples: bool = False,
    said: Iterable[Saying] = (),
    links: Iterable[Link] = (),
    letters: Iterable[RoundText] = (),
) -> Rehearsal:
    """Take invented ballots along the whole way that real ones go; touch no store.

    Paper, seal and opening under a key that is thrown away, a count by every rule of the round,
    explanations in both languages, record, public files, recount and figures.

    :param digest: of the rules with this paper and these projects.
    :param samples: the projects are invented.
    :param said: what the web pages tell voters about the limits.
    :param links: which ideas of the round exclude or need each other.
    :param letters: texts of letters that the round changed.
    """
    result: list[ResultLine] = []
    found = (
        *limits(round_, paper, projects),
        *told(round_, paper, said),
        *linked(plugins, round_, projects, links),
        *texts(round_, letters),
        *_findings(plugins, round_, paper, projects, digest, result),
    )
    return Rehearsal(round_.slug, digest, REHEARSED, samples, found, tuple(result))


def _findings(
    plugins: Plugins,
    round_: Round,
    paper: BallotPaper,
    projects: tuple[Project, ...],
    digest: str,
    result: list[ResultLine],
) -> Iterator[Finding]:
    try:
        drawn = invented(paper, projects, round_.fund.budget_cents, _SEED)
        ballots = through_the_box(paper, drawn, digest)
    except EngineError as problem:
        yield wrong(
            "ballots",
            "De proefstemmen komen niet heel door het stembiljet en de stembus.",
            "The rehearsal ballots do not pass the ballot paper and the ballot box.",
            problem.sentence,
        )
        return
    yield good(
        "ballots",
        f"{len(ballots)} proefstemmen gaan verzegeld de stembus in en komen er gelijk uit.",
        f"{len(ballots)} rehearsal ballots go into the box sealed, and come out as they went in.",
    )
    election = Election(
        budget=round_.fund.budget_cents,
        projects=projects,
        profile=Profile.of(ballots),
        lot=draw_lot(round_.tie.seed or _SEED, [project.id for project in projects]),
    )
    trial = _Trial(plugins, round_, paper, election, ballots, digest)
    yield from _counting(trial, result)


@dataclass(frozen=True, slots=True)
class _Trial:
    """What is rehearsed once ballots came through the box."""

    plugins: Plugins
    round: Round
    paper: BallotPaper
    election: Election
    ballots: tuple[Ballot, ...]
    digest: str


def _counting(trial: _Trial, result: list[ResultLine]) -> Iterator[Finding]:
    ready: list[Ready] = []
    for choice in (trial.round.voting_method, *trial.round.compared_methods):
        problem = None
        try:
            ready.append(counted(trial.plugins, choice, trial.election))
        except EngineError as refusal:
            problem = refusal
        yield count_finding(trial.plugins, choice, problem)
        if not ready:
            return  # without the deciding rule there is nothing to explain
    try:
        why = explained(ready[0], trial.election)
    except EngineError as problem:
        yield wrong(
            "explain",
            "De telmethode legt niet bij elk idee uit waarom, in twee talen.",
            "The voting method does not explain every project in both languages.",
            problem.sentence,
        )
        return
    yield good(
        "explain",
        "Bij elk idee staat een uitleg, in het Nederlands en in het Engels.",
        "Every project has an explanation, in Dutch and in English.",
    )
    result.extend(_lines(trial.election, ready[0], why))
    yield from _publishing(trial, ready, why)


def _lines(
    election: Election, ready: Ready, why: Mapping[str, Explanation]
) -> Iterator[ResultLine]:
    funded = frozenset(ready.outcome.selected)
    lines = zip(election.projects, election.support.voters, strict=True)
    for project, voters in sorted(lines, key=lambda line: (-line[1], line[0].title)):
        yield ResultLine(
            project.title, project.cost, voters, project.id in funded, why[project.id].sentence
        )


def _record(trial: _Trial, ready: list[Ready], why: Mapping[str, Explanation]) -> ElectionRecord:
    round_, election = trial.round, trial.election
    window = round_.calendar.voting
    return ElectionRecord(
        round=round_.slug,
        title=round_.name,
        place=round_.place,
        rules_digest=trial.digest,
        opens=window.opens.isoformat(),
        closes=window.closes.isoformat(),
        currency="EUR",
        budget=election.budget,
        paper=trial.paper,
        projects=election.projects,
        seed=round_.tie.seed or _SEED,
        lot=election.lot,
        method=ready[0].choice,
        ballots=trial.ballots,
        invalid=0,
        receipts=tuple(f"{number:04}" for number in range(len(trial.ballots))),
        superseded=(),
        outcome=ready[0].outcome,
        explanations=why,
        compared=tuple((one.choice, one.outcome) for one in ready[1:]),
        notice=_NOTICE,
    )


def _publishing(
    trial: _Trial, ready: list[Ready], why: Mapping[str, Explanation]
) -> Iterator[Finding]:
    try:
        published(trial.plugins, _record(trial, ready, why))
    except EngineError as problem:
        yield wrong(
            "record",
            "De uitslag laat zich niet opschrijven of natellen.",
            "The result cannot be written down or counted again.",
            problem.sentence,
        )
        return
    yield good(
        "record",
        "De bestanden voor iedereen zijn te maken, en natellen geeft dezelfde uitslag.",
        "The public files can be made, and counting them again gives the same outcome.",
    )
    yield from figures(trial.plugins, trial.round, trial.election, ready) or [
        good("pages", "De figuren van de uitslag lukken.", "The figures of the result work.")
    ]
