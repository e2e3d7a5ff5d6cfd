"""The contract of an identity check, with a visit and a code book to try it on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from typing import Any, ClassVar

from pb_engine.api import (
    Ask,
    Assurance,
    CheckStep,
    EngineError,
    Fact,
    IdentityCheck,
    Known,
    MistypedCode,
    Offer,
    Question,
    Refused,
    RoundId,
    SendTo,
    Tell,
    UnknownCode,
    Visit,
)
from pb_engine.testing.offer import OfferContract, assert_spoken, memory_of
from pb_engine.testing.offices import (
    Household,
    LetterBox,
    NobodyOutside,
    OneDeskCode,
    SecretFiles,
    Spending,
)

KINDS = frozenset({"code", "text", "number", "postcode", "email", "statement"})
NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
_HOSTILE = (
    "",
    " ",
    "\0",
    "0",
    "-1",
    "1e9",
    "'; --",
    "<b>x</b>",
    "\u202eabc",
    "\U0001f600",
    "x" * 9999,
)


@dataclass(frozen=True, slots=True)
class OneCode:
    """A code book with one code in it, good for every kind of check.

    :ivar second: what its holder knows besides.
    """

    code: str = "ABCD1234"
    entitlement: str = "entitlement-1"
    second: str = "1980"

    def entitlement_of(self, typed: str) -> str:
        """Return the entitlement behind the code.

        :raises pb_engine.api.MistypedCode: it has another length.
        :raises pb_engine.api.UnknownCode: it is another code.
        """
        read = typed.replace(" ", "").replace("-", "").upper()
        if len(read) != len(self.code):
            raise MistypedCode("the code has another length")
        if read != self.code:
            raise UnknownCode("this round has no such code")
        return self.entitlement

    def entitlement_with(self, typed: str, second: str) -> str:
        """Return the entitlement behind the code, for who knows the second fact.

        :raises pb_engine.api.UnknownCode: it is another code or another fact.
        :raises pb_engine.api.MistypedCode: it has another length.
        """
        found = self.entitlement_of(typed)
        if second != self.second:
            raise UnknownCode("this round has no such code")
        return found

    def entitlement_at_school(self, typed: str) -> str:
        """Return the entitlement behind the code; see ``entitlement_of``."""
        return self.entitlement_of(typed)


def a_visit(
    *,
    wanted: frozenset[Fact] = frozenset(Fact),
    locale: str = "nl",
    codes: OneCode | None = None,
    **offices: Any,
) -> Visit:
    """Return a visit on 1 March 2027, at a round that wants ``wanted``.

    :param offices: other stand-ins, by the name that they have in ``Visit``.
    """
    standing_in: dict[str, Any] = {
        "once": Spending(),
        "mailbox": LetterBox(),
        "register": Household(),
        "secrets": SecretFiles(),
        "counter": OneDeskCode(),
        "outside": NobodyOutside(),
    }
    return Visit(
        round=RoundId("example-2027"),
        wanted=wanted,
        return_url="https://example.invalid/return",
        locale=locale,
        now=NOW,
        codes=codes or OneCode(),
        **(standing_in | offices),
    )


class IdentityCheckContract(OfferContract):
    """Subclass with ``check`` and ``good_answer``: what a visitor fills in to get through.

    The code of ``OneCode`` is valid.  A check that sends visitors elsewhere overrides ``arrive``
    and lets a stand-in for the other party answer.
    """

    kind = IdentityCheck
    check: ClassVar[IdentityCheck]
    good_answer: ClassVar[Mapping[str, str]]

    def offer(self) -> Offer:
        """Return the check."""
        return self.check

    def arrive(self, visit: Visit) -> CheckStep:
        """Go through the check as somebody who has a right to."""
        started = self.check.begin(visit, self.loaded())
        carry = started.carry if isinstance(started, Ask | Tell | SendTo) else b""
        return self.check.complete(visit, carry, self.good_answer, self.loaded())

    def test_it_says_what_it_is_worth(self) -> None:
        """Assurance and facts are of the published kinds; a check vouches for something."""
        assert isinstance(self.check.assurance, Assurance), "assurance is not an Assurance"
        assert self.check.vouches_for, "it vouches for nothing"
        assert self.check.vouches_for <= frozenset(Fact), "it vouches for unknown facts"

    def test_every_question_can_be_drawn(self) -> None:
        """Kinds are known, names are unique, and every text speaks both languages."""
        for wanted in _every_wish():
            _assert_drawable(self.check.begin(a_visit(wanted=wanted), self.loaded()))

    def test_it_asks_no_more_when_less_is_wanted(self) -> None:
        """A round that wants fewer facts never gets more questions."""
        everything = _asked(self.check.begin(a_visit(), self.loaded()))
        for wanted in _every_wish():
            asked = _asked(self.check.begin(a_visit(wanted=wanted), self.loaded()))
            assert asked <= everything, f"asked for {asked - everything} on top"

    def test_a_good_answer_gets_through(self) -> None:
        """It knows the visitor, by a subject that is there and at most 200 characters long."""
        step = self.arrive(a_visit())
        assert isinstance(step, Known), f"a good answer gave {step}"
        assert step.subject.strip(), "the subject is empty"
        assert len(step.subject) <= 200, "the subject is too long to be a name for a person"

    def test_it_vouches_for_nothing_that_was_not_wanted(self) -> None:
        """Facts stay within what the round wants and what the check says it can give."""
        for wanted in _every_wish():
            step = self.arrive(a_visit(wanted=wanted))
            if isinstance(step, Known):
                allowed = (wanted & self.check.vouches_for) | {Fact.VOTING_RIGHT}
                assert step.facts.keys() <= allowed, f"gave {set(step.facts)}, wanted {wanted}"

    def test_one_person_stays_one_subject(self) -> None:
        """A second visit, in another language, gives the same subject and facts."""
        first, second = self.arrive(a_visit(locale="nl")), self.arrive(a_visit(locale="en"))
        assert first == second, "the same person came out as two"

    def test_nothing_and_nonsense_do_not_get_through(self) -> None:
        """Empty and hostile answers give a step or a refusal with a code, and nobody is known."""
        names = _asked(self.check.begin(a_visit(), self.loaded()))
        for text in _HOSTILE:
            for answer in ({}, dict.fromkeys(names, text)):
                step = self._step(answer)
                assert not isinstance(step, Known), f"{text[:20]!r} got through"
                _assert_drawable(step)

    def test_it_keeps_no_memory(self) -> None:
        """One object serves every round and thread, so nothing of a visitor stays behind."""
        before = memory_of(self.check)
        self.arrive(a_visit())
        self._step({})
        assert memory_of(self.check) == before, "the check remembers something"

    def _step(self, answer: Mapping[str, str]) -> CheckStep | None:
        try:
            return self.check.complete(a_visit(), b"", answer, self.loaded())
        except EngineError:
            return None


def _every_wish() -> Iterator[frozenset[Fact]]:
    for size in range(len(Fact) + 1):
        yield from (frozenset(some) for some in combinations(Fact, size))


def _asked(step: CheckStep) -> frozenset[str]:
    questions = step.questions if isinstance(step, Ask) else ()
    return frozenset(question.name for question in questions)


def _assert_drawable(step: CheckStep | None) -> None:
    if isinstance(step, Ask):
        names = [question.name for question in step.questions]
        assert names, "it asks nothing"
        assert len(set(names)) == len(names), f"one name twice in {names}"
        for question in step.questions:
            _assert_question(question)
        if step.problem is not None:
            assert_spoken(step.problem, "the problem")
    elif isinstance(step, Tell):
        _assert_told(step)
    elif isinstance(step, Refused):
        assert_spoken(step.reason, "the reason")


def _assert_told(step: Tell) -> None:
    assert_spoken(step.text, "the text")
    for label in (step.link_label, step.go_on):
        if label is not None:
            assert_spoken(label, "a label")
    if step.link is not None:
        assert step.link.startswith(("https://", "http://")), "the link leads to no web page"


def _assert_question(question: Question) -> None:
    assert question.kind in KINDS, f"{question.name}: {question.kind!r} is none of {sorted(KINDS)}"
    assert_spoken(question.label, f"the label of {question.name}")
    if question.help is not None:
        assert_spoken(question.help, f"the help of {question.name}")
