"""The form that a participant fills in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.events.models import Event
from app.events.services.access import visible_event
from app.files.gate import takes_files
from app.invitations.queries import codes as codes_of
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, Refusal
from app.kernel.forgery import csrf, lacks_proof
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.network.current import current_actor
from app.questions import queries as questions
from app.questions.forms import asks_for_files, form_for
from app.questions.models import QuestionForm
from app.questions.presenters import shown
from app.questions.rules import Asked, Purpose
from app.registration import links, queries
from app.registration.errors import AlreadyRegistered, WrittenTooOften
from app.registration.forms import MOST_COMPANION_LINES, JoinForm
from app.registration.inputs import Application
from app.registration.models import Registration
from app.registration.presenters import moment_words, seats_of, tables_of
from app.registration.services import desk, keeping
from app.registration.services.answering import has_seats
from app.registration.views.answers import Given, given_in
from app.registration.views.blueprint import PER_CLIENT, PER_EVENT, bp
from app.registration.views.pages import card, config, needs_hint, put_refusal
from app.registration.views.way_in import NO_RIGHT, WayIn, way_in


@dataclass(slots=True)
class _Sheet:
    """The form of an event as it is filled in."""

    event: Event
    form: JoinForm
    forms: Sequence[QuestionForm]
    by: WayIn = NO_RIGHT


@bp.get("/events/<slug>/register")
@limiter.limit(PER_CLIENT, exempt_when=lambda: not request.args.get("code"))  # nobody tries codes one after the other
def new(slug: str) -> AnyResponse:
    event = _event(slug)
    try:
        by = _way_in(event, request.args.get("code", ""))
    except (Invalid, Conflict) as refusal:  # a code that does not open
        return _closed(event, NO_RIGHT, say(refusal.code, **refusal.details), 422)
    if not seats_of(event, clock.now(), is_invited=by.is_invited).can_register:
        return _closed(event, by)
    forms = questions.forms_of(event.id, Purpose.JOINING)
    form = form_for(_asked(forms), JoinForm)(data=_known(by))
    return _form_page(_Sheet(event, form, forms, by), 200)


def _may_send_files() -> bool:
    """Asked before a large request is read: only events that ask for a file take one."""
    if request.mimetype != "multipart/form-data":
        return False
    event = _event((request.view_args or {})["slug"])
    return asks_for_files(_asked(questions.forms_of(event.id, Purpose.JOINING)))


@bp.post("/events/<slug>/register")
@csrf.exempt  # the form checks its token itself, so that an old page keeps what was typed
@limiter.limit(PER_CLIENT)
@limiter.limit(PER_EVENT, key_func=lambda: request.path)
@takes_files(allowed=_may_send_files)
def create(slug: str) -> AnyResponse:
    event = _event(slug)
    forms = questions.forms_of(event.id, Purpose.JOINING)
    form = form_for(_asked(forms), JoinForm)()
    form.offer(queries.network_countries())
    sheet = _Sheet(event, form, forms)
    try:
        sheet.by = _way_in(event, form.code.data or "")
        if not form.validate():
            return _form_page(sheet, _status_of(form))
        given = given_in(form)
        if given is None:
            return _form_page(sheet, 422)
        registration = _enter(sheet, given)
    except WrittenTooOften as error:
        response = _refused(sheet, error, 429)
        response.headers["Retry-After"] = str(error.details["retry_after"])
        return response
    except Invalid as error:
        return _refused(sheet, error, 422)
    except Conflict as error:
        return _refused(sheet, error, 409)
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
        days_kept=config().retention_days,
        contact=event.contact_email,
    )


def _event(slug: str) -> Event:
    return visible_event(slug, current_actor())


def _way_in(event: Event, code: str) -> WayIn:
    return way_in(event, invitation=request.args.get("invitation", ""), code=code, now=clock.now())


def _asked(forms: Sequence[QuestionForm]) -> list[Asked]:
    return [one for form in forms for one in form.asked]


def _known(by: WayIn) -> dict[str, str]:
    """What need not be typed."""
    if by.invitation is None:
        return {"code": request.args.get("code", "")}
    names = ("given_name", "family_name", "email", "organisation")
    return {name: getattr(by.invitation, name) for name in names}


def _status_of(form: JoinForm) -> int:
    return 400 if lacks_proof(form, say("registration.csrf")) else 422


def _enter(sheet: _Sheet, given: Given) -> Registration | None:
    """The new registration; None when the address holds a place already, and was written to."""
    event, form, by = sheet.event, sheet.form, sheet.by
    has_limits, now = config().rate_limits, clock.now()
    person = form.to_input()
    application = Application(
        person=person,
        form_key=form.form_key.data,
        companions=tuple(name for name in form.companions.data if name),
        item_ids=frozenset(form.items.data or ()),
        answers={one: answer for one, answer in given.answers.items() if answer.value is not None},
        limited=tuple(one for one in form.asked if has_seats(one)),
        files=given.uploads,
        code_id=by.code.id if by.code else None,
        invitation_id=by.invitation.id if by.invitation else None,
        is_invited=by.is_invited,
        skips_approval=by.skips_approval(event),
        is_verified=by.proves(person),
        organisation_id=by.organisation_id(person),
    )
    outcome = desk.admit(event.id, application, within_limit=has_limits, now=now)
    if isinstance(outcome, Registration):
        return outcome
    try:
        raise outcome
    except AlreadyRegistered as error:
        keeping.write_again(int(str(error.details["registration_id"])), within_limit=has_limits, now=now)
        return None


def _form_page(sheet: _Sheet, status: int, code: str = "") -> AnyResponse:
    event, form, by = sheet.event, sheet.form, sheet.by
    form.offer(queries.network_countries())
    policy = queries.policy_of(event.id)
    while len(form.companions.entries) < min(policy.most_companions, MOST_COMPANION_LINES):
        form.companions.append_entry()
    seats = seats_of(event, clock.now(), is_invited=by.is_invited)
    page = render_template(
        "registration/new.html",
        form=form,
        code=code,
        needs_hint=needs_hint(event),
        policy=policy,
        asks_approval=policy.needs_approval and not by.skips_approval(event),
        asks_proof=policy.verifies_address and by.invitation is None,
        by=by,
        has_codes=by.invitation is None and bool(codes_of(event.id)),
        tables=tables_of(event, queries.sign_ups(event.id)),
        groups=[(one, shown(one.asked, event)) for one in sheet.forms if one.asked],
        takes_files=asks_for_files(form.asked),
        **card(event, seats),
    )
    return make_response(page, status)


def _closed(event: Event, by: WayIn, wrong_code: str = "", status: int = 200) -> AnyResponse:
    seats = seats_of(event, clock.now(), is_invited=by.is_invited)
    is_shut = seats.state in {"by_invitation", "not_yet_open"}
    page = render_template(
        "registration/closed.html",
        state=seats.state,
        opens=moment_words(seats.opens_at, event) if seats.opens_at else "",
        wrong_code=wrong_code,
        takes_code=bool(wrong_code) or (is_shut and not by.is_invited and bool(codes_of(event.id))),
        **card(event, seats if seats.are_on_offer else None),
    )
    return make_response(page, status)


def _refused(sheet: _Sheet, error: Refusal, status: int) -> AnyResponse:
    """The form as it was typed, with the reason beside its field or above: the state may change back."""
    put_refusal(sheet.form, error, sheet.event)
    return _form_page(sheet, status, error.code)
