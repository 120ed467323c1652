"""Registering, and one's own registration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.events.calendar_entry import calendar_file
from app.events.models import Event
from app.events.services.access import visible_event
from app.kernel import clock
from app.kernel.date_words import clock_time, day_words, local_day
from app.kernel.errors import Refusal
from app.kernel.forgery import csrf
from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.network.current import current_actor
from app.registration import links, queries
from app.registration.errors import AlreadyRegistered, FormSentBefore, NotRegistrable, WrittenTooOften
from app.registration.forms import CorrectForm, JoinForm, WithdrawForm
from app.registration.inputs import Application
from app.registration.models import Registration
from app.registration.presenters import SeatsView, facts_of, registration_view, seats_of
from app.registration.services import joining, keeping, leaving
from config import Config

bp = Blueprint("registration", __name__)

# a class of 40 behind one router, each pressing twice, stays below
PER_CLIENT = "120/minute; 1200/hour"
PER_EVENT = "3000/minute"


@bp.get("/events/<slug>/register")
def new(slug: str) -> AnyResponse:
    event = _event(slug)
    seats = seats_of(event, clock.now())
    if not seats.can_register:
        return _closed(event)
    form = JoinForm()
    form.offer(queries.network_countries())
    return _form_page(event, form, 200)


@bp.post("/events/<slug>/register")
@csrf.exempt  # the form checks its token itself, so that an old page keeps what was typed
@limiter.limit(PER_CLIENT)
@limiter.limit(PER_EVENT, key_func=lambda: request.path)
def create(slug: str) -> AnyResponse:
    event = _event(slug)
    form = JoinForm()
    form.offer(queries.network_countries())
    if not form.validate():
        if "csrf_token" in form.errors:
            form.form_errors.append(say("registration.csrf"))
        return _form_page(event, form, 400 if "csrf_token" in form.errors else 422)
    try:
        registration = _enter(event, form)
    except WrittenTooOften as error:
        response = _refused(event, form, error, 429)
        response.headers["Retry-After"] = str(error.details["retry_after"])
        return response
    except FormSentBefore as error:
        return _refused(event, form, error, 422)
    except NotRegistrable as error:
        return _refused(event, form, error, 409)
    if registration is None:
        return make_response(render_template("registration/known.html", event=event), 409)
    return redirect(url_for(".show", token=links.token(registration)), 303)


@bp.get("/events/<slug>/privacy")
def privacy(slug: str) -> str:
    event = _event(slug)
    return render_template(
        "registration/privacy.html",
        event=event,
        controller=queries.organiser_of(event.id),
        days_kept=_config().retention_days,
        contact=event.contact_email,
    )


@bp.get("/registrations/<token>")
def show(token: str) -> AnyResponse:
    registration = links.open_registration(token)
    event = registration.allotment.event
    return _private(
        _own_page(
            "registration/show.html",
            registration,
            token,
            form=WithdrawForm(),
            is_over=event.ends_at <= clock.now(),
            history=queries.history(registration.id),
            moment=lambda instant: _moment(instant, event),
        )
    )


@bp.route("/registrations/<token>/edit", methods=["GET", "POST"])
def edit(token: str) -> AnyResponse:
    registration = links.open_registration(token)
    form = CorrectForm() if request.method == "POST" else CorrectForm.of(registration)
    form.offer(queries.network_countries())
    if form.validate_on_submit():
        keeping.correct(registration.id, values=form.to_input())
        flash(_("Your data is mended."), "ok")
        return redirect(url_for(".show", token=token), 303)
    hint = _needs_hint(registration.allotment.event)
    page = _own_page("registration/edit.html", registration, token, form=form, needs_hint=hint)
    return _private(page, 422 if form.is_submitted() else 200)


@bp.post("/registrations/<token>/withdrawal")
def withdraw(token: str) -> AnyResponse:
    registration = links.open_registration(token)
    leaving.withdraw(registration.id, now=clock.now())
    return redirect(url_for(".show", token=token), 303)


@bp.get("/registrations/<token>/event.ics")
def download(token: str) -> AnyResponse:
    registration = links.open_registration(token)
    event = registration.allotment.event
    response = _private(calendar_file(event, language(), public_url=_config().public_url))
    response.mimetype = "text/calendar"
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


def _event(slug: str) -> Event:
    return visible_event(slug, current_actor())


def _enter(event: Event, form: JoinForm) -> Registration | None:
    """The new registration; None when the address holds a place already, and was written to."""
    has_limits, now = _config().rate_limits, clock.now()
    application = Application(person=form.to_input(), form_key=form.form_key.data)
    (outcome,) = joining.admit(event.id, [application], within_limit=has_limits, now=now)
    if isinstance(outcome, Registration):
        return outcome
    try:
        raise outcome
    except AlreadyRegistered as error:
        keeping.write_again(int(str(error.details["registration_id"])), within_limit=has_limits, now=now)
        return None


def _form_page(event: Event, form: JoinForm, status: int, code: str = "") -> AnyResponse:
    seats = seats_of(event, clock.now())
    page = render_template(
        "registration/new.html", form=form, code=code, needs_hint=_needs_hint(event), seats=seats, **_card(event, seats)
    )
    return make_response(page, status)


def _closed(event: Event) -> AnyResponse:
    seats = seats_of(event, clock.now())
    opens = _moment(seats.opens_at, event) if seats.opens_at else ""
    shown = seats if seats.are_on_offer else None
    page = render_template(
        "registration/closed.html", state=seats.state, seats=shown, opens=opens, **_card(event, shown)
    )
    return make_response(page)


def _own_page(template: str, registration: Registration, token: str, **values: Any) -> str:
    view = registration_view(registration)
    card = _card(view.event, None)
    return render_template(template, view=view, token=token, seats=None, **card, **values)


def _card(event: Event, seats: SeatsView | None) -> dict[str, Any]:
    """What the box beside a form shows."""
    facts = facts_of(event)
    return {
        "event": event,
        "when": facts.when,
        "where": facts.where,
        "has_exact_day": facts.has_exact_day,
        "closes": _moment(seats.closes_at, event) if seats and facts.has_exact_day else "",
    }


def _moment(instant: datetime, event: Event) -> str:
    """A day and a time on the clocks of the event."""
    return f"{day_words(local_day(instant, event.timezone))}, {clock_time(instant, event.timezone)}"


def _needs_hint(event: Event) -> str:
    day = keeping.erasure_day(event.ends_at, _config().retention_days)
    return _("Only the organisers see this. Erased on %(day)s.", day=day_words(local_day(day, event.timezone)))


def _refused(event: Event, form: JoinForm, error: Refusal, status: int) -> AnyResponse:
    """The form as it was typed, with the reason above it: the state may change back."""
    form.form_errors.append(say(error.code))
    return _form_page(event, form, status, error.code)


def _private(page: str | bytes, status: int = 200) -> Response:
    """Whoever has the link may see it: no cache keeps it and no other site hears of it."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _config() -> Config:
    return current_app.config["FILO"]  # type: ignore[no-any-return]
