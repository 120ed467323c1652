"""Entering studies and the services that they found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.files.gate import takes_files
from app.files.intake import accept
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.network.current import current_actor
from app.network.queries import country_choices, organisation_choices, region_choices
from app.studies import presenters, queries, services
from app.studies.errors import MayNotWrite
from app.studies.forms import DocumentForm, ServiceForm, StudyForm
from app.studies.permissions import may_begin

bp = Blueprint("studies_manage", __name__, url_prefix="/manage/studies")
bp.before_request(ask_to_sign_in)


@bp.get("")
def show() -> str:
    """Studies of the organisations that the reader manages."""
    actor = current_actor()
    if not may_begin(actor):
        raise MayNotWrite
    own = None if actor.is_administrator else actor.managed_ids
    return render_template("studies/manage.html", studies=queries.studies_of(own), shown=presenters)


@bp.route("/new", methods=["GET", "POST"])
def add() -> Response:
    actor = current_actor()
    if not may_begin(actor):
        raise MayNotWrite
    form = _study_form({"author_ids": sorted(actor.managed_ids)})

    def verb() -> str:
        slug = services.add(values=form.to_input(), actor=actor, now=clock.now()).slug
        return f"/manage/studies/{slug}"

    return _save(form, verb, _("Saved. Now write down the services that it found."), "studies/edit.html", study=None)


@bp.route("/<slug>", methods=["GET", "POST"])
def edit(slug: str) -> Response:
    services.writable(slug, current_actor())
    study = queries.study_for_page(slug)
    form = _study_form(presenters.form_of(study))

    def verb() -> str:
        services.edit(slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
        return f"/manage/studies/{slug}"

    return _save(form, verb, _("Saved."), "studies/edit.html", study=study)


@bp.route("/<slug>/document", methods=["GET", "POST"])
@takes_files(allowed=lambda: current_actor().signed_in)
def document(slug: str) -> Response:
    study = services.writable(slug, current_actor())
    form = DocumentForm()

    def verb() -> str:
        accepted = accept(form.files.data.stream, form.files.data.filename or "")
        services.set_document(slug=slug, accepted=accepted, actor=current_actor(), now=clock.now())
        return f"/studies/{slug}"

    return _save(form, verb, _("The document stands on the page of the study."), "studies/document.html", study=study)


@bp.route("/<slug>/services/new", methods=["GET", "POST"])
def add_service(slug: str) -> Response:
    study = services.writable(slug, current_actor())
    form = ServiceForm()
    form.offer(organisation_choices())

    def verb() -> str:
        services.add_service(slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
        return f"/manage/studies/{slug}"

    return _save(form, verb, _("The service was added."), "studies/service.html", study=study, service=None)


@bp.route("/<slug>/services/<int:service_id>", methods=["GET", "POST"])
def edit_service(slug: str, service_id: int) -> Response:
    study = services.writable(slug, current_actor())
    service = queries.service_in(study.id, service_id)
    form = ServiceForm(data=presenters.form_of_service(service))
    form.offer(organisation_choices())

    def verb() -> str:
        services.edit_service(
            slug=slug, service_id=service_id, values=form.to_input(), actor=current_actor(), now=clock.now()
        )
        return f"/manage/studies/{slug}"

    return _save(form, verb, _("Saved."), "studies/service.html", study=study, service=service)


@bp.post("/<slug>/services/<int:service_id>/removal")
def remove_service(slug: str, service_id: int) -> Response:
    services.remove_service(slug=slug, service_id=service_id, actor=current_actor(), now=clock.now())
    flash(_("The service was removed."), "ok")
    return redirect(url_for(".edit", slug=slug), 303)


def _study_form(data: dict[str, Any]) -> StudyForm:
    form = StudyForm(data=data)
    form.offer(
        authors=organisation_choices(),
        countries=country_choices(),
        regions=region_choices(),
        projects=queries.project_choices(),
    )
    return form


def _save(form: FlaskForm, verb: Callable[[], str], words: str, template: str, **context: Any) -> Response:
    """Show the form, or do what it asks and go where the verb says; what was typed stays when it is refused."""
    if form.is_submitted() and form.validate():
        try:
            address = verb()
        except Refusal as refusal:
            if not put_beside_field(form, refusal):
                raise
        else:
            flash(words, "ok")
            return redirect(address, 303)
    return make_response(render_template(template, form=form, **context), 422 if form.errors else 200)
