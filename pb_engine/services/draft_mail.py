"""The link to go on with an idea, by mail to whoever is writing it.

The letter says nothing that somebody typed, so that it is worth nothing to who wants to bother a
stranger with it.  The address is forgotten as soon as the letter left, as every address is.
"""

from __future__ import annotations

from urllib.parse import urlencode

from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea
from pb_engine.sealing import new_nonce, normalised
from pb_engine.services import follow_words as words
from pb_engine.services import throttles
from pb_engine.services.following import address_in
from pb_engine.services.idea_drafts import open_draft
from pb_engine.services.mail_texts import closed
from pb_engine.store.site import OutMessage
from pb_engine.units import RoundId

MOST_A_DAY = 3
"""Letters to one address, and letters about one draft, on one day."""
_DAY = 24 * 3600


def mail_draft(engine: Engine, slug: str, code: str, email: str, locale: str) -> None:
    """Let a letter wait with the link of a draft.

    The answer is the same for an address that got too many letters today; nothing leaves then.

    :raises MistypedCode: the code has a typing error.
    :raises InvalidIdea: this is no address, or there is no such draft any more.
    """
    to = address_in(email)
    draft = open_draft(engine, slug, code)
    if draft is None or draft.idea:
        raise InvalidIdea(
            "there is no such draft", field="email", problem="no_draft", all="email:no_draft"
        )
    counted = (f"draft letters to {to}", f"draft letters of {draft.tag}")
    if max(throttles.hit(engine, one, _DAY) for one in counted) > MOST_A_DAY:
        return
    query = urlencode({"code": normalised(code)})
    link = f"{engine.settings.base_url}/{slug}/ideeen/nieuw/verder?{query}"
    subject, body = words.DRAFT
    with engine.stores.site.write() as work:
        text = closed(work.rounds.get(RoundId(slug)).round, body.filled(link=link)).text(locale)
        message = OutMessage(f"draft-{new_nonce()}", to, subject.text(locale), text, locale)
        work.messages.add(message)
        work.commit()
