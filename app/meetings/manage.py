"""The organiser's pages: blocks, people, the schedule and the search for it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Conflict, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.form_times import local
from app.kernel.i18n import language
from app.meetings import presenters, queries
from app.meetings.forms import BlockForm, SearchForm, SettingsForm, TableForm
from app.meetings.posing import settings_or_usual
from app.meetings.rules import USUAL_SECONDS, USUAL_SLOT
from app.meetings.services import preparing, searching
from app.network.current import current_actor
from app.printing import render

bp = Blueprint("meetings_manage", __name__, url_prefix="/manage/events/<slug>")
bp.before_request(ask_to_sign_in)


@bp.get("/meetings")
def show(slug: str) -> AnyResponse:
    return _page(_event(slug))


@bp.post("/meetings/settings")
def set_settings(slug: str) -> AnyResponse:
    event = _event(slug)
    form = SettingsForm(zone=event.timezone)
    if not form.validate():
        return _page(event, wrong=form, settings_form=form)
    try:
        preparing.set_settings(event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
    except Refusal as refusal:
        return _refused(slug, refusal, form, settings_form=form)
    flash(_("Saved."), "ok")
    return _back(slug)


@bp.post("/meetings/blocks/<int:item_id>")
def set_block(slug: str, item_id: int) -> AnyResponse:
    event, form = _event(slug), BlockForm()
    if not form.validate():
        return _page(event, wrong=form, block_form=form, block_id=item_id)
    try:
        preparing.set_block(
            item_id,
            event_slug=slug,
            slot_minutes=form.slot_minutes.data,
            tables=form.tables.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        return _refused(slug, refusal, form, block_form=form, block_id=item_id)
    flash(_("Saved."), "ok")
    return _back(slug)


@bp.post("/meetings/searches")
def begin(slug: str) -> AnyResponse:
    event, form = _event(slug), SearchForm()
    if not form.validate():
        return _page(event, wrong=form, search_form=form)
    try:
        searching.begin(
            event_slug=slug,
            seconds=form.seconds.data,
            keeps=form.keeps.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        return _refused(slug, refusal, form, search_form=form)
    return _back(slug)


@bp.get("/meetings/progress")
def progress(slug: str) -> Response:
    """The part of the page that says how far the search is; a script puts it there again and again."""
    event = _event(slug)
    page = render_template("meetings/_search.html", event=event, **_search_values(event))
    return _private(make_response(page))


@bp.post("/meetings/searches/<int:search_id>/stop")
def stop(slug: str, search_id: int) -> AnyResponse:
    searching.stop(search_id, event_slug=slug, actor=current_actor(), now=clock.now())
    flash(_("The search ends in a moment and keeps the best that it has found."), "ok")
    return _back(slug)


@bp.post("/meetings/searches/<int:search_id>/use")
def use(slug: str, search_id: int) -> AnyResponse:
    form = SearchForm(formdata=None)
    try:
        told = searching.use(search_id, event_slug=slug, actor=current_actor(), now=clock.now())
    except Conflict as refusal:
        return _refused(slug, refusal, form, search_form=form)
    flash(
        ngettext("%(num)d person gets a mail.", "%(num)d people get a mail.", told)
        if told
        else _("Nothing changed for anybody."),
        "ok",
    )
    return _back(slug)


@bp.get("/meetings/people")
def people(slug: str) -> AnyResponse:
    return _people_page(_event(slug))


@bp.post("/meetings/people/<int:registration_id>/table")
def set_table(slug: str, registration_id: int) -> AnyResponse:
    event, form = _event(slug), TableForm()
    if not form.validate():
        return _people_page(event, form, registration_id)
    try:
        preparing.set_table(
            registration_id, event_slug=slug, table=form.table.data, actor=current_actor(), now=clock.now()
        )
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return _people_page(_event(slug), form, registration_id)
    flash(_("Saved. It counts from the next schedule on."), "ok")
    return _back_to(slug, registration_id)


@bp.post("/meetings/people/<int:registration_id>/absence")
def note_absence(slug: str, registration_id: int) -> AnyResponse:
    is_absent = request.form.get("absent") == "1"
    preparing.note_absence(
        registration_id, event_slug=slug, is_absent=is_absent, actor=current_actor(), now=clock.now()
    )
    flash(_("Noted. Make the schedule again, so that the others meet somebody else."), "ok")
    return _back_to(slug, registration_id)


@bp.get("/meetings.pdf")
def papers(slug: str) -> Response:
    """A page for everybody with meetings."""
    event = _event(slug)
    response = make_response(render("meetings", presenters.schedule_papers(event, None, clock.now())))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="meetings-{slug}-{language()}.pdf"'
    return _private(response)


def _event(slug: str) -> Event:
    return manageable_event(slug, current_actor())


def _refused(slug: str, refusal: Refusal, form: Any, **forms: Any) -> AnyResponse:
    if not put_beside_field(form, refusal):
        if not isinstance(refusal, Conflict):
            raise refusal
        form.form_errors.append(presenters.refusal_words(refusal))
    return _page(_event(slug), wrong=form, status=409 if isinstance(refusal, Conflict) else 422, **forms)


def _search_values(event: Event) -> dict[str, Any]:
    search = queries.latest_search(event.id)
    return {"search": search, "gap": presenters.gap_words(search) if search and search.bound else ""}


def _page(event: Event, *, wrong: Any = None, status: int = 422, **forms: Any) -> AnyResponse:
    settings, search = settings_or_usual(event.id), queries.latest_search(event.id)
    grid = presenters.told_grid(event)
    is_new = search is not None and search.state == "done" and not search.used_at
    page = render_template(
        "meetings/manage.html",
        event=event,
        blocks=presenters.shown_blocks(event),
        figures=presenters.figures(event, clock.now()),
        settings_form=forms.get("settings_form")
        or SettingsForm(
            formdata=None,
            zone=event.timezone,
            opens_at=local(settings.opens_at, event.timezone),
            closes_at=local(settings.closes_at, event.timezone),
            most=settings.most,
            spare=settings.spare,
            arranges=settings.arranges,
        ),
        block_form=forms.get("block_form"),
        block_id=forms.get("block_id"),
        search_form=forms.get("search_form")
        or SearchForm(formdata=None, data={"seconds": USUAL_SECONDS, "keeps": grid.count > 0}),
        usual_slot=USUAL_SLOT,
        grid=grid,
        found=presenters.found_grid(event, search) if search and is_new else None,
        outcomes=presenters.outcome_counts(event),
        wrong=wrong,
        **_search_values(event),
    )
    return make_response(page, status if wrong else 200)


def _people_page(event: Event, form: TableForm | None = None, registration_id: int | None = None) -> AnyResponse:
    query = request.args.get("q", "").strip()[:80]
    found = [one for one in presenters.partakers(event) if presenters.is_meant(one, query)]
    about = str(registration_id) if registration_id else request.args.get("about")
    first = presenters.first_of_page(request.args.get("from", ""), len(found), asked=about, people=found)
    shown = found[first : first + presenters.A_PAGE]
    page = render_template(
        "meetings/manage_people.html",
        event=event,
        people=shown,
        query=query,
        count=len(found),
        first=first + 1,
        last=first + len(shown),
        earlier=_people_url(event, first - presenters.A_PAGE, len(found), query),
        later=_people_url(event, first + presenters.A_PAGE, len(found), query),
        form=form or TableForm(formdata=None),
        wrong_id=registration_id,
    )
    return make_response(page, 422 if form else 200)


def _people_url(event: Event, first: int, count: int, query: str) -> str | None:
    """The address of another page of the list; None where there is none."""
    if not 0 <= first < count:
        return None
    asked = {name: value for name, value in (("q", query), ("from", first and first + 1)) if value}
    return url_for(".people", slug=event.slug) + (f"?{urlencode(asked)}" if asked else "")


def _back_to(slug: str, registration_id: int) -> AnyResponse:
    """To the page of the list on which somebody stands."""
    anchor = f"person-{registration_id}"
    return redirect(url_for(".people", slug=slug, about=registration_id, _anchor=anchor), 303)


def _back(slug: str) -> AnyResponse:
    return redirect(url_for(".show", slug=slug), 303)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
