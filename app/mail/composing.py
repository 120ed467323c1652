"""What each kind of mail says; the room that knows it registers a composer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The values for templates/mail/<name>/*, and a calendar entry if the mail carries one.

    ``calendar`` with a ``method`` ("REQUEST", "CANCEL") becomes an invitation that mail programs act on
    (RFC 6047); without a method it is only attached. ``headers`` are more lines of the head (Reply-To,
    List-Unsubscribe). ``pictures`` are PNGs that stand in the HTML, by the Content-ID that it names (``cid:…``).
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    calendar: bytes | None = None
    method: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)


Composer = Callable[[dict[str, Any], str], Letter | None]
_composers: dict[str, Composer] = {}


def composes(name: str) -> Callable[[Composer], Composer]:
    """Register the composer of mails called ``name``; it gets the context and the recipient's language.

    It runs in that language, outside a transaction, perhaps more than once. None means that what the
    mail would say is no longer true: it is dropped.
    """

    def register(composer: Composer) -> Composer:
        _composers[name] = composer
        return composer

    return register


def composer_of(name: str) -> Composer:
    """KeyError for a mail that no room composes."""
    return _composers[name]
