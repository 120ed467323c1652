"""What an organisation imported, and which of its busy times have an address."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.freebusy import permissions, presenters, queries
from app.network.current import current_actor

manage = Blueprint("manage_calendars", __name__, url_prefix="/manage")
manage.before_request(ask_to_sign_in)
Answer = str | tuple[str, int] | Response


@manage.get("/calendars")
def mine() -> Answer:
    return overview()


def overview(problem: str = "") -> str:
    """The page; ``problem`` is why nothing was done."""
    actor = current_actor()
    rows = queries.calendars(None if actor.is_administrator else actor.managed_ids)
    return render_template(
        "freebusy/mine.html",
        calendars=[presenters.calendar_line(row) for row in rows],
        rooms=presenters.room_lines(actor),
        own=queries.address_of(person_id=actor.person_id) if actor.person_id else None,
        has_person=actor.person_id is not None,
        may_add=permissions.may_see_rooms(actor),
        problem=problem,
    )
