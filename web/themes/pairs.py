"""Which colours lie on which, and how far they must be apart: WCAG 2.2, 1.4.3 and 1.4.11."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from web.themes.colours import WHITE, contrast, read_colour

TEXT: Final = 4.5
PARTS: Final = 3.0

PAIRS: Final[tuple[tuple[str, str, float], ...]] = (
    *((on, below, TEXT) for below in ("paper", "wash") for on in ("ink", "soft", "deep", "link")),
    *(("ink", below, TEXT) for below in ("sky", "mint", "peach", "rose", "focus")),
    ("on-blue", "blue", TEXT),
    ("paper", "deep", TEXT),
    ("blue", "paper", TEXT),
    ("red", "paper", TEXT),
    ("red", "rose", TEXT),
    ("green", "mint", TEXT),
    ("orange", "peach", TEXT),
    ("green", "paper", PARTS),
    ("orange", "paper", PARTS),
    ("edge", "paper", PARTS),
    ("blue", "sky", PARTS),
)
"""Of our own rules: role on top, role below, and the least contrast."""

KIT_PAIRS: Final[tuple[tuple[str, str, float], ...]] = tuple(
    (f"utrecht-{part}-color", f"utrecht-{part}-background-color", TEXT)
    for part in (
        *(f"button-{kind}{state}" for kind in ("primary-action", "secondary-action")
          for state in ("", "-hover", "-focus", "-active")),
        "button-primary-action-danger",
        "skip-link",
        "alert-info",
        "alert-ok",
        "alert-warning",
        "alert-error",
        "textbox",
        "textbox-focus",
        "textarea",
        "select",
        "link-focus",
    )
)  # fmt: skip
"""Of the kit: pairs of tokens; a pair of which a theme has but one half lies on the paper."""


def too_faint(colours: Mapping[str, str], tokens: Mapping[str, str]) -> list[str]:
    """Return a sentence about every pair that cannot be told apart well enough.

    :param colours: what the roles are, all of them.
    :param tokens: tokens of the kit with their values.
    """
    paper = colours["paper"]
    found = [_fault(on, colours[on], below, colours[below], least) for on, below, least in PAIRS]
    for on, below, least in KIT_PAIRS:
        if on in tokens:
            found.append(_fault(on, tokens[on], below, tokens.get(below, paper), least))
    return [one for one in found if one]


def _fault(on: str, colour: str, below: str, ground: str, least: float) -> str | None:
    under = read_colour(ground, WHITE)
    over = read_colour(colour, under or WHITE)
    if over is None or under is None:
        return f"{on} ({colour}) on {below} ({ground}): not both are colours"
    ratio = contrast(over, under)
    if ratio >= least:
        return None
    return f"{on} ({colour}) on {below} ({ground}): {ratio:.2f} to 1, needed is {least:g} to 1"
