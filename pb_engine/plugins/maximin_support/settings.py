"""Settings of ``maximin_support``."""

from __future__ import annotations

from pb_engine.api.setting import SettingsSchema, asked, one_of

ENDINGS = ("stop", "skip")


class MaximinSupportSettings(SettingsSchema):
    """What happens when a project comes up that no longer fits.

    - ``ending``: ``stop`` ends the count there, as the rule is defined; ``skip`` passes that
      project over and goes on with the others.
    """

    ending = asked(
        one_of(ENDINGS, "stop"),
        ("Een idee komt op, maar past niet in wat over is", "A project comes up and does not fit"),
        choices={
            "stop": ("De telling stopt", "The count ends"),
            "skip": ("Het idee valt af en de telling gaat door", "It is passed over"),
        },
    )
