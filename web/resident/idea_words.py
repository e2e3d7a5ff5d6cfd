"""Words on the page of one idea: what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect

from pb_engine.services.idea_story import Step
from pb_engine.units import LocalText
from web.texts import N_, tell

_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "submitted": N_("Het idee is ingestuurd."),
        "idea_withdrawn": N_("De indiener trok het idee terug."),
        "ideas_merged": N_("Het idee ging op in een ander idee."),
        "took_in": N_("Een ander idee ging op in dit idee."),
        "idea_taken_up": N_("Het idee gaat opnieuw mee in een andere ronde."),
        "appeal_made": N_("De indiener vroeg om herziening."),
        "question_answered": N_("De gemeente gaf antwoord op een vraag."),
        "idea_judged pass": N_("De commissie besloot: het idee kan door."),
        "idea_judged adapt": N_("De commissie besloot: het idee kan door als het anders wordt."),
        "idea_judged reject": N_("De commissie besloot: het idee kan niet door."),
        "idea_judged refer": N_("De commissie gaf het idee door aan iemand anders."),
        "appeal_decided upheld": N_("De herziening is toegekend. Het oordeel komt opnieuw."),
        "appeal_decided dismissed": N_("De herziening is afgewezen. Het oordeel blijft staan."),
    }
)


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Teach the templates these words."""
    app.jinja_env.globals.update(happened=happened, house_rules=house_rules)


def house_rules(rules: Mapping[str, LocalText]) -> list[str]:
    """Return the public rules for comments, in the language of the page."""
    return [tell(rule) for rule in rules.values()]


def happened(step: Step) -> str:
    """Return in a sentence what happened."""
    return str(gettext(_STEPS[f"{step.name} {step.outcome}".strip()]))
