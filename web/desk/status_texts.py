"""Letters to submitters at the desk: the round's own text per status, with how it will read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import ConcurrentEdit, EngineError, LetterRefused
from pb_engine.services import status_texts as service
from pb_engine.services.status_texts import Doubt, StatusText
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.showing import done, show
from web.errors import filled
from web.languages import OWN_NAMES, RIGHT_TO_LEFT
from web.texts import N_

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "received": N_("Het idee is binnen"),
        "judged_pass": N_("Besluit: het idee mag door"),
        "judged_adapt": N_("Besluit: het idee moet eerst anders"),
        "judged_reject": N_("Besluit: het idee gaat niet door"),
        "judged_refer": N_("Besluit: het idee is doorgegeven"),
        "referral_answered": N_("Er is antwoord van wie het idee kreeg"),
        "merged": N_("Het idee is samengevoegd"),
        "split": N_("Het idee is gesplitst"),
        "appeal_upheld": N_("Herziening: de indiener krijgt gelijk"),
        "appeal_dismissed": N_("Herziening: het besluit blijft"),
        "taken_up": N_("Het idee doet opnieuw mee in een andere ronde"),
        "result_won": N_("Uitslag: het idee krijgt geld"),
        "result_lost": N_("Uitslag: het idee krijgt geen geld"),
        "thanked": N_("Bedankt, aan het eind van de ronde"),
    }
)
"""What each change is called at the desk."""

_DOUBTS: Mapping[str, str] = MappingProxyType(
    {
        "long": N_("Deze zin is te lang (%(found)s woorden): “%(sentence)s”"),
        "average": N_("De zinnen zijn samen te lang: gemiddeld %(found)s woorden. Houd er 12 aan."),
        "hard": N_("Deze zin heeft moeilijke woorden: “%(sentence)s”"),
        "office": N_("Het woord “%(found)s” is een kantoorwoord. Zeg het gewoner."),
    }
)


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/berichten", "status_texts", overview)
    rule = "/<slug>/berichten/<status>/<locale>"
    app.add_url_rule(rule, "status_text", one)
    app.add_url_rule(rule, "write_status_text", write, methods=["POST"])


@role("participation_team", "secretary")
def overview(slug: str) -> ResponseReturnValue:
    """List every change that submitters hear of, and in which languages the round has a text."""
    round_, found = service.status_texts(engine(), slug)
    return show("status_texts.html.j2", round=round_, found=found, names=NAMES, own_names=OWN_NAMES)


@role("participation_team", "secretary")
def one(slug: str, status: str, locale: str) -> ResponseReturnValue:
    """Show one text with the letter that it makes."""
    return _page(slug, service.status_text(engine(), slug, status, locale))


@role("participation_team", "secretary")
def write(slug: str, status: str, locale: str) -> ResponseReturnValue:
    """Keep a text, put the built-in one back, or only look at the letter."""
    stands = service.status_text(engine(), slug, status, locale)
    sent = request.form
    typed = replace(
        stands,
        subject=sent.get("subject", ""),
        body=sent.get("body", ""),
        seen=sent.get("seen", ""),
    )
    do = sent.get("do", "")
    if do == "look":
        return _page(slug, typed, stands=stands)
    try:
        if do == "back":
            service.reset_status_text(engine(), slug, typed, my_name())
        else:
            although = sent.get("although_hard") == "ja"
            service.set_status_text(engine(), slug, typed, my_name(), although_hard=although)
    except EngineError as problem:
        return _page(slug, typed, stands=stands, problem=problem)
    told = gettext("De tekst is bewaard. Zo gaat de brief vanaf nu.")
    return done(told, "status_text", slug=slug, status=status, locale=locale)


def _page(
    slug: str,
    typed: StatusText,
    *,
    stands: StatusText | None = None,
    problem: EngineError | None = None,
) -> ResponseReturnValue:
    changed = isinstance(problem, ConcurrentEdit)
    doubts = service.doubts_about(typed.locale, typed.subject, typed.body)
    letter: tuple[str, str] | None = None
    try:
        letter = service.preview_status_text(engine(), slug, typed)
    except LetterRefused as refused:
        problem = problem or refused
    # Who typed beside a colleague saves again over what both texts show, or not at all.
    seen = stands.seen if changed and stands else typed.seen
    more: dict[str, Any] = {
        "typed": {"subject": typed.subject, "body": typed.body},
        "stands": stands if changed else None,
    }
    round_, found = service.status_texts(engine(), slug)
    return show(
        "status_text.html.j2",
        problem=problem,
        round=round_,
        one=replace(typed, seen=seen),
        languages=[(one.locale, OWN_NAMES[one.locale], one.own) for one in found[typed.status]],
        name=NAMES[typed.status],
        doubts=[_said(doubt) for doubt in doubts],
        letter=letter,
        rtl=typed.locale in RIGHT_TO_LEFT,
        **more,
    )


def _said(doubt: Doubt) -> str:
    return filled(_DOUBTS[doubt.kind], {"found": doubt.found, "sentence": doubt.sentence})
