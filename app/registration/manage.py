"""The organiser's pages about participants and seats."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.registration import queries
from app.registration.errors import AlreadyRegistered, EventFull
from app.registration.exports import participants_csv, participants_xlsx
from app.registration.forms import AddForm, PromoteForm, RemoveForm, SeatsForm
from app.registration.presenters import seats_of
from app.registration.rules import Place
from app.registration.services import deciding, joining, leaving, seats

bp = Blueprint("participants", __name__, url_prefix="/manage/events/<slug>")
bp.before_request(ask_to_sign_in)
PAGE = 100
WHOLE_LIST = 100_000


@bp.get("/participants")
def show(slug: str) -> AnyResponse:
    return _list_page(manageable_event(slug, current_actor()))


@bp.get("/participants/add")
def add_form(slug: str) -> str:
    event = manageable_event(slug, current_actor())
    return _add_page(event, _offered(AddForm()))


@bp.post("/participants")
def add(slug: str) -> AnyResponse:
    event = manageable_event(slug, current_actor())
    form = _offered(AddForm())
    if not form.validate():
        return make_response(_add_page(event, form), 422)
    try:
        registration = joining.add(event_slug=slug, person=form.to_input(), actor=current_actor(), now=clock.now())
    except AlreadyRegistered:
        form.email.errors = [_("This address holds a place already. Look for it in the list.")]
        return make_response(_add_page(event, form), 409)
    except EventFull as error:
        form.form_errors.append(say(error.code))
        return make_response(_add_page(event, form), 409)
    flash(_("%(name)s: %(place)s", name=registration.given_name, place=say(registration.place)), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/participants/<int:registration_id>/removal")
def remove(slug: str, registration_id: int) -> AnyResponse:
    form = RemoveForm()
    if not form.validate():
        return _list_page(manageable_event(slug, current_actor()), wrong=form, status=422)
    leaving.remove(
        registration_id, event_slug=slug, reason=form.reason.data or None, actor=current_actor(), now=clock.now()
    )
    flash(_("The place was taken back, and the participant is told."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/participants/<int:registration_id>/promotion")
def promote(slug: str, registration_id: int) -> AnyResponse:
    form = PromoteForm()
    try:
        if not form.validate():
            return _list_page(manageable_event(slug, current_actor()), wrong=form, status=422)
        deciding.promote_by_hand(
            registration_id,
            event_slug=slug,
            reason=form.reason.data or "",
            actor=current_actor(),
            now=clock.now(),
        )
    except Refusal as error:
        if not put_beside_field(form, error):
            raise
        return _list_page(manageable_event(slug, current_actor()), wrong=form, status=422)
    flash(_("The place is given, and the participant is told."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.get("/participants.csv")
def as_csv(slug: str) -> AnyResponse:
    return _sheet(slug, "csv", "text/csv; charset=utf-8")


@bp.get("/participants.xlsx")
def as_xlsx(slug: str) -> AnyResponse:
    return _sheet(slug, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@bp.route("/seats", methods=["GET", "POST"])
def seats_page(slug: str) -> AnyResponse:
    event = manageable_event(slug, current_actor())
    form = SeatsForm(zone=event.timezone)
    if request.method == "GET":
        form = SeatsForm.of(queries.allotment_of(event.id), event.timezone)
    elif form.validate():
        try:
            seats.change_seats(event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
        except Refusal as error:
            if not put_beside_field(form, error):
                raise
        else:
            flash(_("Places and registration times are saved."), "ok")
            return redirect(url_for(".seats_page", slug=slug), 303)
    page = render_template("registration/seats.html", event=event, form=form, seats=seats_of(event, clock.now()))
    return make_response(page, 422 if form.errors else 200)


def _list_page(event: Event, *, wrong: Any = None, status: int = 200) -> AnyResponse:
    place = request.args.get("place", "")
    shown = Place(place) if place in set(Place) else None
    after = request.args.get("after", "0")
    query = request.args.get("q", "")[:200].replace("\0", "")
    found = queries.participants(
        event.id,
        place=shown,
        query=query,
        limit=PAGE + 1,
        after=int(after) if after.isdecimal() and len(after) < 10 else 0,
    )
    page = render_template(
        "registration/participants.html",
        event=event,
        participants=found[:PAGE],
        next_after=found[PAGE - 1].number if len(found) > PAGE else None,
        counts=queries.counts_by_place(event.id),
        diversity=queries.diversity(event.id),
        seats=seats_of(event, clock.now()),
        shown=shown,
        query=query,
        places=list(Place),
        remove_form=RemoveForm(formdata=None),
        promote_form=PromoteForm(formdata=None),
        wrong=wrong,
    )
    return make_response(page, status)


def _add_page(event: Event, form: AddForm) -> str:
    return render_template("registration/add.html", event=event, form=form)


def _offered(form: AddForm) -> AddForm:
    form.offer(queries.network_countries())
    return form


def _sheet(slug: str, ending: str, mimetype: str) -> AnyResponse:
    event = manageable_event(slug, current_actor())
    rows = queries.participants(event.id, place=None, query="", limit=WHOLE_LIST)
    write = participants_csv if ending == "csv" else participants_xlsx
    sheet = write(rows, event_title=event.title.wording(language()).text)
    response = Response(sheet, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="participants-{event.slug}.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response
