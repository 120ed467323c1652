"""The organiser's debrief: what was shared, findings, the report, practices."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.diaries.errors import DiaryNotFound
from app.diaries.forms import MOST_LINES, DebriefForm, FindingForm
from app.diaries.presenters import debrief as presenters
from app.diaries.presenters.own import retention_days
from app.diaries.queries import lines as queries
from app.diaries.services import debriefing as services
from app.diaries.views.frame import page, private
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Conflict, Refusal
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.printing import render
from app.registration.services.keeping import erasure_day

bp = Blueprint("debrief", __name__, url_prefix="/manage/events/<slug>/debrief")
bp.before_request(ask_to_sign_in)


@bp.route("", methods=["GET", "POST"])
def show(slug: str) -> AnyResponse:
    event = _event(slug)
    form = DebriefForm()
    if not form.is_submitted():
        return _page(event, DebriefForm(formdata=None, obj=queries.debrief_of(event.id)))
    if not form.validate():
        return _page(event, form, 422)
    services.write(event_slug=slug, values=form.to_input(), actor=current_actor())
    flash(_("Saved."), "ok")
    return redirect(url_for(".show", slug=slug, _anchor="report"), 303)


@bp.route("/findings/new", methods=["GET", "POST"])
def merge(slug: str) -> AnyResponse:
    """``?line=1&line=2``: the lines that were ticked; then what the organiser makes of them."""
    event = _event(slug)
    form = _finding_form()
    if not form.is_submitted():
        return _merge_page(event, _filled(event))
    if not form.validate():
        return _merge_page(event, form, 422)
    try:
        services.make_finding(
            event_slug=slug, line_ids=form.chosen, values=form.to_input(), actor=current_actor(), now=clock.now()
        )
    except Refusal as refusal:
        return _merge_page(_event(slug), _refused(form, refusal), _status(refusal))
    flash(_("The finding is made. Its lines stay where they are."), "ok")
    return redirect(url_for(".show", slug=slug, _anchor="findings"), 303)


@bp.route("/findings/<int:finding_id>", methods=["GET", "POST"])
def word(slug: str, finding_id: int) -> AnyResponse:
    event = _event(slug)
    found = presenters.finding(event, finding_id)
    form = _finding_form()
    if not form.is_submitted():
        filled = FindingForm(formdata=None, text=found.text, prompt=str(found.prompt), in_report=found.in_report)
        filled.offer()
        return _finding_page(event, filled, found)
    if not form.validate():
        return _finding_page(event, form, found, 422)
    try:
        services.word_finding(event_slug=slug, finding_id=finding_id, values=form.to_input(), actor=current_actor())
    except Refusal as refusal:
        event = _event(slug)
        return _finding_page(event, _refused(form, refusal), presenters.finding(event, finding_id), _status(refusal))
    flash(_("Saved."), "ok")
    return redirect(url_for(".show", slug=slug, _anchor="findings"), 303)


@bp.post("/findings/<int:finding_id>/removal")
def remove(slug: str, finding_id: int) -> AnyResponse:
    _event(slug)
    services.remove_finding(event_slug=slug, finding_id=finding_id, actor=current_actor())
    flash(_("The finding is gone. Its lines stay where they are."), "ok")
    return redirect(url_for(".show", slug=slug, _anchor="findings"), 303)


@bp.post("/findings/<int:finding_id>/practice")
def propose(slug: str, finding_id: int) -> AnyResponse:
    _event(slug)
    try:
        practice = services.propose_practice(
            event_slug=slug, finding_id=finding_id, language=language(), actor=current_actor(), now=clock.now()
        )
    except Conflict as refusal:
        event = _event(slug)
        form = DebriefForm(formdata=None, obj=queries.debrief_of(event.id))
        return _page(event, _refused(form, refusal), 409)
    flash(_("A draft that nobody else sees yet. Complete it here, then publish it."), "ok")
    return redirect(f"/manage/practices/{practice}", 303)


@bp.get("/report")
def report(slug: str) -> Response:
    event = _event(slug)
    return page("diaries/report.html", event=event, report=presenters.report_of(event))


@bp.get("/report.pdf")
def paper(slug: str) -> Response:
    event = _event(slug)
    pdf = render("visit_report", presenters.paper_of(event, presenters.report_of(event)))
    response = private(Response(pdf, mimetype="application/pdf"))
    response.headers["Content-Disposition"] = f'inline; filename="visit-report-{slug}-{language()}.pdf"'
    return response


def _event(slug: str) -> Event:
    event = manageable_event(slug, current_actor())
    if not queries.has_stops(event.id):
        raise DiaryNotFound(slug=slug)
    return event


def _finding_form() -> FindingForm:
    form = FindingForm()
    form.offer()
    return form


def _filled(event: Event) -> FindingForm:
    """The words of the lines one below the other, to be made one."""
    asked = [int(one) for one in request.args.getlist("line") if one.isdigit() and len(one) < 10][:MOST_LINES]
    rows = queries.shared_lines(event.id, asked)
    form = FindingForm(
        formdata=None,
        text="\n".join(row.text for row in rows),
        prompt=str(rows[0].prompt) if rows else None,
        in_report=True,
        line_ids=",".join(str(row.id) for row in rows),
    )
    form.offer()
    return form


def _refused(form: DebriefForm | FindingForm, refusal: Refusal) -> DebriefForm | FindingForm:
    form.form_errors.append(say(refusal.code, **refusal.details))
    return form


def _status(refusal: Refusal) -> int:
    return 409 if isinstance(refusal, Conflict) else 422


def _page(event: Event, form: DebriefForm | FindingForm, status: int = 200) -> Response:
    parts = presenters.debrief_of(event)
    return page(
        "diaries/debrief.html",
        status=status,
        event=event,
        form=form,
        parts=parts,
        has_lines=any(lines for part in parts for _prompt, _words, lines in part.prompts),
        has_findings=any(part.findings for part in parts),
        is_erased=clock.now() >= erasure_day(event.ends_at, retention_days()),
    )


def _merge_page(event: Event, form: DebriefForm | FindingForm, status: int = 200) -> Response:
    chosen = form.chosen if isinstance(form, FindingForm) else []
    return page(
        "diaries/finding.html",
        status=status,
        event=event,
        form=form,
        found=None,
        sources=presenters.lines_to_merge(event, chosen),
    )


def _finding_page(
    event: Event, form: DebriefForm | FindingForm, found: presenters.ShownFinding, status: int = 200
) -> Response:
    return page("diaries/finding.html", status=status, event=event, form=form, found=found, sources=found.sources)
