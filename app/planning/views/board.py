"""The board: rooms or tracks as columns, time downwards.

**For scripts.** Everything works by forms; a script sends the same forms and asks for JSON.

In the page (``templates/planning/board.html``):

- one ``[data-board]`` (an ``ol``) for each day, with ``data-day``, ``data-opens`` (the minute of its first line),
  ``data-step`` (minutes of a line), ``data-lines``, ``data-version`` (of the plan); on wide screens it is a CSS grid:
  row 1 holds the columns' names, line N begins at ``opens + (N - 1) * step``;
- its columns' names ``[data-head]`` with ``data-column`` (``room:7``, ``track:Food``, ``none``);
- items ``li[data-item]`` with ``data-item`` (the key), ``data-day``, ``data-start`` and ``data-minutes`` (wall clock of
  the item; ``data-zone`` where that is not the event's), ``data-begins`` (minutes of the day on the event's clocks),
  ``data-column``, ``data-version``, ``data-url`` (POST there);
- ``[data-waiting]`` is the list of items without a time, its ``li[data-item]`` have ``data-minutes``,
  ``data-column``, ``data-version`` and ``data-url``;
- ``[data-planning]`` is all that, with ``data-version``, ``data-page`` (GET: the page anew), ``data-watch`` (see
  below), ``data-undoes`` and ``data-redoes`` (POST there) and ``data-words`` (what a script says, as JSON); each
  ``[data-part]`` in it can be put there anew by itself;
- ``[data-undo]`` and ``[data-redo]`` are the forms of the two buttons, ``[data-clashes]`` is what is the matter.

To be sent (``application/x-www-form-urlencoded``, ``csrf_token`` or the header ``X-CSRFToken``, and ``version``):

- POST ``data-url`` of an item: ``day``, ``starts`` (``HH:MM``), ``minutes``, ``column``; what is left out stays. An
  item without a time needs ``day`` and ``starts``. Or ``nudge``: earlier, later, shorter, longer (by 5 minutes), next
  (column), aside;
- POST ``…/agenda/board/undo`` and ``…/agenda/board/redo``; POST ``…/agenda/board/waiting`` with title, kind, minutes;
- POST ``…/agenda/delays`` is the agenda's own and answers with pages only.

Answers: to a form 303 to the board, or the page with 404, 409 or 422. With ``Accept: application/json`` 200 and
``{version, collects, pending, undo, redo, item, clashes}``: ``item`` is ``{key, day, start, minutes, column, waits}``
as it stands now (without day and start where it waits, null when it is gone), ``clashes`` are ``{item, trouble,
is_error, words, other, reason}``, ``undo`` and ``redo`` words or empty. A refusal answers 404, 409 or 422 with the same
and ``{error, message, field, changes}``: ``changes`` are ``{words, who, at}`` of what others did since ``version`` if
``error`` is ``planning.overtaken``; who insists sends again with the new version.

GET ``data-watch`` with ``?since=`` (a version) answers ``{version, changes}``: what others changed after it. Its ETag
is the version: with ``If-None-Match`` it answers 304 as long as nobody changed anything.

With ``?by=room`` the columns are rooms, and ``room:0`` is none of them; the same parameter goes to what is sent.
"""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.agenda.first_page import show_first
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotFound
from app.kernel.i18n import language
from app.network.current import current_actor
from app.planning import services
from app.planning.by_person import by_person
from app.planning.forms import ChangeoverForm, MoveForm, NoteForm, Nudge, VersionForm, version_of
from app.planning.presenters import columns_of
from app.planning.reading import plan_of
from app.planning.rules import Column, Wish, next_of
from app.planning.views.answers import board_page, done, is_by_room, not_valid, refused, watched

bp = Blueprint("planning", __name__, url_prefix="/manage/events/<slug>/agenda/board")
bp.before_request(ask_to_sign_in)
MINUTES = 5
_REFUSALS = (Conflict, Invalid, NotFound)


@show_first
def first_page(event: Event) -> str:
    """The board, or with ``?by=person`` what each of the people does."""
    if request.args.get("by") == "person":
        return render_template("planning/by_person.html", event=event, people=by_person(event, current_actor()))
    return board_page(event)


@bp.post("/items/<item_key>")
def move(slug: str, item_key: str) -> Response:
    """Move an item, give it a time, make it longer or shorter, set it aside."""
    event, form = manageable_event(slug, current_actor()), MoveForm()
    if not form.validate():
        return not_valid(slug, form, key=item_key)
    version = version_of(form)
    try:
        if form.nudge.data == Nudge.ASIDE:
            services.set_aside(event_id=event.id, key=item_key, version=version, actor=current_actor(), now=clock.now())
        else:
            services.move(
                event_id=event.id,
                key=item_key,
                wish=_wish(event, item_key, form),
                version=version,
                actor=current_actor(),
                now=clock.now(),
            )
    except _REFUSALS as refusal:
        return refused(slug, refusal, key=item_key, typed=form, since=version)
    return done(slug, item_key, _("The board was changed."))


@bp.get("/version")
def watch(slug: str) -> Response:
    """Asked again and again by every open board: as little as possible."""
    since = request.args.get("since", "")
    known = int(since) if since.isascii() and since.isdigit() and len(since) < 10 else 0
    return watched(manageable_event(slug, current_actor()), known)


@bp.post("/waiting")
def note_down(slug: str) -> Response:
    event, form = manageable_event(slug, current_actor()), NoteForm()
    if not form.validate():
        return make_response(board_page(event, note=form), 422)
    key, _version = services.note_down(
        event_id=event.id,
        title=form.texts(language()),
        kind=ItemKind(form.kind.data),
        minutes=form.minutes.data,
        actor=current_actor(),
        now=clock.now(),
    )
    return done(slug, key, _("It waits beside the board until it gets a time."))


@bp.post("/changeover")
def change_changeover(slug: str) -> Response:
    event, form = manageable_event(slug, current_actor()), ChangeoverForm()
    if not form.validate():
        return make_response(board_page(event, changeover=form), 422)
    services.leave_between(event_id=event.id, minutes=form.changeover.data, actor=current_actor())
    return done(slug, "", _("Saved. Where less is left, the board says so."))


@bp.post("/undo")
def undo(slug: str) -> Response:
    return _again(slug, services.undo, _("Taken back."))


@bp.post("/redo")
def redo(slug: str) -> Response:
    return _again(slug, services.redo, _("Done again."))


def _again(slug: str, verb: object, words: str) -> Response:
    event, form = manageable_event(slug, current_actor()), VersionForm()
    version = version_of(form)
    try:
        verb(event_id=event.id, version=version, actor=current_actor(), now=clock.now())  # type: ignore[operator]
    except _REFUSALS as refusal:
        return refused(slug, refusal, since=version)
    return done(slug, "", words)


def _wish(event: Event, key: str, form: MoveForm) -> Wish:
    """What was typed, or the small change that was pressed, from where the item is now."""
    if form.nudge.data not in list(Nudge):
        return form.wish()
    held = plan_of(event).held.get(key)
    if held is None:
        return Wish()
    kept = held.kept
    start, minutes = kept["start"], kept["end"] - kept["start"]
    match Nudge(form.nudge.data):
        case Nudge.EARLIER:
            return Wish(start=start - MINUTES)
        case Nudge.LATER:
            return Wish(start=start + MINUTES)
        case Nudge.SHORTER:
            return Wish(minutes=minutes - MINUTES)
        case Nudge.LONGER:
            return Wish(minutes=minutes + MINUTES)
        case _:
            by_room = is_by_room()
            now = Column(room_id=kept["room"] or 0) if kept["room"] or by_room else Column(track=kept["track"])
            return Wish(column=next_of(columns_of(event, by_room=by_room), now))
