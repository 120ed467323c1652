"""Feeds in other forms than iCalendar. They are asked for seldom, so Flask answers."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, request

from app.calendars.jcal import MIMETYPE, jcal
from app.changes.queries import version_of
from app.feeds.addresses import BadAddressError, Feed, read_address
from app.feeds.conditional import http_date, not_modified
from app.feeds.joining import UnknownFeed, joined
from app.feeds.shim import etag_of
from app.kernel.clock import now

bp = Blueprint("feeds", __name__)


@bp.get("/events/<slug>.jcal")
def event_as_jcal(slug: str) -> Response:
    """The calendar of an event as JSON; it takes the parameters that the .ics takes."""
    try:
        feed = read_address(f"/events/{slug}.ics", request.query_string.decode("latin-1"), _default_lang())
    except BadAddressError as error:
        return Response(f"{error}\n", 400, {"Cache-Control": "no-store"}, mimetype="text/plain")
    return _answer(feed) if feed else abort(404)


def _answer(feed: Feed) -> Response:
    version = version_of(feed.collections)
    etag = f'{etag_of(feed, version)[:-1]}-jcal"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
    if version.changed_at:
        headers["Last-Modified"] = http_date(min(version.changed_at, now()))
    if version.number and not_modified(request.environ, etag, version.changed_at, exists=False):
        return Response(status=304, headers=headers)
    try:
        file = joined(current_app, feed, was_there=version.number > 0)
    except UnknownFeed:
        abort(404)
    headers["Content-Disposition"] = f'inline; filename="{feed.filename.removesuffix(".ics")}.jcal"'
    return Response(jcal(file), mimetype=MIMETYPE, headers={**headers, "Content-Language": feed.lang})


def _default_lang() -> str:
    lang: str = current_app.config["FILO"].default_locale
    return lang
