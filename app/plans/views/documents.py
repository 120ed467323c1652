"""Documents of a group."""

from __future__ import annotations

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.network.current import current_actor
from app.network.models import ThematicGroup
from app.plans import permissions
from app.plans.forms.plans import DocumentForm
from app.plans.queries import groups
from app.plans.services import access
from app.plans.services import documents as services
from app.plans.views.frame import carry_out, done, inside, page


@inside.route("/documents", methods=["GET", "POST"])
def documents(slug: str) -> Response:
    group = access.looked_into(slug, current_actor())
    form = DocumentForm()
    if not form.is_submitted():
        return _page(group, DocumentForm(formdata=None))

    def verb() -> object:
        return services.add(group_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())

    status = carry_out(form, verb)
    if status:
        return _page(access.looked_into(slug, current_actor()), form, status)
    return done(_("The document is linked."), f"/groups/{slug}/documents")


@inside.post("/documents/<int:document_id>/removal")
def remove_document(slug: str, document_id: int) -> Response:
    services.remove(document_id, group_slug=slug, actor=current_actor(), now=clock.now())
    return done(_("The document is no longer listed."), f"/groups/{slug}/documents")


def _page(group: ThematicGroup, form: DocumentForm, status: int = 200) -> Response:
    return page(
        "plans/documents.html",
        status=status,
        group=group,
        form=form,
        documents=groups.documents_of(group.id),
        may_draft=permissions.may_draft(current_actor(), access.circle_of(group)),
    )
