"""How a round organises its review: how many look at an idea, and how long each step may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """What the commission promises about judging.

    :ivar assessors: so many members assess an idea, each alone, before it is decided; one more
        when they differ; 0: a decision needs no assessments.
    """

    assessors: int = 0
