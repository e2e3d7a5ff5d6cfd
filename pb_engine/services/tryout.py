"""Trying voting methods out on ballots that decide nothing, to see what each of them funds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pb_engine.domain.ideas import IdeaState
from pb_engine.domain.links import Link
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import EngineError, NotReady
from pb_engine.pluginhost import load_settings, pick
from pb_engine.services.one_count import count_once
from pb_engine.services.opening import FEWEST_PROJECTS
from pb_engine.services.publication import published_record
from pb_engine.services.scenes import (
    paper_of_round,
    places_in,
    scene_of_ideas,
    scene_without_ideas,
)
from pb_engine.services.settled import with_counted_links
from pb_engine.services.tryout_pots import LEFT_OUT, NONE, pots_on, pots_on_round
from pb_engine.services.tryout_rules import TryoutRule, options_for
from pb_engine.tallying import Election, Outcome, Profile
from pb_engine.tallying.figures import voters_served
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.tallying.recount import record_election
from pb_engine.tallying.simulating import Draws, Plan, Scene, draw_ballots, pool_of_file
from pb_engine.units import RoundId

MOST_BALLOTS = 2000
MOST_RULES = 8
MOST_PROJECTS = 300
MOST_FILE = 250_000
MOST_WORK = 4_000_000
"""Marks on different ballots, times projects: about three seconds for the slowest rule."""

_ON_PAPER = frozenset({IdeaState.FEASIBLE, IdeaState.ON_BALLOT})


@dataclass(frozen=True, slots=True)
class TryoutProject:
    """A project on the trial ballots; ``cost`` in the smallest unit."""

    id: str
    title: str
    cost: int
    voters: int


@dataclass(frozen=True, slots=True)
class TryoutRow:
    """What one rule does.

    :ivar refused: why the rule cannot count these ballots, in English; the rest is then empty.
    :ivar spent: in the smallest unit.
    :ivar without: voters who marked no funded project.
    :ivar only_here: titles that this rule funds and the first rule does not.
    :ivar only_first: titles that the first rule funds and this one does not.
    """

    rule: TryoutRule
    refused: str
    funded: frozenset[str]
    spent: int
    without: int
    only_here: tuple[str, ...] = ()
    only_first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tryout:
    """Every rule on the same ballots.

    :ivar invented: the ballots were drawn, not cast.
    :ivar samples: the projects were invented too.
    :ivar rows: in the order in which the rules were asked for.
    :ivar pots: what became of the pots of the round, see ``tryout_pots``.
    """

    election: Election
    invented: bool
    samples: bool
    voters: int
    projects: tuple[TryoutProject, ...]
    rows: tuple[TryoutRow, ...]
    pots: str = NONE


def try_model(
    engine: Engine, slug: str, model: str, ballots: int, seed: str, rules: Sequence[str]
) -> Tryout:
    """Try rules on invented ballots of a round's own format.

    The projects are those that passed the review, or invented ones while there are too few.

    :param rules: keys of ``TryoutRule``; the first is what the others are compared with.
    :raises UnknownRound: no round has this slug.
    :raises TallyRefused: there is no such model, or it has nothing to go by here.
    :raises NotReady: no rule is chosen, or it is too much for a page (``problem="tryout"``).
    """
    if not 1 <= ballots <= MOST_BALLOTS:
        raise _too_much(f"a try-out takes 1 to {MOST_BALLOTS} ballots", MOST_BALLOTS)
    round_, scene, samples, links = _scene(engine, slug)
    election = sampled(round_, scene, model, ballots, seed)
    placed = places_in(scene)
    potted, pots = pots_on(round_, placed, election.budget)
    linked = with_counted_links(engine.plugins, potted, placed, links)
    offered = options_for(engine, linked).rules
    found = tried(engine, offered, election, rules, invented=True, samples=samples)
    return replace(found, pots=pots)


def sampled(round_: Round, scene: Scene, model: str, ballots: int, seed: str) -> Election:
    """Draw ballots of a round's own format in a scene; equal arguments give equal ballots.

    :raises TallyRefused: there is no such model, or it has nothing to go by here.
    """
    paper = paper_of_round(round_, scene, round_.ballot.format)
    drawn = draw_ballots(Plan(scene, model, ballots, seed), paper)
    return scene.election(Profile.of(drawn), scene.lot(Draws(seed, "lot", 0)))


def _scene(engine: Engine, slug: str) -> tuple[Round, Scene, bool, tuple[Link, ...]]:
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(slug)).round
        ideas = work.ideas.all(RoundId(slug))
        links = work.links.of_round(RoundId(slug))
    chosen = [idea for idea in ideas if idea.state in _ON_PAPER]
    if len(chosen) >= FEWEST_PROJECTS:
        return round_, scene_of_ideas(round_, chosen), False, links
    return round_, scene_without_ideas(round_), True, links


def try_round(engine: Engine, slug: str, other: str, rules: Sequence[str]) -> Tryout:
    """Try rules on the published ballots of another round.

    :raises UnknownRound: no round has one of these slugs.
    :raises UnknownDownload: the other round has no published result.
    :raises NotReady: see ``try_model``.
    """
    record, _ = published_record(engine, other)
    election = record_election(record)
    potted, pots = pots_on_round(engine, _round(engine, slug), other, election)
    offered = options_for(engine, potted).rules
    found = tried(engine, offered, election, rules, invented=False, samples=False)
    return replace(found, pots=pots)


def try_file(engine: Engine, slug: str, raw: bytes, rules: Sequence[str]) -> Tryout:
    """Try rules on the ballots of a Pabulib file.

    :raises InvalidElectionFile: naming line and field.
    :raises NotReady: see ``try_model``.
    """
    if len(raw) > MOST_FILE:
        raise _too_much(f"a try-out takes a file of at most {MOST_FILE} bytes", MOST_FILE)
    read = read_pabulib(raw)
    election = replace(read.election, profile=pool_of_file(read))
    round_ = _round(engine, slug)
    offered = options_for(engine, round_).rules
    found = tried(engine, offered, election, rules, invented=False, samples=False)
    return replace(found, pots=LEFT_OUT if round_.pots else NONE)


def _round(engine: Engine, slug: str) -> Round:
    with engine.stores.site.read() as work:
        return work.rounds.get(RoundId(slug)).round


def tried(
    engine: Engine,
    offered: Sequence[TryoutRule],
    election: Election,
    keys: Sequence[str],
    *,
    invented: bool,
    samples: bool,
) -> Tryout:
    """Count an election by those of the offered rules that the keys name.

    :raises NotReady: see ``try_model``.
    """
    known = {rule.key: rule for rule in offered}
    rules = [known[key] for key in dict.fromkeys(keys) if key in known]
    if not rules:
        raise NotReady("choose a rule to try out", problem="tryout_rule")
    _require_small(election, len(rules))
    outcomes = [_counted(engine, rule, election) for rule in rules]
    first = next((one for one in outcomes if isinstance(one, Outcome)), None)
    support = election.support
    return Tryout(
        election=election,
        invented=invented,
        samples=samples,
        voters=election.profile.voters,
        projects=tuple(
            TryoutProject(str(project.id), project.title or str(project.id), project.cost, voters)
            for project, voters in zip(election.projects, support.voters, strict=True)
        ),
        rows=tuple(
            _row(election, rule, outcome, first)
            for rule, outcome in zip(rules, outcomes, strict=True)
        ),
    )


def _require_small(election: Election, rules: int) -> None:
    if rules > MOST_RULES:
        raise _too_much(f"a try-out compares at most {MOST_RULES} rules", MOST_RULES)
    projects = len(election.projects)
    if projects > MOST_PROJECTS:
        raise _too_much(f"a try-out takes at most {MOST_PROJECTS} projects", MOST_PROJECTS)
    work = len(election.profile.columns.marks) * projects
    if work > MOST_WORK:
        raise _too_much(
            f"these ballots take too long for a page ({work} marks times projects, at most "
            f"{MOST_WORK}); use pb-engine tally",
            MOST_WORK,
        )


def _too_much(sentence: str, limit: int) -> NotReady:
    return NotReady(sentence, problem="tryout", limit=limit)


def _counted(engine: Engine, rule: TryoutRule, election: Election) -> Outcome | EngineError:
    try:
        method = pick(engine.plugins.voting_methods, rule.choice.name, "voting method")
        settings = load_settings(method, rule.choice.settings)
        return count_once(method, settings, election)
    except EngineError as problem:
        return problem


def _row(
    election: Election, rule: TryoutRule, outcome: Outcome | EngineError, first: Outcome | None
) -> TryoutRow:
    if isinstance(outcome, EngineError):
        return TryoutRow(rule, outcome.sentence, frozenset(), 0, 0)
    here = frozenset(outcome.selected)
    there = frozenset(first.selected) if first else here
    return TryoutRow(
        rule=rule,
        refused="",
        funded=frozenset(map(str, here)),
        spent=sum(project.cost for project in election.projects if project.id in here),
        without=election.profile.voters - voters_served(election, outcome),
        only_here=_titles(election, here - there),
        only_first=_titles(election, there - here),
    )


def _titles(election: Election, chosen: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        project.title or str(project.id) for project in election.projects if project.id in chosen
    )
