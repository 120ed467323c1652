"""The diary of one participant: a form for each stop; with the script every field is saved by itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, jsonify, make_response, redirect, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.diaries.errors import ChangeNotUnderstood, DiaryNotFound, TooManyChanges
from app.diaries.forms import StopForm, prefix_of
from app.diaries.inputs import change_from
from app.diaries.presenters import debrief
from app.diaries.presenters import own as presenters
from app.diaries.queries import lines as queries
from app.diaries.rules.windows import DiaryState
from app.diaries.services import writing
from app.diaries.views.frame import page, private
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, Refusal
from app.kernel.forgery import csrf
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.printing.engine import ROOT
from app.registration import links
from app.registration.models import Registration

bp = Blueprint("diary", __name__, url_prefix="/registrations/<token>")
WORKER = ROOT / "static" / "js" / "own-page-worker.js"
PER_CLIENT = "1200/minute"  # a coach full of phones behind one router, each saving while its owner types


@bp.get("/diary")
@limiter.limit(PER_CLIENT)
def show(token: str) -> Response:
    return _page(_opened(token), token)


@bp.post("/diary/stops/<int:item_id>")
@limiter.limit(PER_CLIENT)
def save(token: str, item_id: int) -> AnyResponse:
    """One stop, without the script."""
    registration = _opened(token)
    form = StopForm(prefix=prefix_of(item_id))
    if not form.validate():
        return _page(registration, token, {item_id: form}, 422)
    now = clock.now()
    try:
        outcomes = writing.save(
            registration.id,
            changes=form.to_changes(item_id, now),
            link_version=registration.link_version,
            retention_days=presenters.retention_days(),
            now=now,
        )
        writing.check_kept(outcomes)
    except (Conflict, Invalid) as refusal:
        form.form_errors.append(say(refusal.code, **refusal.details))
        return _page(_opened(token), token, {item_id: form}, 409 if isinstance(refusal, Conflict) else 422)
    flash(_("Saved."), "ok")
    return redirect(url_for(".show", token=token, _anchor=f"stop-{item_id}"), 303)


@bp.post("/diary/changes")
@csrf.exempt  # the link itself is the proof, and no cookie is asked for
@limiter.limit(PER_CLIENT)
def deliver(token: str) -> Response:
    """``{"changes": […]}`` → ``{"now", "outcomes": {name: code}, "fields": […]}``; may be sent again.

    A change: ``id`` (a random name), ``item``, ``prompt``, ``text``, ``shared``, ``named``, ``at`` (milliseconds),
    ``sees`` and ``drops`` (names of versions, see rules/merging).
    """
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return private(make_response(jsonify({"error": say(ChangeNotUnderstood.code)}), 400))
    try:
        registration = _opened(token)
        now = clock.now()
        outcomes = writing.save(
            registration.id,
            changes=[change_from(one, now) for one in _sent(body)],
            link_version=registration.link_version,
            retention_days=presenters.retention_days(),
            now=now,
        )
    except Refusal as refusal:
        status = 409 if isinstance(refusal, Conflict) else 422 if isinstance(refusal, Invalid) else 404
        return private(make_response(jsonify({"error": say(refusal.code, **refusal.details)}), status))
    state = presenters.state_of(links.open_registration(token))
    return private(jsonify({"now": int(now.timestamp() * 1000), "outcomes": outcomes, "fields": state}))


@bp.get("/diary/shared")
@limiter.limit(PER_CLIENT)
def shared(token: str) -> AnyResponse:
    """What the others share; whoever has no place now, or comes too early, is led to the page that says so."""
    registration, now = _opened(token), clock.now()
    found = presenters.standing(registration, now)
    if found.state not in {DiaryState.OPEN, DiaryState.CLOSED} or found.is_erased(now):
        return redirect(url_for(".show", token=token), 303)
    event = registration.allotment.event
    parts = debrief.shared_by_stop(event, reader_id=registration.id)
    return page("diaries/shared.html", event=event, token=token, parts=parts)


@bp.get("/diary.js")
def worker(token: str) -> Response:
    """What keeps the page on the phone; it stands here because it may only serve what is below it."""
    _opened(token)
    return private(send_file(WORKER, mimetype="text/javascript", max_age=0))


def _sent(body: dict[str, Any]) -> list[Any]:
    changes = body.get("changes")
    if not isinstance(changes, list):
        raise ChangeNotUnderstood
    if len(changes) > writing.MOST_AT_ONCE:
        raise TooManyChanges(most=writing.MOST_AT_ONCE)
    return changes


def _opened(token: str) -> Registration:
    registration = links.open_registration(token)
    if not queries.has_stops(registration.allotment.event_id):
        raise DiaryNotFound
    return registration


def _page(
    registration: Registration, token: str, forms: dict[int, StopForm] | None = None, status: int = 200
) -> Response:
    now, event = clock.now(), registration.allotment.event
    found = presenters.standing(registration, now)
    stops = presenters.stops_of(registration)
    given = forms or {}
    return page(
        "diaries/show.html",
        status=status,
        event=event,
        registration=registration,
        token=token,
        base=f"/registrations/{token}/diary",
        state=found.state,
        is_open=found.state is DiaryState.OPEN,
        is_erased=found.is_erased(now),
        stops=[(one, given.get(one.item_id) or StopForm.of(one)) if one.item_id else (one, None) for one in stops],
        wrong=next(iter(given.values()), None),
        fields=presenters.state_of(registration),
        words=presenters.script_words(),
        now_ms=int(now.timestamp() * 1000),
        **presenters.window_words(found, event),
    )
