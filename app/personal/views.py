"""The page of somebody's own calendars, and the calendars themselves."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.current import current_account_id
from app.feeds.conditional import http_date, not_modified, takes_gzip
from app.kernel import clock
from app.kernel.date_words import day_words
from app.kernel.errors import Conflict
from app.kernel.i18n import language
from app.kernel.ids import digest
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.mail.errors import UnusableAddress
from app.mail.rules import address_key
from app.personal import presenters, proofs, queries, services, serving
from app.personal.current import current_address, forget_address, keep_address
from app.personal.errors import CalendarNotFound, ProofSpent
from app.personal.forms import AddressForm, CalendarForm
from app.personal.rules import USE_NOTED_EVERY, client_family

bp = Blueprint("personal", __name__)
PER_CLIENT = "20/minute; 100/hour"
PER_CALENDAR = "60/minute"


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


@bp.post("/calendars/devices/<int:calendar_id>/revocation")
def revoke(calendar_id: int) -> AnyResponse:
    services.revoke_calendar(calendar_id, email_key=_key(), now=clock.now())
    flash(_("Withdrawn. Remove the calendar from that device too."), "ok")
    return redirect("/calendars", 303)


def _calendar_of_request() -> str:
    return digest(request.path)


@bp.get("/calendars/<calendar_secret>.ics")
@limiter.limit(PER_CALENDAR, key_func=_calendar_of_request)
def feed(calendar_secret: str) -> Response:
    """The calendar behind a secret address: a 304 costs one query, all of it two."""
    now = clock.now()
    token = queries.opened_by(digest(calendar_secret))
    if token is None:
        return _file(b"There is no such calendar.\n", 404, mimetype="text/plain")
    if token.revoked_at:
        return _file(serving.withdrawn(token), 410)
    client = client_family(request.headers.get("User-Agent", ""))
    if serving.is_use_to_be_noted(token, client, now, USE_NOTED_EVERY):
        services.note_use(token.id, client=client, now=now)
    etag = serving.etag_of(token)
    if not_modified(request.environ, etag, token.changed_at, exists=True):
        response = Response(status=304)
    else:
        response = _file(serving.whole(token, queries.shown(token.id)), 200)
    return _about(response, etag, token.changed_at, token.language, now)


def _about(response: Response, etag: str, changed_at: datetime, lang: str, now: datetime) -> Response:
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(min(changed_at, now))
    response.headers["Content-Language"] = lang
    return _quietly(response, "private, max-age=300")


def _file(body: bytes, status: int, *, mimetype: str = "text/calendar") -> Response:
    response = Response(status=status, mimetype=mimetype, content_type=f"{mimetype}; charset=utf-8")
    if status == 200 and takes_gzip(request.environ):
        body = serving.gzipped(body)
        response.headers["Content-Encoding"] = "gzip"
    response.set_data(body)
    if mimetype == "text/calendar":
        response.headers["Content-Disposition"] = 'inline; filename="filo-agenda.ics"'
    return _quietly(response, "no-store")


def _quietly(response: Response, caching: str) -> Response:
    response.headers["Cache-Control"] = caching
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _overview(address: str, form: CalendarForm, status: int = 200) -> AnyResponse:
    calendars = queries.tokens_of(address_key(address))
    page = render_template(
        "personal/mine.html",
        address=address,
        calendars=calendars,
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
    return _quietly(make_response(page, status), "no-store")
