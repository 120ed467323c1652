"""What a host's link opens: the visit in short, what the house asks, and who comes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.errors import Conflict, Invalid
from app.kernel.form_checks import put_beside_field
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.visits import links
from app.visits.forms import DeclineForm, HostForm
from app.visits.models import HostRequest
from app.visits.presenters import hosts as presenters
from app.visits.services import hosts

bp = Blueprint("hosting", __name__, url_prefix="/hosting/<token>")
PER_CLIENT = "60/minute"
ANSWERS_PER_CLIENT = "20/minute; 60/hour"  # each is told to the organiser by mail


@bp.get("")
@limiter.limit(PER_CLIENT)
def show(token: str) -> Response:
    return _page(links.open_request(token), token)


@bp.post("")
@limiter.limit(ANSWERS_PER_CLIENT)
def answer(token: str) -> Response:
    request, form = links.open_request(token), HostForm()
    form.offer()
    if not form.validate():
        return _page(request, token, form=form, status=422)
    try:
        hosts.answer(request.item_id, link_version=request.link_version, values=form.to_input(), now=clock.now())
    except (Invalid, Conflict) as refusal:
        return _refused(token, form, refusal)
    flash(_("Thank you. The organiser is told; you can change this until the visit."), "ok")
    return redirect(url_for(".show", token=token), 303)


@bp.post("/refusal")
@limiter.limit(ANSWERS_PER_CLIENT)
def decline(token: str) -> Response:
    request, form = links.open_request(token), DeclineForm()
    if not form.validate():
        return _page(request, token, decline_form=form, status=422)
    try:
        hosts.decline(request.item_id, link_version=request.link_version, note=form.reason.data or "", now=clock.now())
    except Conflict as refusal:
        return _refused(token, form, refusal)
    flash(_("Thank you for saying so. The organiser is told."), "ok")
    return redirect(url_for(".show", token=token), 303)


def _refused(token: str, form: Any, refusal: Invalid | Conflict) -> Response:
    if not put_beside_field(form, refusal):
        form.form_errors.append(say(refusal.code, **refusal.details))
    which = "decline_form" if isinstance(form, DeclineForm) else "form"
    status = 409 if isinstance(refusal, Conflict) else 422
    return _page(links.open_request(token), token, status=status, **{which: form})


def _page(
    request: HostRequest,
    token: str,
    *,
    form: HostForm | None = None,
    decline_form: DeclineForm | None = None,
    status: int = 200,
) -> Response:
    """Whoever has the link may see it: no cache keeps it and no other site hears of it."""
    now = clock.now()
    view = presenters.host_page(request, now)
    if view.names is not None:
        hosts.note_names_seen(request.item_id, now=now, people=len(view.names))
    if form is None:
        form = HostForm(formdata=None, data=presenters.answer_values(request))
        form.offer()
    html = render_template(
        "visits/hosting.html",
        view=view,
        event=request.item.event,
        form=form,
        decline_form=decline_form or DeclineForm(formdata=None),
        wrong=form if form.errors else decline_form,
        base=f"/hosting/{token}",
    )
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
