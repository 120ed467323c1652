"""Quotas: places kept for some until a day."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import organisation_choices, region_choices
from app.registration.errors import QuotaNotFound
from app.registration.manage.seats import seats_page
from app.registration.manage_forms import QuotaForm, QuotaSizeForm
from app.registration.queries import managing
from app.registration.services import seats

bp = Blueprint("quotas", __name__, url_prefix="/manage/events/<slug>/seats/quotas")
bp.before_request(ask_to_sign_in)


@bp.post("")
def add(slug: str) -> Response:
    event = _event(slug)
    form = QuotaForm(zone=event.timezone)
    lang = language()
    form.offer(
        organisation_choices(),
        managing.cluster_choices(),
        [(one.id, one.name.wording(lang).text) for one in region_choices()],
    )
    if not form.validate():
        return seats_page(event, status=422, wrong=form, quota_form=form)

    def carry_out() -> None:
        seats.add_quota(event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())

    if _is_refused(form, carry_out):
        return seats_page(_event(slug), status=422, wrong=form, quota_form=form)
    flash(_("The places are kept. Whoever is registered stays."), "ok")
    return redirect(url_for("places.show", slug=slug), 303)


@bp.post("/<int:quota_id>")
def change(slug: str, quota_id: int) -> Response:
    event = _event(slug)
    form = QuotaSizeForm(zone=event.timezone)
    if not form.validate():
        return seats_page(event, status=422, wrong=form, size_form=form, wrong_quota=quota_id)

    def carry_out() -> None:
        seats.change_quota(
            _known(quota_id),
            event_slug=slug,
            size=form.size.data or 0,
            releases_at=form.released_at,
            actor=current_actor(),
            now=clock.now(),
        )

    if _is_refused(form, carry_out):
        return seats_page(_event(slug), status=422, wrong=form, size_form=form, wrong_quota=quota_id)
    flash(_("The quota is saved."), "ok")
    return redirect(url_for("places.show", slug=slug), 303)


@bp.post("/<int:quota_id>/release")
def release(slug: str, quota_id: int) -> Response:
    """What is left goes to everybody now."""
    seats.release_quota(_known(quota_id), event_slug=slug, actor=current_actor(), now=clock.now())
    flash(_("The free places of the quota are in the common pool now."), "ok")
    return redirect(url_for("places.show", slug=slug), 303)


def _event(slug: str) -> Event:
    return manageable_event(slug, current_actor())


def _known(quota_id: int) -> int:
    if quota_id >= 2**31:
        raise QuotaNotFound(quota=quota_id)
    return quota_id


def _is_refused(form: QuotaSizeForm, carry_out: Callable[[], None]) -> bool:
    """Whether it was refused; why stands beside the field that it is about."""
    try:
        carry_out()
    except NotFound:
        raise
    except Refusal as error:
        if not put_beside_field(form, error):
            form.size.errors = [say(error.code, **error.details)]
        return True
    return False
