"""The days and hours at which classes vote, and a sentence about them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from pb_engine.api import LocalText, Settings
from pb_engine.api.setting import asked

_HERE = ZoneInfo("Europe/Amsterdam")
_MOST_DAYS = 60
_NONE = LocalText(
    "Er zijn in deze ronde geen dagen afgesproken waarop klassen stemmen.",
    "No days have been agreed upon in this round at which classes vote.",
)


class Hours(Schema):
    """When codes of classes are good: ``days``, and on each of them ``opens`` to ``closes``.

    Without days they never are.
    """

    class Meta:
        """Times are written as on a clock."""

        timeformat: ClassVar[str] = "%H:%M"

    days = asked(
        fields.List(fields.Date(), load_default=list, validate=validate.Length(max=_MOST_DAYS)),
        ("Dagen waarop klassen stemmen", "Days at which classes vote"),
        ("Eén dag op een regel, zoals 30-11-2027.", "One day on a line, such as 30-11-2027."),
    )
    opens = asked(
        fields.Time(load_default=time(8, 30)),
        ("Vanaf hoe laat?", "From what time?"),
        ("Een tijd zoals 08:30.", "A time such as 08:30."),
    )
    closes = asked(fields.Time(load_default=time(15, 0)), ("Tot hoe laat?", "Until what time?"))

    @validates_schema
    def _in_order(self, given: dict[str, Any], **_: Any) -> None:
        if given["opens"] >= given["closes"]:
            raise ValidationError("closes must come after opens", "closes")


def closed(settings: Settings, now: datetime) -> LocalText | None:
    """Say when codes of classes are good, unless they are now.

    :param now: with a time zone; compared on a Dutch clock.
    """
    here = now.astimezone(_HERE)
    opens, closes = settings["opens"], settings["closes"]
    if here.date() in settings["days"] and opens <= here.time() < closes:
        return None
    coming = sorted(day for day in settings["days"] if day >= here.date())
    if not coming:
        return _NONE if not settings["days"] else _OVER
    return _at(coming, f"{opens:%H:%M}", f"{closes:%H:%M}")


_OVER = LocalText(
    "De dagen waarop klassen stemmen, zijn voorbij. Vraag uw leraar om hulp.",
    "The days at which classes vote are over. Ask your teacher for help.",
)


def _at(days: list[date], opens: str, closes: str) -> LocalText:
    told = ", ".join(f"{day.day}-{day.month}-{day.year}" for day in days)
    return LocalText(
        f"Deze code werkt alleen als de klas stemt: op {told}, van {opens} tot {closes} uur.",
        f"This code works only while the class votes: on {told}, from {opens} to {closes}.",
    )
