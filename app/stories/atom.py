"""Atom (RFC 4287) of the write-ups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from flask_babel import gettext as _

from app.calendars import text
from app.kernel.markdown import markdown
from app.stories.models import Story
from app.stories.presenters.stories import bylines

MIMETYPE = "application/atom+xml"
# what XML 1.0 does not take, however it is written
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(stories: Sequence[Story], *, lang: str, public_url: str, path: str, domain: str, updated: datetime) -> bytes:
    """The feed in one language; what has no wording in it falls back and says so by ``xml:lang``."""
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": lang})
    _add(feed, "id", f"tag:{domain},2026:stories/{lang}")
    _add(feed, "title", _("Filò – write-ups"))
    _add(feed, "subtitle", _("What was seen, said and learned at events of clusters."))
    _add(feed, "updated", _stamp(updated))
    _add(SubElement(feed, "author"), "name", "Filò")
    _link(feed, "self", f"{public_url}{path}", MIMETYPE)
    _link(feed, "alternate", f"{public_url}/stories", "text/html")
    for story in stories:
        _entry(feed, story, lang, public_url, domain)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8")


def _entry(feed: Element, story: Story, lang: str, public_url: str, domain: str) -> None:
    title, standfirst, body = (each.wording(lang) for each in (story.title, story.standfirst, story.body))
    published = story.published_at or story.created_at
    entry = SubElement(feed, "entry", {} if title.lang == lang else {"xml:lang": title.lang})
    _add(entry, "id", f"tag:{domain},{story.created_at.year}:story/{story.id}/{lang}")
    _add(entry, "title", text.line(title.text))
    _add(entry, "updated", _stamp(max(published, story.changed_at)))
    _add(entry, "published", _stamp(published))
    for name in bylines(story.authors):
        _add(SubElement(entry, "author"), "name", text.line(name))
    _link(entry, "alternate", f"{public_url}/stories/{story.slug}?lang={lang}", "text/html")
    _add(entry, "summary", text.paragraphs(standfirst.text))
    content = SubElement(entry, "content", {"type": "html"})
    content.text = _NOT_IN_XML.sub("", str(markdown(body.text)))


def _add(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = _NOT_IN_XML.sub("", words)


def _link(parent: Element, rel: str, href: str, media_type: str) -> None:
    SubElement(parent, "link", {"rel": rel, "href": text.uri(href), "type": media_type})


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
