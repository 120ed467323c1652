"""What REPORT answers (RFC 3253, 3744, 4791, 6578)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import structlog

from app.caldav import rules, writing
from app.caldav.errors import Refused
from app.caldav.filters import CompFilter, TimeRange
from app.caldav.properties import CALENDAR_DATA, Asked, known_names, split
from app.caldav.reading import c, d
from app.caldav.resources import (
    CalendarResource,
    EntryResource,
    Principal,
    Resource,
    resource_at,
)
from app.caldav.vevents import Entry, is_busy, overlaps
from app.calendars.free_busy import Busy, free_busy_file

XML, ICS = "application/xml; charset=utf-8", "text/calendar; charset=utf-8"
log = structlog.get_logger()
Answer = tuple[bytes, int, str]
"""Body, status and content type."""


def report(root: Element, resource: Resource, asked: Asked, *, depth: str) -> Answer:
    """The answer to a report on a resource; raises Refused."""
    answer = _REPORTS.get(root.tag)
    if answer is None:
        raise Refused(403, writing.element(d("supported-report")))
    return answer(root, resource, asked, depth)


def wanted_names(root: Element | None, resource: Resource, asked: Asked) -> Sequence[str]:
    """The properties that a request names, or all there are."""
    given = root.find(d("prop")) if root is not None else None
    return [one.tag for one in given] if given is not None else known_names(resource, asked)


def described(resource: Resource, names: Iterable[str], asked: Asked) -> str:
    return writing.response(resource.path, *split(names, resource, asked))


def _query(root: Element, resource: Resource, asked: Asked, depth: str) -> Answer:
    calendar = _calendar(resource)
    query = CompFilter.of_query(root)
    if not query.wants_events or query.is_not_defined:
        return _multistatus([])
    span = query.span or TimeRange(None, None)
    entries = [entry for entry in calendar.entries(start=span.start, end=span.end) if _is_readable(query.fits, entry)]
    found = [EntryResource.of(calendar, entry) for entry in entries]
    return _multistatus(_each(root, found, asked))


def _multiget(root: Element, resource: Resource, asked: Asked, depth: str) -> Answer:
    """By the hrefs as they were written: programs look for just those in the answer."""
    calendar = resource.calendar if isinstance(resource, EntryResource) else _calendar(resource)
    hrefs = [(one.text or "").strip() for one in root.findall(d("href"))]
    uids = {text: _uid_in(text, calendar) for text in hrefs}
    entries = calendar.named({uid for uid in uids.values() if uid})
    parts = []
    for text, uid in uids.items():
        entry = entries.get(uid) if uid else None
        if entry is None:
            parts.append(writing.gone(text))
        else:
            parts += _each(root, [EntryResource(text, entry.uid, entry, calendar)], asked)
    return _multistatus(parts)


def _sync(root: Element, resource: Resource, asked: Asked, depth: str) -> Answer:
    """All of a collection, or what changed since a token (RFC 6578, 3)."""
    calendar = _calendar(resource)
    level = (root.findtext(d("sync-level")) or depth).strip()
    if level not in {"1", "infinite", "infinity"}:
        raise Refused(400)
    # read before the entries: what is written meanwhile is told of twice, never not at all
    token = rules.sync_token(asked.public_url, calendar.path, calendar.version)
    given = (root.findtext(d("sync-token")) or "").strip()
    if given:
        found, gone = _changes(calendar, given, asked)
    else:
        found, gone = [EntryResource.of(calendar, entry) for entry in calendar.entries()], []
    if _most(root) < len(found) + len(gone):
        raise Refused(507, writing.element(d("number-of-matches-within-limits")))
    return writing.multistatus([*_each(root, found, asked), *gone], token), 207, XML


def _changes(calendar: CalendarResource, given: str, asked: Asked) -> tuple[list[EntryResource], list[str]]:
    version = rules.version_in(given, asked.public_url, calendar.path)
    uids = calendar.changed_since(version) if version is not None else None
    if uids is None:
        raise Refused(403, writing.element(d("valid-sync-token")))
    entries = calendar.named(uids) if uids else {}
    found = [EntryResource.of(calendar, entries[uid]) for uid in uids if uid in entries]
    return found, [writing.gone(f"{calendar.path}{rules.entry_name(uid)}") for uid in uids if uid not in entries]


def _most(root: Element) -> int:
    text = (root.findtext(f"{d('limit')}/{d('nresults')}") or "").strip()
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused(400)
    return int(text) if text else 10**9


def _free_busy(root: Element, resource: Resource, asked: Asked, depth: str) -> Answer:
    calendar = _calendar(resource)
    node = root.find(c("time-range"))
    span = TimeRange.of(node) if node is not None else TimeRange(None, None)
    if span.start is None or span.end is None:
        raise Refused(400)
    busy = [
        Busy(entry.starts_at, entry.ends_at)
        for entry in calendar.entries(start=span.start, end=span.end)
        if is_busy(entry.body) and _is_readable(lambda one: overlaps(one, span.start, span.end), entry)
    ]
    file = free_busy_file(
        busy,
        uid=f"freebusy-{calendar.version}",
        stamp=calendar.changed_at or span.start,
        start=span.start,
        end=span.end,
        lang=calendar.lang,
    )
    return file, 200, ICS


def _expand(root: Element, resource: Resource, asked: Asked, depth: str) -> Answer:
    """The properties that are named; what they point to is described in its place where more is asked of it."""
    found, missing = [], []
    for node in root.findall(d("property")):
        name = f"{{{node.get('namespace', 'DAV:')}}}{node.get('name', '')}"
        values, unknown = split([name], resource, asked)
        inner = node.findall(d("property"))
        targets = _targets(values, asked) if inner else []
        if targets:
            parts = (_expand_one(inner, target, asked) for target in targets)
            found.append(writing.element(name, "".join(parts)))
        else:
            found += values
        missing += unknown
    return _multistatus([writing.response(resource.path, found, missing)])


def _expand_one(nodes: Sequence[Element], target: Resource, asked: Asked) -> str:
    names = [f"{{{node.get('namespace', 'DAV:')}}}{node.get('name', '')}" for node in nodes]
    return described(target, names, asked)


def _targets(values: Sequence[str], asked: Asked) -> list[Resource]:
    paths = [part.partition("</D:href>")[0] for value in values for part in value.split("<D:href>")[1:]]
    return [found for path in paths if path.startswith("/") and (found := resource_at(path, asked.visitor))]


def _search(root: Element, resource: Resource, asked: Asked, depth: str) -> Answer:
    """Nobody finds anybody but themselves."""
    token = asked.visitor.token
    words = [(one.text or "").casefold() for one in root.iter(d("match"))]
    known = f"{token.email_key} {token.label}".casefold() if token else ""
    if token is None or not words or not all(word in known for word in words):
        return _multistatus([])
    own = Principal(asked.visitor.principal, token.label, asked.visitor)
    return _multistatus([described(own, wanted_names(root, own, asked), asked)])


def _search_set(root: Element, resource: Resource, asked: Asked, depth: str) -> Answer:
    prop = writing.element(d("prop"), writing.element(d("displayname")))
    inner = writing.element(d("principal-search-property"), prop)
    return writing.document("principal-search-property-set", inner), 200, XML


_REPORTS: dict[str, Callable[[Element, Resource, Asked, str], Answer]] = {
    c("calendar-query"): _query,
    c("calendar-multiget"): _multiget,
    c("free-busy-query"): _free_busy,
    d("sync-collection"): _sync,
    d("expand-property"): _expand,
    d("principal-property-search"): _search,
    d("principal-search-property-set"): _search_set,
}


def _calendar(resource: Resource) -> CalendarResource:
    if not isinstance(resource, CalendarResource):
        raise Refused(403, writing.element(d("supported-report")))
    return resource


def _each(root: Element, found: Iterable[EntryResource], asked: Asked) -> list[str]:
    given = root.find(d("prop"))
    if given is None:
        return [described(one, known_names(one, asked), asked) for one in found]
    _check_data(given.find(CALENDAR_DATA))
    names = [one.tag for one in given]
    return [described(one, names, asked) for one in found]


def _check_data(node: Element | None) -> None:
    if node is not None and node.get("content-type", "text/calendar") != "text/calendar":
        raise Refused(403, writing.element(c("supported-calendar-data")))


def _uid_in(text: str, calendar: CalendarResource) -> str | None:
    path = unquote(urlsplit(text).path)
    if not path.startswith(unquote(calendar.path)):
        return None
    return rules.uid_of(path.removeprefix(unquote(calendar.path)))


def _is_readable(fits: Callable[[Entry], bool], entry: Entry) -> bool:
    """Whether an entry fits. One whose bytes cannot be read fits nothing, and spoils nothing."""
    try:
        return fits(entry)
    except ValueError:
        log.error("entry_left_out", uid=entry.uid)
        return False


def _multistatus(responses: Iterable[str]) -> Answer:
    return writing.multistatus(responses), 207, XML
