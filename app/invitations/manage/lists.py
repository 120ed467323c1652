"""The organiser's pages about one list: taken in, checked, sent."""

from __future__ import annotations

import csv
import io

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.services import manageable_event
from app.invitations import queries
from app.invitations.errors import UnreadableList
from app.invitations.forms import ListForm
from app.invitations.manage.people import list_page
from app.invitations.models import InvitationListLine
from app.invitations.presenters import view_of_list
from app.invitations.reading import MOST_BYTES, MOST_LINES
from app.invitations.rules import LineState
from app.invitations.services import lists
from app.kernel import clock
from app.kernel.errors import Conflict, Refusal
from app.kernel.forgery import csrf, lacks_proof
from app.kernel.form_checks import put_beside_field
from app.kernel.formulas import defuse
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.phrases import say
from app.network.current import current_actor

bp = Blueprint("invitation_lists", __name__, url_prefix="/manage/events/<slug>/invitations/lists")
bp.before_request(ask_to_sign_in)
SHOWN = 50
FIRST = 10  # of those who are new, to see whether columns and letters were understood
NOT_INVITED = (
    LineState.WRONG,
    LineState.REPEATED,
    LineState.INVITED_BEFORE,
    LineState.REGISTERED_BEFORE,
    LineState.LEFT_OUT,
)


@bp.post("")
@csrf.exempt  # the form checks its token itself, once a request of this size is allowed
def begin(slug: str) -> AnyResponse:
    event = _event(slug)
    request.max_content_length = request.max_form_memory_size = MOST_BYTES
    form = ListForm()
    if not form.validate():
        is_stale = lacks_proof(form, _("This page was open for too long. Press the button once more."))
        return list_page(event, status=400 if is_stale else 422, wrong=form, list_form=form)
    try:
        list_id = lists.begin_list(
            event_slug=slug,
            content=form.content(),
            pasted=form.is_pasted,
            values=form.to_input(),
            actor=current_actor(),
            now=clock.now(),
        )
    except (UnreadableList, Conflict) as error:
        return _refused(slug, form, error)
    return redirect(url_for(".show", slug=slug, list_id=list_id), 303)


@bp.get("/<int:list_id>")
def show(slug: str, list_id: int) -> str:
    event = _event(slug)
    found = queries.list_of(event.id, list_id)
    return render_template(
        "invitations/list.html",
        event=event,
        view=view_of_list(found, event),
        lines=queries.lines_in(found.id, NOT_INVITED, limit=SHOWN),
        first_new=queries.lines_in(found.id, (LineState.NEW,), limit=FIRST),
        shown=SHOWN,
        language_names=LANGUAGE_NAMES,
        why=_why,
    )


@bp.post("/<int:list_id>/sending")
def send(slug: str, list_id: int) -> AnyResponse:
    lists.send_list(list_id, event_slug=slug, actor=current_actor(), now=clock.now())
    return redirect(url_for(".show", slug=slug, list_id=list_id), 303)


@bp.post("/<int:list_id>/removal")
def drop(slug: str, list_id: int) -> AnyResponse:
    lists.drop_list(list_id, event_slug=slug, actor=current_actor(), now=clock.now())
    flash(_("The list is thrown away."), "ok")
    return redirect(url_for("manage_invitations.show", slug=slug), 303)


@bp.get("/<int:list_id>/left-out.csv")
def left_out(slug: str, list_id: int) -> AnyResponse:
    """Every line that nobody is invited by, with its number and why; UTF-8 with the mark that spreadsheets look for."""
    event = _event(slug)
    found = queries.list_of(event.id, list_id)
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow([_("Line"), _("E-mail"), _("Given name"), _("Family name"), _("Organisation"), _("Why")])
    for line in queries.lines_in(found.id, NOT_INVITED, limit=MOST_LINES):
        cells = (line.email, line.given_name, line.family_name, line.organisation, _why(line))
        writer.writerow([line.line, *map(defuse, cells)])
    response = Response(b"\xef\xbb\xbf" + sheet.getvalue().encode(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="left-out-{event.slug}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _why(line: InvitationListLine) -> str:
    return say(line.fault) if line.fault else say(line.state)


def _event(slug: str) -> Event:
    return manageable_event(slug, current_actor())


def _refused(slug: str, form: ListForm, error: Refusal) -> AnyResponse:
    if not put_beside_field(form, error):
        form.form_errors.append(say(error.code, **error.details))
    status = 422 if isinstance(error, UnreadableList) else 409
    return make_response(list_page(_event(slug), status=status, wrong=form, list_form=form))
