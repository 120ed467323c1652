"""What a participant's own page says of the parts that collect needs."""

from __future__ import annotations

from datetime import datetime

from app.kernel.i18n import language
from app.kernel.phrases import say
from app.needs import queries
from app.needs.times import collecting_of
from app.registration.models import Registration
from app.registration.own_parts import OwnPart
from app.registration.rules import Place


def own_part(registration: Registration, now: datetime) -> OwnPart | None:
    """A line for each part that takes needs or votes now, and what this person put in; nothing else."""
    event_id = registration.allotment.event_id
    if registration.place is not Place.CONFIRMED or not queries.has_parts(event_id):
        return None
    collections = queries.collections_of(event_id)
    lines = []
    for item in queries.parts_of(event_id):
        collecting = collecting_of(item, collections.get(item.id))
        if collecting.takes_entries(now) or collecting.takes_votes(now):
            lines.append({"id": item.id, "title": item.title.wording(language()).text or say(item.kind)})
    said = queries.by_registration(registration.id)
    if not lines and not said:
        return None
    return OwnPart(
        name="needs",
        template="needs/_own.html" if lines else "",
        values={"lines": lines},
        kept=[{"text": need.text, "at": need.at.isoformat()} for need in said] or None,
    )
