"""Outcomes and explanations as plain documents, and back."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.tallying.document import Part
from pb_engine.tallying.outcome import Decision, Exact, Explanation, Outcome, Verdict
from pb_engine.units import LocalText, ProjectId

Document = dict[str, object]

_DECISION = ("project", "verdict", "reason", "voters", "facts", "tied_with")
_OUTCOME = ("method", "version", "selected", "decisions", "facts")


def outcome_document(outcome: Outcome) -> Document:
    """Write an outcome as plain values; ``read_outcome`` reads it back."""
    return {
        "method": outcome.method,
        "version": outcome.version,
        "selected": list(outcome.selected),
        "decisions": [_decision_document(decision) for decision in outcome.decisions],
        "facts": dict(outcome.facts),
    }


def _decision_document(decision: Decision) -> Document:
    return {
        "project": decision.project,
        "verdict": str(decision.verdict),
        "reason": decision.reason,
        "voters": decision.voters,
        "facts": dict(decision.facts),
        "tied_with": list(decision.tied_with),
    }


def read_outcome(document: object) -> Outcome:
    """Read what ``outcome_document`` wrote.

    :param document: the plain values, or a part of a larger document.
    :raises InvalidElectionFile: naming the key.
    """
    part = document if isinstance(document, Part) else Part(document, "outcome")
    found = part.exactly(_OUTCOME)
    return Outcome(
        method=found["method"].text(),
        version=found["version"].text(),
        selected=read_ids(found["selected"]),
        decisions=tuple(_read_decision(item) for item in found["decisions"].items()),
        facts=_read_facts(found["facts"]),
    )


def _read_decision(part: Part) -> Decision:
    found = part.exactly(_DECISION)
    verdict = found["verdict"].text()
    if verdict not in frozenset(Verdict):
        found["verdict"].refuse(f"must be one of {', '.join(Verdict)}")
    return Decision(
        project=ProjectId(found["project"].text()),
        verdict=Verdict(verdict),
        reason=found["reason"].text(),
        voters=found["voters"].whole(),
        facts=_read_facts(found["facts"]),
        tied_with=read_ids(found["tied_with"]),
    )


def read_ids(part: Part) -> tuple[ProjectId, ...]:
    """Read a list of project identifiers.

    :raises InvalidElectionFile: it is something else.
    """
    return tuple(ProjectId(item.text()) for item in part.items())


def _read_facts(part: Part) -> Mapping[str, Exact]:
    facts: dict[str, Exact] = {}
    for name, item in part.entries().items():
        if isinstance(item.value, bool) or not isinstance(item.value, (int, str)):
            item.refuse("must be a whole number or a text")
        facts[name] = item.value
    return facts


def explanation_document(explanation: Explanation) -> Document:
    """Write an explanation as plain values."""
    return {
        "sentence": text_document(explanation.sentence),
        "steps": [text_document(step) for step in explanation.steps],
    }


def read_explanation(part: Part) -> Explanation:
    """Read what ``explanation_document`` wrote.

    :raises InvalidElectionFile: naming the key.
    """
    found = part.exactly(("sentence", "steps"))
    steps = tuple(read_text(step) for step in found["steps"].items())
    return Explanation(read_text(found["sentence"]), steps)


def text_document(text: LocalText) -> Document:
    """Write a text in two languages as plain values."""
    return {"nl": text.nl, "en": text.en}


def read_text(part: Part) -> LocalText:
    """Read what ``text_document`` wrote.

    :raises InvalidElectionFile: naming the key.
    """
    found = part.exactly(("nl", "en"))
    return LocalText(nl=found["nl"].text(), en=found["en"].text())
