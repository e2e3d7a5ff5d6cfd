"""Stories of residents who agreed that everybody may read them."""

from __future__ import annotations

from flask import Flask, Response, abort
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.services.pictures import MEDIA_TYPE
from pb_engine.services.stories import stories_page
from pb_engine.services.stories import story_photo as photo_with
from web.access import anyone
from web.base import engine
from web.resident.showing import show
from web.security import not_stored


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/verhalen", "stories", stories)
    app.add_url_rule("/<slug>/verhalen/<story>/foto", "story_photo", story_photo)


@anyone
def stories(slug: str) -> ResponseReturnValue:
    """Show what residents tell, the latest first; what is taken back must not lie in a cache."""
    return not_stored(show("stories.html.j2", stories_page(engine(), slug)))


@anyone
def story_photo(slug: str, story: str) -> Response:
    """Send the photograph with a story, as long as it may be seen."""
    found = photo_with(engine(), slug, story)
    if found is None:
        abort(404)
    return not_stored(Response(found, mimetype=MEDIA_TYPE))
