"""Exporters: published or anonymised files in the formats of others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Protocol, runtime_checkable

from pb_engine.api.card import Offer
from pb_engine.api.voting import Settings
from pb_engine.tallying.record import ElectionRecord


class Audience(StrEnum):
    """For whom a file is meant."""

    PUBLIC = "public"
    RESEARCH = "research"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Release:
    """What may leave the house: already anonymous, so an exporter has nothing more to reach."""

    record: ElectionRecord
    audience: Audience


@runtime_checkable
class Exporter(Offer, Protocol):
    """Writes a release in one file format."""

    @property
    def audiences(self) -> frozenset[Audience]:
        """For whom this exporter may write."""

    @property
    def media_type(self) -> str:
        """The media type of the file, with its charset."""

    @property
    def suffix(self) -> str:
        """The ending of the file name, with its dot: ``.pb``."""

    def write(self, release: Release, to: BinaryIO, settings: Settings) -> None:
        """Write the file; the same release gives the same bytes."""
