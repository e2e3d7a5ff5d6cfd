"""A resident without JavaScript: follows links and sends the forms that the pages show."""

from __future__ import annotations

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form of a page, with what it would send."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.textarea: str | None = None
        self.select: str | None = None
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag in {"script", "style", "title"}:
            self.hidden += 1
        if tag == "form":
            self.open = Form(attributes.get("action", ""), attributes.get("method", "get").lower())
            self.forms.append(self.open)
        if self.open is None:
            return
        name, kind = attributes.get("name", ""), attributes.get("type", "text")
        if tag == "input" and name:
            self._input(name, kind, attributes)
        elif tag == "button" and name:
            self.open.buttons.append((name, attributes.get("value", "")))
        elif tag == "textarea":
            self.textarea = name
            self.open.fields.append((name, ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select is not None:
            self.open.choices.setdefault(self.select, []).append(attributes.get("value", ""))
            if "selected" in attributes:
                self.open.fields.append((self.select, attributes.get("value", "")))

    def _input(self, name, kind, attributes):
        value = attributes.get("value", "on" if kind in {"checkbox", "radio"} else "")
        if kind in {"checkbox", "radio"}:
            self.open.choices.setdefault(name, []).append(value)
            if "checked" in attributes:
                self.open.fields.append((name, value))
        elif kind == "image":
            pass  # sends where somebody pointed, and nothing when another button is pressed
        elif kind == "submit":
            self.open.buttons.append((name, value))
        else:
            self.open.fields.append((name, value))

    def handle_endtag(self, tag):
        if tag in {"script", "style", "title"}:
            self.hidden -= 1
        if tag == "form":
            self.open = None
        if tag == "textarea":
            self.textarea = None
        if tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.textarea is not None and self.open is not None:
            name, old = self.open.fields[-1]
            self.open.fields[-1] = (name, old + data)
        elif not self.hidden:
            self.words.append(data)


@dataclass
class Page:
    """A page as it came: status, address, text and forms."""

    status: int
    url: str
    body: bytes
    headers: dict[str, str]

    def __post_init__(self):
        parser = _Forms()
        if "html" in self.headers.get("content-type", "html"):
            parser.feed(self.body.decode("utf-8", "replace"))
        self.forms, self.text = parser.forms, " ".join(" ".join(parser.words).split())

    def form(self, with_field: str) -> Form:
        for form in self.forms:
            names = (
                {name for name, _ in form.fields}
                | {name for name, _ in form.buttons}
                | set(form.choices)
            )
            if with_field in names:
                return form
        raise AssertionError(f"no form with {with_field} on {self.url}: {self.text[:400]}")


class Browser:
    """Cookies, redirects, forms; nothing else."""

    def __init__(self, address: str):
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.pages: list[Page] = []

    def _open(self, request) -> Page:
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            page = Page(answer.status, answer.url, answer.read(), headers)
        self.pages.append(page)
        return page

    def get(self, path: str) -> Page:
        return self._open(urllib.parse.urljoin(self.address, path))

    def send(self, page: Page, with_field: str, **values) -> Page:
        """Fill in the form that has a field, and send it; a list fills in several boxes."""
        return self.send_form(page, page.form(with_field), **values)

    def send_form(self, page: Page, form: Form, **values) -> Page:
        """Fill in a form, and send it as its first button would."""
        filled = [(name, value) for name, value in form.fields if name not in values]
        for name, value in values.items():
            filled.extend((name, one) for one in (value if isinstance(value, list) else [value]))
        target = urllib.parse.urljoin(page.url, form.action or page.url)
        encoded = urllib.parse.urlencode(filled)
        if form.method == "get":
            return self.get(f"{target.split('?', maxsplit=1)[0]}?{encoded}")
        headers = {"Referer": page.url, "Origin": self.address.rstrip("/")}
        return self._open(urllib.request.Request(target, encoded.encode(), headers))
