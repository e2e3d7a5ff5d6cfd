"""Forms of the desk: trimmed, bounded, and deaf to fields that are not theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from pb_engine.services.security_keys import LONGEST_NAME
from web.error_texts import FIELD_MISTAKES
from web.errors import filled

LONGEST_REASON = 500
MOST_CODES = 500
LONGEST_LIST = 20_000


class DeskForm(Schema):
    """What every form of the desk does with what was sent."""

    class Meta:
        """Other fields are the web's own, such as the form token."""

        unknown = EXCLUDE

    @pre_load
    def trim(self, sent: Mapping[str, str], **_: object) -> dict[str, str]:
        """Leave out the spaces around what was typed."""
        return {name: value.strip() for name, value in sent.items()}


def required(most: int) -> fields.String:
    """Return a text that must be there."""
    return fields.String(
        load_default="",
        validate=[validate.Length(min=1, error="empty:0"), _at_most(most)],
    )


def optional(most: int) -> fields.String:
    """Return a text that may be empty."""
    return fields.String(load_default="", validate=_at_most(most))


def _at_most(most: int) -> validate.Length:
    return validate.Length(max=most, error=f"too_long:{most}")


def read(form: DeskForm, sent: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a form, and a sentence for every field that is not right."""
    try:
        return dict(form.load(dict(sent))), {}
    except ValidationError as problem:
        listed = dict(problem.messages_dict)
        return {}, {name: _sentence(str(told[0])) for name, told in listed.items()}


def _sentence(word: str) -> str:
    mistake, _, limit = word.partition(":")
    known = FIELD_MISTAKES.get(mistake, FIELD_MISTAKES["unknown"])
    return filled(known, {"limit": int(limit) if limit.isdecimal() else 0})


class StepForm(DeskForm):
    """A step of a round, with a reason where the calendar does not ask for it."""

    reason = optional(LONGEST_REASON)


class KeyForm(DeskForm):
    """A new security key: what its owner calls it, and what the browser says that it answered."""

    name = required(LONGEST_NAME)
    answer = optional(LONGEST_LIST)


class DraftForm(DeskForm):
    """What a page of a draft sends beside its fields: how often it was changed when seen."""

    seen = fields.String(
        load_default="", validate=validate.Regexp(r"[0-9]{0,6}\Z", error="unknown")
    )
    stay = optional(10)


class AmendForm(DeskForm):
    """Why rules change, and what was seen of the draft and of the rules before it."""

    seen = fields.String(
        load_default="", validate=validate.Regexp(r"[0-9]{0,6}\Z", error="unknown")
    )
    frozen = fields.String(
        load_default="", validate=validate.Regexp(r"[0-9]{0,6}\Z", error="unknown")
    )
    reason = optional(LONGEST_REASON)


class SeedForm(DeskForm):
    """The seed of the lot; empty lets the engine draw one."""

    seed = optional(200)


class CodeForm(DeskForm):
    """A voting code that is withdrawn or replaced."""

    code = required(60)
    reason = required(LONGEST_REASON)


class IssueForm(DeskForm):
    """How many voting codes to make, and for whom."""

    kind = fields.String(
        load_default="desk", validate=validate.OneOf(["desk", "school", "test"], error="unknown")
    )

    number = fields.String(
        load_default="", validate=validate.Regexp(r"([0-9]{1,6})?\Z", error="unknown")
    )
    people = optional(LONGEST_LIST)
    """The municipality's numbers of a class, one a line."""


class BatchForm(DeskForm):
    """How a batch of codes goes on."""

    batch = fields.String(
        load_default="", validate=validate.Regexp(r"[0-9]{1,6}\Z", error="unknown")
    )
    to = fields.String(
        load_default="", validate=validate.OneOf(["sent", "returned", "void"], error="unknown")
    )
    why = required(LONGEST_REASON)


class LettersForm(DeskForm):
    """How many letters to make, or for which area, and which."""

    number = fields.String(
        load_default="", validate=validate.Regexp(r"[0-9]{0,6}\Z", error="unknown")
    )
    area = optional(64)
    persona = fields.String(load_default="", validate=validate.Regexp(r"[1-5]?\Z", error="unknown"))
    large = optional(10)


class RulesForm(DeskForm):
    """The rules of a round as text."""

    text = required(200_000)
    reason = optional(LONGEST_REASON)
    frozen = fields.String(
        load_default="", validate=validate.Regexp(r"[0-9]{0,6}\Z", error="unknown")
    )


class OfficialForm(DeskForm):
    """A new official."""

    email = required(200)
    # The log calls the calendar and residents by these names.
    name = fields.String(
        load_default="",
        validate=[
            validate.Length(min=1, error="empty:0"),
            _at_most(80),
            validate.NoneOf(["clock", "resident"], error="unknown:0"),
        ],
    )
    role = required(40)
    scope = optional(160)


class GrantForm(DeskForm):
    """A role that is given or taken, and in which round; empty is all of them."""

    role = required(40)
    scope = optional(160)


class NewsForm(DeskForm):
    """A piece of news; the English may stay empty."""

    title_nl = required(120)
    body_nl = required(4000)
    title_en = optional(120)
    body_en = optional(4000)


class MergeForm(DeskForm):
    """Which idea another one goes into."""

    into = required(64)
    seen_version = optional(12)
