"""Keeping the profile of a cluster, its members and its labels."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.kernel import clock
from app.kernel.errors import Invalid
from app.kernel.form_checks import put_beside_field
from app.network import permissions
from app.network import queries as network
from app.network import services as network_verbs
from app.network.current import current_actor
from app.network.errors import MayNotEdit
from app.network.models import Organisation
from app.network.rules import OrganisationType
from app.profiles import queries, services
from app.profiles.errors import NotACluster
from app.profiles.forms import LabelForm, MemberForm, ProfileForm, values_of

bp = Blueprint("manage_profiles", __name__, url_prefix="/manage/organisations/<slug>")
bp.before_request(ask_to_sign_in)
Answer = str | tuple[str, int] | Response


@bp.route("/profile", methods=["GET", "POST"])
def profile(slug: str) -> Answer:
    cluster = _cluster(slug)
    form = ProfileForm(data=values_of(queries.find_profile(cluster.id)))
    form.offer()
    if form.validate_on_submit():
        try:
            services.keep_profile(cluster.id, form.to_input(), actor=current_actor(), now=clock.now())
        except Invalid as refusal:
            if not put_beside_field(form, refusal):
                raise
        else:
            return _done(url_for("network.organisation", slug=slug), _("The profile is saved."))
    page = render_template("profiles/edit.html", form=form, organisation=cluster)
    return (page, 422) if form.errors else page


@bp.route("/members", methods=["GET", "POST"])
def members(slug: str) -> Answer:
    cluster = _cluster(slug)
    form = MemberForm()
    form.offer(cluster.id)
    if form.validate_on_submit():
        network_verbs.add_member(cluster.id, int(form.member_id.data), actor=current_actor(), since=form.since.data)
        return _done(url_for(".members", slug=slug), _("The member is entered."))
    return _members_page(cluster, form, LabelForm(formdata=None))


@bp.post("/members/<int:member_id>/end")
def end_membership(slug: str, member_id: int) -> Answer:
    today = clock.now().date()
    network_verbs.end_membership(network.organisation_id(slug), member_id, actor=current_actor(), on=today)
    return _done(url_for(".members", slug=slug), _("The membership ends today. Events of that time still speak of it."))


@bp.post("/labels")
def labels(slug: str) -> Answer:
    cluster = _cluster(slug)
    form = LabelForm()
    form.offer()
    if not current_actor().is_administrator:
        raise MayNotEdit
    if form.validate_on_submit():
        try:
            network_verbs.add_label(cluster.id, form.to_input(), actor=current_actor())
        except Invalid as refusal:
            if not put_beside_field(form, refusal):
                raise
        else:
            return _done(url_for(".members", slug=slug), _("The label is entered."))
    members = MemberForm(formdata=None)
    members.offer(cluster.id)
    return _members_page(cluster, members, form)


def _members_page(cluster: Organisation, form: MemberForm, label_form: LabelForm) -> Answer:
    label_form.offer()
    page = render_template(
        "profiles/members.html",
        organisation=cluster,
        members=queries.memberships_of(cluster.id),
        today=clock.now().date(),
        form=form,
        label_form=label_form,
        may_label=current_actor().is_administrator,
    )
    return (page, 422) if _wrong(form, label_form) else page


def _wrong(*forms: FlaskForm) -> bool:
    return request.method == "POST" and any(form.errors for form in forms)


def _cluster(slug: str) -> Organisation:
    organisation = network.organisation_for_page(slug)
    if not permissions.may_edit_organisation(current_actor(), organisation.id):
        raise MayNotEdit
    if OrganisationType.CLUSTER_ORGANISATION not in {row.type for row in organisation.types}:
        raise NotACluster(organisation=organisation.name)
    return organisation


def _done(address: str, words: str) -> Response:
    flash(words, "ok")
    return redirect(address, 303)
