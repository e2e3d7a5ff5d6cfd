"""The election record, from which anybody can count again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from marshmallow import Schema

from pb_engine.api import Audience, Card, Exporter, LocalText, Release, Settings, hookimpl
from pb_engine.api.files import record_bytes
from pb_engine.api.setting import SettingsSchema

CARD = Card(
    name="record",
    version="1",
    label=LocalText(nl="Verkiezingsbestand", en="Election record"),
    summary=LocalText(
        nl="Regels, ideeën, stemmen en uitslag in één bestand. Daarmee kan iedereen natellen.",
        en="Rules, projects, ballots and outcome in one file, from which anybody can recount.",
    ),
)


@dataclass(frozen=True, slots=True)
class RecordExporter:
    """Writes canonical JSON, format version 1: the very bytes whose digest is published."""

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """No settings: a record has one spelling."""
        return SettingsSchema

    @property
    def audiences(self) -> frozenset[Audience]:
        """Everybody."""
        return frozenset(Audience)

    @property
    def media_type(self) -> str:
        """JSON."""
        return "application/json; charset=utf-8"

    @property
    def suffix(self) -> str:
        """The ending of the file name."""
        return ".json"

    def write(self, release: Release, to: BinaryIO, settings: Settings) -> None:
        """Write the record."""
        del settings
        to.write(record_bytes(release.record))


@hookimpl
def pb_register_exporters() -> list[Exporter]:
    """Offer ``record``."""
    return [RecordExporter()]
