"""Planning events: a new one, a copy, its texts and dates, and who has which part."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events import offers, queries, services
from app.events.errors import MayNotManage
from app.events.forms import CopyForm, EventForm, OrganisationPartForm, PersonPartForm, filled, proposed
from app.events.models import Event
from app.events.permissions import may_create
from app.events.presenters import card_of
from app.events.rules import USUAL_PARTS, Kind, Part, Repeat, monthly_from
from app.kernel import clock
from app.kernel.date_words import day_with_weekday, short_day
from app.kernel.dates import NoSuchTime
from app.kernel.errors import Conflict, Invalid
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network.current import current_actor

bp = Blueprint("events", __name__, url_prefix="/manage/events")
bp.before_request(ask_to_sign_in)


@bp.get("/new")
def new() -> Response:
    """The kinds and earlier editions to begin with; with ``kind`` (and ``series``) or ``copy``, the form."""
    actor = current_actor()
    if not may_create(actor):
        raise MayNotManage
    if copied := request.args.get("copy"):
        return _copy_page(services.manageable_event(copied, actor), _copy_form())
    if (kind := request.args.get("kind", "")) not in set(Kind):
        earlier = queries.latest_managed(None if actor.is_administrator else actor.managed_ids, limit=50)
        return _page("events/begin.html", kinds=list(Kind), earlier=earlier)
    begun = proposed(Kind(kind), today=clock.now().date())
    if slug := request.args.get("series"):
        begun["series_id"] = queries.series(slug).id
    return _form_page(_event_form(begun), None)


@bp.post("/new")
def create() -> Response:
    actor = current_actor()
    if copied := request.args.get("copy"):
        return _copy(services.manageable_event(copied, actor))
    form = _event_form()
    if not form.validate():
        return _form_page(form, None, 422)
    try:
        event_id = services.create(
            values=form.to_input(),
            organiser_id=form.organiser_id.data,
            with_agenda=form.with_agenda.data,
            actor=actor,
            now=clock.now(),
        )
    except Invalid as error:
        return _beside(form, None, error)
    flash(_("The draft is kept. Nobody else sees it until you publish it."), "ok")
    return _to_overview(queries.event(event_id).slug)


@bp.get("/<slug>/edit")
def edit_form(slug: str) -> Response:
    event = services.manageable_event(slug, current_actor())
    return _form_page(_event_form(_values(event), event), event)


@bp.post("/<slug>/edit")
def edit(slug: str) -> Response:
    actor = current_actor()
    event = services.manageable_event(slug, actor)
    form = _event_form(event=event)
    if not form.validate():
        return _form_page(form, event, 422)
    revision = form.revision.data or ""
    try:
        services.edit(
            event.id,
            values=form.to_input(),
            revision=int(revision) if revision.isdecimal() and len(revision) < 9 else 0,
            actor=actor,
            now=clock.now(),
        )
    except Invalid as error:
        return _beside(form, event, error)
    except Conflict as error:
        form.form_errors.append(say(error.code))
        return _form_page(form, event, 409)
    flash(_("Saved."), "ok")
    return _to_overview(slug)


@bp.get("/<slug>/people")
def people(slug: str) -> Response:
    return _people_page(services.manageable_event(slug, current_actor()))


@bp.post("/<slug>/people/organisations")
def add_organisation(slug: str) -> Response:
    actor = current_actor()
    event = services.manageable_event(slug, actor)
    form = _organisation_form()
    if not form.validate():
        return _people_page(event, organisation_form=form, status=422)
    services.add_organisation(
        event.id,
        organisation_id=form.organisation_id.data,
        role=form.role.data,
        unnamed_heads=form.unnamed_heads.data or 0,
        actor=actor,
        now=clock.now(),
    )
    return _to_people(slug)


@bp.post("/<slug>/people/organisations/<int:part_id>/removal")
def remove_organisation(slug: str, part_id: int) -> Response:
    actor = current_actor()
    event = services.manageable_event(slug, actor)
    services.remove_organisation(event.id, part_id=part_id, actor=actor, now=clock.now())
    return _to_people(slug)


@bp.post("/<slug>/people/persons")
def add_person(slug: str) -> Response:
    actor = current_actor()
    event = services.manageable_event(slug, actor)
    form = _person_form()
    if not form.validate():
        return _people_page(event, person_form=form, status=422)
    services.add_person(
        event.id,
        person_id=form.person_id.data,
        role=form.role.data,
        organisation_id=form.organisation_id.data,
        actor=actor,
        now=clock.now(),
    )
    return _to_people(slug)


@bp.post("/<slug>/people/persons/<int:part_id>/removal")
def remove_person(slug: str, part_id: int) -> Response:
    actor = current_actor()
    event = services.manageable_event(slug, actor)
    services.remove_person(event.id, part_id=part_id, actor=actor, now=clock.now())
    return _to_people(slug)


def _copy(source: Event) -> Response:
    form, slug = _copy_form(), source.slug
    if not form.validate():
        return _copy_page(source, form, 422)
    try:
        first, *others = _make_copies(source.id, form)
    except Invalid as error:
        if isinstance(error, NoSuchTime):
            form.starts_on.errors = [_skipped(error, form.starts_on.data)]
        elif not put_beside_field(form, error):
            raise
        return _copy_page(services.manageable_event(slug, current_actor()), form, 422)
    flash(_("The new edition is a draft. Look at its texts, dates and agenda, then publish it."), "ok")
    if others:
        days = ", ".join(map(short_day, monthly_from(form.starts_on.data, len(others) + 1)[1:]))
        flash(_("Drafts were also made for these days: %(days)s.", days=days), "ok")
    return _to_overview(queries.event(first).slug)


def _make_copies(event_id: int, form: CopyForm) -> list[int]:
    how: dict[str, Any] = {
        "starts_on": form.starts_on.data,
        "parts": frozenset(form.parts.data or ()),
        "actor": current_actor(),
        "now": clock.now(),
    }
    if form.repeat.data is Repeat.MONTHLY:
        return services.copy_monthly(event_id, times=form.times.data, **how)
    return [services.copy(event_id, **how)]


def _skipped(error: NoSuchTime, starts_on: date) -> str:
    """Why a copy cannot be made, with the day where it is another one than was typed."""
    day = error.details.get("day")
    if not isinstance(day, date) or day == starts_on:
        return say(error.code)
    return str(_("%(day)s: %(why)s", day=day_with_weekday(day), why=say(error.code)))


def _copy_form() -> CopyForm:
    form = CopyForm(data={"parts": [part for part in Part if part in USUAL_PARTS]})
    form.offer()
    return form


def _copy_page(source: Event, form: CopyForm, status: int = 200) -> Response:
    return _page("events/copy.html", status, event=source, card=card_of(source), form=form)


def _event_form(data: dict[str, Any] | None = None, event: Event | None = None) -> EventForm:
    actor = current_actor()
    offered = offers.offered_to(actor)
    form = EventForm(data={"organiser_id": offers.own_organiser(actor, offered), **(data or {})})
    form.offer(offered)
    if event:
        del form.organiser_id, form.with_agenda
    return form


def _values(event: Event) -> dict[str, Any]:
    return filled(
        services.values_of(event),
        revision=event.revision,
        venue_country=event.venue.country_code if event.venue else None,
        venue_region=event.venue.region_code if event.venue else None,
    )


def _beside(form: EventForm, event: Event | None, error: Invalid) -> Response:
    if not put_beside_field(form, error):
        form.form_errors.append(say(error.code, **error.details))
    return _form_page(form, event, 422)


def _form_page(form: EventForm, event: Event | None, status: int = 200) -> Response:
    return _page("events/form.html", status, form=form, event=event)


def _people_page(
    event: Event,
    *,
    organisation_form: OrganisationPartForm | None = None,
    person_form: PersonPartForm | None = None,
    status: int = 200,
) -> Response:
    return _page(
        "events/people.html",
        status,
        event=event,
        organisation_form=organisation_form or _organisation_form(formdata=None),
        person_form=person_form or _person_form(formdata=None),
    )


def _organisation_form(**how: Any) -> OrganisationPartForm:
    form = OrganisationPartForm(prefix="organisation-", **how)
    form.offer(offers.organisations())
    return form


def _person_form(**how: Any) -> PersonPartForm:
    form = PersonPartForm(prefix="person-", **how)
    form.offer(offers.persons(), offers.organisations())
    return form


def _page(template: str, status: int = 200, **values: Any) -> Response:
    return make_response(render_template(template, **values), status)


def _to_overview(slug: str) -> Response:
    return redirect(f"/manage/events/{slug}", 303)


def _to_people(slug: str) -> Response:
    return redirect(url_for(".people", slug=slug), 303)
