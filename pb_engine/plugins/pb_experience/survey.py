"""How it was to take part.  The wording stands in ``pb_experience.yaml``."""

from __future__ import annotations

from importlib import resources

from pb_engine.api import Card, InstrumentSurvey, LocalText, read_instrument


class Experience(InstrumentSurvey):
    """Ease, information and the wish to come back."""

    card = Card(
        name="pb_experience",
        version="1",
        label=LocalText("Vragen over het meedoen", "Questions about taking part"),
        summary=LocalText(
            "Hoe makkelijk het was, en of er genoeg informatie was. Overslaan mag.",
            "How easy it was, and whether there was enough information. May be skipped.",
        ),
    )
    instrument = read_instrument(
        resources.files(__package__).joinpath("pb_experience.yaml").read_bytes()
    )
