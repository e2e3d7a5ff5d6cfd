"""The end report (eindverslag) of a round.

Its three parts are those that a Dutch participation ordinance asks for (in Enschede article 5
of the Participatieverordening): (a) the process in main lines, (b) the main outcomes, (c) what the
municipality thinks of them and how it uses what residents brought in, per idea.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pb_engine.domain.ideas import Idea, IdeaState
from pb_engine.domain.review import Colour
from pb_engine.services.documents import words
from pb_engine.services.documents.charter_annex import annex
from pb_engine.services.documents.material import Material
from pb_engine.services.documents.money_reports import left_over
from pb_engine.services.documents.parts import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Table,
)
from pb_engine.services.documents.title import titled
from pb_engine.units import euros

_MISSING = "Dit deel is nog niet geschreven. Zonder dit deel kan de ronde niet worden afgesloten."


def end_report(material: Material) -> Document:
    """Return the end report as it is today."""
    blocks = (
        *_course(material),
        *_outcomes(material),
        *_reaction(material),
        *annex(material.check),
    )
    return titled(material, "eindverslag", "Eindverslag", blocks)


def _course(material: Material) -> Iterator[Block]:
    round_ = material.results.round
    yield Heading("a. Hoe het ging")
    yield Paragraph(round_.summary.nl)
    yield Paragraph(round_.ordinance.nl)
    yield Table(
        "De stappen van de ronde",
        ("Wat", "Wanneer", "Waarom"),
        tuple(
            (words.MOMENTS[one.name], words.day(one.on), one.reason or "–")
            for one in material.moments
        ),
    )
    yield Bullets(tuple(_efforts(material)))
    if material.activities:
        yield Table("Wat er gebeurde", *_activities(material), amounts=(3,))
    else:
        yield Paragraph("Er staan geen activiteiten in het logboek van deze ronde.")
    yield from _channels(material)
    yield from _stories(material)


def _channels(material: Material) -> Iterator[Block]:
    rows = tuple(
        (
            one.who,
            one.ways or "–",
            one.moments or "–",
            one.by_whom or "–",
            "ja" if one.done else "nee",
            "–" if one.reached is None else words.number(one.reached),
        )
        for one in material.channels.filled
    )
    if rows:
        headings = ("Wie", "Hoe", "Wanneer", "Door wie", "Gedaan", "Bereikt")
        yield Table("Wie wij wilden bereiken", headings, rows, amounts=(5,))


def _stories(material: Material) -> Iterator[Block]:
    if material.stories:
        yield Heading("Wat bewoners vertellen", level=2)
    for one in material.stories:
        yield Paragraph(f"{one.title}. {one.happened}")
        if one.quote:
            yield Paragraph(f"“{one.quote}” – {one.name or 'een bewoner'}")


def _efforts(material: Material) -> Iterator[str]:
    counted = [one.people for one in material.activities if one.people is not None]
    done = material.done
    yield words.many(len(material.activities), "activiteit", "activiteiten") + (
        f", met bij elkaar {words.many(sum(counted), 'mens', 'mensen')}" if counted else ""
    )
    yield words.many(material.letters, "brief met een stemcode", "brieven met een stemcode")
    yield words.many(done.get("news_added", 0), "nieuwsbericht", "nieuwsberichten")
    yield words.many(len(material.ideas), "idee ingestuurd", "ideeën ingestuurd")
    yield words.many(done.get("question_answered", 0), "vraag beantwoord", "vragen beantwoord")
    yield words.many(
        done.get("appeal_decided", 0), "verzoek om herziening beslist", "verzoeken beslist"
    )


def _activities(
    material: Material,
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    rows = tuple(
        (
            one.result,
            words.ACTIVITIES[one.kind] + (f", {one.place}" if one.place else ""),
            words.day(one.day),
            "–" if one.people is None else words.number(one.people),
        )
        for one in material.activities
    )
    return ("Wat kwam eruit?", "Wat en waar", "Dag", "Mensen"), rows


def _outcomes(material: Material) -> Iterator[Block]:
    results = material.results
    yield Heading("b. Wat eruit kwam")
    yield Table(
        "Van idee tot uitslag", ("Ideeën", "Aantal"), tuple(_funnel(material)), amounts=(1,)
    )
    yield Paragraph(
        f"Er zijn {words.many(results.voters, 'stem', 'stemmen')} geteld. "
        f"Daarvan kwamen er {words.number(results.paper)} op papier. "
        f"Ongeldig: {words.number(results.invalid)}. De telregel is: {results.method_label.nl}."
    )
    yield Table(
        "De uitslag",
        ("Idee", "Krijgt geld", "Stemmers", "Kosten", "Tekort"),
        tuple(
            (
                row.title,
                "ja" if row.funded else "nee",
                words.number(row.voters),
                euros(row.cost_cents),
                words.short(row.short),
            )
            for row in results.rows
        ),
        amounts=(2, 3, 4),
    )
    left = results.budget_cents - results.spent_cents
    yield Paragraph(
        f"Er was {euros(results.budget_cents)}. Naar ideeën gaat {euros(results.spent_cents)}. "
        f"Er blijft {euros(left)} over."
    )
    yield from left_over(material)
    yield from decided_otherwise(material)
    yield from _turnout(material)
    yield from _costs(material)
    yield Paragraph(
        "Iedereen kan de uitslag natellen met het bestand record.json. "
        f"Het controlegetal (SHA-256) is {results.record_digest}."
    )


def decided_otherwise(material: Material) -> Iterator[Block]:
    """Yield what was decided otherwise than counted, where anything was."""
    results = material.results
    if results.decisions:
        yield Paragraph(
            "De gemeente besloot anders dan de telling. Daarmee gaat er "
            f"{euros(results.granted_cents)} naar ideeën:"
        )
        titles = {row.project_id: row.title for row in results.rows}
        yield Bullets(
            tuple(words.decided(titles[key], one) for key, one in results.decisions.items())
        )


def _funnel(material: Material) -> Iterator[tuple[str, str]]:
    yield "ingestuurd", words.number(len(material.ideas))
    counts = Counter(one.state for one in material.ideas)
    for state, told in words.IDEAS.items():
        if counts[state]:
            yield told, words.number(counts[state])
    yield "kreeg geld", words.number(sum(row.funded for row in material.results.rows))


def _turnout(material: Material) -> Iterator[Block]:
    turnout = material.results.turnout
    if turnout is None:
        return
    whole = (turnout.whole,) if len(turnout.areas) != 1 else ()
    rows = tuple(
        (
            one.area or ("Alles samen" if one in whole else "Onbekend"),
            words.number(one.digital),
            words.number(one.paper),
            words.number(one.unused),
        )
        for one in (*turnout.areas, *whole)
    )
    headings = ("Buurt", "Op internet", "Op papier", "Niet gebruikt")
    yield Table("Stemrechten", headings, rows, amounts=(1, 2, 3))
    ages = material.ages
    if ages is not None:
        per_age = tuple(
            (name, words.number(one.voted), words.number(one.unused))
            for name, one in (
                *((one.band or "Onbekend", one) for one in ages.rows),
                ("Alles samen", ages.whole),
            )
        )
        yield Table("Per leeftijd", ("Leeftijd", "Gestemd", "Niet gestemd"), per_age, (1, 2))
    if turnout.hidden or (ages is not None and ages.hidden):
        yield Paragraph(
            f"Een punt ({words.HIDDEN}) betekent: dit getal laten we weg. "
            "Zo kan niemand zien wat één bewoner deed."
        )


def _costs(material: Material) -> Iterator[Block]:
    costs = material.costs
    per_ballot = costs.per_ballot(material.results.voters)
    if per_ballot is not None:
        yield Paragraph(
            f"De ronde houden kostte {euros(costs.total_cents)}. "
            f"Dat is {euros(per_ballot)} per getelde stem."
        )


def _reaction(material: Material) -> Iterator[Block]:
    report = material.report
    yield Heading("c. Wat de gemeente ervan vindt en ermee doet")
    yield Heading("De reactie van de gemeente", 2)
    yield Paragraph(report.reaction or _MISSING)
    yield Heading("Hoe de inbreng is gebruikt", 2)
    yield Paragraph(report.used or _MISSING)
    rows = tuple(
        (f"{idea.number}. {idea.title}", _state(material, idea), answer_to(material, idea))
        for idea in material.ideas
    )
    yield Table("Per idee", ("Idee", "Stand", "Wat de gemeente ermee doet"), rows, wide=2)
    yield Paragraph(material.results.round.decision.text.nl)


def answer_to(material: Material, idea: Idea) -> str:
    """Return what the municipality does with an idea: what officials wrote, else the decision."""
    written = material.report.answers.get(idea.id)
    if written:
        return written
    row = next((one for one in material.results.rows if one.project_id == idea.id), None)
    if row is not None:
        return row.sentence.nl
    if idea.state is IdeaState.MERGED:
        into = next((one for one in material.ideas if one.id == idea.merged_into), None)
        return f"Ging op in: {into.title}." if into else ""
    return " ".join(_decided(material, idea))


def _state(material: Material, idea: Idea) -> str:
    row = next((one for one in material.results.rows if one.project_id == idea.id), None)
    if row is None:
        return words.IDEAS[idea.state]
    return "krijgt geld" if row.funded else "op het stembiljet, krijgt geen geld"


def _decided(material: Material, idea: Idea) -> Iterator[str]:
    review, round_ = idea.review, material.results.round
    if review is None:
        return
    for judgement in review.judgements:
        if judgement.colour is not Colour.GREEN:
            yield f"Spelregel {judgement.criterion}: {judgement.reason}"
    # What many ideas are decided with at once repeats the reasons of their judgements.
    given = {judgement.reason for judgement in review.judgements}
    yield from (line for line in review.reason.splitlines() if line and line not in given)
    body = next((one for one in round_.referral_bodies if one.id == review.referred_to), None)
    if body:
        yield f"Doorgegeven aan {body.name.nl}."
    if body and review.reply:
        yield f"Het antwoord: {review.reply}"
