"""The material of an event for those who manage it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.agenda.queries import items as agenda_items
from app.agenda.rules import clock as clock_words
from app.events.forms import SPOKEN
from app.events.models import Event
from app.events.services import manageable_event
from app.files.gate import takes_files
from app.files.intake import accept
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.materials import queries, services
from app.materials.forms import EditForm, LinkForm, PermissionForm, UploadForm
from app.materials.inputs import MaterialInput
from app.materials.models import Material
from app.materials.presenters import language_name, line, unread
from app.network.current import current_actor

Form = TypeVar("Form", UploadForm, LinkForm, EditForm)
bp = Blueprint("materials_manage", __name__, url_prefix="/manage/events/<slug>/materials")
bp.before_request(ask_to_sign_in)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the files that were sent: titles of those that are kept, sentences about those that are not."""

    kept: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@bp.route("", methods=["GET", "POST"])
@takes_files(allowed=lambda: current_actor().signed_in)
def show(slug: str) -> str | Response:
    """The list, and the form that adds files; each of several files is kept or refused for itself."""
    event = manageable_event(slug, current_actor())
    form = _offered(UploadForm(), event)
    if not form.is_submitted():
        return _page(event, form)
    if not form.validate():
        return make_response(_page(event, form), 422)
    values = form.to_input()
    try:
        outcome = _take_in(event.id, form.files.data, values)
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return make_response(_page(event, form), 422)
    if outcome.kept:
        flash(_("Added: %(titles)s", titles=", ".join(outcome.kept)), "ok")
    if not outcome.refused:
        return redirect(url_for(".show", slug=slug), 303)
    form.files.errors = outcome.refused
    return make_response(_page(manageable_event(slug, current_actor()), form), 422)


@bp.post("/links")
def add_link(slug: str) -> str | Response:
    event = manageable_event(slug, current_actor())
    form = _offered(LinkForm(prefix="link"), event)
    if not form.validate():
        return make_response(_page(event, link_form=form), 422)
    try:
        services.link(
            event_id=event.id, url=form.url.data, values=form.to_input(), actor=current_actor(), now=clock.now()
        )
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return make_response(_page(manageable_event(slug, current_actor()), link_form=form), 422)
    flash(_("Added: %(titles)s", titles=form.title.data), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.route("/<int:material_id>", methods=["GET", "POST"])
def edit(slug: str, material_id: int) -> str | Response:
    event = manageable_event(slug, current_actor())
    material = queries.material(event.id, material_id)
    form = _offered(EditForm(data=_values_of(material)), event)
    if not form.is_submitted():
        return _edit_page(event, material, form)
    if not form.validate():
        return make_response(_edit_page(event, material, form), 422)
    values = form.to_input()
    try:
        services.edit(event_id=event.id, material_id=material_id, values=values, actor=current_actor(), now=clock.now())
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        event = manageable_event(slug, current_actor())
        return make_response(_edit_page(event, queries.material(event.id, material_id), form), 422)
    flash(_("“%(title)s” was saved.", title=values.title), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/<int:material_id>/publication")
def publish(slug: str, material_id: int) -> Response:
    event = manageable_event(slug, current_actor())
    form = PermissionForm()
    permission_by = form.permission_by.data if form.validate() else None
    services.publish(
        event_id=event.id,
        material_id=material_id,
        permission_by=permission_by or "",
        actor=current_actor(),
        now=clock.now(),
    )
    flash(_("Everybody sees it now."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/<int:material_id>/publication/removal")
def unpublish(slug: str, material_id: int) -> Response:
    event = manageable_event(slug, current_actor())
    services.unpublish(event_id=event.id, material_id=material_id, actor=current_actor(), now=clock.now())
    flash(_("Only the organisers see it now."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/<int:material_id>/removal")
def remove(slug: str, material_id: int) -> Response:
    event = manageable_event(slug, current_actor())
    services.remove(event_id=event.id, material_id=material_id, actor=current_actor(), now=clock.now())
    flash(_("It was removed. Whoever has its address finds nothing there any more."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/<int:material_id>/earlier")
def move_up(slug: str, material_id: int) -> Response:
    event = manageable_event(slug, current_actor())
    services.move_up(event_id=event.id, material_id=material_id, actor=current_actor())
    return redirect(url_for(".show", slug=slug), 303)


def _take_in(event_id: int, sent: list[FileStorage], values: MaterialInput) -> Outcome:
    """Files one by one; what is wrong with all of them, because of another field, is raised with the first."""
    outcome = Outcome()
    if len(sent) > 1:  # one title cannot stand for several
        values = replace(values, title=None)
    for each in sent:
        try:
            accepted = accept(each.stream, each.filename or "")
            row = services.upload(
                event_id=event_id, accepted=accepted, values=values, actor=current_actor(), now=clock.now()
            )
        except Refusal as refusal:
            if refusal.details.get("field") != "files":
                raise
            outcome.refused.append(say(refusal.code, **refusal.details))
        else:
            outcome.kept.append(row.title)
    return outcome


def _offered(form: Form, event: Event) -> Form:
    """The form with its choices; a new material is in the first language of the event."""
    lang = language()
    items = [
        (item.id, f"{clock_words(item.start_minute)} {item.title.wording(lang).text or say(item.kind)}")
        for item in agenda_items(event.id)
    ]
    form.offer(languages=[(code, language_name(code)) for code in SPOKEN], items=items)
    if not form.is_submitted() and not form.language.data:
        form.language.data = next((spoken.language for spoken in event.languages), lang)
    return form


def _values_of(material: Material) -> dict[str, object]:
    names = ("title", "kind", "language", "agenda_item_id", "credit", "visibility", "permission_by")
    return {name: getattr(material, name) or "" for name in names}


def _page(event: Event, form: UploadForm | None = None, link_form: LinkForm | None = None) -> str:
    found = queries.materials(event.id)
    rows = [(material, line(material)) for material in found]
    return render_template(
        "materials/manage.html",
        event=event,
        rows=rows,
        unread=unread(found),
        form=form or _offered(UploadForm(formdata=None), event),
        link_form=link_form or _offered(LinkForm(prefix="link", formdata=None), event),
    )


def _edit_page(event: Event, material: Material, form: EditForm) -> str:
    return render_template("materials/edit.html", event=event, material=material, line=line(material), form=form)
