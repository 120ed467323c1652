"""Series: making one, editing it, and planning its next edition."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events import offers, queries, services
from app.events.errors import MayNotManage
from app.events.forms import SeriesForm
from app.events.models import EventSeries
from app.events.permissions import may_create
from app.events.presenters import card_of
from app.kernel import clock
from app.kernel.errors import Invalid
from app.kernel.form_checks import put_beside_field, texts_into
from app.network.actors import Actor
from app.network.current import current_actor

bp = Blueprint("manage_series", __name__, url_prefix="/manage/series")
bp.before_request(ask_to_sign_in)


@bp.get("")
def overview() -> str:
    actor = current_actor()
    found = queries.managed_series(_ids(actor)) if may_create(actor) else []
    return render_template("events/series_list.html", series=found, may_add=may_create(actor))


@bp.get("/new")
def new() -> Response:
    if not may_create(current_actor()):
        raise MayNotManage
    return _page(_form(), None)


@bp.post("/new")
def create() -> Response:
    form = _form()
    if not form.validate():
        return _page(form, None, 422)
    try:
        series_id = services.create_series(
            **form.to_input(), kind=form.kind.data, actor=current_actor(), now=clock.now()
        )
    except Invalid as refusal:
        return _beside(form, None, refusal)
    flash(_("Saved. Now plan its first edition."), "ok")
    series = queries.series_of_id(series_id)
    return redirect(f"/manage/series/{series.slug}" if series else "/manage/series", 303)


@bp.get("/<slug>")
def show(slug: str) -> Response:
    series = services.editable_series(slug, current_actor())
    values = {
        **texts_into("title", series.title),
        "project_id": series.project_id,
        "region_codes": [planned.region_code for planned in series.regions],
    }
    return _page(_form(values, series), series)


@bp.post("/<slug>")
def edit(slug: str) -> Response:
    actor = current_actor()
    series = services.editable_series(slug, actor)
    form = _form(series=series)
    if not form.validate():
        return _page(form, series, 422)
    try:
        services.edit_series(slug, **form.to_input(), actor=actor, now=clock.now())
    except Invalid as refusal:
        return _beside(form, services.editable_series(slug, actor), refusal)
    flash(_("Saved."), "ok")
    return redirect(f"/manage/series/{slug}", 303)


def _form(values: dict[str, Any] | None = None, series: EventSeries | None = None) -> SeriesForm:
    form = SeriesForm(data=values)
    form.offer(offers.offered_to_series())
    if series:
        del form.kind
    return form


def _beside(form: SeriesForm, series: EventSeries | None, refusal: Invalid) -> Response:
    if not put_beside_field(form, refusal):
        raise refusal
    return _page(form, series, 422)


def _page(form: SeriesForm, series: EventSeries | None, status: int = 200) -> Response:
    editions = queries.editions_managed(series.id, _ids(current_actor())) if series else []
    page = render_template(
        "events/series_form.html",
        form=form,
        series=series,
        editions=[(event.edition_label or "", card_of(event)) for event in editions],
    )
    return make_response(page, status)


def _ids(actor: Actor) -> frozenset[int] | None:
    return None if actor.is_administrator else actor.managed_ids
