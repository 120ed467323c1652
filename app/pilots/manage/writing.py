"""Proposing a service, changing what it says, removing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.errors import Invalid
from app.kernel.form_checks import put_beside_field
from app.network.current import current_actor
from app.pilots import queries, services
from app.pilots.errors import EditedMeanwhile, MayNotPropose
from app.pilots.forms import ServiceForm, values_of
from app.pilots.inputs import ServiceInput
from app.pilots.manage.shared import bp, editable
from app.pilots.models import ServiceProposal
from app.pilots.permissions import may_propose
from app.pilots.presenters import is_removable, lines, reach_words


@bp.get("")
def show_own() -> str:
    actor = current_actor()
    if not may_propose(actor):
        raise MayNotPropose
    own = queries.of_organisations(None if actor.is_administrator else actor.managed_ids)
    return render_template(
        "pilots/manage.html", lines=lines(own, clock.now().date()), reach_words=reach_words, today=clock.now().date()
    )


@bp.route("/new", methods=["GET", "POST"])
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


@bp.route("/<slug>", methods=["GET", "POST"])
def edit(slug: str) -> Response:
    service = editable(slug)
    form = _form_of(service, services.input_of(service))

    def verb() -> str:
        typed = request.form.get("revision", "")
        return services.edit(
            slug,
            values=form.to_input(),
            actor=current_actor(),
            now=clock.now(),
            revision=int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0,
        ).slug

    return _save(form, verb, slug)


@bp.post("/<slug>/removal")
def remove(slug: str) -> Response:
    services.remove(slug, actor=current_actor(), now=clock.now())
    flash(_("The service was removed."), "ok")
    return redirect(url_for(".show_own"), 303)


def _form_of(service: ServiceProposal, values: ServiceInput, **how: Any) -> ServiceForm:
    known = {"proposer_id": str(service.proposer_id), "revision": str(service.revision)}
    form = ServiceForm(data=values_of(values) | known, **how)
    form.offer(current_actor())
    form.keep_choices(service)
    form.proposer_id.choices = [(str(service.proposer_id), service.proposer.name)]
    return form


def _save(form: ServiceForm, verb: Callable[[], str], slug: str | None) -> Response:
    if form.validate_on_submit():
        try:
            saved = verb()
        except EditedMeanwhile as refusal:
            return _clash(refusal, slug or "")
        except Invalid as refusal:
            if not put_beside_field(form, refusal):
                raise
        else:
            flash(_("Saved."), "ok")
            return redirect(url_for("pilots.show", slug=saved), 303)
    return _page(form, editable(slug) if slug else None, 422 if form.errors else 200)


def _clash(refusal: EditedMeanwhile, slug: str) -> Response:
    """Both changed the same: what stands is shown beside what was typed; saving again decides."""
    service = editable(slug)
    merged = refusal.details["merged"]
    assert isinstance(merged, ServiceInput)  # noqa: S101 – says the type
    form = _form_of(service, merged, formdata=None)
    clashes = form.clashes_with(services.input_of(service), refusal.details["clashes"])  # type: ignore[arg-type]
    return _page(form, service, 409, clashes=clashes)


def _page(form: ServiceForm, service: ServiceProposal | None, status: int, **more: Any) -> Response:
    removable = service is not None and is_removable(service)
    page = render_template("pilots/edit.html", form=form, service=service, is_removable=removable, **more)
    return make_response(page, status)
