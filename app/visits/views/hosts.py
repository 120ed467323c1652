"""The organiser's page about the host of a stop."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.agenda import queries as agenda
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.date_words import local_day
from app.kernel.errors import Conflict, Invalid
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network.current import current_actor
from app.visits import queries
from app.visits.forms import AskForm
from app.visits.presenters import hosts as presenters
from app.visits.presenters.titles import title_of
from app.visits.services import hosts

bp = Blueprint("hosts", __name__, url_prefix="/manage/events/<slug>/itinerary/hosts/<int:item_id>")
bp.before_request(ask_to_sign_in)


@bp.get("")
def show(slug: str, item_id: int) -> Response:
    return _page(_event(slug), item_id)


@bp.post("")
def ask(slug: str, item_id: int) -> Response:
    event, form = _event(slug), AskForm()
    form.offer()
    if not form.validate():
        return _page(event, item_id, form, 422)
    try:
        hosts.ask(event_id=event.id, item_id=item_id, values=form.to_input(), actor=current_actor(), now=clock.now())
    except (Invalid, Conflict) as refusal:
        if not put_beside_field(form, refusal):
            form.form_errors.append(say(refusal.code, **refusal.details))
        return _page(_event(slug), item_id, form, 422 if isinstance(refusal, Invalid) else 409)
    flash(_("The link is on its way to %(name)s.", name=form.name.data), "ok")
    return redirect(url_for("itinerary.show", slug=slug, _anchor=f"item-{item_id}"), 303)


@bp.post("/limit")
def take_over(slug: str, item_id: int) -> Response:
    """As many at once as the host would have."""
    event = _event(slug)
    limit = hosts.take_over_limit(event_id=event.id, item_id=item_id, actor=current_actor(), now=clock.now())
    flash(_("The stop now admits %(limit)s people at once.", limit=limit), "ok")
    return redirect(url_for("itinerary.show", slug=slug, _anchor=f"item-{item_id}"), 303)


@bp.post("/removal")
def remove(slug: str, item_id: int) -> Response:
    event = _event(slug)
    hosts.withdraw_link(event_id=event.id, item_id=item_id, actor=current_actor(), now=clock.now())
    flash(_("The link opens nothing any more. What holds for the stop stays."), "ok")
    return redirect(url_for("itinerary.show", slug=slug, _anchor=f"item-{item_id}"), 303)


def _event(slug: str) -> Event:
    return manageable_event(slug, current_actor())


def _page(event: Event, item_id: int, form: AskForm | None = None, status: int = 200) -> Response:
    row, now = agenda.stop_item(event.id, item_id), clock.now()
    request = queries.requests_of(event.id).get(item_id)
    if form is None:
        form = AskForm(formdata=None, data=presenters.ask_values(row, request, now))
        form.offer()
    html = render_template(
        "visits/host.html",
        event=event,
        row=row,
        title=title_of(row),
        when=presenters.when_of(row),
        asked=request,
        host=presenters.host_view(row, request, local_day(now, event.timezone)),
        form=form,
    )
    return make_response(html, status)
