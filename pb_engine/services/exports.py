"""Exports by an official: a release through an exporter, and an entry in the log."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.api import Audience, LocalText, Release
from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import NotAllowed
from pb_engine.pluginhost import pick
from pb_engine.services.publication import published_record, written_by
from pb_engine.services.rules import digest_of
from pb_engine.store.site import Publication
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class ExporterCard:
    """A file format that an official can choose."""

    name: str
    label: LocalText
    summary: LocalText


def exporters_for(engine: Engine, audience: str) -> tuple[ExporterCard, ...]:
    """Return the exporters that may write for an audience."""
    return tuple(
        ExporterCard(one.card.name, one.card.label, one.card.summary)
        for one in engine.plugins.exporters.values()
        if audience in one.audiences
    )


def export(engine: Engine, slug: str, exporter_name: str, by: str) -> Publication:
    """Write one file from the published record for research, and log who made it.

    :raises UnknownDownload: the result is not published yet.
    :raises PluginProblem: no loaded plugin offers this exporter.
    :raises NotAllowed: the exporter does not write for research.
    """
    exporter = pick(engine.plugins.exporters, exporter_name, "exporter")
    if Audience.RESEARCH not in exporter.audiences:
        raise NotAllowed(f"exporter {exporter_name!r} does not write for research")
    record, _ = published_record(engine, slug)
    body = written_by(exporter, Release(record, Audience.RESEARCH))
    name = f"{slug}-{exporter_name}{exporter.suffix}"
    file = Publication(name, exporter.media_type, digest_of(body), body)
    with engine.stores.site.write() as work:
        facts = {"file": name, "digest": file.digest}
        work.log.append(Event("export_made", RoundId(slug), by, facts), engine.clock())
        work.commit()
    return file
