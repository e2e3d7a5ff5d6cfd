"""Survey of the experience: how easy taking part was, and whether one would do it again."""

from __future__ import annotations

from pb_engine.api import TrustSurvey, hookimpl
from pb_engine.plugins.pb_experience.survey import Experience


@hookimpl
def pb_register_trust_surveys() -> list[TrustSurvey]:
    """Offer the survey ``pb_experience``."""
    return [Experience()]
