"""Where a practice came from: the study, and the services that inspired it."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.network.current import current_actor
from app.practices import services
from app.practices.forms import OriginForm
from app.practices.manage.shared import bp, editable
from app.practices.models import Practice
from app.practices.queries import origin as queries


@bp.route("/practices/<slug>/origin", methods=["GET", "POST"])
def origin(slug: str) -> Response:
    """Without a study the services of the owner are offered; with one, those that it found as well."""
    practice = editable(slug)
    form = _offered(practice)
    if request.method == "GET":
        return _page(practice, form)
    if request.form.get("do") == "study":
        form.study_id.validate(form)
        return _page(practice, form)
    if form.validate():
        try:
            services.set_origin(practice_id=practice.id, values=form.to_input(), actor=current_actor(), now=clock.now())
        except Refusal as refusal:
            if not put_beside_field(form, refusal):
                raise
        else:
            flash(_("Saved. The study and the practice lead to each other."), "ok")
            return redirect(f"/practices/{slug}#journey", 303)
    return _page(editable(slug), form)


def _page(practice: Practice, form: OriginForm) -> Response:
    page = render_template("practices/origin.html", practice=practice, form=form)
    return make_response(page, 422 if form.errors else 200)


def _offered(practice: Practice) -> OriginForm:
    lang = language()
    chosen = {one.id for one in practice.cluster_services}
    form = OriginForm(data={"study_id": practice.study_id, "service_ids": sorted(chosen)})
    found = queries.offered(practice.owner_id, form.study_id.data, chosen)
    form.offer(
        studies=[(study.id, study.title.wording(lang).text) for study in queries.study_choices()],
        services=[
            (one.id, _("%(service)s (%(cluster)s)", service=one.name.wording(lang).text, cluster=one.organisation.name))
            for one in found
        ],
    )
    return form
