"""The counter: who may be helped to what, alone or by two officers."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest

from pb_engine.domain.rounds import CounterRules, PluginChoice
from pb_engine.errors import (
    CodeUsed,
    CodeVoid,
    EngineError,
    NotAllowed,
    NotEligible,
    NotReady,
    UnknownCode,
    WrongPhase,
)
from pb_engine.services import counter, phases
from pb_engine.store.register import Channel, ResidentState
from pb_engine.units import RoundId
from tests.builders import CALENDAR, DAY, a_round, a_round_in, admitted, vote
from tests.residents import NAMES, channel_of, settle

INA, BO, CEM, DIRK = NAMES
WHY = "brief is kwijt"
OPEN_HANDED = a_round(counter=CounterRules(proxies=1, organisations=True))
ONCE = a_round(ballot=dataclasses.replace(a_round().ballot, may_change=False))


@pytest.fixture
def voting(tmp_path):
    return a_round_in(tmp_path)


@pytest.fixture
def people(voting):
    return settle(voting, secret=(DIRK,))


def events(staged, name):
    with staged.engine.stores.site.read() as work:
        return [one.event for one in work.log.entries(limit=1000) if one.event.name == name]


def found(staged, **wanted):
    shown = counter.find_people(staged.engine, staged.slug, "olga", **wanted)
    return [one.name for one in shown.people]


def test_people_are_found_by_name_or_address_however_it_is_typed(voting, people):
    assert found(voting, name="ina v") == [INA]
    assert found(voting, name="  YILDIZ ") == [CEM]
    assert found(voting, name="wit") == [BO]
    assert found(voting, address="7523 ab 11") == [BO]
    assert found(voting, name="vos", address="7523AB 11") == []


def test_a_secret_address_is_found_by_name_only_and_never_shown(voting, people):
    assert found(voting, address="7523AB 13") == []
    (shown,) = counter.find_people(voting.engine, voting.slug, "olga", name="dirk").people
    assert (shown.secret, shown.address) == (True, "")


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [({}, "name"), ({"name": "vo"}, "name"), ({"address": "7523"}, "address")],
)
def test_a_search_needs_something_to_go_by(voting, wanted, problem):
    with pytest.raises(NotReady) as refused:
        counter.find_people(voting.engine, voting.slug, "olga", **wanted)
    assert refused.value.details["problem"] == problem


def test_a_search_shows_twenty_and_says_that_there_are_more(voting):
    settle(voting, names=[f"Vos {number:02}" for number in range(21)])
    shown = counter.find_people(voting.engine, voting.slug, "olga", name="vos")
    assert (len(shown.people), shown.more) == (20, True)


def test_that_somebody_searched_is_written_down_but_not_what_for(voting, people):
    found(voting, name="wit")
    (event,) = events(voting, "counter_searched")
    assert (event.by, dict(event.facts)) == ("olga", {"found": 1})


def test_a_fresh_code_votes_and_the_one_before_is_dead(voting, people):
    first = counter.give_code(voting.engine, voting.slug, people[INA], WHY, "olga")
    second = counter.give_code(voting.engine, voting.slug, people[INA], WHY, "olga")
    with pytest.raises(CodeVoid):
        admitted(voting, first)
    vote(voting, second, ["AED"])
    assert channel_of(voting, people[INA]) is Channel.DIGITAL
    assert [event.by for event in events(voting, "counter_code_given")] == ["olga", "olga"]


def test_whoever_voted_gets_neither_a_code_nor_paper_from_one_officer(voting, people):
    vote(voting, counter.give_code(voting.engine, voting.slug, people[INA], WHY, "o"), ["AED"])
    with pytest.raises(CodeUsed):
        counter.give_code(voting.engine, voting.slug, people[INA], WHY, "olga")
    with pytest.raises(CodeUsed):
        counter.hand_out_paper(voting.engine, voting.slug, people[INA], WHY, "olga")


def test_whoever_got_paper_cannot_vote_on_the_web(voting, people):
    code = counter.give_code(voting.engine, voting.slug, people[BO], WHY, "olga")
    counter.hand_out_paper(voting.engine, voting.slug, people[BO], WHY, "olga")
    with pytest.raises(CodeUsed) as refused:
        admitted(voting, code)
    assert refused.value.details["problem"] == "paper"


def test_a_letter_is_exchanged_for_paper_once(voting):
    code = voting.codes[0]
    counter.hand_out_paper_for_code(voting.engine, voting.slug, code, WHY, "olga")
    with pytest.raises(CodeUsed):
        counter.hand_out_paper_for_code(voting.engine, voting.slug, code, WHY, "olga")
    with pytest.raises(CodeUsed):
        admitted(voting, code)


def test_paper_and_web_at_the_same_moment_give_one_vote(voting, people):
    codes = [
        counter.give_code(voting.engine, voting.slug, person, WHY, "olga")
        for person in people.values()
    ]

    def try_it(step):
        try:
            step()
        except EngineError:
            return 0
        return 1

    for person, code in zip(people.values(), codes, strict=True):
        both = [
            lambda code=code: admitted(voting, code),
            lambda one=person: counter.hand_out_paper(voting.engine, voting.slug, one, WHY, "olga"),
        ]
        with ThreadPoolExecutor(2) as pool:
            assert sum(pool.map(try_it, both)) == 1


def test_nothing_happens_without_a_reason(voting, people):
    for act in (counter.give_code, counter.hand_out_paper):
        with pytest.raises(NotReady):
            act(voting.engine, voting.slug, people[INA], " -  ", "olga")
    assert channel_of(voting, people[INA]) is Channel.NONE


def test_after_the_close_the_counter_gives_nothing(voting, people):
    closed = voting.move_to(CALENDAR.voting.end + DAY)
    phases.take_step(closed.engine, voting.slug, "close_voting", "team")
    with pytest.raises(WrongPhase):
        counter.give_code(closed.engine, voting.slug, people[INA], WHY, "olga")
    with pytest.raises(WrongPhase):
        counter.hand_out_paper(closed.engine, voting.slug, people[INA], WHY, "olga")


def test_whoever_moved_away_gets_nothing(voting, people):
    with voting.engine.stores.register.write() as work:
        one = work.residents.get(RoundId(voting.slug), people[INA])
        work.residents.change(dataclasses.replace(one, state=ResidentState.MOVED))
        work.commit()
    with pytest.raises(NotEligible):
        counter.give_code(voting.engine, voting.slug, people[INA], WHY, "olga")


def test_a_right_that_somebody_changed_in_the_database_gets_nothing(voting, people):
    with voting.engine.stores.register.write() as work:
        one = work.residents.get(RoundId(voting.slug), people[INA])
        work._unit._connection.exec_driver_sql("UPDATE entitlements SET area = 'elders'")
        work.commit()
    with pytest.raises(UnknownCode) as refused:
        counter.give_code(voting.engine, voting.slug, one.id, WHY, "olga")
    assert refused.value.details["problem"] == "seal"


def test_withdrawing_a_right_takes_two_people(voting, people):
    code = counter.give_code(voting.engine, voting.slug, people[INA], WHY, "olga")
    number = counter.propose_on_right(
        voting.engine, voting.slug, people[INA], "void", "overleden", "olga"
    )
    (waiting,) = counter.waiting_changes(voting.engine, voting.slug)
    assert (waiting.number, waiting.who.name, waiting.proposed_by) == (number, INA, "olga")
    with pytest.raises(NotAllowed):
        counter.decide_on_right(voting.engine, voting.slug, number, agree=True, by="olga")
    assert channel_of(voting, people[INA]) is Channel.NONE
    assert counter.decide_on_right(
        voting.engine, voting.slug, number, agree=True, by="piet"
    ) == counter.Decided(agreed=True)
    with pytest.raises(CodeVoid):
        admitted(voting, code)
    assert counter.waiting_changes(voting.engine, voting.slug) == ()
    with pytest.raises(NotReady):
        counter.decide_on_right(voting.engine, voting.slug, number, agree=True, by="piet")


def test_a_refused_change_changes_nothing(voting, people):
    number = counter.propose_on_right(
        voting.engine, voting.slug, people[INA], "void", "overleden", "olga"
    )
    assert not counter.decide_on_right(
        voting.engine, voting.slug, number, agree=False, by="piet"
    ).agreed
    assert channel_of(voting, people[INA]) is Channel.NONE


def test_after_a_stolen_letter_two_officers_give_a_code_that_changes_the_vote(voting, people):
    stolen = counter.give_code(voting.engine, voting.slug, people[INA], WHY, "olga")
    vote(voting, stolen, ["AED"])
    number = counter.propose_on_right(
        voting.engine, voting.slug, people[INA], "replace", "brief gestolen", "olga"
    )
    decided = counter.decide_on_right(voting.engine, voting.slug, number, agree=True, by="piet")
    with pytest.raises(CodeVoid):
        admitted(voting, stolen)
    assert vote(voting, decided.code, ["Bankjes"]).replaced


def test_where_no_vote_may_be_changed_a_used_right_gets_no_fresh_code(tmp_path):
    voting = a_round_in(tmp_path, round_=ONCE)
    ina = settle(voting)[INA]
    vote(voting, counter.give_code(voting.engine, voting.slug, ina, WHY, "olga"), ["AED"])
    with pytest.raises(CodeUsed):
        counter.propose_on_right(voting.engine, voting.slug, ina, "replace", WHY, "olga")


def test_paper_that_comes_back_empty_can_be_taken_back_by_two(voting, people):
    counter.hand_out_paper(voting.engine, voting.slug, people[BO], WHY, "olga")
    number = counter.propose_on_right(
        voting.engine, voting.slug, people[BO], "spoilt", "verkeerd ingevuld", "olga"
    )
    counter.decide_on_right(voting.engine, voting.slug, number, agree=True, by="piet")
    assert channel_of(voting, people[BO]) is Channel.NONE


@pytest.mark.parametrize("kind", ["replace", "spoilt", "erase"])
def test_a_proposal_that_does_not_fit_is_refused(voting, people, kind):
    with pytest.raises((CodeUsed, NotReady)):
        counter.propose_on_right(voting.engine, voting.slug, people[BO], kind, WHY, "olga")


def test_a_right_used_between_proposal_and_decision_stays_used(voting, people):
    code = counter.give_code(voting.engine, voting.slug, people[INA], WHY, "olga")
    number = counter.propose_on_right(
        voting.engine, voting.slug, people[INA], "void", "overleden", "olga"
    )
    vote(voting, code, ["AED"])
    with pytest.raises(CodeUsed):
        counter.decide_on_right(voting.engine, voting.slug, number, agree=True, by="piet")
    assert channel_of(voting, people[INA]) is Channel.DIGITAL
    assert len(counter.waiting_changes(voting.engine, voting.slug)) == 1


def test_nobody_votes_for_another_unless_the_round_says_so(voting, people):
    with pytest.raises(NotAllowed):
        counter.give_proxy(voting.engine, voting.slug, people[INA], people[BO], WHY, "olga")


def test_proxies_are_written_down_and_capped(tmp_path):
    voting = a_round_in(tmp_path, round_=OPEN_HANDED)
    people = settle(voting)
    give = lambda giver, holder: counter.give_proxy(  # noqa: E731 - one line a case
        voting.engine, voting.slug, people[giver], people[holder], WHY, "olga"
    )
    give(INA, BO)
    assert counter.proxies_left(voting.engine, voting.slug, people[BO]) == counter.Proxy(1, 0)
    for giver, holder, refusal in [
        (CEM, BO, NotAllowed),
        (INA, CEM, NotReady),
        (CEM, CEM, NotReady),
    ]:
        with pytest.raises(refusal):
            give(giver, holder)
    counter.hand_out_paper(voting.engine, voting.slug, people[DIRK], WHY, "olga")
    with pytest.raises(CodeUsed):
        give(DIRK, CEM)
    assert len(events(voting, "proxy_given")) == 1


def test_an_organisation_gets_one_code_where_the_round_says_so(tmp_path, voting):
    with pytest.raises(NotAllowed):
        counter.give_organisation_code(voting.engine, voting.slug, "12345678", WHY, "olga")
    other = a_round_in(tmp_path / "other", round_=OPEN_HANDED)
    code = counter.give_organisation_code(other.engine, other.slug, " 12345678", WHY, "olga")
    vote(other, code, ["AED"])
    with pytest.raises(CodeUsed):
        counter.give_organisation_code(other.engine, other.slug, "12345678", WHY, "olga")
    with pytest.raises(NotReady):
        counter.give_organisation_code(other.engine, other.slug, "1234", WHY, "olga")


def test_the_screen_at_the_counter_takes_a_short_code_once(tmp_path):
    checks = (PluginChoice("voting_code"), PluginChoice("desk"))
    voting = a_round_in(tmp_path, round_=a_round(identity_checks=checks))
    ina = settle(voting)[INA]
    given = counter.let_vote_here(voting.engine, voting.slug, ina, "paspoort gezien", "olga")
    assert admitted(voting, given.code, "desk").ticket
    assert channel_of(voting, ina) is Channel.DIGITAL
    with pytest.raises(CodeVoid):
        admitted(voting, given.code, "desk")


def test_a_short_code_pointed_at_somebody_else_opens_no_door(tmp_path):
    checks = (PluginChoice("voting_code"), PluginChoice("desk"))
    voting = a_round_in(tmp_path, round_=a_round(identity_checks=checks))
    people = settle(voting)
    given = counter.let_vote_here(voting.engine, voting.slug, people[INA], "paspoort", "olga")
    with voting.engine.stores.register.write() as work:
        other = work.residents.get(RoundId(voting.slug), people[BO]).entitlement
        work._unit._connection.exec_driver_sql(
            f"UPDATE codes SET entitlement = '{other}' WHERE batch = 0"
        )
        work.commit()
    with pytest.raises(UnknownCode) as refused:
        admitted(voting, given.code, "desk")
    assert refused.value.details["problem"] == "seal"


def test_without_the_check_there_is_no_screen(voting, people):
    with pytest.raises(NotAllowed):
        counter.let_vote_here(voting.engine, voting.slug, people[INA], WHY, "olga")
