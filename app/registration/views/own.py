"""One's own registration: where it stands, and the ways out of it."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.events.calendar_entry import calendar_file
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, Refusal
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.registration import links, queries
from app.registration.errors import (
    AlreadyRegistered,
    ChangesClosed,
    EventCalledOff,
    EventPast,
    OfferOver,
    WrittenTooOften,
    WrongPlace,
)
from app.registration.forms import CompanionsForm, HandOverForm, TablesForm, WithdrawForm, companions_form_for
from app.registration.models import Registration
from app.registration.own_parts import own_parts
from app.registration.presenters import own_tables
from app.registration.presenters.own import moved_on_words, own_registration
from app.registration.rules import LIVE, Place
from app.registration.services import deciding, handing_over, item_places, keeping, leaving, offers
from app.registration.views.blueprint import bp
from app.registration.views.pages import config, own_page, private, put_refusal


@bp.get("/registrations/<token>")
def show(token: str) -> AnyResponse:
    return _show_page(token)


@bp.errorhandler(WrongPlace)
@bp.errorhandler(ChangesClosed)
@bp.errorhandler(EventCalledOff)
@bp.errorhandler(EventPast)
def moved_on(refusal: Refusal) -> AnyResponse:
    """A page that was open, or an old link, of somebody who stands elsewhere by now: where, and what can be done."""
    token = (request.view_args or {}).get("token", "")
    if not token:
        raise refusal
    return _show_page(token, 409, moved_on=moved_on_words(refusal, was_sent=request.method == "POST"))


def _show_page(token: str, status: int = 200, moved_on: str = "") -> Response:
    registration = links.open_registration(token)
    view = own_registration(registration, clock.now())
    parts = [part for part in own_parts(registration, clock.now()) if part.template]
    return own_page(
        "registration/show.html",
        registration,
        token,
        status,
        view=view,
        parts=parts,
        form=WithdrawForm(),
        moved_on=moved_on,
    )


@bp.post("/registrations/<token>/privacy")
def accept_privacy(token: str) -> AnyResponse:
    """Whoever got the place from a colleague was never asked on the form."""
    registration = links.open_registration(token)
    keeping.accept_privacy(registration.id, link_version=registration.link_version, now=clock.now())
    flash(_("Thank you. Nothing else is to be done."), "ok")
    return redirect(url_for(".show", token=token), 303)


@bp.post("/registrations/<token>/mail")
def write_again(token: str) -> AnyResponse:
    """The mail that proves an address, once more; at most once an hour."""
    registration = links.open_registration(token)
    if registration.place is not Place.UNVERIFIED:
        return redirect(url_for(".show", token=token), 303)
    try:
        keeping.write_again(registration.id, within_limit=config().rate_limits, now=clock.now())
    except WrittenTooOften as error:
        flash(say(error.code), "warn")
    else:
        flash(_("We write to this address once an hour at most: look at your mails in a minute."), "ok")
    return redirect(url_for(".show", token=token), 303)


@bp.get("/registrations/<proof>/address")
def prove(proof: str) -> AnyResponse:
    """Programs that look at links in mails open this page and change nothing: only the button does."""
    return _proof_page(links.open_proof(proof), proof, WithdrawForm())


@bp.post("/registrations/<proof>/address")
def verify(proof: str) -> AnyResponse:
    registration = links.open_proof(proof)
    own_link = links.token(registration)
    try:
        deciding.verify(registration.id, now=clock.now())
    except Conflict as error:
        form = WithdrawForm()
        form.form_errors.append(say(error.code, **error.details))
        return _proof_page(links.open_proof(proof), proof, form, 409)
    return redirect(url_for(".show", token=own_link), 303)


@bp.post("/registrations/<token>/offer")
def accept(token: str) -> AnyResponse:
    registration = links.open_registration(token)
    return _answered(token, lambda: offers.accept(registration.id, now=clock.now()))


@bp.post("/registrations/<token>/offer/refusal")
def decline(token: str) -> AnyResponse:
    registration = links.open_registration(token)
    return _answered(token, lambda: offers.decline(registration.id, now=clock.now()))


@bp.post("/registrations/<token>/withdrawal")
def withdraw(token: str) -> AnyResponse:
    registration = links.open_registration(token)
    leaving.withdraw(registration.id, now=clock.now())
    return redirect(url_for(".show", token=token), 303)


@bp.route("/registrations/<token>/tables", methods=["GET", "POST"])
def tables(token: str) -> AnyResponse:
    """Choose parts of the agenda with places of their own."""
    registration = links.open_registration(token)
    if request.method == "GET":
        item_places.check_open(registration.id, now=clock.now())
        return _tables_page(registration, token, TablesForm(data={"items": _chosen(registration)}))
    form = TablesForm()
    if not form.validate():
        return _tables_page(registration, token, form, 422)
    try:
        item_places.choose(registration.id, item_ids=form.items.data or [], now=clock.now())
    except Invalid as error:
        registration = links.open_registration(token)
        put_refusal(form, error, registration.allotment.event)
        return _tables_page(registration, token, form, 422)
    flash(_("Your choice is kept."), "ok")
    return redirect(url_for(".show", token=token), 303)


@bp.route("/registrations/<token>/companions", methods=["GET", "POST"])
def companions(token: str) -> AnyResponse:
    """Leave some at home, or correct their names as long as data can be corrected."""
    registration, now = links.open_registration(token), clock.now()
    those, version = registration.companions, registration.link_version
    is_open = now < queries.changes_close_at(registration.allotment.event_id)
    kind = companions_form_for([one.id for one in those] if is_open else [])
    if request.method == "GET":
        names = {f"name_{one.id}": one.name for one in those}
        return _companions_page(registration, token, kind(data={"companions": [one.id for one in those], **names}))
    form = kind()
    if not form.validate():
        return _companions_page(registration, token, form, 422)
    staying = set(form.companions.data or [])
    is_fewer = len(staying) < len(those)
    leaving.bring_fewer(registration.id, companion_ids=staying, names=form.names(), link_version=version, now=now)
    flash(
        _("Thank you: the places of the others go to those who wait.") if is_fewer else _("Your data is mended."), "ok"
    )
    return redirect(url_for(".show", token=token), 303)


@bp.route("/registrations/<token>/hand-over", methods=["GET", "POST"])
def hand_over(token: str) -> AnyResponse:
    registration = links.open_registration(token)
    if request.method == "GET" and registration.place in LIVE:
        handing_over.check_open(registration.id, now=clock.now())
    form = HandOverForm() if request.method == "POST" else HandOverForm(locale=registration.locale)
    if not form.validate_on_submit():
        return _hand_over_page(registration, token, form, 422 if form.is_submitted() else 200)
    event, name = registration.allotment.event, f"{form.given_name.data} {form.family_name.data}"
    try:
        handing_over.hand_over(registration.id, to=form.to_input(), within_limit=config().rate_limits, now=clock.now())
    except (WrongPlace, ChangesClosed, EventCalledOff, EventPast):
        raise
    except (Conflict, WrittenTooOften) as error:
        if isinstance(error, AlreadyRegistered):  # whose address it is learns it, and nobody else
            _write_again(error)
        registration = links.open_registration(token)
        put_refusal(form, error, registration.allotment.event)
        return _hand_over_page(registration, token, form, 409 if isinstance(error, Conflict) else 429)
    page = render_template("registration/handed_over.html", event=event, name=name, email=form.email.data)
    return private(page)


@bp.get("/registrations/<token>/event.ics")
def download(token: str) -> AnyResponse:
    event = links.open_registration(token).allotment.event
    response = private(calendar_file(event, language(), public_url=config().public_url))
    response.mimetype = "text/calendar"
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


def _write_again(error: AlreadyRegistered) -> None:
    try:
        keeping.write_again(
            int(str(error.details["registration_id"])), within_limit=config().rate_limits, now=clock.now()
        )
    except WrittenTooOften:
        return  # it has got its mails


def _answered(token: str, verb: Any) -> AnyResponse:
    try:
        verb()
    except OfferOver as error:  # the page says what can be done next
        flash(say(error.code), "warn")
    return redirect(url_for(".show", token=token), 303)


def _proof_page(registration: Registration, token: str, form: WithdrawForm, status: int = 200) -> Response:
    return own_page("registration/address.html", registration, token, status, form=form)


def _tables_page(registration: Registration, token: str, form: TablesForm, status: int = 200) -> Response:
    event = registration.allotment.event
    shown = own_tables(event, registration.id)
    return own_page("registration/my_tables.html", registration, token, status, form=form, tables=shown)


def _chosen(registration: Registration) -> list[int]:
    standings = queries.standings_of(registration.id)
    signs = queries.sign_ups(registration.allotment.event_id)
    return [one.agenda_item_id for one in signs if one.id in standings and one.agenda_item_id is not None]


def _companions_page(registration: Registration, token: str, form: CompanionsForm, status: int = 200) -> Response:
    return own_page("registration/companions.html", registration, token, status, form=form)


def _hand_over_page(registration: Registration, token: str, form: HandOverForm, status: int = 200) -> Response:
    return own_page("registration/hand_over.html", registration, token, status, form=form)
