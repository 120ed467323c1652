"""Meetings behind a participant's own link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.kernel import clock
from app.kernel.errors import Conflict, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.limits import limiter
from app.kernel.phrases import say
from app.meetings import presenters
from app.meetings.forms import AskForm, OutcomeForm, ProfileForm
from app.meetings.rules import Outcome, RequestState
from app.meetings.services import asking, partaking, scheduling
from app.printing import render
from app.registration import links
from app.registration.models import Registration

bp = Blueprint("meetings", __name__, url_prefix="/registrations/<token>")
PER_CLIENT = "120/minute; 1200/hour"


@bp.get("/meetings")
def show(token: str) -> Response:
    """Whom one meets and when, what is asked of one, what one asked."""
    return _show_page(token)


@bp.route("/meetings/profile", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def profile(token: str) -> AnyResponse:
    """What somebody looks for and offers, and when they can come."""
    registration = links.open_registration(token)
    slots = presenters.slot_choices(registration.allotment.event, registration.id)
    form = ProfileForm(**({} if request.method == "POST" else {"data": presenters.profile_values(registration, slots)}))
    form.offer_choices(presenters.topic_choices(registration.allotment.event), [(one.code, one.words) for one in slots])
    if request.method == "GET":
        return _profile_page(token, form)
    if not form.validate():
        return _profile_page(token, form, 422)
    try:
        partaking.take_part(registration.id, values=form.to_input(), now=clock.now())
    except Refusal as refusal:
        if isinstance(refusal, Conflict):
            return _show_page(token, 409, refused=say(refusal.code, **refusal.details))
        if not put_beside_field(form, refusal):
            raise
        return _profile_page(token, form, 422)
    flash(_("Saved. This is what the others see of you."), "ok")
    return redirect(url_for(".people", token=token), 303)


@bp.post("/meetings/leaving")
def leave(token: str) -> AnyResponse:
    registration = links.open_registration(token)
    partaking.stop_taking_part(registration.id, now=clock.now())
    flash(_("You take no part in the meetings any more. Your place at the event is still yours."), "ok")
    return _back(token)


@bp.get("/meetings/people")
def people(token: str) -> Response:
    """The others who take part, and a form to ask each of them."""
    return _people_page(token, AskForm(formdata=None))


@bp.post("/meetings/requests")
@limiter.limit(PER_CLIENT)
def ask(token: str) -> AnyResponse:
    registration, form = links.open_registration(token), AskForm()
    if not form.validate():
        return _people_page(token, form, 422)
    try:
        state = asking.ask(registration.id, whom=int(form.whom.data), reason=form.reason.data or "", now=clock.now())
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return _people_page(token, form, 409 if isinstance(refusal, Conflict) else 422)
    if state is RequestState.ACCEPTED:
        flash(_("You both want to meet: this is agreed."), "ok")
    else:
        flash(_("Sent. You get a mail when it is accepted."), "ok")
    return redirect(url_for(".people", token=token), 303)


@bp.post("/meetings/requests/<int:request_id>/acceptance")
def accept(token: str, request_id: int) -> AnyResponse:
    registration = links.open_registration(token)
    return _done(
        token,
        lambda: asking.accept(registration.id, request_id=request_id, now=clock.now()),
        _("Accepted. Your schedule comes by mail."),
    )


@bp.post("/meetings/requests/<int:request_id>/refusal")
def decline(token: str, request_id: int) -> AnyResponse:
    registration = links.open_registration(token)
    return _done(
        token,
        lambda: asking.decline(registration.id, request_id=request_id, now=clock.now()),
        _("Declined. Nobody gets a mail about it."),
    )


@bp.post("/meetings/requests/<int:request_id>/withdrawal")
def take_back(token: str, request_id: int) -> AnyResponse:
    registration = links.open_registration(token)
    return _done(
        token,
        lambda: asking.take_back(registration.id, request_id=request_id, now=clock.now()),
        _("Taken back."),
    )


@bp.post("/meetings/<int:meeting_id>/cancellation")
def call_off(token: str, meeting_id: int) -> AnyResponse:
    registration = links.open_registration(token)
    return _done(
        token,
        lambda: scheduling.call_off(registration.id, meeting_id=meeting_id, now=clock.now()),
        _("Called off. The other person gets a mail."),
    )


@bp.post("/meetings/<int:meeting_id>/outcome")
def note_outcome(token: str, meeting_id: int) -> AnyResponse:
    registration, form = links.open_registration(token), OutcomeForm()
    if not form.validate():
        return _show_page(token, 422, refused=_("Choose only from what is offered here."))
    return _done(
        token,
        lambda: scheduling.note_outcome(
            registration.id, meeting_id=meeting_id, outcome=Outcome(form.outcome.data), now=clock.now()
        ),
        _("Thank you: noted."),
    )


@bp.get("/meetings.pdf")
def paper(token: str) -> Response:
    """The own schedule on paper: phones and Wi-Fi fail."""
    registration = links.open_registration(token)
    event = registration.allotment.event
    data = presenters.schedule_papers(event, {registration.id}, clock.now())
    response = _private(make_response(render("meetings", data)))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="meetings-{event.slug}-{language()}.pdf"'
    return response


def _done(token: str, verb: Callable[[], Any], words: str) -> AnyResponse:
    """Do it and go back; what the present state does not allow is said on the page as it is now."""
    try:
        verb()
    except Conflict as refusal:
        return _show_page(token, 409, refused=say(refusal.code, **refusal.details))
    flash(words, "ok")
    return _back(token)


def _back(token: str) -> AnyResponse:
    return redirect(url_for(".show", token=token), 303)


def _show_page(token: str, status: int = 200, refused: str = "") -> Response:
    registration = links.open_registration(token)
    own = presenters.own_meetings(registration, clock.now())
    return _page("meetings/show.html", registration, token, status, own=own, refused=refused, outcomes=list(Outcome))


def _profile_page(token: str, form: ProfileForm, status: int = 200) -> Response:
    registration = links.open_registration(token)
    own = presenters.own_meetings(registration, clock.now())
    return _page("meetings/profile.html", registration, token, status, form=form, own=own)


def _people_page(token: str, form: AskForm, status: int = 200) -> Response:
    registration = links.open_registration(token)
    event = registration.allotment.event
    only = request.args.get("only", "")
    query = request.args.get("q", "").strip()[:80]
    everybody = presenters.directory(event, registration)
    found = [one for one in everybody if (only != "shared" or one.shared) and presenters.mentions(one, query)]
    first = presenters.first_of_page(request.args.get("from", ""), len(found), asked=form.whom.data, people=found)
    shown = found[first : first + presenters.A_PAGE]
    return _page(
        "meetings/people.html",
        registration,
        token,
        status,
        own=presenters.own_meetings(registration, clock.now()),
        people=shown,
        count=len(found),
        first=first + 1,
        last=first + len(shown),
        earlier=_page_url(token, first - presenters.A_PAGE, len(found), only=only, q=query),
        later=_page_url(token, first + presenters.A_PAGE, len(found), only=only, q=query),
        everybody=len(everybody),
        fitting=sum(one.shared > 0 for one in everybody),
        only=only,
        query=query,
        form=form,
    )


def _page_url(token: str, first: int, count: int, **given: str) -> str | None:
    """The address of another page of the directory; None where there is none."""
    if not 0 <= first < count:
        return None
    kept = {name: value for name, value in given.items() if value} | ({"from": str(first + 1)} if first else {})
    return url_for(".people", token=token) + (f"?{urlencode(kept)}" if kept else "")


def _page(template: str, registration: Registration, token: str, status: int, **values: Any) -> Response:
    event = registration.allotment.event
    page = render_template(template, registration=registration, event=event, token=token, **values)
    return _private(make_response(page, status))


def _private(response: Response) -> Response:
    """Whoever has the link may see it: no cache keeps it and no other site hears of it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
