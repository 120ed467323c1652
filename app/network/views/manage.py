"""Entering and changing organisations and the shares of partners."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.kernel import clock
from app.kernel.errors import Invalid
from app.kernel.form_checks import put_beside_field
from app.network import permissions, queries, services
from app.network.current import current_actor
from app.network.errors import MayNotEdit
from app.network.forms import OrganisationForm, SharesForm
from app.network.inputs import ShareInput
from app.network.models import Organisation, Project, ProjectRoleRow
from app.network.presenters.words import typed_money, unit_name
from app.network.rules import PARTNER_ROLES

bp = Blueprint("manage_network", __name__, url_prefix="/manage")
bp.before_request(ask_to_sign_in)
EXAMPLE = Decimal("120000.00")
Answer = str | tuple[str, int] | Response


@bp.get("/organisations")
def organisations() -> Answer:
    actor = current_actor()
    return render_template(
        "network/manage_organisations.html",
        organisations=queries.managed_organisations(None if actor.is_administrator else actor.managed_ids),
        may_add=permissions.may_add_organisations(actor),
    )


@bp.route("/organisations/new", methods=["GET", "POST"])
def new_organisation() -> Answer:
    if not permissions.may_add_organisations(current_actor()):
        raise MayNotEdit
    form = OrganisationForm(data={"status": "active"})
    form.offer()
    return _save(form, None)


@bp.route("/organisations/<slug>/edit", methods=["GET", "POST"])
def edit_organisation(slug: str) -> Answer:
    organisation = queries.organisation_for_page(slug)
    if not permissions.may_edit_organisation(current_actor(), organisation.id):
        raise MayNotEdit
    form = OrganisationForm(data=OrganisationForm.values_of(organisation))
    form.offer()
    return _save(form, organisation)


def _save(form: OrganisationForm, organisation: Organisation | None) -> Answer:
    if form.validate_on_submit():
        try:
            return _saved(_write(form, organisation))
        except Invalid as refusal:
            if not put_beside_field(form, refusal):
                raise
    page = render_template("network/edit_organisation.html", form=form, organisation=organisation)
    return (page, 422) if form.errors else page


def _write(form: OrganisationForm, organisation: Organisation | None) -> Organisation:
    actor, now = current_actor(), clock.now()
    if organisation is None:
        return services.add_organisation(form.to_input(), actor=actor, now=now)
    return services.edit_organisation(organisation.id, form.to_input(), actor=actor, now=now)


def _saved(organisation: Organisation) -> Response:
    flash(_("Saved: %(name)s", name=organisation.name), "ok")
    return redirect(url_for("network.organisation", slug=organisation.slug), 303)


@bp.route("/projects/<slug>/partners", methods=["GET", "POST"])
def partners(slug: str) -> Answer:
    project = queries.project_for_page(slug)
    rows = _own_rows(project)
    if not rows:
        raise MayNotEdit
    form = SharesForm(data={"shares": [_values(row) for row in rows]})
    if form.validate_on_submit():
        given = _shares(form, {row.organisation_id for row in rows})
        services.record_budget_shares(project.id, given, actor=current_actor(), now=clock.now())
        flash(_("Shares saved"), "ok")
        return redirect(url_for("network.project", slug=slug), 303)
    names = {str(row.organisation_id): unit_name(row.organisation, row.acting_unit) for row in rows}
    page = render_template(
        "network/edit_shares.html", form=form, project=project, names=names, example=typed_money(EXAMPLE)
    )
    return (page, 422) if request.method == "POST" else page


def _own_rows(project: Project) -> list[ProjectRoleRow]:
    """The partners whose share the actor may record, each once."""
    lead_ids, actor = queries.lead_ids(project.id), current_actor()
    rows = {
        row.organisation_id: row
        for row in sorted(project.roles, key=lambda row: row.id, reverse=True)
        if row.role in PARTNER_ROLES and permissions.may_record_share(actor, lead_ids, row.organisation_id)
    }
    return sorted(rows.values(), key=lambda row: row.organisation.name.casefold())


def _values(row: ProjectRoleRow) -> dict[str, Any]:
    return {
        "organisation_id": str(row.organisation_id),
        "share": row.budget_share,
        "is_public": row.budget_is_public,
    }


def _shares(form: SharesForm, known_ids: set[int]) -> list[ShareInput]:
    """Lines for organisations that the page did not show are left out: nobody typed them there."""
    return [
        ShareInput(
            organisation_id=int(entry.organisation_id.data), share=entry.share.data, is_public=entry.is_public.data
        )
        for entry in form.shares
        if entry.organisation_id.data in {str(id) for id in known_ids}
    ]
