"""What the engine can tell of a round by itself, feature by feature of the charter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pb_engine.domain.charter import Feature
from pb_engine.services.dashboard import Dashboard
from pb_engine.units import LocalText, euros

Done = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Known:
    """What the engine knows of a round: its figures, and how often each event was logged."""

    figures: Dashboard
    done: Done


Told = Iterator[LocalText]


def evidence_of(figures: Dashboard, done: Done) -> Mapping[Feature, tuple[LocalText, ...]]:
    """Return sentences in two languages per feature; what is not known is not said.

    :param done: how often each event stands in the log of the round.
    """
    return {feature: tuple(tell(Known(figures, done))) for feature, tell in _TELLS.items()}


def _fair(known: Known) -> Told:
    figures = known.figures
    round_ = figures.round
    yield LocalText(
        f"Talen: {len(round_.languages)}. Stemmen vanaf {round_.voters.minimum_age} jaar.",
        f"Languages: {len(round_.languages)}. Voting from the age of {round_.voters.minimum_age}.",
    )
    yield LocalText(
        f"Plekken om te stemmen of hulp te krijgen: {len(round_.voting_points)}.",
        f"Places to vote or get help: {len(round_.voting_points)}.",
    )
    if figures.letters:
        yield LocalText(
            f"Brieven met een code: {figures.letters}.",
            f"Letters with a code: {figures.letters}.",
        )
    if figures.works and figures.voters:
        share = 100 * figures.paper // figures.voters
        yield LocalText(f"Stemmen op papier: {share} %.", f"Ballots on paper: {share} %.")
    if figures.turnout and figures.turnout.areas:
        yield LocalText("Opkomst per buurt is bekend.", "Turnout per neighbourhood is known.")
    if figures.ages:
        yield LocalText("Opkomst per leeftijd is bekend.", "Turnout per age is known.")


def _participatory(known: Known) -> Told:
    figures = known.figures
    yield LocalText(
        f"Ideeën: {figures.submitted}. Activiteiten: {figures.activities}, met "
        f"{figures.people} mensen.",
        f"Ideas: {figures.submitted}. Activities: {figures.activities}, with "
        f"{figures.people} people.",
    )
    if figures.voters is not None:
        yield LocalText(f"Stemmers: {figures.voters}.", f"Voters: {figures.voters}.")
    if figures.round.consultation:
        yield LocalText("De spelregels lagen ter inzage.", "The rules lay open for comment.")
    bodies = len(figures.round.agreements)
    if bodies:
        yield LocalText(
            f"Organisaties van bewoners die zijn gevraagd: {bodies}.",
            f"Bodies of residents that were asked: {bodies}.",
        )


def _deliberative(known: Known) -> Told:
    figures = known.figures
    if figures.round.conversation is None:
        yield LocalText("Reageren op ideeën kon niet.", "Commenting on ideas was not possible.")
    else:
        answers = known.done.get("question_answered", 0)
        yield LocalText(
            f"Reageren op ideeën kon. Vragen beantwoord: {answers}.",
            f"Commenting on ideas was possible. Questions answered: {answers}.",
        )
    merged, appeals = known.done.get("ideas_merged", 0), known.done.get("appeal_decided", 0)
    yield LocalText(
        f"Ideeën samengevoegd: {merged}. Opnieuw bekeken: {appeals}.",
        f"Ideas merged: {merged}. Looked at again: {appeals}.",
    )


def _empowering(known: Known) -> Told:
    figures = known.figures
    budget = figures.round.fund.budget_cents
    who = figures.round.decision.who
    yield LocalText(
        f"Budget: {euros(budget)}. Wie beslist: {who.nl}.",
        f"Budget: {euros(budget, 'en')}. Who decides: {who.en}.",
    )
    works = figures.works
    if works is not None:
        over = sum(card.over for card in works.works)
        yield LocalText(
            f"Ideeën met geld: {len(works.works)}, klaar of gestopt: {over}. Uitgegeven: "
            f"{euros(works.spent_cents)}.",
            f"Ideas with money: {len(works.works)}, ready or stopped: {over}. Spent: "
            f"{euros(works.spent_cents, 'en')}.",
        )


def _creative(known: Known) -> Told:
    changes, tries = (known.done.get(name, 0) for name in ("rules_amended", "round_rehearsed"))
    yield LocalText(
        f"Proefstemmingen: {tries}. Wijzigingen van de spelregels, met reden: {changes}.",
        f"Rehearsals: {tries}. Changes of the rules, with a reason: {changes}.",
    )
    if known.figures.round.pots:
        yield LocalText("Het geld was verdeeld in potten.", "The money was divided into pots.")


def _transparent(known: Known) -> Told:
    figures = known.figures
    if known.done.get("ideas_opened"):
        yield LocalText(
            "De spelregels lagen vast voordat ideeën binnenkwamen.",
            "The rules were fixed before ideas came in.",
        )
    share = figures.feedback.percent
    if share is not None:
        yield LocalText(
            f"Ideeën met antwoord binnen {figures.feedback.days} dagen: {share} %.",
            f"Ideas answered within {figures.feedback.days} days: {share} %.",
        )
    if figures.works is not None:
        late = len(figures.works.overdue)
        yield LocalText(
            "De uitslag is gepubliceerd en iedereen kan haar natellen. "
            f"Berichten over de uitvoering die te laat zijn: {late}.",
            "The result is published and everybody can count it again. "
            f"Updates about the work that are late: {late}.",
        )


def _democratic(known: Known) -> Told:
    figures = known.figures
    plan = figures.round.plan
    if plan is not None:
        yield LocalText(
            f"Het participatieplan is vastgesteld door {plan.decided_by.nl}.",
            f"The participation plan was decided by {plan.decided_by.en}.",
        )
    yield figures.round.ordinance
    if known.done.get("report_written"):
        yield LocalText(
            "De reactie van de gemeente staat in het eindverslag.",
            "The reaction of the municipality stands in the end report.",
        )


_TELLS: Mapping[Feature, Callable[[Known], Told]] = MappingProxyType(
    {
        Feature.FAIR: _fair,
        Feature.PARTICIPATORY: _participatory,
        Feature.DELIBERATIVE: _deliberative,
        Feature.EMPOWERING: _empowering,
        Feature.CREATIVE: _creative,
        Feature.TRANSPARENT: _transparent,
        Feature.DEMOCRATIC: _democratic,
    }
)
