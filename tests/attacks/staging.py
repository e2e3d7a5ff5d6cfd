"""A round that is open for voting, tickets for as many voters as wanted, engines that only cast."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from pb_engine.ballots import Ballot, BallotFormat, ballot_bytes
from pb_engine.engine import Engine, build, store_urls
from pb_engine.pluginhost import load
from pb_engine.sealing import (
    Keyring,
    Ticket,
    cast_names,
    entry_id,
    issue_ticket,
    new_nonce,
    pseudonym,
    read_ticket,
    receipt_number,
)
from pb_engine.services import keys
from pb_engine.services.ballot_projects import STYLE
from pb_engine.settings import settings_in
from pb_engine.store import StoreUrls, close_stores, open_stores
from tests.builders import CALENDAR, CHEAP, DAY, Staged, a_round_in

VOTING = CALENDAR.voting.start + DAY


def settings_on(urls: StoreUrls, folder: Path):
    """Settings of the demonstration with these stores; keys and mail in ``folder``."""
    plain = settings_in(folder, demo=True, code_cost=CHEAP, code_line=100, log_level="error")
    return dataclasses.replace(
        plain, site_db=urls.site, register_db=urls.register, box_db=urls.box, study_db=urls.study
    )


def an_engine_on(urls: StoreUrls, folder: Path, moment: datetime = VOTING) -> Engine:
    """The whole engine on migrated stores; its clock stands still."""
    return build(settings_on(urls, folder), clock=lambda: moment)


@contextmanager
def staged_on(urls: StoreUrls, folder: Path) -> Iterator[Staged]:
    """A round that is open for voting on these stores; closed connections afterwards."""
    engine = an_engine_on(urls, folder)
    try:
        yield a_round_in(engine, "voting", codes=2)
    finally:
        close_stores(engine.stores)


def a_casting_engine(urls: StoreUrls, folder: Path, moment: datetime = VOTING) -> Engine:
    """What a program that only casts needs: casting asks no plugin anything."""
    settings = settings_on(urls, folder)
    return Engine(
        settings=settings,
        stores=open_stores(store_urls(settings)),
        plugins=load(()),
        keyring=Keyring(settings.keys_folder, demo=True),
        clock=lambda: moment,
    )


def a_ticket(engine: Engine, slug: str, voter: str) -> str:
    """The ticket that the register would give to this voting right, without its second of work."""
    ring = engine.keyring
    name = pseudonym(ring.get(keys.link(slug)), round_id=slug, entitlement=voter)
    expires = int((engine.clock() + timedelta(hours=2)).timestamp())
    ticket = Ticket(round=slug, style=STYLE, pseudonym=name, expires=expires, nonce=new_nonce())
    return issue_ticket(ticket, key=ring.get(keys.ticket(slug)))


def name_in(kept: str) -> str:
    """The name of a sending, without the mark of the ticket that the box keeps beside it."""
    return kept[:32]


def name_of(engine: Engine, slug: str, ticket: str, choices: tuple[str, ...], attempt: str) -> str:
    """The name under which the box knows this sending."""
    with engine.stores.box.read() as box:
        key = box.state(slug).ticket_key
    vouched = read_ticket(ticket, public=key, now=0)
    ballot = ballot_bytes(Ballot.choosing(BallotFormat.APPROVAL, choices))
    return cast_names(attempt, round_id=slug, pseudonym=vouched.pseudonym, ballot=ballot).attempt


def number_of(stored) -> str:
    """The receipt number that belongs to a ballot as it lies in the box."""
    entry = entry_id(
        round_id=stored.round,
        pseudonym=stored.pseudonym,
        number=stored.number,
        sealed=stored.sealed,
    )
    return receipt_number(entry)
