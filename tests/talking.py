"""A round in which residents may talk, for tests: visitors, officials and their mail."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

from pb_engine.domain.conversation import Conversation, Moderation
from pb_engine.services.outbox import deliver
from pb_engine.services.review import Colour, Judgement, NewReview, judge_idea
from tests.builders import Staged, a_round, a_round_in, an_engine
from tests.web.visitor import Visitor

RULES = Conversation(support_minimum=2, comments=Moderation.AFTER, reply_days=5, appeal_days=7)
REJECTED = NewReview(
    outcome="reject",
    judgements=(
        Judgement("R1", Colour.GREEN),
        Judgement("R2", Colour.RED, "Dit gaat over een drempel in de straat."),
    ),
    reason="Dit gaat over verkeer, dus kan het niet.",
)


def a_talking_round(folder: Path, phase: str = "ideas", rules: Conversation = RULES) -> Staged:
    """Stage a round that takes support and comments; its mail goes into ``folder``."""
    mail = {"folder": str(folder / "mail")}
    engine = an_engine(folder / "stores", notifier="mail_file", notifier_settings=mail)
    return a_round_in(engine, phase, round_=a_round(conversation=rules), codes=1)


def reject(staged: Staged, title: str, by: str = "robin") -> str:
    """Let the commission reject an idea; return its identifier."""
    idea = staged.ideas[title]
    judge_idea(staged.engine, staged.slug, idea, REJECTED, 1, by)
    return idea


def post(staged: Staged):
    """Send what waits, and return every letter that ever went out."""
    deliver(staged.engine)
    folder = Path(staged.engine.settings.notifier_settings["folder"])
    files = sorted(folder.glob("*.eml")) if folder.exists() else []
    return [message_from_bytes(one.read_bytes(), policy=default) for one in files]


def links(letter, part: str) -> list[str]:
    """Return the paths in a letter that hold ``part``, without the site before them."""
    words = letter.get_content().split()
    return ["/" + one.split("/", 3)[3] for one in words if part in one]


def follow(visitor: Visitor, idea: str, email: str = "noor@example.org") -> str:
    """Follow an idea up to the last button; return the path of the link that confirms."""
    known = {letter["Message-ID"] for letter in post(visitor.staged)}
    visitor.send(visitor.get(f"~/ideeen/{idea}/volgen"), "email", email=email)
    (letter,) = (one for one in post(visitor.staged) if one["Message-ID"] not in known)
    return links(letter, "/volgen/")[0]
