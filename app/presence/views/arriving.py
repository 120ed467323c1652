"""Participants check themselves in by the code on the wall."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.events.models import Event
from app.events.services.access import visible_event
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.network.current import current_actor
from app.presence.errors import HasNoPlace
from app.presence.forms import AddressForm, CodeForm
from app.presence.models import CheckList
from app.presence.services import entering
from app.printing import check_in_drawing, framed_drawing
from app.registration import links
from app.registration.models import Registration
from app.registration.queries import policy_of
from app.registration.rules import Place

bp = Blueprint("arriving", __name__)

# a hall of 500 behind one router, each with some slips; far too little to guess one code in 887 million
PER_CLIENT = "300/minute; 3000/hour"


@bp.get("/events/<slug>/here")
def by_address_form(slug: str) -> AnyResponse:
    event = visible_event(slug, current_actor())
    return _page(event, AddressForm(formdata=None, code=_given_code()))


@bp.post("/events/<slug>/here")
@limiter.limit(PER_CLIENT)
def by_address(slug: str) -> AnyResponse:
    event = visible_event(slug, current_actor())
    form = AddressForm()
    if not form.validate():
        return _page(event, form, status=422)
    try:
        checked = entering.check_in_address(
            event_id=event.id,
            email=form.email.data,
            code=form.code.data,
            with_companions=form.with_companions.data,
            now=clock.now(),
        )
    except Refusal as error:
        return _refused(event, form, error)
    return _done(event, checked)


@bp.get("/registrations/<token>/here")
def by_link_form(token: str) -> AnyResponse:
    """Raises HasNoPlace for who has no confirmed place."""
    registration = links.open_registration(token)
    if registration.place is not Place.CONFIRMED:
        raise HasNoPlace(place=registration.place)
    return _page(registration.allotment.event, CodeForm(formdata=None, code=_given_code()), registration=registration)


@bp.get("/registrations/<token>/code.svg")
def code(token: str) -> AnyResponse:
    """The code for the door of somebody with a place; raises HasNoPlace for everybody else."""
    registration = links.open_registration(token)
    if registration.place is not Place.CONFIRMED:
        raise HasNoPlace(place=registration.place)
    response = _private(make_response(framed_drawing(check_in_drawing(registration.public_id))))
    response.mimetype = "image/svg+xml"
    return response


@bp.post("/registrations/<token>/here")
@limiter.limit(PER_CLIENT)
def by_link(token: str) -> AnyResponse:
    registration = links.open_registration(token)
    event, form = registration.allotment.event, CodeForm()
    if not form.validate():
        return _page(event, form, registration=registration, status=422)
    try:
        checked = entering.check_in_self(
            event_id=event.id,
            registration_id=registration.id,
            code=form.code.data,
            with_companions=form.with_companions.data,
            now=clock.now(),
        )
    except Refusal as error:
        return _refused(event, form, error, registration)
    return _done(event, checked)


def _refused(event: Event, form: CodeForm, error: Refusal, registration: Registration | None = None) -> AnyResponse:
    if not put_beside_field(form, error):
        form.form_errors.append(say(error.code))
    return _page(event, form, registration=registration, status=422 if error.details.get("field") else 409)


def _page(event: Event, form: CodeForm, *, registration: Registration | None = None, status: int = 200) -> AnyResponse:
    companions = registration.seats - 1 if registration else policy_of(event.id).most_companions
    html = render_template(
        "presence/here.html", event=event, form=form, registration=registration, asks_for_companions=companions > 0
    )
    return _private(make_response(html, status))


def _done(event: Event, checked: CheckList) -> AnyResponse:
    return _private(make_response(render_template("presence/welcome.html", event=event, checked=checked)))


def _given_code() -> str:
    return request.args.get("code", "")[:20]


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
