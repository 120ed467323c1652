"""The organiser's page about those with a part in an event."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.services import manageable_event
from app.files.errors import FileNotFound
from app.files.serving import send
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid
from app.kernel.form_checks import put_beside_field
from app.kernel.form_times import local
from app.kernel.phrases import say
from app.network.current import current_actor
from app.speakers import queries, services
from app.speakers.forms import DeadlineForm, LinkForm
from app.speakers.presenters import overview_of
from app.speakers.rules import SpeakerStanding

bp = Blueprint("speakers_manage", __name__, url_prefix="/manage/events/<slug>/speakers")
bp.before_request(ask_to_sign_in)


@bp.get("")
def show(slug: str) -> AnyResponse:
    return _page(_event(slug))


@bp.post("/links")
def ask_everybody(slug: str) -> AnyResponse:
    event = _event(slug)
    try:
        written, lost = services.ask_everybody(event_slug=slug, actor=current_actor(), now=clock.now())
    except Conflict as refusal:
        return _page(event, refusal=refusal)
    flash(ngettext("%(num)d person gets the link now.", "%(num)d people get the link now.", written), "ok")
    if lost:
        flash(
            ngettext(
                "%(num)d person has no address. Write it beside the name.",
                "%(num)d people have no address. Write it beside the name.",
                lost,
            ),
            "warn",
        )
    return _back(slug)


@bp.post("/<int:person_id>/link")
def ask(slug: str, person_id: int) -> AnyResponse:
    event, form = _event(slug), LinkForm()
    if not form.validate():
        return _page(event, link_form=form, person_id=person_id)
    try:
        services.ask(
            event_slug=slug,
            person_id=person_id,
            email=form.email.data or "",
            locale=form.locale.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Invalid as refusal:
        put_beside_field(form, refusal)
        return _page(_event(slug), link_form=form, person_id=person_id)
    except Conflict as refusal:
        return _page(_event(slug), refusal=refusal)
    flash(_("The link is on its way."), "ok")
    return _back(slug)


@bp.post("/<int:person_id>/revocation")
def revoke(slug: str, person_id: int) -> AnyResponse:
    services.revoke(event_slug=slug, person_id=person_id, actor=current_actor(), now=clock.now())
    flash(_("The link opens nothing any more. Sending it again makes a new one."), "ok")
    return _back(slug)


@bp.post("/reminders")
def remind(slug: str) -> AnyResponse:
    event = _event(slug)
    try:
        written = services.remind_silent(event_slug=slug, actor=current_actor(), now=clock.now())
    except Conflict as refusal:
        return _page(event, refusal=refusal)
    flash(ngettext("%(num)d person is reminded.", "%(num)d people are reminded.", written), "ok")
    return _back(slug)


@bp.post("/deadline")
def set_deadline(slug: str) -> AnyResponse:
    event = _event(slug)
    form = DeadlineForm(zone=event.timezone)
    if not form.validate():
        return _page(event, deadline_form=form)
    try:
        services.set_deadline(
            event_slug=slug,
            answer_by=form.answer_by.instant,
            remind_days_before=form.remind_days_before.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Invalid as refusal:
        put_beside_field(form, refusal)
        return _page(_event(slug), deadline_form=form)
    flash(_("Saved."), "ok")
    return _back(slug)


@bp.get("/<int:person_id>/photo")
def photo(slug: str, person_id: int) -> AnyResponse:
    row = queries.speaker_of_person(_event(slug).id, person_id)
    if row is None or row.photo is None:
        raise FileNotFound
    return send(row.photo, inline=True)


def _event(slug: str) -> Event:
    return manageable_event(slug, current_actor())


def _page(
    event: Event,
    *,
    refusal: Conflict | None = None,
    link_form: LinkForm | None = None,
    person_id: int | None = None,
    deadline_form: DeadlineForm | None = None,
) -> AnyResponse:
    """The list; with what was wrong, and typed, where something was."""
    wrong: Any = link_form or deadline_form
    page = render_template(
        "speakers/manage.html",
        event=event,
        view=overview_of(event, clock.now()),
        standing_words={str(standing): say(standing) for standing in SpeakerStanding},
        refusal=say(refusal.code, **refusal.details) if refusal else "",
        wrong=wrong,
        link_form=link_form,
        wrong_person=person_id,
        blank=LinkForm(formdata=None),
        deadline_form=deadline_form or _deadline_form(event),
    )
    return make_response(page, 409 if refusal else 422 if wrong else 200)


def _deadline_form(event: Event) -> DeadlineForm:
    settings = queries.settings_of(event.id)
    data = {
        "answer_by": local(settings.answer_by, event.timezone) if settings else None,
        "remind_days_before": settings.remind_days_before if settings else 3,
    }
    return DeadlineForm(formdata=None, data=data, zone=event.timezone)


def _back(slug: str) -> AnyResponse:
    return redirect(url_for(".show", slug=slug), 303)
