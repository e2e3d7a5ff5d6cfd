"""The colours and letters that our own rules use, and the tokens that say what they are.

Themes differ in which tokens they have.  Each role therefore names several, best first, and what
it is where a theme has none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

COLOURS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "paper": (
            "utrecht-document-background-color",
            "utrecht-page-body-background-color",
            "utrecht-root-background-color",
            "#ffffff",
        ),
        "ink": (
            "utrecht-document-color",
            "utrecht-page-body-color",
            "utrecht-root-color",
            "#17212b",
        ),
        "soft": (
            "utrecht-form-field-description-color",
            "utrecht-textbox-placeholder-color",
            "#4a5663",
        ),
        "line": ("utrecht-table-row-border-block-end-color", "utrecht-separator-color", "#c5ced8"),
        "edge": ("utrecht-textbox-border-color", "#7b8794"),
        "wash": (
            "utrecht-number-badge-background-color",
            "utrecht-nav-bar-background-color",
            "#f1f5f9",
        ),
        "blue": ("utrecht-button-primary-action-background-color", "#14508c"),
        "on-blue": ("utrecht-button-primary-action-color", "#ffffff"),
        "link": ("utrecht-link-color", "#14508c"),
        "deep": ("utrecht-heading-1-color", "utrecht-heading-color", "#0b2f56"),
        "sky": ("utrecht-alert-info-background-color", "#e4eefa"),
        "green": ("utrecht-alert-icon-ok-color", "utrecht-alert-ok-border-color", "#14662f"),
        "mint": ("utrecht-alert-ok-background-color", "#e3f3e8"),
        "orange": (
            "utrecht-alert-icon-warning-color",
            "utrecht-alert-warning-border-color",
            "#863d15",
        ),
        "peach": ("utrecht-alert-warning-background-color", "#fdf0dc"),
        "red": ("utrecht-form-field-error-message-color", "#a8132a"),
        "rose": ("utrecht-alert-error-background-color", "#fdeaec"),
        "focus": ("utrecht-focus-background-color", "basis-focus-background-color", "#ffd43b"),
    }
)
"""A role to tokens, best first, and last the colour without them."""

LETTERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "letters": ("utrecht-document-font-family", "utrecht-root-font-family"),
        "heading-letters": ("utrecht-heading-1-font-family", "utrecht-heading-font-family"),
    }
)
"""A role to the tokens that name its fonts; without them it is a font of the device."""

FALLBACK: Final = 'system-ui, "Segoe UI", "Roboto", "Noto Sans", "Noto Sans Arabic", sans-serif'
