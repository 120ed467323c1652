"""Pitches: the organiser's page and running order, and the page on which participants vote."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.forums.forms.pitches import MoveForm, PitchForm, SessionForm, VoteForm
from app.forums.presenters import pitches as presenters
from app.forums.queries import parts
from app.forums.queries import pitches as queries
from app.forums.rules.pitches import Vote
from app.forums.services import pitches as services
from app.forums.views.frame import PER_CLIENT, managed_part, page, participant, put_refusal
from app.forums.views.manage import bp as manage
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.limits import limiter
from app.network.current import current_actor
from app.registration.models import Registration

bp = Blueprint("pitches", __name__)
PATH = "/pitches/<int:item_id>"


@manage.route(PATH, methods=["GET", "POST"])
def pitches(slug: str, item_id: int) -> Response:
    """The pitches in their order, the usual minutes and the window of the vote."""
    event, item = _part(slug, item_id)
    form = SessionForm(zone=event.timezone)
    if not form.is_submitted():
        return _manage_page(event, item)
    if not form.validate():
        return _manage_page(event, item, session_form=form, wrong=form, status=422)
    try:
        services.set_up(
            event_slug=slug, item_id=item_id, values=form.to_input(), actor=current_actor(), now=clock.now()
        )
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _manage_page(*_part(slug, item_id), session_form=form, wrong=form, status=status)
    flash(_("Saved."), "ok")
    return _back(slug, item_id)


@manage.post(f"{PATH}/list")
def add_pitch(slug: str, item_id: int) -> Response:
    event, item = _part(slug, item_id)
    form = PitchForm()
    if not form.validate():
        return _manage_page(event, item, pitch_form=form, wrong=form, status=422)
    try:
        services.add(event_slug=slug, item_id=item_id, values=form.to_input(), actor=current_actor(), now=clock.now())
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _manage_page(*_part(slug, item_id), pitch_form=form, wrong=form, status=status)
    flash(_("The pitch stands last. Move it where it belongs."), "ok")
    return _back(slug, item_id)


@manage.route(f"{PATH}/list/<int:pitch_id>", methods=["GET", "POST"])
def change_pitch(slug: str, item_id: int, pitch_id: int) -> Response:
    event, item = _part(slug, item_id)
    row = queries.pitch(item_id, pitch_id)
    form = PitchForm()
    if not form.is_submitted():
        return _pitch_page(event, item, PitchForm.of(row))
    if not form.validate():
        return _pitch_page(event, item, form, 422)
    try:
        services.change(
            pitch_id,
            event_slug=slug,
            item_id=item_id,
            values=form.to_input(),
            actor=current_actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _pitch_page(*_part(slug, item_id), form, status)
    flash(_("Saved."), "ok")
    return _back(slug, item_id)


@manage.post(f"{PATH}/list/<int:pitch_id>/move")
def move_pitch(slug: str, item_id: int, pitch_id: int) -> Response:
    services.move(
        pitch_id, event_slug=slug, item_id=item_id, steps=MoveForm().by, actor=current_actor(), now=clock.now()
    )
    return _back(slug, item_id)


@manage.post(f"{PATH}/list/<int:pitch_id>/removal")
def remove_pitch(slug: str, item_id: int, pitch_id: int) -> Response:
    services.remove(pitch_id, event_slug=slug, item_id=item_id, actor=current_actor(), now=clock.now())
    flash(_("The pitch is removed."), "ok")
    return _back(slug, item_id)


@manage.post(f"{PATH}/closing")
def close_vote(slug: str, item_id: int) -> Response:
    services.close_vote(event_slug=slug, item_id=item_id, actor=current_actor(), now=clock.now())
    flash(_("The vote is closed. Everybody sees the result now."), "ok")
    return _back(slug, item_id)


@manage.get(f"{PATH}/order")
def running_order(slug: str, item_id: int) -> Response:
    """Large and alone, for whoever moderates and for the room."""
    event, item = _part(slug, item_id)
    view = presenters.view_of(queries.session_of(item_id), item, clock.now())
    return page("forums/running_order.html", event=event, item=item, view=view)


@bp.route("/registrations/<token>/pitches/<int:item_id>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def show(token: str, item_id: int) -> Response:
    """The order, the vote while it is open, the result afterwards."""
    registration = participant(token)
    item = parts.part(registration.allotment.event_id, item_id, ItemKind.PITCH)
    form = _vote_form(item)
    if not form.is_submitted():
        return _own_page(registration, token, item)
    if not form.validate():
        return _own_page(registration, token, item, form, 422)
    try:
        services.vote(registration.id, item_id=item_id, pitch_id=form.pitch.data, now=clock.now())
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        registration = participant(token)
        item = parts.part(registration.allotment.event_id, item_id, ItemKind.PITCH)
        return _own_page(registration, token, item, form, status)
    flash(_("Your vote is kept. You can change it until the vote closes."), "ok")
    return redirect(url_for(".show", token=token, item_id=item_id), 303)


def _part(slug: str, item_id: int) -> tuple[Event, AgendaItem]:
    return managed_part(slug, item_id, ItemKind.PITCH)


def _vote_form(item: AgendaItem, chosen: int | None = None, *, empty: bool = False) -> VoteForm:
    form = VoteForm(formdata=None, pitch=chosen) if empty else VoteForm()
    form.offer(presenters.view_of(queries.session_of(item.id), item, clock.now()).pitches)
    return form


def _manage_page(
    event: Event,
    item: AgendaItem,
    *,
    session_form: SessionForm | None = None,
    pitch_form: PitchForm | None = None,
    wrong: Any = None,
    status: int = 200,
) -> Response:
    session = queries.session_of(item.id)
    view = presenters.view_of(session, item, clock.now())
    return page(
        "forums/pitches.html",
        status=status,
        event=event,
        item=item,
        view=view,
        is_open=view.vote is Vote.OPEN,
        votes_words=presenters.votes_words,
        session_form=session_form or SessionForm.of(session, event.timezone),
        pitch_form=pitch_form or PitchForm(formdata=None),
        wrong=wrong,
    )


def _pitch_page(event: Event, item: AgendaItem, form: PitchForm, status: int = 200) -> Response:
    return page("forums/pitch.html", status=status, event=event, item=item, form=form, wrong=form)


def _own_page(
    registration: Registration, token: str, item: AgendaItem, form: VoteForm | None = None, status: int = 200
) -> Response:
    session = queries.session_of(item.id)
    view = presenters.view_of(session, item, clock.now())
    kept = queries.vote_of(item.id, registration.id)
    chosen = kept.pitch_id if kept else None
    return page(
        "forums/vote.html",
        status=status,
        event=registration.allotment.event,
        item=item,
        view=view,
        is_open=view.vote is Vote.OPEN,
        is_closed=view.vote is Vote.CLOSED,
        chosen=chosen,
        votes_words=presenters.votes_words,
        form=form or _vote_form(item, chosen, empty=True),
        token=token,
    )


def _back(slug: str, item_id: int) -> Response:
    return redirect(url_for("forum.pitches", slug=slug, item_id=item_id), 303)
