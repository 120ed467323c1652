"""Releasing what was planned, for its organisers."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid
from app.kernel.form_checks import put_beside_field
from app.network.current import current_actor
from app.planning import queries, services
from app.planning.forms import ReleaseForm, version_of
from app.planning.views.answers import board_page, refused

bp = Blueprint("releases", __name__, url_prefix="/manage/events/<slug>/agenda")
bp.before_request(ask_to_sign_in)


@bp.post("/releases")
def release(slug: str) -> Response:
    """Everybody sees the plan from now on; what stands in the way is said beside the form, or on the board."""
    event, form = manageable_event(slug, current_actor()), ReleaseForm()
    if not form.validate():
        return make_response(board_page(event, release=form), 422)
    try:
        number = services.release(
            event_id=event.id,
            name=form.name.data,
            note=form.note.data or "",
            reason=form.reason.data or "",
            version=version_of(form),
            actor=current_actor(),
            now=clock.now(),
        )
    except Invalid as refusal:
        if not put_beside_field(form, refusal):
            return refused(slug, refusal)
        return make_response(board_page(manageable_event(slug, current_actor()), release=form), 422)
    except Conflict as refusal:
        return refused(slug, refusal, since=version_of(form), release=form)
    flash(_("Release %(number)s is what everybody sees now. Those whom it concerns are told.", number=number), "ok")
    return redirect(url_for("agenda.show", slug=slug), 303)


@bp.post("/collecting")
def collect(slug: str) -> Response:
    """Collect changes from now on, or show them at once again as long as nothing was released."""
    event = manageable_event(slug, current_actor())
    try:
        if request.form.get("collects"):
            services.collect(event_id=event.id, actor=current_actor())
            flash(_("Changes are collected now. Everybody sees them once you release them."), "ok")
        else:
            services.show_at_once(event_id=event.id, actor=current_actor())
            flash(_("Everybody sees changes at once now."), "ok")
    except Conflict as refusal:
        return refused(slug, refusal)
    return redirect(url_for("agenda.show", slug=slug), 303)


@bp.get("/releases/<int:number>.json")
def content(slug: str, number: int) -> Response:
    """What a release keeps, byte for byte: its SHA-256 is the digest on its page."""
    event = manageable_event(slug, current_actor())
    kept = queries.release(event.id, number).content
    response = make_response(kept)
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-release-{number}.json"'
    response.headers["Cache-Control"] = "no-store"
    return response
