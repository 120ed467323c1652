"""The thematic groups of all projects."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.plans.presenters.listing import group_list

bp = Blueprint("groups", __name__)


@bp.get("/groups")
def show() -> Response:
    """``?project=``: those of one project. Whoever has the page already is told when it still is the same."""
    found = group_list(request.args.get("project", ""), _("All projects"))
    response = make_response(render_template("plans/list.html", list=found))
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response
