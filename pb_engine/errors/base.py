"""What every refusal of the engine has in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar


class EngineError(Exception):
    """A refusal with a code, a sentence and details.

    :ivar code: stable identifier, ``snake_case``; part of the public interface.
    :ivar details: named values for a translated sentence; never personal, never a choice.
    """

    code: ClassVar[str] = "engine_error"

    def __init__(self, sentence: str, **details: str | int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details


def every_error(kind: type[EngineError] = EngineError) -> Iterator[type[EngineError]]:
    """Yield ``kind`` and all its subclasses, for the tests that demand a sentence for each."""
    yield kind
    for child in kind.__subclasses__():
        yield from every_error(child)
