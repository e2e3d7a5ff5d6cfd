"""What the pages of residents say about the limits of a ballot, in every language of a round."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import force_locale  # type: ignore[import-untyped]

from pb_engine.services.rehearsal import Round, Saying
from web.languages import INFORMAL
from web.resident.ballot_words import rule_of


def sayings_of(round_: Round) -> tuple[Saying, ...]:
    """Return the rule of the ballot as each language of the round tells it.

    Needs an application: its catalogues are those of the pages.
    """
    return tuple(_each(round_))


def _each(round_: Round) -> Iterator[Saying]:
    for language in round_.languages:
        code = INFORMAL if language == "nl" and round_.address == "je" else language
        with force_locale(code):
            yield Saying("page", language, rule_of(round_))
