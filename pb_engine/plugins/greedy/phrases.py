"""Parts of sentences that only ``greedy`` needs."""

from __future__ import annotations

from pb_engine.api import LocalText

VOTES_PER_EURO = LocalText("stemmen per euro", "votes per euro")
POINTS_PER_EURO = LocalText("punten per euro", "points per euro")


def smaller_version(plan: str, cost: LocalText) -> LocalText:
    """Because it is the smaller version of a plan that did not fit."""
    return LocalText(
        nl=f"het is een kleinere versie van {plan}, dat niet paste. {cost.nl} paste wel in het "
        "budget.",
        en=f"it is a smaller version of {plan}, which did not fit. {cost.en} did fit into the "
        "budget.",
    )


def went_first(score: LocalText, group: str, percent: int) -> LocalText:
    """Because its group went first."""
    return LocalText(
        nl=f"het kreeg {score.nl} en hoort bij ‘{group}’. Die groep ging voor tot {percent} "
        "procent van het budget.",
        en=f"it got {score.en} and belongs to ‘{group}’, which went first up to {percent} per "
        "cent of the budget.",
    )


def fitted_pot(score: LocalText, cost: LocalText, pot: str) -> LocalText:
    """Because its cost fitted into its pot."""
    return LocalText(
        nl=f"het kreeg {score.nl} en {cost.nl} paste in de pot voor ‘{pot}’.",
        en=f"it got {score.en} and {cost.en} fitted into the pot for ‘{pot}’.",
    )


def from_leftover(score: LocalText, cost: LocalText) -> LocalText:
    """Because it fitted into what was left when pots and ceilings no longer applied."""
    return LocalText(
        nl=f"het kreeg {score.nl} en {cost.nl} paste in wat er overbleef.",
        en=f"it got {score.en} and {cost.en} fitted into what was left in the end.",
    )


def pot_empty(cost: LocalText, left: LocalText, pot: str) -> LocalText:
    """Because its pot held less than it costs."""
    return LocalText(
        nl=f"het kost {cost.nl} en in de pot voor ‘{pot}’ zat nog {left.nl}.",
        en=f"it costs {cost.en} and the pot for ‘{pot}’ still held {left.en}.",
    )


def ceiling(cost: LocalText, left: LocalText, group: str) -> LocalText:
    """Because its group may cost only so much together."""
    return LocalText(
        nl=f"het kost {cost.nl}, en voor ‘{group}’ was er nog {left.nl}.",
        en=f"it costs {cost.en}, and {left.en} was left for ‘{group}’.",
    )


def excluded(other: str) -> LocalText:
    """Because another project is funded that excludes it."""
    return LocalText(
        nl=f"{other} gaat door en ze kunnen niet allebei.",
        en=f"{other} goes ahead, and they exclude each other.",
    )


def needs_another(other: str) -> LocalText:
    """Because a project that it needs is not funded."""
    return LocalText(
        nl=f"het kan alleen samen met {other}, en dat idee krijgt geen geld.",
        en=f"it is only possible together with {other}, and that project is not funded.",
    )


def offer(amount: LocalText) -> LocalText:
    """Say, as a further sentence, that it may have what was left."""
    return LocalText(
        nl=f"Het mag wel de laatste {amount.nl} hebben, als de indieners het daarmee kunnen "
        "uitvoeren.",
        en=f"It may have the last {amount.en}, if its makers can carry it out with that.",
    )
