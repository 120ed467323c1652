"""The properties of resources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from xml.sax.saxutils import escape

from app.caldav.reading import APPLE, CALENDARSERVER, c, d
from app.caldav.resources import (
    CalendarResource,
    EntryResource,
    Home,
    Principal,
    Resource,
    Root,
    Visitor,
)
from app.caldav.rules import sync_token
from app.caldav.writing import element, href
from app.calendars.calendar import head_of, join, plain_calendar
from app.feeds.conditional import http_date
from app.feeds.joining import APPLE_COLOR

CALENDAR_DATA = c("calendar-data")
ENTRY_TYPE = "text/calendar; charset=utf-8; component=VEVENT"
_READ = "".join(
    element(d("privilege"), element(name))
    for name in (d("read"), c("read-free-busy"), d("read-current-user-privilege-set"))
)
_REPORTS = {
    "calendar": ("calendar-query", "calendar-multiget", "free-busy-query"),
    "any": ("expand-property", "principal-property-search", "principal-search-property-set"),
}


class Asked:
    """What properties hang on besides their resource."""

    def __init__(self, visitor: Visitor, public_url: str, *, is_brief: bool) -> None:
        self.visitor = visitor
        self.public_url = public_url
        self.is_brief = is_brief


Read = Callable[[Resource, Asked], str | None]


def value_of(name: str, resource: Resource, asked: Asked) -> str | None:
    """A property as XML, its element included; None where the resource does not have it."""
    read = _PROPERTIES.get(name)
    inner = read(resource, asked) if read else None
    return None if inner is None else element(name, inner)


def known_names(resource: Resource, asked: Asked) -> list[str]:
    """What a resource has, for whoever asks for everything; the content of entries is asked for by its name."""
    return [name for name in _PROPERTIES if name != CALENDAR_DATA and value_of(name, resource, asked) is not None]


def calendar_data(resource: EntryResource) -> bytes:
    """The entry as a calendar of its own."""
    return join(_head(resource.calendar.lang), resource.entry.zones.split(), [resource.entry.body])


@lru_cache(maxsize=8)
def _head(lang: str) -> bytes:
    return head_of(plain_calendar(lang))


def _type(resource: Resource, asked: Asked) -> str:
    if isinstance(resource, EntryResource):
        return ""
    kinds = element(d("collection"))
    if isinstance(resource, CalendarResource):
        kinds += element(c("calendar"))
    if isinstance(resource, Principal):
        kinds += element(d("principal"))
    return kinds


def _of_calendar(read: Callable[[CalendarResource, Asked], str | None]) -> Read:
    return lambda resource, asked: read(resource, asked) if isinstance(resource, CalendarResource) else None


def _of_entry(read: Callable[[EntryResource], str | None]) -> Read:
    return lambda resource, asked: read(resource) if isinstance(resource, EntryResource) else None


def _of_principal(read: Callable[[Principal], str | None]) -> Read:
    return lambda resource, asked: read(resource) if isinstance(resource, Principal) else None


def _sync_token(calendar: CalendarResource, asked: Asked) -> str:
    return escape(sync_token(asked.public_url, calendar.path, calendar.version))


def _reports(resource: Resource, asked: Asked) -> str:
    names = [d(name) for name in _REPORTS["any"]]
    if isinstance(resource, CalendarResource):
        names = [*(c(name) for name in _REPORTS["calendar"]), d("sync-collection"), *names]
    return "".join(element(d("supported-report"), element(d("report"), element(name))) for name in names)


def _content_type(resource: Resource, asked: Asked) -> str | None:
    if isinstance(resource, EntryResource):
        return ENTRY_TYPE
    return "text/calendar; charset=utf-8" if isinstance(resource, CalendarResource) else None


def _modified(calendar: CalendarResource, asked: Asked) -> str | None:
    return http_date(calendar.changed_at) if calendar.changed_at else None


def _owner(resource: Resource, asked: Asked) -> str | None:
    calendar = resource.calendar if isinstance(resource, EntryResource) else resource
    if isinstance(calendar, CalendarResource) and not calendar.is_personal:
        return None
    return href(asked.visitor.principal) if isinstance(calendar, CalendarResource | Home) else None


def _home_set(resource: Resource, asked: Asked) -> str | None:
    if isinstance(resource, Principal):
        return href(resource.visitor.home)
    return href(asked.visitor.home) if isinstance(resource, Root) else None


def _addresses(principal: Principal) -> str | None:
    token = principal.visitor.token
    return href(f"mailto:{token.email_key}") if token else ""


def _data(resource: EntryResource) -> str:
    return escape(calendar_data(resource).decode()).replace("\r", "&#13;")


def _collations(calendar: CalendarResource, asked: Asked) -> str:
    return "".join(element(c("supported-collation"), name) for name in ("i;ascii-casemap", "i;octet"))


_PROPERTIES: dict[str, Read] = {
    d("resourcetype"): _type,
    d("displayname"): lambda resource, asked: (
        escape(resource.name) if not isinstance(resource, EntryResource) else None
    ),
    d("current-user-principal"): lambda resource, asked: href(asked.visitor.principal_at(resource.path)),
    d("current-user-privilege-set"): lambda resource, asked: _READ,
    d("principal-collection-set"): lambda resource, asked: href("/caldav/principals/"),
    d("supported-report-set"): _reports,
    d("owner"): _owner,
    d("principal-URL"): _of_principal(lambda principal: href(principal.path)),
    d("group-membership"): _of_principal(lambda principal: ""),
    d("getcontenttype"): _content_type,
    d("getetag"): _of_entry(lambda entry: escape(entry.etag)),
    d("getcontentlength"): _of_entry(lambda entry: str(len(calendar_data(entry)))),
    d("getlastmodified"): _of_calendar(_modified),
    d("sync-token"): _of_calendar(_sync_token),
    f"{{{CALENDARSERVER}}}getctag": _of_calendar(_sync_token),
    c("calendar-home-set"): _home_set,
    c("calendar-user-address-set"): _of_principal(_addresses),
    c("supported-calendar-component-set"): _of_calendar(lambda calendar, asked: '<C:comp name="VEVENT"/>'),
    c("supported-calendar-data"): _of_calendar(
        lambda calendar, asked: '<C:calendar-data content-type="text/calendar" version="2.0"/>'
    ),
    c("supported-collation-set"): _of_calendar(_collations),
    c("schedule-calendar-transp"): _of_calendar(
        lambda calendar, asked: element(c("opaque" if calendar.is_personal else "transparent"))
    ),
    f"{{{APPLE}}}calendar-color": _of_calendar(lambda calendar, asked: f"{APPLE_COLOR}FF"),
    CALENDAR_DATA: _of_entry(_data),
}


def split(names: Iterable[str], resource: Resource, asked: Asked) -> tuple[list[str], list[str]]:
    """Properties that a resource has, as XML, and the names of those that it has not, for programs that want them."""
    found: list[str] = []
    missing: list[str] = []
    for name in names:
        value = value_of(name, resource, asked)
        if value is not None:
            found.append(value)
        elif not asked.is_brief:
            missing.append(name)
    return found, missing
