"""Once on every working day: a mail to officials with what waits for them.

It holds numbers and nothing that a resident wrote or is: a mailbox is no place for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pb_engine.domain.conversation import is_working_day
from pb_engine.domain.people import Role, roles_in
from pb_engine.domain.phases import DUTCH_TIME, Phase
from pb_engine.domain.rounds import Round
from pb_engine.domain.waiting import Awaited
from pb_engine.engine import Engine
from pb_engine.services.moderation import moderating
from pb_engine.services.officials import Official, all_officials
from pb_engine.services.review_list import ReviewLine, ReviewWishes, review_list
from pb_engine.services.rounds import round_list
from pb_engine.store.site import OutMessage
from pb_engine.units import RoundId

__all__ = ["FROM_HOUR", "Waits", "send_digests", "set_digest", "waits_for", "wants_digest"]

FROM_HOUR = 7
"""Dutch time; whoever works later in the day than this sends it at once."""
_CURSOR = "digest"
_JUDGE = frozenset({Role.COMMISSION_MEMBER})
_READ = frozenset({Role.PARTICIPATION_TEAM, Role.MODERATOR})
_ANSWER = frozenset({Role.PARTICIPATION_TEAM, Role.SECRETARY, Role.DISTRICT_COACH})
_BUSY = frozenset({Phase.IDEAS, Phase.REVIEW})


@dataclass(frozen=True, slots=True)
class Waits:
    """What of one round waits for one official: how many of each kind, and how many are late."""

    round: Round
    assessments: tuple[int, int] = (0, 0)
    decisions: tuple[int, int] = (0, 0)
    appeals: tuple[int, int] = (0, 0)
    replies: tuple[int, int] = (0, 0)
    comments: tuple[int, int] = (0, 0)
    questions: tuple[int, int] = (0, 0)

    @property
    def anything(self) -> bool:
        """Tell whether there is any reason to write."""
        return any(number for number, _ in (getattr(self, name) for name in _LINES))


_LINES = {
    "assessments": ("idee wacht op uw oordeel", "ideeën wachten op uw oordeel"),
    "decisions": ("idee wacht op een besluit", "ideeën wachten op een besluit"),
    "appeals": (
        "verzoek om herziening wacht op een beslissing",
        "verzoeken om herziening wachten op een beslissing",
    ),
    "replies": (
        "idee wacht op een antwoord van buiten",
        "ideeën wachten op een antwoord van buiten",
    ),
    "comments": ("reactie wacht op een lezer", "reacties wachten op een lezer"),
    "questions": ("vraag wacht op een antwoord", "vragen wachten op een antwoord"),
}
_SUBJECT = "Wat er op u wacht in het wijkbudget"
_BODY = """Beste {name},

Dit wacht op u:

{rounds}

U krijgt deze mail op werkdagen, en alleen als er iets wacht.
Wilt u hem niet meer? Zet hem uit bij Mijn account:
{account}
"""


def send_digests(engine: Engine) -> int:
    """Write today's mails, once; return how many that were.

    Nothing happens before ``FROM_HOUR``, in a weekend, or on a public holiday.
    """
    here = engine.clock().astimezone(DUTCH_TIME)
    today = here.date()
    number = int(f"{today:%Y%m%d}")
    if here.hour < FROM_HOUR or not is_working_day(today):
        return 0
    with engine.stores.site.read() as work:
        if work.cursors.get(_CURSOR) >= number:
            return 0
        stopped = work.digest_stops.all()
    wanting = [one for one in all_officials(engine) if one.active and one.id not in stopped]
    letters = tuple(_letters(engine, wanting, number))
    with engine.stores.site.write() as work:
        # Somebody else may have done it meanwhile: the keys decide then.
        added = work.messages.add_all(letters)
        work.cursors.set(_CURSOR, max(number, work.cursors.get(_CURSOR)))
        work.commit()
    return added


def waits_for(engine: Engine, official: Official) -> tuple[Waits, ...]:
    """Return what waits for an official, round by round; nothing where nothing waits."""
    found = (
        _in_round(engine, stored.round, official)
        for stored in round_list(engine)
        if stored.phase in _BUSY
    )
    return tuple(one for one in found if one.anything)


def wants_digest(engine: Engine, official: int) -> bool:
    """Tell whether an official gets the daily mail."""
    with engine.stores.site.read() as work:
        return official not in work.digest_stops.all()


def set_digest(engine: Engine, official: int, *, wanted: bool) -> bool:
    """Let an official get the daily mail or not; tell whether that changed anything."""
    with engine.stores.site.write() as work:
        stops = work.digest_stops
        changed = stops.remove(official) if wanted else stops.add(official)
        work.commit()
    return changed


def _letters(engine: Engine, officials: Iterable[Official], number: int) -> Iterator[OutMessage]:
    for one in officials:
        if waits := waits_for(engine, one):
            rounds = "\n\n".join(_told(engine, each) for each in waits)
            account = f"{engine.settings.base_url}/beheer/account"
            body = _BODY.format(name=one.name, rounds=rounds, account=account)
            yield OutMessage(f"digest-{number}-{one.id}", one.email, _SUBJECT, body, "nl")


def _told(engine: Engine, waits: Waits) -> str:
    lines = [waits.round.name.nl]
    for name, (single, several) in _LINES.items():
        number, late = getattr(waits, name)
        if number:
            over = f", {late} te laat" if late else ""
            lines.append(f"- {number} {single if number == 1 else several}{over}")
    talk = not (waits.assessments[0] or waits.decisions[0] or waits.appeals[0] or waits.replies[0])
    part = "reacties" if talk else "ideeen"
    return "\n".join([*lines, f"{engine.settings.base_url}/beheer/{waits.round.slug}/{part}"])


def _in_round(engine: Engine, round_: Round, official: Official) -> Waits:
    roles = roles_in(official.grants, round_.slug)
    judging = _to_judge(engine, round_.slug, official.name) if roles & _JUDGE else {}
    talk = moderating(engine, round_.slug) if roles & (_READ | _ANSWER) else None
    return Waits(
        round_,
        comments=(len(talk.waiting), 0) if talk and roles & _READ else (0, 0),
        questions=(len(talk.questions), talk.late) if talk and roles & _ANSWER else (0, 0),
        **judging,
    )


def _to_judge(engine: Engine, slug: RoundId, member: str) -> dict[str, tuple[int, int]]:
    with engine.stores.site.read() as work:
        mine = {one.idea for one in work.assessments.of_round(slug) if one.member == member}
        barred = {one.idea for one in work.assessments.interests_of(slug, member)}
    lines = [
        one
        for one in review_list(engine, slug, ReviewWishes()).lines
        if one.waiting is not None and one.idea.id not in barred
    ]

    def of(what: Awaited, *, without: Iterable[str] = ()) -> list[ReviewLine]:
        out = set(without)
        here = (one for one in lines if one.waiting and one.waiting.what is what)
        return [one for one in here if one.idea.id not in out]

    judged = {
        one.idea.id for one in lines if one.idea.review and one.idea.review.reviewed_by == member
    }
    found = {
        "assessments": of(Awaited.ASSESSMENT, without=mine),
        "decisions": of(Awaited.DECISION),
        "appeals": of(Awaited.APPEAL, without=judged),
        "replies": of(Awaited.REPLY),
    }
    return {name: (len(each), sum(one.late for one in each)) for name, each in found.items()}
