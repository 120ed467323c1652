"""One's own data: mend it, answer what is asked afterwards, take it along."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.files.gate import takes_files
from app.files.serving import send
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid
from app.questions import queries as questions
from app.questions.errors import FormNotFound
from app.questions.forms import answers_into, asks_for_files, form_for
from app.questions.models import QuestionForm
from app.questions.presenters import shown
from app.questions.rules import Kind, Purpose
from app.registration import links, queries, rules
from app.registration.errors import WrongPlace
from app.registration.forms import CorrectForm
from app.registration.models import Answer, Registration
from app.registration.presenters.follow_up import follow_up
from app.registration.presenters.own_data import own_data
from app.registration.rules import Place
from app.registration.services import answering, keeping, opening_files
from app.registration.services.answering import has_seats
from app.registration.views.answers import given_in, still_asked
from app.registration.views.blueprint import bp
from app.registration.views.pages import needs_hint, own_page, private, put_refusal


def _has_the_link() -> bool:
    """Asked before a large request is read."""
    return bool(links.open_registration((request.view_args or {})["token"]))


@bp.route("/registrations/<token>/edit", methods=["GET", "POST"])
@takes_files(allowed=_has_the_link)
def edit(token: str) -> AnyResponse:
    """Mend what was typed and answered when joining; raises ChangesClosed after the event's deadline."""
    registration = links.open_registration(token)
    event_id, version = registration.allotment.event_id, registration.link_version
    rules.check_changes(queries.changes_close_at(event_id), clock.now())
    forms = questions.forms_of(event_id, Purpose.JOINING)
    kept = queries.answers_of(registration.id) if forms else {}
    asked = still_asked([one for form in forms for one in form.asked], kept)
    form = form_for(asked, CorrectForm)(**({} if request.method == "POST" else _typed(registration, asked, kept)))
    form.offer(queries.network_countries())
    if not form.validate_on_submit() or (given := given_in(form)) is None:
        return _edit_page(registration, token, form, forms, 422 if form.is_submitted() else 200)
    try:
        keeping.correct(
            registration.id,
            values=form.to_input(),
            answers=given.answers,
            limited=[one for one in asked if has_seats(one)],
            uploads=given.uploads,
            link_version=version,
            now=clock.now(),
        )
    except Invalid as error:
        put_refusal(form, error, registration.allotment.event)
        return _edit_page(links.open_registration(token), token, form, forms, 422)
    flash(_("Your data is mended."), "ok")
    return redirect(url_for(".show", token=token), 303)


@bp.route("/registrations/<token>/forms/<int:form_id>", methods=["GET", "POST"])
@takes_files(allowed=_has_the_link)
def answer(token: str, form_id: int) -> AnyResponse:
    """A form for those who are confirmed; after its deadline it only shows what was answered."""
    registration = links.open_registration(token)
    asked_form = _form_of(registration, form_id)
    kept = queries.answers_of(registration.id)
    asked = still_asked(asked_form.asked, kept)
    filled = None if request.method == "POST" else answers_into(asked, _values(kept))
    form = form_for(asked)(data=filled)
    if not form.validate_on_submit() or (given := given_in(form)) is None:
        return _answer_page(registration, token, asked_form, form, kept, status=422 if form.is_submitted() else 200)
    try:
        answering.answer(
            registration.id,
            form_id=form_id,
            answers=given.answers,
            uploads=given.uploads,
            link_version=registration.link_version,
            now=clock.now(),
        )
    except (Invalid, Conflict) as error:
        registration = links.open_registration(token)
        put_refusal(form, error, registration.allotment.event)
        status = 422 if isinstance(error, Invalid) else 409
        return _answer_page(registration, token, _form_of(registration, form_id), form, kept, status=status)
    flash(_("Thank you, your answers are kept."), "ok")
    return redirect(url_for(".show", token=token), 303)


@bp.get("/registrations/<token>/files/<int:question_id>")
def file(token: str, question_id: int) -> AnyResponse:
    """A file that was sent as an answer."""
    return send(opening_files.own_file(links.open_registration(token).id, question_id))


@bp.get("/registrations/<token>/data")
def data(token: str) -> AnyResponse:
    """Everything that is kept about somebody, as a file."""
    registration = links.open_registration(token)
    response = private(json.dumps(own_data(registration, clock.now()), ensure_ascii=False, indent=2).encode())
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = 'attachment; filename="my-registration.json"'
    return response


def _form_of(registration: Registration, form_id: int) -> QuestionForm:
    """Raises FormNotFound for what is put to others, and to whoever has no place."""
    form = questions.form(registration.allotment.event_id, form_id)
    if form.purpose is not Purpose.FOLLOW_UP:
        raise FormNotFound(form_id=form_id)
    if registration.place is not Place.CONFIRMED:
        raise WrongPlace(place=registration.place)
    return form


def _values(kept: Mapping[int, Answer]) -> dict[int, Any]:
    return {one: row.value for one, row in kept.items() if row.erased_at is None}


def _typed(registration: Registration, asked: Any, kept: Mapping[int, Answer]) -> dict[str, Any]:
    answered = answers_into(asked, _values(kept))
    return {
        "obj": registration,
        "country": registration.country_code,
        "org_type": str(registration.org_type),
        **answered,
    }


def _edit_page(registration: Registration, token: str, form: CorrectForm, forms: Any, status: int) -> Response:
    event = registration.allotment.event
    return own_page(
        "registration/edit.html",
        registration,
        token,
        status,
        form=form,
        needs_hint=needs_hint(event),
        groups=[(one, shown(one.asked, event)) for one in forms if one.asked],
        takes_files=asks_for_files(form.asked),
    )


def _names_of_files(asked: QuestionForm, kept: Mapping[int, Answer]) -> list[str]:
    values = _values(kept)
    return [values[one.id]["name"] for one in asked.asked if one.kind is Kind.FILE and values.get(one.id)]


def _answer_page(
    registration: Registration, token: str, asked: QuestionForm, form: Any, kept: Mapping[int, Answer], *, status: int
) -> Response:
    event = registration.allotment.event
    return own_page(
        "registration/follow_up.html",
        registration,
        token,
        status,
        form=form,
        view=follow_up(asked, event, _values(kept), clock.now()),
        questions=shown(asked.asked, event),
        sent_before=_names_of_files(asked, kept),
        takes_files=asks_for_files(asked.asked),
    )
