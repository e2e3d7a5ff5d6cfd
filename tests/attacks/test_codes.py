"""T11, T46 to T51: guessing codes, stealing letters, keeping residents out, wearing us out."""

import dataclasses
import os
import re
import threading
from pathlib import Path

import pytest

from pb_engine.cli.serve import serving
from pb_engine.domain.rounds import PluginChoice
from pb_engine.errors import CodeVoid, MistypedCode, TooBusy, UnknownCode
from pb_engine.sealing import Line, new_code, written
from pb_engine.services import code_batches, code_tags, codes, identity
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.desk import desk_round
from pb_engine.services.rights import sealed_right, sealer_of, second_of
from pb_engine.services.throttles import network_of
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.store.register import Channel, Code, CodeState, Entitlement
from tests.builders import a_round, a_round_in, admitted, an_engine, vote
from tests.journeys.browser_of_forms import Browser
from tests.store.raw import raw_sql
from tests.web.visitor import Visitor
from web.resident import box

MOST = 5
RATES = {"wrong_codes": f"{MOST} per 10 minutes", "guessing_alarm": 12}
PROXY = {"trusted_proxies": ("127.0.0.1/32",)}
BOTH = tuple(map(PluginChoice, ("voting_code", "code_and_birth_year")))
CHECK = "~/stemmen/controle/voting_code"


@pytest.fixture
def besieged(tmp_path):
    """A round that is open for voting, behind a proxy, with small limits."""
    return a_round_in(an_engine(tmp_path, **RATES, **PROXY), codes=4)


def try_code(visitor, code, network, **headers):
    """Type a code at the web page, as it comes through the proxy from a network."""
    page = visitor.get(CHECK)
    form = page.form("code")
    fields = {**dict(form.fields), "code": code}
    return visitor.post(CHECK, fields, follow=False, **{"X-Forwarded-For": network, **headers})


def a_guess():
    return written(new_code())


def guess(visitor, network, times):
    return [try_code(visitor, a_guess(), network).status for _ in range(times)]


def alarms(staged):
    with staged.engine.stores.site.read() as work:
        return [one for one in work.log.entries() if one.event.name == "guessing_alarm"]


def test_a_guesser_has_to_wait_and_learns_nothing_while_everybody_else_gets_in(besieged):
    # T46, T47
    visitor = Visitor(besieged)
    assert guess(visitor, "203.0.113.5", MOST) == [422] * MOST
    wrong = try_code(visitor, a_guess(), "203.0.113.5")
    right = try_code(visitor, besieged.codes[0], "203.0.113.5")
    assert (wrong.status, right.status) == (429, 429)
    assert wrong.html == right.html
    assert wrong.headers["retry-after"] == right.headers["retry-after"] == "600"
    assert "Wacht 600 seconden" in wrong.text
    assert "Bel 14 053, of kom langs." in wrong.text
    assert "Rigtersbleek" in wrong.text
    assert try_code(visitor, besieged.codes[0], "203.0.113.6").status == 303


def test_when_the_time_is_over_the_same_network_gets_in(besieged):
    visitor = Visitor(besieged)
    guess(visitor, "203.0.113.5", MOST)
    visitor.at(besieged.engine.clock() + identity.GRACE)
    assert try_code(visitor, besieged.codes[0], "203.0.113.5").status == 303


def test_all_addresses_of_one_line_are_one_network(besieged):
    # T46: whoever has 2 ** 64 addresses has one budget; the neighbour has another.
    visitor = Visitor(besieged)
    for number in range(MOST):
        assert try_code(visitor, a_guess(), f"2001:db8:1:2::{number:x}").status == 422
    assert try_code(visitor, a_guess(), "2001:db8:1:2:ffff::1").status == 429
    assert try_code(visitor, a_guess(), "2001:db8:1:3::1").status == 422


def test_an_address_that_the_guesser_made_up_changes_nothing(besieged):
    # T46: the proxy adds where it saw the guesser; what stood there before is hearsay.
    visitor = Visitor(besieged)
    for number in range(MOST):
        try_code(visitor, a_guess(), f"198.51.100.{number}, 203.0.113.5")
    assert try_code(visitor, a_guess(), "198.51.100.99, 203.0.113.5").status == 429


def test_without_a_named_proxy_nobody_believes_a_header(tmp_path):
    visitor = Visitor(a_round_in(an_engine(tmp_path, **RATES), codes=1))
    visitor.client.environ_base["REMOTE_ADDR"] = "203.0.113.5"
    for number in range(MOST):
        assert try_code(visitor, a_guess(), f"198.51.100.{number}").status == 422
    assert try_code(visitor, a_guess(), "198.51.100.99").status == 429


def test_the_server_passes_on_what_a_named_proxy_says_and_nothing_without_one(tmp_path):
    # T46: behind a proxy whom nobody named all seem to be this machine, which is not limited.
    told = {}
    for named in (PROXY, {}):
        engine = an_engine(tmp_path / str(bool(named)), **RATES, **named)
        staged = a_round_in(engine, codes=1)
        with serving(staged.engine, "127.0.0.1", 0, works=False) as address:
            told[bool(named)] = [
                guess_over_http(f"{address}/{staged.slug}") for _ in range(MOST + 1)
            ]
    assert told[True] == [422] * MOST + [429]
    assert told[False] == [422] * (MOST + 1)


def guess_over_http(address):
    browser = Browser(address.rpartition("/")[0])
    path = CHECK.replace("~", "/proef-2027")
    browser.opener.addheaders.append(("X-Forwarded-For", "203.0.113.5"))
    return browser.send(browser.get(path), "code", code=a_guess()).status


def test_a_flood_from_everywhere_gives_one_alarm_and_keeps_no_resident_out(besieged):
    # T46, T47
    visitor = Visitor(besieged)
    for number in range(RATES["guessing_alarm"] + 3):
        assert try_code(visitor, a_guess(), f"203.0.{number}.1").status == 422
    (alarm,) = alarms(besieged)
    assert alarm.event.facts == {"wrong": RATES["guessing_alarm"]}
    assert desk_round(besieged.engine, besieged.slug).guessing == alarm.at
    assert try_code(visitor, besieged.codes[0], "203.0.113.200").status == 303


def test_a_school_behind_one_address_votes_on_whatever_it_mistypes(besieged):
    # T47: neither good codes nor typing errors count against a network.
    visitor = Visitor(besieged)
    for code in besieged.codes * 2:
        assert try_code(visitor, code[:-1] + "!", "203.0.113.5").status == 422
        assert try_code(visitor, code, "203.0.113.5").status == 303


def test_no_number_of_wrong_years_locks_a_code(tmp_path):
    # T11, T47: the thief of a letter does not know the year, and cannot lock the holder out.
    staged = a_round_in(tmp_path, round_=a_round(identity_checks=BOTH), codes=1)
    code = a_code_with_year(staged, "1980")

    def tried(year):
        check, engine = "code_and_birth_year", staged.engine
        asked = identity.begin_check(engine, staged.slug, check, locale="nl")
        answer = {"code": code, "birth_year": year}
        return identity.complete_check(engine, staged.slug, check, asked.carry, answer, locale="nl")

    for year in range(1900, 1980):
        with pytest.raises(UnknownCode):
            tried(str(year))
    assert isinstance(tried("1980"), identity.Admitted)


def a_code_with_year(staged, year):
    slug, code = a_round().slug, new_code()
    second = second_of(staged.engine, slug, year, "recht")
    right = Entitlement("recht", slug, STYLE, None, Channel.NONE, second)
    (tag,) = code_tags.fresh_tags(staged.engine, slug, [code])
    with staged.engine.stores.register.write() as work:
        work.entitlements.add_many([sealed_right(staged.engine, right)])
        made = Code(slug, tag, "recht", 1, CodeState.SENT)
        work.codes.add_many([sealer_of(staged.engine, slug).code(made)])
        work.commit()
    return written(code)


@pytest.fixture
def hashes(monkeypatch):
    """Every slow hash that is made, as it is made."""
    made, original = [], code_tags.code_tag

    def counted(code, **more):
        made.append(code)
        return original(code, **more)

    monkeypatch.setattr(code_tags, "code_tag", counted)
    return made


def test_whatever_becomes_of_a_code_it_takes_one_slow_hash(tmp_path, hashes):
    # T48: the hash takes a thousand times what comes after it.
    staged = a_round_in(tmp_path, codes=5)
    good, used, void, back, old = staged.codes
    vote(staged, used, ["AED"])
    codes.void_code(staged.engine, staged.slug, void, "overleden", "balie")
    codes.return_code(staged.engine, staged.slug, back, "niet bezorgd", "balie")
    codes.replace_code(staged.engine, staged.slug, old, "brief kwijt", "balie")
    with_year = a_code_with_year(staged, "1980")
    trial = code_batches.create_batch(
        staged.engine, staged.slug, kind="test", number=1, by="team"
    ).codes[0]

    def outcome(code, **more):
        hashes.clear()
        try:
            codes.find_entitlement(staged.engine, staged.slug, code, **more)
        except (UnknownCode, CodeVoid, MistypedCode) as refusal:
            return type(refusal).__name__, len(hashes)
        return "found", len(hashes)

    assert {outcome(code) for code in (good, used)} == {("found", 1)}
    assert {outcome(code) for code in (void, back, old, trial)} == {("CodeVoid", 1)}
    assert outcome(a_guess()) == ("UnknownCode", 1)
    assert outcome(with_year, second="1980") == ("found", 1)
    assert outcome(with_year, second="1981") == ("UnknownCode", 1)
    assert outcome(good[:-1] + "!") == ("MistypedCode", 0)  # the check symbol is public


def test_what_is_wrong_with_a_typed_code_is_said(besieged):
    # T49
    visitor, code = Visitor(besieged), besieged.codes[0]
    swapped = next(
        code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        for at in range(len(code) - 1)
        if code[at] != code[at + 1] and "-" not in code[at : at + 2]
    )
    for typed, told in (
        (code[:5] + "é" + code[6:], "Teken 5 komt nooit voor"),
        (swapped, "verwisseld"),
        (code[:-1], "U typte er 15. Het moeten er 16 zijn."),
    ):
        page = try_code(visitor, typed, "203.0.113.5")
        assert (page.status, told in page.text) == (422, True), page.text


def test_no_code_and_no_address_is_kept_or_logged(besieged, everything_logged):
    # T50
    visitor, network = Visitor(besieged), "203.0.113.77"
    tried = [a_guess() for _ in range(MOST)] + [besieged.codes[0]]
    for code in tried:
        try_code(visitor, code, network)
    rows = [
        *raw_sql(besieged.engine.stores.site, "SELECT * FROM throttles"),
        *raw_sql(besieged.engine.stores.site, "SELECT * FROM log"),
        *raw_sql(besieged.engine.stores.register, "SELECT * FROM codes"),
        *raw_sql(besieged.engine.stores.register, "SELECT * FROM batches"),
    ]
    assert rows
    kept = f"{everything_logged.getvalue()} {rows!r}"
    assert "check" in everything_logged.getvalue()
    assert network not in kept
    for code in tried:
        assert code not in kept
        assert code.replace("-", "") not in kept


def test_a_key_of_yesterday_is_gone_with_the_first_try_of_today(besieged):
    visitor = Visitor(besieged)
    try_code(visitor, a_guess(), "203.0.113.5")
    (first,) = throttle_keys(besieged)
    visitor.at(besieged.engine.clock() + 24 * identity.TICKET_LIFE / 2)
    try_code(visitor, a_guess(), "203.0.113.5")
    (second,) = throttle_keys(besieged)
    assert first != second
    assert len(raw_sql(besieged.engine.stores.site, "SELECT key FROM throttles")) == 2


def throttle_keys(staged):
    return [name for name in staged.engine.keyring.names() if name.endswith(".throttle")]


def test_more_codes_than_the_line_holds_are_sent_away_and_a_ballot_never_waits(tmp_path, hashes):
    # T51
    staged = a_round_in(tmp_path, codes=2)
    ticket = admitted(staged, staged.codes[0]).ticket
    line = Line(1)
    busy = dataclasses.replace(staged, engine=dataclasses.replace(staged.engine, line=line))
    visitor = Visitor(busy)
    hashes.clear()
    with line.place():
        page = try_code(visitor, staged.codes[1], "203.0.113.5")
        assert (page.status, page.headers["retry-after"]) == (503, "5")
        assert "Uw code blijft geldig" in page.text
        assert staged.codes[1] in page.html  # nobody has to type it again
        with pytest.raises(TooBusy):
            admitted(busy, busy.codes[1])
        choice = [staged.ideas["AED"]]
        assert cast_ballot(busy.engine, busy.slug, ticket, choice, new_attempt()).number
        assert hashes == []
    assert admitted(busy, busy.codes[1]).ticket


def test_a_line_lets_in_as_many_as_it_has_places_and_works_no_more_at_once_than_processors(at_once):
    line, lock, inside, most = Line(6), threading.Lock(), [0], [0]
    full, checked = threading.Event(), []

    def one():
        with line.place():
            with lock:
                inside[0] += 1
                most.append(inside[0])
            full.wait(10)
            with lock:
                inside[0] -= 1

    def seventh():
        while line._places._value:
            pass
        try:
            with line.place():
                checked.append("in")
        except TooBusy:
            checked.append("sent away")
        full.set()

    assert at_once(*[one] * 6, seventh) == [None] * 7
    assert checked == ["sent away"]
    assert max(most) <= (os.cpu_count() or 1)


def test_a_place_is_given_back_whatever_happens():
    line = Line(1)
    for _ in range(3):
        with pytest.raises(UnknownCode), line.place():
            raise UnknownCode("gone")
    with line.place(), pytest.raises(TooBusy), line.place():
        pass


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("127.0.0.1", None),
        ("::1", None),
        ("unix:", None),
        ("", None),
    ],
)
def test_a_network_is_one_line_into_a_house(address, network):
    assert network_of(address) == network


def test_pages_of_the_box_have_no_limit_and_ask_for_no_address(besieged):
    pages = Path(box.__file__).parent
    for name in ("voting", "receipts", "box"):
        source = (pages / f"{name}.py").read_text(encoding="utf-8")
        assert not re.search(r"throttl|remote_addr|network|access_route|limit\(", source), name
    on_box = Visitor(besieged)
    on_box.cast(besieged.codes[0], "AED")
    assert raw_sql(besieged.engine.stores.site, "SELECT * FROM throttles") == []
