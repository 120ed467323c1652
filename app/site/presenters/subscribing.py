"""The page where one chooses a calendar, sees what it will show, and finds the ways into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from flask_babel import gettext as _

from app.changes.queries import version_of
from app.embedding.presenters import Snippet, snippet_for
from app.events.rules import FILTER_PARAMETERS, Kind
from app.feeds.addresses import BadAddressError, Feed, feed_of
from app.feeds.joining import UnknownFeed, name_of
from app.feeds.presenters import Subscription, ways_into
from app.feeds.preview import ShownEntry, coming
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.phrases import say
from app.network.actors import Actor
from app.site import queries
from app.site.pages import filter_values
from app.site.presenters.choices import Choice, choices
from app.site.presenters.dates import short_month
from app.site.rules import Wanted
from app.site.subscribing import OF, Asked

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribePage:
    """``kept`` are the parts that the form cannot change: of an organisation, a venue or a series."""

    subscription: Subscription
    choices: list[Choice]
    words: str
    kept: list[tuple[str, str]]
    entries: Sequence[ShownEntry]
    lang: str
    language: str
    list_url: str
    code_url: str
    snippet: Snippet | None

    def month_of(self, day: date) -> str:
        """``Mar 2027``, for below a day."""
        return f"{short_month(day.month, self.language)} {day.year}"


def subscribe_page(asked: Asked, actor: Actor, now: datetime, language: str) -> SubscribePage:
    """The page for a calendar; its entries are read from where the feed itself is read. Raises UnknownFeed."""
    feed = _feed(asked)
    name = name_of(feed, was_there=version_of(feed.collections).number > 0)
    parts = asked.filter.parts()
    return SubscribePage(
        subscription=ways_into(feed, name=name, page=asked.address()),
        choices=_choices(asked, now, language),
        words=asked.filter.q or "",
        kept=[(part, parts[part]) for part in OF if part in parts],
        entries=coming(feed, now, limit=SHOWN),
        lang=asked.lang,
        language=language,
        list_url=feed.page,
        code_url=f"/subscribe/code.svg?{asked.query()}",
        snippet=snippet_for(actor, asked.filter, name, asked.lang),
    )


def _feed(asked: Asked) -> Feed:
    default_lang = current_app.config["FILO"].default_locale
    try:
        return feed_of(asked.filter, lang=asked.lang, sessions=asked.sessions, default_lang=default_lang)
    except BadAddressError as error:
        raise UnknownFeed(part="") from error


def _choices(asked: Asked, now: datetime, language: str) -> list[Choice]:
    """The fields of the list's filter, and what only a calendar has."""
    wanted = Wanted(filter=asked.filter)
    kinds = [(str(kind), say(kind)) for kind in Kind]
    narrowing = [
        Choice("kind", _("Kind of event"), _("All kinds"), kinds, asked.filter.kind or ""),
        *choices(wanted, filter_values(queries.pages_version(), now), language),
    ]
    return [
        *(choice for choice in narrowing if choice.name in FILTER_PARAMETERS),
        Choice("in", _("Language of the calendar"), "", list(LANGUAGE_NAMES.items()), asked.lang),
        Choice(
            "sessions",
            _("Shows"),
            _("Events"),
            [("1", _("Events and the parts of their agenda"))],
            f"{asked.sessions:d}",
        ),
    ]
