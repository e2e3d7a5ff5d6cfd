"""All ideas at once: what each waits for, what is late, and deciding many together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from flask import Flask, Response, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext  # type: ignore[import-untyped]
from markupsafe import Markup

from pb_engine.services import review_list as lists
from pb_engine.services.review_list import Choice, Refused, ReviewLine, ReviewList, ReviewWishes
from web import words as site_words
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.showing import done, show, translated
from web.errors import sentence_of, status_of
from web.forms.desk_review import seen_version
from web.texts import N_, day_short, money, say

Cell = str | Markup
Macro = Callable[..., Markup]
Option = tuple[str, str]

AWAITED: Mapping[str, str] = MappingProxyType(
    {
        "assessment": N_("oordelen"),
        "decision": N_("besluit"),
        "reply": N_("antwoord"),
        "appeal": N_("herziening"),
    }
)
SORTS: Mapping[str, str] = MappingProxyType(
    {
        "open": N_("Zonder besluit eerst"),
        "due": N_("Wat het eerst moet"),
        "number": N_("Nummer"),
        "title": N_("Titel"),
        "cost": N_("Goedkoopste eerst"),
        "dearest": N_("Duurste eerst"),
    }
)


def add(app: Flask) -> None:
    """Register these pages, and teach the templates their table."""
    app.add_url_rule("/<slug>/ideeen", "ideas", list_)
    app.add_url_rule("/<slug>/ideeen", "decide_together", together, methods=["POST"])
    app.jinja_env.globals.update(
        review_rows=review_rows, late_lines=late_lines, review_options=review_options
    )


@role(
    "participation_team",
    "commission_member",
    "secretary",
    "district_coach",
    "idea_broker",
    "moderator",
)
def list_(slug: str) -> ResponseReturnValue:
    """Show the ideas, those that wait for a judgement first."""
    return _list(slug)


@role("commission_member")
def together(slug: str) -> ResponseReturnValue:
    """Decide the ticked ideas as their assessments propose; say which could not be decided."""
    chosen = [Choice(one, _version(one)) for one in request.form.getlist("idea")]
    body = request.form.get("referred_to", "")
    decided, refused = lists.decide_together(engine(), slug, chosen, body, my_name())
    told = ngettext(
        "%(num)s besluit is opgeslagen.", "%(num)s besluiten zijn opgeslagen.", len(decided)
    )
    if not refused:
        return done(told, "ideas", slug=slug)
    flash(told)
    return _list(slug, refused)


def _list(slug: str, refused: Sequence[Refused] = ()) -> Response:
    found = lists.review_list(engine(), slug, _wishes())
    page = show(
        "ideas.html.j2",
        round=found.round,
        phase=found.phase,
        found=found,
        refusals=[_refusal(found, one) for one in refused],
        typed=request.args,
    )
    if refused:
        page.status_code = status_of(refused[0].problem)
    return page


def _version(idea: str) -> int:
    return seen_version({"seen_version": request.form.get(f"version-{idea}", "")})


def _refusal(found: ReviewList, one: Refused) -> str:
    number = next((str(line.idea.number) for line in found.lines if line.idea.id == one.idea), "?")
    why = sentence_of(one.problem)
    return str(gettext("Idee %(number)s is niet besloten: %(why)s", number=number, why=why))


def _wishes() -> ReviewWishes:
    asked = request.args
    return ReviewWishes(
        state=asked.get("stand", "")[:40],
        waits=asked.get("wacht", "")[:40],
        theme=asked.get("onderwerp", "")[:40],
        area=asked.get("buurt", "")[:64],
        sort=asked.get("volgorde", "")[:40],
    )


def review_options(found: ReviewList) -> dict[str, list[Option]]:
    """Return what the list can be narrowed to, and its orders."""
    every = [("", gettext("Alle"))]
    used = {one.area for one in found.round.areas.addresses}
    areas = [one for one in found.round.areas.areas if one.id in used]
    waits = [("late", gettext("te laat")), *_translated(AWAITED.items())]
    states = _translated((name, word) for name, (word, _) in site_words.IDEA_STATES.items())
    return {
        "states": [*every, *states],
        "waits": [*every, *waits],
        "themes": [*every, *((one.id, say(one.name)) for one in found.round.submission.themes)],
        "areas": [*every, *((str(one.id), one.name) for one in areas)],
        "sorts": _translated(SORTS.items()),
    }


def _translated(pairs: Iterable[tuple[str, str]]) -> list[Option]:
    return [(name, translated(word)) for name, word in pairs]


def review_rows(
    found: ReviewList, *, tag: Macro, own_words: Macro, pick: Macro, choosing: bool
) -> list[list[Cell]]:
    """Return number, title, state, price, assessments and norm of every idea."""
    slug = found.round.slug
    return [
        [
            pick(one.idea) if choosing and one.agreed else str(one.idea.number),
            _link(url_for("idea", slug=slug, idea_id=one.idea.id), own_words(one.idea.title)),
            _state(one, tag),
            money(one.idea.price),
            _assessments(found, one, tag),
            _waits(one, tag),
        ]
        for one in found.lines
    ]


def late_lines(found: ReviewList, own_words: Macro) -> list[Markup]:
    """Return what is late, the longest first: a link, what it waits for, and since when."""
    return [
        Markup("{}: {}").format(
            _link(
                url_for("idea", slug=found.round.slug, idea_id=one.idea.id),
                Markup("{}. {}").format(one.idea.number, own_words(one.idea.title)),
            ),
            gettext(
                "%(what)s moest op %(day)s",
                what=translated(AWAITED[one.waiting.what]),
                day=day_short(one.waiting.due),
            ),
        )
        for one in found.late
        if one.waiting and one.waiting.due
    ]


def _state(one: ReviewLine, tag: Macro) -> Markup:
    word, colour = site_words.IDEA_STATES[one.idea.state]
    return tag(translated(word), colour)


def _assessments(found: ReviewList, one: ReviewLine, tag: Macro) -> Cell:
    if not found.round.assessors:
        return "–"
    told = f"{one.made}/{one.made + one.missing}"
    if not one.differ:
        return told
    return Markup("{} {}").format(told, tag(gettext("verschil"), "orange"))


def _waits(one: ReviewLine, tag: Macro) -> Cell:
    if one.waiting is None:
        return "–"
    told = translated(AWAITED[one.waiting.what])
    if one.waiting.due:
        told = f"{told}, {day_short(one.waiting.due)}"
    return Markup("{} {}").format(told, tag(gettext("te laat"), "red")) if one.late else told


def _link(href: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, text)
