"""Documents of a group."""

from __future__ import annotations

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.files.errors import FileNotFound
from app.files.gate import takes_files
from app.files.intake import accept
from app.files.serving import send
from app.kernel import clock
from app.network.current import current_actor
from app.network.models import ThematicGroup
from app.network.queries import group_for_page
from app.plans import permissions
from app.plans.errors import DocumentNotFound
from app.plans.forms.plans import DocumentForm
from app.plans.queries import groups
from app.plans.services import access
from app.plans.services import documents as services
from app.plans.views.frame import carry_out, done, inside, page
from app.plans.views.public import bp as public


@inside.route("/documents", methods=["GET", "POST"])
@takes_files(allowed=lambda: current_actor().signed_in)
def documents(slug: str) -> Response:
    group = access.looked_into(slug, current_actor())
    form = DocumentForm()
    if not form.is_submitted():
        return _page(group, DocumentForm(formdata=None))

    def verb() -> object:
        access.drafted(slug, current_actor())  # before the file is looked into
        sent = form.files.data
        accepted = accept(sent.stream, sent.filename or "") if sent else None
        return services.add(
            group_slug=slug, values=form.to_input(), accepted=accepted, actor=current_actor(), now=clock.now()
        )

    status = carry_out(form, verb)
    if status:
        return _page(access.looked_into(slug, current_actor()), form, status)
    return done(_("The document stands in the list."), f"/groups/{slug}/documents")


@inside.post("/documents/<int:document_id>/removal")
def remove_document(slug: str, document_id: int) -> Response:
    services.remove(document_id, group_slug=slug, actor=current_actor(), now=clock.now())
    return done(_("The document is no longer listed."), f"/groups/{slug}/documents")


@public.get("/documents/<int:document_id>/<file_name>")
def read_document(slug: str, document_id: int, file_name: str) -> Response:
    """A file: for everybody where it is public, else for members; others learn nothing of it."""
    group = group_for_page(slug)
    row = groups.document(group.id, document_id)
    if row.file is None or row.file.name != file_name:
        raise FileNotFound(name=file_name)
    if not row.is_public and not permissions.may_look_in(current_actor(), access.circle_of(group)):
        raise DocumentNotFound(document_id=document_id)
    return send(row.file)


def _page(group: ThematicGroup, form: DocumentForm, status: int = 200) -> Response:
    return page(
        "plans/documents.html",
        status=status,
        group=group,
        form=form,
        documents=groups.documents_of(group.id),
        may_draft=permissions.may_draft(current_actor(), access.circle_of(group)),
    )
