"""The form in which an official fills in the settings of a plugin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from web.forms.desk import DeskForm, optional

LONGEST_NUMBER, LONGEST_LINE, LONGEST_LINES = 9, 300, 2000


def settings_form(kinds: Mapping[str, str]) -> DeskForm:
    """Return a form with a bounded text for each field.

    :param kinds: by name of the field: the kind of its question.
    """
    most = {"whole": LONGEST_NUMBER, "days": LONGEST_LINES, "lines": LONGEST_LINES}
    parts: dict[str, fields.Field[Any]] = {
        name: optional(most.get(kind, LONGEST_LINE)) for name, kind in kinds.items()
    }
    made: DeskForm = type("SettingsForm", (DeskForm,), parts)()
    return made
