"""Working tables: the organiser records the output, participants read it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.forums.forms.outputs import OutputForm
from app.forums.presenters import outputs as presenters
from app.forums.queries import outputs as queries
from app.forums.services import outputs as services
from app.forums.views.frame import managed_part, page, participant, put_refusal
from app.forums.views.manage import bp as manage
from app.kernel import clock
from app.kernel.errors import Refusal
from app.network.current import current_actor

bp = Blueprint("outputs", __name__)


@manage.route("/tables/<int:item_id>", methods=["GET", "POST"])
def table(slug: str, item_id: int) -> Response:
    """Who leads the table, and what it came to."""
    event, item = managed_part(slug, item_id, ItemKind.WORKING_TABLE)
    form = OutputForm()
    if not form.is_submitted():
        return _page(event, item, OutputForm.of(queries.output_of(item_id)))
    if not form.validate():
        return _page(event, item, form, 422)
    try:
        services.record(
            event_slug=slug,
            item_id=item_id,
            text=form.text.data or "",
            is_released=form.is_released.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _page(*managed_part(slug, item_id, ItemKind.WORKING_TABLE), form, status)
    flash(_("Saved."), "ok")
    return redirect(url_for("forum.table", slug=slug, item_id=item_id), 303)


@bp.get("/registrations/<token>/outputs")
def show(token: str) -> Response:
    """What the working tables came to, for participants."""
    event = participant(token).allotment.event
    return page("forums/outputs.html", event=event, outputs=presenters.released(event.id), token=token)


def _page(event: Event, item: AgendaItem, form: OutputForm, status: int = 200) -> Response:
    return page(
        "forums/table.html",
        status=status,
        event=event,
        item=item,
        leading=presenters.leading(item),
        form=form,
        wrong=form,
    )
