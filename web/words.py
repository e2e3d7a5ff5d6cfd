"""Words for phases, steps and states, as a resident reads them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from web.texts import N_

PHASES: Mapping[str, str] = MappingProxyType(
    {
        "draft": N_("Nog niet begonnen"),
        "ideas": N_("Ideeën insturen"),
        "review": N_("Ideeën beoordelen"),
        "voting": N_("Stemmen"),
        "closed": N_("Stemmen tellen"),
        "opened": N_("Stemmen tellen"),
        "counted": N_("Stemmen tellen"),
        "explained": N_("Stemmen tellen"),
        "published": N_("Uitslag bekend"),
        "cancelled": N_("Gestopt"),
    }
)
CALENDAR_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "ideas": N_("Ideeën insturen"),
        "review": N_("Ideeën beoordelen"),
        "appeal": N_("Reageren op het oordeel"),
        "voting": N_("Stemmen"),
        "counting": N_("Stemmen tellen"),
        "result": N_("Uitslag"),
    }
)
AIDS: Mapping[str, str] = MappingProxyType(
    {"helper": N_("Iemand die helpt"), "space": N_("Een plek om te gebruiken")}
)
IDEA_STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "submitted": (N_("Wacht op oordeel"), "grey"),
        "adapt": (N_("Moet anders"), "orange"),
        "feasible": (N_("Haalbaar"), "green"),
        "rejected": (N_("Gaat niet door"), "red"),
        "referred": (N_("Doorgegeven"), "orange"),
        "merged": (N_("Samengevoegd"), "grey"),
        "withdrawn": (N_("Teruggetrokken"), "grey"),
        "on_ballot": (N_("Op het stembiljet"), "blue"),
    }
)
"""A word and the colour of its tag."""

OUTCOMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "pass": (N_("Het idee kan door."), "green"),
        "adapt": (N_("Het idee kan door als het anders wordt."), "orange"),
        "reject": (N_("Het idee kan niet door."), "red"),
        "refer": (N_("We hebben het idee doorgegeven."), "orange"),
    }
)
CONSENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "asked": (N_("gevraagd"), "grey"),
        "agreed": (N_("zegt ja"), "green"),
        "refused": (N_("zegt nee"), "red"),
    }
)
"""What a submitter says of a merger: a word and the colour of its tag."""

WORK_STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "preparing": (N_("Wordt voorbereid"), "grey"),
        "under_way": (N_("Wordt uitgevoerd"), "blue"),
        "delayed": (N_("Duurt langer"), "orange"),
        "ready": (N_("Klaar"), "green"),
        "stopped": (N_("Gestopt"), "red"),
    }
)
FREEZES: Mapping[str, str] = MappingProxyType(
    {
        "ideas": N_("Vastgelegd bij het begin van de ideeën"),
        "voting": N_("Vastgelegd bij het begin van de stemming"),
        "amendment": N_("Gewijzigd"),
    }
)
