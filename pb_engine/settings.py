"""The environment, read once into a frozen value.

Every variable begins with ``PB_``.  An unknown ``PB_`` variable is refused, so that a typing
error in a deployment shows at start-up and not on voting day.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from environs import Env, EnvError

from pb_engine.errors import InvalidSettings
from pb_engine.setting_values import asked_server, contact, networks, tiles, witnesses

BUILT_IN_PLUGINS = (
    "greedy",
    "equal_shares",
    "phragmen",
    "maximin_support",
    "max_welfare",
    "score_totals",
    "majority_judgement",
    "voting_code",
    "code_and_birth_year",
    "school_batch",
    "self_declared",
    "email_link",
    "oidc",
    "yivi",
    "desk",
    "trust_core",
    "pb_experience",
    "pabulib",
    "record",
    "csv",
    "votes_and_money",
    "round_story",
    "money_flow",
    "voters_served",
    "mail_file",
    "smtp",
)

VARIABLES: Mapping[str, str] = {
    "PB_DATA": "folder for databases, keys and mail (default: pb-data)",
    "PB_SITE_DB": "database URL of the site store (default: SQLite in PB_DATA)",
    "PB_REGISTER_DB": "database URL of the register (default: SQLite in PB_DATA)",
    "PB_BOX_DB": "database URL of the ballot box (default: SQLite in PB_DATA)",
    "PB_STUDY_DB": "database URL of the study store (default: SQLite in PB_DATA)",
    "PB_KEYS": "folder for key files, never in a database (default: PB_DATA/keys)",
    "PB_KEYS_REGISTER": "folder for the keys of the register alone (default: PB_KEYS)",
    "PB_KEYS_BOX": "folder for the keys of the ballot box alone (default: PB_KEYS)",
    "PB_SECRETS": "folder with secrets of identity checks (default: PB_DATA/secrets)",
    "PB_JOURNAL": "folder on another disk for the journals of ballot boxes (default: none)",
    "PB_WITNESSES": "comma-separated public keys, in hexadecimal, of witnesses of the box log",
    "PB_PLUGINS": "comma-separated plugins to load (default: the built-in ones)",
    "PB_NOTIFIER": "the notifier that sends mail (default: mail_file)",
    "PB_NOTIFIER_SETTINGS": "JSON object with the settings of that notifier",
    "PB_BASE_URL": "public address without a slash at the end (default: http://127.0.0.1:8080)",
    "PB_REGISTER_URL": "public address of the register, where it is served apart",
    "PB_BOX_URL": "public address of the ballot box, where it is served apart",
    "PB_CODE_COST": "Argon2id cost of voting codes: KiB,iterations,lanes (default: 19456,2,1)",
    "PB_CODE_LINE": "how many codes may be checked or wait for it in one process (default: 6)",
    "PB_WRONG_CODES": "wrong codes that one network may try (default: 30 per 10 minutes)",
    "PB_DECLARATIONS": "voters who declare an address, from one network (default: 120 per hour)",
    "PB_NEW_IDEAS": "ideas that one network may send in (default: 60 per hour)",
    "PB_OPINIONS": "comments, support and follows of one network (default: 120 per hour)",
    "PB_GUESSING_ALARM": "wrong codes of a round within an hour that give alarm (default: 600)",
    "PB_TRUSTED_PROXIES": "comma-separated addresses of proxies that name the visitor's address",
    "PB_THEME": "folder of a house style, or contrast (default: the neutral one of the engine)",
    "PB_SECURITY_CONTACT": "address for security reports, in /.well-known/security.txt",
    "PB_ACCESSIBILITY": "address of the accessibility statement in the register of the government",
    "PB_MAP_TILES": "address of map tiles with {z}, {x} and {y} (default: none, no such map)",
    "PB_MAP_CREDIT": "whose map tiles these are; it stands on the map",
    "PB_ADDRESS_SEARCH": "server that tells where an address lies (default: none is asked)",
    "PB_LOG_LEVEL": "debug, info, warning or error (default: info)",
}
"""Every variable that the engine knows, with what it means."""

_LEAST_COST = (8192, 1, 1)
_RATE = re.compile(r"[1-9][0-9]{0,6} per ([1-9][0-9]{0,3} )?(second|minute|hour|day)s?")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment decides.

    :ivar demo: only ``pb-engine demo`` sets this; it allows demo keys and cheap code hashing.
    :ivar register_keys: and ``box_keys``: folders for the keys that only the register, or only the
        box, may read; ``None``: they lie with the others.
    :ivar register_url: and ``box_url``: where residents reach these parts, if not at ``base_url``.
    :ivar secrets_folder: files with secrets that identity checks may name; ``None``: ``secrets``
        in the data folder.
    :ivar code_cost: memory in KiB, iterations and lanes of Argon2id.
    :ivar code_line: how many may be checking a code at once, those who wait included.
    :ivar wrong_codes: and ``declarations``, ``new_ideas``, ``opinions``: how much one network may
        do, such as ``30 per 10 minutes``.
    :ivar guessing_alarm: so many wrong codes of one round within an hour give alarm.
    :ivar trusted_proxies: networks of proxies whose word on a visitor's address is taken.
    :ivar map_tiles: address of map tiles; ``None``: there is no map with streets.
    :ivar address_search: a server as the PDOK Locatieserver; ``None``: none is asked.
    :ivar journal_folder: where every acknowledged ballot is written a second time; ``None``
        means nowhere.
    :ivar theme: folder of a house style; ``None``: the one that comes with the engine.
    :ivar witnesses: public keys whose cosignatures the box log takes in.
    """

    data_folder: Path
    site_db: str
    register_db: str
    box_db: str
    study_db: str
    keys_folder: Path
    plugins: tuple[str, ...] = BUILT_IN_PLUGINS
    notifier: str = "mail_file"
    notifier_settings: Mapping[str, Any] = field(default_factory=dict)
    base_url: str = "http://127.0.0.1:8080"
    code_cost: tuple[int, int, int] = (19456, 2, 1)
    security_contact: str = "mailto:participatie@example.org"
    accessibility: str = ""
    log_level: str = "info"
    demo: bool = False
    journal_folder: Path | None = None
    witnesses: tuple[str, ...] = ()
    register_keys: Path | None = None
    box_keys: Path | None = None
    register_url: str | None = None
    box_url: str | None = None
    code_line: int = 6
    wrong_codes: str = "30 per 10 minutes"
    declarations: str = "120 per hour"
    new_ideas: str = "60 per hour"
    opinions: str = "120 per hour"
    guessing_alarm: int = 600
    trusted_proxies: tuple[str, ...] = ()
    secrets_folder: Path | None = None
    map_tiles: str | None = None
    map_credit: str = ""
    address_search: str | None = None
    theme: Path | None = None


def settings_in(folder: Path, **more: Any) -> Settings:
    """Return settings with four SQLite stores, keys and mail in one folder."""
    return Settings(
        data_folder=folder,
        site_db=f"sqlite:///{folder / 'site.sqlite3'}",
        register_db=f"sqlite:///{folder / 'register.sqlite3'}",
        box_db=f"sqlite:///{folder / 'box.sqlite3'}",
        study_db=f"sqlite:///{folder / 'study.sqlite3'}",
        keys_folder=folder / "keys",
        **{"notifier_settings": {"folder": str(folder / "mail")}, **more},
    )


def read_settings() -> Settings:
    """Read the environment.

    :raises InvalidSettings: naming the variable and what is allowed.
    """
    unknown = sorted(
        name for name in os.environ if name.startswith("PB_") and name not in VARIABLES
    )
    if unknown:
        raise InvalidSettings(
            f"unknown setting {', '.join(unknown)}; known are: {', '.join(VARIABLES)}"
        )
    env = Env()
    try:
        folder = env.path("PB_DATA", default=Path("pb-data")).absolute()
        defaults = settings_in(folder)
        return Settings(
            data_folder=folder,
            site_db=env.str("PB_SITE_DB", defaults.site_db),
            register_db=env.str("PB_REGISTER_DB", defaults.register_db),
            box_db=env.str("PB_BOX_DB", defaults.box_db),
            study_db=env.str("PB_STUDY_DB", defaults.study_db),
            keys_folder=env.path("PB_KEYS", default=defaults.keys_folder),
            plugins=tuple(env.list("PB_PLUGINS", list(BUILT_IN_PLUGINS))),
            notifier=env.str("PB_NOTIFIER", "mail_file"),
            notifier_settings=_object(
                env.json("PB_NOTIFIER_SETTINGS", default=dict(defaults.notifier_settings))
            ),
            base_url=_address("PB_BASE_URL", env.str("PB_BASE_URL", defaults.base_url)),
            register_url=_address("PB_REGISTER_URL", env.str("PB_REGISTER_URL", "")) or None,
            box_url=_address("PB_BOX_URL", env.str("PB_BOX_URL", "")) or None,
            register_keys=_folder(env.str("PB_KEYS_REGISTER", "")),
            box_keys=_folder(env.str("PB_KEYS_BOX", "")),
            code_cost=_code_cost(env.str("PB_CODE_COST", "19456,2,1")),
            security_contact=contact(env.str("PB_SECURITY_CONTACT", defaults.security_contact)),
            accessibility=_address("PB_ACCESSIBILITY", env.str("PB_ACCESSIBILITY", "")),
            log_level=_log_level(env.str("PB_LOG_LEVEL", "info")),
            secrets_folder=_folder(env.str("PB_SECRETS", "")),
            journal_folder=_folder(env.str("PB_JOURNAL", "")),
            witnesses=witnesses(env.list("PB_WITNESSES", [])),
            **_limits(env, defaults),
            **_looks(env),
        )
    except EnvError as problem:
        raise InvalidSettings(str(problem)) from problem


def _limits(env: Env, defaults: Settings) -> dict[str, Any]:
    rates = {
        name.lower().removeprefix("pb_"): _rate(name, env.str(name, default))
        for name, default in (
            ("PB_WRONG_CODES", defaults.wrong_codes),
            ("PB_DECLARATIONS", defaults.declarations),
            ("PB_NEW_IDEAS", defaults.new_ideas),
            ("PB_OPINIONS", defaults.opinions),
        )
    }
    return {
        **rates,
        "code_line": _at_least_one("PB_CODE_LINE", env.int("PB_CODE_LINE", defaults.code_line)),
        "guessing_alarm": _at_least_one(
            "PB_GUESSING_ALARM", env.int("PB_GUESSING_ALARM", defaults.guessing_alarm)
        ),
        "trusted_proxies": networks(env.list("PB_TRUSTED_PROXIES", [])),
    }


def _looks(env: Env) -> dict[str, Any]:
    return {
        "theme": _folder(env.str("PB_THEME", "")),
        "map_tiles": tiles(env.str("PB_MAP_TILES", "")),
        "map_credit": env.str("PB_MAP_CREDIT", "")[:200],
        "address_search": asked_server(env.str("PB_ADDRESS_SEARCH", "")),
    }


def _rate(name: str, text: str) -> str:
    if not _RATE.fullmatch(text):
        raise InvalidSettings(f"{name} is {text!r}; it must look like 30 per 10 minutes")
    return text


def _at_least_one(name: str, number: int) -> int:
    if number < 1:
        raise InvalidSettings(f"{name} is {number}; it must be at least 1")
    return number


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InvalidSettings('PB_NOTIFIER_SETTINGS must be a JSON object: {"sender": "..."}')
    return value


def _address(name: str, text: str) -> str:
    if text and (not text.startswith(("http://", "https://")) or text.endswith("/")):
        raise InvalidSettings(
            f"{name} is {text!r}; it must begin with http:// or https:// and not end in /"
        )
    return text


def _code_cost(text: str) -> tuple[int, int, int]:
    parts = text.split(",")
    if len(parts) != len(_LEAST_COST) or not all(part.strip().isdecimal() for part in parts):
        raise InvalidSettings(f"PB_CODE_COST is {text!r}; it must look like 19456,2,1")
    memory, iterations, lanes = (int(part) for part in parts)
    if memory < _LEAST_COST[0] or iterations < 1 or lanes < 1:
        raise InvalidSettings(f"PB_CODE_COST is {text!r}; the least is 8192,1,1")
    return memory, iterations, lanes


def _folder(text: str) -> Path | None:
    return Path(text).absolute() if text else None


def _log_level(text: str) -> str:
    allowed = ("debug", "info", "warning", "error")
    if text not in allowed:
        raise InvalidSettings(f"PB_LOG_LEVEL is {text!r}; it must be one of {', '.join(allowed)}")
    return text
