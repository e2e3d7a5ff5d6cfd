"""Forms of the counter."""

from __future__ import annotations

from marshmallow import fields, validate

from web.forms.desk import LONGEST_REASON, DeskForm, optional, required


def _ticked() -> fields.String:
    # A browser sends nothing at all for an empty box.
    return fields.String(
        required=True,
        validate=validate.Equal("ja", error="unticked:0"),
        error_messages={"required": "unticked:0"},
    )


class SearchForm(DeskForm):
    """A part of a name, an address, or both."""

    name = optional(80)
    address = optional(40)


class HelpForm(DeskForm):
    """Something that happens to a voting right at once."""

    seen = _ticked()
    reason = required(LONGEST_REASON)


class CodePaperForm(DeskForm):
    """A ballot on paper for whoever brought a letter."""

    paper_code = required(60)
    paper_reason = required(LONGEST_REASON)


class RightForm(DeskForm):
    """Something that takes two officers."""

    kind = fields.String(
        required=True,
        error_messages={"required": "choose:0"},
        validate=validate.OneOf(["void", "replace", "spoilt"], error="choose:0"),
    )
    change_reason = required(LONGEST_REASON)


class ProxyForm(DeskForm):
    """For whom somebody votes as well."""

    giver_name = required(80)
    giver_address = optional(40)
    signed = _ticked()
    proxy_reason = required(LONGEST_REASON)


class OrganisationForm(DeskForm):
    """An organisation that has a vote."""

    organisation = required(20)
    organisation_reason = required(LONGEST_REASON)
