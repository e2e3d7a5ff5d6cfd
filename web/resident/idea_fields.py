"""How the steps and fields of a new idea are called on the page."""

from __future__ import annotations

from flask_babel import gettext  # type: ignore[import-untyped]

from web.forms.costs import ROWS
from web.texts import N_

_STEPS = {
    "idee": N_("Uw idee"),
    "plek": N_("De plek"),
    "kosten": N_("De kosten"),
    "fotos": N_("Foto’s"),
    "over-u": N_("Over u"),
    "controle": N_("Controleer uw idee"),
}
_LABELS = {
    "title": N_("Titel"),
    "description": N_("Wat wilt u doen?"),
    "motivation": N_("Waarom, en voor wie?"),
    "theme": N_("Onderwerp"),
    "area": N_("Buurt"),
    "place": N_("Waar precies?"),
    "needs_space": N_("Ik zoek een ruimte"),
    "spot": N_("Stip op de kaart"),
    "postcode": N_("Postcode"),
    "number": N_("Huisnummer"),
    "spot_ok": N_("Zet deze stip bij mijn idee"),
    "cost": N_("Wat kost het ongeveer?"),
    "recurrence": N_("Hoe vaak is dit geld nodig?"),
    "own_effort": N_("Wat doet u zelf?"),
    "name": N_("Uw naam"),
    "on_behalf_of": N_("Namens wie?"),
    "others": N_("Wie sturen het idee met u in?"),
    "email": N_("Uw e-mailadres"),
    "helper": N_("Een volwassene die u helpt"),
}


_LINES = {
    "what": N_("Wat (%(number)s)"),
    "many": N_("Hoeveel (%(number)s)"),
    "each": N_("Prijs per stuk (%(number)s)"),
}


def step_names() -> dict[str, str]:
    """Return what the steps are called."""
    return {step: str(gettext(name)) for step, name in _STEPS.items()}


def idea_labels() -> dict[str, str]:
    """Return what the fields are called."""
    lines = {
        f"{part}_{row}": str(gettext(label, number=row))
        for row in ROWS
        for part, label in _LINES.items()
    }
    return lines | {field: str(gettext(label)) for field, label in _LABELS.items()}
