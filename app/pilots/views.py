"""Services for everybody, and for those who propose and run them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network import queries as network
from app.network.current import current_actor
from app.network.presenters.lists import named, page_from
from app.pilots import queries, services
from app.pilots.errors import MayNotEdit, MayNotPropose
from app.pilots.forms import PilotForm, ServiceForm, StepForm, UptakeForm, values_of
from app.pilots.models import ServiceProposal
from app.pilots.permissions import may_edit, may_propose
from app.pilots.phrases import STEPS
from app.pilots.presenters import lines, page_of, reach_words
from app.pilots.rules import ServiceFilter, Stage, next_due
from app.studies.rules import Target

bp = Blueprint("pilots", __name__)
manage = Blueprint("manage_pilots", __name__, url_prefix="/manage/services")
manage.before_request(ask_to_sign_in)


@bp.get("/services")
def show_list() -> str:
    given = {name: request.args.get(name, "").strip()[:200] for name in ServiceFilter.__slots__}
    wanted = ServiceFilter(**{name: value for name, value in given.items() if value and value.isprintable()})
    page = page_from(request.args)
    found, total = queries.listed(wanted, page=page)
    first = (page - 1) * queries.PAGE + 1

    def address(number: int) -> str:
        asked: dict[str, Any] = {**wanted.parts(), **({"page": number} if number > 1 else {})}
        return url_for("pilots.show_list", **asked)

    return render_template(
        "pilots/list.html",
        lines=lines(found, clock.now().date()),
        total=total,
        wanted=wanted,
        stages=[(str(stage), say(stage)) for stage in Stage],
        targets=[(str(target), say(target)) for target in Target],
        countries=named(network.country_choices()),
        may_propose=may_propose(current_actor()),
        reach_words=reach_words,
        previous_url=address(page - 1) if page > 1 else None,
        next_url=address(page + 1) if page * queries.PAGE < total else None,
        where=_("%(first)s to %(last)s of %(total)s", first=first, last=first + len(found) - 1, total=total),
    )


@bp.get("/services/<slug>")
def show(slug: str) -> str:
    service = queries.service(slug)
    return render_template(
        "pilots/show.html",
        page=page_of(service, clock.now().date()),
        reach_words=reach_words,
        may_edit=may_edit(current_actor(), services.editing_ids(service)),
    )


@manage.get("")
def show_own() -> str:
    actor = current_actor()
    if not may_propose(actor):
        raise MayNotPropose
    own = queries.of_organisations(None if actor.is_administrator else actor.managed_ids)
    return render_template(
        "pilots/manage.html", lines=lines(own, clock.now().date()), reach_words=reach_words, today=clock.now().date()
    )


@manage.route("/new", methods=["GET", "POST"])
def propose() -> Response:
    actor = current_actor()
    if not may_propose(actor):
        raise MayNotPropose
    form = ServiceForm(data={"need_ids": request.args.getlist("need")})
    form.offer(actor)

    def verb() -> str:
        proposer_id = int(form.proposer_id.data)
        return services.propose(
            values=form.to_input(),
            proposer_id=proposer_id,
            actor=actor,
            now=clock.now(),
            form_key=form.form_key.data or None,
        ).slug

    return _save(form, verb, None)


@manage.route("/<slug>", methods=["GET", "POST"])
def edit(slug: str) -> Response:
    service = _editable(slug)
    form = ServiceForm(data=values_of(service))
    form.offer(current_actor())
    form.keep_choices(service)
    form.proposer_id.choices = [(str(service.proposer_id), service.proposer.name)]

    def verb() -> str:
        return services.edit(slug, values=form.to_input(), actor=current_actor(), now=clock.now()).slug

    return _save(form, verb, service)


@manage.get("/<slug>/progress")
def progress(slug: str) -> Response:
    return _progress(slug)


@manage.post("/<slug>/steps")
def move(slug: str) -> Response:
    _editable(slug)
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


@manage.post("/<slug>/pilots")
def add_pilot(slug: str) -> Response:
    return _keep_pilot(slug, None)


@manage.post("/<slug>/pilots/<int:pilot_id>")
def edit_pilot(slug: str, pilot_id: int) -> Response:
    return _keep_pilot(slug, pilot_id)


def _keep_pilot(slug: str, pilot_id: int | None) -> Response:
    _editable(slug)
    form = PilotForm()
    if form.validate():
        try:
            services.keep_pilot(slug, pilot_id=pilot_id, values=form.to_input(), actor=current_actor(), now=clock.now())
        except Invalid as refusal:
            put_beside_field(form, refusal)
        else:
            return _done(slug, _("The pilot is kept."))
    return _progress(slug, pilot=form, pilot_id=pilot_id, status=422)


@manage.post("/<slug>/uptakes")
def add_uptake(slug: str) -> Response:
    _editable(slug)
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


def _progress(
    slug: str,
    *,
    step: StepForm | None = None,
    pilot: PilotForm | None = None,
    pilot_id: int | None = None,
    uptake: UptakeForm | None = None,
    said: str = "",
    status: int = 200,
) -> Response:
    service = _editable(slug)
    if uptake is None:
        uptake = UptakeForm(formdata=None)
        uptake.offer()
    forms = [(each, pilot if pilot and each.id == pilot_id else PilotForm.of(each)) for each in service.pilots]
    page = render_template(
        "pilots/progress.html",
        page=page_of(service, clock.now().date()),
        steps=STEPS,
        step=step or StepForm(formdata=None, data={"next_by": _still_to_come(service)}),
        pilots=forms,
        new_pilot=pilot if pilot and pilot_id is None else PilotForm(formdata=None),
        uptake=uptake,
        said=said,
    )
    return make_response(page, status)


def _still_to_come(service: ServiceProposal) -> date | None:
    return next_due(service.stage, service.due_on, clock.now().date())


def _editable(slug: str) -> ServiceProposal:
    service = queries.service(slug)
    if not may_edit(current_actor(), services.editing_ids(service)):
        raise MayNotEdit
    return service


def _save(form: FlaskForm, verb: Callable[[], str], service: ServiceProposal | None) -> Response:
    if form.validate_on_submit():
        try:
            slug = verb()
        except Invalid as refusal:
            if not put_beside_field(form, refusal):
                raise
        else:
            flash(_("Saved."), "ok")
            return redirect(url_for("pilots.show", slug=slug), 303)
    page = render_template("pilots/edit.html", form=form, service=service)
    return make_response(page, 422 if form.errors else 200)


def _done(slug: str, words: str) -> Response:
    flash(words, "ok")
    return redirect(url_for("manage_pilots.progress", slug=slug), 303)
