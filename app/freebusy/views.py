"""Calendars of others, for those who manage an organisation; and busy times as files."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.freebusy import permissions, presenters, queries, services
from app.freebusy.errors import CalendarNotFound, MayNotImport, SourceMissing
from app.freebusy.fetching import fetch
from app.freebusy.files import person_file, room_file
from app.freebusy.forms import CalendarForm, SourceForm
from app.freebusy.models import CalendarDraft, ImportedCalendar
from app.freebusy.rules import CalendarInput, Source
from app.freebusy.work import network_in_force
from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import Conflict, Invalid
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.ids import digest
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.network import queries as network
from app.network.current import current_actor
from app.network.presenters.lists import named

PER_CLIENT = "30 per hour"  # files and addresses that are read
bp = Blueprint("freebusy", __name__)
manage = Blueprint("manage_calendars", __name__, url_prefix="/manage")
manage.before_request(ask_to_sign_in)
Answer = str | tuple[str, int] | Response


@manage.get("/calendars")
def mine() -> Answer:
    return _mine()


@manage.route("/calendars/new", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def new() -> Answer:
    actor = current_actor()
    if not permissions.may_see_rooms(actor):
        raise MayNotImport
    form = _offered(CalendarForm())
    if not form.is_submitted():
        return render_template("freebusy/new.html", form=form)
    if not form.validate():
        return render_template("freebusy/new.html", form=form), 422
    values = form.to_input()
    if not permissions.may_import_for(actor, values.organisation_id):
        raise MayNotImport
    return _to_preview(form, values, None, lambda: render_template("freebusy/new.html", form=_offered(form)))


@manage.route("/calendars/drafts/<int:draft_id>", methods=["GET", "POST"])
def preview(draft_id: int) -> Answer:
    """What a file would do; sent, it does it."""
    row = _own_draft(draft_id)
    if request.method == "POST":
        calendar_id = services.confirm(draft_id, actor=current_actor(), now=clock.now())
        flash(_("The calendar is kept. Its times count from now on."), "ok")
        return redirect(url_for(".show", import_id=calendar_id), 303)
    now, values = clock.now(), services.input_of(row)
    found = services.read_source(services.source_of(row), timezone=values.timezone, now=now)
    differs = presenters.differences(row.calendar_id, found, now=now)
    return render_template(
        "freebusy/preview.html",
        draft=row,
        values=values,
        found=found,
        preview=presenters.preview_of(found, differs, values.timezone),
        host=presenters.host_of(values.address),
    )


@manage.post("/calendars/drafts/<int:draft_id>/removal")
def discard(draft_id: int) -> Answer:
    services.discard(draft_id, actor=current_actor())
    flash(_("Nothing was kept of that file."), "ok")
    return redirect(url_for(".mine"), 303)


@manage.get("/calendars/<int:import_id>")
def show(import_id: int) -> Answer:
    return _show(_own_calendar(import_id), SourceForm())


@manage.post("/calendars/<int:import_id>/renewal")
@limiter.limit(PER_CLIENT)
def renew(import_id: int) -> Answer:
    """Another file or address, or the same address at once; looked at before it counts."""
    row = _own_calendar(import_id)
    form = SourceForm()
    if not form.validate():
        return make_response(_show(row, form), 422)
    kept = row.address if not form.file.data else ""
    values = CalendarInput(
        organisation_id=row.organisation_id,
        name=row.name,
        use=row.use,
        timezone=row.timezone,
        address="" if form.file.data else form.address.data or kept or "",
        room_ids=tuple(room.id for room in row.rooms),
        region_code=row.region_code,
        group_id=row.group_id,
    )
    return _to_preview(form, values, import_id, lambda: _show(_own_calendar(import_id), form))


@manage.post("/calendars/<int:import_id>/removal")
def remove(import_id: int) -> Answer:
    services.remove(import_id, actor=current_actor(), now=clock.now())
    flash(_("The calendar and its times are removed."), "ok")
    return redirect(url_for(".mine"), 303)


@manage.post("/calendars/rooms/<int:room_id>/address")
def open_room(room_id: int) -> Answer:
    room = queries.room(room_id)
    secret = services.open_room(room_id, actor=current_actor(), now=clock.now())
    return _opened(secret, presenters.room_words(room))


@manage.post("/calendars/rooms/<int:room_id>/address/removal")
def close_room(room_id: int) -> Answer:
    services.close_room(room_id, actor=current_actor())
    flash(_("The address opens nothing any more."), "ok")
    return redirect(url_for(".mine"), 303)


@manage.post("/calendars/own-address")
def open_own() -> Answer:
    actor = current_actor()
    try:
        return _opened(services.open_own(actor=actor, now=clock.now()), actor.name)
    except Conflict as refusal:
        return make_response(_mine(say(refusal.code)), 409)


@manage.post("/calendars/own-address/removal")
def close_own() -> Answer:
    try:
        services.close_own(actor=current_actor())
    except Conflict as refusal:
        return make_response(_mine(say(refusal.code)), 409)
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


def _to_preview(form: SourceForm, values: CalendarInput, calendar_id: int | None, page: Any) -> Answer:
    """Read what was sent, and lead to its preview; what is wrong with it stands beside its field."""
    try:
        source = _source(form, values)
        draft_id = services.draft(values, source, actor=current_actor(), now=clock.now(), calendar_id=calendar_id)
    except Invalid as refusal:
        if "field" not in refusal.details:
            refusal.details["field"] = "file" if form.file.data else "address"
        if not put_beside_field(form, refusal):
            raise
        return make_response(page(), 422)
    except Conflict as refusal:
        form.form_errors.append(say(refusal.code, **refusal.details))
        return make_response(page(), 409)
    return redirect(url_for(".preview", draft_id=draft_id), 303)


def _source(form: SourceForm, values: CalendarInput) -> Source:
    if form.file.data:
        return Source(content=form.file.data.read())
    if not values.address:
        raise SourceMissing(field="file")
    db.session.rollback()  # nobody waits for us while we wait for a stranger
    fetched = fetch(values.address, network=network_in_force())
    return fetched.source or Source(content=b"")


def _offered(form: CalendarForm) -> CalendarForm:
    actor = current_actor()
    managed = None if actor.is_administrator else actor.managed_ids
    form.offer(
        organisations=network.organisation_choices(managed),
        rooms=[(room.id, presenters.room_words(room)) for room in queries.room_choices(managed)],
        regions=named(network.region_choices()),
        groups=[(group.id, group.name.wording(language()).text) for group in queries.group_choices()],
    )
    return form


def _own_calendar(import_id: int) -> ImportedCalendar:
    row = queries.calendar(import_id)
    if not permissions.may_import_for(current_actor(), row.organisation_id):
        raise MayNotImport
    return row


def _own_draft(draft_id: int) -> CalendarDraft:
    row = queries.draft(draft_id)
    if not permissions.may_import_for(current_actor(), row.organisation_id):
        raise MayNotImport
    return row


def _mine(problem: str = "") -> str:
    actor = current_actor()
    rows = queries.calendars(None if actor.is_administrator else actor.managed_ids)
    return render_template(
        "freebusy/mine.html",
        calendars=[presenters.calendar_line(row) for row in rows],
        rooms=presenters.room_lines(actor),
        own=queries.address_of(person_id=actor.person_id) if actor.person_id else None,
        has_person=actor.person_id is not None,
        may_add=permissions.may_see_rooms(actor),
        problem=problem,
    )


def _show(row: ImportedCalendar, form: SourceForm) -> str:
    rows = queries.coming_times(row.id, clock.now(), limit=presenters.MOST_SHOWN)
    return render_template(
        "freebusy/show.html",
        calendar=presenters.calendar_line(row),
        address=row.address,
        times=[presenters.time_line(queries.time_of(each), row.timezone) for each in rows],
        most=presenters.MOST_SHOWN,
        form=form,
    )


def _opened(secret: str, name: str) -> Response:
    """The secret is shown in the answer itself: nobody can be led to it again."""
    address = url_for("freebusy.by_secret", busy_secret=secret, _external=True)
    answer = make_response(render_template("freebusy/opened.html", address=address, name=name), 201)
    answer.headers["Cache-Control"] = "no-store"
    return answer
