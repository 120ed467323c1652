"""What an embedded calendar shows, and the code that puts it on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from urllib.parse import urlencode

from flask import current_app
from flask_babel import gettext as _
from markupsafe import escape

from app.embedding import queries
from app.embedding.queries import Embedder
from app.embedding.rules import Theme
from app.events.rules import FILTER_PARAMETERS, Filter
from app.feeds.addresses import Feed, feed_of
from app.feeds.presenters import page_of
from app.feeds.preview import ShownEntry, coming
from app.kernel.date_words import month_words
from app.kernel.i18n import language
from app.kernel.texts import LANGUAGES
from app.network.actors import Actor
from app.network.permissions import may_edit_organisation

MOST_ENTRIES = 20
HEIGHT = 640
EVERYBODY = "all"
_PARTS = (*FILTER_PARAMETERS, "organisation", "venue", "series")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page to be shown inside another one."""

    title: str
    theme: Theme
    months: Sequence[tuple[str, list[ShownEntry]]]
    subscribe_url: str
    settings_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """The code for somebody's page; ``is_allowed``: there is a site on which it would be seen."""

    name: str
    html: str
    is_allowed: bool
    settings_url: str


def feed_in_frame(organisation: Embedder, args: Mapping[str, str], default_lang: str) -> Feed:
    """What a frame shows: the events of its organisation, or with ``whose=all`` of everybody, narrowed as lists are.

    Raises BadAddressError.
    """
    parts = {name: value for name in _PARTS if (value := args.get(name, "").strip())}
    if args.get("whose") != EVERYBODY:
        parts["organisation"] = organisation.slug
    lang = args.get("lang", default_lang)
    return feed_of(Filter(**parts), lang=lang if lang in LANGUAGES else default_lang, default_lang=default_lang)


def frame(organisation: Embedder, feed: Feed, name: str, theme: str, now: datetime) -> Frame:
    """The page in the language in force. An unknown theme is that of the reader."""
    entries = coming(feed, now, limit=MOST_ENTRIES)
    return Frame(
        title=name,
        theme=Theme(theme) if theme in set(Theme) else Theme.AUTO,
        months=[(_heading(month), list(found)) for month, found in groupby(entries, key=_month)],
        subscribe_url=page_of(feed.filter, more={"lang": feed.lang}),
        settings_url=settings_url(organisation.slug),
    )


def snippet_for(actor: Actor, filter: Filter, name: str, lang: str) -> Snippet | None:
    """The code with which somebody puts a list on the pages of an organisation; None for who manages none.

    It is the organisation that the list is of, or else the first that the actor manages.
    """
    slug = filter.organisation
    found = queries.embedder(slug) if slug and actor.signed_in else None
    if found is None or not may_edit_organisation(actor, found.id):
        own = queries.first_managed(actor.managed_ids) if actor.managed_ids else None
        found = queries.embedder(own) if own else None
    return snippet(found, filter, name, lang) if found else None


def snippet(organisation: Embedder, filter: Filter, name: str, lang: str) -> Snippet:
    """The code for a list in one language."""
    parts = filter.parts()
    if parts.get("organisation") == organisation.slug:
        parts.pop("organisation")
    else:
        parts["whose"] = EVERYBODY
    query = urlencode({**parts, "lang": lang, "theme": Theme.AUTO})
    url = f"{current_app.config['FILO'].public_url}/embed/organisations/{organisation.slug}/events?{query}"
    html = (
        f'<iframe src="{escape(url)}" title="{escape(name)}" '
        f'width="100%" height="{HEIGHT}" loading="lazy" style="border: 0"></iframe>'
    )
    return Snippet(
        name=organisation.name,
        html=html,
        is_allowed=bool(organisation.origins),
        settings_url=settings_url(organisation.slug),
    )


def own_snippet(organisation: Embedder) -> Snippet:
    """The code for all events of an organisation."""
    name = _("%(name)s: events", name=organisation.name)
    return snippet(organisation, Filter(organisation=organisation.slug), name, language())


def settings_url(slug: str) -> str:
    return f"/manage/organisations/{slug}/embedding"


def _month(entry: ShownEntry) -> date:
    return entry.starts_on.replace(day=1)


def _heading(month: date) -> str:
    words = month_words(month)
    return words[:1].upper() + words[1:]
