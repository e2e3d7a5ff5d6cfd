"""The end of a round: part (c) of the end report, thanks to everybody, and the archive."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, IdeaState, tidy
from pb_engine.domain.phases import Phase
from pb_engine.domain.reports import LONGEST_ANSWER, LONGEST_REACTION, RoundReport
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import NotReady, WrongPhase
from pb_engine.services.leftovers import leftover_lines
from pb_engine.services.progress import works_page
from pb_engine.store.site import SiteWork
from pb_engine.units import IdeaId, RoundId

UNANSWERED = frozenset({IdeaState.SUBMITTED, IdeaState.ADAPT, IdeaState.FEASIBLE})
"""Ideas in these states have no final answer."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold before a round goes into the archive.

    :ivar name: ``report``, ``ideas``, ``thanks``, ``progress`` or ``money``.
    :ivar lacking: how many are still missing; 0 when it holds.
    """

    name: str
    lacking: int

    @property
    def holds(self) -> bool:
        """Tell whether nothing is missing."""
        return self.lacking == 0


@dataclass(frozen=True, slots=True)
class EndPage:
    """The end of a round as officials see it.

    :ivar unanswered: ideas without a final answer.
    :ivar without_email: submitters who can be thanked only in person, by their public names.
    """

    round: Round
    report: RoundReport
    ideas: tuple[Idea, ...]
    unanswered: tuple[Idea, ...]
    without_email: tuple[str, ...]
    conditions: tuple[Condition, ...]

    @property
    def may_archive(self) -> bool:
        """Tell whether the round can go into the archive now."""
        return self.report.archived_on is None and all(one.holds for one in self.conditions)


@dataclass(frozen=True, slots=True)
class NewReport:
    """What officials write; ``answers`` may hold empty texts."""

    reaction: str
    used: str
    answers: Mapping[str, str]


def end_page(engine: Engine, slug: str) -> EndPage:
    """Return the end of a round.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: the result is not published yet.
    """
    works = works_page(engine, slug)
    undecided = sum(one.open for one in leftover_lines(engine, works))
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(round_id).round
        report, ideas = work.reports.get(round_id), work.ideas.all(round_id)
    unanswered = tuple(one for one in ideas if one.state in UNANSWERED)
    alone = (
        one.name
        for idea in ideas
        if idea.state is not IdeaState.WITHDRAWN
        for one in idea.submitters
        if not one.email
    )
    conditions = (
        Condition("ideas", len(unanswered)),
        Condition("report", (not report.reaction) + (not report.used)),
        Condition("thanks", 0 if report.thanked_on else 1),
        Condition("progress", len(works.overdue)),
        Condition("money", undecided),
    )
    names = tuple(dict.fromkeys(alone))
    return EndPage(round_, report, ideas, unanswered, names, conditions)


def write_report(engine: Engine, slug: str, told: NewReport, seen: int, by: str) -> RoundReport:
    """Keep part (c) of the end report.

    :param seen: the version that the official had before them.
    :raises NotReady: ``problem`` is ``report_long`` (a text is too long), ``report_idea`` (an
        answer is about no idea of this round) or ``archived``.
    :raises ConcurrentEdit: somebody else wrote first.
    """
    round_id = RoundId(slug)
    reaction, used = tidy(told.reaction), tidy(told.used)
    answers = {IdeaId(idea): tidy(text) for idea, text in told.answers.items() if tidy(text)}
    if max(len(reaction), len(used)) > LONGEST_REACTION or any(
        len(text) > LONGEST_ANSWER for text in answers.values()
    ):
        raise NotReady(
            f"a text has at most {LONGEST_REACTION} characters, an answer {LONGEST_ANSWER}",
            problem="report_long",
        )
    with engine.stores.site.write() as work:
        report = _open_report(work, round_id)
        known = {one.id for one in work.ideas.all(round_id)}
        if strange := set(answers) - known:
            raise NotReady(f"no idea {min(strange)[:64]!r} in this round", problem="report_idea")
        new = dataclasses.replace(
            report, reaction=reaction, used=used, answers=answers, version=seen
        )
        work.reports.save(new)
        _finish(engine, work, Event("report_written", round_id, by, {"answers": len(answers)}))
    return new


def thank_everybody(engine: Engine, slug: str, by: str) -> int:
    """Note that everybody is thanked; the outbox writes to every submitter with an address.

    :returns: how many ideas get a letter.
    :raises NotReady: ``problem`` is ``thanked`` or ``archived``.
    :raises WrongPhase: the result is not published yet.
    """
    round_id = RoundId(slug)
    with engine.stores.site.write() as work:
        report = _open_report(work, round_id)
        if report.thanked_on is not None:
            raise NotReady("everybody was thanked already", problem="thanked")
        ideas = [one for one in work.ideas.all(round_id) if one.state is not IdeaState.WITHDRAWN]
        for idea in ideas:
            work.log.append(
                Event("submitter_thanked", round_id, by, {"idea": idea.id}), engine.clock()
            )
        work.reports.save(dataclasses.replace(report, thanked_on=engine.today()))
        _finish(engine, work, Event("everybody_thanked", round_id, by, {"ideas": len(ideas)}))
    return len(ideas)


def archive_round(engine: Engine, slug: str, by: str) -> None:
    """Put a round into the archive; its pages stay.

    :raises NotReady: ``problem`` is ``archive_`` with the name of the first condition that does
        not hold, or ``archived``.
    :raises WrongPhase: the result is not published yet.
    """
    page = end_page(engine, slug)
    for condition in page.conditions:
        if not condition.holds:
            raise NotReady(
                f"the round cannot be archived: {condition.name} lacks {condition.lacking}",
                problem=f"archive_{condition.name}",
            )
    round_id = RoundId(slug)
    with engine.stores.site.write() as work:
        report = _open_report(work, round_id)
        archived = dataclasses.replace(
            report, archived_on=engine.today(), version=page.report.version
        )
        work.reports.save(archived)
        _finish(engine, work, Event("round_archived", round_id, by, {"ideas": len(page.ideas)}))


def _open_report(work: SiteWork, slug: RoundId) -> RoundReport:
    phase = work.rounds.get(slug).phase
    if phase is not Phase.PUBLISHED:
        raise WrongPhase("the result is not published yet", phase=phase, wanted="published")
    report = work.reports.get(slug)
    if report.archived_on is not None:
        raise NotReady("this round is in the archive", problem="archived")
    return report


def _finish(engine: Engine, work: SiteWork, event: Event) -> None:
    work.log.append(event, engine.clock())
    work.commit()
