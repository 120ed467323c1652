"""The organiser's desk: what waits, one event at a glance, and the steps of its life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.desk import queries
from app.desk.presenters import history_of, open_steps, rows_of, to_send_to
from app.events import queries as event_queries
from app.events import services
from app.events.errors import NotYetComplete, ReasonMissing
from app.events.forms import ReasonForm
from app.events.models import Event
from app.events.permissions import may_create
from app.events.presenters import card_of
from app.events.rules import STEPS, Status, missing_for_publication
from app.feeds.queries import missing_since
from app.fetches.presenters import moment
from app.freebusy.presenters import other_dates
from app.kernel import clock
from app.kernel.errors import Conflict
from app.kernel.phrases import say
from app.network.current import current_actor
from app.plans.permissions import may_overlook
from app.practices.presenters import waiting_practices
from app.registration.queries import count_live, shown_seats
from app.stories.queries.comments import count_waiting

bp = Blueprint("desk", __name__, url_prefix="/manage")
bp.before_request(ask_to_sign_in)
MOST_PAGES = 10_000


@bp.get("", strict_slashes=False)
def overview() -> Response:
    """My events, what waits for me first."""
    actor = current_actor()
    if not may_create(actor):
        return _page("desk/nothing.html", practices=waiting_practices(actor), overlooks=may_overlook(actor))
    organiser_ids = None if actor.is_administrator else actor.managed_ids
    now, page = clock.now(), _page_number()
    coming = queries.coming(organiser_ids, now) if page == 1 else []
    past = queries.past(organiser_ids, now, offset=(page - 1) * queries.PAGE)
    seats = shown_seats([event.id for event in (*coming, *past)])
    ids = [event.id for event in coming]
    return _page(
        "desk/overview.html",
        coming=rows_of(
            coming,
            seats,
            pending=queries.pending(ids),
            silent=queries.silent(ids, now),
            missing=missing_since(ids).keys(),
        ),
        past=rows_of(past[: queries.PAGE], seats),
        invited=to_send_to(actor, now) if page == 1 else [],
        practices=waiting_practices(actor) if page == 1 else [],
        page=page,
        overlooks=may_overlook(actor),
        has_more=len(past) > queries.PAGE,
        comments=count_waiting(organiser_ids) if page == 1 else 0,
        missing_anywhere=len(missing_since()) if actor.is_administrator else 0,
        dead_messages=queries.count_dead_messages() if actor.is_administrator else 0,
    )


@bp.get("/events/<slug>")
def event(slug: str) -> Response:
    return _event_page(services.manageable_event(slug, current_actor()))


@bp.post("/events/<slug>/publication")
def publish(slug: str) -> Response:
    answer = _step(slug, services.publish, _("It is published: on the list, and in every calendar that follows it."))
    if answer.status_code == 303 and _is_past(services.manageable_event(slug, current_actor())):
        flash(_("Its dates are past: it stands among the past events, and nobody can register any more."))
    return answer


@bp.post("/events/<slug>/publication/withdraw")
def take_back(slug: str) -> Response:
    return _step(slug, services.take_back, _("It is a draft again. Calendars drop it when they next look."))


@bp.post("/events/<slug>/archive")
def archive(slug: str) -> Response:
    return _step(slug, services.archive, _("It is archived."))


@bp.route("/events/<slug>/postponement", methods=["GET", "POST"])
def postpone(slug: str) -> Response:
    return _step_with_reason(slug, Status.POSTPONED, services.postpone, _("It is postponed, and everybody is told."))


@bp.route("/events/<slug>/calling-off", methods=["GET", "POST"])
def call_off(slug: str) -> Response:
    return _step_with_reason(slug, Status.CALLED_OFF, services.call_off, _("It is called off, and everybody is told."))


@bp.post("/events/<slug>/deletion")
def delete(slug: str) -> Response:
    event = services.manageable_event(slug, current_actor())
    services.delete_draft(event.id, actor=current_actor(), now=clock.now())
    flash(_("The draft is deleted."), "ok")
    return redirect("/manage", 303)


def _step(slug: str, verb: Callable[..., None], message: str) -> Response:
    actor = current_actor()
    event = services.manageable_event(slug, actor)
    try:
        verb(event.id, actor=actor, now=clock.now())
    except NotYetComplete as error:
        return _event_page(event, say(error.code), 409)
    except Conflict as error:
        return _event_page(services.manageable_event(slug, actor), say(error.code), 409)
    flash(message, "ok")
    return redirect(f"/manage/events/{slug}", 303)


def _step_with_reason(slug: str, becomes: Status, verb: Callable[..., None], message: str) -> Response:
    actor = current_actor()
    event = services.manageable_event(slug, actor)
    form = ReasonForm()
    if becomes not in STEPS[event.status]:
        return _event_page(event, say("events.wrong_step"), 409)
    if request.method == "GET":
        return _reason_page(event, becomes, form)
    if not form.validate():
        return _reason_page(event, becomes, form, 422)
    try:
        verb(event.id, reason=form.reason.data or "", actor=actor, now=clock.now())
    except ReasonMissing as error:
        form.reason.errors = [say(error.code)]
        return _reason_page(event, becomes, form, 422)
    flash(message, "ok")
    return redirect(f"/manage/events/{slug}", 303)


def _event_page(event: Event, refusal: str = "", status: int = 200) -> Response:
    steps = event_queries.steps(event.id)
    names = queries.names_of({step.account_id for step in steps if step.account_id})
    return _page(
        "desk/event.html",
        status,
        event=event,
        card=card_of(event),
        seats=shown_seats([event.id]).get(event.id),
        history=history_of(steps, event.timezone, names),
        open_steps=open_steps(event.status, [step.status for step in steps]),
        missing=missing_for_publication(services.readiness(event)),
        is_past=_is_past(event),
        missing_since=_moment(event, missing_since([event.id]).get(event.id)),
        other_dates=other_dates(event, current_actor()),
        refusal=refusal,
    )


def _moment(event: Event, at: datetime | None) -> str:
    return moment(at, event.timezone) if at else ""


def _is_past(event: Event) -> bool:
    return event.ends_at <= clock.now()


def _reason_page(event: Event, becomes: Status, form: ReasonForm, status: int = 200) -> Response:
    return _page(
        "desk/reason.html",
        status,
        event=event,
        card=card_of(event),
        becomes=becomes,
        form=form,
        told=count_live(event.id),
    )


def _page_number() -> int:
    text = request.args.get("page", "1")
    return min(max(int(text), 1), MOST_PAGES) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def _page(template: str, status: int = 200, **values: Any) -> Response:
    return make_response(render_template(template, **values), status)
