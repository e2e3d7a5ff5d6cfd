"""What every exporter must hold to."""

from __future__ import annotations

import io
import re
from typing import Any, ClassVar

from pb_engine.api import Audience, Exporter, Offer, Release
from pb_engine.testing.offer import OfferContract
from pb_engine.testing.records import a_record


class ExporterContract(OfferContract):
    """Ask of ``exporter`` what the downloads rely on."""

    kind: ClassVar[Any] = Exporter
    exporter: Exporter

    def offer(self) -> Offer:
        """Return the exporter under test."""
        return self.exporter

    def written(self, audience: Audience) -> bytes:
        """Return the file for a small round."""
        to = io.BytesIO()
        self.exporter.write(Release(a_record(), audience), to, self.loaded())
        return to.getvalue()

    def test_it_names_audience_media_type_and_suffix(self) -> None:
        """A download needs all three."""
        assert self.exporter.audiences
        assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+(; charset=utf-8)?", self.exporter.media_type)
        assert re.fullmatch(r"(\.[a-z0-9]+)+", self.exporter.suffix)

    def test_it_writes_a_file_for_each_of_its_audiences(self) -> None:
        """No file is empty."""
        for audience in sorted(self.exporter.audiences):
            assert self.written(audience)

    def test_the_same_release_gives_the_same_bytes(self) -> None:
        """A digest of a file means something."""
        for audience in sorted(self.exporter.audiences):
            assert self.written(audience) == self.written(audience)
