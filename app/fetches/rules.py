"""Which program fetched a calendar, what it is known to do with it, and what its reader can do next.

What programs do: their vendors' documentation and the threads of those who run calendar feeds; they change it without
saying so, so intervals are the longest that were seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

KEPT_EACH = 20
"""How many fetches of one calendar are kept."""

KEPT = timedelta(days=30)
"""For how long."""

MOST_CALENDARS = 500
"""Of how many public calendars: an address may combine filters in more ways than anybody follows."""

MISSING = "missing"
"""Under this, not under their own names, are kept the addresses at which there is nothing."""

_AGENDA = "agenda:"
_A_WEEK = timedelta(days=8)  # what people choose at most, and a day


class Family(StrEnum):
    """A program, as people call it."""

    GOOGLE = "google"
    MICROSOFT = "microsoft"  # the servers of Microsoft 365, Exchange and outlook.com
    OUTLOOK = "outlook"  # the program
    APPLE_IOS = "apple_ios"
    APPLE_MACOS = "apple_macos"
    THUNDERBIRD = "thunderbird"
    DAVX5 = "davx5"
    ICSX5 = "icsx5"
    EVOLUTION = "evolution"
    KDE = "kde"
    NEXTCLOUD = "nextcloud"
    VDIRSYNCER = "vdirsyncer"
    HOME_ASSISTANT = "home_assistant"
    PYTHON_CALDAV = "python_caldav"
    BROWSER = "browser"
    DOWNLOADER = "downloader"
    OTHER = "other"
    UNKNOWN = "unknown"


class Trait(StrEnum):
    """What a program is known to do, or not to do, with a calendar."""

    ASKS_ONCE_OR_TWICE_A_DAY = "asks_once_or_twice_a_day"
    ASKS_EVERY_FEW_HOURS = "asks_every_few_hours"
    ASKS_WEEKLY_UNLESS_TOLD = "asks_weekly_unless_told"
    ASKS_AS_CHOSEN = "asks_as_chosen"
    ASKS_AS_TOLD_BY_FEED = "asks_as_told_by_feed"
    ASKS_WHEN_SCHEDULED = "asks_when_scheduled"
    IGNORES_HINT = "ignores_hint"
    HAS_NO_BUTTON = "has_no_button"
    SHARES_ONE_COPY = "shares_one_copy"
    HIDES_CANCELLED = "hides_cancelled"
    SHOWS_CANCELLED_AS_HELD = "shows_cancelled_as_held"
    KEEPS_CANCELLED = "keeps_cancelled"
    NOT_ON_MAC = "not_on_mac"
    FETCHES_ONCE = "fetches_once"


class Advice(StrEnum):
    """What is the matter, and what to do."""

    NEVER_FETCHED = "never_fetched"
    HAS_NEWEST = "has_newest"
    WAIT = "wait"
    ASK_NOW = "ask_now"
    OVERDUE = "overdue"
    NEW_ADDRESS = "new_address"
    OLD_ADDRESS = "old_address"
    REFUSED = "refused"
    SERVER_FAILED = "server_failed"
    NOT_SUBSCRIBED = "not_subscribed"


class Client(NamedTuple):
    """A program and its version, of which nothing but digits and points is read."""

    family: Family
    version: str


class Noted(NamedTuple):
    """One answer as it was noted: ``at`` in seconds since 1970, the User-Agent as it came.

    ``calendar`` is the address of a public one without what people search for, or :func:`agenda_key`.
    """

    calendar: str
    status: int
    user_agent: str
    at: float
    by_caldav: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A fetch, as advice is given on it."""

    at: datetime
    status: int


# in this order: many programs also name what they are made of
_MARKS = (
    (Family.GOOGLE, "google-calendar-importer"),
    (Family.GOOGLE, "google"),
    (Family.OUTLOOK, "microsoft outlook"),
    (Family.OUTLOOK, "macoutlook"),
    (Family.OUTLOOK, "microsoft office"),
    (Family.MICROSOFT, "microsoft"),
    (Family.MICROSOFT, "exchange"),
    (Family.MICROSOFT, "outlook"),
    (Family.DAVX5, "davx5"),
    (Family.ICSX5, "icsx5"),
    (Family.THUNDERBIRD, "thunderbird"),
    (Family.HOME_ASSISTANT, "homeassistant"),
    (Family.HOME_ASSISTANT, "home-assistant"),
    (Family.HOME_ASSISTANT, "home assistant"),
    (Family.NEXTCLOUD, "nextcloud"),
    (Family.EVOLUTION, "evolution"),
    (Family.KDE, "akonadi"),
    (Family.KDE, "korganizer"),
    (Family.KDE, "kio/"),
    (Family.VDIRSYNCER, "vdirsyncer"),
    (Family.VDIRSYNCER, "khal"),
    (Family.PYTHON_CALDAV, "python-caldav"),
    (Family.APPLE_MACOS, "macos/"),
    (Family.APPLE_MACOS, "mac os x/"),
    (Family.APPLE_MACOS, "mac+os+x/"),
    (Family.APPLE_MACOS, "calendaragent"),
    (Family.APPLE_IOS, "ipados/"),
    (Family.APPLE_IOS, "ios/"),
    (Family.APPLE_IOS, "dataaccessd"),
    (Family.DOWNLOADER, "curl"),
    (Family.DOWNLOADER, "wget"),
    (Family.DOWNLOADER, "python-requests"),
    (Family.DOWNLOADER, "python-urllib"),
    (Family.DOWNLOADER, "httpx"),
    (Family.BROWSER, "mozilla/"),
)
_VERSION = re.compile(r"[/ ]?v?([0-9]{1,4}(?:\.[0-9]{1,4}){0,2})")

_CHOSEN = (Trait.ASKS_AS_CHOSEN,)
TRAITS: dict[Family, tuple[Trait, ...]] = {
    Family.GOOGLE: (
        Trait.ASKS_ONCE_OR_TWICE_A_DAY,
        Trait.IGNORES_HINT,
        Trait.HAS_NO_BUTTON,
        Trait.SHARES_ONE_COPY,
        Trait.HIDES_CANCELLED,
        Trait.SHOWS_CANCELLED_AS_HELD,
    ),
    Family.MICROSOFT: (Trait.ASKS_EVERY_FEW_HOURS, Trait.IGNORES_HINT, Trait.HAS_NO_BUTTON, Trait.NOT_ON_MAC),
    Family.OUTLOOK: (Trait.ASKS_AS_TOLD_BY_FEED, Trait.NOT_ON_MAC),
    Family.APPLE_IOS: (Trait.ASKS_AS_CHOSEN, Trait.KEEPS_CANCELLED),
    Family.APPLE_MACOS: (Trait.ASKS_AS_CHOSEN, Trait.KEEPS_CANCELLED),
    Family.THUNDERBIRD: (Trait.ASKS_AS_CHOSEN, Trait.KEEPS_CANCELLED),
    Family.DAVX5: (Trait.ASKS_AS_CHOSEN, Trait.SHOWS_CANCELLED_AS_HELD),
    Family.ICSX5: (Trait.ASKS_AS_CHOSEN, Trait.SHOWS_CANCELLED_AS_HELD),
    Family.EVOLUTION: (Trait.ASKS_AS_CHOSEN, Trait.IGNORES_HINT),
    Family.KDE: _CHOSEN,
    Family.NEXTCLOUD: (Trait.ASKS_WEEKLY_UNLESS_TOLD, Trait.HAS_NO_BUTTON),
    Family.VDIRSYNCER: (Trait.ASKS_WHEN_SCHEDULED,),
    Family.PYTHON_CALDAV: (Trait.ASKS_WHEN_SCHEDULED,),
    Family.BROWSER: (Trait.FETCHES_ONCE,),
    Family.DOWNLOADER: (Trait.FETCHES_ONCE,),
}
_LONGEST_PAUSE = {
    Trait.ASKS_ONCE_OR_TWICE_A_DAY: timedelta(hours=24),
    Trait.ASKS_EVERY_FEW_HOURS: timedelta(hours=24),
    Trait.ASKS_WEEKLY_UNLESS_TOLD: timedelta(days=7),
}


def client_of(user_agent: str) -> Client:
    """The program that a User-Agent names; the rest of the header, which may name a device or its owner, is left."""
    text = user_agent.casefold()
    for family, mark in _MARKS:
        if (place := text.find(mark)) >= 0:
            found = _VERSION.match(text, place + len(mark.rstrip("/")))
            return Client(family, found[1] if found else "")
    return Client(Family.OTHER if text.strip() else Family.UNKNOWN, "")


def agenda_key(token_id: int) -> str:
    """What the calendar behind a personal token is called here: by its number, never by what opens it."""
    return f"{_AGENDA}{token_id}"


def token_in(key: str) -> int | None:
    """The number of the token whose calendar this is; None for a public one."""
    return int(key.removeprefix(_AGENDA)) if key.startswith(_AGENDA) else None


def worth_keeping(noted: Iterable[Noted]) -> list[Noted]:
    """What of a minute is written: the newest of each calendar. What a program asks by CalDAV comes in many requests:
    only the last with the same outcome counts."""
    by_calendar: dict[str, list[Noted]] = {}
    folded: set[tuple[str, int, str]] = set()
    for one in sorted(noted, key=lambda one: one.at, reverse=True):
        key = MISSING if one.status == 404 else one.calendar
        kept = by_calendar.setdefault(key, [])
        mark = (one.calendar, one.status, one.user_agent)
        if len(kept) < KEPT_EACH and not (one.by_caldav and mark in folded):
            kept.append(one)
            folded.add(mark)
    return [one for kept in by_calendar.values() for one in kept]


def advice(
    family: Family, fetches: Sequence[Seen], newest_at: datetime | None, now: datetime, *, may_renew: bool = False
) -> tuple[Advice, ...]:
    """What to tell of one program by its fetches of a calendar, in any order.

    ``newest_at``: when the calendar last changed; ``may_renew``: whoever reads it can make a new address of it.
    """
    if not fetches:
        return (Advice.NEVER_FETCHED,)
    last = max(fetches, key=lambda one: one.at)
    good = [one.at for one in fetches if one.status < 400]
    found = [_on_failure(last.status)] if last.status >= 400 else []
    if any(one.status == 410 for one in fetches) and Advice.OLD_ADDRESS not in found:
        found.append(Advice.OLD_ADDRESS)
    if good:
        found += _on_success(family, max(good), newest_at, now)
    if may_renew and _would_help(family, found):
        found.append(Advice.NEW_ADDRESS)
    return tuple(found)


def last_success(fetches: Iterable[Seen]) -> datetime | None:
    """When a program last got, or already had, what there was."""
    return max((one.at for one in fetches if one.status < 400), default=None)


def up_to_date_since(fetches: Iterable[Seen], newest_at: datetime | None) -> datetime | None:
    """Since when a program has what there is now, as far as its fetches are kept; None while it has not."""
    return min((one.at for one in fetches if one.status < 400 and (not newest_at or one.at >= newest_at)), default=None)


def _on_failure(status: int) -> Advice:
    if status >= 500:
        return Advice.SERVER_FAILED
    return Advice.OLD_ADDRESS if status == 410 else Advice.REFUSED


def _on_success(family: Family, last: datetime, newest_at: datetime | None, now: datetime) -> list[Advice]:
    traits = TRAITS.get(family, ())
    if Trait.FETCHES_ONCE in traits:
        return [Advice.NOT_SUBSCRIBED]
    if newest_at is None or last >= newest_at:
        return [Advice.HAS_NEWEST]
    pause = next((_LONGEST_PAUSE[trait] for trait in traits if trait in _LONGEST_PAUSE), None)
    if now - last > (2 * pause if pause else _A_WEEK):
        return [Advice.OVERDUE]
    return [Advice.WAIT if pause else Advice.ASK_NOW]


def _would_help(family: Family, found: Sequence[Advice]) -> bool:
    """Whether a new address makes a program fetch anew at once: one that keeps a copy by the address does."""
    is_stuck = Advice.OVERDUE in found or Advice.HAS_NEWEST in found or Advice.WAIT in found
    return is_stuck and Trait.SHARES_ONE_COPY in TRAITS.get(family, ())
