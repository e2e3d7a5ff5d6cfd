"""The file format in which researchers compare participatory budgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from marshmallow import Schema

from pb_engine.api import Audience, Card, Exporter, LocalText, Release, Settings, hookimpl
from pb_engine.api.files import pabulib_bytes
from pb_engine.api.setting import SettingsSchema
from pb_engine.plugins.pabulib.rule_names import pabulib_rule

CARD = Card(
    name="pabulib",
    version="1",
    label=LocalText(nl="Pabulib-bestand", en="Pabulib file"),
    summary=LocalText(
        nl="Ideeën en stemmen in het bestand dat onderzoekers overal ter wereld gebruiken (.pb).",
        en="Projects and ballots in the file that researchers use all over the world (.pb).",
    ),
)


@dataclass(frozen=True, slots=True)
class PabulibExporter:
    """Writes ``.pb`` files; voters are numbers that follow the canonical order of the ballots."""

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
        """Text in UTF-8."""
        return "text/plain; charset=utf-8"

    @property
    def suffix(self) -> str:
        """The ending of the file name."""
        return ".pb"

    def write(self, release: Release, to: BinaryIO, settings: Settings) -> None:
        """Write the file.

        :raises pb_engine.errors.InvalidElectionFile: an identifier that the format cannot hold.
        """
        del settings
        rule, further = pabulib_rule(release.record.method.name, release.record.method.settings)
        to.write(pabulib_bytes(release.record, rule, further))


@hookimpl
def pb_register_exporters() -> list[Exporter]:
    """Offer ``pabulib``."""
    return [PabulibExporter()]
