"""An XLSForm as the document of an instrument: the closed questions of one form, as one wave."""

from __future__ import annotations

import re
from typing import Any

from pb_engine.errors import InvalidInstrument
from pb_engine.study.instruments import Missing
from pb_engine.study.relevance import read_relevant
from pb_engine.study.workbooks import sheets_of
from pb_engine.units import LANGUAGES

Row = dict[str, str]
_LABEL = re.compile(r"label\s*::\s*(?P<name>.*?)(?:\((?P<code>[a-z]{2})\))?\s*\Z", re.IGNORECASE)
_NAMES = {"nederlands": "nl", "dutch": "nl", "english": "en", "engels": "en", "deutsch": "de"}
_OFFERED = (Missing.DONT_KNOW, Missing.PREFER_NOT)
_SUFFIX = re.compile(r"__(?:dk)?(?:_?pn)?\Z")


def document_from_xlsform(content: bytes) -> dict[str, Any]:
    """Return what an instrument file would say; ``instrument_of`` checks it further.

    :raises InvalidInstrument: no workbook, or something that an instrument does not have, such as
        an open question.
    """
    sheets = sheets_of(content)
    for name in ("survey", "choices"):
        if name not in sheets:
            raise InvalidInstrument(f"the workbook has no sheet {name}")
    settings = (sheets.get("settings") or [{}])[0]
    own = _language(settings.get("default_language", "")) or "nl"
    lists = _lists(sheets["choices"], own)
    items, pages = _survey(sheets["survey"], lists, own)
    return {
        "instrument": settings.get("form_id") or "imported",
        "version": settings.get("version") or "1",
        "title": _both(settings.get("form_title") or "Vragen"),
        "consent": {
            "nl": settings.get("pb_consent_nl") or "Meedoen hoeft niet.",
            "en": settings.get("pb_consent_en") or "You need not take part.",
        },
        "scales": [{"name": name, "options": options} for name, options in _scales(lists).items()],
        "items": items,
        "waves": [{"wave": settings.get("pb_wave") or "T1", "pages": pages}],
    }


def _both(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


def _language(name: str) -> str:
    found = re.search(r"\(([a-z]{2})\)", name.lower())
    code = found.group(1) if found else _NAMES.get(name.strip().lower(), name.strip().lower())
    return code if code in LANGUAGES else ""


def _labels(row: Row, own: str, where: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for head, text in row.items():
        found = _LABEL.match(head)
        if not text or not (found or head.lower() == "label"):
            continue
        language = own if found is None else _language(found.group("code") or found.group("name"))
        if not language:
            raise InvalidInstrument(f"{where}: {head!r} names no language that is offered")
        said[language] = text
    return said


def _lists(rows: list[Row], own: str) -> dict[str, list[dict[str, Any]]]:
    lists: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        name, code = row.get("list_name", ""), row.get("name", "")
        label = _labels(row, own, f"choices, {name} {code}")
        lists.setdefault(name, []).append({"code": code, "label": label})
    return lists


def _scales(lists: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    scales: dict[str, list[dict[str, Any]]] = {}
    for name, options in lists.items():
        kept = [one for one in options if one["code"] not in _OFFERED]
        if scales.setdefault(_SUFFIX.sub("", name), kept) != kept:
            raise InvalidInstrument(f"choices: the lists of {_SUFFIX.sub('', name)} differ")
    return scales


def _survey(
    rows: list[Row], lists: dict[str, list[dict[str, Any]]], own: str
) -> tuple[list[dict[str, Any]], list[list[str]]]:
    items: list[dict[str, Any]] = []
    pages: list[list[str]] = []
    grouped = False
    for at, row in enumerate(rows, start=2):
        kind, _, listed = row.get("type", "").partition(" ")
        kind = kind.replace(" ", "_").lower()
        if kind in {"begin_group", "begin"}:
            if grouped:
                raise InvalidInstrument(f"survey, row {at}: a group inside a group is not known")
            pages.append([])
            grouped = True
        elif kind in {"end_group", "end"}:
            grouped = False
        elif kind == "select_one":
            items.append(_item(row, listed.strip(), lists, own, at))
            if grouped:
                pages[-1].append(items[-1]["id"])
            else:
                pages.append([items[-1]["id"]])
        elif kind:
            raise InvalidInstrument(
                f"survey, row {at}: only select_one is known, not {kind!r}; an open question gives "
                "its writer away"
            )
    return items, [page for page in pages if page]


def _item(
    row: Row, listed: str, lists: dict[str, list[dict[str, Any]]], own: str, at: int
) -> dict[str, Any]:
    if listed not in lists:
        raise InvalidInstrument(f"survey, row {at}: there is no list of choices {listed!r}")
    codes = {one["code"] for one in lists[listed]}
    made: dict[str, Any] = {
        "id": row.get("name", ""),
        "text": _labels(row, own, f"survey, row {at}"),
        "scale": _SUFFIX.sub("", listed),
        "status": row.get("pb_status") or "own",
        "source": row.get("pb_source") or "from an XLSForm that names no source",
        "dont_know": "yes" if Missing.DONT_KNOW in codes else "no",
        "prefer_not": "yes" if Missing.PREFER_NOT in codes else "no",
        "placebo": row.get("pb_placebo") or "no",
    }
    if row.get("constraint") or row.get("calculation"):
        raise InvalidInstrument(f"survey, row {at}: constraint and calculation are not known")
    if row.get("relevant"):
        made["show_if"] = read_relevant(row["relevant"], f"survey, row {at}")
    return made
