"""Publishing: the election record, the files made from it, and the results page's source."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.api import Audience, Exporter, Release
from pb_engine.domain.events import Event
from pb_engine.domain.phases import Phase, Step, after
from pb_engine.engine import Engine
from pb_engine.errors import RecountDiffers, UnknownDownload
from pb_engine.pluginhost import load_settings
from pb_engine.sealing import unpack
from pb_engine.services.adoption import require_adopted
from pb_engine.services.age_turnout import AGE_TURNOUT, age_turnout
from pb_engine.services.bundle import BUNDLE_NAME, make_bundle
from pb_engine.services.counting import counted_by
from pb_engine.services.making_record import make_record
from pb_engine.services.other_rules import OTHER_RULES, other_rules
from pb_engine.services.paper.corrected import Corrected
from pb_engine.services.paper.sampling import forget_marks
from pb_engine.services.rules import digest_of
from pb_engine.services.shortages import SHORTAGES, shortages
from pb_engine.services.turnout import TURNOUT
from pb_engine.store.site import Publication, SiteWork
from pb_engine.tallying.record import ElectionRecord, read_record, record_bytes
from pb_engine.tallying.recount import recount
from pb_engine.units import RoundId

RECORD_NAME = "record.json"
_EDITION = "versie-"
PAPER_COUNTED = "paper_counted"
"""Under this name the site keeps how many of the counted ballots came on paper."""


def publish(engine: Engine, slug: str, by: str) -> str:
    """Write the election record, recount it as a stranger would, publish; return its digest.

    The bundle (``docs/reference/bundle.md``) and the files of exporters are published with it.

    :raises WrongPhase: the outcome is not explained yet, or was published before.
    :raises NotReady: nobody adopted this outcome (``problem="not_adopted"``).
    :raises RecountDiffers: the record does not give the outcome; nothing was published.
    :raises InvalidKey: the key of the log, which signs the bundle, is gone.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        after(work.rounds.get(round_id).phase, Step.PUBLISH)
    raw = record_bytes(make_record(engine, slug))
    digest = digest_of(raw)
    with engine.stores.site.read() as work:
        require_adopted(work, round_id, digest)
        round_ = work.rounds.get(round_id).round
    made, ages = files_of(engine, slug, raw), age_turnout(engine, round_)
    with engine.stores.site.write() as writing:
        reached = after(writing.rounds.lock(round_id).phase, Step.PUBLISH)
        require_adopted(writing, round_id, digest)
        put_files(writing, round_id, made)
        writing.counts.put(round_id, AGE_TURNOUT, ages)
        event = Event("results_published", round_id, by, {"record_digest": digest})
        writing.log.append(event, engine.clock())
        writing.rounds.set_phase(round_id, reached, engine.clock())
        writing.commit()
    forget_marks(engine, slug)
    return digest


@dataclass(frozen=True, slots=True)
class Made:
    """What is published together.

    :ivar aside: documents that the results page needs, by name.
    """

    files: tuple[Publication, ...]
    aside: Mapping[str, bytes]


def files_of(engine: Engine, slug: str, raw: bytes, corrected: Corrected | None = None) -> Made:
    """Recount a record as a stranger would, and make every file from it.

    :param corrected: the totals of paper on which it rests, where they are not in force yet.
    :raises RecountDiffers: the record does not give the outcome.
    :raises InvalidKey: the key of the log, which signs the bundle, is gone.
    """
    record = read_record(raw)
    recount(record, lambda choice, election: counted_by(engine, choice, election))
    bundle = make_bundle(engine, slug, record, raw, corrected)
    with engine.stores.box.read() as box:
        paper = len(box.sheets.pseudonyms(RoundId(slug)))
    files = (
        Publication(RECORD_NAME, "application/json", digest_of(raw), raw),
        Publication(BUNDLE_NAME, "application/zip", digest_of(bundle), bundle),
        *(_file(exporter, record) for exporter in _public_exporters(engine)),
    )
    aside = {
        PAPER_COUNTED: str(paper).encode(),
        TURNOUT: unpack(bundle)["register.json"],
        OTHER_RULES: other_rules(engine, record),
        SHORTAGES: shortages(engine, record),
    }
    return Made(files, aside)


def put_files(work: SiteWork, slug: RoundId, made: Made) -> None:
    """Publish what was made, within a unit of work."""
    for one in made.files:
        work.publications.put(slug, one)
    for name, document in made.aside.items():
        work.counts.put(slug, name, document)


def edition_name(edition: int, name: str) -> str:
    """Return how a file is called once it belongs to a replaced edition, from 1."""
    return f"{_EDITION}{edition}-{name}"


def is_of_an_edition(name: str) -> bool:
    """Tell whether a published file belongs to an edition that was replaced."""
    return name.startswith(_EDITION)


def _public_exporters(engine: Engine) -> list[Exporter]:
    exporters = engine.plugins.exporters.values()
    return [
        exporter
        for exporter in exporters
        if Audience.PUBLIC in exporter.audiences and exporter.card.name != "record"
    ]


def _file(exporter: Exporter, record: ElectionRecord) -> Publication:
    body = written_by(exporter, Release(record, Audience.PUBLIC))
    name = f"{record.round}{exporter.suffix}"
    return Publication(name, exporter.media_type, digest_of(body), body)


def written_by(exporter: Exporter, release: Release) -> bytes:
    """Return the bytes that an exporter writes for a release."""
    to = io.BytesIO()
    exporter.write(release, to, load_settings(exporter, {}))
    return to.getvalue()


def is_published(engine: Engine, slug: str) -> bool:
    """Tell whether the result of this round is public.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        return work.rounds.get(RoundId(slug)).phase is Phase.PUBLISHED


def download(engine: Engine, slug: str, name: str) -> Publication:
    """Return a published file.

    :raises UnknownRound: no round has this slug.
    :raises UnknownDownload: there is no such file, or the result is not published.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        if stored.phase is not Phase.PUBLISHED:
            raise UnknownDownload("nothing is published yet")
        return work.publications.get(RoundId(slug), name)


def published_record(engine: Engine, slug: str) -> tuple[ElectionRecord, str]:
    """Return the published record and its digest.

    :raises UnknownDownload: the result is not published.
    :raises RecountDiffers: the stored file is not the one that was published.
    """
    file = download(engine, slug, RECORD_NAME)
    if digest_of(file.body) != file.digest:
        raise RecountDiffers("the stored record was changed after it was published")
    return read_record(file.body), file.digest
