"""Refusals for programs, as RFC 9457 wants them."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify


def problem_of(status: int, title: str, **more: Any) -> Response:
    """Return a problem in the form of RFC 9457."""
    response = jsonify({"title": title, "status": status, **more})
    response.status_code = status
    response.content_type = "application/problem+json"
    return response
