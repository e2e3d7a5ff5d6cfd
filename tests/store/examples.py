"""Small values to put in stores."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pb_engine.ballots import BallotFormat, BallotPaper, PaperLine, canonical_json
from pb_engine.domain.ideas import Idea, IdeaState, Recurrence, Submitter
from pb_engine.domain.phases import Phase
from pb_engine.domain.round_document import read_round, round_document
from pb_engine.store.box import BoxState, StoredBallot
from pb_engine.store.register import Channel, Entitlement
from pb_engine.units import AreaId, Cents, IdeaId, ProjectId, RoundId

SLUG = RoundId("proef-2027")
OTHER = RoundId("ander-2027")
NOW = datetime(2027, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)
LATER = NOW + timedelta(hours=5)


def _both(text):
    return {"nl": text, "en": f"{text} (en)"}


def a_round(slug=SLUG, name="Proefwijk"):
    window = {"opens": "2027-03-01", "closes": "2027-03-28"}
    return read_round(
        {
            "slug": slug,
            "name": _both(name),
            "place": "Enschede",
            "summary": _both("Samen doen"),
            "languages": ["nl", "en"],
            "ordinance": _both("Verordening"),
            "fund": {"source": "wijkbudget", "budget_cents": 1_000_000},
            "areas": {"tree": [{"id": "GM0153", "kind": "gemeente", "name": "Enschede"}]},
            "calendar": {
                "announced": "2027-02-08",
                "ideas": window,
                "review": {"opens": "2027-03-29", "closes": "2027-04-18"},
                "voting": {"opens": "2027-05-10", "closes": "2027-05-30"},
                "counting": {"opens": "2027-05-31", "closes": "2027-06-01"},
                "result": "2027-06-04",
            },
            "voters": {
                "areas": ["GM0153"],
                "minimum_age": 12,
                "reference_date": "2027-05-10",
            },
            "submission": {
                "min_cost_cents": 25_000,
                "max_cost_cents": 600_000,
                "max_ideas": 3,
                "helper_below": 16,
                "themes": [{"id": "groen", "name": _both("groen")}],
                "who": _both("bewoners"),
            },
            "criteria": [{"number": "R1", "text": _both("Voor iedereen")}],
            "ballot": {
                "format": "approval",
                "min_choices": 1,
                "max_choices": 3,
                "may_change": True,
            },
            "voting_method": {"name": "greedy", "settings": {"depth": 1}},
            "tie": {"text": _both("Het lot beslist")},
            "identity_checks": [{"name": "voting_code"}],
            "contact": {
                "name": "Team",
                "email": "team@example.org",
                "phone": "14 053",
                "address": "Langestraat 24",
            },
            "decision": {
                "who": _both("het college"),
                "objection_possible": True,
                "text": _both("Bezwaar kan"),
            },
        },
        "example",
    )


def document_of(round_):
    return canonical_json(round_document(round_))


def add_round(work, slug=SLUG, phase=Phase.DRAFT):
    round_ = a_round(slug)
    work.rounds.add(round_, document_of(round_), phase, NOW)
    return round_


def an_idea(number=1, slug=SLUG, **changes):
    fields = {
        "id": IdeaId(f"{slug}-{number}"),
        "round": slug,
        "number": number,
        "title": "Bankjes in het park",
        "description": "Drie bankjes bij de vijver, met uitzicht.",
        "motivation": "Ouderen rusten er uit.",
        "cost_cents": Cents(640_000_000_000),
        "area": AreaId("GM0153"),
        "place": "bij de vijver",
        "theme": "groen",
        "own_effort": "Wij verven ze zelf.",
        "recurrence": Recurrence.ONCE,
        "submitters": (
            Submitter("Fatma", "Fatma@Example.org", "tante Ria"),
            Submitter("Joost"),
        ),
        "state": IdeaState.SUBMITTED,
        "submitted_on": date(2027, 3, 4),
        "version": 1,
    }
    return Idea(**{**fields, **changes})


def a_paper(cost=250_00):
    return BallotPaper(
        BallotFormat.BASKET,
        tuple(PaperLine(ProjectId(name), Cents(cost)) for name in ("een", "twee")),
        min_choices=1,
        max_choices=2,
        spend_limit=Cents(500_00),
    )


def a_box(slug=SLUG, **changes):
    fields = {
        "round": slug,
        "open": True,
        "suite": "hpke-p256-sha256-aes128gcm",
        "public_key": b"\x04public\x00",
        "manifest": "ab" * 32,
        "may_change": True,
        "receipt_key": b"receipt",
        "ticket_key": b"ticket",
    }
    return BoxState(**{**fields, **changes})


def a_ballot(pseudonym="p1", number=1, slug=SLUG, **changes):
    fields = {
        "round": slug,
        "pseudonym": pseudonym,
        "number": number,
        "style": "all",
        "attempt": f"{number:032x}",
        "sealed": b"sealed\x00" + str(number).encode(),
    }
    return StoredBallot(**{**fields, **changes})


def a_right(number=1, slug=SLUG, channel=Channel.NONE):
    return Entitlement(f"{number:032x}", slug, "all", None, channel)
