"""Joins a feed out of entries that were made when their events changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from babel import Locale
from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _

from app.calendars.calendar import calendar_head, is_sound, join
from app.events.rules import Kind
from app.feeds import queries
from app.feeds.addresses import Feed
from app.feeds.phrases import KINDS
from app.kernel.errors import NotFound
from app.kernel.texts import Texts

log = structlog.get_logger()
COLOR, APPLE_COLOR = "teal", "#0F4C5C"


class UnknownFeed(NotFound):
    """``part``: which part of the filter names nothing that exists."""

    code = "feeds.unknown"


def joined(app: Flask, feed: Feed, *, was_there: bool) -> bytes:
    """The file, in a fixed number of queries; raises UnknownFeed. ``was_there``: it once had entries."""
    with app.app_context():
        names = _known_names(feed, was_there=was_there)
        rows = queries.entries(feed.filter, feed.lang, sessions=feed.sessions)
        public_url = app.config["FILO"].public_url
        with force_locale(feed.lang):
            head = calendar_head(
                _name(feed, names),
                _("Events as Filò shows them. Changes arrive when your calendar next looks."),
                feed.lang,
                color=COLOR,
                apple_color=APPLE_COLOR,
                source=f"{public_url}{feed.address}",
                url=f"{public_url}{feed.page}",
            )
    sound = [row for row in rows if _is_sound(row.uid, row.zones, row.body)]
    return join(head, {zone for row in sound for zone in row.zones.split()}, (row.body for row in sound))


def name_of(feed: Feed, *, was_there: bool) -> str:
    """What the calendar is called in its own language, in one query; raises UnknownFeed."""
    names = _known_names(feed, was_there=was_there)
    with force_locale(feed.lang):
        return _name(feed, names)


def _known_names(feed: Feed, *, was_there: bool) -> dict[str, Any]:
    names = queries.names(feed.filter)
    _check_known(feed, names, was_there=was_there)
    return names


def _check_known(feed: Feed, names: Mapping[str, Any], *, was_there: bool) -> None:
    """Refuse what never was. A feed that lost its last entry is empty, or calendars would keep what they have."""
    missing = [part for part, name in names.items() if not name]  # missing Texts are read as empty ones
    if missing and (feed.filter.q or not was_there):
        raise UnknownFeed(part=missing[0])


def _name(feed: Feed, names: Mapping[str, Any]) -> str:
    """What the calendar is called, in the language in force."""
    parts = feed.filter.parts()
    words = [_kinds(parts["kind"])] if "kind" in parts else []
    words += [_in_words(part, name, feed.lang) for part, name in names.items() if name]
    words += [f"“{parts['q']}”"] if "q" in parts else []
    return str(_("Filò – %(what)s", what=" · ".join(words) or _("Events")))


def _kinds(kind: str) -> str:
    return str(KINDS[Kind(kind)])


def _in_words(part: str, name: Any, lang: str) -> str:
    if isinstance(name, Texts):
        return name.wording(lang).text
    if part == "language":
        return str(Locale.parse(lang).languages.get(name, name))
    return str(name)


def _is_sound(uid: str, zones: str, body: bytes) -> bool:
    if is_sound(zones, body):
        return True
    log.error("entry_left_out", uid=uid)
    return False
