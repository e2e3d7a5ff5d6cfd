"""Trust survey: trust in the municipality, with placebo targets, before and after a round."""

from __future__ import annotations

from pb_engine.api import TrustSurvey, hookimpl
from pb_engine.plugins.trust_core.survey import TrustCore


@hookimpl
def pb_register_trust_surveys() -> list[TrustSurvey]:
    """Offer the survey ``trust_core``."""
    return [TrustCore()]
