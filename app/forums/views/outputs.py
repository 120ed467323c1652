"""Working tables: the rapporteur or the organiser writes the output, participants read it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.forums import links
from app.forums.errors import OutputOvertaken
from app.forums.forms.outputs import OutputForm, TextForm
from app.forums.models import TableOutput
from app.forums.presenters import outputs as presenters
from app.forums.queries import outputs as queries
from app.forums.services import outputs as services
from app.forums.views.frame import PER_CLIENT, managed_part, page, participant, put_refusal
from app.forums.views.manage import bp as manage
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.limits import limiter
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
            version=form.seen(),
            actor=current_actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _page(*managed_part(slug, item_id, ItemKind.WORKING_TABLE), form, status, refusal)
    flash(_("Saved."), "ok")
    return redirect(url_for("forum.table", slug=slug, item_id=item_id), 303)


@manage.post("/tables/<int:item_id>/link")
def renew_table_link(slug: str, item_id: int) -> Response:
    """A link for the rapporteur; the one before opens nothing any more."""
    services.renew_link(event_slug=slug, item_id=item_id, actor=current_actor(), now=clock.now())
    flash(_("The link is made. Send it to the rapporteur."), "ok")
    return redirect(url_for("forum.table", slug=slug, item_id=item_id, _anchor="link"), 303)


@bp.route("/outputs/<output_token>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def write(output_token: str) -> Response:
    """Where the rapporteur of a table writes, without an account."""
    output = links.open_output(output_token)
    form = TextForm()
    if not form.is_submitted():
        return _rapporteurs_page(output, TextForm.of(output))
    if not form.validate():
        return _rapporteurs_page(output, form, 422)
    try:
        services.write_as_rapporteur(
            output.item_id,
            link_version=output.link_version,
            text=form.text.data or "",
            version=form.seen(),
            now=clock.now(),
        )
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        output = links.open_output(output_token)
        return _rapporteurs_page(output, form, status, _stands(form, refusal, output))
    flash(_("Saved. You may go on writing until the organiser releases it."), "ok")
    return redirect(url_for(".write", output_token=output_token), 303)


@bp.get("/registrations/<token>/outputs")
def show(token: str) -> Response:
    """What the working tables came to, for participants."""
    event = participant(token).allotment.event
    return page("forums/outputs.html", event=event, outputs=presenters.released(event.id), token=token)


def _stands(form: TextForm, refusal: Refusal, row: TableOutput) -> str | None:
    """What somebody else wrote; sent again, the form counts as having seen it."""
    if not isinstance(refusal, OutputOvertaken):
        return None
    form.revision.data = str(row.version)
    return row.text


def _page(
    event: Event, item: AgendaItem, form: OutputForm, status: int = 200, refusal: Refusal | None = None
) -> Response:
    row = queries.output_of(item.id)
    return page(
        "forums/table.html",
        status=status,
        event=event,
        item=item,
        leading=presenters.leading(item),
        form=form,
        wrong=form,
        link=links.rapporteurs_url(row),
        stands=_stands(form, refusal, row) if refusal and row else None,
    )


def _rapporteurs_page(output: TableOutput, form: TextForm, status: int = 200, stands: str | None = None) -> Response:
    closed = presenters.why_closed(output, clock.now())
    return page(
        "forums/rapporteur.html",
        status=status,
        event=output.item.event,
        item=output.item,
        leading=presenters.leading(output.item),
        form=form,
        closed=closed,
        stands=stands,
        text=output.text,
    )
