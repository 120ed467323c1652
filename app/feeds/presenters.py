"""The ways into a calendar, for the panels and the page that offer them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from flask import current_app

from app.events.rules import Filter
from app.feeds.addresses import Feed, feed_of
from app.kernel.i18n import language
from config import Config


@dataclass(frozen=True, slots=True)
class Subscription:
    """The ways into a calendar: ``url`` to copy, ``webcal`` for Apple and most programs, and the big web calendars.

    ``page`` is where one chooses and sees what will be in it.
    """

    name: str
    url: str
    webcal: str
    google: str
    outlook: str
    office: str
    page: str


def subscription(filter: Filter, *, name: str, sessions: bool = False) -> Subscription:
    """The calendar with just the events of a list, upcoming and new ones included, in the reader's language.

    Raises BadAddressError for a filter that no calendar can have.
    """
    config: Config = current_app.config["FILO"]
    feed = feed_of(filter, lang=language(), sessions=sessions, default_lang=config.default_locale)
    return ways_into(feed, name=name, page=page_of(filter, sessions=sessions))


def ways_into(feed: Feed, *, name: str, page: str) -> Subscription:
    """The ways into one feed."""
    config: Config = current_app.config["FILO"]
    url = f"{config.public_url}{feed.address}"
    webcal = f"webcal://{url.removeprefix(f'{urlsplit(url).scheme}://')}"
    added = urlencode({"url": url, "name": name}, quote_via=quote)
    return Subscription(
        name=name,
        url=url,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{added}",
        office=f"https://outlook.office.com/calendar/0/addfromweb?{added}",
        page=page,
    )


def page_of(filter: Filter, *, sessions: bool = False, more: Mapping[str, str] | None = None) -> str:
    """Where one subscribes to the events of a filter."""
    given = filter.parts() | ({"sessions": "1"} if sessions else {}) | dict(more or {})
    return "/subscribe" + (f"?{urlencode(given)}" if given else "")
