"""What the board answers: a page to a form, values to a script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.agenda.editor import day_choices
from app.agenda.forms import DelayForm
from app.agenda.meeting import why_not
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel.errors import Conflict, Invalid, NotFound, Refusal
from app.kernel.phrases import knows
from app.network.current import current_actor
from app.planning import queries
from app.planning.errors import Overtaken
from app.planning.forms import ChangeoverForm, NoteForm, ReleaseForm
from app.planning.presenters import Board, Told, board_of, changes_since
from app.planning.script_words import script_words

STATUS = {NotFound: 404, Invalid: 422, Conflict: 409}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why something was not done: at which item, in which field, and what others did in the meantime."""

    message: str
    key: str = ""
    field: str = ""
    typed: Any = None
    meanwhile: tuple[Told, ...] = ()


def wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def board_page(
    event: Event,
    *,
    trouble: Trouble | None = None,
    note: NoteForm | None = None,
    release: ReleaseForm | None = None,
    changeover: ChangeoverForm | None = None,
) -> str:
    return render_template(
        "planning/board.html",
        event=event,
        board=_board(event),
        words=script_words(),
        trouble=trouble,
        note=note or NoteForm(formdata=None),
        release=release or ReleaseForm(formdata=None),
        delay=_delay_form(event),
        changeover=changeover or ChangeoverForm(formdata=None, data={"changeover": queries.changeover(event.id)}),
    )


def done(slug: str, key: str, words: str) -> Response:
    """Back to the board, or how it stands now."""
    if wants_json():
        event = manageable_event(slug, current_actor())
        return jsonify(state_of(_board(event), key))
    flash(words, "ok")
    by = "room" if is_by_room() else None
    return redirect(url_for("agenda.show", slug=slug, by=by, _anchor=f"at-{key}" if key else None), 303)


def refused(
    slug: str, refusal: Refusal, *, key: str = "", typed: Any = None, since: int = 0, release: ReleaseForm | None = None
) -> Response:
    """Why not, beside the item, with what was typed; nobody's change is lost."""
    event = manageable_event(slug, current_actor())
    status = next(status for kind, status in STATUS.items() if isinstance(refusal, kind))
    meanwhile = changes_since(event, since) if isinstance(refusal, Overtaken) else ()
    message = why_not(event, refusal) if knows(refusal.code) else refusal.code
    field = str(refusal.details.get("field", ""))
    if wants_json():
        answer = state_of(_board(event), key) | {
            "error": refusal.code,
            "message": message,
            "field": field,
            "changes": _in_json(meanwhile),
        }
        return make_response(jsonify(answer), status)
    trouble = Trouble(message=message, key=key, field=field, typed=typed, meanwhile=meanwhile)
    return make_response(board_page(event, trouble=trouble, release=release), status)


def not_valid(slug: str, form: Any, *, key: str = "") -> Response:
    """The same for what has not even the right shape."""
    name, errors = next(iter(form.errors.items()))
    refusal = Invalid(field=name)
    event = manageable_event(slug, current_actor())
    message = " ".join(str(error) for error in errors)
    if wants_json():
        answer = state_of(_board(event), key)
        return make_response(
            jsonify(answer | {"error": refusal.code, "message": message, "field": name, "changes": []}), 422
        )
    trouble = Trouble(message=message, key=key, field=str(name), typed=form)
    return make_response(board_page(event, trouble=trouble), 422)


def watched(event: Event, since: int) -> Response:
    """The version of the plan, and what others changed after the one that somebody knows; 304 where that is it."""
    version = queries.version(event.id)
    if request.if_none_match.contains(str(version)):
        response = make_response("", 304)
    else:
        changes = changes_since(event, since, but_of=current_actor().account_id)
        response = make_response(jsonify(version=version, changes=_in_json(changes)))
    response.set_etag(str(version))
    response.cache_control.no_cache = True
    return response


def is_by_room() -> bool:
    """Whether the board is looked at with rooms as its only columns."""
    return request.args.get("by") == "room"


def _board(event: Event) -> Board:
    return board_of(event, current_actor(), by_room=is_by_room())


def _in_json(changes: Iterable[Told]) -> list[dict[str, str]]:
    return [{"words": one.words, "who": one.who, "at": one.at.isoformat()} for one in changes]


def state_of(board: Board, key: str) -> dict[str, Any]:
    """What a script needs to know after a verb: see the docstring of ``views.board``."""
    block = board.items.get(key)
    waiting = next((one for one in board.waiting if one.key == key), None)
    titles = {one.item_id: one.key for one in board.items.values()}
    return {
        "version": board.version,
        "collects": board.collects,
        "pending": board.pending,
        "undo": board.undo,
        "redo": board.redo,
        "item": _placed(block) if block else _waits(waiting) if waiting else None,
        "clashes": [
            {
                "item": titles[item_id],
                "trouble": str(problem.trouble),
                "is_error": problem.is_error,
                "words": problem.words,
                "other": problem.other,
                "reason": problem.reason,
            }
            for item_id, problems in board.editor.problems.items()
            for problem in problems
        ],
    }


def _placed(block: Any) -> dict[str, Any]:
    return {
        "key": block.key,
        "day": block.day,
        "start": block.start,
        "minutes": block.minutes,
        "column": block.column,
        "waits": False,
    }


def _waits(waiting: Any) -> dict[str, Any]:
    return {"key": waiting.key, "minutes": waiting.minutes, "column": waiting.column, "waits": True}


def _delay_form(event: Event) -> DelayForm:
    form = DelayForm(formdata=None)
    form.day.choices = day_choices(event)
    return form
