"""One template run by several partners: their copies are made at once, and listed with what they still follow."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events import offers, queries, services
from app.events.errors import RegionsRefused
from app.events.models import Event
from app.events.presenters import card_of
from app.events.regional_forms import FIRST_ROWS, RegionsForm
from app.events.rules import REGIONAL_PARTS, Part
from app.kernel import clock
from app.kernel.i18n import language
from app.network.current import current_actor

bp = Blueprint("regional", __name__, url_prefix="/manage/events/<slug>/regions")
bp.before_request(ask_to_sign_in)


@bp.get("")
def show(slug: str) -> Response:
    event = services.manageable_event(slug, current_actor())
    return _page(event, _form(event))


@bp.post("")
def make(slug: str) -> Response:
    actor = current_actor()
    event = services.manageable_event(slug, actor)
    form = _form(event)
    if "more" in request.form:
        form.more()
        form.offer(offers.offered_to(actor), offers.organisations(), zone=event.timezone)
        return _page(event, form)
    if not form.validate():
        return _page(event, form, 422)
    parts = frozenset(form.parts.data or ())
    try:
        made = services.replicate(event.id, rows=list(form.wanted()), parts=parts, actor=actor, now=clock.now())
    except RegionsRefused as refusal:
        form.refuse(refusal)
        return _page(services.manageable_event(slug, actor), form, 422)
    flash(
        ngettext(
            "A draft is made. Its partner publishes it.",
            "%(num)d drafts are made. Their partners publish them.",
            len(made),
        ),
        "ok",
    )
    return redirect(f"/manage/events/{slug}/regions", 303)


def _form(event: Event) -> RegionsForm:
    usual = [part for part in Part if part in REGIONAL_PARTS]
    form = RegionsForm(data={"parts": usual, "rows": [{"language": language()}] * FIRST_ROWS})
    form.offer(offers.offered_to(current_actor()), offers.organisations(), zone=event.timezone)
    return form


def _page(event: Event, form: RegionsForm, status: int = 200) -> Response:
    copies = [(card_of(copy), partner, row) for copy, partner, row in queries.regional_copies(event.id)]
    page = render_template(
        "events/regions.html",
        event=event,
        card=card_of(event),
        form=form,
        copies=copies,
        template=queries.template_of(event.id),
    )
    return make_response(page, status)
