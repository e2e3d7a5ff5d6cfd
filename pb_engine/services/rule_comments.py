"""Rules that lie open for comment before they freeze: whoever reads them can say something."""

from __future__ import annotations

from pb_engine.domain.conversation import SHORTEST_TEXT
from pb_engine.domain.ideas import tidy
from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.errors import WrongPhase
from pb_engine.sealing import new_nonce
from pb_engine.services.comments import check_texts
from pb_engine.store.site import RuleComment, StoredRound
from pb_engine.units import RoundId

LONGEST_RULE_COMMENT = 3000
MOST_RULE_COMMENTS = 2000


def lies_open(engine: Engine, stored: StoredRound) -> bool:
    """Tell whether the rules of a round can be commented on today."""
    talk = stored.round.consultation
    if talk is None or stored.phase is not Phase.DRAFT:
        return False
    return talk.opens <= engine.today() <= talk.closes


def comment_on_rules(engine: Engine, slug: str, body: str) -> None:
    """Keep what somebody says of the rules, without a name and without a time of day.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: these rules do not lie open now, or no more is taken.
    :raises InvalidIdea: the text is too short or too long.
    """
    told = tidy(body)
    check_texts(body=(told, SHORTEST_TEXT, LONGEST_RULE_COMMENT))
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(RoundId(slug))
        full = work.rule_comments.number(stored.round.slug) >= MOST_RULE_COMMENTS
        if full or not lies_open(engine, stored):
            raise WrongPhase("no comments are taken now", phase=stored.phase, wanted="comments")
        comment = RuleComment(new_nonce(), stored.round.slug, told, engine.today())
        work.rule_comments.add(comment)
        work.commit()


def rule_comments(engine: Engine, slug: str) -> tuple[RuleComment, ...]:
    """Return what was said of the rules of a round, by day.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        work.rounds.get(RoundId(slug))
        return work.rule_comments.all(RoundId(slug))
