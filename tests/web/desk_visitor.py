"""An official at the desk: logs in, reads pages, sends the forms that the pages show."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from pb_engine.engine import Engine
from pb_engine.services.officials import add_official
from tests.journeys.browser_of_forms import Form, Page
from tests.web.visitor import page_of
from web.desk import create_desk_app
from web.desk.accounts import hash_password

PASSWORD = "vier woorden op rij"
TEAM, COMMISSION, OFFICER, RESEARCHER, AUDITOR = (
    "participation_team",
    "commission_member",
    "desk_officer",
    "researcher",
    "auditor",
)
CHAIR, SECRETARY, COACH, BROKER, MODERATOR, COUNTER, TRUSTEE = (
    "commission_chair",
    "secretary",
    "district_coach",
    "idea_broker",
    "moderator",
    "counter",
    "trustee",
)
ROLES = (
    *(TEAM, COMMISSION, OFFICER, RESEARCHER, AUDITOR, CHAIR),
    *(SECRETARY, COACH, BROKER, MODERATOR, COUNTER, TRUSTEE),
)


class DeskVisitor:
    """One browser at the desk of one engine; ``~`` in a path is the round."""

    def __init__(self, engine: Engine, slug: str = "proef-2027"):
        self.engine, self.slug = engine, slug
        self.app = create_desk_app(engine)
        mounted = DispatcherMiddleware(NotFound(), {"/beheer": self.app})
        self.client = Client(mounted)

    def hire(self, name: str, *roles: str):
        """Give somebody an account."""
        hashed = hash_password(self.engine, PASSWORD)
        return add_official(self.engine, f"{name}@example.org", name, roles, hashed, "test")

    def get(self, path: str, follow: bool = True) -> Page:
        return page_of(self.client.get(self._path(path), follow_redirects=follow))

    def post(self, path: str, fields, follow: bool = True) -> Page:
        """Post with a valid form token, unless the fields bring their own."""
        filled = dict(fields)
        if "csrf_token" not in filled:
            filled["csrf_token"] = self.token()
        return page_of(self.client.post(self._path(path), data=filled, follow_redirects=follow))

    def send(self, page: Page, form: Form, follow: bool = True, **values) -> Page:
        filled = dict(form.fields)
        for name, value in values.items():
            filled[name.replace("__", "-")] = value
        target = urlsplit(form.action or page.path).path.removeprefix("/beheer")
        return self.post(target, filled, follow)

    def log_in(self, name: str, password: str = PASSWORD, follow: bool = True, **more) -> Page:
        page = self.get("/inloggen")
        values = {"email": f"{name}@example.org", "password": password, **more}
        return self.send(page, page.form("password"), follow, **values)

    def token(self) -> str:
        for path in ("/account", "/inloggen"):
            page = self.get(path)
            for form in page.forms:
                for name, value in form.fields:
                    if name == "csrf_token":
                        return value
        raise AssertionError("no form token anywhere")

    def cookie(self) -> str:
        return self.client.get_cookie("pb_desk", path="/beheer").value

    def _path(self, path: str) -> str:
        return "/beheer" + path.replace("~", f"/{self.slug}", 1)


def desk_of(staged, *roles: str) -> DeskVisitor:
    """Return a browser in which an official with these roles is logged in."""
    visitor = DeskVisitor(staged.engine, staged.slug)
    visitor.hire("kim", *roles)
    page = visitor.log_in("kim")
    assert page.status == 200, page.text
    return visitor


def colleague(desk: DeskVisitor, name: str, *roles: str) -> DeskVisitor:
    """Return another browser at the same desk, in which another official is logged in."""
    visitor = DeskVisitor(desk.engine, desk.slug)
    visitor.hire(name, *roles)
    assert visitor.log_in(name).status == 200
    return visitor


def a_file(text: bytes, name: str = "bestand"):
    return (io.BytesIO(text), name)
