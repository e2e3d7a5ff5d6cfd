"""Levels of trust, and what may move them: fairness, influence, being heard, understanding.

The wording, its sources and what may be said of it stand in ``trust_core.yaml``.
"""

from __future__ import annotations

from importlib import resources

from pb_engine.api import Card, InstrumentSurvey, LocalText, read_instrument


class TrustCore(InstrumentSurvey):
    """Trust in the municipality and fairness of the way in which a round chooses."""

    card = Card(
        name="trust_core",
        version="2",
        label=LocalText("Vragen over vertrouwen", "Questions about trust"),
        summary=LocalText(
            "Vertrouwen in de gemeente en eerlijkheid van de ronde. Overslaan mag.",
            "Trust in the municipality and fairness of the round. May be skipped.",
        ),
    )
    instrument = read_instrument(
        resources.files(__package__).joinpath("trust_core.yaml").read_bytes()
    )
