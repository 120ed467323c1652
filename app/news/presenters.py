"""News as a reader of feeds shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.events.presenters import place_line, when_of
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.news.models import NewsItem
from app.news.rules import NewsKind


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A piece of news in the language in force. ``path`` is that of the event's page."""

    uid: str
    kind: NewsKind
    kind_words: str
    at: datetime
    title: str
    summary: str
    path: str


def news_of(item: NewsItem, told: Sequence[NewsItem]) -> News:
    """``told``: everything that was ever told of the event, oldest first."""
    event = item.event
    before = [row for row in told if row.id < item.id]
    lines = [_("When: %(when)s", when=_when(item)), _("Where: %(where)s", where=place_line(event))]
    if before and _when(before[-1]) != _when(item):
        lines.append(_("It was to be: %(when)s", when=_when(before[-1])))
    reason = event.status_reason if str(item.kind) == str(event.status) else ""
    lines += [text for text in (reason, event.summary.wording(language()).text) if text]
    return News(
        uid=item.uid,
        kind=item.kind,
        kind_words=say(item.kind),
        at=item.at,
        title=_("%(what)s: %(title)s", what=say(item.kind), title=event.title.wording(language()).text),
        summary="\n".join(lines),
        path=f"/events/{event.slug}",
    )


def _when(item: NewsItem) -> str:
    when = when_of(item.starts_at, item.ends_at, item.timezone, item.date_precision)
    return _("%(when)s (%(zone)s)", when=when, zone=when.zone) if when.zone else str(when)
