"""Three parts of the resident's site, and how a page links to a part that another process serves.

Site, register and box may run apart, each under its own address.  A process registers the views of
its own part; of the others it knows the paths only, so that nothing of them is imported.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from pb_engine.settings import Settings
from web import access

PATHS = {
    "site": {
        "home": "/",
        "round": "/<slug>/",
        "ideas": "/<slug>/ideeen",
        "results": "/<slug>/uitslag",
        "progress": "/<slug>/voortgang",
        "tracker": "/<slug>/controleren",
        "promises": "/beloften",
        "survey": "/<slug>/vragen/<when>/<name>",
    },
    "register": {
        "vote": "/<slug>/stemmen",
        "check": "/<slug>/stemmen/controle/<check_name>",
        "kiosk": "/<slug>/stemmen/balie",
    },
    "box": {
        "enter": "/<slug>/stembus/binnen",
        "ballot": "/<slug>/stemmen/biljet",
        "receipt": "/<slug>/bewijs",
        "kiosk_box": "/<slug>/stemmen/balie",
        "box_proof": "/<slug>/stembus/bewijs/<wanted>",
    },
}
"""The pages that other parts link to."""


class PartOfSite(Flask):
    """An application whose links lead to the other parts where these are served."""

    def url_for(self, endpoint: str, **values: Any) -> str:
        """Return a path, or a whole address for a page of another part."""
        path = super().url_for(endpoint, **values)
        bases: dict[str, str] = self.extensions.get("pb_elsewhere", {})
        return f"{bases[endpoint]}{path}" if endpoint in bases else path


def add(app: Flask, settings: Settings, parts: frozenset[str]) -> None:
    """Teach an application the addresses of the parts that it does not serve."""
    bases = {
        "site": settings.base_url,
        "register": settings.register_url or settings.base_url,
        "box": settings.box_url or settings.base_url,
    }
    known = app.extensions.setdefault("pb_elsewhere", {})
    for part in bases.keys() - parts:
        for endpoint, path in PATHS[part].items():
            app.url_map.add(Rule(path, endpoint=endpoint, build_only=True))
            access.declare(app, endpoint, access.ANYONE)
            known[endpoint] = bases[part]
