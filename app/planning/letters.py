"""Mails to speakers whose slot moved with a release."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.events.presenters import place_line
from app.events.rules import Status
from app.mail.composing import Letter, composes
from app.planning import queries
from app.planning.differences import Difference
from app.planning.freezing import items_in
from app.planning.models import Release
from app.planning.words import difference_words
from app.registration.presenters import facts_of
from app.registration.queries import parts

_LATER = (Difference.MOVED, Difference.OFF)


@composes("speaker_slot_moved")
def speaker_slot_moved(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as the event is published and no later release moved the person's parts again."""
    release = queries.release_by_id(context["release_id"])
    event = parts.event_of_part(release.event_id) if release else None
    holder = parts.part_holder(context["person_id"], event.id) if event else None
    if release is None or event is None or holder is None or event.status is not Status.PUBLISHED:
        return None
    moved = _moved(release, holder.person_id)
    if not moved:
        return None
    facts, public_url = facts_of(event), current_app.config["FILO"].public_url
    return Letter(
        values={
            "full_name": holder.name,
            "event_title": event.title.wording(locale).text,
            "moved": [difference_words(one) for one in moved],
            "release_name": release.name,
            "note": release.note,
            "when": f"{facts.when} ({facts.when.zone})" if facts.when.zone else str(facts.when),
            "where": place_line(event),
            "online_url": event.online_url or "",
            "event_url": f"{public_url}/events/{event.slug}",
            "changes_url": f"{public_url}/events/{event.slug}/agenda/changes",
            "contact": event.contact_email or "",
        }
    )


def _moved(release: Release, person_id: int) -> list[dict[str, Any]]:
    theirs = {
        item["uid"]
        for item in items_in(release.content)
        if any(part["person_id"] == person_id for part in item["people"])
    }
    outdated = {
        one["uid"]
        for later in queries.releases_after(release.event_id, release.number)
        for one in later.changes
        if one["what"] in _LATER
    }
    return [one for one in release.changes if one["what"] == Difference.MOVED and one["uid"] in theirs - outdated]
