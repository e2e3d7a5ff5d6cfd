"""Settings of ``majority_judgement``."""

from __future__ import annotations

from pb_engine.api.setting import SettingsSchema, asked, whole_number, yes_or_no


class MajorityJudgementSettings(SettingsSchema):
    """How the ranking becomes a list that fits.

    - ``skip``: a project that does not fit is passed over; otherwise the list ends there.
    - ``minimum_grade``: a lower majority grade than this, and a project is not funded.
    """

    skip = asked(
        yes_or_no(default=True),
        (
            "Past een idee niet meer, dan is het volgende aan de beurt",
            "Pass over what does not fit",
        ),
        ("Zonder vinkje stopt de lijst daar.", "Without a tick the list ends there."),
    )
    minimum_grade = asked(
        whole_number(0),
        ("Het meerderheidscijfer moet minstens zijn", "The majority grade must be at least"),
        ("0 vraagt niets.", "0 asks nothing."),
    )
