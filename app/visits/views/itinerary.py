"""The organiser's pages of an itinerary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.agenda import queries as agenda
from app.agenda.errors import ItemNotFound
from app.agenda.models import AgendaItem
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.visits import plans, queries
from app.visits.errors import ChangedMeanwhile
from app.visits.forms import EmergencyForm, LegForm, StopForm, TimesForm, TurnForm
from app.visits.plans import Plan
from app.visits.presenters import itinerary as presenters
from app.visits.presenters.hosts import host_views
from app.visits.presenters.titles import title_of
from app.visits.services import itinerary

bp = Blueprint("itinerary", __name__, url_prefix="/manage/events/<slug>/itinerary")
bp.before_request(ask_to_sign_in)
SHAPES: dict[str, type[TimesForm]] = {"stop": StopForm, "leg": LegForm}
LATER_FIELDS = {"ends": "minutes", "timezone": "starts"}


@bp.get("")
def show(slug: str) -> Response:
    return page(_event(slug))


@bp.route("/entries/new", methods=["GET", "POST"])
def add(slug: str) -> Response:
    event = _event(slug)
    shape = request.args.get("as", "stop")
    after = _after(event)
    day = after.day if after else _day()
    starts, zone = presenters.behind(event, after, day)
    form = _form(event, SHAPES.get(shape, StopForm), {"starts": starts, "minutes": 60 if shape != "leg" else 30})
    here: dict[str, Any] = {
        "after": title_of(after) if after else "",
        "zone": zone,
        "guess": presenters.guess_behind(event, plans.rows_of(event), after) if shape == "leg" else "",
        "day": dict(presenters.headings(event)).get(day, ""),
    }
    if request.method == "GET":
        return _entry_page(event, form, **here)

    def plan() -> Plan:
        rows = plans.rows_of(event)
        return plans.addition(
            event, rows, next((row for row in rows if row.id == after_id), None), day, form.to_input()
        )

    event_id, after_id = event.id, after.id if after else None

    def verb() -> int:
        return itinerary.add_entry(
            event_id=event_id,
            after_id=after_id,
            day=day,
            values=form.to_input(),
            state=form.revision.data or "",
            actor=current_actor(),
            now=clock.now(),
        )

    return _save(event, form, here, plan=plan, verb=verb, done=_("The entry stands in the itinerary."))


@bp.route("/entries/<int(signed=True):item_id>", methods=["GET", "POST"])
def change(slug: str, item_id: int) -> Response:
    event = _event(slug)
    row = plans.row_of(event, item_id)
    kind = StopForm if row.stop else LegForm if row.leg else TimesForm
    form = _form(event, kind, presenters.values_of(row, event))
    guess = presenters.guesses_of(event, plans.rows_of(event)).get(item_id, "")
    here: dict[str, Any] = {"item_id": item_id, "guess": guess, "title": title_of(row)}
    if request.method == "GET":
        return _entry_page(event, form, **here)

    def plan() -> Plan:
        return plans.change(event, plans.rows_of(event), plans.row_of(event, item_id), form.to_input())

    def verb() -> int:
        return itinerary.change_entry(
            event_id=event.id,
            item_id=item_id,
            values=form.to_input(),
            state=form.revision.data or "",
            actor=current_actor(),
            now=clock.now(),
        )

    return _save(event, form, here, plan=plan, verb=verb, done=_("The entry was changed."))


@bp.post("/entries/<int(signed=True):item_id>/place")
def turn(slug: str, item_id: int) -> Response:
    """A stop one place earlier or later."""
    event, form = _event(slug), TurnForm()
    if not form.validate():
        return page(event, refusal=_("Use the arrows beside a stop."), status=422)
    try:
        moved = itinerary.turn_round(
            event_id=event.id,
            item_id=item_id,
            earlier=form.way.data == "earlier",
            state=form.revision.data or "",
            actor=current_actor(),
            now=clock.now(),
        )
    except (Conflict, Invalid) as refusal:
        words = say(refusal.code, **refusal.details)
        return page(_event(slug), refusal=words, status=409 if isinstance(refusal, Conflict) else 422)
    flash(
        ngettext(
            "The order is turned round: %(num)d entry moved. Look at the legs: from and to may be others now.",
            "The order is turned round: %(num)d entries moved. Look at the legs: from and to may be others now.",
            moved,
        ),
        "ok",
    )
    return redirect(url_for(".show", slug=slug, _anchor=f"item-{item_id}"), 303)


@bp.post("/emergency")
def name_emergency(slug: str) -> Response:
    """Whom participants call when something goes wrong."""
    event, form = _event(slug), EmergencyForm()
    if not form.validate():
        return page(event, emergency=form, status=422)
    itinerary.name_emergency(
        event_id=event.id, name=form.name.data or "", phone=form.phone.data or "", actor=current_actor()
    )
    flash(_("It stands in every roadbook now."), "ok")
    return redirect(url_for(".show", slug=slug, _anchor="emergency"), 303)


def page(event: Event, *, refusal: str = "", emergency: EmergencyForm | None = None, status: int = 200) -> Response:
    """The itinerary, with what stood in the way of the last change."""
    hosts = host_views(event, plans.rows_of(event), clock.now())
    html = render_template(
        "visits/itinerary.html",
        event=event,
        itinerary=presenters.itinerary_of(event, current_actor(), hosts),
        headings=presenters.headings(event),
        refusal=refusal,
        emergency=emergency or EmergencyForm(formdata=None, obj=queries.emergency_of(event.id)),
    )
    return make_response(html, status)


def _event(slug: str) -> Event:
    return manageable_event(slug, current_actor())


def _after(event: Event) -> AgendaItem | None:
    asked = request.args.get("after", "")
    return plans.row_of(event, _number(asked)) if asked else None


def _number(text: str) -> int:
    if not (text.isascii() and text.removeprefix("-").isdigit() and len(text) < 10):
        raise ItemNotFound(item_id=text)
    return int(text)


def _day() -> int:
    return min(max(_number(request.args.get("day", "0")), 0), 400)


def _form(event: Event, kind: type[TimesForm], values: Any) -> TimesForm:
    rows = plans.rows_of(event)
    form = kind(data={**values, "revision": plans.state_of(rows)})
    choices: dict[str, Any] = {}
    if kind is StopForm:
        people = agenda.people_at(event.id)
        lang = language()
        choices["organisations"] = agenda.organisation_choices(event.id, [one.id for one in people])
        choices["venues"] = [
            (venue.id, _("%(venue)s, %(city)s", venue=venue.name.wording(lang).text, city=venue.city))
            for venue in agenda.venues_in(event.country_code)
        ]
    form.offer(**choices)
    return form


def _save(
    event: Event,
    form: TimesForm,
    here: dict[str, Any],
    *,
    plan: Callable[[], Plan],
    verb: Callable[[], int],
    done: str,
) -> Response:
    """Look first, or carry the verb out; what is wrong stands beside its field and what was typed is kept."""
    if not form.validate():
        return _entry_page(event, form, 422, **here)
    try:
        if "look" in request.form:
            return _entry_page(event, form, preview=presenters.preview_of(event, plans.rows_of(event), plan()), **here)
        moved = verb()
    except ChangedMeanwhile as refusal:
        fresh = _event(event.slug)
        form.form_errors.append(say(refusal.code))
        form.revision.data = plans.state_of(plans.rows_of(fresh))
        return _entry_page(fresh, form, 409, preview=_preview(fresh, plan), **here)
    except (Invalid, Conflict) as refusal:
        fresh = _event(event.slug)
        _beside(fresh, form, refusal)
        return _entry_page(fresh, form, 422, **here)
    flash(" ".join(filter(None, (done, presenters.moved_words(moved)))), "ok")
    return redirect(url_for(".show", slug=event.slug), 303)


def _preview(event: Event, plan: Callable[[], Plan]) -> presenters.Preview | None:
    """None where what was typed has become impossible; saving says why."""
    try:
        return presenters.preview_of(event, plans.rows_of(event), plan())
    except (Invalid, Conflict, ItemNotFound):
        return None


def _beside(event: Event, form: TimesForm, refusal: Refusal) -> None:
    """Beside the field, with the entry that stands in the way."""
    field = str(refusal.details.get("field", ""))
    refusal.details["field"] = LATER_FIELDS.get(field, field)
    item_id = refusal.details.get("item_id")
    rows = {row.id: row for row in plans.rows_of(event)}
    words = say(refusal.code, **refusal.details)
    if isinstance(item_id, int) and item_id in rows:
        form.form_errors.append(_("“%(entry)s”: %(why)s", entry=title_of(rows[item_id]), why=words))
    elif not put_beside_field(form, refusal):
        form.form_errors.append(words)


def _entry_page(event: Event, form: TimesForm, status: int = 200, **given: Any) -> Response:
    shown = {"item_id": None, "after": "", "zone": "", "day": "", "guess": "", "title": "", "preview": None}
    return make_response(render_template("visits/entry.html", event=event, form=form, **(shown | given)), status)
