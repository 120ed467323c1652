"""Groups side by side, for exchange coordinators and lead partners."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.kernel import clock
from app.network.current import current_actor
from app.plans import permissions
from app.plans.errors import MayNotOverlook
from app.plans.presenters.groups import overview
from app.plans.queries import groups
from app.plans.views.frame import page

bp = Blueprint("groups_overview", __name__, url_prefix="/manage")
bp.before_request(ask_to_sign_in)


@bp.get("/groups")
def show() -> Response:
    """Events, plan, actions and missing countries of each group."""
    actor = current_actor()
    if not permissions.may_overlook(actor):
        raise MayNotOverlook
    rows = groups.groups_of_projects(None if actor.is_administrator else permissions.overlooked_projects(actor))
    return page("plans/overview.html", overview=overview(rows, clock.now()))
