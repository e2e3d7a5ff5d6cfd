"""How paper and web votes were weighed, in words."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from pb_engine.api import Decision, LocalText, Settings
from pb_engine.api import sentences as say
from pb_engine.api.counting import Exact

KNOWN = {
    "paper": LocalText("op papier", "on paper"),
    "internet": LocalText("via internet", "by internet"),
    "in_person": LocalText("aan de balie", "in person"),
}
HALF, ALL = 50, 100

Write = Callable[[Exact], LocalText]


def named(channel: str) -> LocalText:
    """Say how ballots came."""
    return KNOWN.get(channel, LocalText(f"via ‘{channel}’", f"by ‘{channel}’"))


def measure(plain: LocalText) -> LocalText:
    """Say by what projects are put in order where channels weigh."""
    if not plain.nl:
        return LocalText("gewogen stemmen", "weighed votes")
    return LocalText(f"gewogen {plain.nl}", f"weighed {plain.en}")


def by_channel(decision: Decision, settings: Settings, write: Write) -> list[LocalText]:
    """Say what it got in each channel, what that counts for, and what it makes together."""
    said = [
        _in_channel(decision, name, _weight(percent), write)
        for name, percent in settings["channel_percent"].items()
    ]
    return [*said, _together(Fraction(decision.facts["weighed"]))]


def _in_channel(decision: Decision, name: str, weight: LocalText, write: Write) -> LocalText:
    how, ballots = named(name), int(decision.facts[f"ballots_{name}"])
    if not ballots:
        return LocalText(f"Niemand stemde {how.nl}.", f"Nobody voted {how.en}.")
    score, people = write(decision.facts[f"score_{name}"]), say.voters(ballots)
    return LocalText(
        nl=f"Van de {people.nl} {how.nl} kreeg dit idee {score.nl}. Dat telt voor {weight.nl}.",
        en=f"From the {people.en} {how.en} this project got {score.en}. That counts for "
        f"{weight.en}.",
    )


def short(decision: Decision, settings: Settings, write: Write) -> LocalText:
    """Say how many votes were missing in one channel or the other, as a further sentence."""
    missing = [
        (write(decision.facts[key]), named(name))
        for name in settings["channel_percent"]
        if (key := f"votes_short_{name}") in decision.facts
    ]
    if not missing:
        return say.no_votes_would_help()
    return say.fell_short(
        LocalText(
            nl=" of ".join(f"{votes.nl} {how.nl}" for votes, how in missing),
            en=" or ".join(f"{votes.en} {how.en}" for votes, how in missing),
        )
    )


def _weight(percent: int) -> LocalText:
    if percent == HALF:
        return LocalText("de helft", "one half")
    return LocalText(f"{percent} procent", f"{percent} per cent")


def _together(weighed: Fraction) -> LocalText:
    """Write the weighed score with two decimals; the fact itself is exact."""
    hundredths = int(weighed * 100 + Fraction(1, 2))
    whole, part = divmod(hundredths, 100)
    about = LocalText("", "") if Fraction(hundredths, 100) == weighed else ABOUT
    return LocalText(
        nl=f"Samen is dat {about.nl}{whole},{part:02d} van de {ALL}.",
        en=f"Together that is {about.en}{whole}.{part:02d} out of {ALL}.",
    )


ABOUT = LocalText("ongeveer ", "about ")
