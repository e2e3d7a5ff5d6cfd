"""Filling a demonstration: the real services, called at the moments of a real calendar."""

from __future__ import annotations

import dataclasses
import random  # noqa: TID251 - invented voters need invented tastes, the same ones every time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pb_engine.ballots import BallotFormat
from pb_engine.domain.ideas import Idea, IdeaDraft, Recurrence, Submitter
from pb_engine.domain.phases import Step
from pb_engine.domain.review import Colour, Judgement
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import NotReady
from pb_engine.services import (
    assessing,
    consents,
    counting,
    identity,
    pages,
    phases,
    placards,
    publication,
    review,
    rounds,
)
from pb_engine.services.admission import Admitted
from pb_engine.services.adoption import adopt
from pb_engine.services.area_shapes import import_shapes
from pb_engine.services.codes import issue_codes
from pb_engine.services.demo_after import fill_after
from pb_engine.services.demo_presets import (
    FINISHED,
    MAIN,
    Preset,
    moved_to,
    presets_folder,
    read_preset,
)
from pb_engine.services.demo_talk import fill_talk
from pb_engine.services.ideas import submit_idea
from pb_engine.services.rehearsal import keep_rehearsal
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.units import Cents

TEAM, COMMISSION, SECRETARY = "team@demo", "commissie@demo", "secretaris@demo"
ASSESSORS = ("Ank", "Bram", "Chaima", "Dirk", "Esra", "Femke", "Gijs", "Hanna", "Ilse")
OUTLINES_OF = "verzonnen voorbeeld"
SPARE_CODES = 3
VOTERS = {MAIN: 90, FINISHED: 120}
PHASES = ("ideas", "review", "voting", "results")


@dataclass(frozen=True, slots=True)
class Filled:
    """What a filled demonstration holds: unused voting codes, and the round they are for."""

    slug: str
    codes: tuple[str, ...]


def fill(engine: Engine, phase: str, tell: Callable[[str], None]) -> Filled:
    """Put both example rounds into an empty installation, the main one in ``phase``.

    :param tell: is called with a sentence for each part, for whoever is waiting.
    :raises NotReady: ``phase`` is not ideas, review, voting or results.
    """
    if phase not in PHASES:
        raise NotReady(f"a demonstration can be in {', '.join(PHASES)}", problem="phase")
    drawn = (presets_folder() / "demo" / "outlines.geojson").read_bytes()
    import_shapes(engine, drawn, code="code", source=OUTLINES_OF, by=TEAM)
    tell(f"{FINISHED}: a finished round with a result ...")
    _fill_round(engine, read_preset(FINISHED), "results")
    tell(f"{MAIN}: a round in the phase {phase} ...")
    codes = _fill_round(engine, read_preset(MAIN), phase)
    return Filled(MAIN, codes)


def _at(engine: Engine, moment: datetime) -> Engine:
    """Return the engine with its clock standing at a moment, but never in the future."""
    moment = min(moment, engine.clock())
    return dataclasses.replace(engine, clock=lambda: moment)


def _fill_round(engine: Engine, preset: Preset, phase: str) -> tuple[str, ...]:
    round_ = moved_to(preset.round, engine.today(), phase)
    calendar, hour = round_.calendar, timedelta(hours=1)
    early = _at(engine, calendar.ideas.start - timedelta(days=14))
    rounds.add_round(early, round_, TEAM)
    codes = issue_codes(early, round_.slug, VOTERS[round_.slug] + SPARE_CODES, TEAM).codes
    phases.take_step(
        _at(engine, calendar.ideas.start + hour), round_.slug, Step.OPEN_IDEAS, "clock"
    )
    known = _submit_all(engine, round_, preset)
    liked = {known[table["key"]]: int(table["popularity"]) for table in preset.ideas}
    fill_talk(lambda moment: _at(engine, moment), round_, liked, TEAM)
    if phase == "ideas":
        return codes[-SPARE_CODES:]
    reviewing = _at(engine, calendar.review.start + hour)
    phases.take_step(reviewing, round_.slug, Step.START_REVIEW, "clock")
    rounds.publish_seed(reviewing, round_.slug, f"demo-trekking-{round_.slug}", TEAM)
    _judge_all(reviewing, round_, preset, known, every=phase != "review")
    if phase == "review":
        return codes[-SPARE_CODES:]
    voting = _at(engine, calendar.voting.start + hour)
    keep_rehearsal(reviewing, round_.slug, TEAM)
    phases.take_step(voting, round_.slug, Step.OPEN_VOTING, "clock")
    _cast_all(voting, round_, preset, known, codes[:-SPARE_CODES])
    if phase == "results":
        _count(engine, round_)
    return codes[-SPARE_CODES:]


def _submit_all(engine: Engine, round_: Round, preset: Preset) -> dict[str, str]:
    known: dict[str, str] = {}
    span = round_.calendar.ideas.end - round_.calendar.ideas.start
    for place, table in enumerate(preset.ideas, start=1):
        moment = round_.calendar.ideas.start + place * span / (len(preset.ideas) + 2)
        made = submit_idea(_at(engine, moment), round_.slug, _draft(table))
        known[table["key"]] = made.idea.id
    return known


def _draft(one: Mapping[str, Any]) -> IdeaDraft:
    return IdeaDraft(
        title=one["title"],
        description=one["description"],
        motivation=one["motivation"],
        cost_cents=Cents(int(one["cost_cents"])),
        area=one["area"] or None,
        place=one["place"],
        theme=one["theme"],
        own_effort=one["own_effort"],
        recurrence=Recurrence(one["recurrence"]),
        submitter=Submitter(one["submitter"], helper=one["helper"] or None),
    )


def _judge_all(
    engine: Engine, round_: Round, preset: Preset, known: dict[str, str], *, every: bool
) -> None:
    """Judge the ideas; in the review phase every third one is left for whoever tries the desk."""
    for place, table in enumerate(preset.ideas):
        idea = pages.idea_page(engine, round_.slug, known[table["key"]]).idea
        left = not every and place % 3 == 2  # noqa: PLR2004
        members = ASSESSORS[: round_.assessors - left] if round_.assessors else ()
        if table["review"]["outcome"] != "none":
            _assess(engine, idea, _review(round_, table), members)
        if left:
            continue
        if table.get("merged_into"):
            into = known[table["merged_into"]]
            _agree(engine, idea, into)
            review.merge_ideas(engine, round_.slug, idea.id, into, idea.version, COMMISSION)
        elif table["review"]["outcome"] != "none":
            new = _review(round_, table)
            review.judge_idea(engine, round_.slug, idea.id, new, idea.version, COMMISSION)


def _assess(engine: Engine, idea: Idea, decided: review.NewReview, members: Sequence[str]) -> None:
    """Let members find what was decided; the last one is left to whoever tries the desk."""
    given = assessing.NewAssessment(decided.outcome, decided.judgements, decided.suggestion)
    for member in members:
        assessing.assess_idea(engine, idea.round, idea.id, given, 0, member)


def _agree(engine: Engine, idea: Idea, into: str) -> None:
    """Let the submitters agree that two ideas are merged."""
    consents.propose_merge(engine, idea.round, idea.id, into, COMMISSION)
    for asked in consents.asked_of(engine, idea.round, idea.id):
        consents.record_consent(engine, idea.round, asked.consent.id, COMMISSION, agreed=True)


def _review(round_: Round, one: Mapping[str, Any]) -> review.NewReview:
    found = one["review"]
    cited, outcome = found["criterion"], found["outcome"]
    colour = Colour.ORANGE if outcome == "adapt" else Colour.RED
    judgements = tuple(
        Judgement(rule.number, colour, found["reason"])
        if rule.number == cited
        else Judgement(rule.number, Colour.GREEN)
        for rule in round_.criteria
    )
    return review.NewReview(
        outcome=outcome,
        judgements=judgements,
        reason=found["reason"],
        suggestion=found["suggestion"],
        referred_to=found["referred_to"] or None,
        final_cost_cents=found.get("final_cost_cents"),
    )


def _cast_all(
    engine: Engine, round_: Round, preset: Preset, known: dict[str, str], codes: Sequence[str]
) -> None:
    """Cast invented ballots through the same two services as a resident's browser."""
    page = placards.ballot_page(engine, round_.slug)
    liked = {known[table["key"]]: int(table["popularity"]) for table in preset.ideas}
    weights = {line.project: liked[line.project] for line in page.paper.lines}
    costs = {str(line.project): int(line.cost) for line in page.paper.lines}
    taste = random.Random(round_.slug)  # noqa: S311 - invented votes, not a secret
    check = round_.identity_checks[0].name
    for code in codes:
        ranked = sorted(weights, key=lambda one: taste.random() ** (1 / weights[one]), reverse=True)
        choices = _choices(page.paper.format, ranked, costs, round_, taste)
        asked = identity.begin_check(engine, round_.slug, check, locale="nl")
        assert isinstance(asked, identity.Asked)  # noqa: S101
        known_as = {asked.questions[0].name: code}
        admitted = identity.complete_check(
            engine, round_.slug, check, asked.carry, known_as, locale="nl"
        )
        assert isinstance(admitted, Admitted)  # noqa: S101
        cast_ballot(engine, round_.slug, admitted.ticket, choices, new_attempt())


def _choices(
    ballot_format: BallotFormat,
    ranked: Sequence[str],
    costs: dict[str, int],
    round_: Round,
    taste: random.Random,
) -> list[str]:
    if ballot_format is BallotFormat.BASKET:
        chosen: list[str] = []
        left = (round_.ballot.spend_limit_cents or 0) * taste.randint(50, 100) // 100
        for project in ranked:
            if costs[project] <= left:
                chosen.append(project)
                left -= costs[project]
        return chosen or [min(costs, key=lambda one: (costs[one], one))]
    most = min(round_.ballot.max_choices, len(ranked))
    return list(ranked[: taste.randint(max(1, round_.ballot.min_choices), most)])


def _count(engine: Engine, round_: Round) -> None:
    closing = _at(engine, round_.calendar.voting.end)
    phases.take_step(closing, round_.slug, Step.CLOSE_VOTING, "clock")
    counting_day = _at(engine, round_.calendar.counting.start + timedelta(hours=10))
    counting.open_box(counting_day, round_.slug, TEAM)
    counting.tally(counting_day, round_.slug, TEAM)
    counting.explain(counting_day, round_.slug, TEAM)
    result_day = _at(engine, round_.calendar.counting.end)
    adopt(result_day, round_.slug, SECRETARY)
    publication.publish(result_day, round_.slug, TEAM)
    fill_after(_at(engine, result_day.clock() + timedelta(days=5)), round_.slug, TEAM)
