"""The mails that answers of calendars cause; worded when they are sent."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.events.presenters import place_line
from app.kernel.phrases import say
from app.mail.composing import Letter, composes
from app.registration import links
from app.registration.presenters import facts_of
from app.registration.rules import LIVE
from app.replies import queries
from app.replies.models import CalendarReply
from app.replies.presenters import span_words


@composes("reply_proposal")
def proposal(context: dict[str, Any], locale: str) -> Letter | None:
    """To the organisers: who proposes which time, in which words."""
    reply = queries.reply_for_mail(context["reply_id"])
    if reply is None:
        return None
    event = reply.registration.allotment.event
    page = f"{current_app.config['FILO'].public_url}/manage/events/{event.slug}/participants"
    return Letter(
        values={
            **_values(reply, locale),
            "proposed": span_words(reply.starts_at, reply.ends_at, event),
            "comment": reply.comment,
            "email": reply.registration.email,
            "link": f"{page}/{reply.registration_id}",
        },
        headers={"Reply-To": reply.registration.email},
    )


@composes("reply_not_followed")
def not_followed(context: dict[str, Any], locale: str) -> Letter | None:
    """To the person whose calendar said something that was not done; not once the place is gone anyway."""
    reply = queries.reply_for_mail(context["reply_id"])
    if reply is None or reply.registration.place not in LIVE:
        return None
    contact = reply.registration.allotment.event.contact_email or ""
    return Letter(values={**_values(reply, locale), "link": links.url(reply.registration), "contact": contact})


def _values(reply: CalendarReply, locale: str) -> dict[str, Any]:
    registration = reply.registration
    event = registration.allotment.event
    facts = facts_of(event)
    return {
        "full_name": f"{registration.given_name} {registration.family_name}",
        "said": say(reply.said),
        "outcome": say(reply.outcome),
        "event_title": event.title.wording(locale).text,
        "when": f"{facts.when} ({facts.when.zone})" if facts.when.zone else str(facts.when),
        "where": place_line(event),
        "online_url": "",
        "event_url": f"{current_app.config['FILO'].public_url}/events/{event.slug}",
    }
