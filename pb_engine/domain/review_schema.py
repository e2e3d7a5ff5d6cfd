"""The part of a round file about the review of ideas."""

from __future__ import annotations

from marshmallow import fields

from pb_engine.domain.review_rules import ReviewRules
from pb_engine.domain.schema_parts import Part, whole

_RULES = ReviewRules()


class ReviewSchema(Part):
    """How many assess an idea, and within how many days each step is taken."""

    makes = ReviewRules
    assessors = whole(0, 9, load_default=_RULES.assessors)
    assess_days = whole(1, 366, load_default=_RULES.assess_days)
    decide_days = whole(1, 366, load_default=_RULES.decide_days)
    appeal_reply_days = whole(1, 366, load_default=_RULES.appeal_reply_days)
    consent = fields.Boolean(load_default=False, truthy={True}, falsy={False})
