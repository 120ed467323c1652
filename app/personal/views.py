"""The page of somebody's own calendars."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.current import current_account_id
from app.fetches.presenters import diagnosis
from app.fetches.queries import last_of_tokens, newest_of
from app.fetches.rules import agenda_key
from app.kernel import clock
from app.kernel.date_words import day_words
from app.kernel.errors import Conflict
from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.mail.errors import UnusableAddress
from app.mail.rules import address_key
from app.personal import presenters, proofs, queries, services
from app.personal.current import current_address, forget_address, keep_address
from app.personal.errors import CalendarNotFound, ProofSpent
from app.personal.forms import AddressForm, CalendarForm

bp = Blueprint("personal", __name__)
PER_CLIENT = "20/minute; 100/hour"


@bp.get("/calendars")
def mine() -> AnyResponse:
    address = current_address()
    if address is None:
        return _private(render_template("personal/ask.html", form=AddressForm(), problem=""))
    return _overview(address, CalendarForm.begun(language=language()))


@bp.post("/calendars")
@limiter.limit(PER_CLIENT)
def make() -> AnyResponse:
    """The secrets are shown in the answer itself: nobody can be led to them again."""
    address = current_address()
    if address is None:
        return redirect("/calendars", 303)
    form = CalendarForm()
    if not form.validate_on_submit():
        return _overview(address, form, 422)
    try:
        opened = services.make_calendar(email=address, wanted=form.to_input(), now=clock.now())
    except Conflict as error:
        form.form_errors.append(say(error.code, **error.details))
        return _overview(address, form, 409)
    way_in = presenters.way_in(opened, address, form.label.data or "")
    return _private(render_template("personal/made.html", way_in=way_in), 201)


@bp.post("/calendars/link")
@limiter.limit(PER_CLIENT)
def ask_for_link() -> AnyResponse:
    form = AddressForm()
    if not form.validate_on_submit():
        return _private(render_template("personal/ask.html", form=form, problem=""), 422)
    try:
        services.ask_for_proof(email=form.email.data or "", locale=language(), now=clock.now())
    except UnusableAddress as error:
        form.email.errors = [*form.email.errors, say(error.code)]
        return _private(render_template("personal/ask.html", form=form, problem=""), 422)
    return _private(render_template("personal/link_sent.html", email=form.email.data))


@bp.get("/calendars/<address_proof>/proof")
def confirm(address_proof: str) -> AnyResponse:
    """A button, so that nobody else's browser is led in by a link alone."""
    try:
        address = proofs.proved_address(address_proof, now=clock.now())
    except ProofSpent as error:
        return _spent(error)
    return _private(render_template("personal/confirm.html", email=address))


@bp.post("/calendars/<address_proof>/proof")
def enter(address_proof: str) -> AnyResponse:
    try:
        keep_address(proofs.proved_address(address_proof, now=clock.now()))
    except ProofSpent as error:
        return _spent(error)
    return redirect("/calendars", 303)


@bp.post("/calendars/leaving")
def leave() -> AnyResponse:
    forget_address()
    return redirect("/calendars", 303)


@bp.get("/calendars/devices/<int:calendar_id>")
def edit(calendar_id: int) -> AnyResponse:
    if current_address() is None:
        return redirect("/calendars", 303)
    token = queries.token_of(calendar_id, _key())
    return _private(render_template("personal/edit.html", calendar=token, form=CalendarForm.of(token)))


@bp.post("/calendars/devices/<int:calendar_id>")
def change(calendar_id: int) -> AnyResponse:
    token = queries.token_of(calendar_id, _key())
    form = CalendarForm()
    if not form.validate_on_submit():
        return _private(render_template("personal/edit.html", calendar=token, form=form), 422)
    services.edit_calendar(calendar_id, email_key=_key(), wanted=form.to_input(), now=clock.now())
    flash(_("Saved. Your calendar follows when it next looks."), "ok")
    return redirect("/calendars", 303)


@bp.get("/calendars/devices/<int:calendar_id>/fetches")
def fetches(calendar_id: int) -> AnyResponse:
    """Why this calendar may be wrong."""
    if current_address() is None:
        return redirect("/calendars", 303)
    token = queries.token_of(calendar_id, _key())
    rows = newest_of(agenda_key(token.id))
    about = diagnosis(rows, token.changed_at, clock.now(), zone=token.timezone, may_renew=True)
    return _private(render_template("personal/fetches.html", calendar=token, diagnosis=about))


@bp.get("/calendars/devices/<int:calendar_id>/address")
def renewed(calendar_id: int) -> AnyResponse:
    """Whoever comes back to what was shown once: it is not shown again."""
    if current_address() is None:
        return redirect("/calendars", 303)
    return redirect(f"/calendars/devices/{queries.token_of(calendar_id, _key()).id}/fetches", 303)


@bp.post("/calendars/devices/<int:calendar_id>/address")
@limiter.limit(PER_CLIENT)
def renew(calendar_id: int) -> AnyResponse:
    """The new secrets are shown in the answer itself, as those of a new calendar are."""
    opened = services.renew_address(calendar_id, email_key=_key(), now=clock.now())
    token = queries.token_of(calendar_id, _key())
    return _private(render_template("personal/made.html", way_in=presenters.way_in(opened, token.email, token.label)))


@bp.post("/calendars/devices/<int:calendar_id>/revocation")
def revoke(calendar_id: int) -> AnyResponse:
    services.revoke_calendar(calendar_id, email_key=_key(), now=clock.now())
    flash(_("Withdrawn. Remove the calendar from that device too."), "ok")
    return redirect("/calendars", 303)


def _overview(address: str, form: CalendarForm, status: int = 200) -> AnyResponse:
    key = address_key(address)
    calendars, withdrawn = queries.tokens_of(key), queries.withdrawn_of(key)
    asked = last_of_tokens([token.id for token in withdrawn]) if withdrawn else {}
    page = render_template(
        "personal/mine.html",
        address=address,
        calendars=calendars,
        strays=[
            (token, asked[token.id])
            for token in withdrawn
            if token.id in asked and token.revoked_at and asked[token.id] > token.revoked_at
        ],
        form=form,
        day_words=day_words,
        by_proof=current_account_id() is None,
    )
    return _private(page, status)


def _spent(error: ProofSpent) -> AnyResponse:
    form = AddressForm(formdata=None)
    return _private(render_template("personal/ask.html", form=form, problem=say(error.code)), 409)


def _key() -> str:
    address = current_address()
    if address is None:
        raise CalendarNotFound
    return address_key(address)


def _private(page: str, status: int = 200) -> AnyResponse:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
