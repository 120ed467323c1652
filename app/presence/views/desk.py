"""The organiser's page of check-in: figures, names, one tap; and one person's presence."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.presence import presenters, queries
from app.presence.errors import HasNoPlace
from app.presence.forms import CloseForm, LetInForm, MarkForm, StandingForm, WalkInForm, new_id
from app.presence.inputs import By
from app.presence.rules import Answer, Standing
from app.presence.services import entering, marking, scanning
from app.registration.errors import RegistrationNotFound

bp = Blueprint("check_in", __name__, url_prefix="/manage/events/<slug>/check-in")
bp.before_request(ask_to_sign_in)


@bp.get("")
def show(slug: str) -> Response:
    return page(manageable_event(slug, current_actor()))


@bp.post("/scans")
def scan(slug: str) -> Response:
    event = manageable_event(slug, current_actor())
    form = MarkForm()
    if not form.validate():
        return page(event, wrong=form, status=422)
    now = clock.now()
    by = By(account_id=current_actor().account_id)
    answers = scanning.deliver(event_id=event.id, scans=[form.to_input(now)], by=by, now=now)
    tell(answers[form.id.data])
    return redirect(url_for(".show", slug=slug, list=form.list.data, q=form.q.data or None), 303)


@bp.post("/walk-ins")
def walk_in(slug: str) -> Response:
    event = manageable_event(slug, current_actor())
    form = WalkInForm()
    if not form.validate():
        return page(event, wrong=form, status=422)
    now, actor = clock.now(), current_actor()
    try:
        entering.walk_in(
            event_id=event.id,
            values=form.to_input(now),
            locale=language(),
            reason=_("Came without a place"),
            by=By(account_id=actor.account_id),
            actor=actor,
            now=now,
        )
    except HasNoPlace as error:
        put_beside_field(form, error)
        return page(event, wrong=form, status=409)
    flash(_("%(name)s is let in as a walk-in.", name=form.given_name.data), "ok")
    return redirect(url_for(".show", slug=slug, list=form.list.data), 303)


@bp.post("/people/<int:registration_id>/twins/<int:walk_in_id>")
def merge(slug: str, registration_id: int, walk_in_id: int) -> Response:
    """Two entries were one person."""
    entering.merge_twins(
        registration_id,
        walk_in_id,
        event_slug=slug,
        reason=_("Let in twice at the door"),
        actor=current_actor(),
        now=clock.now(),
    )
    flash(_("They count as one person now."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/absences")
def close(slug: str) -> Response:
    event = manageable_event(slug, current_actor())
    form = CloseForm()
    if not form.validate():
        return page(event, wrong=form, status=422)
    count = marking.close_list(event_slug=slug, list_key=form.list.data, actor=current_actor(), now=clock.now())
    flash(ngettext("%(num)d person is marked absent.", "%(num)d people are marked absent.", count), "ok")
    return redirect(url_for(".show", slug=slug, list=form.list.data), 303)


@bp.get("/people/<int:registration_id>")
def person(slug: str, registration_id: int) -> Response:
    return _person_page(manageable_event(slug, current_actor()), registration_id)


@bp.post("/people/<int:registration_id>/standing")
def stand(slug: str, registration_id: int) -> Response:
    event = manageable_event(slug, current_actor())
    form = StandingForm()
    form.offer()
    if not form.validate():
        return _person_page(event, registration_id, status=422)
    marking.set_standing(
        registration_id,
        event_slug=slug,
        list_key=form.list.data,
        standing=form.chosen(),
        reason=form.reason.data or None,
        actor=current_actor(),
        now=clock.now(),
    )
    flash(_("It is noted."), "ok")
    return redirect(url_for(".person", slug=slug, registration_id=registration_id), 303)


@bp.post("/people/<int:registration_id>/place")
def let_in(slug: str, registration_id: int) -> Response:
    event = manageable_event(slug, current_actor())
    form = LetInForm()
    if not form.validate():
        return _person_page(event, registration_id, wrong=form, status=422)
    actor = current_actor()
    try:
        entering.let_in(
            registration_id,
            event_slug=slug,
            list_key=form.list.data,
            reason=form.reason.data,
            by=By(account_id=actor.account_id),
            actor=actor,
            now=clock.now(),
        )
    except Refusal as error:
        if not put_beside_field(form, error):
            raise
        return _person_page(event, registration_id, wrong=form, status=422)
    flash(_("The place is given, and the person is checked in."), "ok")
    return redirect(url_for(".show", slug=slug, list=form.list.data), 303)


def tell(answer: Answer) -> None:
    flash(say(answer), "ok" if answer in {Answer.DONE, Answer.KNOWN} else "warn")


def page(event: Event, *, wrong: Any = None, status: int = 200, **more: Any) -> Response:
    """The page with a form as it was typed, where one is wrong."""
    now, roll = clock.now(), queries.roll(event.id)
    views = presenters.list_views(event, roll.lists)
    asked = wrong.list.data if wrong is not None and "list" in wrong else request.args.get("list", "")
    chosen = presenters.chosen_list(views, event, asked or "", now)
    query = request.args.get("q", "")[:200].replace("\0", "")
    people = presenters.person_views(event, roll, chosen, query)
    html = render_template(
        "presence/desk.html",
        event=event,
        lists=views,
        chosen=chosen,
        counted=presenters.figures(roll, chosen),
        people=people[: presenters.SHOWN],
        hidden=max(0, len(people) - presenters.SHOWN),
        twins=roll.twins(),
        query=query,
        window=presenters.window_words(chosen.row, event),
        walk_in_form=wrong if isinstance(wrong, WalkInForm) else WalkInForm(formdata=None, list=chosen.key),
        wrong=wrong,
        new_id=new_id,
        is_over=event.starts_at <= now,
        base=f"/manage/events/{event.slug}/check-in",
        **more,
    )
    return private(html, status)


def _person_page(event: Event, registration_id: int, *, wrong: Any = None, status: int = 200) -> Response:
    found = queries.person(event.id, registration_id)
    if found is None:
        raise RegistrationNotFound(registration_id=registration_id)
    roll = queries.roll(event.id)
    views = presenters.list_views(event, roll.lists)
    now = clock.now()
    rows = []
    for view in views:
        form = StandingForm(formdata=None, list=view.key)
        form.offer()
        rows.append((view, presenters.person_view(event, roll, found, view), form))
    html = render_template(
        "presence/person.html",
        event=event,
        person=found,
        rows=rows,
        chosen=presenters.chosen_list(views, event, request.args.get("list", ""), now),
        names={view.id: view.name for view in views if view.id},
        scans=queries.scans_of(registration_id),
        along={
            one.companion_id: presenters.name_of(one)
            for one in roll.people
            if one.id == registration_id and one.comes_along
        },
        marks=queries.standing_marks_of(registration_id),
        helpers={one.id: one.label for one in queries.links_of(event.id)},
        moment=lambda instant: presenters.moment(instant, event),
        let_in_form=wrong or LetInForm(formdata=None),
        wrong=wrong,
        place=found.place,
        standings=list(Standing),
        base=f"/manage/events/{event.slug}/check-in",
    )
    return private(html, status)


def private(html: str, status: int = 200) -> Response:
    """What names people is kept by no cache."""
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response
