"""What is done about a file that breaks its format but can still be understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from pb_engine.errors import InvalidElectionFile

MOST_REMARKS = 100


@dataclass(slots=True)
class Tolerance:
    """Refuses, or reads over and remembers.

    :ivar remarks: what was read over, in sentences; at most ``MOST_REMARKS``.
    """

    lenient: bool
    remarks: list[str] = field(default_factory=list)

    def face(self, problem: InvalidElectionFile) -> None:
        """Raise the problem when reading is strict, and otherwise remember it."""
        if not self.lenient:
            raise problem
        self.note(problem.sentence)

    def note(self, sentence: str) -> None:
        """Remember something harmless."""
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append(sentence)
