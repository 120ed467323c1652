"""What the mails about invitations say; worded when they are sent, from what is true then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.calendars.calendar import calendar_head, join
from app.calendars.entries import EntryStatus
from app.calendars.vevent import vevent, zones_of
from app.events.calendar_entry import calendar_entry
from app.events.models import Event
from app.events.presenters import place_line, when_line
from app.events.rules import Status
from app.invitations import links, queries
from app.invitations.models import Invitation
from app.invitations.neighbours import closing_of
from app.invitations.presenters import moment_words, organiser_names
from app.invitations.rules import InvitationStatus
from app.kernel import clock
from app.kernel.dates import DatePrecision
from app.mail.composing import Letter, composes
from config import Config


@composes("invitation")
def invitation(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, InvitationStatus.PENDING)


@composes("invitation_reminder")
def reminder(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, InvitationStatus.PENDING)


@composes("invitation_declined")
def declined(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, InvitationStatus.DECLINED, with_calendar=False)


def _while(
    context: dict[str, Any], locale: str, status: InvitationStatus, *, with_calendar: bool = True
) -> Letter | None:
    """The letter, as long as the invitation is still what it tells of and somebody can still come."""
    found = queries.invitation_for_mail(context["invitation_id"])
    if found is None or found.status is not status:
        return None
    event = found.event
    if event.status is not Status.PUBLISHED or closing_of(event) <= clock.now():
        return None
    calendar = _calendar(event, locale) if with_calendar and event.date_precision is DatePrecision.DAY else None
    return Letter(values=_values(found, event, locale), calendar=calendar)


def _values(invitation: Invitation, event: Event, locale: str) -> dict[str, Any]:
    has_exact_day = event.date_precision is DatePrecision.DAY
    return {
        "name": invitation.full_name,
        "role": invitation.role,
        "organisers": organiser_names(event.id) or _("the organiser"),
        "note": invitation.note or "",
        "event_title": event.title.wording(locale).text,
        "summary": event.summary.wording(locale).text,
        "when": when_line(event),
        "where": place_line(event),
        "online_url": "",  # told to those who have a place
        "event_url": f"{_config().public_url}/events/{event.slug}",
        "link": links.url(invitation),
        "closes": moment_words(closing_of(event), event) if has_exact_day else "",
        "contact": event.contact_email or "",
    }


def _calendar(event: Event, locale: str) -> bytes:
    """The entry to keep the day free: tentative, and without METHOD, so that no program answers for the invited."""
    entry = calendar_entry(event, locale, public_url=_config().public_url, with_link=False)
    tentative = replace(entry, status=EntryStatus.TENTATIVE)
    return join(calendar_head(tentative.summary, "", locale), zones_of(tentative), [vevent(tentative)])


def _config() -> Config:
    return current_app.config["FILO"]  # type: ignore[no-any-return]
