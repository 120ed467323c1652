"""Busy times as files, and their secret addresses."""

from __future__ import annotations

from datetime import datetime, time

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.freebusy import permissions, presenters, queries
from app.freebusy.errors import CalendarNotFound, MayNotImport
from app.freebusy.files import person_file, room_file
from app.freebusy.services import opening
from app.freebusy.views.overview import Answer, manage, overview
from app.kernel import clock
from app.kernel.errors import Conflict
from app.kernel.i18n import language
from app.kernel.ids import digest
from app.kernel.phrases import say
from app.network.current import current_actor

bp = Blueprint("freebusy", __name__)


@manage.post("/calendars/rooms/<int:room_id>/address")
def open_room(room_id: int) -> Answer:
    room = queries.room(room_id)
    secret = opening.open_room(room_id, actor=current_actor(), now=clock.now())
    return _opened(secret, presenters.room_words(room))


@manage.post("/calendars/rooms/<int:room_id>/address/removal")
def close_room(room_id: int) -> Answer:
    opening.close_room(room_id, actor=current_actor())
    flash(_("The address opens nothing any more."), "ok")
    return redirect(url_for(".mine"), 303)


@manage.post("/calendars/own-address")
def open_own() -> Answer:
    actor = current_actor()
    try:
        return _opened(opening.open_own(actor=actor, now=clock.now()), actor.name)
    except Conflict as refusal:
        return make_response(overview(say(refusal.code)), 409)


@manage.post("/calendars/own-address/removal")
def close_own() -> Answer:
    try:
        opening.close_own(actor=current_actor())
    except Conflict as refusal:
        return make_response(overview(say(refusal.code)), 409)
    flash(_("The address opens nothing any more."), "ok")
    return redirect(url_for(".mine"), 303)


@manage.get("/venues/<slug>/rooms/<int:room_id>/free-busy.ifb")
def room_times(slug: str, room_id: int) -> Answer:
    """For everybody who plans events; what the house keeps, and what the reader's organisations imported."""
    actor = current_actor()
    if not permissions.may_see_rooms(actor):
        raise MayNotImport
    room = queries.room(room_id, slug)
    planning = None if actor.is_administrator else actor.managed_ids
    return _file(room_file(room, start=_today(), planning_ids=planning, lang=language()))


@bp.get("/free-busy/<busy_secret>.ifb")
def by_secret(busy_secret: str) -> Answer:
    """A room's or a person's busy times for whoever has the address."""
    row = queries.address(digest(busy_secret))
    if row is None:
        raise CalendarNotFound
    if row.room_id:
        return _file(room_file(queries.room(row.room_id), start=_today(), planning_ids=frozenset(), lang="en"))
    return _file(person_file(row.person_id or 0, start=_today(), lang="en"))


def _today() -> datetime:
    """Files of one day begin alike, so that they stay the same bytes until something changes."""
    now = clock.now()
    return datetime.combine(now.date(), time(), now.tzinfo)


def _file(body: bytes) -> Response:
    answer = make_response(body)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8; component=VFREEBUSY"
    answer.headers["Cache-Control"] = "private, max-age=300"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.add_etag()
    return answer.make_conditional(request)


def _opened(secret: str, name: str) -> Response:
    """The secret is shown in the answer itself: nobody can be led to it again."""
    address = url_for("freebusy.by_secret", busy_secret=secret, _external=True)
    answer = make_response(render_template("freebusy/opened.html", address=address, name=name), 201)
    answer.headers["Cache-Control"] = "no-store"
    return answer
