"""What stands on a ballot paper about how to fill it in: plain sentences, limits from the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pb_engine.ballots import BallotFormat, BallotPaper
from pb_engine.units import Cents

_CROSS = "Zet een kruisje in het vakje."


def mark_word(paper: BallotPaper) -> str:
    """Return what goes into the box beside a project."""
    if paper.format is BallotFormat.POINTS:
        return "Punten"
    if paper.format in {BallotFormat.RANKING, BallotFormat.BASKET}:
        return "Plaats"
    return "Kruis"


def rules_of(paper: BallotPaper) -> list[str]:
    """Return how to fill the paper in, in Dutch; the first sentence is the most important."""
    return _RULES[paper.format](paper)


def groups_of(paper: BallotPaper, numbers: Mapping[str, int]) -> list[str]:
    """Return the limit of each group with the numbers of its projects."""
    told = []
    for group in paper.groups:
        listed = ", ".join(str(numbers[one]) for one in group.projects if one in numbers)
        told.append(f"{group.name}: kies er hoogstens {group.max_choices} (nummers {listed}).")
    return told


def spoils_of(paper: BallotPaper) -> str:
    """Return what makes the paper not count."""
    more = {
        BallotFormat.POINTS: "Geeft u te veel punten?",
        BallotFormat.SCORE: "Zet u bij een idee meer dan één kruisje?",
        BallotFormat.RANKING: "Gebruikt u een plaats twee keer?",
        BallotFormat.BASKET: "Gebruikt u een plaats twee keer?",
    }.get(paper.format, "Zet u te veel kruisjes?")
    return (
        f"{more} Dan telt uw biljet niet. Schrijf geen naam, handtekening of tekst op dit deel. "
        "Foutje gemaakt? Vraag aan de balie een nieuw biljet."
    )


def euros(cents: Cents) -> str:
    """Write an amount as people write it: ``€ 12.500``, with cents only where there are any."""
    whole, rest = divmod(int(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    return f"€ {grouped},{rest:02}" if rest else f"€ {grouped}"


def between(paper: BallotPaper) -> str:
    """Return how many projects are chosen: ``1 tot 3 ideeën``."""
    least, most = paper.min_choices, paper.max_choices
    if least == most:
        return f"precies {_ideas(most)}"
    return f"{least} tot {_ideas(most)}" if least > 1 else f"hoogstens {_ideas(most)}"


def _ideas(number: int) -> str:
    return "1 idee" if number == 1 else f"{number} ideeën"


def _single(_paper: BallotPaper) -> list[str]:
    return ["Kies 1 idee.", f"{_CROSS} Zet 1 kruisje."]


def _approval(paper: BallotPaper) -> list[str]:
    return [f"Kies {between(paper)}.", f"{_CROSS} Elk kruisje telt even zwaar."]


def _basket(paper: BallotPaper) -> list[str]:
    limit = euros(paper.spend_limit or Cents(0))
    skipped = (
        f"Samen mogen uw keuzes {limit} kosten. U hoeft niet te rekenen. Wij nemen uw keuzes in "
        "deze volgorde. Past een idee niet meer? Dan slaan we het over en kijken we naar het "
        "volgende."
    )
    order = f"Zet {between(paper)} op volgorde: 1 voor uw eerste keus, dan 2, 3 en zo verder."
    return [order, skipped]


def _points(paper: BallotPaper) -> list[str]:
    return [
        f"Verdeel hoogstens {paper.max_points} punten.",
        f"Schrijf de punten in het vakje. Geef punten aan {between(paper)}.",
    ]


def _score(paper: BallotPaper) -> list[str]:
    told = ["Geef een cijfer aan ideeën.", "Zet bij een idee 1 kruisje. Overslaan mag."]
    if paper.max_choices < len(paper.lines) or paper.min_choices:
        told[0] = f"Geef een cijfer aan {between(paper)}."
    return told


def _ranking(paper: BallotPaper) -> list[str]:
    return [
        f"Zet {between(paper)} op volgorde.",
        "Schrijf 1 in het vakje van uw eerste keus, dan 2, 3 en zo verder.",
    ]


_RULES: Mapping[BallotFormat, Callable[[BallotPaper], list[str]]] = {
    BallotFormat.SINGLE: _single,
    BallotFormat.APPROVAL: _approval,
    BallotFormat.BASKET: _basket,
    BallotFormat.POINTS: _points,
    BallotFormat.SCORE: _score,
    BallotFormat.RANKING: _ranking,
}
