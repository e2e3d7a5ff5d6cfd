"""The page of docs/pictures/desk: every picture of the show, in the order of a round."""

from __future__ import annotations

from pathlib import Path

SIGHTS = {
    "login": "Logging in",
    "wizard-1-plan": "A new round, 1: the participatieplan",
    "wizard-2-geld": "A new round, 2: area and money",
    "wizard-3-kalender": "A new round, 3: the calendar",
    "wizard-4-meedoen": "A new round, 4: who takes part",
    "wizard-5-stembiljet": "A new round, 5: the ballot",
    "wizard-6-telmethode": "A new round, 6: the voting method",
    "wizard-7-teksten": "A new round, 7: texts and contact",
    "wizard-8-nakijken": "A new round, 8: look it over",
    "round-concept": "The round, made",
    "activities": "What was done to reach residents",
    "officials": "Officials, and inviting one",
    "invited": "The link of an invitation",
    "invitation": "Choosing a password",
    "access-table": "What each role may do",
    "account": "One's own account",
    "ideas-per-area": "Ideas per neighbourhood, while they come in",
    "review-1-lijst": "All ideas at once",
    "review-2-eigen-oordeel": "One's own assessment",
    "review-3-belang-melden": "Declaring an interest",
    "review-4-belang-gemeld": "After it: others judge",
    "review-5-besluit": "The decision, with what it costs",
    "review-6-te-laat": "What is late stands on top",
    "review-7-herziening": "A request to look again",
    "register-bekijken": "The register: what would happen",
    "register": "The register, taken in",
    "letters": "Letters with voting codes",
    "rehearsal-1-fout": "The dry run finds the mistake",
    "rules-1": "Changing the rules",
    "rules-2-nakijken": "What becomes different, and why",
    "rehearsal-2-goed": "The dry run passes",
    "round-voor-de-stemming": "Everything is ready",
    "ballot-paper": "The ballot paper, fixed",
    "count-1-gesloten": "Counting day: before the box is opened",
    "count-2-vaststellen": "Counting day: a colleague adopts",
    "count-3-gepubliceerd": "Counting day: published",
    "works": "Progress of what got money",
    "work": "One of them",
    "ending-1-open": "What must be done before the end",
    "money-left": "Money that is left",
    "ending-2-klaar": "All of it done",
    "end-report": "The end report",
    "dashboard": "The round in numbers",
    "home": "The overview",
    "log": "The event log",
}
"""What each picture shows, by its name."""


def index(folder: Path) -> str:
    """Return the page that shows the pictures of a folder, wide beside narrow.

    :raises KeyError: a picture has no words here.
    """
    named = {path.name.rpartition("-")[0] for path in folder.glob("*.png")}
    order = list(SIGHTS)
    lines = [
        "# The pages of the desk",
        "",
        "Made by `make pictures`, which walks through a whole invented round:",
        "[a round from the desk](../../explanation/a-round-from-the-desk.md).",
    ]
    for name in sorted(named, key=order.index):
        shown = SIGHTS[name]
        wide = f"![{shown}, on a wide screen]({name}-wide.png)"
        phone = f"![{shown}, on a phone]({name}-phone.png)"
        lines += ["", f"## {shown}", "", f"{wide} {phone}"]
    return "\n".join(lines) + "\n"
