"""Organisations that take part before anybody of them is named, and heads that nobody named."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events import services as events
from app.events.rules import OrganisationRole
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import organisation_choices
from app.registration.manage.participants import list_page
from app.registration.manage_forms import HeadsForm

bp = Blueprint("participating", __name__, url_prefix="/manage/events/<slug>/participants/organisations")
bp.before_request(ask_to_sign_in)


@bp.post("")
def add(slug: str) -> Response:
    """Note an organisation, or count its unnamed heads anew."""
    event = events.manageable_event(slug, current_actor())
    form = HeadsForm()
    form.offer(organisation_choices())
    if not form.validate():
        return list_page(event, wrong=form, heads_form=form, status=422)
    try:
        events.add_organisation(
            event.id,
            organisation_id=form.organisation_id.data,
            role=OrganisationRole.PARTICIPANT,
            unnamed_heads=form.unnamed_heads.data or 0,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refusal as error:
        form.form_errors.append(say(error.code))
        event = events.manageable_event(slug, current_actor())
        return list_page(event, wrong=form, heads_form=form, status=409)
    flash(_("Noted. Heads without a name are shown as not evidenced."), "ok")
    return redirect(url_for("participants.show", slug=slug), 303)


@bp.post("/<int:part_id>/removal")
def remove(slug: str, part_id: int) -> Response:
    event = events.manageable_event(slug, current_actor())
    if part_id not in {one.id for one in event.organisations if one.role is OrganisationRole.PARTICIPANT}:
        part_id = 0  # only participants are taken off here
    events.remove_organisation(event.id, part_id=part_id, actor=current_actor(), now=clock.now())
    flash(_("The organisation is taken off the list."), "ok")
    return redirect(url_for("participants.show", slug=slug), 303)
