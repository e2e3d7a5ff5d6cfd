"""An address for every page of the resident's site; what is no page is named, with what it is."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import Rule

FILES = frozenset(
    {
        *("static", "stylesheet", "font", "accent", "photo", "draft_photo", "round_code"),
        *("healthy", "ready", "robots", "security_txt", "sitemap", "download", "result_sheet"),
        "story_photo",
        *("news_feed", "ideas_feed", "phases_file", "trustee_key", "keep"),
        *("box_head", "box_head_of", "box_growth", "box_proof"),
    }
)
"""Endpoints that answer with a file for a program."""
DOORS = frozenset({"come_back", "kiosk", "any_idea", "comment_on_rules", "confirm_subscription"})
"""Endpoints that lead on, or need something from elsewhere; tests of their own go through them."""
VOTER = ("ballot", "look_over", "done")
"""The pages of somebody who is voting, in their order."""


def rules_of(app: Flask) -> dict[str, Rule]:
    """Return the rules of the resident's site that show a page to whoever asks for it."""
    return {
        rule.endpoint: rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in FILES | DOORS
    }


def addresses_of(app: Flask, staged) -> dict[str, str]:
    """Return a path for every page that needs no voter, by endpoint."""
    values = {
        "slug": staged.slug,
        "idea_id": staged.ideas["AED"],
        "check_name": "voting_code",
        "when": "after_ballot",
        "name": "trust_core",
        "step": "plek",
    }
    with app.test_request_context():
        from flask import url_for

        return {
            name: url_for(name, **{one: values.get(one, "1") for one in rule.arguments})
            for name, rule in rules_of(app).items()
            if name not in VOTER
        }
