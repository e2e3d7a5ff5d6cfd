"""Earlier editions of a published result: what they gave, when they were replaced, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pb_engine.domain.events import LogEntry
from pb_engine.domain.phases import DUTCH_TIME
from pb_engine.errors import RecountDiffers
from pb_engine.services.publication import RECORD_NAME, edition_name
from pb_engine.services.rules import digest_of
from pb_engine.store.site import PublicationLine, SiteWork
from pb_engine.tallying.record import read_record
from pb_engine.units import Cents, RoundId

CORRECTED_EVENT = "result_corrected"


@dataclass(frozen=True, slots=True)
class Edition:
    """A result that was public and was replaced.

    :ivar number: from 1, the oldest.
    :ivar funded: title and cost of what it gave money, in its order.
    """

    number: int
    replaced_on: date
    reason: str
    record_digest: str
    funded: tuple[tuple[str, Cents], ...]
    files: tuple[PublicationLine, ...]


def editions_in(work: SiteWork, slug: RoundId) -> tuple[Edition, ...]:
    """Return the replaced editions of a result, the newest first.

    :raises RecountDiffers: the record of one is not the one that was published.
    """
    entries = work.log.named(slug, (CORRECTED_EVENT,))
    return tuple(_edition(work, slug, entry) for entry in reversed(entries))


def _edition(work: SiteWork, slug: RoundId, entry: LogEntry) -> Edition:
    number = int(entry.event.facts["edition"])
    file = work.publications.get(slug, edition_name(number, RECORD_NAME))
    digest = str(entry.event.facts["replaced_digest"])
    if digest_of(file.body) != digest:
        raise RecountDiffers(f"edition {number} of {slug} is not the one that was published")
    record = read_record(file.body)
    projects = {one.id: one for one in record.projects}
    first = edition_name(number, "")
    return Edition(
        number=number,
        replaced_on=entry.at.astimezone(DUTCH_TIME).date(),
        reason=str(entry.event.facts["reason"]),
        record_digest=digest,
        funded=tuple((projects[one].title, projects[one].cost) for one in record.outcome.selected),
        files=tuple(one for one in work.publications.all(slug) if one.name.startswith(first)),
    )
