"""A new idea, step by step.  Every step is kept here at once, so that nothing gets lost."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import ConcurrentEdit, InvalidIdea, MistypedCode
from pb_engine.services import idea_drafts as drafts
from pb_engine.services import ideas as service
from pb_engine.services import pages
from pb_engine.services.address_search import host_of
from pb_engine.services.moderation import HOUSE_RULES
from pb_engine.services.pictures import draft_pictures
from pb_engine.units import euros
from web.access import anyone
from web.base import engine
from web.error_texts import FIELD_MISTAKES
from web.errors import field_mistakes, filled, sentence_of, status_of
from web.forms.costs import FIELDS, line_mistakes, read_lines, shown_rows, with_price
from web.forms.ideas import CHECK, STEPS, form_mistakes, read_idea, typed_in
from web.resident import carried
from web.resident.idea_fields import idea_labels, step_names
from web.resident.idea_mail import kept_page
from web.resident.idea_order import ORDER, draft_code, open_page, place_of, step_address
from web.resident.idea_place import Asked, asked_of_place, spot_choice
from web.resident.showing import show
from web.resident.site import switched
from web.resident.throttling import throttled
from web.security import not_stored
from web.texts import locale, say


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    both, base = ["GET", "POST"], "/<slug>/ideeen/nieuw"
    app.jinja_env.globals.update(step_names=step_names, idea_labels=idea_labels)
    rest = ", ".join(f'"{name}"' for name in tuple(STEPS)[1:])
    begun = throttled(app, first_step, lambda rates: rates.new_ideas, _was_begun)
    app.add_url_rule(base, "new_idea", begun, methods=both)
    app.add_url_rule(f"{base}/<any({rest}):step>", "idea_step", one_step, methods=both)
    limited = throttled(app, check, lambda rates: rates.new_ideas, _was_taken_in)
    app.add_url_rule(f"{base}/{CHECK}", "check_idea", limited, methods=both)
    app.add_url_rule(f"{base}/bewaard", "kept_idea", kept, methods=both)
    guarded = throttled(app, go_on, lambda rates: rates.wrong_codes, _was_refused)
    app.add_url_rule(f"{base}/verder", "go_on_with_idea", guarded, methods=both)


@anyone
def first_step(slug: str) -> ResponseReturnValue:
    """Begin an idea, or change the first step of the one that this browser is at."""
    code = draft_code(slug)
    draft = drafts.open_draft(engine(), slug, code) if code else None
    if not code or (draft and draft.idea):
        code, draft = drafts.new_draft_code(), None
    g.begins = draft is None
    answer = _answer(slug, "idee", code, draft.values if draft else {})
    return carried.carry(answer, carried.DRAFT, slug, {"code": code}, _path(slug))


@anyone
def one_step(slug: str, step: str) -> ResponseReturnValue:
    """Show a later step, or keep what was typed in it."""
    code = draft_code(slug)
    draft = drafts.open_draft(engine(), slug, code) if code else None
    if not code or not draft or draft.idea:
        return redirect(url_for("new_idea", slug=slug), 303)
    return _answer(slug, step, code, draft.values)


@anyone
def check(slug: str) -> ResponseReturnValue:
    """Show everything that was typed, or submit it.  Submitting twice makes one idea."""
    code = draft_code(slug)
    draft = drafts.open_draft(engine(), slug, code) if code else None
    if not code or not draft:
        return redirect(url_for("new_idea", slug=slug), 303)
    if draft.idea:
        return _received(slug, draft.idea, code)
    mistakes = _mistakes(slug, draft.values)
    if request.method == "GET" or switched():
        return _check_page(slug, draft.values, mistakes)
    if not mistakes:
        try:
            made = service.submit_idea(engine(), slug, read_idea(draft.values, locale()), code)
        except InvalidIdea as problem:
            mistakes = field_mistakes(problem)
        else:
            return _received(slug, made.idea.id, made.idea_code)
    return _check_page(slug, draft.values, mistakes, 422)


@anyone
def kept(slug: str) -> ResponseReturnValue:
    """Show the code to go on with a draft, or take the draft off this device."""
    code = draft_code(slug)
    if request.method == "POST" and not switched():
        gone = redirect(url_for("ideas", slug=slug), 303)
        return carried.drop(gone, carried.DRAFT, path=_path(slug))
    if not code or not drafts.open_draft(engine(), slug, code):
        return redirect(url_for("new_idea", slug=slug), 303)
    return kept_page(slug, code, {})


@anyone
def go_on(slug: str) -> ResponseReturnValue:
    """Go on with a draft from its code; a code in the address is only filled in."""
    typed = request.values.get("code", "")
    if request.method == "GET" or switched():
        return _go_on_page(slug, typed, {}, 200)
    try:
        draft = drafts.open_draft(engine(), slug, typed)
    except MistypedCode as problem:
        return _go_on_page(slug, typed, {"code": sentence_of(problem)}, status_of(problem))
    if not draft:
        return _go_on_page(slug, typed, {"code": filled(FIELD_MISTAKES["no_draft"], {})}, 422)
    step = "check_idea" if draft.idea else "new_idea"
    answer = redirect(url_for(step, slug=slug), 303)
    return carried.carry(answer, carried.DRAFT, slug, {"code": typed}, _path(slug))


def _answer(slug: str, step: str, code: str, values: Mapping[str, str]) -> Response:
    if request.method == "GET":
        return _step_page(slug, step, values, values)
    typed = {**values, **typed_in(step, request.form)}
    if switched():
        return _step_page(slug, step, typed, values)
    try:
        return _take_in(slug, step, code, typed)
    except ConcurrentEdit:
        return _step_page(slug, step, typed, values, 409, conflict=True)
    except InvalidIdea as problem:
        return _step_page(slug, step, typed, values, 422, field_mistakes(problem))


def _take_in(slug: str, step: str, code: str, typed: Mapping[str, str]) -> Response:
    """Keep a step, and lead on unless something in it is wrong."""
    own = {field: typed[field] for field in STEPS[step]}
    draft = drafts.keep_step(engine(), slug, code, own, request.form.get("seen", ""))
    wish = request.form.get("step", "")
    if wish == "keep":
        return _to(url_for("kept_idea", slug=slug))
    asked = _asked(slug, step, wish, draft.values)
    if asked and asked.more:
        drafts.keep_step(
            engine(), slug, code, asked.more, drafts.standing(draft.values, asked.more)
        )
    found = asked.mistakes if asked else _mistakes(slug, draft.values)
    mine = {name: told for name, told in found.items() if asked or name in STEPS[step]}
    if mine:
        shown = {**draft.values, **(asked.typed if asked else {})}
        return _step_page(slug, step, shown, draft.values, 422, mine)
    here = step_address(slug, step if asked else place_of(step).after)
    return _to(here + (asked.to if asked else ""))


def _asked(slug: str, step: str, wish: str, values: Mapping[str, str]) -> Asked | None:
    """Return what a button of this step asks for; ``None`` for the one that leads on."""
    if wish.startswith("price-"):
        return Asked(_with_usual(slug, wish.removeprefix("price-"), values))
    if wish == "sum":
        return Asked()
    return asked_of_place(slug, wish) if step == "plek" else None


def _with_usual(slug: str, name: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of the estimate with a usual thing of the round put in."""
    prices = pages.round_page(engine(), slug).round.submission.prices
    more = dict(values)
    for one in prices:
        if one.id == name:
            more = with_price(values, say(one.name), euros(one.cents).removeprefix("€ "))
    return {field: more.get(field, "") for field in STEPS["kosten"]}


def _step_page(
    slug: str,
    step: str,
    typed: Mapping[str, str],
    stands: Mapping[str, str],
    status: int = 200,
    mistakes: Mapping[str, str] | None = None,
    *,
    conflict: bool = False,
) -> Response:
    page = open_page(slug)
    place = place_of(step)
    alike = drafts.similar_ideas(engine(), slug, typed.get("title", "")) if step == "plek" else ()
    shown = show(
        "idea_step.html.j2",
        page,
        status=status,
        typed=typed,
        mistakes=mistakes,
        step=step,
        place=place,
        before=step_address(slug, place.before) if place.before else None,
        action=step_address(slug, step),
        seen=drafts.standing(stands, STEPS[step]),
        stands={name: stands.get(name, "") for name in STEPS[step]} if conflict else None,
        lengths=service.LENGTHS,
        alike=alike,
        spots=spot_choice(slug, typed) if step == "plek" else None,
        asks=host_of(engine()) if step == "plek" else None,
        rows=shown_rows(typed),
        added=sum(one.sum_cents for one in read_lines(stands)),
        house=HOUSE_RULES,
        keeps="idee",
    )
    return not_stored(shown)


def _check_page(
    slug: str, values: Mapping[str, str], mistakes: Mapping[str, str], status: int = 200
) -> Response:
    page = open_page(slug)
    where = {field: step_address(slug, step) for step, names in STEPS.items() for field in names}
    edit = {step: step_address(slug, step) for step in ORDER}
    shown = show(
        "idea_check.html.j2",
        page,
        status=status,
        typed=values,
        mistakes=mistakes,
        draft=read_idea(values),
        where=where,
        edit=edit,
        place=place_of(CHECK),
        pictures=draft_pictures(engine(), slug, draft_code(slug) or ""),
    )
    return not_stored(shown)


def _go_on_page(slug: str, typed: str, mistakes: Mapping[str, str], status: int) -> Response:
    page = pages.round_page(engine(), slug)
    filled_in = {"code": typed}
    shown = show(
        "idea_go_on.html.j2",
        page,
        status=status,
        typed=filled_in,
        mistakes=mistakes,
        keeps="verder",
    )
    return not_stored(shown)


def _received(slug: str, idea: str, code: str) -> ResponseReturnValue:
    target = url_for("idea_received", slug=slug, idea_id=idea)
    return carried.carry(_to(target), carried.IDEA, slug, {"code": code}, target)


def _mistakes(slug: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return a sentence per field, in the order of the page; what is empty is called empty."""
    found: dict[str, str] = {}
    try:
        service.check_idea(engine(), slug, read_idea(values))
    except InvalidIdea as problem:
        found = field_mistakes(problem)
    own = form_mistakes(values)
    found |= {field: filled(FIELD_MISTAKES[kind], {}) for field, kind in own.items()}
    for field, kind, limit in line_mistakes(values):
        found[field] = filled(FIELD_MISTAKES[kind], {"limit": limit})
    empty = filled(FIELD_MISTAKES["empty"], {})
    fields = (field for names in STEPS.values() for field in names if field in found)
    lines = any(values.get(field) for field in FIELDS)
    return {
        field: found[field] if values.get(field) or field in FIELDS or lines else empty
        for field in fields
    }


def _path(slug: str) -> str:
    return url_for("new_idea", slug=slug)


def _to(address: str) -> Response:
    return Response(status=303, headers={"Location": address})


def _was_begun(response: Response) -> bool:
    return bool(g.get("begins")) and _was_taken_in(response)


def _was_taken_in(response: Response) -> bool:
    return response.status_code == 303  # noqa: PLR2004 - only an idea that is in leads on


def _was_refused(response: Response) -> bool:
    return response.status_code == 422  # noqa: PLR2004 - a code that does not exist
