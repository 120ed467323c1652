"""The answers of participants' calendars, for the organisers."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.accounts.gate import ask_to_sign_in
from app.events.services import manageable_event
from app.network.current import current_actor
from app.replies import presenters, queries

bp = Blueprint("replies", __name__, url_prefix="/manage/events/<slug>/replies")
bp.before_request(ask_to_sign_in)
SHOWN = 200


@bp.get("")
def show(slug: str) -> str:
    """The newest first."""
    event = manageable_event(slug, current_actor())
    lines = presenters.lines_of(event, queries.of_event(event.id, limit=SHOWN))
    return render_template("replies/list.html", event=event, lines=lines, shown=SHOWN)
