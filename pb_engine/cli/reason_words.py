"""Reasons in a few words, for tables; the full sentence comes from the rule itself."""

from __future__ import annotations

from pb_engine.units import LocalText

WORDS = {
    "after_the_end": LocalText(nl="de lijst was al klaar", en="the list had ended"),
    "ceiling": LocalText(nl="boven een plafond", en="over a ceiling"),
    "completion": LocalText(nl="uit wat overbleef", en="from what was left"),
    "does_not_fit": LocalText(nl="past niet meer", en="does not fit"),
    "excluded": LocalText(nl="sluit een ander idee uit", en="excludes another project"),
    "first_group": LocalText(nl="eerste groep", en="first group"),
    "free": LocalText(nl="kost niets", en="costs nothing"),
    "funded": LocalText(nl="aan de beurt en past", en="its turn, and it fits"),
    "in_best_list": LocalText(nl="in de beste lijst", en="in the best list"),
    "in_no_best_list": LocalText(nl="niet in de beste lijst", en="not in the best list"),
    "leftover": LocalText(nl="uit wat overbleef", en="from what was left"),
    "needs_another": LocalText(nl="hangt af van een ander idee", en="needs another project"),
    "no_supporters": LocalText(nl="niemand stemde erop", en="nobody voted for it"),
    "over_budget": LocalText(nl="duurder dan het budget", en="over the whole budget"),
    "partly_funded": LocalText(nl="krijgt een deel", en="gets a part"),
    "pot_empty": LocalText(nl="de pot is leeg", en="the pot is empty"),
    "rival_funded": LocalText(nl="een rivaal kreeg geld", en="a rival is funded"),
    "shares": LocalText(nl="betaald door zijn stemmers", en="paid by its voters"),
    "supporters_short": LocalText(nl="stemmers komen geld tekort", en="voters are short of money"),
    "too_few_points": LocalText(nl="te weinig punten", en="too few points"),
    "too_few_votes": LocalText(nl="te weinig stemmen", en="too few votes"),
    "too_low_a_grade": LocalText(nl="te laag oordeel", en="too low a grade"),
}


def reason_words(reason: str, locale: str) -> str:
    """Return a reason in a few words; one of a stranger's rule is spelled as it is."""
    known = WORDS.get(reason)
    return known.text(locale) if known else reason.replace("_", " ")
