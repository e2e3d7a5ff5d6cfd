"""Writing a round at the desk: seven small pages, and a last one to look everything over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import ConcurrentEdit, EngineError
from pb_engine.services import round_drafts, round_examples
from pb_engine.services.round_drafts import RoundDraft, value_at
from web.access import role
from web.base import engine
from web.desk.draft_changes import RuleChange, rule_changes
from web.desk.draft_entries import CHECK, PARTS
from web.desk.draft_example import PART, example_of
from web.desk.draft_words import draft_mistakes, draft_name, draft_options, draft_pages
from web.desk.login import fresh, my_name
from web.desk.showing import done, show
from web.forms.desk import AmendForm, DraftForm, read
from web.forms.round_draft import read_part, typed_part

_BASE = "/rondes/concept/<draft>"
TEAM, COMMISSION = "participation_team", "commission_member"


def add(app: Flask) -> None:
    """Register these pages."""
    both = ["GET", "POST"]
    app.add_url_rule("/rondes/concept", "start_draft", start, methods=["POST"])
    app.add_url_rule("/rondes/concept/voorbeeld", "start_example", example, methods=["POST"])
    app.add_url_rule("/<slug>/als-voorbeeld", "copy_round", copy, methods=["POST"])
    app.add_url_rule("/<slug>/aanpassen", "edit_round", edit, methods=["POST"])
    app.add_url_rule(f"{_BASE}/{CHECK}", "check_draft", check)
    app.add_url_rule(f"{_BASE}/bestand", "draft_file", file)
    app.add_url_rule(f"{_BASE}/maken", "make_round", make, methods=["POST"])
    app.add_url_rule(f"{_BASE}/wijzigen", "amend_by_draft", amend, methods=["POST"])
    app.add_url_rule(f"{_BASE}/weggooien", "drop_draft", drop, methods=["POST"])
    app.add_url_rule(f"{_BASE}/<part>", "draft", write, methods=both)


@role(TEAM, COMMISSION)
def start() -> ResponseReturnValue:
    """Start an empty draft."""
    draft = round_drafts.start_draft(engine(), my_name())
    return done(gettext("Het concept is gemaakt."), "draft", draft=draft, part=next(iter(PARTS)))


@role(TEAM, COMMISSION)
def example() -> ResponseReturnValue:
    """Start a draft from an example round."""
    draft = round_examples.start_example(engine(), request.form.get("example", ""), my_name())
    told = gettext("Het voorbeeld is overgenomen. Kijk elke bladzijde na.")
    return done(told, "draft", draft=draft, part=next(iter(PARTS)))


@role(TEAM, COMMISSION)
def copy(slug: str) -> ResponseReturnValue:
    """Start a draft from an earlier round."""
    draft = round_drafts.copy_as_draft(engine(), slug, my_name())
    told = gettext("De ronde is gekopieerd. De data zijn verschoven: kijk ze na.")
    return done(told, "draft", draft=draft, part=next(iter(PARTS)))


@role(TEAM)
def edit(slug: str) -> ResponseReturnValue:
    """Start a draft that changes a round."""
    draft = round_drafts.reopen_as_draft(engine(), slug, my_name())
    return done(gettext("Het concept is gemaakt."), "draft", draft=draft, part=next(iter(PARTS)))


@role(TEAM, COMMISSION)
def write(draft: str, part: str) -> ResponseReturnValue:
    """Show one page of a draft, or keep what was filled in."""
    if part not in PARTS:
        abort(404)
    found = round_drafts.one_draft(engine(), draft)
    entries = PARTS[part][1]
    if request.method == "GET":
        mistakes = draft_mistakes(engine(), found, part) if found.parts.get(part) else {}
        return _page(found, part, typed_part(entries, _at(found)), told=mistakes)
    values, mistakes, typed = read_part(entries, request.form, _at(found))
    marks, _ = read(DraftForm(), request.form)
    if mistakes:
        return _page(found, part, typed, seen=marks.get("seen"), mistakes=mistakes)
    seen = int(marks.get("seen") or -1)
    try:
        changed = round_drafts.change_draft(engine(), draft, part, values, seen, my_name())
    except EngineError as problem:
        stale = isinstance(problem, ConcurrentEdit)
        theirs = _theirs(found, part, typed) if stale else []
        return _page(found, part, typed, problem=problem, theirs=theirs)
    stays = bool(marks.get("stay")) or bool(draft_mistakes(engine(), changed, part))
    return _kept(draft, part if stays else draft_pages(changed, part).after)


def _kept(draft: str, part: str) -> ResponseReturnValue:
    told = gettext("Bewaard.")
    if part == CHECK:
        return done(told, "check_draft", draft=draft)
    return done(told, "draft", draft=draft, part=part)


def _at(found: RoundDraft) -> Any:
    return lambda path: value_at(found.document, path)


def _theirs(found: RoundDraft, part: str, typed: dict[str, str]) -> list[tuple[str, str]]:
    """Return what somebody else filled in otherwise: label, and what stands there now."""
    entries = PARTS[part][1]
    stored = typed_part(entries, _at(found))
    return [
        (gettext(entry.label), stored[name] or "–")
        for entry in entries
        for name in entry.names
        if stored[name] != typed.get(name, "").replace("\r\n", "\n").strip()
    ]


def _page(
    found: RoundDraft,
    part: str,
    typed: dict[str, str],
    *,
    seen: str | None = None,
    told: dict[str, str] | None = None,
    **more: Any,
) -> ResponseReturnValue:
    preview = round_drafts.preview_calendar(engine(), found.document)
    return show(
        "draft.html.j2",
        draft=found,
        name=draft_name(found),
        pages=draft_pages(found, part),
        part=part,
        entries=PARTS[part][1],
        options=draft_options(engine(), found),
        example=example_of(engine(), found) if part == PART else None,
        preview=preview if part == "kalender" else None,
        seen=seen or str(found.parts.get(part, 0)),
        told=told or {},
        typed=typed,
        **more,
    )


@role(TEAM, COMMISSION)
def check(draft: str) -> ResponseReturnValue:
    """Show the whole draft, with what is still wrong."""
    return _check(draft)


def _check(
    draft: str, problem: EngineError | None = None, typed: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    found = round_drafts.one_draft(engine(), draft)
    checked = round_drafts.check_draft(engine(), found.document)
    preview = round_drafts.preview_calendar(engine(), found.document)
    return show(
        "draft_check.html.j2",
        draft=found,
        name=draft_name(found),
        pages=draft_pages(found, CHECK),
        checked=checked,
        seen=round_drafts.changes_of(found),
        options=draft_options(engine(), found),
        preview=preview,
        changed=_changed(found, checked),
        problem=problem,
        typed=typed,
    )


def _changed(found: RoundDraft, checked: round_drafts.DraftCheck) -> list[RuleChange] | None:
    """Return what the draft changes in a round that has begun; ``None`` where there is none."""
    if checked.round is None or checked.replaces not in round_drafts.AMENDABLE:
        return None
    before = round_drafts.rules_now(engine(), checked.round.slug)
    return rule_changes(found, before, draft_options(engine(), found))


@role(TEAM, COMMISSION)
def file(draft: str) -> ResponseReturnValue:
    """Send the draft as a round file."""
    found = round_drafts.one_draft(engine(), draft)
    answer = Response(round_drafts.draft_text(found.document), mimetype="application/toml")
    answer.headers["Content-Disposition"] = 'attachment; filename="concept.toml"'
    return answer


@role(TEAM)
def make(draft: str) -> ResponseReturnValue:
    """Make the round."""
    marks, _ = read(DraftForm(), request.form)
    seen = int(marks.get("seen") or -1)
    try:
        round_ = round_drafts.make_round(engine(), draft, seen, my_name())
    except EngineError as problem:
        return _check(draft, problem)
    told = gettext("De ronde staat klaar. Bewoners zien haar nog niet open.")
    return done(told, "round", slug=round_.slug)


@role(TEAM)
@fresh("check_draft")
def amend(draft: str) -> ResponseReturnValue:
    """Change the rules of a round that has begun, with a reason that everybody sees."""
    marks, _ = read(AmendForm(), request.form)
    seen, frozen = (int(marks.get(name) or -1) for name in ("seen", "frozen"))
    try:
        slug = round_drafts.amend_round(
            engine(), draft, seen, frozen, marks.get("reason", ""), my_name()
        )
    except EngineError as problem:
        return _check(draft, problem, request.form)
    told = gettext("De spelregels zijn gewijzigd. Iedereen ziet de reden.")
    return done(told, "round", slug=slug)


@role(TEAM)
def drop(draft: str) -> ResponseReturnValue:
    """Throw a draft away."""
    round_drafts.drop_draft(engine(), draft)
    return done(gettext("Het concept is weg."), "home")
