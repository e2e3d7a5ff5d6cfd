"""A visitor who reads pages and sends forms, without a server in between."""

from __future__ import annotations

from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

from tests.builders import Staged, at
from tests.journeys.browser_of_forms import Page
from web.resident.app import create_resident_app

_APPS = []


class Visitor:
    """One browser at the resident's site of one engine; its clock can be turned."""

    def __init__(self, staged: Staged, language: str = "nl"):
        self.staged, self.slug, self.engine = staged, staged.slug, staged.engine
        # Compiling the templates takes longer than most tests: one application serves them all.
        if not _APPS:
            _APPS.append(create_resident_app(staged.engine))
        self.app = _APPS[0]
        self.client = self.app.test_client()
        self.language = language
        self.app.extensions["pb_engine"] = self.engine

    def at(self, moment):
        """Turn the clock; cookies stay."""
        self.engine = at(self.staged.engine, moment)

    def path(self, path: str) -> str:
        return path.replace("~", f"/{self.slug}", 1)

    def get(self, path: str, follow=True, **headers) -> Page:
        headers.setdefault("Accept-Language", self.language)
        self.app.extensions["pb_engine"] = self.engine
        return page_of(self.client.get(self.path(path), follow_redirects=follow, headers=headers))

    def post(self, path: str, fields, follow=True, **headers) -> Page:
        headers.setdefault("Accept-Language", self.language)
        self.app.extensions["pb_engine"] = self.engine
        answer = self.client.post(
            self.path(path), data=fields, follow_redirects=follow, headers=headers
        )
        return page_of(answer)

    def send(self, page: Page, with_field: str, follow=True, **values) -> Page:
        """Send the form that has a field, filled in; a list ticks several boxes."""
        form = page.form(with_field)
        filled = MultiDict((name, value) for name, value in form.fields if name not in values)
        for name, value in values.items():
            for one in value if isinstance(value, list) else [value]:
                filled.add(name, one)
        return self.post(urlsplit(form.action).path or page.path, filled, follow)

    def enter(self, code: str) -> Page:
        """Type a voting code and land on the ballot paper."""
        return self.send(self.get("~/stemmen"), "code", code=code)

    def ids(self, *titles: str) -> list[str]:
        return [self.staged.ideas[title] for title in titles]

    def cast(self, code: str, *titles: str) -> Page:
        """Vote from the code to the receipt."""
        checked = self.send(self.enter(code), "choices", choices=self.ids(*titles))
        assert checked.path.endswith("/nakijken"), checked.text
        return self.send(checked, "step")

    def cookie(self, name: str, path: str = "/"):
        return self.client.get_cookie(name, path=self.path(path))


def page_of(answer) -> Page:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    headers["set-cookie"] = "\n".join(answer.headers.getlist("Set-Cookie"))
    page = Page(answer.status_code, answer.request.url, answer.data, headers)
    page.path = answer.request.path
    page.html = answer.data.decode("utf-8", "replace")
    answer.close()
    return page
