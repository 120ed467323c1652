"""How often somebody may try to sign in, what a password must be, and where a sign-in may lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from app.accounts.errors import PasswordTooCommon, PasswordTooShort
from app.accounts.guessing import is_guessed_first

TRY_WINDOW = timedelta(minutes=15)
TRIES_KEPT = timedelta(days=1)
LINK_LIFE = timedelta(minutes=30)
LINKS_AN_HOUR = 5
LEAST_LENGTH = 8
LONGEST_PASSWORD = 1000
_TRIES_OF_ONE_CLIENT_FOR_ONE_ADDRESS = 10
_TRIES_FOR_AN_ADDRESS_UNDER_ATTACK = 3
_TRIES_FOR_ONE_ADDRESS = 60
_TRIES_OF_ONE_CLIENT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """Tries without success within TRY_WINDOW: from this client for this address, and of each alone."""

    of_both: int
    of_client: int
    of_address: int


def may_try(tries: Tries) -> bool:
    """Whether a password may be tried. An address under attack stays open to its owner from a fresh client."""
    under_attack = tries.of_address >= _TRIES_FOR_ONE_ADDRESS
    limit = _TRIES_FOR_AN_ADDRESS_UNDER_ATTACK if under_attack else _TRIES_OF_ONE_CLIENT_FOR_ONE_ADDRESS
    return tries.of_both < limit and tries.of_client < _TRIES_OF_ONE_CLIENT


def may_ask_for_link(tries: Tries) -> bool:
    """Whether a link may be asked for: wrong passwords of this client do not stand in the way, floods do."""
    return tries.of_client < _TRIES_OF_ONE_CLIENT


def check_password(password: str, email: str) -> None:
    """Refuse what is guessed first (NIST SP 800-63B: length and what is common, no composition rules)."""
    if len(password) < LEAST_LENGTH:
        raise PasswordTooShort(field="password", least=LEAST_LENGTH)
    if is_guessed_first(password, email):
        raise PasswordTooCommon(field="password")


def own_path(target: str | None) -> str | None:
    """The target of a redirect if it is a path of our own and nothing that a browser reads otherwise."""
    if not target or len(target) > 2000 or not target.isascii() or not target.isprintable():
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    return target
