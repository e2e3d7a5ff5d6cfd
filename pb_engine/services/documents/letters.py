"""Short documents: a letter to the council, a certificate for an idea, a page for a magazine."""

from __future__ import annotations

from collections.abc import Iterator

from pb_engine.errors import UnknownIdea
from pb_engine.services.documents import words
from pb_engine.services.documents.end_report import decided_otherwise
from pb_engine.services.documents.material import Material
from pb_engine.services.documents.parts import Block, Bullets, Document, Heading, Paragraph, Slot
from pb_engine.services.documents.title import titled
from pb_engine.units import euros

_QUOTES = 3
_IN_SHORT = 5


def council_letter(material: Material) -> Document:
    """Return the text of a letter with which the municipality tells its council."""
    return titled(material, "raadsbrief", "Brief aan de gemeenteraad", _letter(material))


def magazine_page(material: Material) -> Document:
    """Return a page for a magazine, with room for a photograph and a quotation."""
    return titled(material, "magazine", "Wat kozen de bewoners?", _magazine(material))


def certificate(material: Material, idea_id: str) -> Document:
    """Return the certificate for one funded idea.

    :raises UnknownIdea: there is no such idea, or it got no money.
    """
    for card in material.works.works:
        if card.work.idea == idea_id:
            blocks = _certificate(material, idea_id, card.title, euros(card.granted_cents))
            name = f"certificaat-{idea_id}"
            return titled(material, name, "Certificaat", blocks, framed=True)
    raise UnknownIdea(f"no idea {idea_id[:64]!r} got money in this round", idea=idea_id[:64])


def _letter(material: Material) -> Iterator[Block]:
    results, round_ = material.results, material.results.round
    funded = [row for row in results.rows if row.funded]
    yield Paragraph("Aan de leden van de gemeenteraad")
    yield Paragraph(f"Onderwerp: de uitslag van {round_.name.nl}")
    yield Paragraph("Geachte leden van de raad,")
    yield Paragraph(
        f"Bewoners van {round_.place} verdeelden {euros(results.budget_cents)}. "
        f"Zij stuurden {words.many(len(material.ideas), 'idee', 'ideeën')} in. "
        f"Op het stembiljet stonden er {words.number(len(results.rows))}. "
        f"Er zijn {words.many(results.voters, 'stem', 'stemmen')} geteld."
    )
    yield Paragraph(
        f"{words.many(len(funded), 'idee krijgt', 'ideeën krijgen')} geld, bij elkaar "
        f"{euros(results.spent_cents)}:"
    )
    yield Bullets(tuple(f"{row.title} ({euros(row.cost_cents)})" for row in funded))
    yield from decided_otherwise(material)
    for text in (material.report.reaction, material.report.used):
        if text:
            yield Paragraph(text)
    yield Paragraph(
        "Iedereen kan de uitslag natellen. Het controlegetal van het uitslagbestand is "
        f"{results.record_digest}. Het eindverslag stuurt het college u apart."
    )
    yield Paragraph("Met vriendelijke groet,\n\nHet college van burgemeester en wethouders")


def _magazine(material: Material) -> Iterator[Block]:
    results, round_ = material.results, material.results.round
    funded = [row for row in results.rows if row.funded]
    yield Paragraph(round_.summary.nl)
    yield Bullets(
        (
            f"{words.many(len(material.ideas), 'idee', 'ideeën')} van bewoners",
            f"{words.many(results.voters, 'stem', 'stemmen')}",
            f"{euros(results.spent_cents)} voor {words.many(len(funded), 'idee', 'ideeën')}",
        )
    )
    yield Slot("Ruimte voor een foto, met toestemming van wie erop staat")
    yield Heading("Deze ideeën krijgen geld")
    yield Bullets(tuple(f"{row.title} ({euros(row.cost_cents)})" for row in funded[:_IN_SHORT]))
    if len(funded) > _IN_SHORT:
        yield Paragraph(f"En nog {len(funded) - _IN_SHORT}.")
    yield from decided_otherwise(material)
    yield from _quoted(material)
    yield Paragraph(f"Meer weten? {round_.contact.name}: {round_.contact.email}")


def _quoted(material: Material) -> Iterator[Block]:
    """Yield what residents said who agreed to that, or else room for it."""
    quoted = [one for one in material.stories if one.quote][:_QUOTES]
    for one in quoted:
        yield Paragraph(f"“{one.quote}” – {one.name or 'een bewoner'}")
    if not quoted:
        yield Slot("Ruimte voor een citaat van een bewoner, met naam en toestemming")


def _certificate(material: Material, idea_id: str, title: str, amount: str) -> Iterator[Block]:
    round_ = material.results.round
    idea = next(one for one in material.ideas if one.id == idea_id)
    named = [one.name for one in idea.submitters]
    yield Heading(title)
    yield Paragraph(f"Bewoners van {round_.place} kozen dit idee.")
    yield Paragraph(f"Het krijgt {amount}.")
    yield Paragraph("Ingestuurd door " + ", ".join(named) + ".")
    yield Paragraph(words.day(material.works.adopted))
    yield Slot("Handtekening")
