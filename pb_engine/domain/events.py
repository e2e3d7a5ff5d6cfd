"""What is written in the event log: closed list of names, each with its facts.

Entries are chained: each holds the hash of the one before it.  There is no entry per ballot and
no fact that names a resident.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from pb_engine.ballots import canonical_json
from pb_engine.errors import StoreProblem
from pb_engine.units import RoundId

EVENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "round_imported": ("digest",),
        "seed_published": ("seed",),
        "trustees_named": ("threshold", "shares", "key_digest"),
        "ideas_opened": ("rules_digest",),
        "review_started": ("ideas",),
        "round_rehearsed": ("rules_digest", "ballots"),
        "doubt_settled": ("rules_digest", "doubt"),
        "voting_opened": ("rules_digest", "projects"),
        "voting_closed": ("ballots", "box_digest"),
        "link_keys_erased": ("keys",),
        "box_log_finished": ("entries", "root"),
        "count_taken_in": ("count_digest", "trustees"),
        "box_opened": ("counted", "superseded", "invalid"),
        "ballots_tallied": ("method", "outcome_digest", "funded"),
        "outcome_explained": ("projects",),
        "outcome_adopted": ("outcome_digest", "record_digest", "typed_by"),
        "results_published": ("record_digest",),
        "correction_counted": ("reason", "method", "outcome_digest", "funded", "paper"),
        "correction_dropped": ("reason",),
        "result_corrected": ("edition", "record_digest", "replaced_digest", "reason"),
        "council_decision_proposed": (
            *("idea", "number", "amount_cents", "reference", "decided_on", "reason"),
        ),
        "council_decision_settled": ("idea", "number", "decision"),
        "round_cancelled": ("reason",),
        "phase_moved_by_hand": ("step", "reason"),
        "rules_amended": ("rules_digest", "reason"),
        "idea_submitted": ("idea",),
        "idea_withdrawn": ("idea",),
        "idea_assessed": ("idea",),
        "interest_declared": ("idea",),
        "idea_judged": ("idea", "outcome", "criteria"),
        "referral_answered": ("idea", "body"),
        "merge_proposed": ("idea", "into", "asked"),
        "merge_answered": ("idea", "into", "answer"),
        "ideas_linked": ("idea", "into", "link"),
        "ideas_unlinked": ("idea", "into", "link", "cause"),
        "split_proposed": ("idea", "asked"),
        "split_answered": ("idea", "answer", "way"),
        "idea_split": ("idea", "into"),
        "ideas_merged": ("idea", "into"),
        "idea_taken_up": ("idea", "into", "into_round"),
        "appeal_made": ("appeal", "idea"),
        "appeal_decided": ("appeal", "decision", "idea"),
        "comment_judged": ("comment", "decision", "idea", "rule"),
        "picture_judged": ("decision", "idea", "picture", "rule"),
        "question_answered": ("comment", "idea"),
        "progress_told": ("idea", "spent_cents", "state"),
        "work_changed": ("idea", "spent_cents", "state"),
        "progress_taken_back": ("idea",),
        "payment_noted": ("idea", "cents"),
        "payment_taken_back": ("idea", "cents"),
        "milestones_set": ("idea", "steps"),
        "costs_set": ("cents",),
        "charter_answered": ("answers",),
        "leftover_planned": ("cents", "fate", "part"),
        "leftover_settled": ("cents", "fate", "part"),
        "leftover_taken_back": ("cents", "part"),
        "saved_used": ("cents", "from_round"),
        "saved_released": ("cents", "from_round"),
        "codes_issued": ("batch", "number"),
        "letters_made": ("batch", "letters", "files"),
        "letter_text_changed": ("slot", "locale"),
        "status_text_changed": ("status", "locale"),
        "texts_copied": ("copied_from", "texts"),
        "idea_translated": ("idea", "locale", "origin"),
        "report_written": ("answers",),
        "submitter_thanked": ("idea",),
        "everybody_thanked": ("ideas",),
        "round_archived": ("ideas",),
        "round_picture_changed": ("picture",),
        "activity_added": ("activity", "kind"),
        "channel_plan_written": ("filled", "done"),
        "story_told": ("story",),
        "aid_added": ("idea", "aid"),
        "aid_removed": ("idea", "aid"),
        "story_taken_back": ("story", "part"),
        "activity_removed": ("activity",),
        "news_added": ("news",),
        "news_hidden": ("news",),
        "news_shown": ("news",),
        "newsletter_written": ("newsletter", "languages"),
        "newsletter_sent": ("newsletter", "recipients"),
        "code_voided": ("reason",),
        "code_replaced": ("reason",),
        "counter_searched": ("found",),
        "counter_code_given": ("reason",),
        "paper_handed_out": ("reason",),
        "right_change_proposed": ("kind", "number", "reason"),
        "right_change_decided": ("agreed", "kind", "number"),
        "proxy_given": ("reason",),
        "organisation_code_given": ("reason",),
        "code_returned": ("reason",),
        "batch_moved": ("batch", "state", "number", "reason"),
        "guessing_alarm": ("wrong",),
        "desk_vouched": ("reason",),
        "register_imported": ("digest", "residents", "left_out"),
        "register_frozen": ("digest", "rights", "areas", "signature"),
        "register_change_proposed": ("number", "kind", "reason"),
        "register_change_decided": ("number", "kind", "decision", "signature"),
        "register_checked": ("rights", "problems", "told"),
        "areas_drawn": ("areas", "source"),
        "retention_run": ("what", "removed"),
        "papers_printed": ("first", "number"),
        "paper_batch_opened": ("batch", "sheets"),
        "paper_batch_by_totals": ("batch", "sheets"),
        "paper_batch_recounted": ("batch", "before", "sheets", "reason"),
        "paper_reading_finished": ("batch", "reading"),
        "paper_reading_restarted": ("batch", "reading", "reason"),
        "paper_difference_decided": ("batch", "sheet", "agrees_with", "reason"),
        "paper_total_decided": ("batch", "line", "agrees_with", "reason"),
        "paper_sheet_set_aside": ("batch", "sheet", "reason"),
        "paper_batch_accepted": ("batch", "sheets", "counted", "spoilt", "void"),
        "paper_leaving_proposed": ("batch", "reason"),
        "paper_batch_left_out": ("batch", "sheets", "reason"),
        "paper_surplus_explained": ("sheets", "rights", "reason"),
        "paper_sample_drawn": ("sheets",),
        "paper_sample_checked": ("sheets", "differences"),
        "export_made": ("file", "digest"),
        "official_added": ("official", "role"),
        "official_changed": ("official", "change"),
        "official_invited": ("official",),
        "invitation_accepted": ("official",),
        "role_given": ("official", "role"),
        "role_taken": ("official", "role"),
        "message_failed": ("message", "problem"),
        "address_tried_again": ("idea",),
    }
)
"""Every event and the names of its facts."""

FIRST = "0" * 64
"""The hash that the first entry names as its predecessor."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, before it has a place in the log.

    :ivar by: short name of the official, ``clock`` for the calendar, ``resident`` for anyone.
    """

    name: str
    round: RoundId | None
    by: str
    facts: Mapping[str, str | int]

    def __post_init__(self) -> None:
        """Refuse an event that the list does not know.

        :raises ValueError: unknown name, or facts other than the listed ones.
        """
        if tuple(sorted(self.facts)) != tuple(sorted(EVENTS.get(self.name, ("?",)))):
            raise ValueError(
                f"event {self.name} with facts {sorted(self.facts)} is not in the list"
            )


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An event with its place, its moment (UTC) and its link in the chain."""

    number: int
    event: Event
    at: datetime
    previous: str
    hash: str


def chain(number: int, event: Event, at: datetime, previous: str) -> LogEntry:
    """Make the log entry for ``event`` that follows the entry with hash ``previous``."""
    document = {
        "at": at.isoformat(timespec="seconds"),
        "by": event.by,
        "facts": dict(event.facts),
        "name": event.name,
        "number": number,
        "previous": previous,
        "round": event.round,
    }
    return LogEntry(
        number, event, at, previous, hashlib.sha256(canonical_json(document)).hexdigest()
    )


def check_chain(entries: Iterable[LogEntry]) -> int:
    """Follow the chain from its first entry and return its length.

    :raises StoreProblem: naming the first entry that was changed, removed or put in.
    """
    previous, count = FIRST, 0
    for count, entry in enumerate(entries, start=1):
        expected = chain(count, entry.event, entry.at, previous)
        if entry != expected:
            raise StoreProblem(f"the event log breaks at entry {count}", number=count)
        previous = entry.hash
    return count
