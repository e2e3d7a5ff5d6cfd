"""Telling submitters what the result means for their idea: by mail, and on paper for the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pb_engine.domain.council import CouncilDecision, in_force
from pb_engine.domain.events import LogEntry
from pb_engine.domain.ideas import Idea
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services import mail_texts
from pb_engine.services import result_words as words
from pb_engine.services.council import decisions_in
from pb_engine.services.editions import CORRECTED_EVENT
from pb_engine.services.publication import RECORD_NAME
from pb_engine.services.status_letters import Letter, OwnTexts
from pb_engine.services.status_texts import own_texts
from pb_engine.store.site import OutMessage, SiteWork
from pb_engine.tallying import Verdict
from pb_engine.tallying.record import read_record
from pb_engine.units import LANGUAGES, Cents, LocalText, RoundId, euros

EVENTS = frozenset({"results_published", CORRECTED_EVENT, "council_decision_settled"})
"""What submitters hear of."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What the result means for one idea of the ballot paper.

    :ivar money: what it gets, decisions of a council included; ``None`` when it gets nothing.
    :ivar sentence: why, as the method tells it, in Dutch and English.
    """

    idea: Idea
    money: Cents | None
    voters: int
    sentence: LocalText
    decision: CouncilDecision | None


def fates_in(work: SiteWork, slug: RoundId) -> Iterator[Fate]:
    """Yield what the published result means for every idea of the ballot paper."""
    record = read_record(work.publications.get(slug, RECORD_NAME).body)
    costs = {one.id: one.cost for one in record.projects}
    ideas = {str(one.id): one for one in work.ideas.all(slug)}
    decisions = in_force(decisions_in(work, slug))
    for one in record.outcome.decisions:
        decided = decisions.get(one.project)
        counted = costs[one.project] if one.verdict is Verdict.FUNDED else None
        given = counted if decided is None else decided.amount_cents if decided.funded else None
        if idea := ideas.get(one.project):
            sentence = record.explanations[one.project].sentence
            yield Fate(idea, given, one.voters, sentence, decided)


def result_messages(engine: Engine, work: SiteWork, entry: LogEntry) -> Iterator[OutMessage]:
    """Yield a message to every submitter with an address, about the idea they submitted.

    Nothing as long as the result is not public.
    """
    slug = RoundId(entry.event.round or "")
    stored = work.rounds.get(slug)
    if stored.phase is not Phase.PUBLISHED or entry.event.facts.get("decision") == "refused":
        return
    later = work.log.newest(CORRECTED_EVENT, slug)
    if later is not None and entry.number < later.number:
        return  # the message about the correction tells all
    only, corrected = entry.event.facts.get("idea"), entry.event.name == CORRECTED_EVENT
    own = own_texts(work, slug)
    for fate in fates_in(work, slug):
        if only is None or fate.idea.id == only:
            letter = result_letter(engine, stored.round, fate, own, corrected=corrected)
            locale = mail_texts.language_of(stored.round, fate.idea)
            for place, submitter in enumerate(fate.idea.submitters):
                if submitter.email:
                    key = f"{entry.number}-{fate.idea.id}-{place}"
                    subject, body = (one.text(locale) for one in letter)
                    yield OutMessage(key, submitter.email, subject, body, locale)


def result_letter(
    engine: Engine, round_: Round, fate: Fate, own: OwnTexts, *, corrected: bool = False
) -> Letter:
    """Return subject and body for one idea: whether it gets money, why, and where that stands."""
    address = f"{engine.settings.base_url}/{round_.slug}/uitslag/{fate.idea.id}"
    why = {one: _why(fate, address, one, corrected=corrected) for one in LANGUAGES}
    status = "result_lost" if fate.money is None else "result_won"
    money = LocalText(**{one: euros(fate.money or 0, one) for one in LANGUAGES})
    return mail_texts.told(round_, fate.idea, status, own, also=LocalText(**why), money=money)


def _why(fate: Fate, address: str, locale: str, *, corrected: bool) -> str:
    lines = [words.CORRECTED.own(locale)] if corrected else []
    decided = fate.decision
    if decided:
        told = words.OTHERWISE.own(locale)
        lines.append(told.format(reference=decided.reference, reason=decided.reason))
    # A method speaks Dutch and English: nobody gets half a letter in another language.
    elif sentence := fate.sentence.own(locale):
        lines.append(sentence)
    lines.append(words.VOTERS.own(locale).format(voters=fate.voters))
    lines.append(words.PAGE.own(locale).format(address=address))
    return "\n\n".join(lines)
