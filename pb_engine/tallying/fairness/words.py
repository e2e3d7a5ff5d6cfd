"""A round in sentences that a neighbour understands."""

from __future__ import annotations

from fractions import Fraction

from pb_engine.tallying.election import Election
from pb_engine.tallying.fairness.claims import Claim
from pb_engine.tallying.fairness.measure import Fairness
from pb_engine.units import LocalText


def percent(part: Fraction) -> LocalText:
    """Write a part as a percentage with one decimal, rounded half up: ``81,3%``, ``81.3%``."""
    whole, tenth = divmod((2000 * part.numerator + part.denominator) // (2 * part.denominator), 10)
    return LocalText(nl=f"{whole},{tenth}%", en=f"{whole}.{tenth}%")


def fairness_sentences(election: Election, fairness: Fairness) -> tuple[LocalText, ...]:
    """Say how many voters get something, how much, and whether a group was left with too little."""
    if not fairness.voters:
        return (LocalText(nl="Er zijn geen stembiljetten.", en="There are no ballots."),)
    return (_served(fairness), _money(election, fairness), *_group(election, fairness))


def _served(fairness: Fairness) -> LocalText:
    served, voters = fairness.served, fairness.voters
    part = percent(Fraction(served, voters))
    return LocalText(
        nl=f"{_many(served, 'nl')} van de {_many(voters, 'nl')} kiezers "
        f"{'heeft' if served == 1 else 'hebben'} minstens één idee dat geld krijgt ({part.nl}).",
        en=f"{_many(served, 'en')} of the {_many(voters, 'en')} voters "
        f"{'has' if served == 1 else 'have'} at least one funded project ({part.en}).",
    )


def _money(election: Election, fairness: Fairness) -> LocalText:
    amount = _amount(election, fairness.money)
    return LocalText(
        nl=f"Gemiddeld gaat {amount.nl} naar ideeën waarop een kiezer stemde.",
        en=f"On average, {amount.en} goes to projects that a voter voted for.",
    )


def _group(election: Election, fairness: Fairness) -> tuple[LocalText, ...]:
    check = fairness.check("cost_up_to_one")
    if check is None:
        return ()
    if check.holds:
        return (
            LocalText(
                nl="Geen groep kiezers met een gezamenlijk idee kreeg te weinig voor haar deel. "
                "Dat is getoetst met EJR+, op één idee na.",
                en="No group of voters with a project in common was left with too little for its "
                "share of the budget (check EJR+ up to one project).",
            ),
        )
    return (_claim(election, check.claims[0]),)


def _claim(election: Election, claim: Claim) -> LocalText:
    project = next(one for one in election.projects if one.id == claim.project)
    share, cost = (_amount(election, one) for one in (claim.share, Fraction(project.cost)))
    most, title = _amount(election, Fraction(claim.most)), project.title or project.id
    return LocalText(
        nl=f"Een groep komt tekort: {_many(claim.voters, 'nl')} kiezers steunen ‘{title}’. Hun "
        f"deel van het budget is {share.nl} en het idee kost {cost.nl}. Toch kreeg geen van hen "
        f"ideeën van samen meer dan {most.nl}. Dat is getoetst met EJR+, op één idee na.",
        en=f"A group was left with too little: {_many(claim.voters, 'en')} voters support "
        f"‘{title}’. Their share of the budget is {share.en} and the project costs {cost.en}. Yet "
        f"none of them got projects of more than {most.en} together (check EJR+ up to one "
        "project).",
    )


def _amount(election: Election, amount: Fraction) -> LocalText:
    """Write an amount, rounded to whole units of the currency: sentences are not ledgers."""
    unit = election.unit
    rounded = int(amount / unit + Fraction(1, 2)) * unit if amount >= unit else int(amount)
    return LocalText(nl=election.money(rounded, "nl"), en=election.money(rounded, "en"))


def _many(number: int, locale: str) -> str:
    written = f"{number:,}"
    return written if locale == "en" else written.replace(",", ".")
