"""Comments without an account: their states, what is held back as spam, and for how long what is kept."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

LONGEST_NAME = 80
LONGEST_TEXT = 3000
MOST_LINKS = 2
SHORTEST_WRITING = timedelta(seconds=3)  # between the page and the comment; nobody types faster
LONGEST_WRITING = timedelta(days=2)
AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 5  # of one client
MOST_WAITING = 200  # comments that nobody has decided on, under one text
ADDRESS_KEPT = timedelta(days=90)
CLIENT_KEPT = timedelta(days=2)
HELD_KEPT = timedelta(days=30)  # rejected comments and spam
_LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
_REPEATED = re.compile(r"(.)\1{19}")


class CommentState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    SPAM = "spam"


class Suspicion(StrEnum):
    """Why a comment is held back as spam; moderators see it, its writer does not."""

    TRAP = "trap"  # the field that people do not see is filled
    TOO_FAST = "too_fast"
    NO_PAGE = "no_page"  # sent without having opened the page, or long after
    LINKS = "links"
    NOISE = "noise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came with a comment. ``opened_at``: when its page was opened, None where that is forged or missing."""

    name: str
    text: str
    trap: str
    opened_at: datetime | None
    now: datetime


def suspicion(sent: Sent) -> Suspicion | None:
    """Why a comment is spam; None where it only waits for a moderator, as every comment does."""
    if sent.trap:
        return Suspicion.TRAP
    if sent.opened_at is None or not timedelta(0) <= sent.now - sent.opened_at <= LONGEST_WRITING:
        return Suspicion.NO_PAGE
    if sent.now - sent.opened_at < SHORTEST_WRITING:
        return Suspicion.TOO_FAST
    if len(_LINK.findall(sent.text)) > MOST_LINKS or _LINK.search(sent.name):
        return Suspicion.LINKS
    return Suspicion.NOISE if _REPEATED.search(sent.text) else None


def stamp(key: str, target: str, opened_at: datetime) -> str:
    """When a page was opened, signed for what is commented on there: ``<seconds>.<mac>``."""
    seconds = str(int(opened_at.timestamp()))
    return f"{seconds}.{_mac(key, 'comment-page', target, seconds)}"


def opened_at(key: str, target: str, sent: str) -> datetime | None:
    """The reverse of :func:`stamp`; None for what this house did not sign."""
    seconds, _, mac = sent.partition(".")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12):
        return None
    is_genuine = hmac.compare_digest(
        mac.encode("utf-8", "replace"), _mac(key, "comment-page", target, seconds).encode()
    )
    return datetime.fromtimestamp(int(seconds), tz=UTC) if is_genuine else None


def client_mark(key: str, client: str, now: datetime) -> str:
    """What tells one client's comments of one day together, and nothing else of it; erased after CLIENT_KEPT."""
    return _mac(key, "comment-client", client, f"{now:%Y%m%d}")


def _mac(key: str, *parts: str) -> str:
    return hmac.new(key.encode(), "\0".join(parts).encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]
