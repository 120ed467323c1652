"""Every setting, read from the environment once and frozen. The table in docs/operating.md lists them."""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
LOCALES = ("en", "it", "de")
_DATABASE_URL = re.compile(r"sqlite:///[^\s?].*|postgresql(\+psycopg)?://\S+", re.ASCII)
_TILE_URL = re.compile(r"https?://[^\s/;,'\"]+/(?=\S*\{z\})(?=\S*\{x\})(?=\S*\{y\})\S+", re.ASCII)
_SUBADDRESSED = re.compile(r"[A-Za-z0-9._-]{1,25}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)


class ConfigError(Exception):
    """A setting that cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the operator decides. Durations are in the unit that their name says."""

    instance: Path
    database_url: str
    secret_key: str = field(repr=False)
    public_url: str
    mail_url: str = field(repr=False)
    mail_from: str
    uid_domain: str
    bounce_address: str = ""
    reply_address: str = ""
    inbox_url: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    web_workers: int = 2
    web_threads: int = 4
    default_locale: str = "en"
    rate_limits: bool = True
    demo: bool = False
    proxy_hops: int = 0
    tile_url: str = ""
    retention_days: int = 30
    session_days: int = 14
    log_requests: bool = True
    testing: bool = False

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Config:
        """Read the environment; raises ConfigError naming the key that is wrong."""
        instance = Path(environ.get("FILO_INSTANCE") or "instance").absolute()
        _make_folder(instance)
        port = _number(environ, "PORT", 8000, 1, 65535)
        public_url = _public_url(environ.get("FILO_PUBLIC_URL") or f"http://127.0.0.1:{port}")
        return cls(
            instance=instance,
            database_url=_database_url(environ.get("FILO_DATABASE_URL") or f"sqlite:///{instance / 'filo.db'}"),
            secret_key=_secret_key(environ.get("FILO_SECRET_KEY", ""), instance),
            public_url=public_url,
            mail_url=environ.get("FILO_MAIL_URL") or f"file://{instance / 'mail'}",
            mail_from=environ.get("FILO_MAIL_FROM") or f"Filò <filo@{_mail_domain(public_url)}>",
            uid_domain=_domain(environ, "FILO_UID_DOMAIN") or _mail_domain(public_url),
            bounce_address=_subaddressed(environ, "FILO_BOUNCE_ADDRESS"),
            reply_address=_subaddressed(environ, "FILO_REPLY_ADDRESS"),
            inbox_url=environ.get("FILO_INBOX_URL", ""),
            host=environ.get("FILO_HOST") or "127.0.0.1",
            port=port,
            web_workers=_number(environ, "FILO_WEB_WORKERS", 2, 1, 64),
            web_threads=_number(environ, "FILO_WEB_THREADS", 4, 1, 64),
            default_locale=_choice(environ, "FILO_DEFAULT_LOCALE", "en", LOCALES),
            rate_limits=_choice(environ, "FILO_RATE_LIMITS", "on", ("on", "off")) == "on",
            demo=_choice(environ, "FILO_DEMO", "off", ("on", "off")) == "on",
            proxy_hops=_number(environ, "FILO_PROXY_HOPS", 0, 0, 5),
            tile_url=_tile_url(environ.get("FILO_TILE_URL", "")),
            retention_days=_number(environ, "FILO_RETENTION_DAYS", 30, 0, 3650),
            session_days=_number(environ, "FILO_SESSION_DAYS", 14, 1, 365),
            log_requests=_choice(environ, "FILO_LOG_REQUESTS", "on", ("on", "off")) == "on",
        )

    @classmethod
    def for_tests(cls, instance: Path, **changes: object) -> Config:
        """A quiet configuration in a folder of its own."""
        plain = cls(
            instance=instance,
            database_url=f"sqlite:///{instance / 'filo.db'}",
            secret_key="tests-only-" + "0" * 32,
            public_url="http://localhost",
            mail_url=f"file://{instance / 'mail'}",
            mail_from="Filò <filo@filo.example>",
            uid_domain="filo.example",
            rate_limits=False,
            log_requests=False,
            testing=True,
        )
        return replace(plain, **changes)  # type: ignore[arg-type]

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Host names that requests may name, without port; a local installation answers to every local name."""
        host = urlsplit(self.public_url).hostname or ""
        return LOCAL_HOSTS if host in {"127.0.0.1", "localhost", "::1"} else frozenset({host})


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ConfigError(
            f"FILO_INSTANCE: the folder {folder} cannot be written ({error.strerror}). "
            "Make it writable or name another one in FILO_INSTANCE."
        ) from error


def _secret_key(given: str, instance: Path) -> str:
    if given:
        if len(given) < 32:
            raise ConfigError("FILO_SECRET_KEY: needs at least 32 characters; leave it out and one is made for you.")
        return given
    path = instance / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(key := secrets.token_urlsafe(48))
    return key


def _public_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ConfigError(f"FILO_PUBLIC_URL: {url!r} is not an address such as https://events.example.org (no path).")
    return url.rstrip("/")


def _database_url(url: str) -> str:
    if not _DATABASE_URL.fullmatch(url):  # never repeated: it may hold a password
        raise ConfigError(
            "FILO_DATABASE_URL: write postgresql+psycopg://user:password@host/name or sqlite:////folder/filo.db, "
            "or leave it out for SQLite in the folder of the installation."
        )
    return url


def _tile_url(url: str) -> str:
    if url and not _TILE_URL.fullmatch(url):
        raise ConfigError(
            f"FILO_TILE_URL: {url!r} is not an address such as https://tiles.example/{{z}}/{{x}}/{{y}}.png."
        )
    return url


def _subaddressed(environ: Mapping[str, str], key: str) -> str:
    address = environ.get(key, "")
    if address and not _SUBADDRESSED.fullmatch(address):
        raise ConfigError(
            f"{key}: {address!r} is not an address such as filo@events.example.org, "
            "with at most 25 letters before the @ and no plus sign."
        )
    return address


def _domain(environ: Mapping[str, str], key: str) -> str:
    text = environ.get(key, "")
    if text and not _DOMAIN.fullmatch(text):
        raise ConfigError(f"{key}: {text!r} is not a name such as events.example.org.")
    return text


def _mail_domain(public_url: str) -> str:
    host = urlsplit(public_url).hostname or ""
    return host if "." in host and not host.replace(".", "").isdigit() else "filo.example"


def _number(environ: Mapping[str, str], key: str, default: int, low: int, high: int) -> int:
    text = environ.get(key, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise ConfigError(f"{key}: {text!r} is not a whole number between {low} and {high}.")
    return int(text)


def _choice(environ: Mapping[str, str], key: str, default: str, choices: tuple[str, ...]) -> str:
    text = environ.get(key, "") or default
    if text not in choices:
        raise ConfigError(f"{key}: {text!r} is not one of {', '.join(choices)}.")
    return text


def config_or_exit() -> Config:
    """The configuration for a command: a wrong setting ends the start with one sentence."""
    try:
        return Config.from_env()
    except ConfigError as error:
        sys.exit(f"filo: {error}")
