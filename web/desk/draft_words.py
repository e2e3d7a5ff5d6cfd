"""Words and rows of the pages on which a round is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask import Flask, url_for
from flask_babel import gettext, ngettext  # type: ignore[import-untyped]
from markupsafe import Markup

from pb_engine.engine import Engine
from pb_engine.services.round_drafts import (
    CalendarPreview,
    DraftCheck,
    RoundDraft,
    check_draft,
    saved_for,
    value_at,
)
from pb_engine.services.saving import SavedMoney
from web.desk.draft_entries import CHECK, PARTS, entry_of, part_of
from web.desk.draft_mistakes import said
from web.desk.words import FORMATS
from web.forms.round_draft import Entry, share_value, typed_part
from web.languages import OWN_NAMES
from web.texts import N_, day, money, say

_SOURCES = {
    "wijkbudget": N_("wijkbudget"),
    "initiatiefkracht": N_("initiatiefkracht"),
    "gespaard": N_("gespaard"),
    "overgeheveld": N_("overgeheveld van een ander budget"),
}
_FORMATS = {
    **FORMATS,
    "points": N_("Punten verdelen"),
    "score": N_("Elk idee een cijfer geven"),
    "ranking": N_("Ideeën op volgorde zetten"),
}
_COMMENTS = {
    "off": N_("Geen reacties"),
    "before": N_("Wij lezen een reactie voordat zij te zien is"),
    "after": N_("Een reactie is meteen te zien"),
}
_SPANS = {
    "ideas": N_("Ideeën insturen"),
    "review": N_("De toets"),
    "appeal": N_("Opnieuw laten kijken"),
    "voting": N_("Stemmen"),
    "counting": N_("Tellen"),
}
Options = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the official is: place, number of pages, title, the links to all, the next."""

    number: int
    total: int
    title: str
    links: tuple[tuple[str, str, bool], ...]
    after: str


def add(app: Flask) -> None:
    """Teach the templates of the desk these rows."""
    app.jinja_env.globals.update(
        draft_calendar=draft_calendar,
        draft_parts=PARTS,
        draft_problems=draft_problems,
        draft_rows=draft_rows,
    )


def draft_name(draft: RoundDraft) -> str:
    """Return what the draft is called so far."""
    return str((draft.document.get("name") or {}).get("nl") or gettext("Ronde zonder naam"))


def draft_pages(draft: RoundDraft, here: str) -> Pages:
    """Return all pages of a draft, and which one this is."""
    names = (*PARTS, CHECK)
    titles = {name: gettext(title) for name, (title, _) in PARTS.items()}
    titles[CHECK] = gettext("Nakijken")
    links = tuple((titles[name], _address(draft, name), name == here) for name in names)
    place = names.index(here)
    return Pages(place + 1, len(names), titles[here], links, (*names[1:], CHECK)[place])


def _address(draft: RoundDraft, name: str) -> str:
    if name == CHECK:
        return url_for("check_draft", draft=draft.id)
    return url_for("draft", draft=draft.id, part=name)


def draft_options(engine: Engine, draft: RoundDraft) -> Options:
    """Return the answers to choose from, by the name that entries use."""
    plugins = engine.plugins
    tree = value_at(draft.document, "areas.tree") or ()
    return {
        "addresses": [("u", gettext("met u")), ("je", gettext("met je"))],
        "areas": [(str(one.get("id", "")), str(one.get("name", ""))) for one in tree],
        "comments": [(name, gettext(text)) for name, text in _COMMENTS.items()],
        "doors": told_apart(
            [(name, say(one.card.label)) for name, one in plugins.identity_checks.items()]
        ),
        "formats": [(name, gettext(text)) for name, text in _FORMATS.items()],
        "methods": [(name, say(one.card.label)) for name, one in plugins.voting_methods.items()],
        "surveys": [(name, say(one.card.label)) for name, one in plugins.trust_surveys.items()],
        "views": [(name, say(one.card.label)) for name, one in plugins.result_views.items()],
        "languages": list(OWN_NAMES.items()),
        "saved": saved_options(engine, draft),
        "sources": [(name, gettext(text)) for name, text in _SOURCES.items()],
    }


def saved_options(engine: Engine, draft: RoundDraft) -> list[tuple[str, str]]:
    """Return the saved money that this round can use; what ends soon says so."""
    opens = value_at(draft.document, "calendar.ideas.opens")
    found = saved_for(engine, draft.document)
    shares = [one.leftover.share for one in found]
    return [
        (share_value(share.round, share.part, share.cents), saved_words(one, opens))
        for one, share in zip(found, shares, strict=True)
    ]


def saved_words(one: SavedMoney, opens: object) -> str:
    """Say how much saved money it is, from where, for what, and until when."""
    told = gettext(
        "%(amount)s uit %(round)s, voor: %(purpose)s. Te gebruiken tot en met %(day)s.",
        amount=money(one.leftover.cents),
        round=one.title or one.leftover.round,
        purpose=one.leftover.purpose,
        day=day(one.until),
    )
    if str(opens or "") > one.until.isoformat():
        warning = gettext("De ideeën gaan pas daarna open: zo kan het niet.")
        return f"{told} {warning}"
    if one.ends_soon:
        warning = gettext("Let op: dit verloopt binnen een half jaar.")
        return f"{told} {warning}"
    return str(told)


def told_apart(options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the options with their names behind labels that two of them share."""
    shared = Counter(label for _, label in options)
    return [(name, f"{label} ({name})" if shared[label] > 1 else label) for name, label in options]


def draft_mistakes(engine: Engine, draft: RoundDraft, part: str) -> dict[str, str]:
    """Return a sentence per field of a page that is not right yet."""
    told: dict[str, str] = {}
    for path, sentence in check_draft(engine, draft.document).mistakes:
        entry = entry_of(part, path) if part_of(path) == part else None
        if entry is not None:
            told.setdefault(_field(entry, path), said(sentence, path))
    return told


def _field(entry: Entry, path: str) -> str:
    language = path.rpartition(".")[2]
    return (
        f"{entry.name}-{language}"
        if f"{entry.name}-{language}" in entry.names
        else (entry.names[0])
    )


def draft_problems(checked: DraftCheck, draft: RoundDraft) -> list[tuple[str, str]]:
    """Return what is wrong with a whole draft: a sentence with its page, and the way there."""
    told = {}
    for path, sentence in checked.mistakes:
        part = part_of(path)
        entry = entry_of(part, path)
        label = gettext(entry.label) if entry else path
        to = _address(draft, part) + (f"#veld-{_field(entry, path)}" if entry else "")
        told[f"{label}: {said(sentence, path)}"] = to
    return list(told.items())


def draft_rows(draft: RoundDraft, part: str, options: Options) -> list[tuple[str, str]]:
    """Return what is filled in on a page: label and text."""
    return [
        (gettext(entry.label), _shown(draft, entry, dict(options.get(entry.options, ()))) or "–")
        for entry in PARTS[part][1]
    ]


def _shown(draft: RoundDraft, entry: Entry, words: dict[str, str]) -> str:
    stored = value_at(draft.document, entry.path)
    typed = typed_part([entry], lambda path: value_at(draft.document, path))
    lines = [line for text in typed.values() for line in text.splitlines() if line]
    if entry.kind in {"yes", "switch"}:
        return str(gettext("ja") if lines else gettext("nee"))
    if entry.kind == "money" and isinstance(stored, int):
        return money(stored)
    if entry.kind == "day" and lines:
        return _day_in_words(lines[0])
    told = [words.get(line, line) for line in lines]
    return Markup("<br>").join(told) if entry.kind != "both" else " / ".join(told)


def _day_in_words(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def draft_calendar(preview: CalendarPreview) -> list[tuple[str, str]]:
    """Return per phase of a draft its name, its days and how long it takes."""
    calendar = preview.calendar
    rows = [(gettext("Bekendmaking"), day(calendar.announced))]
    for name, label in _SPANS.items():
        window = getattr(calendar, name)
        if window is not None:
            days = (window.closes - window.opens).days + 1
            told = gettext(
                "%(first)s tot en met %(last)s",
                first=day(window.opens),
                last=day(window.closes),
            )
            rows.append(
                (gettext(label), f"{told} ({ngettext('%(num)s dag', '%(num)s dagen', days)})")
            )
    return [*rows, (gettext("Uitslag"), day(calendar.result))]
