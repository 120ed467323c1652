"""Of a mail: an organisation was named in a service, and says that this is not so."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.network.current import current_actor
from app.pilots import queries, services
from app.pilots.errors import NotNamed
from app.pilots.manage.shared import bp
from app.pilots.permissions import may_edit


@bp.get("/<slug>/naming")
def naming(slug: str) -> str:
    service, actor = queries.service(slug), current_actor()
    named = [id for id in services.named_ids(service) if may_edit(actor, {id})]
    if not named:
        raise NotNamed(slug=slug)
    return render_template("pilots/naming.html", service=service, named=queries.organisations(named))


@bp.post("/<slug>/naming")
def deny(slug: str) -> Response:
    typed = request.form.get("organisation", "")
    organisation_id = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    services.deny(slug, organisation_id=organisation_id, actor=current_actor(), now=clock.now())
    flash(_("Your organisation is taken out of this service. Who proposed it is told."), "ok")
    return redirect(url_for("pilots.show", slug=slug), 303)
