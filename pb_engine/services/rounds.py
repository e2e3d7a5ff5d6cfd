"""Rounds: import, list, export, publish the seed, amend the rules."""

from __future__ import annotations

import dataclasses
import secrets
from pathlib import Path

from pb_engine.ballots import canonical_json
from pb_engine.domain.ballot_limits import Placed
from pb_engine.domain.events import Event
from pb_engine.domain.phases import Phase
from pb_engine.domain.round_document import round_document
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import (
    ConcurrentEdit,
    InvalidRound,
    NotReady,
    RulesFrozen,
    UnknownRound,
    WrongPhase,
)
from pb_engine.services import placards
from pb_engine.services.channels import begin_plan
from pb_engine.services.papers import places_of
from pb_engine.services.round_files import (
    check_plugins,
    read_round_file,
    read_round_text,
    round_text,
)
from pb_engine.services.rules import digest_of, frozen_register, rules_document
from pb_engine.services.saving import use_saved
from pb_engine.services.trustees import frozen_trustees
from pb_engine.store.site import Freeze, SiteWork, StoredRound
from pb_engine.tallying import Project
from pb_engine.units import RoundId

SHORTEST_REASON = 10
_FIXED_WHILE_VOTING = (
    "fund",
    "pots",
    "areas",
    "voters",
    "criteria",
    "ballot",
    "voting_method",
    "compared_methods",
    "tie",
    "identity_checks",
    "decision",
    "trustees",
)


def import_round(engine: Engine, path: Path, by: str) -> Round:
    """Read a round file into the site store, as a draft.

    Importing again replaces the draft; once ideas are open only an equal round is accepted.

    :raises InvalidRound: naming file, key and what is allowed.
    :raises RulesFrozen: the round has left its draft and the file says something else.
    """
    round_ = read_round_file(path)
    check_plugins(engine, round_, path.name)
    return add_round(engine, round_, by)


def add_round(engine: Engine, round_: Round, by: str, *, texts_of: str = "") -> Round:
    """Put a checked round into the site store, as a draft; see ``import_round``.

    :param texts_of: the round whose texts of letters, and whose channel plan, a new round takes
        over; empty for none.
    :raises InvalidRound: it uses saved money that it cannot use, or the addresses of another round.
    """
    document = canonical_json(round_document(round_))
    with engine.stores.site.write() as work:
        stored = _stored(work, round_.slug)
        _require_own_address(work, round_)
        if stored is None:
            work.rounds.add(round_, document, Phase.DRAFT, engine.clock())
            _take_over_texts(engine, work, round_, texts_of, by)
            begin_plan(engine, work, round_.slug, texts_of, by)
        elif stored.round == round_:
            return round_
        elif stored.phase is Phase.DRAFT:
            work.rounds.replace(round_.slug, round_, document)
        else:
            raise RulesFrozen(
                f"round {round_.slug} has left its draft; amend its rules with a reason instead",
                round=round_.slug,
            )
        event = Event("round_imported", round_.slug, by, {"digest": digest_of(document)})
        for one in (event, *use_saved(work, round_, engine.today(), by)):
            work.log.append(one, engine.clock())
        work.commit()
    return round_


def _take_over_texts(engine: Engine, work: SiteWork, round_: Round, source: str, by: str) -> None:
    texts = work.letter_texts.all(RoundId(source))
    for (slot, locale), body in texts.items():
        work.letter_texts.put(round_.slug, slot, locale, body)
    if texts:
        facts: dict[str, str | int] = {"copied_from": source, "texts": len(texts)}
        work.log.append(Event("texts_copied", round_.slug, by, facts), engine.clock())


def _require_own_address(work: SiteWork, round_: Round) -> None:
    """Refuse a round whose addresses are those of another one.

    :raises InvalidRound: its short address is in use, or its slug is somebody's short address.
    """
    for other in (one.round for one in work.rounds.all() if one.round.slug != round_.slug):
        if round_.short and round_.short in {other.short, other.slug}:
            raise InvalidRound(f"short: {round_.short} already leads to round {other.slug}")
        if other.short == round_.slug:
            raise InvalidRound(f"slug: {round_.slug} is the short address of round {other.slug}")


def round_at(engine: Engine, short: str) -> RoundId | None:
    """Return the round to which a short address leads, in small letters or capitals."""
    wanted = short.casefold()
    with engine.stores.site.read() as work:
        every = work.rounds.all()
    return next((one.round.slug for one in every if one.round.short == wanted != ""), None)


def _stored(work: SiteWork, slug: RoundId) -> StoredRound | None:
    try:
        return work.rounds.lock(slug)
    except UnknownRound:
        return None


def round_list(engine: Engine) -> tuple[StoredRound, ...]:
    """Return every round with its phase, by slug."""
    with engine.stores.site.read() as work:
        return work.rounds.all()


def stored_round(engine: Engine, slug: str) -> StoredRound:
    """Return one round with its phase.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        return work.rounds.get(RoundId(slug))


def export_round(engine: Engine, slug: str) -> str:
    """Write a round as TOML; importing it gives an equal round.

    :raises UnknownRound: no round has this slug.
    """
    return round_text(stored_round(engine, slug).round)


def publish_seed(engine: Engine, slug: str, seed: str | None, by: str) -> str:
    """Publish the seed of the lot that settles ties, once, between ideas and voting.

    Not earlier: the lot of a project follows from the seed and its identifier, and whoever knew
    the seed could submit an idea again and again until its identifier is lucky.

    :param seed: what was drawn in public; ``None`` draws 128 random bits.
    :raises RulesFrozen: there is a seed already.
    :raises WrongPhase: ideas are not closed yet, or voting has opened.
    :raises InvalidRound: the seed is shorter than 8 or longer than 200 characters.
    """
    drawn = secrets.token_hex(16) if seed is None else seed.strip()
    if not 8 <= len(drawn) <= 200:  # noqa: PLR2004 - the same limits as in the document
        raise InvalidRound("tie.seed: must be 8 to 200 characters")
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        if stored.round.tie.seed is not None:
            raise RulesFrozen("the seed is published and cannot change any more", round=slug)
        if stored.phase is not Phase.REVIEW:
            raise WrongPhase(
                "the seed is published after ideas close and before voting opens",
                phase=stored.phase,
                wanted="review",
            )
        tie = dataclasses.replace(stored.round.tie, seed=drawn)
        round_ = dataclasses.replace(stored.round, tie=tie)
        work.rounds.replace(round_.slug, round_, canonical_json(round_document(round_)))
        work.log.append(Event("seed_published", round_.slug, by, {"seed": drawn}), engine.clock())
        work.commit()
    return drawn


def amend_rules(
    engine: Engine, slug: str, text: str, reason: str, by: str, frozen: int | None = None
) -> str:
    """Change the rules of a round after they froze: visible, with a reason; return the digest.

    While voting is open, nothing that decides who may vote, what may be chosen or how it is
    counted can change; dates, contacts and texts can.

    :param frozen: how often the rules were frozen when they were looked at; ``None`` does not say.
    :raises ConcurrentEdit: somebody changed the rules since.
    :raises RulesFrozen: the change is not allowed in this phase.
    :raises NotReady: the reason is too short.
    :raises InvalidRound: the new text is wrong.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotReady("an amendment needs a reason in words", problem="reason")
    round_ = read_round_text(text.encode(), f"{slug}.toml")
    check_plugins(engine, round_, f"{slug}.toml")
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        _check_amendment(stored, round_)
        if frozen is not None and len(work.freezes.all(stored.round.slug)) != frozen:
            raise ConcurrentEdit("somebody else changed these rules", round=slug)
        now = engine.clock()
        if stored.phase is Phase.VOTING:
            paper, projects = (
                work.papers.paper(stored.round.slug),
                work.papers.projects(stored.round.slug),
            )
            freezes = work.freezes.all(stored.round.slug)
            trustees, register = frozen_trustees(freezes), frozen_register(freezes)
            placed = _places(work, round_.slug, projects)
            links = work.links.of_round(round_.slug)
            document = rules_document(
                engine, round_, paper, projects, trustees, register, placed, links
            )
        else:
            document = rules_document(engine, round_)
        digest = digest_of(document)
        work.rounds.replace(round_.slug, round_, canonical_json(round_document(round_)))
        work.freezes.add(round_.slug, Freeze("amendment", digest, document, reason.strip(), now))
        facts = {"rules_digest": digest, "reason": reason.strip()}
        work.log.append(Event("rules_amended", round_.slug, by, facts), now)
        work.commit()
    if "box" in engine.parts:
        placards.renew(engine, slug)
    return digest


def _places(work: SiteWork, slug: RoundId, projects: tuple[Project, ...]) -> tuple[Placed, ...]:
    on_paper = {str(project.id) for project in projects}
    return places_of(one for one in work.ideas.all(slug) if str(one.id) in on_paper)


def _check_amendment(stored: StoredRound, round_: Round) -> None:
    if round_.slug != stored.round.slug:
        raise InvalidRound(f"slug: must stay {stored.round.slug!r}")
    if stored.phase not in {Phase.IDEAS, Phase.REVIEW, Phase.VOTING}:
        raise RulesFrozen(f"a round in phase {stored.phase} cannot be amended", phase=stored.phase)
    if round_.tie.seed != stored.round.tie.seed:
        raise RulesFrozen("an amendment cannot change the seed; publish it in its own step")
    if round_.fund.saved != stored.round.fund.saved:
        raise RulesFrozen("an amendment cannot change which saved money the round uses")
    if stored.phase is Phase.VOTING:
        for part in _FIXED_WHILE_VOTING:
            if getattr(round_, part) != getattr(stored.round, part):
                raise RulesFrozen(f"{part} cannot change while voting is open", part=part)
