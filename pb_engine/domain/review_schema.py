"""The part of a round file about the review of ideas."""

from __future__ import annotations

from pb_engine.domain.review_rules import ReviewRules
from pb_engine.domain.schema_parts import Part, whole


class ReviewSchema(Part):
    """How many assess an idea."""

    makes = ReviewRules
    assessors = whole(0, 9, load_default=0)
