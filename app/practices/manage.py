"""Practices for those who write them, and what happened to them at an event for its organisers."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.agenda.queries import items as agenda_items
from app.agenda.rules import clock as clock_words
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field, texts_into
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import country_choices, organisation_choices, region_choices, sector_choices
from app.practices import queries, services
from app.practices.errors import MayNotEdit, PracticeNotFound, SummaryMissing
from app.practices.forms import PracticeForm, UseForm
from app.practices.models import Practice
from app.practices.panels import panels_of
from app.practices.permissions import may_edit

bp = Blueprint("practices_manage", __name__, url_prefix="/manage")
bp.before_request(ask_to_sign_in)


@bp.get("/practices")
def show() -> str:
    return render_template("practices/manage.html", practices=queries.written_by(_own_ids()))


@bp.route("/practices/new", methods=["GET", "POST"])
def add() -> str | Response:
    _own_ids()
    form = _form()

    def verb() -> str:
        return services.add(values=form.to_input(), actor=current_actor(), now=clock.now()).slug

    return _save(form, None, verb)


@bp.route("/practices/<slug>", methods=["GET", "POST"])
def edit(slug: str) -> str | Response:
    practice = _editable(slug)
    form = _form(practice)

    def verb() -> str:
        values = form.to_input()
        return services.edit(practice_id=practice.id, values=values, actor=current_actor(), now=clock.now()).slug

    return _save(form, practice, verb)


@bp.post("/practices/<slug>/publication")
def publish(slug: str) -> str | Response:
    practice = _editable(slug)
    try:
        services.publish(practice_id=practice.id, actor=current_actor(), now=clock.now())
    except SummaryMissing as refusal:
        form = _form(_editable(slug))
        form.summary_en.errors = [say(refusal.code)]
        return make_response(_form_page(form, _editable(slug)), 409)
    flash(_("Everybody can read this practice now."), "ok")
    return redirect(f"/practices/{slug}", 303)


@bp.post("/practices/<slug>/publication/removal")
def take_back(slug: str) -> Response:
    services.take_back(practice_id=_editable(slug).id, actor=current_actor(), now=clock.now())
    flash(_("The practice is no longer public. What happened to it is kept."), "ok")
    return redirect(url_for(".edit", slug=slug), 303)


@bp.route("/events/<slug>/practices", methods=["GET", "POST"])
def uses(slug: str) -> str | Response:
    """What happened to practices at an event: the list, and a form for one more."""
    event = manageable_event(slug, current_actor())
    form = _use_form(event)
    if not form.is_submitted():
        return _uses_page(event, form)
    if not form.validate():
        return make_response(_uses_page(event, form), 422)
    services.record_use(event_id=event.id, values=form.to_input(), actor=current_actor(), now=clock.now())
    flash(_("Noted. It stands on the agenda and on the page of the practice."), "ok")
    return redirect(url_for(".uses", slug=slug), 303)


@bp.post("/events/<slug>/practices/<int:use_id>/removal")
def remove_use(slug: str, use_id: int) -> Response:
    event = manageable_event(slug, current_actor())
    services.remove_use(event_id=event.id, use_id=use_id, actor=current_actor(), now=clock.now())
    flash(_("The entry was removed."), "ok")
    return redirect(url_for(".uses", slug=slug), 303)


def _own_ids() -> frozenset[int] | None:
    """The organisations for which the actor may write, None for all; raises MayNotEdit when there are none."""
    actor = current_actor()
    if actor.is_administrator:
        return None
    if not actor.managed_ids:
        raise MayNotEdit
    return actor.managed_ids


def _editable(slug: str) -> Practice:
    practice = queries.practice_for_page(slug)
    if not may_edit(current_actor(), practice.owner_id):
        raise MayNotEdit(slug=slug) if practice.is_published else PracticeNotFound(slug=slug)
    return practice


def _form(practice: Practice | None = None) -> PracticeForm:
    form = PracticeForm(data=_values_of(practice) if practice else None)
    form.offer(
        owners=organisation_choices(_own_ids()),
        countries=country_choices(),
        regions=region_choices(),
        sectors=sector_choices(),
    )
    return form


def _values_of(practice: Practice) -> dict[str, object]:
    return {
        **texts_into("title", practice.title),
        **texts_into("summary", practice.summary),
        **texts_into("body", practice.body),
        "owner_id": practice.owner_id,
        "country_code": practice.country_code,
        "region_code": practice.region_code or "",
        "city": practice.city,
        "sector_id": practice.sector_id or "",
        "aims": [str(aim) for aim in practice.aims],
    }


def _save(form: PracticeForm, practice: Practice | None, verb: Callable[[], str]) -> str | Response:
    if not form.is_submitted():
        return _form_page(form, practice)
    if not form.validate():
        return make_response(_form_page(form, practice), 422)
    slug = practice.slug if practice else None
    try:
        saved = verb()
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return make_response(_form_page(form, _editable(slug) if slug else None), 422)
    flash(_("The practice was saved."), "ok")
    return redirect(url_for(".edit", slug=saved), 303)


def _form_page(form: PracticeForm, practice: Practice | None) -> str:
    panels = panels_of("practice_manage", practice) if practice else []
    return render_template("practices/edit.html", form=form, practice=practice, panels=panels)


def _use_form(event: Event) -> UseForm:
    form = UseForm()
    lang = language()
    form.offer(
        practices=[
            (row.id, _("%(practice)s (%(owner)s)", practice=row.title.wording(lang).text, owner=row.owner))
            for row in queries.choices()
        ],
        items=[
            (item.id, f"{clock_words(item.start_minute)} {item.title.wording(lang).text or say(item.kind)}")
            for item in agenda_items(event.id)
        ],
    )
    return form


def _uses_page(event: Event, form: UseForm) -> str:
    return render_template("practices/uses.html", event=event, form=form, uses=queries.uses_at(event.id))
