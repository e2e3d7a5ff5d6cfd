"""What must be in order on counting day, as a check list that anybody at the desk can read.

The list tells; the steps themselves refuse.  A round cannot close while a batch of paper is open,
and the box does not open without its key.
"""

from __future__ import annotations

from pb_engine.domain.conversation import AppealState
from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.services import keys
from pb_engine.services.adoption import adoption_of
from pb_engine.services.desk import Check
from pb_engine.services.opening import REHEARSED_EVENT
from pb_engine.services.register_check import last_check
from pb_engine.services.trustees import shown_trustees
from pb_engine.units import LocalText, RoundId

_ADOPTED = LocalText(
    "Iemand anders dan wie telde, stelde de uitslag vast.",
    "Somebody else than who counted adopted the outcome.",
)
_BEFORE_THE_BOX = (Phase.VOTING, Phase.CLOSED)
_REHEARSED = LocalText("De proefstemming is gelukt.", "The rehearsal passed.")
_APPEALS = LocalText(
    "Elk verzoek om herziening heeft een beslissing.", "Every request for a new look is decided."
)
_PAPER = LocalText(
    "Elke serie papier is aanvaard of weggelaten.", "Every batch of paper is accepted or left out."
)
_CLOSED = LocalText("De stemming is gesloten.", "Voting is closed.")
_REGISTER = LocalText(
    "Het kiezersregister klopte bij het sluiten.", "The register was right at the close."
)
_SHARES = LocalText("De sleuteldelen zijn verdeeld.", "The shares of the key are handed out.")
_KEY = LocalText("De sleutel van de stembus is op de server.", "The key of the box is here.")


def counting_checks(engine: Engine, slug: str) -> tuple[Check, ...]:
    """Return what must be in order before the box is opened, or before the result is published.

    Nothing before voting opens, and nothing while ballots are counted.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        phase = work.rounds.get(round_id).phase
        appeals = work.appeals.of_round(round_id)
        rehearsed = work.log.newest(REHEARSED_EVENT, round_id) is not None
    if phase is Phase.EXPLAINED:
        return (Check(_ADOPTED, adoption_of(engine, slug) is not None),)
    if phase not in _BEFORE_THE_BOX:
        return ()
    with engine.stores.box.read() as box:
        open_batches = box.sheets.unfinished(round_id)
    register, shares = last_check(engine, slug), shown_trustees(engine, slug)
    return (
        Check(_REHEARSED, rehearsed),
        Check(_APPEALS, all(one.state is not AppealState.OPEN for one in appeals)),
        Check(_PAPER, open_batches == 0),
        Check(_CLOSED, phase is Phase.CLOSED),
        Check(_REGISTER, register is not None and register.problems == 0),
        Check(_SHARES, holds=True)
        if shares
        else Check(_KEY, engine.keyring.has(keys.round_private(slug))),
    )
