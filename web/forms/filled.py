"""What was typed, and what was wrong, by field."""

from __future__ import annotations


class Filled(dict[str, str]):
    """Texts by field; a field about which nothing is known has an empty text."""

    def __missing__(self, field: str) -> str:
        return ""
