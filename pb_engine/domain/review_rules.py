"""How a round organises its review: how many look at an idea, and how long each step may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """What the commission promises about judging.

    Days count from the day on which an idea came in, and never from before the review begins.

    :ivar assessors: so many members assess an idea, each alone, before it is decided; one more
        when they differ; 0: a decision needs no assessments.
    :ivar assess_days: within so many days all assessments are there.
    :ivar decide_days: within so many days there is a decision.
    :ivar consent: ideas are merged only when every submitter of both agreed.
    :ivar appeal_reply_days: within so many days somebody decides a request to look again.
    """

    assessors: int = 0
    assess_days: int = 14
    decide_days: int = 21
    appeal_reply_days: int = 7
    consent: bool = False
