"""What invented residents say of the ideas in a demonstration, through the real services."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from pb_engine.domain.conversation import Moderation
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services.comments import NewComment, write_comment
from pb_engine.services.moderation import answer_question, judge_comment
from pb_engine.services.support import give_support

_MOST = 12
"""Supporters of one idea: enough to look at, few enough to start at once."""
_SAID = (
    ("Jo", "Mooi plan. Ik wil wel helpen met schoonmaken.", False),
    ("Anoniem", "Wanneer kan dit beginnen? En wie onderhoudt het later?", True),
    ("Piet", "Koop nu mijn oude fietsen, voor een lage prijs!", False),
)
_ANSWER = (
    "Dank u voor uw vraag. Wint dit idee, dan beginnen we binnen drie maanden. De indieners en de "
    "gemeente maken samen afspraken over het onderhoud."
)


def fill_talk(
    at: Callable[[datetime], Engine], round_: Round, liked: Mapping[str, int], by: str
) -> None:
    """Put support under all ideas, and comments under the one that is liked most.

    :param at: gives the engine with its clock at a moment.
    :param liked: how popular each idea is, by its identifier.
    """
    rules = round_.conversation
    said_at = round_.calendar.ideas.end - timedelta(days=2, hours=14)
    if rules is None:
        return
    if rules.support_minimum is not None:
        _support(at(said_at), round_, liked)
    if rules.comments is not Moderation.OFF and liked:
        hours = [at(said_at + timedelta(minutes=47 * place)) for place in range(len(_SAID) + 1)]
        _comment(hours, round_, max(liked, key=lambda idea: liked[idea]), by)


def _support(engine: Engine, round_: Round, liked: Mapping[str, int]) -> None:
    most = max(liked.values(), default=1)
    for idea, popularity in liked.items():
        for device in range(_MOST * popularity // most + 1):
            stance = "against" if device % 5 == 4 else "for"  # noqa: PLR2004 - one in five
            give_support(engine, round_.slug, idea, stance, f"demo-{device}")


def _comment(hours: Sequence[Engine], round_: Round, idea: str, by: str) -> None:
    made = [
        write_comment(engine, round_.slug, idea, NewComment(name, body, question=question))
        for engine, (name, body, question) in zip(hours, _SAID, strict=False)
    ]
    engine = hours[-1]
    judge_comment(engine, round_.slug, made[0].id, None, by)
    judge_comment(engine, round_.slug, made[1].id, None, by)
    judge_comment(engine, round_.slug, made[2].id, "adverts", by)
    answer_question(engine, round_.slug, made[1].id, _ANSWER, by)
