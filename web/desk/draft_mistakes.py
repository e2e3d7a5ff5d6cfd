"""What the check of a round file says, as an official reads it beside a field."""

from __future__ import annotations

import re

from flask_babel import gettext  # type: ignore[import-untyped]

from web.texts import N_

_SAID = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (r"Missing data for required field", N_("Dit is nog niet ingevuld.")),
        (r"Shorter than minimum length 1", N_("Dit is nog niet ingevuld.")),
        (r"must be lower case .*", N_("Gebruik alleen kleine letters, cijfers en streepjes.")),
        (r"must be 1 to (?P<high>\d+) characters", N_("Gebruik 1 tot %(high)s tekens.")),
        (
            r"must be a whole number from (?P<low>\d+) to (?P<high>\d+)",
            N_("Vul een heel getal in van %(low)s tot en met %(high)s."),
        ),
        (r"Not a valid integer|Not a whole number", N_("Vul hier een heel getal in.")),
        (
            r"Must be greater than or equal to (?P<low>\d+)",
            N_("Vul een heel getal in van minstens %(low)s."),
        ),
        (
            r"Must be greater than or equal to (?P<low>\d+) and less than .* (?P<high>\d+)",
            N_("Vul een heel getal in van %(low)s tot en met %(high)s."),
        ),
        (r"Longer than maximum length (?P<high>\d+)", N_("Dit is te lang: hoogstens %(high)s.")),
        (r"The percentages must add to 100", N_("Samen moet dit 100 procent zijn.")),
        (r"Not a valid time", N_("Dit is geen tijd. Typ een tijd zoals 08:30.")),
        (r"closes must come after opens", N_("Deze tijd moet later zijn dan de tijd ervoor.")),
        (r"Must be one of: (?P<all>.*)", N_("Kies uit: %(all)s.")),
        (r"Not a valid email address", N_("Dit is geen e-mailadres.")),
        (
            r"must be after .* \((?P<day>[-\d]+)\)",
            N_("Deze dag moet na %(day)s liggen. Dan is de stap ervoor klaar."),
        ),
        (r"must not be before .* \((?P<day>[-\d]+)\)", N_("Deze dag mag niet voor %(day)s zijn.")),
        (r"must close after it opens, .*", N_("Dit moet voorbij zijn voor de ideeën open gaan.")),
        (r"saved: holds more than .*", N_("Er zit meer gespaard geld in dan er is.")),
        (r"saved: the same money .*", N_("Gespaard geld staat er twee keer.")),
        (r".* is used by another round", N_("Een andere ronde gebruikt dit geld al.")),
        (r".* could be used until .*", N_("Dit gespaarde geld is dan verlopen.")),
        (r".* was not saved|.* is \d+ cents, .*", N_("Dit geld is zo niet gespaard.")),
        (r".* is of another area", N_("Dit geld is van een ander gebied.")),
        (r"parts: hold more than .*", N_("In de potten zit meer geld dan er is.")),
        (r"parts: all are for .*", N_("Verdeel het geld per onderwerp of per gebied.")),
        (r".* knows no pots", N_("Deze telmethode kent geen potten.")),
        (r"must be # and six .*", N_("Schrijf een kleur met kleine letters, zoals #0a5c36.")),
        (
            r".* is too light: white text on it has (?P<ratio>[\d.]+) to 1, .*",
            N_("Deze kleur is te licht voor witte letters: %(ratio)s op 1, nodig is 4,5 op 1."),
        ),
        (r"must look like R4", N_("Schrijf het nummer zoals R4.")),
        (r"every criterion needs .*", N_("Geef elke voorwaarde een eigen nummer.")),
        (r"must not be above max_choices", N_("Dit is meer dan het hoogste aantal ideeën.")),
        (
            r"min_cost_cents must not be above max_cost_cents",
            N_("Het laagste bedrag is hoger dan het hoogste."),
        ),
        (
            r"spend_limit_cents must not be above fund.budget_cents",
            N_("Een kiezer verdeelt meer geld dan er is."),
        ),
        (r"must be 1 for a single-choice ballot", N_("Bij één keuze is dit aantal 1.")),
        (r"is required for a .* ballot.*", N_("Bij deze vorm van het stembiljet is dit nodig.")),
        (r"is for .* ballots only", N_("Bij deze vorm van het stembiljet hoort dit niet.")),
        (r"must not be below max_choices.*", N_("Geef minstens zo veel punten als ideeën.")),
        (r".* cannot count .* ballots; .*", N_("De telmethode kan dit stembiljet niet tellen.")),
        (r"areas: .* is not in areas.tree", N_("Dit gebied staat niet bij Gebied en geld.")),
        (r"area .* stands there twice", N_("Een gebied staat er twee keer.")),
        (r"area .* names the parent .*", N_("Zet een gebied onder het gebied waar het in ligt.")),
        (r"postcode .* must look like 7523AB", N_("Schrijf een postcode zoals 7523AB.")),
    )
)


def said(sentence: str, path: str = "") -> str:
    """Return a sentence of the check in the language of the page, with its line in a table."""
    told = _told(sentence)
    line = next((part for part in path.split(".") if part.isdecimal()), None)
    return str(gettext("Regel %(number)s.", number=int(line) + 1)) + " " + told if line else told


def _told(sentence: str) -> str:
    for pattern, own in _SAID:
        found = pattern.fullmatch(sentence)
        if found:
            return str(gettext(own)) % found.groupdict()
    return str(gettext("Dit klopt nog niet: %(detail)s.", detail=sentence))
