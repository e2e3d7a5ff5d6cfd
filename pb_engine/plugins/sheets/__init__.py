"""The published count as sheets for whoever works in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from marshmallow import Schema

from pb_engine.api import Audience, Card, Exporter, LocalText, Release, Settings, hookimpl
from pb_engine.api.files import sheets_archive
from pb_engine.api.setting import SettingsSchema

CARD = Card(
    name="csv",
    version="1",
    label=LocalText(nl="Tabellen (CSV)", en="Tables (CSV)"),
    summary=LocalText(
        nl="Ideeën en stemmen als tabellen voor een rekenblad, in één ZIP-bestand.",
        en="Projects and ballots as tables for a spreadsheet, in one ZIP file.",
    ),
)


@dataclass(frozen=True, slots=True)
class SheetsExporter:
    """Writes ``projects.csv``, ``ballots.csv`` and ``election.toml``, guarded against formulas."""

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """No settings."""
        return SettingsSchema

    @property
    def audiences(self) -> frozenset[Audience]:
        """Everybody: the published record holds the same ballots."""
        return frozenset(Audience)

    @property
    def media_type(self) -> str:
        """A ZIP file."""
        return "application/zip"

    @property
    def suffix(self) -> str:
        """The ending of the file name."""
        return ".csv.zip"

    def write(self, release: Release, to: BinaryIO, settings: Settings) -> None:
        """Write the file; ballots are numbered in canonical order."""
        del settings
        to.write(sheets_archive(release.record))


@hookimpl
def pb_register_exporters() -> list[Exporter]:
    """Offer ``csv``."""
    return [SheetsExporter()]
