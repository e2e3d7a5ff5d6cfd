"""The end of a round at the desk: the end report, thanks, documents, the archive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext  # type: ignore[import-untyped]

from pb_engine.errors import ConcurrentEdit, EngineError
from pb_engine.services import progress, reports, rounds
from pb_engine.services.documents import library
from pb_engine.services.documents.parts import Document
from web.access import role
from web.base import engine
from web.desk.login import fresh, my_name
from web.desk.showing import done, show
from web.forms.desk_review import seen_version
from web.texts import N_

_ANSWER = "answer-"
DOCUMENTS: Mapping[str, tuple[str, str]] = {
    "eindverslag": (N_("Eindverslag"), N_("Hoe het ging, wat eruit kwam, en de reactie.")),
    "bestedingsplan": (N_("Bestedingsplan"), N_("Wie voert welk idee uit, en voor hoeveel?")),
    "verantwoording": (N_("Verantwoording"), N_("Wat is er gekregen en uitgegeven?")),
    "raadsbrief": (N_("Brief aan de gemeenteraad"), N_("De uitslag in het kort.")),
    "magazine": (N_("Blad voor een magazine"), N_("Met ruimte voor een foto en een citaat.")),
}


def add(app: Flask) -> None:
    """Register these pages."""
    post = ["POST"]
    app.add_url_rule("/<slug>/afronden", "ending", ending)
    app.add_url_rule("/<slug>/afronden/verslag", "write_report", write, methods=post)
    app.add_url_rule("/<slug>/afronden/bedanken", "thank", thank, methods=post)
    app.add_url_rule("/<slug>/afronden/afsluiten", "archive", archive, methods=post)
    app.add_url_rule("/<slug>/documenten/<which>", "document", document)
    app.add_url_rule("/<slug>/documenten/<which>.<any(pdf, docx):kind>", "document_file", file)
    app.jinja_env.globals.update(kind_of=lambda block: type(block).__name__.lower())


@role("participation_team", "commission_member", "auditor")
def ending(slug: str) -> ResponseReturnValue:
    """Show what must still be done before the round is over."""
    return _ending(slug)


def _ending(slug: str, **more: Any) -> ResponseReturnValue:
    stored = rounds.stored_round(engine(), slug)
    over = stored.phase == "published"
    page = reports.end_page(engine(), slug) if over else None
    funded = progress.works_page(engine(), slug).works if over else ()
    return show(
        "ending.html.j2",
        round=stored.round,
        page=page,
        funded=funded,
        documents=DOCUMENTS,
        sentences=_sentences(page) if page else (),
        answer=_ANSWER,
        versions=_versions(page, more) if page else [],
        **more,
    )


def _versions(page: reports.EndPage, more: Mapping[str, Any]) -> list[list[str]]:
    """Return the texts of a colleague beside those that were typed here, where they differ."""
    if not isinstance(more.get("problem"), ConcurrentEdit):
        return []
    typed: Mapping[str, str] = more["typed"]
    report = page.report
    stored = {
        "reaction": (gettext("Wat vindt de gemeente van de uitslag?"), report.reaction),
        "used": (gettext("Wat doet de gemeente met de inbreng?"), report.used),
        **{
            f"{_ANSWER}{idea.id}": (f"{idea.number}. {idea.title}", report.answers.get(idea.id, ""))
            for idea in page.ideas
        },
    }
    return [
        [label, text or "–", typed.get(name, "").strip() or "–"]
        for name, (label, text) in stored.items()
        if text.split() != typed.get(name, "").split()
    ]


def _sentences(page: reports.EndPage) -> list[tuple[bool, str]]:
    """Return per condition whether it holds, and what it asks."""
    lacking = {one.name: one.lacking for one in page.conditions}
    told = {
        "ideas": ngettext(
            "Elk idee heeft een antwoord. Nog %(num)s idee niet.",
            "Elk idee heeft een antwoord. Nog %(num)s ideeën niet.",
            lacking["ideas"],
        )
        if lacking["ideas"]
        else gettext("Elk idee heeft een antwoord."),
        "report": gettext("De reactie van de gemeente staat in het eindverslag (deel c)."),
        "thanks": gettext("Iedereen die meedeed, is bedankt."),
        "progress": gettext("Bewoners weten hoe het gaat met elk idee dat geld kreeg."),
        "money": gettext("Van elk bedrag dat over is, staat vast of gepland wat ermee gebeurt."),
    }
    return [(one.holds, told[one.name]) for one in page.conditions]


@role("participation_team")
def write(slug: str) -> ResponseReturnValue:
    """Keep part (c) of the end report."""
    form = request.form
    answers = {
        name.removeprefix(_ANSWER): text for name, text in form.items() if name.startswith(_ANSWER)
    }
    told = reports.NewReport(form.get("reaction", ""), form.get("used", ""), answers)
    try:
        reports.write_report(engine(), slug, told, seen_version(form), my_name())
    except EngineError as problem:
        return _ending(slug, problem=problem, typed=form)
    return done(gettext("Uw tekst is bewaard."), "ending", slug=slug)


@role("participation_team")
def thank(slug: str) -> ResponseReturnValue:
    """Thank everybody who submitted an idea."""
    try:
        reports.thank_everybody(engine(), slug, my_name())
    except EngineError as problem:
        return _ending(slug, problem=problem)
    return done(gettext("De bedankbrieven gaan nu op weg."), "ending", slug=slug)


@role("participation_team")
@fresh("ending")
def archive(slug: str) -> ResponseReturnValue:
    """Put the round into the archive."""
    try:
        reports.archive_round(engine(), slug, my_name())
    except EngineError as problem:
        return _ending(slug, problem=problem)
    return done(gettext("De ronde is afgesloten."), "ending", slug=slug)


@role("participation_team", "commission_member", "auditor")
def document(slug: str, which: str) -> ResponseReturnValue:
    """Show a document as a page."""
    stored = rounds.stored_round(engine(), slug)
    made = _document(slug, which)
    return show("document.html.j2", round=stored.round, made=made, which=which)


@role("participation_team", "commission_member", "auditor")
def file(slug: str, which: str, kind: str) -> ResponseReturnValue:
    """Send a document as a file."""
    made = library.document_file(_document(slug, which), kind)
    answer = Response(made.body, mimetype=made.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer


def _document(slug: str, which: str) -> Document:
    name, _, idea = which.partition("-")
    if name not in library.DOCUMENTS:
        abort(404)
    return library.document_of(engine(), slug, name, idea)
