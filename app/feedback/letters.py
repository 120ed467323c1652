"""The mail to those who have not answered yet."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.events.presenters import place_line
from app.feedback import queries
from app.feedback.rules import FeedbackState
from app.feedback.services import REMINDER
from app.kernel import clock
from app.kernel.date_words import day_words, local_day
from app.kernel.errors import NotFound
from app.mail.composing import Letter, composes
from app.registration import links
from app.registration import queries as registrations
from app.registration.presenters import facts_of


@composes(REMINDER)
def reminder(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as the form can be answered, and was not."""
    registration = registrations.registration_for_mail(context["registration_id"])
    if registration is None:
        return None
    event = registration.allotment.event
    try:
        form = queries.form_of(event.id, context["form_id"])
    except NotFound:
        return None
    standing = queries.standing(registration, form, clock.now())
    if standing.state is not FeedbackState.OPEN:
        return None
    facts = facts_of(event)
    return Letter(
        values={
            "given_name": registration.given_name,
            "full_name": f"{registration.given_name} {registration.family_name}",
            "event_title": event.title.wording(locale).text,
            "when": f"{facts.when} ({facts.when.zone})" if facts.when.zone else str(facts.when),
            "where": place_line(event),
            "event_url": f"{current_app.config['FILO'].public_url}/events/{event.slug}",
            "form_link": f"{links.url(registration)}/feedback/{form.id}",
            "is_anonymous": form.is_anonymous,
            "deadline": day_words(local_day(standing.window.closes_at, event.timezone)),
            "contact": event.contact_email or "",
        }
    )
