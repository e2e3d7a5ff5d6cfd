"""Letters with the result for submitters without e-mail, to print and hand out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.errors import UnknownDownload, WrongPhase
from pb_engine.services import mail_texts
from pb_engine.services import result_words as words
from pb_engine.services.editions import CORRECTED_EVENT
from pb_engine.services.making_record import FICTIONAL
from pb_engine.services.printable import printable
from pb_engine.services.result_mail import fates_in, result_letter
from pb_engine.services.status_texts import own_texts
from pb_engine.services.typesetting import typeset
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId

_TEMPLATE = Path(__file__).parent / "result_letters.typ"


def letters_to_print(engine: Engine, slug: str) -> int:
    """Return how many submitters of an idea on the ballot paper gave no address.

    0 before the result is public.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        if work.rounds.get(RoundId(slug)).phase is not Phase.PUBLISHED:
            return 0
        return sum(1 for _ in _letters(engine, work, RoundId(slug)))


def result_letters(engine: Engine, slug: str) -> bytes:
    """Return a letter for each of them as one PDF/UA-1, a page each, by number of the idea.

    Each is in the language of its idea.  Equal results and texts give equal bytes.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: the result is not public yet.
    :raises UnknownDownload: everybody has an address.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        if stored.phase is not Phase.PUBLISHED:
            raise WrongPhase("the result is not public", phase=stored.phase, wanted="published")
        letters = list(_letters(engine, work, round_id))
    if not letters:
        raise UnknownDownload("every submitter has an e-mail address")
    return typeset(
        _TEMPLATE,
        "letters",
        {
            "title": printable(stored.round.name.nl),
            "maker": "pb-engine",
            "notice": FICTIONAL.nl if stored.round.fictional else "",
            "letters": letters,
        },
    )


def _letters(engine: Engine, work: SiteWork, slug: RoundId) -> Iterator[dict[str, Any]]:
    round_, own = work.rounds.get(slug).round, own_texts(work, slug)
    corrected = work.log.newest(CORRECTED_EVENT, slug) is not None
    for fate in sorted(fates_in(work, slug), key=lambda one: one.idea.number):
        locale = mail_texts.language_of(round_, fate.idea)
        subject, body = result_letter(engine, round_, fate, own, corrected=corrected)
        for submitter in fate.idea.submitters:
            if not submitter.email:
                yield {
                    "lang": locale,
                    "to": f"{words.FOR.own(locale)}: {printable(submitter.name)}",
                    "subject": printable(subject.text(locale)),
                    "round": printable(round_.name.text(locale)),
                    "paragraphs": _paragraphs(body.text(locale)),
                }


def _paragraphs(text: str) -> list[list[str]]:
    """Return the lines of every paragraph."""
    parts = (part.split("\n") for part in text.strip().split("\n\n"))
    return [[printable(line) for line in part if line.strip()] for part in parts]
