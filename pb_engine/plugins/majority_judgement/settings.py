"""Settings of ``majority_judgement``."""

from __future__ import annotations

from pb_engine.api.setting import SettingsSchema, whole_number, yes_or_no


class MajorityJudgementSettings(SettingsSchema):
    """How the ranking becomes a list that fits.

    - ``skip``: a project that does not fit is passed over; otherwise the list ends there.
    - ``minimum_grade``: a lower majority grade than this, and a project is not funded.
    """

    skip = yes_or_no(default=True)
    minimum_grade = whole_number(0)
