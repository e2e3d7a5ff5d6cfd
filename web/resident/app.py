"""The resident's site as one application: all of it, or the part that this process serves."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from pb_engine.engine import Engine
from web import languages
from web.access import Access, Enforce
from web.base import finish, make_app
from web.resident import duties, elsewhere, showing, site, unsent, wording

TEMPLATES = Path(__file__).parent / "templates"
VIEWS = {
    "site": (
        "rounds",
        "rule_comments",
        "results",
        "result_map",
        "progress",
        "checking",
        "ideas",
        "idea_steps",
        "idea_mail",
        "photos",
        "idea_list",
        "idea_register",
        "idea_map",
        "idea",
        "idea_words",
        "support",
        "comments",
        "consent",
        "following",
        "subscribing",
        "appeal",
        "questions",
        "tables",
        "news",
        "stories",
        "feeds",
        "poster",
    ),
    "register": ("identity", "kiosk"),
    "box": ("voting", "keeping", "receipts", "box", "kiosk"),
}
"""The modules with the views of each part; a process loads those of its own part only."""


def create_resident_app(engine: Engine) -> Flask:
    """Return the application that residents see: the parts that this engine serves.

    :raises RuntimeError: an endpoint declares no access.
    """
    app, forms = make_app(
        "resident", engine, TEMPLATES, part="resident", path="/", kind=elsewhere.PartOfSite
    )
    for part, modules in VIEWS.items():
        if part in engine.parts:
            _add_views(app, forms, modules)
    wording.add(app)
    site.add(app, forms)
    duties.add(app, forms)
    unsent.add(app)
    elsewhere.add(app, engine.settings, engine.parts)
    app.jinja_env.globals.update(
        here=showing.here,
        endpoints=app.view_functions,
        language_url=showing.language_url,
        in_language=showing.in_language,
        language_names=languages.OWN_NAMES,
        translated=showing.translated,
        spoken=showing.spoken,
        apart=engine.parts != frozenset(VIEWS),
    )
    return finish(app, _enforce(engine))


def _add_views(app: Flask, forms: CSRFProtect, modules: tuple[str, ...]) -> None:
    for name in modules:
        import_module(f"web.resident.{name}").add(app, forms)


def _enforce(engine: Engine) -> Enforce:
    if "box" not in engine.parts:
        return _nobody
    enforce: Enforce = import_module("web.resident.voting").enforce
    return enforce


def _nobody(access: Access) -> None:
    raise RuntimeError(f"no page of this part is for a {access.kind}")
