"""The form behind somebody's own link."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.feedback import presenters, queries, services
from app.feedback.rules import FeedbackState
from app.kernel import clock
from app.kernel.errors import Conflict, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.limits import limiter
from app.questions.forms import answers_of, form_for
from app.questions.presenters import shown
from app.registration import links

bp = Blueprint("feedback", __name__)
PER_CLIENT = "120/minute; 1200/hour"


@bp.route("/registrations/<token>/feedback/<int:form_id>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def show(token: str, form_id: int) -> Response:
    """Open, not yet, closed, answered already, or just answered: ``?thanks`` leads there."""
    now = clock.now()
    registration = links.open_registration(token)
    question_form = queries.form_of(registration.allotment.event_id, form_id)
    form = form_for(queries.asked_in(question_form))()
    if not form.is_submitted():
        return _page(token, form_id, form, now)
    if not form.validate():
        return _page(token, form_id, form, now, 422)
    try:
        services.answer(registration.id, form_id=form_id, answers=answers_of(form), now=now)
    except Refusal as refusal:
        if put_beside_field(form, refusal):
            return _page(token, form_id, form, now, 422)
        if not isinstance(refusal, Conflict):
            raise
        return _page(token, form_id, form, now, 409)
    return redirect(url_for(".show", token=token, form_id=form_id, thanks=1), 303)


def _page(token: str, form_id: int, form: object, now: datetime, status: int = 200) -> Response:
    """The rows are read anew: a refused verb has let go what was read before it."""
    registration = links.open_registration(token)
    event = registration.allotment.event
    question_form = queries.form_of(event.id, form_id)
    standing = queries.standing(registration, question_form, now)
    page = render_template(
        "feedback/show.html",
        event=event,
        token=token,
        form=form,
        question_form=question_form,
        questions=shown(queries.asked_in(question_form), event, is_anonymous=question_form.is_anonymous),
        state=standing.state,
        is_open=standing.state is FeedbackState.OPEN,
        **presenters.shown_state(standing, event),
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
