"""The rules of a round as residents read them."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services.rule_comments import lies_open
from pb_engine.services.rules import method_of
from pb_engine.store.site import Freeze
from pb_engine.units import LocalText, RoundId


@dataclass(frozen=True, slots=True)
class Method:
    """How a voting method introduces itself."""

    label: LocalText
    summary: LocalText


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The rules of a round.

    :ivar method: how votes are counted.
    :ivar compared: by which other methods the outcome is shown beside it.
    :ivar lies_open: today everybody can comment on them.
    :ivar rules_digest: of what was frozen last; ``None`` before anything is.
    """

    round: Round
    phase: Phase
    method: Method
    compared: tuple[Method, ...]
    freezes: tuple[Freeze, ...]
    rules_digest: str | None
    lies_open: bool


def rules_page(engine: Engine, slug: str) -> RulesPage:
    """Return the rules of a round, with the methods in words.

    :raises UnknownRound: no round has this slug.
    :raises PluginProblem: no loaded plugin offers a method that the round names.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        freezes = work.freezes.all(RoundId(slug))
    choices = (stored.round.voting_method, *stored.round.compared_methods)
    cards = [method_of(engine, choice).card for choice in choices]
    method, *compared = [Method(card.label, card.summary) for card in cards]
    digest = freezes[-1].digest if freezes else None
    return RulesPage(
        stored.round,
        stored.phase,
        method,
        tuple(compared),
        freezes,
        digest,
        lies_open(engine, stored),
    )
