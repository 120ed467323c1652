"""The organiser's pages about a peer review."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.agenda.queries import organisation_choices
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.events.services import manageable_event
from app.forums.errors import FormatNotFound, ReviewIncomplete
from app.forums.forms.review import FindingForm, ReviewerForm, ReviewForm, TodoForm
from app.forums.presenters import review as presenters
from app.forums.queries import parts
from app.forums.queries import review as queries
from app.forums.rules.review import Frame
from app.forums.services import review as services
from app.forums.views.frame import page, put_refusal
from app.forums.views.manage import bp as manage
from app.kernel import clock
from app.kernel.countries import country_names
from app.kernel.date_words import local_day
from app.kernel.errors import Refusal
from app.kernel.i18n import language
from app.network.current import current_actor
from app.network.queries import country_choices


@manage.route("/review", methods=["GET", "POST"])
def review(slug: str) -> Response:
    event = _event(slug)
    form = ReviewForm()
    form.offer(organisation_choices(event.id, ()))
    if not form.is_submitted():
        return _page(event)
    if not form.validate():
        return _page(event, review_form=form, wrong=form, status=422)
    try:
        services.prepare(
            event_slug=slug,
            host_id=form.host_id,
            question=form.question.data or "",
            actor=current_actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _page(_event(slug), review_form=form, wrong=form, status=status)
    return _saved(slug)


@manage.post("/review/peers")
def add_reviewer(slug: str) -> Response:
    event = _event(slug)
    form = _reviewer_form()
    if not form.validate():
        return _page(event, reviewer_form=form, wrong=form, status=422)
    services.add_reviewer(event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
    return _saved(slug)


@manage.post("/review/peers/<int:reviewer_id>/removal")
def remove_reviewer(slug: str, reviewer_id: int) -> Response:
    try:
        services.remove_reviewer(reviewer_id, event_slug=slug, actor=current_actor(), now=clock.now())
    except ReviewIncomplete:
        flash(_("A review that has begun needs peers from two other countries. Name another peer first."), "warn")
        return redirect(url_for("forum.review", slug=slug), 303)
    return _saved(slug)


@manage.post("/review/beginning")
def begin_review(slug: str) -> Response:
    try:
        services.begin(event_slug=slug, actor=current_actor(), now=clock.now())
    except ReviewIncomplete:
        return _page(_event(slug), lacks=True, status=409)
    flash(_("The review has begun. Write down what the peers find."), "ok")
    return redirect(url_for("forum.review", slug=slug), 303)


@manage.post("/review/findings")
def add_finding(slug: str) -> Response:
    event = _event(slug)
    form = _finding_form()
    if not form.validate():
        return _page(event, finding_form=form, wrong=form, status=422)
    try:
        services.add_finding(event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _page(_event(slug), finding_form=form, wrong=form, status=status)
    return _saved(slug)


@manage.post("/review/findings/<int:finding_id>/removal")
def remove_finding(slug: str, finding_id: int) -> Response:
    services.remove_finding(finding_id, event_slug=slug, actor=current_actor(), now=clock.now())
    flash(_("The finding is removed."), "ok")
    return redirect(url_for("forum.review", slug=slug), 303)


@manage.route("/review/findings/<int:finding_id>/todos", methods=["GET", "POST"])
def add_todo(slug: str, finding_id: int) -> Response:
    event = _event(slug)
    finding = queries.finding(event.id, finding_id)
    form = _todo_form()
    if not form.is_submitted():
        return _todo_page(event, finding.text, _todo_form(empty=True))
    if not form.validate():
        return _todo_page(event, finding.text, form, 422)
    services.add_todo(finding_id, event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
    return _saved(slug)


@manage.route("/review/todos/<int:todo_id>", methods=["GET", "POST"])
def change_todo(slug: str, todo_id: int) -> Response:
    event = _event(slug)
    row = queries.todo(event.id, todo_id)
    finding = queries.finding(event.id, row.finding_id)
    form = _todo_form()
    if not form.is_submitted():
        kept = TodoForm.of(row)
        kept.offer()
        return _todo_page(event, finding.text, kept)
    if not form.validate():
        return _todo_page(event, finding.text, form, 422)
    services.change_todo(todo_id, event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
    return _saved(slug)


def _event(slug: str) -> Event:
    """An event whose agenda has a peer review; raises FormatNotFound for others."""
    event = manageable_event(slug, current_actor())
    if not parts.has_kind(event.id, ItemKind.PEER_REVIEW):
        raise FormatNotFound(slug=slug)
    return event


def _reviewer_form(*, empty: bool = False) -> ReviewerForm:
    form = ReviewerForm(formdata=None) if empty else ReviewerForm()
    names = country_names(language())
    known = {one.id for one in country_choices()}
    form.offer([(code, name) for code, name in names.items() if code in known])
    return form


def _finding_form(*, empty: bool = False) -> FindingForm:
    form = FindingForm(formdata=None) if empty else FindingForm()
    form.offer()
    return form


def _todo_form(*, empty: bool = False) -> TodoForm:
    form = TodoForm(formdata=None) if empty else TodoForm()
    form.offer()
    return form


def _page(
    event: Event,
    *,
    review_form: ReviewForm | None = None,
    reviewer_form: ReviewerForm | None = None,
    finding_form: FindingForm | None = None,
    wrong: Any = None,
    lacks: bool = False,
    status: int = 200,
) -> Response:
    found = queries.review_of(event.id)
    if review_form is None:
        review_form = ReviewForm.of(found)
        review_form.offer(organisation_choices(event.id, ()))
    days = parts.days_of(event.id, ItemKind.PEER_REVIEW)
    frame = services.frame_of(found) if found else Frame(host_country=None, peer_countries=frozenset(), days=days)
    return page(
        "forums/review.html",
        status=status,
        event=event,
        item=None,
        view=presenters.view_of(found, frame, local_day(clock.now(), event.timezone)),
        review_form=review_form,
        reviewer_form=reviewer_form or _reviewer_form(empty=True),
        finding_form=finding_form or _finding_form(empty=True),
        wrong=wrong,
        lacks=lacks,
    )


def _todo_page(event: Event, finding: str, form: TodoForm, status: int = 200) -> Response:
    return page("forums/todo.html", status=status, event=event, item=None, finding=finding, form=form, wrong=form)


def _saved(slug: str) -> Response:
    flash(_("Saved."), "ok")
    return redirect(url_for("forum.review", slug=slug), 303)
