"""Places and times: how many places there are, when people register, how places are given."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.form_times import local
from app.kernel.i18n import language
from app.network.current import current_actor
from app.network.queries import organisation_choices, region_choices
from app.registration import queries
from app.registration.forms import SeatsForm
from app.registration.manage_forms import PolicyForm, QuotaForm
from app.registration.manage_presenters import moment_words, quota_lines
from app.registration.presenters import seats_of
from app.registration.queries import managing
from app.registration.services import seats

bp = Blueprint("places", __name__, url_prefix="/manage/events/<slug>/seats")
bp.before_request(ask_to_sign_in)


@bp.route("", methods=["GET", "POST"])
def show(slug: str) -> Response:
    event = manageable_event(slug, current_actor())
    if request.method == "GET":
        return seats_page(event)
    form = SeatsForm(zone=event.timezone)
    if form.validate():
        try:
            seats.change_seats(event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
        except Refusal as error:
            if not put_beside_field(form, error):
                raise
        else:
            flash(_("Places and registration times are saved."), "ok")
            return redirect(url_for(".show", slug=slug), 303)
    return seats_page(manageable_event(slug, current_actor()), status=422, wrong=form, seats_form=form)


@bp.post("/policy")
def policy(slug: str) -> Response:
    event = manageable_event(slug, current_actor())
    form = PolicyForm(zone=event.timezone)
    if not form.validate():
        return seats_page(event, status=422, wrong=form, policy_form=form)
    seats.change_policy(event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
    flash(_("How places are given is saved."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


def seats_page(event: Event, *, status: int = 200, wrong: Any = None, wrong_quota: int = 0, **forms: Any) -> Response:
    """The page with all its forms; ``wrong`` is the one that was sent, ``wrong_quota`` whose it was."""
    quota_form = forms.get("quota_form") or QuotaForm(zone=event.timezone, formdata=None)
    lang = language()
    quota_form.offer(
        organisation_choices(),
        managing.cluster_choices(),
        [(one.id, one.name.wording(lang).text) for one in region_choices()],
    )
    page = render_template(
        "registration/seats.html",
        event=event,
        form=forms.get("seats_form") or _filled(event),
        policy_form=forms.get("policy_form") or PolicyForm.of(queries.policy_of(event.id), event.timezone),
        quota_form=quota_form,
        size_form=forms.get("size_form"),
        wrong=wrong,
        wrong_quota=wrong_quota,
        seats=seats_of(event, clock.now()),
        quotas=quota_lines(event),
        log=[(moment_words(one.at, event), one) for one in managing.quota_log(event.id)],
    )
    return make_response(page, status)


def _filled(event: Event) -> SeatsForm:
    """The form as things stand, also while another form of the page was sent."""
    allotment, zone = queries.allotment_of(event.id), event.timezone
    return SeatsForm(
        formdata=None,
        zone=zone,
        capacity=allotment.capacity,
        has_waitlist=allotment.has_waitlist,
        opens_at=local(allotment.opens_at, zone),
        closes_at=local(allotment.closes_at, zone),
    )
