"""What the Subscribe panel shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from flask import current_app

from app.events.rules import FILTER_PARAMETERS, Filter
from app.kernel.i18n import language
from config import Config


@dataclass(frozen=True, slots=True)
class Subscription:
    """The ways into a calendar: ``url`` to copy, ``webcal`` for Apple and most programs, and the big web calendars."""

    name: str
    url: str
    webcal: str
    google: str
    outlook: str
    office: str


def subscription(path: str, params: Mapping[str, str] | None = None, *, name: str) -> Subscription:
    """The calendar at a feed's path, in the reader's language; ``params`` as the feed takes them (filter, sessions)."""
    config: Config = current_app.config["FILO"]
    given = {key: value for key, value in (params or {}).items() if value and key != "lang"}
    if language() != config.default_locale:
        given["lang"] = language()
    url = f"{config.public_url}{path}" + (f"?{urlencode(given)}" if given else "")
    webcal = f"webcal://{url.removeprefix(f'{urlsplit(url).scheme}://')}"
    added = urlencode({"url": url, "name": name}, quote_via=quote)
    return Subscription(
        name=name,
        url=url,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{added}",
        office=f"https://outlook.office.com/calendar/0/addfromweb?{added}",
    )


def list_subscription(filter: Filter, *, name: str, sessions: bool = False) -> Subscription:
    """The calendar with just the events of a list, upcoming and new ones included."""
    parts = filter.parts()
    params = {key: parts[key] for key in FILTER_PARAMETERS if key in parts}
    return subscription("/events.ics", params | ({"sessions": "1"} if sessions else {}), name=name)
