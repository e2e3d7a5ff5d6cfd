"""What a ballot of each format is, in words: the question, the rule, the help, the marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext  # type: ignore[import-untyped]

from pb_engine.services.ballot_projects import BallotPage
from web.resident.metering import groups_of, is_over, meter_marks, meter_text, spent_on
from web.texts import day, money, say, tell

if TYPE_CHECKING:
    from pb_engine.services.pages import IdeaPage, IdeasPage, RoundPage
    from pb_engine.services.rehearsal import Round

    Page = RoundPage | IdeasPage | IdeaPage | BallotPage


def ballot_rule(page: Page) -> str:
    """Say in a few sentences what a ballot of this round is, with its limits."""
    return rule_of(page.round)


def rule_of(round_: Round) -> str:
    """Say the same without a page."""
    return " ".join((_form_rule(round_), *_limit_rules(round_)))


def _form_rule(round_: Round) -> str:
    rules = round_.ballot
    if rules.format == "single":
        return str(gettext("U kiest één idee."))
    if rules.format == "basket" and rules.spend_limit_cents is not None:
        limit = money(rules.spend_limit_cents)
        return str(
            gettext(
                "U verdeelt zelf het geld: u kiest ideeën voor samen hoogstens %(limit)s.",
                limit=limit,
            )
        )
    if rules.format == "points":
        return str(
            gettext(
                "U verdeelt hoogstens %(points)s punten. "
                "U geeft punten aan hoogstens %(most)s ideeën.",
                points=rules.max_points,
                most=rules.max_choices,
            )
        )
    if rules.format == "score":
        return str(gettext("U geeft elk idee een oordeel. Overslaan mag."))
    if rules.format == "ranking":
        return str(
            gettext(
                "U zet ideeën op volgorde: hoogstens %(most)s. Uw favoriet staat bovenaan.",
                most=rules.max_choices,
            )
        )
    return _between(rules.min_choices, rules.max_choices)


def _between(least: int, most: int) -> str:
    if least <= 1:
        return str(
            ngettext("U kiest hoogstens %(num)s idee.", "U kiest hoogstens %(num)s ideeën.", most)
        )
    return str(
        gettext("U kiest minstens %(least)s en hoogstens %(most)s ideeën.", least=least, most=most)
    )


def ballot_question(page: BallotPage) -> str:
    """Return the question above the ballot paper."""
    told = {
        "single": gettext("Welk idee krijgt uw stem?"),
        "points": gettext("Welke ideeën krijgen uw punten?"),
        "score": gettext("Wat vindt u van deze ideeën?"),
        "ranking": gettext("Welke ideeën vindt u het beste?"),
    }
    return str(told.get(page.paper.format) or gettext("Welke ideeën krijgen uw stem?"))


def ballot_help(page: BallotPage) -> str:
    """Return the rule of the ballot, with the hint of the round if it gives one."""
    hint = page.round.ballot.recommended_choices
    advice = gettext("Tip: kies er ongeveer %(number)s.", number=hint) if hint else ""
    blank = gettext("Kiest u niets? Dan stemt u blanco.") if page.paper.min_choices == 0 else ""
    parts = (ballot_rule(page), str(advice), str(blank))
    return " ".join(part for part in parts if part)


def _limit_rules(round_: Round) -> list[str]:
    areas, themes = round_.areas, round_.submission.themes
    names = {theme.id: say(theme.name) for theme in themes}
    told = []
    for limit in round_.ballot.limits:
        area = areas.find(limit.area) if limit.area else None
        name = area.name if area else names.get(limit.theme or "", "")
        told.append(gettext("Bij %(name)s: hoogstens %(most)s.", name=name, most=limit.max_choices))
    return [str(one) for one in told]


def ballot_steps(page: BallotPage) -> list[str]:
    """Explain in a few short sentences how to fill in a ballot of this format."""
    first = {
        "single": [gettext("Klik op het rondje voor het idee dat u kiest.")],
        "basket": [
            gettext("Klik op het vakje voor een idee dat u kiest."),
            gettext("Onderaan ziet u hoeveel geld er nog over is."),
            gettext("U hoeft niet alles te verdelen."),
        ],
        "points": [
            gettext("Vul bij een idee in hoeveel punten het krijgt."),
            gettext("Of druk op de knop met de plus of de min."),
            gettext("Krijgt een idee meer punten? Dan telt uw stem daar zwaarder."),
        ],
        "score": [
            gettext("Kies bij elk idee het oordeel dat bij u past."),
            gettext("Weet u het niet? Laat het dan op “geen mening” staan."),
        ],
        "ranking": [
            gettext("Druk op “Zet op volgorde” bij het idee dat u het beste vindt."),
            gettext("Doe dat daarna bij uw tweede idee, en zo verder."),
            gettext("Met “Omhoog” en “Omlaag” verandert u de volgorde."),
            gettext("U kunt ook het nummer van de plaats veranderen."),
        ],
    }.get(page.paper.format, [gettext("Klik op het vakje voor een idee dat u kiest.")])
    last = gettext("Ga daarna naar nakijken. Daar verstuurt u uw stem.")
    return [str(one) for one in (*first, last)]


def grade_options(page: BallotPage) -> list[tuple[str, str]]:
    """Return the grades to choose from, each with its word; no opinion comes first."""
    highest = page.paper.max_points or 0
    grades = [(str(grade), grade_word(page, grade)) for grade in range(highest + 1)]
    return [("", str(gettext("geen mening"))), *grades]


def grade_word(page: Page, grade: int) -> str:
    """Return the word for a grade, or its number where the round gives no words."""
    grades = page.round.ballot.grades
    return tell(grades[grade]) if grade < len(grades) else str(grade)


def mark_word(page: Page, weight: int) -> str:
    """Say what a mark gives to a project; nothing where a mark is just a choice."""
    kind = page.round.ballot.format
    if kind == "points":
        return str(ngettext("%(num)s punt", "%(num)s punten", weight))
    if kind == "score":
        return grade_word(page, weight)
    if kind == "ranking":
        return str(gettext("plaats %(number)s", number=weight))
    return ""


def last_moment(page: Page) -> str:
    """Say until when a ballot can be handed in or changed."""
    return str(gettext("%(day)s, 24.00 uur", day=day(page.round.calendar.voting.closes)))


TOLD: tuple[Callable[..., object], ...] = (
    ballot_help,
    ballot_question,
    ballot_rule,
    ballot_steps,
    grade_options,
    groups_of,
    is_over,
    last_moment,
    mark_word,
    meter_marks,
    meter_text,
    spent_on,
)
"""What templates may call."""
