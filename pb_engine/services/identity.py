"""From an identity check to a ballot ticket: the last place that knows who somebody is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pb_engine.api import (
    Ask,
    Assurance,
    CheckStep,
    Fact,
    IdentityCheck,
    Known,
    Question,
    Refused,
    SendTo,
    Visit,
)
from pb_engine.domain.eligibility import voting_area
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import PluginChoice, Round
from pb_engine.engine import Engine
from pb_engine.errors import (
    CheckRefused,
    CodeUsed,
    CodeVoid,
    EngineError,
    PluginProblem,
    UnknownCode,
    WrongPhase,
)
from pb_engine.pluginhost import load_settings, pick
from pb_engine.sealing import Ticket, issue_ticket, keyed_id, new_nonce, new_secret, pseudonym
from pb_engine.services import keys
from pb_engine.services.admission import Admitted, arrive
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.carrying import pack, unpack
from pb_engine.services.codes import find_entitlement
from pb_engine.services.rights import require_sealed, sealed_right
from pb_engine.store.register import Channel, CodeState, Entitlement
from pb_engine.units import LocalText, RoundId

TICKET_LIFE = timedelta(hours=2)
GRACE = timedelta(minutes=10)
"""A voter who began before the end may finish this long after it."""
CARRY_LIFE = 3600


@dataclass(frozen=True, slots=True)
class CheckCard:
    """One way to show that one may vote.

    :ivar declared: the visitor's word is all there is.
    """

    name: str
    label: LocalText
    summary: LocalText
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions to show; ``carry`` comes back with the answers."""

    questions: tuple[Question, ...]
    carry: str
    problem: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """An address to send the visitor to."""

    url: str
    carry: str


@dataclass(frozen=True, slots=True)
class NotVouched:
    """The check does not vouch for this visitor, and says why."""

    reason: LocalText


Answer = Asked | Sent | Admitted | NotVouched


@dataclass(frozen=True, slots=True)
class _Codes:
    """The code book of one round, as a check may see it."""

    engine: Engine
    slug: str

    def entitlement_of(self, typed: str) -> str:
        return find_entitlement(self.engine, self.slug, typed).id

    def entitlement_with(self, typed: str, second: str) -> str:
        return find_entitlement(self.engine, self.slug, typed, second=second).id

    def entitlement_at_school(self, typed: str) -> str:
        return find_entitlement(self.engine, self.slug, typed, at_school=True).id


def checks_of(engine: Engine, slug: str) -> tuple[CheckCard, ...]:
    """Return the identity checks of a round, in the order of its configuration.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(slug)).round
    offers = engine.plugins.identity_checks
    checks = [pick(offers, one.name, "identity check") for one in round_.identity_checks]
    return tuple(
        CheckCard(
            check.card.name,
            check.card.label,
            check.card.summary,
            declared=check.assurance is Assurance.SELF_DECLARED,
        )
        for check in checks
    )


def begin_check(
    engine: Engine, slug: str, check_name: str, *, locale: str, return_url: str = ""
) -> Answer:
    """Start an identity check.

    :raises WrongPhase: voting is not open.
    :raises CheckRefused: this round does not use this check.
    """
    round_, check, choice = _check_of(engine, slug, check_name)
    visit = _visit(engine, round_, check, locale, return_url)
    step = _guarded(check, lambda: check.begin(visit, load_settings(check, choice.settings)))
    return _answer(engine, round_, check, step)


def complete_check(
    engine: Engine,
    slug: str,
    check_name: str,
    carry: str,
    answer: Mapping[str, str],
    *,
    locale: str,
    return_url: str = "",
) -> Answer:
    """Go on with an identity check; on success the voting right is marked as digital.

    :raises WrongPhase: voting is not open.
    :raises InvalidTicket: ``carry`` is forged, foreign or older than an hour.
    :raises MistypedCode: and UnknownCode, CodeVoid, NotEligible as the check finds.
    :raises CodeUsed: this voting right is used and may not be used again.
    """
    round_, check, choice = _check_of(engine, slug, check_name)
    kept = unpack(engine, _purpose(slug, check_name), carry, CARRY_LIFE)
    visit = _visit(engine, round_, check, locale, return_url)
    settings = load_settings(check, choice.settings)
    raw = bytes.fromhex(str(kept["carry"]))
    step = _guarded(check, lambda: check.complete(visit, raw, dict(answer), settings))
    return _answer(engine, round_, check, step)


def _check_of(
    engine: Engine, slug: str, check_name: str
) -> tuple[Round, IdentityCheck, PluginChoice]:
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
    now, window = engine.clock(), stored.round.calendar.voting
    if stored.phase is not Phase.VOTING or now >= window.end:
        raise WrongPhase("voting is not open in this round", phase=stored.phase, wanted="voting")
    for choice in stored.round.identity_checks:
        if choice.name == check_name:
            check = pick(engine.plugins.identity_checks, choice.name, "identity check")
            return stored.round, check, choice
    raise CheckRefused(f"round {slug} does not use the check {check_name[:40]!r}")


def _visit(
    engine: Engine, round_: Round, check: IdentityCheck, locale: str, return_url: str
) -> Visit:
    wanted = {Fact.VOTING_RIGHT} if Fact.VOTING_RIGHT in check.vouches_for else {Fact.ADDRESS}
    if Fact.ADDRESS in wanted and round_.voters.minimum_age:
        wanted.add(Fact.BIRTH_YEAR)
    return Visit(
        round=round_.slug,
        wanted=frozenset(wanted),
        return_url=return_url,
        locale=locale,
        now=engine.clock(),
        codes=_Codes(engine, round_.slug),
    )


def _guarded(check: IdentityCheck, call: object) -> CheckStep:
    """Run plugin code; whatever it raises becomes a sentence, never a 500."""
    try:
        step: CheckStep = call()  # type: ignore[operator]
    except EngineError:
        raise
    except Exception as problem:
        raise PluginProblem(
            f"identity check {check.card.name!r} failed: {type(problem).__name__}",
            name=check.card.name,
        ) from problem
    return step


def _answer(engine: Engine, round_: Round, check: IdentityCheck, step: CheckStep) -> Answer:
    match step:
        case Ask():
            carry = _carry(engine, round_, check, step.carry)
            return Asked(step.questions, carry, step.problem)
        case SendTo():
            return Sent(step.url, _carry(engine, round_, check, step.carry))
        case Refused():
            return NotVouched(step.reason)
        case Known():
            return _admit(engine, round_, _entitlement(engine, round_, check, step))
    raise PluginProblem(
        f"identity check {check.card.name!r} gave back {type(step).__name__}", name=check.card.name
    )


def _carry(engine: Engine, round_: Round, check: IdentityCheck, carry: bytes) -> str:
    return pack(engine, _purpose(round_.slug, check.card.name), {"carry": carry.hex()})


def _purpose(slug: str, check_name: str) -> str:
    return f"identity {slug} {check_name}"


def _entitlement(engine: Engine, round_: Round, check: IdentityCheck, known: Known) -> Entitlement:
    slug = round_.slug
    if Fact.VOTING_RIGHT in check.vouches_for:
        with engine.stores.register.read() as work:
            right = work.entitlements.get(slug, known.subject)
        if right is None:
            raise UnknownCode("the register knows no such voting right")
        require_sealed(engine, right)
        return right
    year = known.facts.get(Fact.BIRTH_YEAR)
    area = voting_area(
        round_,
        address=known.facts.get(Fact.ADDRESS, ""),
        birth_year=int(year) if year and year.isdecimal() else None,
    )
    key = engine.keyring.get_or_create(keys.subject(slug), new_secret)
    subject = keyed_id(key, check.card.name, known.subject)
    right = sealed_right(engine, Entitlement(subject, slug, STYLE, area, Channel.NONE))
    with engine.stores.register.write() as writing:
        writing.entitlements.add_many([right])
        stored = writing.entitlements.get(slug, right.id)
        writing.commit()
    require_sealed(engine, stored or right)
    return stored or right


def _admit(engine: Engine, round_: Round, right: Entitlement) -> Admitted:
    slug = round_.slug
    with engine.stores.register.write() as work:
        work.entitlements.move(slug, right.id, (Channel.NONE,), Channel.DIGITAL)
        sent = (CodeState.EXPORTED, CodeState.SENT)
        work.codes.set_state_of(slug, right.id, sent, CodeState.USED)
        now_at = work.entitlements.get(slug, right.id)
        work.commit()
    channel = now_at.channel if now_at else Channel.VOID
    if channel is Channel.PAPER:
        raise CodeUsed("this voting right was used on paper", problem="paper")
    if channel is Channel.VOID:
        raise CodeVoid("this voting right was withdrawn", problem="void")
    name = pseudonym(engine.keyring.get(keys.link(slug)), round_id=slug, entitlement=right.id)
    expires = min(engine.clock() + TICKET_LIFE, round_.calendar.voting.end + GRACE)
    ticket = Ticket(
        round=slug,
        style=right.style,
        pseudonym=name,
        expires=int(expires.timestamp()),
        nonce=new_nonce(),
    )
    text = issue_ticket(ticket, key=engine.keyring.get(keys.ticket(slug)))
    if "box" in engine.parts:
        return arrive(engine, slug, text)
    # Another process has the box; there the voter learns whether this right was used.
    moment = datetime.fromtimestamp(ticket.expires, UTC)
    return Admitted(text, moment, round_.ballot.may_change, voted_before=False)
