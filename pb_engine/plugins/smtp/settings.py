"""What the mail server needs; a password is named here, never written."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from pb_engine.api.setting import WholeNumber
from pb_engine.plugins.smtp.letter import address

_FILLED = validate.Length(min=1, max=254)


def _is_address(text: str) -> None:
    try:
        address(text)
    except ValueError as problem:
        raise ValidationError("this is no e-mail address") from problem


class SmtpSettings(Schema):
    """Host, port and sender, and how far the connection is trusted.

    ``password_env`` names the environment variable that holds the password; not one that begins
    with ``PB_``, since the engine refuses such names unless they are its own.  ``ca_file`` is a
    file of certificates to trust instead of the system's.  ``timeout`` is in seconds, for one
    message from the first word to the last, however slowly the server answers.
    """

    host = fields.String(load_default="localhost", validate=_FILLED)
    port = WholeNumber(load_default=587, validate=validate.Range(1, 65535))
    starttls = fields.Boolean(load_default=True)
    username = fields.String(load_default="")
    password_env = fields.String(load_default="")
    sender = fields.String(load_default="pb-engine@localhost.localdomain", validate=_is_address)
    timeout = WholeNumber(load_default=15, validate=validate.Range(1, 120))
    ca_file = fields.String(load_default="")

    @validates_schema
    def _together(self, loaded: dict[str, Any], **_: object) -> None:
        if bool(loaded["username"]) != bool(loaded["password_env"]):
            raise ValidationError("username and password_env go together", "password_env")
        if loaded["username"] and not loaded["starttls"]:
            raise ValidationError("a password is not sent without starttls", "starttls")
