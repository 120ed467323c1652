"""Answers of calendars that arrive by mail. Who a mail says that it is from counts for nothing: only a signed address
does, wherever it stands."""

from __future__ import annotations

import structlog
from flask import current_app
from icalendar import Calendar

from app.mail.recognising import Arrival, recognises
from app.registration.models import Registration
from app.registration.reply_addresses import claims_in, is_genuine
from app.replies import queries, reading, services

log = structlog.get_logger()
MOST_CLAIMS = 20


@recognises("calendar_reply")
def take_reply(arrival: Arrival) -> bool:
    """Whether the mail is one answer, about the event of one registration that it names by a genuine address."""
    try:
        calendars = reading.calendars_in(arrival.mail)
        registration = _registration(arrival, calendars) if calendars else None
        if registration is None:
            return False
        event = registration.allotment.event
        reply = reading.reply_in(
            calendars,
            arrival.mail,
            email_key=registration.email_key,
            timezone=event.timezone,
            lasts=event.ends_at - event.starts_at,
            now=arrival.now,
        )
    except reading.UnclearError as error:
        log.info("calendar_reply_not_understood", reason=str(error))
        return False
    if reply.uid != event.uid:
        return False
    outcome = services.take(registration.id, reply, now=arrival.now)
    log.info("calendar_reply_taken", said=reply.said, outcome=outcome)
    return True


def _registration(arrival: Arrival, calendars: list[Calendar]) -> Registration | None:
    """The one registration that is named; a mail that names two proves that somebody put it together."""
    claims = claims_in([*reading.marks_of(arrival.mail), *reading.organizers_of(calendars)])
    if not claims or len(claims) > MOST_CLAIMS:
        return None
    key = current_app.config["FILO"].secret_key
    found = [
        one
        for one in queries.registrations({claim.registration_id for claim in claims})
        if any(is_genuine(claim, one.email_key, key) for claim in claims if claim.registration_id == one.id)
    ]
    return found[0] if len(found) == 1 else None
