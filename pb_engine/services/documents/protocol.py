"""The protocol of a count (proces-verbaal): who did what, what came out, and how to check it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pb_engine.services.documents import protocol_words, words
from pb_engine.services.documents.parts import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Slot,
    Table,
)
from pb_engine.services.documents.protocol_material import Count
from pb_engine.services.making_record import FICTIONAL
from pb_engine.tallying import Verdict
from pb_engine.units import euros

CONCEPT = "CONCEPT – de uitslag is nog niet gepubliceerd en kan nog veranderen."


def protocol(count: Count) -> Document:
    """Return the protocol; equal for an equal count and event log."""
    round_ = count.round
    notices = (
        "" if count.published else CONCEPT,
        FICTIONAL.nl if round_.fictional else "",
    )
    blocks = (
        *_begin(count),
        *_steps(count),
        *_ballots(count),
        *_paper(count),
        *_outcome(count),
        *_deviations(count),
        *_digests(count),
        *_signatures(count),
    )
    return Document(
        name=f"proces-verbaal-{round_.slug}",
        title="Proces-verbaal van de telling",
        subtitle=f"{round_.name.nl}, {round_.place}.",
        notice=" ".join(one for one in notices if one),
        blocks=blocks,
    )


def _begin(count: Count) -> Iterator[Block]:
    round_, record = count.round, count.record
    yield Paragraph(
        f"Stemmen kon van {words.day(round_.calendar.voting.opens)} tot en met "
        f"{words.day(round_.calendar.voting.closes)}. Er was {euros(record.budget)} te verdelen "
        f"over {words.many(len(record.projects), 'idee', 'ideeën')}. "
        f"Geteld is met de regel “{count.method}”, die vastlag voordat de stemming openging."
    )
    if count.trustees:
        yield Paragraph("De sleutel van de stembus was verdeeld over deze sleutelbewaarders:")
        yield Bullets(count.trustees)


def _steps(count: Count) -> Iterator[Block]:
    yield Heading("1. Wie deed wat, en wanneer")
    yield Table(
        "Uit het logboek, in Nederlandse tijd",
        ("Wanneer", "Wat", "Wie"),
        tuple(map(protocol_words.step_in_words, count.entries)),
        wide=1,
    )


def _ballots(count: Count) -> Iterator[Block]:
    record, rows = count.record, count.paper_sheets + count.by_totals
    in_box = len(record.receipts)
    told = (
        ("Via internet", in_box - count.paper_sheets),
        ("Op papier, vel voor vel ingelezen", count.paper_sheets),
        ("Op papier, als totalen geteld", count.by_totals),
        ("Samen", in_box + count.by_totals),
        ("Daarvan ongeldig: telt niet mee", record.invalid),
        ("Vervangen door een latere stem: telt niet mee", len(record.superseded)),
    )
    yield Heading("2. Stemmen")
    yield Table(
        "Stemmen per weg" if rows else "Stemmen",
        ("Hoe", "Aantal"),
        tuple((name, words.number(number)) for name, number in told),
        amounts=(1,),
    )
    yield Table(
        "Stemrechten",
        ("Wat", "Aantal"),
        tuple(
            (name, words.number(count.channels.get(key, 0)))
            for key, name in protocol_words.CHANNELS.items()
        ),
        amounts=(1,),
    )


def _paper(count: Count) -> Iterator[Block]:
    yield Heading("3. Balans van het papier")
    if not count.batches:
        yield Paragraph("Er is geen papier ingeleverd.")
        return
    yield Table(
        "Stapels",
        ("Stapel", "Vellen", "Geteld", "Ongeldig of vervallen", "Stand"),
        tuple(map(_batch, count.batches)),
        amounts=(1, 2, 3),
    )
    against = count.against
    yield Paragraph(
        f"Er zijn {words.many(against.sheets, 'vel', 'vellen')} ingeleverd. "
        f"{words.many(against.rights, 'stemrecht ging', 'stemrechten gingen')} naar papier. "
        + _balance(against.surplus)
    )


def _batch(one: dict[str, Any]) -> tuple[str, ...]:
    defects = sum(one.get("defects", {}).values())
    numbers = (one["batch"], one["stated"], one.get("counted", 0), defects)
    return (*(words.number(number) for number in numbers), protocol_words.BATCHES[one["state"]])


def _balance(surplus: int) -> str:
    if surplus > 0:
        return f"Dat zijn {words.many(surplus, 'vel', 'vellen')} te veel."
    if surplus < 0:
        return f"{words.many(-surplus, 'vel kwam', 'vellen kwamen')} niet terug."
    return "Dat is evenveel."


def _outcome(count: Count) -> Iterator[Block]:
    record = count.record
    projects = {one.id: one for one in record.projects}
    order = {project: place for place, project in enumerate(record.outcome.selected)}
    decisions = sorted(
        record.outcome.decisions,
        key=lambda one: (order.get(one.project, len(order)), -one.voters, one.project),
    )
    spent = sum(projects[one].cost for one in record.outcome.selected)
    yield Heading("4. Uitslag")
    yield Table(
        "Per idee",
        ("Idee", "Kosten", "Stemmers", "Krijgt geld"),
        tuple(
            (
                projects[one.project].title,
                euros(projects[one.project].cost),
                words.number(one.voters),
                "ja" if one.verdict is Verdict.FUNDED else "nee",
            )
            for one in decisions
        ),
        amounts=(1, 2),
    )
    yield Paragraph(
        f"Samen {euros(spent)} van {euros(record.budget)}. "
        f"Er blijft {euros(record.budget - spent)} over."
    )


def _deviations(count: Count) -> Iterator[Block]:
    found = [one for one in count.entries if one.event.name in protocol_words.DEVIATIONS]
    yield Heading("5. Afwijkingen en besluiten")
    if count.decisions:
        yield Paragraph("De gemeente besloot anders dan de telling:")
        titles = {one.id: one.title for one in count.record.projects}
        yield Bullets(
            tuple(words.decided(titles[one.project], one) for one in count.decisions.values())
        )
    if found:
        told = (protocol_words.step_in_words(one) for one in found)
        yield Bullets(tuple(f"{when}, {by}: {what}" for when, what, by in told))
    elif not count.decisions:
        yield Paragraph("Er is van niets afgeweken.")


def _digests(count: Count) -> Iterator[Block]:
    yield Heading("6. Controlegetallen")
    yield Paragraph(
        "Wie een van deze getallen opschreef, kan later zien of er iets is veranderd. "
        "Ze staan hier in groepen; in een bestand staan ze zonder spaties."
    )
    yield Table(
        "SHA-256",
        ("Waarvan", "Getal"),
        tuple((name, _grouped(digest)) for name, digest in count.digests),
        wide=1,
    )


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _signatures(count: Count) -> Iterator[Block]:
    yield Heading("7. Ondertekening")
    adopted = count.adoption
    yield Slot(f"Geteld door {count.counted_by}. Plaats, datum en handtekening:")
    if adopted is None:
        yield Paragraph("Niemand stelde deze uitslag nog vast.")
    else:
        yield Slot(f"Vastgesteld door {adopted.by}. Plaats, datum en handtekening:")
