"""Pictures that residents send in: looked at, made anew, and nothing but what can be seen kept.

A file is never stored as it came.  Its picture is drawn onto an empty one and written again, so
places, names of cameras, colour profiles, comments and whatever else travelled along are gone.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea, NotReady
from pb_engine.sealing import keyed_id, new_secret, normalised
from pb_engine.services.idea_drafts import draft_tag, require_ideas_open
from pb_engine.services.moderation import HOUSE_RULES
from pb_engine.store.site import Picture
from pb_engine.units import IdeaId, RoundId

__all__ = [
    "LARGEST_FILE",
    "LONGEST_ALTERNATIVE",
    "MOST_PICTURES",
    "Drawn",
    "Picture",
    "add_to_draft",
    "draft_picture_bytes",
    "draft_pictures",
    "idea_pictures",
    "judge_picture",
    "picture_bytes",
    "redrawn",
    "remove_from_draft",
    "with_words",
]

MOST_PICTURES: Final = 4
LARGEST_FILE: Final = 10 * 1024 * 1024
LONGEST_ALTERNATIVE: Final = 200
MOST_PIXELS: Final = 12_200_000
"""Of what must be unpacked whole: a PNG, a WebP, a progressive JPEG; a WebP takes 190 MB."""
MOST_PIXELS_JPEG: Final = 50_000_000
"""Of any other JPEG, which can be unpacked at an eighth, a quarter or half of its size."""
LONGEST_SIDE: Final = 1600
SMALL_SIDE: Final = 480
MEDIA_TYPE: Final = "image/jpeg"
_JPEG: Final = ("JPEG", "MPO")
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QUALITY: Final = 80
_MEGABYTE: Final = 1024 * 1024
_MILLION: Final = 1_000_000
_WHITE: Final = (255, 255, 255)
_NOT_HERE: Final = ("draft:", "story:")
"""Subjects whose pictures have addresses of their own, where each time it is asked who may see."""
_ONE_AT_A_TIME = threading.Lock()
"""Unpacking takes memory; so many at once as there are threads would take too much."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture made anew as JPEG: large and small, with the pixels of the large one."""

    body: bytes
    small: bytes
    width: int
    height: int


def redrawn(sent: bytes) -> Drawn:
    """Make a picture anew from a file that somebody sent.

    :raises InvalidIdea: it is too large, no still picture in a known form, or broken.
    """
    if len(sent) > LARGEST_FILE:
        raise _refused("photo_too_large", LARGEST_FILE // _MEGABYTE)
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(sent), formats=_FORMATS) as opened:
                _check(opened)
                return _drawn(opened)
        except UnidentifiedImageError:
            raise _refused("photo_unknown") from None
        except InvalidIdea:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise _refused("photo_too_many_pixels", MOST_PIXELS // _MILLION) from None
        # Whatever a decoder stumbles over in a file of a stranger: the file is what is wrong.
        except Exception:  # noqa: BLE001
            raise _refused("photo_broken") from None


def add_to_draft(engine: Engine, slug: str, code: str, sent: bytes, alternative: str) -> None:
    """Keep a picture with a draft; the same file twice is one picture.

    :raises WrongPhase: ideas are not open.
    :raises InvalidIdea: the file or the words are not right, or there are enough pictures.
    """
    words = " ".join(tidy(alternative).split())
    _check_words(words)
    tag = draft_tag(engine, slug, normalised(code))
    subject, name = f"draft:{tag}", _name(engine, tag, sent)
    drawn = redrawn(sent)
    with engine.stores.site.write() as work:
        require_ideas_open(engine, work.rounds.get(RoundId(slug)))
        draft = work.idea_drafts.in_turn(tag)
        there = work.pictures.of(RoundId(slug), subject)
        if draft is None or draft.idea or name in {one.id for one in there}:
            return
        if len(there) >= MOST_PICTURES:
            raise _refused("photo_too_many", MOST_PICTURES)
        position = max((one.position for one in there), default=0) + 1
        size = (drawn.width, drawn.height)
        picture = Picture(name, RoundId(slug), subject, position, words, MEDIA_TYPE, *size)
        work.pictures.add(picture, drawn.body, drawn.small)
        work.commit()


def with_words(slug: str, subject: str, sent: bytes, alternative: str) -> tuple[Picture, Drawn]:
    """Make a picture of an official anew, with the words for who does not see it.

    :param subject: what it belongs to, as ``Picture`` names it.
    :raises InvalidIdea: the file or the words are not right.
    """
    words = " ".join(tidy(alternative).split())
    _check_words(words)
    drawn = redrawn(sent)
    size = (drawn.width, drawn.height)
    name = f"f{secrets.token_hex(12)}"
    return Picture(name, RoundId(slug), subject, 1, words, MEDIA_TYPE, *size), drawn


def remove_from_draft(engine: Engine, slug: str, code: str, picture: str) -> None:
    """Take a picture away from a draft; one that is not there is no mistake."""
    subject = f"draft:{draft_tag(engine, slug, normalised(code))}"
    with engine.stores.site.write() as work:
        work.pictures.remove(subject, picture)
        work.commit()


def draft_pictures(engine: Engine, slug: str, code: str) -> tuple[Picture, ...]:
    """Return the pictures of a draft."""
    subject = f"draft:{draft_tag(engine, slug, normalised(code))}"
    with engine.stores.site.read() as work:
        return work.pictures.of(RoundId(slug), subject)


def idea_pictures(
    engine: Engine, slug: str, idea: str, *, hidden: bool = False
) -> tuple[Picture, ...]:
    """Return the pictures of an idea; for officials also the hidden ones."""
    with engine.stores.site.read() as work:
        return work.pictures.of(RoundId(slug), f"idea:{idea}", hidden=hidden)


def picture_bytes(engine: Engine, slug: str, picture: str, *, small: bool) -> bytes | None:
    """Return a picture that everybody may see; ``None`` for all others."""
    with engine.stores.site.read() as work:
        found = work.pictures.body(RoundId(slug), picture, small=small)
    return found[1] if found and not found[0].startswith(_NOT_HERE) else None


def draft_picture_bytes(engine: Engine, slug: str, code: str, picture: str) -> bytes | None:
    """Return a picture of a draft to whoever has its code."""
    subject = f"draft:{draft_tag(engine, slug, normalised(code))}"
    with engine.stores.site.read() as work:
        found = work.pictures.body(RoundId(slug), picture, small=True)
    return found[1] if found and found[0] == subject else None


def judge_picture(
    engine: Engine, slug: str, idea_id: str, picture: str, rule: str | None, by: str
) -> None:
    """Take a picture of an idea off the pages for a public rule, or put it back.

    Both stand in the log; a picture that is not there, or is so already, changes nothing.

    :param rule: one of ``HOUSE_RULES`` to hide it; ``None`` shows it.
    :raises NotReady: there is no such rule.
    :raises UnknownIdea: this round has no such idea.
    """
    if rule is not None and rule not in HOUSE_RULES:
        raise NotReady("a picture is hidden for a public rule only", problem="house_rule")
    with engine.stores.site.write() as work:
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        if not work.pictures.hide(f"idea:{idea.id}", hidden=rule is not None, only=picture):
            return
        facts = {
            "decision": "hidden" if rule else "shown",
            "idea": idea.id,
            "picture": picture,
            "rule": rule or "",
        }
        work.log.append(Event("picture_judged", idea.round, by, facts), engine.clock())
        work.commit()


def _check(opened: Image.Image) -> None:
    """Refuse what must not be unpacked; only the head of the file was read so far."""
    if opened.format not in _JPEG and getattr(opened, "n_frames", 1) > 1:
        raise _refused("photo_moves")
    parts = opened.format in _JPEG and not opened.info.get("progressive")
    most = MOST_PIXELS_JPEG if parts else MOST_PIXELS
    if opened.width * opened.height > most:
        raise _refused("photo_too_many_pixels", most // _MILLION)


def _drawn(opened: Image.Image) -> Drawn:
    if opened.format in _JPEG:
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(opened).convert("RGBA")
    clean = Image.new("RGB", upright.size, _WHITE)
    clean.paste(upright, mask=upright.getchannel("A"))
    small = clean.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    return Drawn(_written(clean), _written(small), clean.width, clean.height)


def _written(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _check_words(words: str) -> None:
    if not words:
        raise InvalidIdea("photo: no words", all="alternative:empty:0")
    if len(words) > LONGEST_ALTERNATIVE:
        raise InvalidIdea("photo: words", all=f"alternative:too_long:{LONGEST_ALTERNATIVE}")


def _name(engine: Engine, tag: str, sent: bytes) -> str:
    key = engine.keyring.get_or_create("idea-codes", new_secret)
    return keyed_id(key, "picture", tag, hashlib.sha256(sent).hexdigest())[:32]


def _refused(problem: str, limit: int = 0) -> InvalidIdea:
    return InvalidIdea(f"photo: {problem}", all=f"photo:{problem}:{limit}")
