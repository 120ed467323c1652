"""What administrators see of calendars: who fetches them, and what is missing in them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, current_app, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.caldav.rules import key_at
from app.changes.queries import version_of
from app.changes.rules import stored_key
from app.feeds import queries as feeds
from app.feeds.addresses import BadAddressError, read_address
from app.fetches import queries
from app.fetches.presenters import diagnosis, moment, rows_of
from app.kernel import clock
from app.kernel.errors import Forbidden
from app.network.current import current_actor

bp = Blueprint("feed_desk", __name__, url_prefix="/manage/feeds")
bp.before_request(ask_to_sign_in)
MOST_LISTED = 100


@bp.before_request
def only_for_administrators() -> None:
    if not current_actor().is_administrator:
        raise Forbidden


@bp.get("", strict_slashes=False)
def overview() -> Response:
    return _overview()


@bp.get("/fetches")
def fetches() -> Response:
    """Why one public calendar may be wrong; ``of`` is its address, whole or from the first slash on."""
    asked = request.args.get("of", "").strip().replace("\0", "")[:2200]
    if not asked:
        return _overview()
    found = _calendar_at(asked)
    if found is None:
        return _overview(asked, _("This is not the address of a public calendar here."), 422)
    name, newest_at = found
    about = diagnosis(queries.newest_of(stored_key(name)), newest_at, clock.now())
    return make_response(render_template("desk/fetches.html", of=name, diagnosis=about))


def _overview(asked: str = "", problem: str = "", status: int = 200) -> Response:
    page = render_template(
        "desk/feeds.html",
        missing=feeds.missing_events(),
        calendars=queries.public_calendars(most=MOST_LISTED),
        strays=rows_of(queries.newest_missing()),
        moment=moment,
        asked=asked,
        problem=problem,
    )
    return make_response(page, status)


def _calendar_at(asked: str) -> tuple[str, datetime | None] | None:
    """What fetches of an address are kept as, and when what is there last changed."""
    try:
        parts = urlsplit(asked)
        if key := key_at(parts.path):
            return parts.path, version_of({key}).changed_at
        feed = read_address(parts.path, parts.query, current_app.config["FILO"].default_locale)
    except (BadAddressError, ValueError):
        return None
    return (feed.kept_as, version_of(feed.collections).changed_at) if feed else None
