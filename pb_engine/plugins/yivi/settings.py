"""What a round says about its Yivi server.  Keys are files of the deployment, by name."""

from __future__ import annotations

from urllib.parse import urlsplit

from marshmallow import Schema, ValidationError, fields, validate

_NAME = validate.Length(min=1, max=64)
_ATTRIBUTE = validate.Regexp(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+){3}\Z")
AGES = (12, 16, 18, 21, 65)
"""The ages that the municipality puts into the app as yes or no."""


def _is_https(text: str) -> None:
    parts = urlsplit(text)
    here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if text and (not (parts.scheme == "https" or here) or parts.query or text.endswith("/")):
        raise ValidationError("must be an https address without a slash at the end")


class YiviSettings(Schema):
    """Settings of the check ``yivi``.

    ``server``: address of the Yivi server.  ``server_name``: what it signs results as.
    ``server_key``: name of the file with its public key.  ``requestor``: our name there.
    ``auth``: ``publickey`` (we sign what we ask) or ``token``.  ``key``: name of the file with our
    private key or token.  ``app``: the web address that opens the app.  ``subject``: the attribute
    with the number of the municipality.
    """

    server = fields.String(load_default="", validate=_is_https)
    server_name = fields.String(load_default="irmaserver", validate=_NAME)
    server_key = fields.String(load_default="yivi-server.pem", validate=_NAME)
    requestor = fields.String(load_default="pb-engine", validate=_NAME)
    auth = fields.String(load_default="publickey", validate=validate.OneOf(["publickey", "token"]))
    key = fields.String(load_default="yivi.pem", validate=_NAME)
    app = fields.String(load_default="https://open.yivi.app/-/session", validate=_is_https)
    subject = fields.String(load_default="pbdf.gemeente.personalData.bsn", validate=_ATTRIBUTE)


class YiviAddressSettings(YiviSettings):
    """Settings of the check ``yivi_address``.

    As ``yivi``; and ``age``: the age that is asked for, as yes or no; ``over``, ``postcode`` and
    ``house_number``: the attributes, ``{age}`` stands for the age.
    """

    age = fields.Integer(load_default=12, validate=validate.OneOf(AGES))
    over = fields.String(load_default="pbdf.gemeente.personalData.over{age}")
    postcode = fields.String(load_default="pbdf.gemeente.address.zipcode", validate=_ATTRIBUTE)
    house_number = fields.String(
        load_default="pbdf.gemeente.address.houseNumber", validate=_ATTRIBUTE
    )
