"""Documents about the money: the spending plan, and the yearly account of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pb_engine.domain.rounds import Fund
from pb_engine.domain.works import due_days
from pb_engine.services.documents import words
from pb_engine.services.documents.material import Material
from pb_engine.services.documents.parts import Block, Document, Heading, Paragraph, Table
from pb_engine.services.documents.title import titled
from pb_engine.services.leftovers import LeftoverLine
from pb_engine.units import euros


def spending_plan(material: Material) -> Document:
    """Return the spending plan (bestedingsplan): who does what, when, for how much."""
    return titled(material, "bestedingsplan", "Bestedingsplan", _plan(material))


def account(material: Material) -> Document:
    """Return the account (verantwoording): what was granted, spent and left, per idea."""
    return titled(material, "verantwoording", "Verantwoording", _account(material))


def _plan(material: Material) -> Iterator[Block]:
    works, fund = material.works, material.results.round.fund
    yield Paragraph(
        f"Het geld is {words.FUNDS[fund.source]}: {euros(fund.budget_cents)}."
        + (f" {fund.note.nl}" if fund.note else "")
    )
    rows = tuple(
        (
            card.title,
            card.work.owner or "nog niet bekend",
            words.day(card.work.ready_on) if card.work.ready_on else "nog niet bekend",
            euros(card.granted_cents),
        )
        for card in works.works
    )
    whole = ("Samen", "", "", euros(works.granted_cents))
    yield Table(
        "Ideeën die geld krijgen",
        ("Idee", "Wie voert het uit?", "Klaar op", "Bedrag"),
        (*rows, whole),
        amounts=(3,),
    )
    yield from _used(fund)
    left = fund.budget_cents - works.granted_cents
    yield Paragraph(f"Niet verdeeld: {euros(left)}.")
    yield from left_over(material)
    yield from _steps(material)


def _used(fund: Fund) -> Iterator[Block]:
    if fund.saved:
        rows = tuple((one.round, euros(one.cents)) for one in fund.saved)
        yield Table("Gespaard geld in dit budget", ("Uit ronde", "Bedrag"), rows, amounts=(1,))


def left_over(material: Material) -> Iterator[Block]:
    """Say of all money that is left what becomes of it, as far as that is decided."""
    rows = tuple(
        (line.title or "Niet verdeeld", euros(line.left_cents), _fate(line))
        for line in material.left
        if line.left_cents or line.decided
    )
    if any(line.decided for line in material.left):
        yield Table("Geld dat over is", ("Van", "Nu over", "Besluit"), rows, amounts=(1,), wide=2)


def _fate(line: LeftoverLine) -> str:
    found = line.decided
    if found is None:
        return "nog niet besloten"
    told = words.FATES[found.fate] + (f": {found.purpose}" if found.purpose else "")
    if found.settled_on is None:
        return f"{told} (plan)"
    if line.lapsed and found.until is not None:
        return f"{told}; verlopen op {words.day(found.until)} en gaat terug naar de gemeente"
    until = f", tot en met {words.day(found.until)}" if found.until else ""
    used = f", gebruikt in ronde {found.used_by}" if found.used_by else ""
    return f"{told}{until}{used}; vastgesteld op {words.day(found.settled_on)}"


def _steps(material: Material) -> Iterator[Block]:
    rows = tuple(
        (card.title, step.name, words.day(step.due_on), _when(step.done_on))
        for card in material.works.works
        for step in card.milestones
    )
    if rows:
        yield Table("De stappen", ("Idee", "Stap", "Klaar vóór", "Klaar op"), rows, wide=1)
    days = [words.day(one) for one in due_days(material.works.adopted)]
    yield Paragraph(
        f"Bewoners horen uiterlijk op {days[0]}, {days[1]} en {days[2]} hoe het gaat met elk idee."
    )


def _when(day: date | None) -> str:
    return words.day(day) if day else "–"


def _account(material: Material) -> Iterator[Block]:
    works = material.works
    rows = tuple(
        (
            card.title,
            words.WORKS[card.work.state],
            euros(card.granted_cents),
            euros(card.spent_cents),
            euros(card.left_cents),
        )
        for card in works.works
    )
    whole = (
        *("Samen", ""),
        euros(works.granted_cents),
        euros(works.spent_cents),
        euros(works.granted_cents - works.spent_cents),
    )
    yield Table(
        "Gekregen en uitgegeven",
        ("Idee", "Stand", "Gekregen", "Uitgegeven", "Over"),
        (*rows, whole),
        amounts=(2, 3, 4),
    )
    yield from left_over(material)
    paid = tuple(
        (payment.what, card.title, words.day(payment.paid_on), euros(payment.cents))
        for card in works.works
        for payment in card.payments
    )
    if paid:
        yield Table("Elke uitgave", ("Waaraan", "Idee", "Dag", "Bedrag"), paid, amounts=(3,))
    for card in works.works:
        if card.updates:
            yield Heading(card.title)
            newest = card.updates[0]
            yield Paragraph(f"{words.day(newest.told_on)}: {newest.body}")
