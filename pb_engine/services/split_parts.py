"""The two parts of an idea that is split: tidied, and held to the rules of the round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pb_engine.domain.ideas import LENGTHS, tidy
from pb_engine.domain.rounds import Round
from pb_engine.domain.splits import Part
from pb_engine.errors import InvalidIdea


def tidied(part: Part) -> Part:
    """Return a part without what nobody sees."""
    title = " ".join(tidy(part.title).split())
    return Part(title, tidy(part.description), part.cost_cents)


def check_parts(round_: Round, first: Part, second: Part) -> None:
    """Refuse parts that the round does not allow.

    :raises InvalidIdea: with every mistake as ``field_part:problem:limit`` words.
    """
    mistakes = [
        f"{field}_{place}:{problem}:{limit}"
        for place, part in (("1", first), ("2", second))
        for field, problem, limit in _mistakes(round_, part)
    ]
    if mistakes:
        field, problem, _ = mistakes[0].split(":")
        raise InvalidIdea(
            "the parts of this idea are not right",
            field=field,
            problem=problem,
            all=" ".join(mistakes),
        )


def _mistakes(round_: Round, part: Part) -> Iterator[tuple[str, str, int]]:
    texts: Mapping[str, str] = {"title": part.title, "description": part.description}
    for field, text in texts.items():
        fewest, most = LENGTHS[field]
        if len(text) < fewest:
            yield field, "too_short", fewest
        elif len(text) > most:
            yield field, "too_long", most
    lowest, highest = round_.submission.min_cost_cents, round_.submission.max_cost_cents
    if part.cost_cents is None:
        yield "cost", "not_money", 0
    elif part.cost_cents < lowest:
        yield "cost", "too_low", lowest
    elif part.cost_cents > highest:
        yield "cost", "too_high", highest
