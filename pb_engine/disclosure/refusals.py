"""The one way in which this room says no.

Every refusal here means the same to a caller: a condition of a release does not hold, and nothing
was released.  So the room shares the code ``not_ready`` under a name of its own.
"""

from pb_engine.errors import NotReady as DisclosureRefused

__all__ = ["DisclosureRefused"]
