"""Contact exchange: who sees whose card, and for how long."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from app.forums import errors

SHOWN_FOR = timedelta(days=60)  # after the end of the event


def is_over(ends_at: datetime, now: datetime) -> bool:
    """Cards are exchanged until two months after an event, so that people can still write to each other."""
    return now >= ends_at + SHOWN_FOR


def check_open(ends_at: datetime, now: datetime) -> None:
    """Raises ContactsOver."""
    if is_over(ends_at, now):
        raise errors.ContactsOver


def visible_to(reader: int, sharing: Collection[int]) -> frozenset[int]:
    """Whose cards somebody sees: those of all others who share, if he or she does; otherwise nobody's."""
    return frozenset(sharing) - {reader} if reader in sharing else frozenset()


def safe_address(website: str) -> str:
    """An address that a page may link to; empty for anything but the web."""
    return website if website.startswith(("https://", "http://")) else ""
