"""Argon2id, with the least costs that OWASP's password storage sheet names, so that a class can sign in at once."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_at_once = threading.Semaphore(2)  # each hash takes 19 MiB


def hash_of(password: str) -> str:
    with _at_once:
        return _hasher.hash(_bytes(password))


def fits(password: str, password_hash: str | None) -> bool:
    """Whether a password belongs to a hash. Without one it takes as long and says no, so that time tells nothing."""
    with _at_once:
        try:
            return _hasher.verify(password_hash or _nobody(), _bytes(password)) and bool(password_hash)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(password_hash: str) -> bool:
    """Whether a hash was made with other costs than today's."""
    return _hasher.check_needs_rehash(password_hash)


def _bytes(password: str) -> bytes:
    # the same letters typed on two systems are the same password
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


@cache
def _nobody() -> str:
    return _hasher.hash("nobody")
