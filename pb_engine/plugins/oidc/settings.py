"""What a round says about its broker.  The private key is a file of the deployment, by name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
"""Signatures that a broker may use: with a private key of its own, never with a shared secret."""
LEVELS = (
    "http://eidas.europa.eu/LoA/low",
    "http://eidas.europa.eu/LoA/substantial",
    "http://eidas.europa.eu/LoA/high",
)
_MOST_SKEW = 120


def _is_https(text: str) -> None:
    parts = urlsplit(text)
    here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if text and (not (parts.scheme == "https" or here) or parts.query or parts.fragment):
        raise ValidationError("must be an https address without ? and #")


class OidcSettings(Schema):
    """Settings of the check ``oidc``.

    ``issuer``: address of the broker, exactly as it names itself.  ``client_id``: our name there.
    ``key``: name of the file with our private key.  ``kid``: what the broker calls that key.
    ``signs_with``: how we sign with it; empty: PS256 or ES256, as the key allows.
    ``scope``: what is asked for.  ``person_claim``: the claim with the number of the municipality.
    ``levels``: levels of trust, lowest first; ``required_level``: the lowest that will do.
    ``algorithms``: signatures that are accepted.  ``clock_skew``: seconds that clocks may differ.
    """

    issuer = fields.String(load_default="", validate=_is_https)
    client_id = fields.String(load_default="", validate=validate.Length(max=200))
    key = fields.String(load_default="oidc.pem", validate=validate.Length(min=1, max=64))
    kid = fields.String(load_default="", validate=validate.Length(max=200))
    signs_with = fields.String(load_default="", validate=validate.OneOf(["", *ALGORITHMS]))
    scope = fields.String(load_default="openid", validate=validate.Length(max=500))
    person_claim = fields.String(load_default="bsn", validate=validate.Length(min=1, max=200))
    levels = fields.List(
        fields.String(validate=validate.Length(min=1, max=200)),
        load_default=lambda: list(LEVELS),
        validate=validate.Length(min=1, max=10),
    )
    required_level = fields.String(load_default=LEVELS[1])
    algorithms = fields.List(
        fields.String(validate=validate.OneOf(ALGORITHMS)),
        load_default=lambda: ["RS256", "PS256", "ES256"],
        validate=validate.Length(min=1),
    )
    clock_skew = fields.Integer(load_default=30, validate=validate.Range(0, _MOST_SKEW))

    @validates_schema
    def _level_is_listed(self, loaded: dict[str, Any], **_: object) -> None:
        if loaded["required_level"] not in loaded["levels"]:
            raise ValidationError("must be one of levels", "required_level")
        if "openid" not in loaded["scope"].split():
            raise ValidationError("must contain openid", "scope")
