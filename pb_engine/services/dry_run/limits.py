"""The limits on the page against those of the rules, and against what the ballot box takes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from pb_engine.ballots import Ballot, BallotFormat, BallotPaper, PaperLine
from pb_engine.domain.rounds import Round
from pb_engine.errors import InvalidBallot
from pb_engine.services.dry_run.findings import Finding, good, note, wrong
from pb_engine.tallying import Project
from pb_engine.units import euros


def limits(round_: Round, paper: BallotPaper, projects: tuple[Project, ...]) -> tuple[Finding, ...]:
    """Compare the rules with the paper, and try the paper at its edges."""
    found = (
        *_numbers(round_, paper),
        *_money(round_, paper, projects),
        *_edges(round_, paper),
    )
    if any(one.level == "wrong" for one in found):
        return found
    told = good(
        "limits",
        "De grenzen op het stembiljet zijn die van de spelregels.",
        "The limits of the ballot paper are those of the rules.",
    )
    return (told, *found)


def _numbers(round_: Round, paper: BallotPaper) -> Iterator[Finding]:
    rules, number = round_.ballot, len(paper.lines)
    if paper.format is not rules.format:
        yield wrong(
            "limits",
            "Het stembiljet heeft een andere vorm dan de spelregels.",
            f"The paper is {paper.format}, but the rules say {rules.format}.",
        )
    if paper.min_choices != rules.min_choices:
        yield wrong(
            "limits",
            f"De spelregels vragen minstens {rules.min_choices} ideeën. Op het stembiljet is het "
            f"minimum {paper.min_choices}.",
            f"The rules ask for at least {rules.min_choices} projects; on the ballot paper the "
            f"minimum is {paper.min_choices}.",
        )
    if paper.max_choices == number < rules.max_choices:
        yield note(
            "limits",
            f"U mag {rules.max_choices} ideeën kiezen, maar er staan er {number} op het biljet.",
            f"Voters may choose {rules.max_choices} projects, but the paper has {number}.",
        )
    elif paper.max_choices != rules.max_choices:
        yield wrong(
            "limits",
            f"De spelregels staan {rules.max_choices} ideeën toe. Op het stembiljet is het "
            f"maximum {paper.max_choices}.",
            f"The rules allow {rules.max_choices} projects; on the ballot paper the maximum is "
            f"{paper.max_choices}.",
        )
    hint = rules.recommended_choices
    if hint is not None and not paper.min_choices <= hint <= rules.max_choices:
        yield wrong(
            "limits",
            f"De pagina raadt {hint} ideeën aan, maar dat aantal mag niet.",
            f"The page recommends {hint} projects, but that number is not allowed.",
        )


def _money(round_: Round, paper: BallotPaper, projects: tuple[Project, ...]) -> Iterator[Finding]:
    rules, budget = round_.ballot, round_.fund.budget_cents
    if paper.format is BallotFormat.BASKET and paper.spend_limit != rules.spend_limit_cents:
        yield wrong(
            "limits",
            "Het bedrag op het stembiljet is niet dat van de spelregels.",
            "The amount on the ballot paper is not that of the rules.",
        )
    if paper.format is BallotFormat.BASKET and (
        rules.min_choices > 1 or rules.max_choices < _most_affordable(paper)
    ):
        yield note(
            "limits",
            f"Een kiezer verdeelt geld, maar kiest ook minstens {rules.min_choices} en hoogstens "
            f"{rules.max_choices} ideeën. Zet dat in de uitleg.",
            f"A voter divides money, but also chooses at least {rules.min_choices} and at most "
            f"{rules.max_choices} projects. Say so in the texts.",
        )
    for project in projects:
        if paper.spend_limit is not None and project.cost > paper.spend_limit:
            yield wrong(
                "limits",
                f"Niemand kan “{project.title}” kiezen: het kost {euros(project.cost)} en een "
                f"kiezer verdeelt {euros(paper.spend_limit)}.",
                f"Nobody can choose “{project.title}”: it costs {euros(project.cost, 'en')}, and "
                f"a voter divides {euros(paper.spend_limit, 'en')}.",
            )
        elif project.cost > budget:
            yield note(
                "limits",
                f"“{project.title}” kost meer dan al het geld van de ronde.",
                f"“{project.title}” costs more than all the money of the round.",
            )


def _most_affordable(paper: BallotPaper) -> int:
    """Return how many projects fit in a basket at most."""
    costs = accumulate(sorted(line.cost for line in paper.lines))
    return sum(cost <= (paper.spend_limit or 0) for cost in costs)


def _edges(round_: Round, paper: BallotPaper) -> Iterator[Finding]:
    """Try the least and the most marks that the rules allow, and one beyond each."""
    rules = round_.ballot
    cheapest = _within_groups(paper)
    most = min(rules.max_choices, len(cheapest))
    affordable = paper.spend_limit is None or sum(c.cost for c in cheapest[:most]) <= (
        paper.spend_limit
    )
    expected = {rules.min_choices: True, rules.min_choices - 1: False, most + 1: False}
    if affordable:
        expected[most] = True
    for number, may in expected.items():
        if 0 <= number <= len(cheapest) and _taken(paper, cheapest[:number]) is not may:
            yield wrong(
                "limits",
                f"Een stem op {number} ideeën {'mag' if may else 'mag niet'} volgens de "
                f"spelregels, maar de stembus {'weigert die' if may else 'neemt die aan'}.",
                f"The rules {'allow' if may else 'do not allow'} a ballot with {number} projects, "
                f"but the ballot box {'refuses' if may else 'takes'} it.",
            )


def _within_groups(paper: BallotPaper) -> list[PaperLine]:
    """Return the cheapest projects that may stand together under the limits per theme and area."""
    room = {group.name: group.max_choices for group in paper.groups}
    kept = []
    for line in sorted(paper.lines, key=lambda line: (line.cost, line.project)):
        own = [group.name for group in paper.groups if line.project in group.projects]
        if all(room[name] for name in own):
            kept.append(line)
            room.update({name: room[name] - 1 for name in own})
    return kept


def _taken(paper: BallotPaper, lines: list[PaperLine]) -> bool:
    names = [str(line.project) for line in lines]
    weights = dict.fromkeys(names, 1)
    if paper.format is BallotFormat.RANKING:
        weights = {name: place for place, name in enumerate(names, start=1)}
    try:
        paper.check(Ballot.weighing(paper.format, weights))
    except InvalidBallot:
        return False
    return True
