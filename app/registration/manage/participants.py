"""The list of participants, one person's page, adding and mending, and the list as a sheet."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.rules import OrganisationRole
from app.events.services import manageable_event
from app.files.serving import send
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import organisation_choices
from app.registration import queries
from app.registration.errors import AlreadyRegistered, EventCalledOff, EventFull, RegistrationNotFound
from app.registration.exports import Sheet, participants_csv, participants_xlsx, sheet_of
from app.registration.forms import AddForm
from app.registration.manage_forms import DecisionForm, HeadsForm, MendForm, RisingForm
from app.registration.manage_presenters import answers_of, history_of, rows_of
from app.registration.models import Registration
from app.registration.own_parts import person_parts
from app.registration.presenters import seats_of
from app.registration.queries import managing
from app.registration.rules import LIVE, Place, Promotion
from app.registration.services import joining, mending
from app.registration.services.opening_files import file_of, readable_questions

bp = Blueprint("participants", __name__, url_prefix="/manage/events/<slug>")
bp.before_request(ask_to_sign_in)
PAGE = 100
WHOLE_LIST = 100_000
PART = 5_000  # a database takes only so many values at once


@bp.get("/participants")
def show(slug: str) -> AnyResponse:
    return list_page(manageable_event(slug, current_actor()))


@bp.get("/participants/<int:registration_id>")
def person(slug: str, registration_id: int) -> AnyResponse:
    return person_page(manageable_event(slug, current_actor()), registration_id)


@bp.get("/participants/<int:registration_id>/files/<int:question_id>")
def file(slug: str, registration_id: int, question_id: int) -> AnyResponse:
    """A file that somebody sent as an answer, for who reads the answers to that question."""
    found = file_of(event_slug=slug, registration_id=registration_id, question_id=question_id, actor=current_actor())
    return send(found)


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
    except (EventFull, EventCalledOff) as error:
        form.form_errors.append(say(error.code))
        return make_response(_add_page(event, form), 409)
    flash(_("%(name)s: %(place)s", name=registration.given_name, place=say(registration.place)), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.route("/participants/<int:registration_id>/edit", methods=["GET", "POST"])
def edit(slug: str, registration_id: int) -> AnyResponse:
    event = manageable_event(slug, current_actor())
    registration = _registration(event, registration_id)
    form = MendForm.of(registration) if request.method == "GET" else MendForm()
    form.offer(queries.network_countries())
    form.offer_organisations(organisation_choices())
    if request.method == "GET":
        return _edit_page(event, registration, form)
    if not form.validate():
        return _edit_page(event, registration, form, 422)
    try:
        mending.mend(registration_id, event_slug=slug, values=form.to_mending(), actor=current_actor(), now=clock.now())
    except AlreadyRegistered:
        form.email.errors = [_("This address holds a place already. Look for it in the list.")]
        return _edit_page(event, registration, form, 409)
    except Refusal as error:
        form.form_errors.append(say(error.code))
        return _edit_page(event, registration, form, 409)
    flash(_("The data is saved."), "ok")
    return redirect(url_for(".person", slug=slug, registration_id=registration_id), 303)


@bp.get("/participants.csv")
def as_csv(slug: str) -> AnyResponse:
    sheet, name = _sheet(slug)
    return _download(participants_csv(sheet), f"{name}.csv", "text/csv; charset=utf-8")


@bp.get("/participants.xlsx")
def as_xlsx(slug: str) -> AnyResponse:
    sheet, name = _sheet(slug)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(participants_xlsx(sheet), f"{name}.xlsx", kind)


def list_page(event: Event, *, wrong: Any = None, refusal: str = "", status: int = 200, **forms: Any) -> AnyResponse:
    """The list with its forms; ``wrong`` is the form that was sent and could not be used."""
    after = request.args.get("after", "0")
    shown, query = _shown(), request.args.get("q", "")[:200].replace("\0", "")
    found = queries.participants(
        event.id,
        place=shown,
        query=query,
        limit=PAGE + 1,
        after=int(after) if after.isdecimal() and after.isascii() and len(after) < 10 else 0,
    )
    heads_form = forms.get("heads_form") or HeadsForm(formdata=None)
    heads_form.offer(organisation_choices())
    seats = seats_of(event, clock.now())
    page = render_template(
        "registration/participants.html",
        event=event,
        rows=rows_of(event, found[:PAGE]),
        next_after=found[PAGE - 1].number if len(found) > PAGE else None,
        counts=queries.counts_by_place(event.id),
        diversity=queries.diversity(event.id),
        seats=seats,
        kept=queries.shown_seats([event.id])[event.id].kept,
        by_hand=queries.policy_of(event.id).promotion is Promotion.BY_HAND,
        organisations=[one for one in event.organisations if one.role is OrganisationRole.PARTICIPANT],
        shown=shown,
        query=query,
        places=list(Place),
        live=LIVE,
        all_chosen=request.args.get("chosen") == "all",
        decision_form=forms.get("decision_form") or DecisionForm(formdata=None),
        rising_form=forms.get("rising_form") or RisingForm(formdata=None),
        heads_form=heads_form,
        wrong=wrong,
        refusal=refusal,
    )
    return make_response(page, status)


def person_page(
    event: Event, registration_id: int, *, wrong: Any = None, refusal: str = "", status: int = 200
) -> AnyResponse:
    """Everything about one person, what can be done, and what happened so far."""
    registration = _registration(event, registration_id)
    (row,) = rows_of(event, [registration])
    page = render_template(
        "registration/person.html",
        event=event,
        row=row,
        one=registration,
        answers=answers_of(event, registration, current_actor()),
        history=history_of(event, registration),
        parts=person_parts(registration, clock.now()),
        is_live=registration.place in LIVE,
        form=wrong or DecisionForm(formdata=None),
        wrong=wrong,
        refusal=refusal,
    )
    return make_response(page, status)


def _registration(event: Event, registration_id: int) -> Registration:
    found = managing.with_everything(event.id, registration_id) if registration_id < 2**31 else None
    if found is None:
        raise RegistrationNotFound(registration_id=registration_id)
    return found


def _shown() -> Place | None:
    place = request.args.get("place", "")
    return Place(place) if place in set(Place) else None


def _add_page(event: Event, form: AddForm) -> str:
    return render_template("registration/add.html", event=event, form=form)


def _edit_page(event: Event, registration: Registration, form: MendForm, status: int = 200) -> AnyResponse:
    page = render_template("registration/mend.html", event=event, one=registration, form=form)
    return make_response(page, status)


def _offered(form: AddForm) -> AddForm:
    form.offer(queries.network_countries())
    return form


def _sheet(slug: str) -> tuple[Sheet, str]:
    """The sheet of everybody, or of one place, and the name of its file."""
    event, shown = manageable_event(slug, current_actor()), _shown()
    people = queries.participants(event.id, place=shown, query="", limit=WHOLE_LIST)
    parts = [people[start : start + PART] for start in range(0, len(people), PART)]
    sheet = sheet_of(
        event,
        [row for part in parts for row in rows_of(event, part)],
        questions=readable_questions(event, current_actor()),
        title=event.title.wording(language()).text,
    )
    return sheet, f"participants-{event.slug}-{shown}" if shown else f"participants-{event.slug}"


def _download(content: bytes, name: str, kind: str) -> AnyResponse:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
