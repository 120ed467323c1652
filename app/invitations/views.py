"""The page of an invitation: what it is, who invites, yes and no."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.invitations import links, services
from app.invitations.forms import DeclineForm
from app.invitations.models import Invitation
from app.invitations.presenters import page_of
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.limits import limiter
from app.kernel.phrases import say

bp = Blueprint("invitations", __name__)
PER_CLIENT = "60/minute"


@bp.get("/invitations/<token>")
def show(token: str) -> AnyResponse:
    return _page(links.read_invitation(token), token, DeclineForm())


@bp.post("/invitations/<token>/refusal")
@limiter.limit(PER_CLIENT)
def decline(token: str) -> AnyResponse:
    invitation = links.read_invitation(token)
    form = DeclineForm()
    if not form.validate():
        return _page(invitation, token, form, 422)
    try:
        services.decline(invitation.id, reason=form.reason.data or "", now=clock.now())
    except Refusal as error:
        form.form_errors.append(say(error.code))
        return _page(links.read_invitation(token), token, form, 409)
    return redirect(url_for(".show", token=token), 303)


def _page(invitation: Invitation, token: str, form: DeclineForm, status: int = 200) -> Response:
    """Whoever has the link may see it: no cache keeps it and no other site hears of it."""
    view = page_of(invitation, clock.now())
    response = make_response(
        render_template("invitations/show.html", view=view, event=view.event, token=token, form=form), status
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
