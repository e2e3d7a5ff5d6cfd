"""T09, T10: one person through several checks, one after the other or at once, has one right."""

import dataclasses
import re
from itertools import permutations, product

import pytest

from pb_engine.domain.rounds import PluginChoice
from pb_engine.errors import CodeUsed, InvalidRound
from pb_engine.sealing import read_ticket
from pb_engine.services import desk_admission, identity, outside
from pb_engine.services.admission import Admitted
from pb_engine.services.round_files import check_plugins
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.store.register import Channel
from tests.brokers import BSN, BrokerDouble, our_key_file, serving
from tests.builders import CALENDAR, DAY, a_round, a_round_in, an_engine
from tests.enrolled import a_register, enrol, name_in_the_box
from tests.leftovers import mails
from tests.store.raw import EVERY_BALLOT, raw_sql
from tests.yivi_server import Handler, YiviDouble

NOW = CALENDAR.voting.start + DAY
EMAIL = "anna@example.org"
TIMES = 5
ONCE = dataclasses.replace(a_round().ballot, may_change=False)


@pytest.fixture(scope="module")
def broker():
    with serving(BrokerDouble(lambda: NOW)) as double:
        yield double
    outside.forget_kept()


@pytest.fixture(scope="module")
def yivi():
    with serving(YiviDouble(lambda: NOW), Handler) as double:
        yield double


class Doors:
    """One resident, and five ways in: letter, counter, mail, log-in, app."""

    def __init__(self, engine, broker, yivi, **changes):
        folder = engine.settings.data_folder / "secrets"
        folder.mkdir(mode=0o700)
        for name, content in {"broker.pem": our_key_file(), **yivi.files()}.items():
            (folder / name).write_bytes(content)
            (folder / name).chmod(0o600)
        a_register(engine, "proef-2027")
        checks = (
            PluginChoice("voting_code"),
            PluginChoice("desk"),
            PluginChoice("email_link"),
            PluginChoice("oidc", broker.settings()),
            PluginChoice("yivi", yivi.settings()),
        )
        self.staged = a_round_in(engine, round_=a_round(identity_checks=checks, **changes))
        self.engine, self.slug, self.broker, self.yivi = engine, self.staged.slug, broker, yivi
        self.right, self.code = enrol(engine, self.slug, BSN, email=EMAIL)

    def go(self, check, carry, answer=None):
        return identity.complete_check(
            self.engine, self.slug, check, carry, answer or {}, locale="nl", return_url="x:/y"
        )

    def begun(self, check):
        return identity.begin_check(self.engine, self.slug, check, locale="nl", return_url="x:/y")

    def by_letter(self):
        carry = self.begun("voting_code").carry
        return lambda: self.go("voting_code", carry, {"code": self.code})

    def at_the_counter(self):
        seen = desk_admission.vouch(self.engine, self.slug, self.right, "balie", "paspoort gezien")
        carry = self.begun("desk").carry
        return lambda: self.go("desk", carry, {"code": seen.code})

    def by_mail(self):
        self.go("email_link", self.begun("email_link").carry, {"email": EMAIL})
        ((_, text),) = mails(self.engine)
        carry = re.search(r"brief=([\w-]+)", text)[1]
        return lambda: self.go("email_link", carry)

    def by_log_in(self):
        sent = self.begun("oidc")
        answer = self.broker.log_in(sent.url)
        return lambda: self.go("oidc", sent.carry, answer)

    def by_app(self):
        told = self.begun("yivi")
        self.yivi.in_the_app()
        return lambda: self.go("yivi", told.carry)

    def all(self):
        return (
            self.by_letter(),
            self.at_the_counter(),
            self.by_mail(),
            self.by_log_in(),
            self.by_app(),
        )

    def names(self, admissions):
        with self.engine.stores.box.read() as box:
            public = box.state(self.slug).ticket_key
        return {read_ticket(one.ticket, public=public, now=0).pseudonym for one in admissions}


@pytest.fixture
def doors(engine, broker, yivi):
    return Doors(engine, broker, yivi)


def test_five_doors_one_after_the_other_lead_to_one_voting_right(doors):
    admitted = [door() for door in doors.all()]
    assert doors.names(admitted) == {name_in_the_box(doors.engine, doors.slug, doors.right)}
    with doors.engine.stores.register.read() as work:
        assert work.entitlements.counts(doors.slug)[Channel.DIGITAL] == 1


def test_five_doors_at_once_many_times_lead_to_one_voting_right(doors, at_once):
    opening = [door for _ in range(TIMES) for door in doors.all()]
    admitted = at_once(*opening)
    assert {type(one) for one in admitted} == {Admitted}, admitted
    assert len(doors.names(admitted)) == 1
    with doors.engine.stores.register.read() as work:
        assert work.entitlements.counts(doors.slug)[Channel.DIGITAL] == 1


def test_votes_through_five_doors_at_once_leave_one_ballot(engine, broker, yivi, at_once):
    doors = Doors(engine, broker, yivi, ballot=ONCE)
    choice = [doors.staged.ideas["AED"]]

    def voting(door):
        return lambda: cast_ballot(engine, doors.slug, door().ticket, choice, new_attempt())

    outcomes = at_once(*map(voting, doors.all()))
    assert sum(not isinstance(one, Exception) for one in outcomes) == 1, outcomes
    assert raw_sql(engine.stores.box, f"SELECT count(*) FROM {EVERY_BALLOT}")[0][0] == 1


def test_who_took_paper_is_refused_at_every_door(doors):
    ways = doors.all()
    with doors.engine.stores.register.write() as work:
        assert work.entitlements.move(doors.slug, doors.right, (Channel.NONE,), Channel.PAPER)
        work.commit()
    for door in ways:
        with pytest.raises(CodeUsed):
            door()


def test_paper_and_five_doors_at_once_give_one_of_the_two(doors, at_once):
    def to_paper():
        with doors.engine.stores.register.write() as work:
            won = work.entitlements.move(doors.slug, doors.right, (Channel.NONE,), Channel.PAPER)
            work.commit()
        return won

    paper, *digital = at_once(to_paper, *doors.all())
    if paper:
        assert {type(one) for one in digital} == {CodeUsed}
    else:
        assert len(doors.names(digital)) == 1


def test_two_people_are_two_whichever_doors_they_take(doors):
    other, _ = enrol(doors.engine, doors.slug, "999990020", email="bart@example.org")
    seen = desk_admission.vouch(doors.engine, doors.slug, other, "balie", "paspoort gezien")
    theirs = doors.go("desk", doors.begun("desk").carry, {"code": seen.code})
    assert len(doors.names([theirs, doors.by_log_in()()])) == 2


def test_a_check_that_vouches_for_an_address_only_must_be_the_only_one(tmp_path):
    engine = an_engine(tmp_path)
    of_the_register = ("voting_code", "desk", "email_link", "oidc", "yivi")
    alone = ("self_declared", "email_declared", "yivi_address")
    for one, other in [*product(of_the_register, alone), *permutations(alone, 2)]:
        mixed = a_round(identity_checks=(PluginChoice(one), PluginChoice(other)))
        with pytest.raises(InvalidRound, match="vote twice"):
            check_plugins(engine, mixed, "ronde.toml")
    check_plugins(
        engine, a_round(identity_checks=tuple(map(PluginChoice, of_the_register))), "ronde.toml"
    )
