"""World café: the organiser's pages, the page of a table's host, the page of a guest."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.forums import links, times
from app.forums.errors import FormatNotFound
from app.forums.forms.cafe import ELSEWHERE, FrameForm, HostForm, NoteForm, SeatForm
from app.forums.models import Cafe, CafeTable
from app.forums.presenters import cafe as presenters
from app.forums.presenters.harvest import harvest_of
from app.forums.queries import cafe as queries
from app.forums.queries import parts
from app.forums.queries.parts import Participant
from app.forums.rules.cafe import MOST_ROUNDS, Notes, NoteTag, usual_tables
from app.forums.services import cafe as services
from app.forums.views.frame import PER_CLIENT, managed_part, page, participant, pdf, put_refusal
from app.forums.views.manage import bp as manage
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.network.current import current_actor
from app.printing import framed_drawing, qr_drawing
from app.registration.models import Registration

bp = Blueprint("cafe", __name__)
PATH = "/cafe/<int:item_id>"


@manage.route(PATH, methods=["GET", "POST"])
def cafe(slug: str, item_id: int) -> AnyResponse:
    """How the café runs: rounds, questions, tables; below it who hosts and who sits where."""
    event, item = _part(slug, item_id)
    form = FrameForm()
    if not form.is_submitted():
        return _manage_page(event, item)
    if not form.validate():
        return _manage_page(event, item, frame=form, wrong=form, status=422)
    try:
        services.set_up(
            event_slug=slug, item_id=item_id, values=form.to_input(), actor=current_actor(), now=clock.now()
        )
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _manage_page(*_part(slug, item_id), frame=form, wrong=form, status=status)
    flash(_("Saved."), "ok")
    return _back(slug, item_id)


@manage.post(f"{PATH}/seating")
def seat_cafe(slug: str, item_id: int) -> AnyResponse:
    _part(slug, item_id)
    form = SeatForm()
    if not form.validate():
        return _manage_page(*_part(slug, item_id), wrong=form, status=422)
    seated = services.seat(
        event_slug=slug,
        item_id=item_id,
        only_present=form.only_present.data,
        anew=form.anew.data,
        actor=current_actor(),
        now=clock.now(),
    )
    flash(ngettext("%(num)d guest has a seat.", "%(num)d guests have a seat.", seated), "ok")
    return _back(slug, item_id)


@manage.post(f"{PATH}/tables/<int:table_id>")
def name_cafe_host(slug: str, item_id: int, table_id: int) -> AnyResponse:
    event, item = _part(slug, item_id)
    form = HostForm()
    form.offer(parts.confirmed(event.id))
    if not form.validate():
        return _manage_page(event, item, wrong=form, at=table_id, status=422)
    try:
        services.name_host(
            event_slug=slug,
            item_id=item_id,
            table_id=table_id,
            registration_id=form.registration_id,
            name=form.name.data or "",
            actor=current_actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        if "field" not in refusal.details:
            raise
        status = put_refusal(form, refusal)
        return _manage_page(*_part(slug, item_id), wrong=form, at=table_id, status=status)
    flash(_("Saved."), "ok")
    return _back(slug, item_id)


@manage.post(f"{PATH}/tables/<int:table_id>/link")
def renew_cafe_link(slug: str, item_id: int, table_id: int) -> AnyResponse:
    services.renew_link(event_slug=slug, item_id=item_id, table_id=table_id, actor=current_actor(), now=clock.now())
    flash(_("The link is new. The old one opens nothing any more: print the card of the table again."), "ok")
    return _back(slug, item_id)


@manage.post(f"{PATH}/notes/<int:note_id>/removal")
def remove_cafe_note(slug: str, item_id: int, note_id: int) -> AnyResponse:
    services.remove_note(event_slug=slug, item_id=item_id, note_id=note_id, actor=current_actor(), now=clock.now())
    flash(_("The note is removed."), "ok")
    return _back(slug, item_id)


@manage.get(f"{PATH}/plan.pdf")
def cafe_plan(slug: str, item_id: int) -> Response:
    """By person, by table, and a card for each table."""
    _event, item = _part(slug, item_id)
    return pdf("cafe", presenters.plan_paper(_cafe(item_id), item), f"cafe-{slug}")


@manage.get(f"{PATH}/harvest")
def cafe_harvest(slug: str, item_id: int) -> AnyResponse:
    """Large, to project in the plenary."""
    event, _item = _part(slug, item_id)
    return page("forums/harvest.html", event=event, cafe=harvest_of(_cafe(item_id)), tags=list(NoteTag))


@bp.route("/cafe/<table_token>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def host(table_token: str) -> AnyResponse:
    """What whoever hosts a table opens by its code, without an account."""
    table = links.open_table(table_token)
    form = _note_form(table.cafe)
    if not form.is_submitted():
        return _host_page(table, table_token, _note_form(table.cafe, empty=True))
    if not form.validate():
        return _host_page(table, table_token, form, 422)
    try:
        services.note_as_host(table.id, link_version=table.link_version, values=form.to_input(), now=clock.now())
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _host_page(links.open_table(table_token), table_token, form, status)
    flash(_("Noted."), "ok")
    return redirect(url_for(".host", table_token=table_token, round=form.round.data), 303)


@bp.route("/registrations/<token>/cafe/<int:item_id>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def guest(token: str, item_id: int) -> AnyResponse:
    """Where somebody sits, and what was noted there."""
    registration = participant(token)
    cafe = _cafe_of(registration, item_id)
    form = _note_form(cafe)
    if not form.is_submitted():
        return _guest_page(registration, token, cafe, _note_form(cafe, empty=True))
    if not form.validate():
        return _guest_page(registration, token, cafe, form, 422)
    try:
        services.note_as_guest(registration.id, item_id=item_id, values=form.to_input(), now=clock.now())
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        registration = participant(token)
        return _guest_page(registration, token, _cafe_of(registration, item_id), form, status)
    flash(_("Noted."), "ok")
    return redirect(url_for(".guest", token=token, item_id=item_id, round=form.round.data), 303)


def _part(slug: str, item_id: int) -> tuple[Event, AgendaItem]:
    return managed_part(slug, item_id, ItemKind.WORLD_CAFE)


def _cafe(item_id: int) -> Cafe:
    found = queries.cafe(item_id)
    if found is None:
        raise FormatNotFound(item_id=item_id)
    return found


def _cafe_of(registration: Registration, item_id: int) -> Cafe:
    parts.part(registration.allotment.event_id, item_id, ItemKind.WORLD_CAFE)
    return _cafe(item_id)


def _note_form(cafe: Cafe, *, empty: bool = False) -> NoteForm:
    form = NoteForm(formdata=None, round=request.args.get("round", type=int)) if empty else NoteForm()
    form.offer([(one.number, presenters.round_words(one.number)) for one in cafe.rounds])
    return form


def _manage_page(
    event: Event,
    item: AgendaItem,
    *,
    frame: FrameForm | None = None,
    wrong: Any = None,
    at: int | None = None,
    status: int = 200,
) -> AnyResponse:
    """``wrong``: a form as it was typed; ``at``: the table whose form it is."""
    cafe = queries.cafe(item.id)
    people = parts.confirmed(event.id)
    view = presenters.view_of(cafe, item) if cafe else None
    return page(
        "forums/cafe.html",
        status=status,
        event=event,
        item=item,
        frame=frame or FrameForm.of(cafe),
        most_rounds=MOST_ROUNDS,
        usual=usual_tables(len(people)),
        people=people,
        view=view,
        worth=presenters.repeats_words(view.repeats, view.fewest) if view else "",
        notes=presenters.notes_of(queries.notes_of(item.id), presenters.numbers_of(cafe)) if cafe else (),
        square=lambda url: framed_drawing(qr_drawing(url)),
        wrong=wrong,
        host_forms={one.id: _host_form(one, people, wrong if one.id == at else None) for one in view.tables}
        if view
        else {},
    )


def _host_form(table: presenters.TableView, people: list[Participant], typed: HostForm | None) -> HostForm:
    """Of each table: as it was typed, or as it stands."""
    form = typed or HostForm(formdata=None, host=str(table.host_id or ELSEWHERE), name=table.host_name)
    form.offer(people)
    form.host.id, form.name.id = f"host-{table.id}", f"name-{table.id}"
    return form


def _host_page(table: CafeTable, token: str, form: NoteForm, status: int = 200) -> AnyResponse:
    item = table.cafe.item
    state = times.notes_state(item, clock.now())
    is_over = state is Notes.OVER  # the card may still lie on the table
    return page(
        "forums/host.html",
        status=status,
        event=item.event,
        item=item,
        table=table,
        host="" if is_over else presenters.host_of(table),
        rounds=presenters.rounds_of(table.cafe, item),
        notes=() if is_over else presenters.notes_of(queries.notes_at(table.id), {table.id: table.number}),
        is_over=is_over,
        form=form,
        is_open=state is Notes.OPEN,
        state_words=say(state),
        token=token,
    )


def _guest_page(registration: Registration, token: str, cafe: Cafe, form: NoteForm, status: int = 200) -> AnyResponse:
    event = registration.allotment.event
    item = parts.part(event.id, cafe.item_id, ItemKind.WORLD_CAFE)
    state = times.notes_state(item, clock.now())
    seats = presenters.own_seats(cafe, item, registration.id)
    return page(
        "forums/guest.html",
        status=status,
        event=event,
        item=item,
        seats=seats,
        has_seat=any(one.table for one in seats),
        notes=presenters.notes_of(queries.notes_by(registration.id), presenters.numbers_of(cafe)),
        form=form,
        is_open=state is Notes.OPEN,
        state_words=say(state),
        token=token,
    )


def _back(slug: str, item_id: int) -> AnyResponse:
    return redirect(url_for("forum.cafe", slug=slug, item_id=item_id), 303)
