"""What is asked, and why; only what the round needs."""

from __future__ import annotations

from pb_engine.api import Fact, LocalText, Question

POSTCODE = Question(
    name="postcode",
    kind="postcode",
    label=LocalText("Postcode", "Postcode"),
    help=LocalText(
        "Bijvoorbeeld 1234 AB. Met uw adres kijken we of u in het gebied van deze ronde woont.",
        "For example 1234 AB. Your address tells us whether you live in the area of this round.",
    ),
)
NUMBER = Question(
    name="house_number",
    kind="number",
    label=LocalText("Huisnummer", "House number"),
    help=LocalText("Alleen het getal, bijvoorbeeld 12.", "Only the number, for example 12."),
)
ADDITION = Question(
    name="addition",
    kind="text",
    label=LocalText(
        "Toevoeging bij het huisnummer (als u die heeft)",
        "Addition to the house number (if you have one)",
    ),
    help=LocalText("Bijvoorbeeld A of 3.", "For example A or 3."),
)
BIRTH_YEAR = Question(
    name="birth_year",
    kind="number",
    label=LocalText("Geboortejaar", "Year of birth"),
    help=LocalText(
        "Vier cijfers. Hiermee kijken we of u oud genoeg bent om te stemmen.",
        "Four digits. This tells us whether you are old enough to vote.",
    ),
)
INITIAL = Question(
    name="initial",
    kind="text",
    label=LocalText("Eerste letter van uw voornaam", "First letter of your first name"),
    help=LocalText(
        "Wonen er meer mensen op uw adres? Dan houden we u hiermee uit elkaar.",
        "If more people live at your address, this lets us tell you apart.",
    ),
)
STATEMENT = Question(
    name="statement",
    kind="statement",
    label=LocalText(
        "Ik verklaar: dit klopt, dit zijn mijn eigen gegevens en ik stem één keer.",
        "I declare that this is true, that these are my own details and that I vote once.",
    ),
)


def questions_for(wanted: frozenset[Fact]) -> tuple[Question, ...]:
    """Return the questions in the order in which they are shown."""
    year = (BIRTH_YEAR,) if Fact.BIRTH_YEAR in wanted else ()
    return (POSTCODE, NUMBER, ADDITION, *year, INITIAL, STATEMENT)
