"""Settings of ``phragmen``."""

from __future__ import annotations

from pb_engine.api.setting import SettingsSchema, one_of

ENDINGS = ("stop", "skip")


class PhragmenSettings(SettingsSchema):
    """What happens when supporters can pay for a project that no longer fits.

    - ``ending``: ``stop`` ends the count there, as the rule is defined; ``skip`` passes that
      project over and goes on with the others.
    """

    ending = one_of(ENDINGS, "stop")
