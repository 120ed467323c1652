"""How far a service has come: steps, pilots, who took it up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.errors import Conflict, Invalid
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network.current import current_actor
from app.pilots import queries, services
from app.pilots.errors import PilotNotFound, UptakeNotFound
from app.pilots.forms import CorrectionForm, PilotForm, StepForm, UptakeForm, mark
from app.pilots.manage.shared import bp, editable
from app.pilots.models import ServiceProposal
from app.pilots.phrases import STEPS
from app.pilots.presenters import page_of
from app.pilots.rules import Stage, next_due


@bp.get("/<slug>/progress")
def progress(slug: str) -> Response:
    return _progress(slug)


@bp.post("/<slug>/steps")
def move(slug: str) -> Response:
    editable(slug)
    after = request.form.get("after", "")
    if after not in set(Stage):
        return _progress(slug, said=_("Choose one of the list."), status=422)
    form = StepForm()
    if not form.validate():
        return _progress(slug, step=form, status=422)
    try:
        services.move(
            slug,
            after=Stage(after),
            reason=form.reason.data or "",
            next_by=form.next_by.data,
            keeps_due=False,
            actor=current_actor(),
            now=clock.now(),
        )
    except Invalid as refusal:
        put_beside_field(form, refusal)
        return _progress(slug, step=form, status=422)
    except Conflict as refusal:
        return _progress(slug, step=form, said=say(refusal.code, **refusal.details), status=409)
    return _done(slug, _("Noted: %(stage)s.", stage=say(Stage(after))))


@bp.post("/<slug>/pilots")
def add_pilot(slug: str) -> Response:
    return _keep_pilot(slug, None)


@bp.post("/<slug>/pilots/<int:pilot_id>")
def edit_pilot(slug: str, pilot_id: int) -> Response:
    return _keep_pilot(slug, pilot_id)


@bp.post("/<slug>/pilots/<int:pilot_id>/removal")
def remove_pilot(slug: str, pilot_id: int) -> Response:
    def verb() -> None:
        services.remove_pilot(slug, pilot_id, actor=current_actor(), now=clock.now())

    return _remove(slug, verb, _("The pilot was removed."))


def _keep_pilot(slug: str, pilot_id: int | None) -> Response:
    service = editable(slug)
    if pilot_id is not None and queries.pilot(service.id, pilot_id) is None:
        raise PilotNotFound(id=pilot_id)
    form = PilotForm()
    if form.validate():
        try:
            services.keep_pilot(slug, pilot_id=pilot_id, values=form.to_input(), actor=current_actor(), now=clock.now())
        except Invalid as refusal:
            put_beside_field(form, refusal)
        else:
            return _done(slug, _("The pilot is kept."))
    return _progress(slug, pilot=form, pilot_id=pilot_id, status=422)


@bp.post("/<slug>/uptakes")
def add_uptake(slug: str) -> Response:
    editable(slug)
    form = UptakeForm()
    form.offer()
    if form.validate():
        try:
            services.note_uptake(slug, values=form.to_input(), actor=current_actor(), now=clock.now())
        except Invalid as refusal:
            put_beside_field(form, refusal)
        else:
            return _done(slug, _("It is noted who took it up."))
    return _progress(slug, uptake=form, status=422)


@bp.post("/<slug>/uptakes/<int:uptake_id>")
def correct_uptake(slug: str, uptake_id: int) -> Response:
    service = editable(slug)
    if queries.uptake(service.id, uptake_id) is None:
        raise UptakeNotFound(id=uptake_id)
    form = CorrectionForm()
    if form.validate():
        try:
            services.correct_uptake(
                slug,
                uptake_id,
                taken_up_on=form.taken_up_on.data,
                proof=form.proof.data or "",
                actor=current_actor(),
                now=clock.now(),
            )
        except Invalid as refusal:
            put_beside_field(form, refusal)
        else:
            return _done(slug, _("Saved."))
    return _progress(slug, correction=form, uptake_id=uptake_id, status=422)


@bp.post("/<slug>/uptakes/<int:uptake_id>/removal")
def remove_uptake(slug: str, uptake_id: int) -> Response:
    def verb() -> None:
        services.remove_uptake(slug, uptake_id, actor=current_actor(), now=clock.now())

    return _remove(slug, verb, _("The uptake was removed."))


def _remove(slug: str, verb: Callable[[], None], words: str) -> Response:
    try:
        verb()
    except Conflict as refusal:
        return _progress(slug, said=say(refusal.code, **refusal.details), status=409)
    return _done(slug, words)


def _progress(
    slug: str,
    *,
    step: StepForm | None = None,
    pilot: PilotForm | None = None,
    pilot_id: int | None = None,
    uptake: UptakeForm | None = None,
    correction: CorrectionForm | None = None,
    uptake_id: int | None = None,
    said: str = "",
    status: int = 200,
) -> Response:
    service = editable(slug)
    if uptake is None:
        uptake = UptakeForm(formdata=None)
        uptake.offer()
    pilots = [(each, pilot if pilot and each.id == pilot_id else PilotForm.of(each)) for each in service.pilots]
    uptakes = [
        (each, correction if correction and each.id == uptake_id else CorrectionForm.of(each))
        for each in service.uptakes
    ]
    for tried, form in pilots:
        mark(form, tried.id)
    for taken, form_of_it in uptakes:
        mark(form_of_it, taken.id)
    page = render_template(
        "pilots/progress.html",
        page=page_of(service, clock.now().date()),
        steps=STEPS,
        step=step or StepForm(formdata=None, data={"next_by": _still_to_come(service)}),
        pilots=pilots,
        new_pilot=pilot if pilot and pilot_id is None else PilotForm(formdata=None),
        uptakes=uptakes,
        uptake=uptake,
        said=said,
    )
    return make_response(page, status)


def _still_to_come(service: ServiceProposal) -> date | None:
    return next_due(service.stage, service.due_on, clock.now().date())


def _done(slug: str, words: str) -> Response:
    flash(words, "ok")
    return redirect(url_for("manage_pilots.progress", slug=slug), 303)
