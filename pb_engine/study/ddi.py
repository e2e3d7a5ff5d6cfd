"""A codebook in DDI-Codebook 2.5, which archives of the social sciences read.

One variable per wave and item, named as in released files (``T1_trust_municipality``), with the
question in every language, all categories, and each reason for a missing answer as a category of
its own.  Categories are repeated per variable: this version of DDI shares none.
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from pb_engine.study.instruments import Instrument, Missing, Question
from pb_engine.study.missing_words import MISSING_WORDS
from pb_engine.units import LocalText

NAMESPACE: Final = "ddi:codebook:2_5"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def ddi_of(instrument: Instrument) -> bytes:
    """Return the codebook of an instrument as XML; the same bytes every time."""
    root = ET.Element("codeBook", {"version": "2.5", "xmlns": NAMESPACE, _LANG: "nl"})
    _study(root, instrument)
    described = ET.SubElement(root, "dataDscr")
    for form in instrument.waves:
        group = ET.SubElement(
            described,
            "varGrp",
            {"ID": f"G_{form.wave}", "var": " ".join(f"{form.wave}_{one}" for one in form.items)},
        )
        ET.SubElement(group, "labl").text = form.wave
    for form in instrument.waves:
        for item in form.items:
            question = instrument.question(item)
            if question is not None:
                _variable(described, form.wave, question, instrument.languages)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _study(root: ET.Element, instrument: Instrument) -> None:
    citation = ET.SubElement(ET.SubElement(root, "stdyDscr"), "citation")
    title = ET.SubElement(citation, "titlStmt")
    ET.SubElement(title, "titl", {_LANG: "nl"}).text = instrument.title.nl
    for language in instrument.languages:
        if language != "nl":
            text = instrument.title.own(language)
            ET.SubElement(title, "parTitl", {_LANG: language}).text = text
    ET.SubElement(title, "IDNo", {"agency": "pb-engine"}).text = instrument.name
    version = ET.SubElement(citation, "verStmt")
    ET.SubElement(version, "version").text = instrument.version
    ET.SubElement(version, "notes").text = f"SHA-256 {instrument.digest}"


def _variable(
    described: ET.Element, wave: str, question: Question, languages: tuple[str, ...]
) -> None:
    name = f"{wave}_{question.id}"
    made = ET.SubElement(described, "var", {"ID": f"V_{name}", "name": name})
    _said(made, "labl", question.text, languages)
    asked = ET.SubElement(made, "qstn")
    _said(asked, "qstnLit", question.text, languages)
    for option in question.scale.options:
        _category(made, option.code, option.label, languages)
    for reason in Missing:
        _category(made, reason.value, MISSING_WORDS[reason], languages, missing=True)
    ET.SubElement(made, "varFormat", {"type": "character"})
    note = f"{question.status.value}: {question.source}"
    ET.SubElement(made, "notes").text = note


def _category(
    made: ET.Element,
    code: str,
    label: LocalText,
    languages: tuple[str, ...],
    *,
    missing: bool = False,
) -> None:
    category = ET.SubElement(made, "catgry", {"missing": "Y"} if missing else {})
    ET.SubElement(category, "catValu").text = code
    _said(category, "labl", label, languages)


def _said(parent: ET.Element, tag: str, text: LocalText, languages: tuple[str, ...]) -> None:
    for language in languages:
        ET.SubElement(parent, tag, {_LANG: language}).text = text.text(language)
