"""Lists of the organiser's own, self check-in with its wall, and the links of helpers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.network.current import current_actor
from app.presence import presenters, queries
from app.presence.errors import ListNotFound
from app.presence.forms import CodeForm, LinkForm, ListForm, WindowForm
from app.presence.presenters import ListView
from app.presence.services import helping, lists
from app.presence.views.desk import private
from app.printing import qr_drawing

bp = Blueprint("check_in_settings", __name__, url_prefix="/manage/events/<slug>/check-in")
bp.before_request(ask_to_sign_in)


@bp.get("/settings")
def show(slug: str) -> Response:
    return _page(manageable_event(slug, current_actor()))


@bp.post("/lists")
def add(slug: str) -> Response:
    event = manageable_event(slug, current_actor())
    form = _list_form(event)
    if form.validate():
        try:
            key = lists.add_list(event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
        except Refusal as error:
            _beside_field(form, error)
        else:
            flash(_("The list is made."), "ok")
            return redirect(url_for("check_in.show", slug=slug, list=key), 303)
    return _page(event, list_form=form, wrong=form, status=422)


@bp.route("/lists/<list_key>", methods=["GET", "POST"])
def change(slug: str, list_key: str) -> Response:
    event = manageable_event(slug, current_actor())
    view = _view(event, list_key)
    form = WindowForm(zone=event.timezone)
    if not form.is_submitted():
        return _list_page(event, view, WindowForm.of(view.row, event.timezone))
    if form.validate():
        try:
            lists.change_list(
                event_slug=slug, list_key=list_key, values=form.to_input(), actor=current_actor(), now=clock.now()
            )
        except Refusal as error:
            _beside_field(form, error)
        else:
            flash(_("The list is saved."), "ok")
            return redirect(url_for(".change", slug=slug, list_key=list_key), 303)
    return _list_page(event, view, form, status=422)


@bp.post("/lists/<list_key>/removal")
def remove(slug: str, list_key: str) -> Response:
    event = manageable_event(slug, current_actor())
    _view(event, list_key)
    lists.remove_list(event_slug=slug, list_key=list_key, actor=current_actor(), now=clock.now())
    flash(_("The list is removed."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/lists/<list_key>/code")
def renew(slug: str, list_key: str) -> Response:
    event = manageable_event(slug, current_actor())
    _view(event, list_key)
    lists.renew_code(event_slug=slug, list_key=list_key, actor=current_actor())
    flash(_("The code is new. Show it on the wall; the old one opens nothing."), "ok")
    return redirect(url_for(".change", slug=slug, list_key=list_key), 303)


@bp.get("/lists/<list_key>/wall")
def wall(slug: str, list_key: str) -> Response:
    """Large, to project: the code, and a square that leads to the page where it is typed."""
    event = manageable_event(slug, current_actor())
    view = _view(event, list_key)
    code = view.row.self_code if view.row else None
    address = f"{current_app.config['FILO'].public_url}/events/{event.slug}/here"
    return private(
        render_template(
            "presence/wall.html",
            event=event,
            view=view,
            code=presenters.code_on_wall(view.row) if view.row and code else "",
            window=presenters.window_words(view.row, event),
            address=address,
            drawing=qr_drawing(f"{address}?code={code}") if code else "",
        )
    )


@bp.post("/links")
def make_link(slug: str) -> Response:
    """The link stands on the answer itself, once: only its digest is kept."""
    event = manageable_event(slug, current_actor())
    form = LinkForm()
    form.offer(presenters.day_choices(event))
    if not form.validate():
        return _page(event, link_form=form, wrong=form, status=422)
    _link, secret = helping.make_link(
        event_slug=slug,
        label=form.label.data,
        day=form.day.data,
        may_add=form.may_add.data,
        actor=current_actor(),
        now=clock.now(),
    )
    address = f"{current_app.config['FILO'].public_url}/check-in/{secret}"
    return _page(manageable_event(slug, current_actor()), new_link=address, drawing=qr_drawing(address))


@bp.post("/links/<int:link_id>/revocation")
def revoke(slug: str, link_id: int) -> Response:
    helping.revoke_link(link_id, event_slug=slug, actor=current_actor(), now=clock.now())
    flash(_("The link opens nothing any more."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


def _page(event: Event, *, status: int = 200, **given: Any) -> Response:
    now = clock.now()
    link_form = LinkForm(formdata=None)
    link_form.offer(presenters.day_choices(event))
    shown = {
        "list_form": _list_form(event, empty=True),
        "link_form": link_form,
        "wrong": None,
        "new_link": "",
        "drawing": "",
    }
    links = [
        (one, presenters.validity_words(one, event), presenters.link_state(one, now))
        for one in queries.links_of(event.id)
    ]
    html = render_template(
        "presence/settings.html",
        event=event,
        lists=presenters.list_views(event, queries.lists_of(event.id)),
        window=lambda view: presenters.window_words(view.row, event),
        links=links,
        moment=lambda instant: presenters.moment(instant, event),
        base=f"/manage/events/{event.slug}/check-in",
        **(shown | given),
    )
    return private(html, status)


def _list_page(event: Event, view: ListView, form: WindowForm, status: int = 200) -> Response:
    html = render_template(
        "presence/list.html",
        event=event,
        view=view,
        form=form,
        code=presenters.code_on_wall(view.row) if view.row and view.row.self_code else "",
        base=f"/manage/events/{event.slug}/check-in",
        code_form=CodeForm(formdata=None),
    )
    return private(html, status)


def _list_form(event: Event, *, empty: bool = False) -> ListForm:
    form = ListForm(formdata=None) if empty else ListForm()
    items = [(one.id, one.title.wording(language()).text) for one in queries.items_without_list(event.id)]
    form.offer(presenters.day_choices(event), items)
    return form


def _view(event: Event, key: str) -> ListView:
    for one in presenters.list_views(event, queries.lists_of(event.id)):
        if one.key == key:
            return one
    raise ListNotFound(key=key)


def _beside_field(form: Any, error: Refusal) -> None:
    if not put_beside_field(form, error):
        raise error
