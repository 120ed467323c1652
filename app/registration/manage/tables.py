"""Tables and labs: parts of the agenda with places of their own, who sits there and who waits."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network.current import current_actor
from app.registration.errors import NoSuchItem, RegistrationNotFound, SignUpInUse
from app.registration.manage_forms import MoveForm, SignUpForm
from app.registration.manage_presenters import tables_of, title_of
from app.registration.queries import managing
from app.registration.services import item_places, tables

bp = Blueprint("tables", __name__, url_prefix="/manage/events/<slug>/tables")
bp.before_request(ask_to_sign_in)


@bp.get("")
def show(slug: str) -> Response:
    return _page(manageable_event(slug, current_actor()))


@bp.post("")
def open_sign_up(slug: str) -> Response:
    """Let people sign up for a part of the agenda, or change how many may."""
    event = manageable_event(slug, current_actor())
    form = _sign_up_form(event)
    if not form.validate():
        return _page(event, form=form, status=422)
    try:
        item_places.open_sign_up(
            event_slug=slug,
            item_id=form.item_id.data,
            capacity=form.capacity.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Invalid as error:
        if not put_beside_field(form, error):
            form.form_errors.append(say(error.code, **error.details))
        return _page(manageable_event(slug, current_actor()), form=form, status=422)
    flash(_("The places are saved. Whoever waits for one moves up."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.get("/<int:item_id>")
def sheet(slug: str, item_id: int) -> str:
    """Who sits at one table, to print."""
    event = manageable_event(slug, current_actor())
    found = tables_of(event, item_id)
    if not found:
        raise RegistrationNotFound(item_id=item_id)
    return render_template("registration/table.html", event=event, table=found[0])


@bp.post("/<int:item_id>/closing")
def close(slug: str, item_id: int) -> Response:
    item_places.close_sign_up(event_slug=slug, item_id=item_id, actor=current_actor(), now=clock.now())
    flash(_("Signing up is closed. Who has or awaits a place there keeps it."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/<int:item_id>/opening")
def reopen(slug: str, item_id: int) -> Response:
    item_places.reopen_sign_up(event_slug=slug, item_id=item_id, actor=current_actor(), now=clock.now())
    flash(_("People can sign up again."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/<int:item_id>/removal")
def remove(slug: str, item_id: int) -> Response:
    """Nobody signs up for it any more: it is for everybody who comes."""
    try:
        item_places.remove_sign_up(event_slug=slug, item_id=item_id, actor=current_actor(), now=clock.now())
    except SignUpInUse as error:
        event = manageable_event(slug, current_actor())
        return _page(event, refusal=say(error.code, **error.details), status=409)
    flash(_("This part of the agenda takes no sign-ups any more: it is for everybody who comes."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/<int:item_id>/people")
def move(slug: str, item_id: int) -> Response:
    """Move somebody to another table, or off this one."""
    event = manageable_event(slug, current_actor())
    form = MoveForm()
    form.offer([(table.item.id, table.title) for table in tables_of(event)])
    if not form.validate():
        return _page(event, refusal=_("Choose where to, then try again."), status=422)
    if item_id >= 2**31:
        raise NoSuchItem(field="person")
    try:
        tables.move_person(
            form.person.data or 0,
            event_slug=slug,
            from_item=item_id,
            to_item=form.to_item.data or None,
            actor=current_actor(),
            now=clock.now(),
        )
    except (Conflict, Invalid) as error:
        event = manageable_event(slug, current_actor())
        return _page(event, refusal=say(error.code, **error.details), status=409)
    flash(_("Moved. A free place is given at once, else the person waits there."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


def _page(event: Event, *, form: Any = None, refusal: str = "", status: int = 200) -> Response:
    found = tables_of(event)
    page = render_template(
        "registration/manage_tables.html",
        event=event,
        tables=found,
        to_tables=[(table.item.id, table.title) for table in found],
        form=form or _sign_up_form(event, is_blank=True),
        refusal=refusal,
    )
    return make_response(page, status)


def _sign_up_form(event: Event, *, is_blank: bool = False) -> SignUpForm:
    form = SignUpForm(formdata=None) if is_blank else SignUpForm()
    form.offer([(item.id, title_of(item)) for item in managing.agenda_of(event.id)])
    return form
