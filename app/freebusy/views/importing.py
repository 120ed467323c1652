"""Calendars of others, for those who manage an organisation."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.freebusy import permissions, presenters, queries
from app.freebusy.errors import DraftNotFound, MayNotImport, SourceMissing
from app.freebusy.fetching import fetch
from app.freebusy.forms import CalendarForm, SourceForm
from app.freebusy.models import CalendarDraft, ImportedCalendar
from app.freebusy.rules import CalendarInput, Source
from app.freebusy.services import importing
from app.freebusy.views.overview import Answer, manage
from app.freebusy.work import network_in_force
from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import Conflict, Invalid
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.network import queries as network
from app.network.current import current_actor
from app.network.presenters.lists import named

PER_CLIENT = "30 per hour"  # files and addresses that are read


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


@manage.errorhandler(DraftNotFound)
def tell_of_end(refusal: DraftNotFound) -> Answer:
    """A second tap, or a preview of days ago."""
    flash(say(refusal.code))
    return redirect(url_for(".mine"), 303)


@manage.route("/calendars/drafts/<int:draft_id>", methods=["GET", "POST"])
def preview(draft_id: int) -> Answer:
    """What a file would do; sent, it does it."""
    row = _own_draft(draft_id)
    if request.method == "POST":
        calendar_id = importing.confirm(draft_id, actor=current_actor(), now=clock.now())
        flash(_("The calendar is kept. Its times count from now on."), "ok")
        return redirect(url_for(".show", import_id=calendar_id), 303)
    now, values = clock.now(), importing.input_of(row)
    found = importing.read_source(importing.source_of(row), timezone=values.timezone, now=now)
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
    importing.discard(draft_id, actor=current_actor())
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
    importing.remove(import_id, actor=current_actor(), now=clock.now())
    flash(_("The calendar and its times are removed."), "ok")
    return redirect(url_for(".mine"), 303)


def _to_preview(form: SourceForm, values: CalendarInput, calendar_id: int | None, page: Any) -> Answer:
    """Read what was sent, and lead to its preview; what is wrong with it stands beside its field."""
    try:
        source = _source(form, values)
        draft_id = importing.draft(values, source, actor=current_actor(), now=clock.now(), calendar_id=calendar_id)
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
