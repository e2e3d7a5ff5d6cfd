"""The short address of a round, for posters and letters: ``example.nl/dm``."""

from __future__ import annotations

import re
from typing import Final

from marshmallow import ValidationError

RESERVED: Final = frozenset(
    {
        *("api", "beheer", "beloften", "cookies", "healthz", "ideeen", "idee", "privacy"),
        *(
            "readyz",
            "robots",
            "samenvoegen",
            "sitemap",
            "splitsen",
            "static",
            "taal",
            "toegankelijkheid",
            "volgen",
        ),
    }
)
"""First parts of other addresses of the site; a test compares them with the site."""

_SHORT: Final = re.compile(r"[a-z][a-z0-9-]{1,19}")


def require_short(name: str) -> None:
    """Refuse what is no short address.

    :raises ValidationError: not 2 to 20 small letters, digits and hyphens, or already in use by
        the site itself.
    """
    if not name:
        return
    if not _SHORT.fullmatch(name):
        raise ValidationError("must be 2 to 20 small letters, digits and hyphens, such as dm")
    if name in RESERVED:
        raise ValidationError(f"{name} is an address of the site itself; choose another one")
