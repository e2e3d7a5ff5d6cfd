"""What can be tried out for a round: models, published rounds, and rules."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import PluginChoice, Round
from pb_engine.engine import Engine
from pb_engine.tallying.simulating import MODELS
from pb_engine.units import LocalText, RoundId


@dataclass(frozen=True, slots=True)
class TryoutRule:
    """A rule that can be tried: a rule of the round, or any other with its plain settings.

    :ivar key: names it in a form.
    :ivar own: the round names it, with settings of its own.
    """

    key: str
    label: LocalText
    choice: PluginChoice
    own: bool


@dataclass(frozen=True, slots=True)
class TryoutOptions:
    """What can be chosen: models, published rounds, and rules, the deciding one first."""

    models: tuple[tuple[str, LocalText], ...]
    rounds: tuple[tuple[str, LocalText], ...]
    rules: tuple[TryoutRule, ...]


def tryout_options(engine: Engine, slug: str) -> TryoutOptions:
    """Return what can be tried for a round.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(slug)).round
    return options_for(engine, round_)


def options_for(engine: Engine, round_: Round) -> TryoutOptions:
    """Return what can be tried for a round that need not be stored."""
    with engine.stores.site.read() as work:
        every = work.rounds.all()
    published = [one.round for one in every if one.phase is Phase.PUBLISHED]
    return TryoutOptions(
        models=tuple((model.name, model.label) for model in MODELS.values()),
        rounds=tuple((str(one.slug), one.name) for one in published),
        rules=_rules(engine, round_),
    )


def _rules(engine: Engine, round_: Round) -> tuple[TryoutRule, ...]:
    methods = engine.plugins.voting_methods
    own = (round_.voting_method, *round_.compared_methods)
    named = tuple(
        TryoutRule(f"ronde-{place}", _label(engine, one.name), one, own=True)
        for place, one in enumerate(own)
    )
    plain = {one.name for one in own if not one.settings}
    others = tuple(
        TryoutRule(name, _label(engine, name), PluginChoice(name), own=False)
        for name in methods
        if name not in plain
    )
    return named + others


def _label(engine: Engine, name: str) -> LocalText:
    method = engine.plugins.voting_methods.get(name)
    return method.card.label if method else LocalText(name, name)
