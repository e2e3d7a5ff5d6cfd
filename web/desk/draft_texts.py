"""The texts of a round that is being written, in further languages, and on a trial letter."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import ConcurrentEdit, EngineError
from pb_engine.services import draft_texts as service
from pb_engine.services import round_drafts
from pb_engine.services.rehearsal import Round
from pb_engine.services.round_drafts import RoundDraft
from web.access import role
from web.base import engine
from web.desk.draft_entries import PARTS, entry_of, part_of
from web.desk.draft_words import draft_name
from web.desk.login import my_name
from web.desk.showing import done, show
from web.forms.desk import DraftForm, read
from web.forms.round_draft import translation_form
from web.languages import OWN_NAMES, RIGHT_TO_LEFT
from web.texts import say

TEXTS = "teksten"
TEAM, COMMISSION = "participation_team", "commission_member"


def add(app: Flask) -> None:
    """Register these pages, and teach the templates the way to them."""
    base = "/rondes/concept/<draft>"
    both = ["GET", "POST"]
    app.add_url_rule(f"{base}/taal/<language>", "draft_language", write, methods=both)
    app.add_url_rule(f"{base}/proefbrief.pdf", "draft_letter", letter)
    app.jinja_env.globals.update(draft_language_links=links_of, draft_doubts=doubts_of)


def links_of(draft: RoundDraft) -> list[tuple[str, str]]:
    """Return the way to the texts in every further language: words and address."""
    total = len(service.texts_of(draft))
    return [
        (
            gettext(
                "%(language)s: %(told)s van %(total)s teksten",
                # Set apart, or the numbers behind an Arabic name change places.
                language=f"\u2068{OWN_NAMES[one]}\u2069",
                told=sum(one in text.said for text in service.texts_of(draft)),
                total=total,
            ),
            url_for("draft_language", draft=draft.id, language=one),
        )
        for one in service.further_languages(draft)
    ]


def language_rows(draft: RoundDraft) -> list[tuple[str, str]]:
    """Return every text of a draft in its further languages: what it is, and the text."""
    return [
        (f"{_label(text.path)} ({OWN_NAMES[language]})", text.said[language])
        for language in service.further_languages(draft)
        for text in service.texts_of(draft)
        if language in text.said
    ]


def doubts_of(round_: Round | None) -> list[str]:
    """Return what the texts of a round say otherwise than its rules, in the reader's language."""
    return [say(one) for one in service.doubts_of(round_)] if round_ else []


@role(TEAM, COMMISSION)
def write(draft: str, language: str) -> ResponseReturnValue:
    """Show every text of a draft in one language, or keep what was filled in."""
    found = round_drafts.one_draft(engine(), draft)
    if language not in service.further_languages(found):
        abort(404)
    texts = service.texts_of(found)
    if request.method == "GET":
        return _page(found, language, {one.key: one.said.get(language, "") for one in texts})
    sent = {name: request.form[name] for name in request.form if name in _known(texts)}
    told, mistakes = read(translation_form(sent), sent)
    marks, _ = read(DraftForm(), request.form)
    if mistakes:
        return _page(found, language, sent, marks.get("seen"), mistakes=mistakes)
    seen = int(marks.get("seen") or -1)
    try:
        service.translate(engine(), draft, language, told, seen, my_name())
    except EngineError as problem:
        fresh = round_drafts.one_draft(engine(), draft)
        if not isinstance(problem, ConcurrentEdit):
            return _page(fresh, language, sent, problem=problem)
        theirs = [
            (one.said["nl"], one.said.get(language, "") or "–")
            for one in service.texts_of(fresh)
            if one.said.get(language, "") != sent.get(one.key, "").strip()
        ]
        return _page(fresh, language, sent, problem=problem, theirs=theirs)
    return done(gettext("Bewaard."), "draft", draft=draft, part=TEXTS)


def _known(texts: tuple[service.DraftText, ...]) -> frozenset[str]:
    return frozenset(one.key for one in texts)


def _page(
    found: RoundDraft,
    language: str,
    typed: dict[str, str],
    seen: str | None = None,
    **more: Any,
) -> ResponseReturnValue:
    part = service.part_of_language(language)
    return show(
        "draft_language.html.j2",
        draft=found,
        name=draft_name(found),
        part=TEXTS,
        language=language,
        own_name=OWN_NAMES[language],
        rtl=language in RIGHT_TO_LEFT,
        texts=[(one, _label(one.path)) for one in service.texts_of(found)],
        seen=seen or str(found.parts.get(part, 0)),
        typed=typed,
        **more,
    )


def _label(path: str) -> str:
    plain = ".".join(word for word in path.split(".") if not word.isdecimal())
    part = part_of(plain)
    entry = entry_of(part, plain) if part in PARTS else None
    label = str(gettext(entry.label)) if entry else plain
    place = next((int(word) for word in path.split(".") if word.isdecimal()), None)
    return label if place is None else f"{label} {place + 1}"


@role(TEAM, COMMISSION)
def letter(draft: str) -> ResponseReturnValue:
    """Send the letter that this draft would give, to nobody, with PROEF across it."""
    found = round_drafts.one_draft(engine(), draft)
    if round_drafts.check_draft(engine(), found.document).round is None:
        told = gettext("De brief kan pas als alles is ingevuld. Hier staat wat er nog mist.")
        return done(told, "check_draft", draft=draft)
    answer = Response(service.letter_of_draft(engine(), found), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="proefbrief.pdf"'
    return answer
