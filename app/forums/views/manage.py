"""The organiser's page about all formats of an event; each format adds its own below it."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events.services import manageable_event
from app.forums.presenters import overview
from app.forums.views.frame import page
from app.kernel import clock
from app.network.current import current_actor

bp = Blueprint("forum", __name__, url_prefix="/manage/events/<slug>/forum")
bp.before_request(ask_to_sign_in)


@bp.get("")
def show(slug: str) -> Response:
    event = manageable_event(slug, current_actor())
    return page("forums/overview.html", event=event, parts=overview.parts_of(event, clock.now()))
