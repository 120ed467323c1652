"""Calendars for programs that ask what changed (CalDAV, RFC 4791). They can be read, not written."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from app.caldav import reading, writing
from app.caldav.errors import Refused
from app.caldav.gate import visitor
from app.caldav.properties import ENTRY_TYPE, Asked, calendar_data
from app.caldav.reading import d
from app.caldav.reports import ICS, XML, described, report, wanted_names
from app.caldav.resources import Agenda, CalendarResource, EntryResource, Home, Resource, resource_at
from app.calendars.calendar import calendar_head, join
from app.feeds.conditional import not_modified
from app.feeds.joining import APPLE_COLOR, COLOR
from app.fetches.gathering import Fetches
from app.fetches.rules import agenda_key
from app.kernel.forgery import csrf

bp = Blueprint("caldav", __name__)
csrf.exempt(bp)  # no cookie opens anything here, and nothing can be written
READING = ("OPTIONS", "GET", "HEAD", "PROPFIND", "REPORT")
# what each one would need, and nobody has (RFC 3744, 3 and 7.1.1)
WRITING = {
    "PUT": d("write-content"),
    "PATCH": d("write-content"),
    "DELETE": d("unbind"),
    "MKCALENDAR": d("bind"),
    "MKCOL": d("bind"),
    "PROPPATCH": d("write-properties"),
    "MOVE": d("unbind"),
    "COPY": d("bind"),
    "LOCK": d("write-content"),
    "UNLOCK": d("unlock"),
    "ACL": d("write-acl"),
}
METHODS = (*READING, *WRITING)
MOST_BYTES = 500_000
_WORDS = b"Calendars for programs (CalDAV). Give this address to yours; /calendars makes a password.\n"


@bp.route("/.well-known/caldav", methods=[*METHODS], provide_automatic_options=False)
def discover() -> AnyResponse:
    """Where programs begin that were told the name of the server only (RFC 6764)."""
    return redirect("/caldav/", 301)


@bp.route("/caldav/", methods=[*METHODS], provide_automatic_options=False, defaults={"path": ""})
@bp.route("/caldav/<path:path>", methods=[*METHODS], provide_automatic_options=False)
def answer(path: str) -> Response:
    try:
        response = _answer()
    except Refused as refusal:
        body = writing.error(refusal.condition) if refusal.condition else b""
        response = Response(body, refusal.status, content_type=XML)
        response.headers.update(refusal.headers)
    except RequestEntityTooLarge:
        response = Response(b"", 413, content_type="text/plain; charset=utf-8")
    headers = response.headers
    headers["DAV"] = "1, 3, access-control, calendar-access, sync-collection"
    headers.setdefault("Cache-Control", "private, no-cache")
    headers["Referrer-Policy"], headers["X-Robots-Tag"] = "no-referrer", "noindex"
    return response


def _answer() -> Response:
    if request.method == "OPTIONS":  # asked before anybody is known
        return Response(status=200, headers={"Allow": ", ".join(READING), "Content-Length": "0"})
    if request.path == "/caldav/" and request.method in {"GET", "HEAD"}:  # a person looks: no question for a password
        return Response(_WORDS, content_type="text/plain; charset=utf-8")
    asked = Asked(visitor(), current_app.config["FILO"].public_url, is_brief=_is_brief())
    if request.method in WRITING:
        raise _needs(WRITING[request.method])
    resource = resource_at(request.path, asked.visitor)
    if resource is None:
        raise Refused(404)
    calendar = _calendar_of(resource, asked)
    try:
        response = _on(resource, asked)
    except Refused as refusal:
        _note(calendar, refusal.status)
        raise
    _note(calendar, response.status_code)
    return response


def _on(resource: Resource, asked: Asked) -> Response:
    if request.method == "PROPFIND":
        return _propfind(resource, asked)
    if request.method == "REPORT":
        return _report(resource, asked)
    return _get(resource)


def _calendar_of(resource: Resource, asked: Asked) -> str:
    """Of which calendar somebody wants to know what is new; empty while a program only looks round."""
    token = asked.visitor.token
    if token and isinstance(resource, Home | Agenda):
        return agenda_key(token.id)
    if isinstance(resource, EntryResource):
        return _calendar_of(resource.calendar, asked)
    return resource.path if isinstance(resource, CalendarResource) else ""


def _note(calendar: str, status: int) -> None:
    if calendar:
        fetches: Fetches = current_app.extensions["fetches"]
        fetches.note(calendar, status, request.headers.get("User-Agent", ""), by_caldav=True)


def _needs(privilege: str) -> Refused:
    about = writing.href(request.path) + writing.element(d("privilege"), writing.element(privilege))
    return Refused(403, writing.element(d("need-privileges"), writing.element(d("resource"), about)))


def _propfind(resource: Resource, asked: Asked) -> Response:
    depth = request.headers.get("Depth", "infinity").strip().casefold()
    if depth not in {"0", "1"}:
        raise Refused(403, writing.element(d("propfind-finite-depth")))
    root = _body()
    if root is not None and root.tag != d("propfind"):
        raise Refused(400)
    resources = [resource, *(resource.children() if depth == "1" else ())]
    names_only = root is not None and root.find(d("propname")) is not None
    parts = [_described(one, root, asked, names_only=names_only) for one in resources]
    return Response(writing.multistatus(parts), 207, content_type=XML)


def _described(resource: Resource, root: Element | None, asked: Asked, *, names_only: bool) -> str:
    names = wanted_names(root, resource, asked)
    if names_only:
        return writing.response(resource.path, [writing.element(name) for name in names])
    return described(resource, names, asked)


def _report(resource: Resource, asked: Asked) -> Response:
    root = _body()
    if root is None:
        raise Refused(400)
    body, status, content_type = report(root, resource, asked, depth=request.headers.get("Depth", "0"))
    return Response(body, status, content_type=content_type)


def _get(resource: Resource) -> Response:
    if isinstance(resource, EntryResource):
        response = Response(calendar_data(resource), content_type=ENTRY_TYPE)
        response.headers["ETag"] = resource.etag
        if not_modified(request.environ, resource.etag, None, exists=True):
            return Response(status=304, headers={"ETag": resource.etag})
        return response
    if isinstance(resource, CalendarResource):
        return Response(_file(resource), content_type=ICS)
    return Response(_WORDS, content_type="text/plain; charset=utf-8")


def _file(calendar: CalendarResource) -> bytes:
    head = calendar_head(calendar.name, "", calendar.lang, color=COLOR, apple_color=APPLE_COLOR)
    entries = calendar.entries()
    return join(head, {zone for entry in entries for zone in entry.zones.split()}, (one.body for one in entries))


def _body() -> Element | None:
    request.max_content_length = MOST_BYTES
    return reading.parse(request.get_data(cache=False))


def _is_brief() -> bool:
    """Whether the program does without the list of what is not there (RFC 8144)."""
    return request.headers.get("Brief", "").casefold() == "t" or "return=minimal" in request.headers.get("Prefer", "")
