"""Authors and files of a practice, and how long its parts may be."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.files.gate import takes_files
from app.files.intake import accept
from app.kernel import clock
from app.kernel.errors import Conflict, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import organisation_choices
from app.practices import services
from app.practices.errors import MayNotEdit
from app.practices.forms import AuthorForm, FileForm, LengthsForm
from app.practices.manage.shared import bp, editable, people
from app.practices.permissions import may_set_lengths
from app.practices.queries import reviewing
from app.practices.rules.form import LENGTHS


@bp.route("/practices/<slug>/authors", methods=["GET", "POST"])
def authors(slug: str) -> str | Response:
    """Who wrote it, and what each says to being named. The personal links go to the authors by mail only."""
    practice = editable(slug)
    form = AuthorForm()
    form.offer(people(), organisation_choices())
    if not form.is_submitted():
        return _authors_page(slug, form)
    if not form.validate():
        return make_response(_authors_page(slug, form), 422)
    try:
        services.add_author(practice_id=practice.id, values=form.to_input(), actor=current_actor(), now=clock.now())
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return make_response(_authors_page(slug, form), 422)
    flash(_("The author was added. Until the person agrees, only the organisation is shown."), "ok")
    return redirect(url_for(".authors", slug=slug), 303)


@bp.post("/practices/<slug>/authors/<int:writer_id>/request")
def ask_author(slug: str, writer_id: int) -> str | Response:
    """Send the personal link to the author's own address again."""
    practice = editable(slug)
    try:
        services.ask_author(practice_id=practice.id, author_id=writer_id, actor=current_actor(), now=clock.now())
    except Conflict as refusal:
        form = AuthorForm(formdata=None)
        form.offer(people(), organisation_choices())
        return make_response(_authors_page(slug, form, say(refusal.code)), 409)
    flash(_("The author gets a mail with the personal link."), "ok")
    return redirect(url_for(".authors", slug=slug), 303)


@bp.post("/practices/<slug>/authors/<int:writer_id>/removal")
def remove_author(slug: str, writer_id: int) -> Response:
    services.remove_author(practice_id=editable(slug).id, author_id=writer_id, actor=current_actor(), now=clock.now())
    return redirect(url_for(".authors", slug=slug), 303)


@bp.route("/practices/<slug>/files", methods=["GET", "POST"])
@takes_files(allowed=lambda: current_actor().signed_in)
def files(slug: str) -> str | Response:
    """Pictures and documents."""
    practice = editable(slug)
    form = FileForm()
    if not form.is_submitted():
        return _files_page(slug, form)
    if not form.validate():
        return make_response(_files_page(slug, form), 422)
    try:
        accepted = accept(form.files.data.stream, form.files.data.filename or "")
        services.attach(
            practice_id=practice.id, accepted=accepted, values=form.to_input(), actor=current_actor(), now=clock.now()
        )
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return make_response(_files_page(slug, form), 422)
    flash(_("The file stands on the page of the practice."), "ok")
    return redirect(url_for(".files", slug=slug), 303)


@bp.post("/practices/<slug>/files/<int:attachment_id>/removal")
def detach(slug: str, attachment_id: int) -> Response:
    services.detach(practice_id=editable(slug).id, file_id=attachment_id, actor=current_actor())
    return redirect(url_for(".files", slug=slug), 303)


@bp.route("/practices/lengths", methods=["GET", "POST"])
def lengths() -> str | Response:
    """How long the parts may be: everywhere, or with ``?project=`` in a project."""
    typed = request.args.get("project", "")
    project_id = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None
    leads = None if project_id is None else reviewing.lead_ids(project_id)
    if not may_set_lengths(current_actor(), leads):
        raise MayNotEdit
    form = LengthsForm(data={f"longest_{row.part}": row.longest for row in reviewing.length_rows(project_id)})
    if form.is_submitted() and form.validate():
        services.set_lengths(project_id=project_id, lengths=form.to_input(), actor=current_actor())
        flash(_("Saved. Practices are measured by it when they are submitted."), "ok")
        return redirect(url_for(".lengths", project=project_id), 303)
    page = render_template(
        "practices/lengths.html",
        form=form,
        defaults=LENGTHS,
        project_id=project_id,
        projects=reviewing.project_choices(),
    )
    return make_response(page, 422 if form.errors else 200)


def _authors_page(slug: str, form: AuthorForm, sentence: str = "") -> str:
    practice = editable(slug)
    since = {
        row.id: row.withdrawn_at or row.declined_at or (row.agreed_at if row.is_named else row.asked_at)
        for row in practice.authors
    }
    return render_template("practices/authors.html", practice=practice, form=form, since=since, sentence=sentence)


def _files_page(slug: str, form: FileForm) -> str:
    return render_template("practices/files.html", practice=editable(slug), form=form)
