"""T79: who comes after the close is told so by the box, in words that it cannot take back."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from pb_engine.cli.verify import verify
from pb_engine.errors import TooLate
from pb_engine.sealing import (
    Refusal,
    new_signing_key,
    read_refusal,
    refusal_is_signed,
    sign_refusal,
)
from pb_engine.services import counting, phases, publication
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.verifier import Asked
from tests.attacks.staging import a_ticket, name_of
from tests.builders import CALENDAR, a_round_in, adopt_and_publish
from tests.store.raw import EVERY_BALLOT, raw_sql
from tests.verifier.bundles import failing, published
from tests.web.visitor import Visitor

MINUTE = timedelta(minutes=1)
BEFORE = CALENDAR.voting.end - MINUTE
AFTER = CALENDAR.voting.end + 15 * MINUTE


def closed(staged):
    after = staged.move_to(AFTER)
    phases.take_step(after.engine, staged.slug, "close_voting", "team")
    return after


def refused(staged, ticket, attempt, title="AED"):
    with pytest.raises(TooLate) as told:
        cast_ballot(staged.engine, staged.slug, ticket, [staged.ideas[title]], attempt)
    return str(told.value.details["refusal"])


def test_a_late_ballot_gets_a_signed_refusal_that_names_it_and_the_log(tmp_path):
    staged = a_round_in(tmp_path).move_to(BEFORE)
    for voter in ("one", "two"):
        ticket = a_ticket(staged.engine, staged.slug, voter)
        cast_ballot(staged.engine, staged.slug, ticket, [staged.ideas["AED"]], new_attempt())
    late, attempt = a_ticket(staged.engine, staged.slug, "late"), new_attempt()
    after = closed(staged)
    refusal, signature = read_refusal(refused(after, late, attempt))
    with after.engine.stores.box.read() as box:
        state, head = box.state(staged.slug), box.log.head(staged.slug)
    assert refusal_is_signed(refusal, signature, public=state.receipt_key)
    assert (refusal.round, refusal.entries, refusal.root) == (staged.slug, 2, head.root.hex())
    choices = (staged.ideas["AED"],)
    assert refusal.offered == name_of(after.engine, staged.slug, late, choices, attempt)
    assert refusal.at == f"{AFTER:%Y-%m-%dT%H:%MZ}"
    assert raw_sql(after.engine.stores.box, f"SELECT count(*) FROM {EVERY_BALLOT}") == [(2,)]


def test_a_refusal_tells_nothing_about_the_choice(tmp_path):
    staged = a_round_in(tmp_path).move_to(BEFORE)
    ticket, attempt = a_ticket(staged.engine, staged.slug, "late"), new_attempt()
    after = closed(staged)
    texts = [refused(after, ticket, attempt, title) for title in ("AED", "Bankjes")]
    assert len({len(text) for text in texts}) == 1
    for text in texts:
        assert attempt not in text
        assert not any(idea in text for idea in staged.ideas.values())


def test_a_ticket_that_is_late_as_well_gets_the_same_answer_and_an_old_ballot_its_receipt(tmp_path):
    staged = a_round_in(tmp_path).move_to(BEFORE)
    early, attempt = a_ticket(staged.engine, staged.slug, "early"), new_attempt()
    receipt = cast_ballot(staged.engine, staged.slug, early, [staged.ideas["AED"]], attempt)
    late = a_ticket(staged.engine, staged.slug, "late")
    next_week = closed(staged).move_to(AFTER + timedelta(days=7))
    assert read_refusal(refused(next_week, late, new_attempt()))
    again = cast_ballot(next_week.engine, staged.slug, early, [staged.ideas["AED"]], attempt)
    assert again == receipt


@pytest.mark.parametrize("minutes", [0, 20 * 60])
def test_a_voter_who_sends_too_late_sees_a_page_with_the_refusal_to_keep(tmp_path, minutes):
    staged, sizes = a_round_in(tmp_path).move_to(BEFORE), set()
    looks = [
        (one := Visitor(staged), one.send(one.enter(code), "choices", choices=one.ids(*titles)))
        for code, titles in zip(
            staged.codes, (["AED"], ["AED", "Bankjes", "Moestuin"]), strict=False
        )
    ]
    closed(staged)
    moment = AFTER + minutes * MINUTE
    for visitor, look in looks:
        visitor.at(moment)
        page = visitor.send(look, "step")
        assert page.status == 409
        assert "De stembus is dicht" in page.text
        assert "telt niet mee" in page.text
        assert page.headers["cache-control"] == "no-store"
        refusal, _ = read_refusal(page.html.split('<code class="digest">')[1].split("<")[0])
        assert refusal.at == f"{moment:%Y-%m-%dT%H:%MZ}"
        assert not any(title in page.text for title in staged.ideas)
        sizes.add(len(page.body))
    assert len(sizes) == 1


@pytest.fixture(scope="module")
def true():
    """A published round, and the key with which its box signs."""
    made = published()
    return made, made.engine.keyring.get(f"{made.slug}.receipt")


def said_by(made, key, **changes):
    last = made.lines("heads.jsonl")[-1]
    closed_at = next(one["at"] for one in made.lines("events.jsonl")
                     if one["name"] == "voting_closed")  # fmt: skip
    fields = {
        "round": made.slug,
        "entries": last["size"],
        "root": last["root"],
        "offered": "0" * 32,
        "at": closed_at[:16] + "Z",
        **changes,
    }
    return sign_refusal(Refusal(**fields), key=key)


def test_anybody_checks_a_refusal_against_the_published_bundle(true):
    made, key = true
    assert failing(made.raw, Asked(refusals=(said_by(made, key),))) == set()
    first = made.lines("heads.jsonl")[1]
    early_head = said_by(made, key, entries=first["size"], root=first["root"])
    assert failing(made.raw, Asked(refusals=(early_head,))) == set()
    lies = (
        said_by(made, new_signing_key()),
        said_by(made, key, round="ander-2027"),
        said_by(made, key, root="0" * 64),
        said_by(made, key, entries=1),
        said_by(made, key, at="2027-05-29T12:00Z"),
        said_by(made, key, at="2027-13-29T12:00Z"),
        "nonsense",
    )
    for lie in lies:
        assert failing(made.raw, Asked(refusals=(lie,))) == {"too late"}, lie


def test_the_command_reads_the_refusal_from_a_file_and_says_when_the_box_lied(true, tmp_path):
    made, key = true
    bundle, kept = tmp_path / "bundle.zip", tmp_path / "te-laat.txt"
    bundle.write_bytes(made.raw)
    kept.write_text(said_by(made, key).replace(" ", "\n"), encoding="utf-8")
    done = CliRunner().invoke(verify, [str(bundle), "--refusal", str(kept)])
    assert done.exit_code == 0
    assert "ok   too late: The box was closed already when it refused at" in done.output
    kept.write_text(said_by(made, key, at="2027-05-28T20:00Z"), encoding="utf-8")
    done = CliRunner().invoke(verify, [str(bundle), "--refusal", str(kept), "--language", "nl"])
    assert done.exit_code == 1
    assert "FOUT too late: De stembus weigerde om 2027-05-28T20:00Z, maar ging pas" in done.output


def test_a_refusal_that_the_box_really_gave_holds_in_the_bundle_of_its_round(tmp_path):
    staged = a_round_in(tmp_path, votes={"Bankjes": 2}).move_to(BEFORE)
    ticket = a_ticket(staged.engine, staged.slug, "late")
    after = closed(staged)
    told = refused(after, ticket, new_attempt())
    for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
        step(after.engine, staged.slug, "team")
    raw = publication.download(after.engine, staged.slug, "bundle.zip").body
    assert failing(raw, Asked(refusals=(told,))) == set()
