"""What every answer carries, what every request may weigh, and where it may come from."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from pb_engine.settings import Settings

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: browsers would then send "Origin: null", and forms could not be checked.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
LARGEST_REQUEST: Final = 256 * 1024
MOST_FORM_PARTS: Final = 1200
FORM_LIFE: Final = 8 * 3600
_YEAR: Final = 365 * 24 * 3600
_STEP: Final = 8192


def policy(settings: Settings) -> str:
    """Return the content security policy; forms may lead to the parts that are served apart."""
    if not (settings.register_url or settings.box_url):
        return POLICY
    return POLICY.replace(
        "form-action 'self'", " ".join(["form-action 'self'", *_addresses(settings)])
    )


def policy_with_tiles(settings: Settings) -> str:
    """Return the policy for the one page that shows map tiles of another host, if there is one."""
    if not settings.map_tiles:
        return policy(settings)
    host = urlsplit(settings.map_tiles)
    return policy(settings).replace(
        "img-src 'self'", f"img-src 'self' {host.scheme}://{host.netloc}"
    )


def is_https(settings: Settings) -> bool:
    """Tell whether residents reach this installation over https."""
    return settings.base_url.startswith("https://")


def configure(app: Flask, settings: Settings, *, secret: str, cookie: str, path: str) -> None:
    """Set limits, cookies and the form check of an application.

    :param cookie: name of its own session cookie, which is sent under ``path`` only.
    """
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME=cookie,
        SESSION_COOKIE_PATH=path,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_https(settings),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=FORM_LIFE,
        TRUSTED_HOSTS=trusted_hosts(settings),
    )


def protect_forms(app: Flask) -> CSRFProtect:
    """Demand a token on every POST; return the guard, to make a reasoned exception."""
    return CSRFProtect(app)


def trusted_hosts(settings: Settings) -> list[str] | None:
    """Return the host names under which this installation answers; ``None`` means any."""
    if settings.demo:
        return None
    hosts = {urlsplit(address).hostname or "localhost" for address in _addresses(settings)}
    return [*sorted(hosts), "localhost", "127.0.0.1"]


def _addresses(settings: Settings) -> list[str]:
    return [one for one in (settings.base_url, settings.register_url, settings.box_url) if one]


def same_origin() -> bool:
    """Tell whether the browser says that a page of ours sent this request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == request.host_url.rstrip("/")


def add_headers(app: Flask, settings: Settings) -> None:
    """Give every answer the security headers; pages are never stored without asking again."""
    headers = {**HEADERS, "Content-Security-Policy": policy(settings)}

    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if is_https(settings):
            response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}; includeSubDomains"
        if response.mimetype == "text/html":
            response.vary.update(("Accept-Language", "Cookie"))
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache"
        return response


def sent_from(address: str) -> bool:
    """Tell whether the browser says that a page at this address sent this request."""
    return request.headers.get("Origin") == address


def levelled(response: Response) -> Response:
    """Lengthen a page to a whole number of steps, so that its length does not tell what is on it.

    A proxy that compresses such a page would undo this.
    """
    body = response.get_data()
    response.set_data(body + b" " * (-len(body) % _STEP))
    return response


def not_stored(response: Response) -> Response:
    """Mark an answer that must not stay in any cache: ballots, receipts, the desk."""
    response.headers["Cache-Control"] = "no-store"
    return response
