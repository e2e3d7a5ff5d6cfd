"""Keeping a receipt: a small text file with both numbers and what they are for."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect

from pb_engine.services import placards
from pb_engine.services.ballot_projects import BallotPage
from web import texts
from web.access import anyone
from web.base import engine
from web.resident import carried
from web.resident.ballot_words import last_moment
from web.security import not_stored
from web.texts import day, say


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register this file."""
    app.add_url_rule("/<slug>/stemmen/klaar/bewijs.txt", view_func=keep)


@anyone
def keep(slug: str) -> ResponseReturnValue:
    """Hand over the receipt as a file, as long as this browser still has it."""
    receipt = carried.brought(carried.RECEIPT, slug, carried.SHOWN_ONCE_LIFE)
    if receipt is None:
        return redirect(url_for("done", slug=slug), 303)
    page = placards.ballot_page(engine(), slug)
    texts.speak(page.round.languages, page.round.address)
    # A byte order mark, since old text editors would else garble accents.
    body = "\ufeff" + "\r\n".join(_lines(page, receipt)) + "\r\n"
    answer = Response(body, mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="stem-{slug}.txt"'
    return not_stored(answer)


def _lines(page: BallotPage, receipt: dict[str, Any]) -> list[str]:
    slug = page.round.slug
    told = [
        say(page.round.name),
        gettext("Uw stem is binnen. Bedankt!"),
        "",
        f"{gettext('Het nummer van uw stem')}: {receipt['number']}",
        gettext(
            "Hiermee ziet u na de telling of uw stem is meegeteld. Uw keuze staat er niet bij."
        ),
        engine().settings.base_url + url_for("receipt", slug=slug),
        "",
        f"{gettext('Uw volgcode')}: {receipt['tracker']}",
        gettext("Met deze code vindt u na de uitslag uw keuze terug. Laat hem aan niemand zien."),
        f"{engine().settings.base_url}/{slug}/controleren",
        "",
        f"{gettext('Handtekening bij dit nummer')}: {receipt['signature']}",
        "",
    ]
    if page.round.ballot.may_change:
        until = last_moment(page)
        told.append(gettext("U kunt uw stem veranderen tot en met %(moment)s.", moment=until))
    result = day(page.round.calendar.result)
    return [str(one) for one in (*told, gettext("De uitslag komt op %(day)s.", day=result))]
