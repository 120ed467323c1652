"""The organiser's pages of an agenda."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.agenda import queries, services
from app.agenda.busy_lines import busy_lines
from app.agenda.by_room import by_room
from app.agenda.differences import differences
from app.agenda.editor import SPARE_ROWS, after, day_choices, editor_of, values_of
from app.agenda.errors import ChangedMeanwhile
from app.agenda.first_page import first_page
from app.agenda.forms import DelayForm, ItemForm, LegForm, OverruleForm, RoomForm, StopForm
from app.agenda.keeping import keeper
from app.agenda.meeting import why_not
from app.agenda.models import AgendaItem
from app.agenda.rules import ERRORS, AgendaRole, Trouble, parse_clock
from app.events.models import Event
from app.events.rules import Kind
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor

bp = Blueprint("agenda", __name__, url_prefix="/manage/events/<slug>/agenda")
bp.before_request(ask_to_sign_in)
BY_ROOM: dict[str, Any] = {"by": "room", "as": "list"}
FORMS: dict[str, type[ItemForm]] = {"item": ItemForm, "stop": StopForm, "leg": LegForm}


@bp.get("")
def show(slug: str) -> str:
    event, by = manageable_event(slug, current_actor()), request.args.get("by", "")
    if by == "room" and request.args.get("as") == "list":
        return _room_page(event)
    return _page(event) if by == "list" else first_page()(event)


@bp.route("/items/new", methods=["GET", "POST"])
def add(slug: str) -> str | Response:
    event = manageable_event(slug, current_actor())
    shape = request.args.get("as", "item")
    form = _form(event, FORMS.get(shape, ItemForm), None)
    if request.method == "GET":
        return _item_page(event, form, None)

    def verb() -> None:
        services.add_item(event_id=event.id, values=form.to_input(), actor=current_actor(), now=clock.now())

    return _save(event, form, None, verb, _("The item stands on the agenda."))


@bp.route("/items/<int(signed=True):item_id>", methods=["GET", "POST"])
def edit(slug: str, item_id: int) -> str | Response:
    event = manageable_event(slug, current_actor())
    row = keeper().row(event, item_id)
    form = _form(event, FORMS["stop" if row.stop else "leg" if row.leg else "item"], row)
    if request.method == "GET":
        return _item_page(event, form, item_id)

    def verb() -> None:
        services.edit_item(
            event_id=event.id,
            item_id=item_id,
            values=form.to_input(),
            actor=current_actor(),
            now=clock.now(),
            seen_at=form.seen_at(),
        )

    return _save(event, form, item_id, verb, _("The item was changed."))


@bp.post("/items/<int(signed=True):item_id>/room")
def move(slug: str, item_id: int) -> str | Response:
    """Into another room; what stands in the way is answered beside the item."""
    event = manageable_event(slug, current_actor())
    keeper().row(event, item_id)
    form = RoomForm()
    form.offer(_all_rooms(event))
    if not form.validate():
        return make_response(_room_page(event, moving=form, at=item_id), 422)
    try:
        services.move_to_room(
            event_id=event.id,
            item_id=item_id,
            room_id=form.room_id.data,
            actor=current_actor(),
            now=clock.now(),
            seen_at=form.seen_at(),
        )
    except (Invalid, ChangedMeanwhile) as refusal:
        event = manageable_event(slug, current_actor())
        form.room_id.errors = [why_not(event, refusal)]
        status = 409 if isinstance(refusal, ChangedMeanwhile) else 422
        return make_response(_room_page(event, moving=form, at=item_id), status)
    flash(_("The item was changed."), "ok")
    return redirect(url_for(".show", slug=slug, _anchor=f"item-{item_id}", **BY_ROOM), 303)


@bp.post("/items/<int(signed=True):item_id>/removal")
def remove(slug: str, item_id: int) -> Response:
    event = manageable_event(slug, current_actor())
    services.remove_item(event_id=event.id, item_id=item_id, actor=current_actor(), now=clock.now())
    flash(_("The item was removed."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/items/<int(signed=True):item_id>/overrulings")
def overrule(slug: str, item_id: int) -> str | Response:
    event = manageable_event(slug, current_actor())
    form = OverruleForm()
    form.warning.choices = [(str(code), say(code)) for code in Trouble if code not in ERRORS]
    if not form.validate():
        return make_response(_page(event, overruling=form, at=item_id), 422)
    services.overrule(
        event_id=event.id,
        item_id=item_id,
        warning=Trouble(form.warning.data),
        reason=form.reason.data,
        actor=current_actor(),
        now=clock.now(),
    )
    flash(_("Noted. The warning stays there, with your reason."), "ok")
    return redirect(url_for(".show", slug=slug, _anchor=f"item-{item_id}"), 303)


@bp.post("/delays")
def shift(slug: str) -> str | Response:
    event = manageable_event(slug, current_actor())
    form = _delay_form(event)
    if not form.validate():
        return make_response(_page(event, delay=form), 422)
    try:
        moved = services.move_all(
            event_id=event.id,
            day=form.day.data,
            from_minute=parse_clock(form.from_time.data),
            minutes=form.minutes.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Invalid as refusal:
        form.minutes.errors = [_after_delay(event, refusal)]
        return make_response(_page(manageable_event(slug, current_actor()), delay=form), 422)
    flash(ngettext("%(num)d item was moved.", "%(num)d items were moved.", moved), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/template")
def lay(slug: str) -> Response:
    event = manageable_event(slug, current_actor())
    services.apply_template(event_id=event.id, actor=current_actor(), now=clock.now())
    flash(_("An agenda to begin with. Change what is different this time."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


def _save(event: Event, form: ItemForm, item_id: int | None, verb: Any, done: str) -> Response:
    """Carry a verb out, or show the form again with what was typed and what is wrong beside its field."""
    slug = event.slug
    if not form.validate():
        return make_response(_item_page(event, form, item_id), 422)
    try:
        verb()
    except ChangedMeanwhile as refusal:
        form.form_errors.append(say(refusal.code))
        return _overtaken(manageable_event(slug, current_actor()), form, item_id)
    except (Invalid, Conflict) as refusal:
        event = manageable_event(slug, current_actor())
        if not _beside(event, form, refusal):
            raise
        return make_response(_item_page(event, form, item_id), 422)
    flash(done, "ok")
    return redirect(url_for(".show", slug=slug), 303)


def _overtaken(event: Event, form: ItemForm, item_id: int | None) -> Response:
    """The form as it was typed beside what somebody else saved; sent again, it counts as having seen that."""
    stored = _form(event, type(form), keeper().row(event, item_id or 0), formdata=None)
    form.revision.data = stored.revision.data
    return make_response(_item_page(event, form, item_id, differences(form, stored)), 409)


def _beside(event: Event, form: ItemForm, refusal: Refusal) -> bool:
    if refusal.details.get("field") == "persons":
        row = form.row_of(refusal.details.get("person_id"))
        refusal.details["field"] = f"persons.{row or 0}.person_id"
    return put_beside_field(form, refusal, why_not(event, refusal))


def _after_delay(event: Event, refusal: Invalid) -> str:
    """Why nothing was moved, with the item that stands in the way."""
    item_id = refusal.details.get("item_id")
    if not isinstance(item_id, int):
        return say(refusal.code)
    row = keeper().row(event, item_id)
    title = row.title.wording(language()).text or say(row.kind)
    return str(_("Nothing was moved, because of “%(item)s”. %(why)s", item=title, why=why_not(event, refusal)))


def _form(event: Event, kind: type[ItemForm], row: AgendaItem | None, **how: Any) -> ItemForm:
    rows = keeper().rows(event)
    form = kind(data=values_of(row, event) if row else after(rows, event), **how)
    if request.method == "GET":
        for _number in range(SPARE_ROWS):
            form.persons.append_entry({"role": AgendaRole.SPEAKER})
    people = queries.people_at(event.id)
    venues = {stop_venue for item in rows if item.stop and (stop_venue := item.stop.venue_id)}
    choices: dict[str, Any] = {
        "days": day_choices(event, rows),
        "rooms": _rooms(event, venues),
        "persons": [(person.id, person.full_name) for person in people],
        "organisations": queries.organisation_choices(event.id, [person.id for person in people]),
    }
    if kind is StopForm:
        choices["venues"] = [(venue.id, _venue_words(venue)) for venue in queries.venues_in(event.country_code)]
    form.offer(**choices)
    return form


def _all_rooms(event: Event) -> list[tuple[int, str]]:
    """The rooms where an item of this agenda is or can be."""
    rows = keeper().rows(event)
    stops = {row.stop.venue_id for row in rows if row.stop and row.stop.venue_id}
    return _rooms(event, stops | {row.room.venue_id for row in rows if row.room})


def _rooms(event: Event, venues: set[int]) -> list[tuple[int, str]]:
    here = venues | ({event.venue_id} if event.venue_id else set())
    rooms = queries.rooms_of(here) if here else ()
    return [
        (room.id, _("%(room)s, %(seats)s seats (%(venue)s)", room=room.name, seats=room.seats, venue=_name(room.venue)))
        for room in rooms
    ]


def _venue_words(venue: Any) -> str:
    return f"{_name(venue)}, {venue.city}"


def _name(venue: Any) -> str:
    return str(venue.name.wording(language()).text)


def _delay_form(event: Event) -> DelayForm:
    form = DelayForm()
    form.day.choices = day_choices(event)
    return form


def _item_page(event: Event, form: ItemForm, item_id: int | None, changed: Sequence[tuple[str, str]] = ()) -> str:
    busy = busy_lines(event, form, current_actor())
    return render_template("agenda/item.html", event=event, form=form, item_id=item_id, changed=changed, busy=busy)


def _room_page(event: Event, *, moving: RoomForm | None = None, at: int = 0) -> str:
    editor, rooms = editor_of(event, current_actor()), _all_rooms(event)
    groups = by_room(event, editor, dict(rooms))
    return render_template(
        "agenda/by_room.html", event=event, editor=editor, rooms=rooms, groups=groups, moving=moving, moved_item=at
    )


def _page(event: Event, *, delay: DelayForm | None = None, overruling: OverruleForm | None = None, at: int = 0) -> str:
    return render_template(
        "agenda/manage.html",
        event=event,
        editor=editor_of(event, current_actor()),
        delay=delay or _delay_form(event),
        overruling=overruling,
        overruled_item=at,
        is_visit=event.kind is Kind.STUDY_VISIT,
    )
