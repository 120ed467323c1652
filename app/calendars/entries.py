"""What a calendar shows of an event, an agenda item or a leg, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class EntryStatus(StrEnum):
    """RFC 5545 §3.8.1.11, spelt as it is written there."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class Conference(NamedTuple):
    """Where an online event is joined, and what the link is called."""

    uri: str
    label: str


class Image(NamedTuple):
    """A public picture; ``fmttype`` is its media type."""

    uri: str
    fmttype: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry. Everything in its bytes stands here; nothing comes from the clock or from chance.

    Instants are aware UTC. ``in_utc`` writes them so (purely online events); else they are written on the
    clocks of ``timezone``, and the end on those of ``ends_timezone`` where a leg ends in another zone.
    An ``all_day`` entry spans every day in ``timezone`` that it touches; an end at midnight touches no
    further day. ``changed_at`` is the last change of the content. The title of a cancelled entry says so
    already. Raises ValueError for a naive instant, an empty uid, or an end not after the start.
    """

    uid: str
    sequence: int
    summary: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    created_at: datetime
    changed_at: datetime
    ends_timezone: str | None = None
    in_utc: bool = False
    all_day: bool = False
    status: EntryStatus = EntryStatus.CONFIRMED
    transparent: bool = True
    description: str = ""
    description_html: str = ""
    url: str = ""
    location: str = ""
    location_title: str = ""
    latitude: float | None = None
    longitude: float | None = None
    categories: tuple[str, ...] = ()
    conference: Conference | tuple[str, str] | None = None
    image: Image | tuple[str, str] | None = None
    color: str | None = None
    parent_uid: str | None = None

    def __post_init__(self) -> None:
        for name in ("starts_at", "ends_at", "created_at", "changed_at"):
            if getattr(self, name).utcoffset() is None:
                raise ValueError(f"{name} of a calendar entry needs a time zone")
        if not self.uid.strip():
            raise ValueError("a calendar entry needs a uid")
        if self.ends_at <= self.starts_at:
            raise ValueError("a calendar entry ends after it starts")

    @property
    def is_cancelled(self) -> bool:
        return self.status is EntryStatus.CANCELLED
