"""Which promise holds against whom, as the page shows it: one table per promise.

``docs/explanation/which-promise-holds-against-whom.md`` says the same in English, with reasons.
"""

from __future__ import annotations

from dataclasses import dataclass

from web.texts import N_

YES, PARTLY, NO = N_("ja"), N_("ten dele"), N_("nee")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise and, for each kind of person, whether it holds against them and why."""

    title: str
    rows: tuple[tuple[str, str, str], ...]


PROMISES = (
    Promise(
        N_("Niemand weet wat u stemde"),
        (
            (
                N_("wie de databases beheert, met alle reservekopieën"),
                YES,
                N_("De sleutel die naam en stem kan verbinden, staat in geen database."),
            ),
            (
                N_("wie ook kan zien in welke volgorde alles binnenkwam"),
                PARTLY,
                N_("Tijden geven een vermoeden. De stem zelf blijft verzegeld."),
            ),
            (
                N_("wie tijdens het stemmen de computer beheert"),
                NO,
                N_("Uw code en uw keuze gaan dan door het geheugen van die computer."),
            ),
            (
                N_("wie de computer beheert na het sluiten, zonder eerdere kopie"),
                PARTLY,
                N_(
                    "De sleutel die kan verbinden, is dan gewist. Maar zoekt u op deze website "
                    "naar uw volgcode? Dan komt die code langs deze computer."
                ),
            ),
            (
                N_("sleutelbewaarders, met te weinig delen van de sleutel"),
                YES,
                N_("Met te weinig delen gaat de stembus niet open."),
            ),
            (
                N_("wie de hele sleutel heeft"),
                PARTLY,
                N_("Die leest de stemmen, zonder namen. Samen met de computer: ook de namen."),
            ),
            (
                N_("wie uw volgcode al voor de uitslag ziet"),
                NO,
                N_("Die vindt uw stem. Mag u opnieuw stemmen? Dan krijgt u een andere code."),
            ),
            (
                N_("wie na de uitslag naar uw volgcode vraagt"),
                PARTLY,
                N_("U kunt elke code uit de openbare lijst noemen."),
            ),
            (
                N_("iedereen, met de bestanden bij de uitslag"),
                PARTLY,
                N_("Ja vanaf 25 stemmen. Stemmen er maar een paar mensen, dan valt er te raden."),
            ),
        ),
    ),
    Promise(
        N_("Niemand leest stemmen voor het sluiten"),
        (
            (N_("wie de databases beheert"), YES, N_("Daar staan alleen verzegelde stemmen.")),
            (
                N_("wie de computer beheert"),
                NO,
                N_("Tussen het versturen en het verzegelen is de stem daar leesbaar."),
            ),
            (
                N_("wie de hele sleutel heeft"),
                NO,
                N_("Met de sleutel en de stembus kan het ook eerder."),
            ),
        ),
    ),
    Promise(
        N_("Uw stem raakt niet kwijt"),
        (
            (
                N_("storing of stroomuitval"),
                YES,
                N_("U krijgt uw nummer pas als uw stem vast op de schijf staat."),
            ),
            (
                N_("een kapotte schijf"),
                PARTLY,
                N_("Ja, als het journaal op een andere schijf staat."),
            ),
            (
                N_("wie de computer beheert en vals speelt"),
                PARTLY,
                N_("Het komt uit: uw nummer is ondertekend en het logboek is openbaar."),
            ),
        ),
    ),
    Promise(
        N_("Uw stem wordt niet veranderd"),
        (
            (
                N_("wie de databases beheert"),
                PARTLY,
                N_("Een veranderde stem gaat niet meer open en telt als ongeldig. Dat valt op."),
            ),
            (
                N_("wie de computer beheert tijdens het stemmen"),
                PARTLY,
                N_("Alleen wie na de uitslag zijn volgcode nakijkt, kan het merken."),
            ),
            (
                N_("wie telt"),
                PARTLY,
                N_("Wie zijn volgcode nakijkt, kan het merken. Het openen zelf is niet openbaar."),
            ),
        ),
    ),
    Promise(
        N_("U kunt het zelf nagaan"),
        (
            (N_("dat uw stem in de stembus kwam"), YES, N_("Met uw nummer en het logboek.")),
            (
                N_("dat uw keuze goed is geteld"),
                PARTLY,
                N_("Met uw volgcode, als er 25 stemmen of meer zijn."),
            ),
            (
                N_("dat de uitslag volgt uit de stemmen"),
                YES,
                N_("Iedereen kan de gepubliceerde stemmen natellen."),
            ),
            (
                N_("dat alle geopende stemmen echt zijn"),
                NO,
                N_("Dat kan alleen wie bij het openen was. Volgcodes en aantallen helpen."),
            ),
        ),
    ),
    Promise(
        N_("Iedereen stemt één keer"),
        (
            (N_("een bewoner"), YES, N_("Eén stemrecht geeft één getelde stem.")),
            (
                N_("wie uw brief steelt"),
                PARTLY,
                N_("De dief kan stemmen. Mag u uw stem veranderen, dan telt wie het laatst stemt."),
            ),
            (
                N_("wie het register beheert"),
                PARTLY,
                N_("Verzonnen kiezers vallen alleen op in de aantallen."),
            ),
        ),
    ),
    Promise(
        N_("Niemand dwingt u"),
        (
            (
                N_("wie er aan het eind niet bij is"),
                PARTLY,
                N_("U kunt opnieuw stemmen, als de ronde dat toestaat."),
            ),
            (
                N_("wie er aan het eind bij is, of uw telefoon of brief heeft"),
                NO,
                N_("Thuis stemmen is niet hetzelfde als een stemhokje."),
            ),
        ),
    ),
    Promise(
        N_("Stemmen kan altijd"),
        (
            (
                N_("wie de website platlegt"),
                PARTLY,
                N_("Op papier stemmen kan dan nog, waar dat is geregeld."),
            ),
        ),
    ),
)
