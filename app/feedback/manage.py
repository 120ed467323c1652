"""What came back, for the organiser: figures, drawings, tables, sheets."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.events.services import manageable_event
from app.feedback import exports, presenters, queries, services
from app.feedback.exports import Rows
from app.feedback.rules import LEAST_SHOWN
from app.kernel import clock
from app.kernel.i18n import language
from app.network.current import current_actor
from app.questions.models import QuestionForm

bp = Blueprint("feedback_manage", __name__, url_prefix="/manage/events/<slug>/feedback")
bp.before_request(ask_to_sign_in)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
def show(slug: str) -> str:
    event = manageable_event(slug, current_actor())
    return render_template(
        "feedback/summary.html",
        event=event,
        forms=presenters.forms_of(event),
        least=LEAST_SHOWN,
        chart_width=presenters.CHART_WIDTH,
        line=presenters.LINE,
    )


@bp.post("/<int:form_id>/audience")
def ask(slug: str, form_id: int) -> AnyResponse:
    services.ask_only_present(
        event_slug=slug,
        form_id=form_id,
        only_present=request.form.get("only_present") == "1",
        actor=current_actor(),
        now=clock.now(),
    )
    flash(_("Saved."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.get("/<int:form_id>/summary.csv")
def summary_csv(slug: str, form_id: int) -> Response:
    return _csv(exports.summary_rows(_form(slug, form_id)), f"feedback-summary-{slug}-{form_id}")


@bp.get("/<int:form_id>/summary.xlsx")
def summary_xlsx(slug: str, form_id: int) -> Response:
    return _xlsx(exports.summary_rows(_form(slug, form_id)), f"feedback-summary-{slug}-{form_id}")


@bp.get("/<int:form_id>/replies.csv")
def replies_csv(slug: str, form_id: int) -> Response:
    return _csv(exports.reply_rows(_form(slug, form_id)), f"feedback-{slug}-{form_id}")


@bp.get("/<int:form_id>/replies.xlsx")
def replies_xlsx(slug: str, form_id: int) -> Response:
    return _xlsx(exports.reply_rows(_form(slug, form_id)), f"feedback-{slug}-{form_id}")


def _form(slug: str, form_id: int) -> QuestionForm:
    return queries.form_of(manageable_event(slug, current_actor()).id, form_id)


def _csv(rows: Rows, name: str) -> Response:
    return _sheet(exports.as_csv(rows), "text/csv; charset=utf-8", f"{name}-{language()}.csv")


def _xlsx(rows: Rows, name: str) -> Response:
    return _sheet(exports.as_xlsx(rows), XLSX, f"{name}-{language()}.xlsx")


def _sheet(content: bytes, mimetype: str, filename: str) -> Response:
    response = Response(content, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "no-store"
    return response
