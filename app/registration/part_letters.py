"""Mails to those with a part in an event, who are told of what moves without being registered."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.events.presenters import place_line
from app.events.rules import Status
from app.mail.composing import Letter, composes
from app.registration.presenters import facts_of
from app.registration.presenters.tables import when_of_item
from app.registration.queries import parts

_STATUS = {"postponed": Status.POSTPONED, "called_off": Status.CALLED_OFF}


@composes("part_changed")
def part_changed(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as the event stands as the mail says, and the moved items are still this person's."""
    event, holder, why = (
        parts.event_of_part(context["event_id"]),
        parts.part_holder(context["person_id"], context["event_id"]),
        context["why"],
    )
    if event is None or holder is None or event.status is not _STATUS.get(why, Status.PUBLISHED):
        return None
    if context.get("sequence", event.sequence) < event.sequence:
        return None  # a letter about a later change follows
    items = parts.items_of_part(holder.person_id, context.get("item_ids", []))
    if why == "item_moved" and not items:
        return None
    facts = facts_of(event)
    return Letter(
        values={
            "full_name": holder.name,
            "heading": _heading(why, context.get("title") or event.title.wording(locale).text),
            "said": _said(why, context.get("title", "")),
            "items": [
                " · ".join(
                    part
                    for part in (
                        one.title.wording(locale).text,
                        when_of_item(event, one),
                        one.room.name if one.room else "",
                    )
                    if part
                )
                for one in items
            ],
            "event_title": event.title.wording(locale).text,
            "when": f"{facts.when} ({facts.when.zone})" if facts.when.zone else str(facts.when),
            "where": place_line(event),
            "online_url": event.online_url or "",
            "event_url": f"{current_app.config['FILO'].public_url}/events/{event.slug}",
            "reason": (event.status_reason or "") if event.status is not Status.PUBLISHED else "",
            "contact": event.contact_email or "",
        }
    )


def _heading(why: str, title: str) -> str:
    return {
        "moved": _("Changed: %(title)s", title=title),
        "postponed": _("Postponed: %(title)s", title=title),
        "called_off": _("Called off: %(title)s", title=title),
        "item_moved": _("Your part has another time or room: %(title)s", title=title),
        "item_removed": _("Does not take place: %(title)s", title=title),
    }[why]


def _said(why: str, removed: str) -> str:
    """What happened, and what to do."""
    return {
        "moved": _(
            "Date, time or place of this event, in which you have a part, changed. This is how it stands now. "
            "Tell the organiser at once if you cannot come."
        ),
        "postponed": _(
            "This event, in which you have a part, is postponed. You get a mail as soon as the new date is known."
        ),
        "called_off": _("This event, in which you have a part, does not take place. You need not come."),
        "item_moved": _("This is when and where you are expected now. Tell the organiser at once if you cannot."),
        "item_removed": _(
            "“%(title)s”, in which you had a part, was taken off the agenda. "
            "Ask the organiser if you did not expect it.",
            title=removed,
        ),
    }[why]
