"""The part of a round file about what residents say of ideas."""

from __future__ import annotations

from marshmallow import fields

from pb_engine.domain.conversation import Conversation, Moderation
from pb_engine.domain.schema_parts import Part, whole


class ConversationSchema(Part):
    """Support, comments, and the terms of an answer and of an appeal."""

    makes = Conversation
    support_minimum = whole(0, 100_000)
    comments = fields.Enum(Moderation, by_value=True, load_default=Moderation.OFF)
    reply_days = whole(1, 60, load_default=5)
    appeal_days = whole(0, 60, load_default=7)
