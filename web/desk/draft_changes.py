"""What a draft changes in a round that has begun: every line that reads otherwise."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from pb_engine.services.round_drafts import RoundDraft
from web.desk.draft_entries import PARTS
from web.desk.draft_settings import told_of
from web.desk.draft_texts import TEXTS, language_rows
from web.desk.draft_words import Options, draft_rows

RuleChange = tuple[str, str, str]
"""What it is about, how it is, how it becomes."""


def rule_changes(
    draft: RoundDraft, before: Mapping[str, Any], options: Options
) -> list[RuleChange]:
    """Return what the draft changes in these rules, in the order of the pages."""
    now = dataclasses.replace(draft, document=before)
    return [change for part in PARTS for change in _of_part(now, draft, part, options)]


def _of_part(
    before: RoundDraft, after: RoundDraft, part: str, options: Options
) -> list[RuleChange]:
    old, new = (dict(_rows(one, part, options)) for one in (before, after))
    return [
        (label, old.get(label, "–"), new.get(label, "–"))
        for label in dict.fromkeys((*old, *new))
        if old.get(label) != new.get(label)
    ]


def _rows(draft: RoundDraft, part: str, options: Options) -> list[tuple[str, str]]:
    further = language_rows(draft) if part == TEXTS else []
    return [*draft_rows(draft, part, options), *told_of(draft, part), *further]
