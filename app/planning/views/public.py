"""What everybody may read of releases."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.events.services import visible_event
from app.network.current import current_actor
from app.planning.releases import agenda_as_released, log_of

bp = Blueprint("agenda_releases", __name__, url_prefix="/events/<slug>/agenda")


@bp.get("/changes")
def changes(slug: str) -> str:
    """What each release changed, the last one first."""
    event = visible_event(slug, current_actor())
    return render_template("planning/changes.html", event=event, log=log_of(event))


@bp.get("/releases/<int:number>")
def release(slug: str, number: int) -> str:
    """The agenda as it was released."""
    event = visible_event(slug, current_actor())
    return render_template("planning/release.html", event=event, old=agenda_as_released(event, number))
