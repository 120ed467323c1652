"""The organiser's page about groups, and the papers of their guides."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.agenda.queries import people_at
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Conflict, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.network.current import current_actor
from app.printing import render
from app.subgroups import presenters, queries, services
from app.subgroups.forms import NOBODY, MakeForm, NameForm, PutForm, SlotForm

bp = Blueprint("subgroups", __name__, url_prefix="/manage/events/<slug>")
bp.before_request(ask_to_sign_in)
USUAL_SIZE = 10


@bp.get("/groups")
def show(slug: str) -> AnyResponse:
    return _page(_event(slug))


@bp.post("/groups/making")
def make(slug: str) -> AnyResponse:
    event, form = _event(slug), MakeForm()
    if not form.validate():
        return _page(event, wrong=form, make_form=form)
    made = services.make(
        event_slug=slug, size=form.size.data, anew=form.anew.data, actor=current_actor(), now=clock.now()
    )
    flash(ngettext("There is %(num)d group.", "There are %(num)d groups.", made), "ok")
    return _back(slug)


@bp.post("/groups/members")
def put(slug: str) -> AnyResponse:
    event, form = _event(slug), PutForm()
    if not form.validate():
        return _page(event, wrong=form)
    try:
        services.put(
            form.registration.data,
            event_slug=slug,
            number=form.group.data or None,
            reason=form.reason.data or "",
            actor=current_actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return _page(_event(slug), wrong=form, status=409 if isinstance(refusal, Conflict) else 422)
    flash(_("Moved."), "ok")
    return _back(slug)


@bp.post("/groups/<int:sub_group_id>")
def name(slug: str, sub_group_id: int) -> AnyResponse:
    event, form = _event(slug), NameForm()
    form.offer(_guides(event))
    if not form.validate():
        return _page(event, wrong=form)
    services.name(
        sub_group_id,
        event_slug=slug,
        words=form.words.data or "",
        guide_id=int(form.guide.data) if form.guide.data != NOBODY else None,
        guide_text=form.guide_text.data or "",
        actor=current_actor(),
        now=clock.now(),
    )
    flash(_("Saved."), "ok")
    return _back(slug)


@bp.post("/groups/rounds")
def set_slot(slug: str) -> AnyResponse:
    event, form = _event(slug), SlotForm()
    if not form.validate():
        return _page(event, wrong=form)
    services.set_slot(
        event_slug=slug,
        day=form.day.data,
        start_minute=form.start_minute.data,
        slot_minutes=form.slot_minutes.data,
        actor=current_actor(),
        now=clock.now(),
    )
    flash(_("Saved."), "ok")
    return _back(slug)


@bp.post("/groups/removal")
def remove(slug: str) -> AnyResponse:
    services.remove_all(event_slug=slug, actor=current_actor(), now=clock.now())
    flash(_("There are no groups any more. Everybody keeps the place at the event."), "ok")
    return _back(slug)


@bp.get("/groups.pdf")
def papers(slug: str) -> Response:
    """A page for each guide."""
    event = _event(slug)
    response = Response(render("groups", presenters.guide_papers(event)), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="groups-{slug}-{language()}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _event(slug: str) -> Event:
    return manageable_event(slug, current_actor())


def _guides(event: Event) -> list[tuple[int, str]]:
    return [(person.id, person.full_name) for person in people_at(event.id)]


def _page(event: Event, *, wrong: Any = None, make_form: MakeForm | None = None, status: int = 422) -> AnyResponse:
    groups = presenters.groups_of(event.id)
    limit = queries.smallest_limit(event.id)
    size = next((one.limit for one in groups), limit) or USUAL_SIZE
    page = render_template(
        "subgroups/show.html",
        event=event,
        groups=groups,
        ungrouped=queries.ungrouped(event.id),
        rotations=presenters.rotations_of(event, len(groups)),
        limit=limit,
        people_words=presenters.people_words,
        guides=_guides(event),
        make_form=make_form or MakeForm(formdata=None, data={"size": size}),
        put_form=PutForm(formdata=None),
        wrong=wrong,
    )
    return make_response(page, status if wrong else 200)


def _back(slug: str) -> AnyResponse:
    return redirect(url_for(".show", slug=slug), 303)
