"""The settings of a voting method, or of another plugin, of a round that is being written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import Flask, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import ConcurrentEdit, EngineError
from pb_engine.services import round_drafts
from pb_engine.services.plugin_settings import (
    SettingQuestion,
    offers_of,
    read_settings,
    setting_questions,
    settings_unasked,
    typed_settings,
)
from pb_engine.services.round_drafts import RoundDraft
from web.access import role
from web.base import engine
from web.desk.draft_entries import part_of
from web.desk.draft_example import example_of
from web.desk.draft_mistakes import said
from web.desk.draft_words import draft_name
from web.desk.login import my_name
from web.desk.showing import done, show
from web.error_texts import FIELD_MISTAKES
from web.errors import filled
from web.forms.desk import DraftForm, read
from web.forms.round_draft import NotUnderstood, day_of
from web.forms.settings import settings_form
from web.texts import say

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "telmethode": "voting_method",
        "vergelijking": "compared_methods",
        "kiezer": "identity_checks",
        "vragen": "surveys",
        "figuren": "result_views",
    }
)
"""What an address calls the keys of a round file that choose plugins."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plugin that a draft names.

    :ivar row: name and settings, as they stand in the draft.
    :ivar place: which one of those under its key, from 0.
    """

    key: str
    place: int
    row: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The plugin's name."""
        return str(self.row.get("name", ""))

    @property
    def settings(self) -> Mapping[str, Any]:
        """Its settings so far."""
        return self.row.get("settings") or {}


def add(app: Flask) -> None:
    """Register this page, and teach the templates the way to it."""
    address = "/rondes/concept/<draft>/instellingen/<sort>/<int:place>"
    app.add_url_rule(address, "draft_settings", write, methods=["GET", "POST"])
    app.jinja_env.globals.update(draft_settings_links=links_of, draft_settings_told=told_of)


@role("participation_team", "commission_member")
def write(draft: str, sort: str, place: int) -> ResponseReturnValue:
    """Show the settings of one plugin of a draft, or keep what was filled in."""
    found = round_drafts.one_draft(engine(), draft)
    chosen = _chosen(found, KEYS.get(sort, ""), place)
    questions = setting_questions(engine(), chosen.key, chosen.name) if chosen else ()
    if chosen is None or not questions:
        abort(404)
    if request.method == "GET":
        stored = typed_settings(engine(), chosen.key, chosen.name, chosen.settings)
        return _page(found, chosen, questions, _as_fields(stored))
    sent = {_field(one.name): request.form.get(_field(one.name), "") for one in questions}
    settings, mistakes = _read(chosen, questions, sent)
    marks, _ = read(DraftForm(), request.form)
    if mistakes:
        return _page(found, chosen, questions, sent, marks.get("seen"), mistakes=mistakes)
    return _keep(found, chosen, questions, sent, (settings, int(marks.get("seen") or -1)))


def _keep(
    found: RoundDraft,
    chosen: Chosen,
    questions: tuple[SettingQuestion, ...],
    sent: dict[str, str],
    kept: tuple[dict[str, Any], int],
) -> ResponseReturnValue:
    settings, seen = kept
    part = part_of(chosen.key)
    values = {chosen.key: _with(found, chosen, settings)}
    try:
        round_drafts.change_draft(engine(), found.id, part, values, seen, my_name())
    except EngineError as problem:
        stale = isinstance(problem, ConcurrentEdit)
        theirs = _theirs(chosen, questions, sent) if stale else []
        return _page(found, chosen, questions, sent, problem=problem, theirs=theirs)
    return done(gettext("Bewaard."), "draft", draft=found.id, part=part)


def _theirs(
    chosen: Chosen, questions: tuple[SettingQuestion, ...], sent: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return what somebody else chose otherwise: label, and what stands there now."""
    stored = typed_settings(engine(), chosen.key, chosen.name, chosen.settings)
    return [
        (say(one.label), _told(one, stored[one.name]))
        for one in questions
        if stored[one.name] != sent[_field(one.name)].replace("\r\n", "\n").strip()
    ]


def _chosen(draft: RoundDraft, key: str, place: int) -> Chosen | None:
    rows = all_chosen(draft, key) if key else ()
    return rows[place] if place < len(rows) else None


def all_chosen(draft: RoundDraft, key: str) -> tuple[Chosen, ...]:
    """Return the plugins that a draft names under a key of the round file."""
    stored = draft.document.get(key) or []
    rows = [stored] if isinstance(stored, Mapping) else stored
    return tuple(Chosen(key, place, row) for place, row in enumerate(rows))


def _with(draft: RoundDraft, chosen: Chosen, settings: dict[str, Any]) -> Any:
    row = {"name": chosen.name, **({"settings": settings} if settings else {})}
    stored = draft.document[chosen.key]
    if isinstance(stored, Mapping):
        return row
    return [row if at == chosen.place else one for at, one in enumerate(stored)]


def _field(name: str) -> str:
    return f"setting-{name.replace('.', '-')}"


def _as_fields(typed: Mapping[str, str]) -> dict[str, str]:
    return {_field(name): text for name, text in typed.items()}


def _read(
    chosen: Chosen, questions: tuple[SettingQuestion, ...], sent: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    loaded, mistakes = read(settings_form({_field(one.name): one.kind for one in questions}), sent)
    if mistakes:
        return {}, mistakes
    typed = {}
    for one in questions:
        try:
            typed[one.name] = _plain(one, loaded[_field(one.name)])
        except NotUnderstood as problem:
            return {}, {_field(one.name): filled(FIELD_MISTAKES[str(problem)], {})}
    settings, wrong = read_settings(engine(), chosen.key, chosen.name, chosen.settings, typed)
    words = {one.name: dict(one.choices) for one in questions}
    return settings, {
        _field(name): said(sentence) if not words[name] else filled(FIELD_MISTAKES["unknown"], {})
        for name, sentence in wrong.items()
    }


def _plain(question: SettingQuestion, text: str) -> str:
    if question.kind != "days":
        return text
    return "\n".join(day_of(line.strip()) for line in text.splitlines() if line.strip())


def _page(
    found: RoundDraft,
    chosen: Chosen,
    questions: tuple[SettingQuestion, ...],
    typed: dict[str, str],
    seen: str | None = None,
    **more: Any,
) -> ResponseReturnValue:
    part = part_of(chosen.key)
    counts = "method" in chosen.key
    return show(
        "draft_settings.html.j2",
        draft=found,
        name=draft_name(found),
        part=part,
        plugin=_label(chosen),
        summary=offers_of(engine().plugins, chosen.key)[chosen.name].card.summary,
        rows=[(_field(one.name), one, _words(one)) for one in questions],
        labels={_field(one.name): say(one.label) for one in questions},
        unasked=settings_unasked(engine(), chosen.key, chosen.name) if counts else (),
        here=_address(found, chosen),
        example=example_of(engine(), found) if counts else None,
        seen=seen or str(found.parts.get(part, 0)),
        typed=typed,
        **more,
    )


def _words(question: SettingQuestion) -> list[tuple[str, str]]:
    return [(value, say(text)) for value, text in question.choices]


def _label(chosen: Chosen) -> str:
    offer = offers_of(engine().plugins, chosen.key).get(chosen.name)
    return str(say(offer.card.label)) if offer else chosen.name


def _address(draft: RoundDraft, chosen: Chosen) -> str:
    sort = next(word for word, key in KEYS.items() if key == chosen.key)
    return url_for("draft_settings", draft=draft.id, sort=sort, place=chosen.place)


def links_of(draft: RoundDraft, part: str) -> list[tuple[str, str]]:
    """Return the way to the settings of every plugin that a page chooses: words and address."""
    return [
        (gettext("Instellingen van %(what)s", what=_label(one)), _address(draft, one))
        for one in _askable(draft, part)
    ]


def told_of(draft: RoundDraft, part: str) -> list[tuple[str, str]]:
    """Return the settings on a page that are not the usual ones: label and what was chosen."""
    return [
        (f"{_label(one)} – {say(question.label)}", _told(question, typed[question.name]))
        for one in _askable(draft, part)
        for typed in [typed_settings(engine(), one.key, one.name, one.settings)]
        for question in setting_questions(engine(), one.key, one.name)
        if question.name.partition(".")[0] in one.settings
    ]


def _askable(draft: RoundDraft, part: str) -> Iterable[Chosen]:
    for key in KEYS.values():
        for one in all_chosen(draft, key) if part_of(key) == part else ():
            if setting_questions(engine(), one.key, one.name):
                yield one


def _told(question: SettingQuestion, text: str) -> str:
    if question.kind == "yes":
        return str(gettext("ja") if text else gettext("nee"))
    words = dict(question.choices)
    return str(say(words[text])) if text in words else ", ".join(text.splitlines()) or "–"
