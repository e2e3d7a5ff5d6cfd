"""The annex of an end report: what officials found of their own round."""

from __future__ import annotations

from collections.abc import Iterator

from pb_engine.services.charter import QUESTIONS, SelfCheck
from pb_engine.services.documents import words
from pb_engine.services.documents.parts import Block, Bullets, Heading, Paragraph


def annex(check: SelfCheck) -> Iterator[Block]:
    """Write the self-check; nothing where nobody answered."""
    if not check.findings:
        return
    yield Heading("Bijlage: zelfcheck")
    yield Paragraph(
        "Zeven kenmerken van een goede ronde, naar het Schotse handvest voor burgerbegrotingen. "
        "Onder elk antwoord staat wat het systeem zelf vaststelde."
    )
    for feature, question in QUESTIONS.items():
        found = check.findings.get(feature)
        answer = words.CHARTER[found.answer] if found else "niet beantwoord"
        yield Heading(f"{question.name.nl}: {answer}", 2)
        yield Paragraph(question.asks.nl)
        if found:
            yield Paragraph(found.text)
        told = tuple(sentence.nl for sentence in check.evidence[feature])
        if told:
            yield Bullets(told)
