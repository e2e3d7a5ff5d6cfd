"""Officials as the login library sees them; it keeps no accounts of its own."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import unicodedata
from typing import Any

import flask_security
from flask import Flask
from flask_security.datastore import UserDatastore

from pb_engine.engine import Engine
from pb_engine.errors import NotAllowed
from pb_engine.services.carrying import session_secret
from pb_engine.services.officials import Official, find_official, save_official

_CHANGES = (
    ("password", "password"),
    ("totp_method", "second_factor"),
    ("totp_secret", "second_factor"),
    ("recovery_codes", "recovery_codes"),
    ("active", "active"),
    ("uniquifier", "sessions"),
)


class AccountRole(flask_security.RoleMixin):
    """A grant by its word; the library compares nothing else."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.permissions = None


class Account(flask_security.UserMixin):
    """One official during one request, under the names that the library uses."""

    # The library looks at the class to see what accounts can have.
    fs_uniquifier: str
    mf_recovery_codes: list[str] | None = None
    tf_primary_method: str | None = None
    tf_totp_secret: str | None = None
    tf_phone_number: str | None = None

    def __init__(self, official: Official) -> None:
        self.official = official
        self.id = official.id
        self.email = official.email
        self.name = official.name
        self.password = official.password
        self.active = official.active
        self.fs_uniquifier = official.uniquifier
        self.roles = [AccountRole(str(grant)) for grant in official.grants]
        self.tf_primary_method = official.totp_method
        self.tf_totp_secret = official.totp_secret
        self.mf_recovery_codes = list(official.recovery_codes)

    def as_official(self) -> Official:
        """Return the official with what the library changed; name and roles stay."""
        return dataclasses.replace(
            self.official,
            password=self.password or self.official.password,
            active=self.active,
            uniquifier=self.fs_uniquifier,
            totp_method=self.tf_primary_method,
            totp_secret=self.tf_totp_secret,
            recovery_codes=tuple(self.mf_recovery_codes or ()),
        )


# Reading names of columns from a class needs the attribute to exist on it.
Account.fs_uniquifier = ""


class OfficialDatastore(UserDatastore):
    """Lets the library find officials and store what it changes, through the services."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(Account, AccountRole)
        self.engine = engine

    def find_user(self, case_insensitive: bool = False, **mark: Any) -> Account | None:
        """Return the account with this mark, or ``None``; addresses ignore case anyway."""
        del case_insensitive
        name, value = next(iter(mark.items()))
        named = {"fs_uniquifier": "uniquifier", "email": "email", "id": "id"}.get(name)
        found = find_official(self.engine, **{named: value}) if named and value else None
        return Account(found) if found else None

    def find_role(self, role: str) -> AccountRole:
        """Return a role by its name."""
        return AccountRole(role)

    def put(self, model: Account) -> Account:
        """Store what changed about an account, with one entry in the event log.

        :raises InvalidOfficial: there is no such account any more.
        """
        now = model.as_official()
        changed = [
            word for name, word in _CHANGES if getattr(now, name) != getattr(model.official, name)
        ]
        if changed:
            save_official(self.engine, now, now.name, " ".join(dict.fromkeys(changed)))
            model.official = now
        return model

    def delete(self, model: Account) -> None:
        """Refuse: officials are made inactive, so that the event log keeps its meaning.

        :raises NotAllowed: always.
        """
        raise NotAllowed(f"official {model.id} is made inactive, never deleted")

    def commit(self) -> None:
        """Do nothing: every ``put`` has its own transaction."""

    def reload(self, model: Account) -> None:
        """Do nothing: an account lives for one request."""


def password_settings(engine: Engine) -> dict[str, object]:
    """Return how passwords are hashed: argon2id over an HMAC with a key of this installation.

    The demo hashes as cheaply as it hashes voting codes; its password is printed anyway.
    """
    memory, rounds, lanes = engine.settings.code_cost
    cheap = {
        "argon2__memory_cost": memory,
        "argon2__time_cost": rounds,
        "argon2__parallelism": lanes,
    }
    return {
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": cheap if engine.settings.demo else {},
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_NORMALIZE_FORM": "NFKD",
        "SECURITY_PASSWORD_SALT": session_secret(engine, "desk-password-salt"),
    }


def second_factor_secrets(engine: Engine) -> dict[str, str]:
    """Return the secret under which secrets of authenticator apps are stored."""
    return {"1": session_secret(engine, "desk-totp")}


def recovery_key(engine: Engine) -> bytes:
    """Return the key under which recovery codes are stored."""
    secret = bytes.fromhex(session_secret(engine, "desk-recovery"))
    return base64.urlsafe_b64encode(hashlib.sha256(secret).digest())


def hash_password(engine: Engine, text: str) -> str:
    """Return the hash of a password as the desk's log-in checks it; slow on purpose."""
    app = Flask("passwords")
    app.config.update(
        password_settings(engine),
        SECRET_KEY=session_secret(engine, "desk"),
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    flask_security.Security(app, OfficialDatastore(engine), register_blueprint=False)
    with app.app_context():
        return str(flask_security.hash_password(normalised(text)))


def normalised(password: str) -> str:
    """Return a password as the log-in reads it: the same whichever keyboard typed it."""
    return unicodedata.normalize("NFKD", password)
