"""Atom (RFC 4287) of the news."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from flask_babel import gettext as _

from app.calendars import text
from app.news.presenters import News

NAMESPACE = "http://www.w3.org/2005/Atom"
MIMETYPE = "application/atom+xml"
_NOT_IN_XML = re.compile("[\ufffe\uffff]")


def atom(news: Iterable[News], *, lang: str, public_url: str, path: str, domain: str, updated: datetime) -> bytes:
    """The feed. Its id and those of its entries hang on ``domain`` (never on an address) and on the language."""
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": lang})
    _add(feed, "id", f"tag:{domain},2026:news/{lang}")
    _add(feed, "title", _("Filò – news of events"))
    _add(feed, "subtitle", _("Events that are new, moved or called off."))
    _add(feed, "updated", _stamp(updated))
    _add(SubElement(feed, "author"), "name", "Filò")
    _add(feed, "generator", "Filò")
    _link(feed, "self", f"{public_url}{path}", MIMETYPE)
    _link(feed, "alternate", f"{public_url}/events", "text/html")
    for one in news:
        _entry(feed, one, lang, public_url)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8")


def _entry(feed: Element, one: News, lang: str, public_url: str) -> None:
    entry = SubElement(feed, "entry")
    name, _at, domain = one.uid.rpartition("@")
    _add(entry, "id", f"tag:{domain},{one.at.year}:news/{name}/{lang}")
    _add(entry, "title", text.line(one.title))
    _add(entry, "updated", _stamp(one.at))
    _add(entry, "published", _stamp(one.at))
    _link(entry, "alternate", f"{public_url}{one.path}?lang={lang}", "text/html")
    SubElement(entry, "category", {"term": str(one.kind), "label": one.kind_words})
    _add(entry, "summary", text.paragraphs(one.summary))


def _add(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = _NOT_IN_XML.sub("", words)


def _link(parent: Element, rel: str, href: str, media_type: str) -> None:
    SubElement(parent, "link", {"rel": rel, "href": text.uri(href), "type": media_type})


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
