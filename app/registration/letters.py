"""What the mails about registrations say; worded when they are sent, from what is true then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import current_app

from app.calendars import invitations
from app.calendars.entries import CalendarEntry, EntryStatus
from app.events.calendar_entry import calendar_entry, location_line
from app.events.models import Event
from app.events.presenters import place_line
from app.events.rules import Format, Status
from app.kernel import clock
from app.kernel.dates import DatePrecision
from app.mail.composing import Letter, composes
from app.mail.rules import address_key
from app.printing import check_in_picture
from app.questions import queries as questions
from app.questions.rules import is_open
from app.registration import links, queries, reply_addresses
from app.registration.models import Registration, RegistrationChange
from app.registration.presenters import facts_of, follow_ups_of, moment_words, own_tables
from app.registration.queries import managing
from app.registration.rules import LIVE, FormState, Place, Verb
from config import Config


@composes("registration_confirmed")
def confirmed(context: dict[str, Any], locale: str) -> Letter | None:
    return _with_code(_while(context, locale, Place.CONFIRMED), context)


@composes("registration_promoted")
def promoted(context: dict[str, Any], locale: str) -> Letter | None:
    return _with_code(_while(context, locale, Place.CONFIRMED), context)


@composes("registration_waitlisted")
def waitlisted(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, Place.WAITLISTED)


@composes("registration_unverified")
def unverified(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, Place.UNVERIFIED, with_calendar=False)


@composes("registration_pending")
def pending(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, Place.PENDING, with_calendar=False)


@composes("registration_rejected")
def rejected(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, Place.REJECTED, with_calendar=False)


@composes("registration_offered")
def offered(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, Place.OFFERED)


@composes("registration_offer_expired")
def offer_expired(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, Place.OFFER_EXPIRED)


@composes("registration_withdrawn")
def withdrawn(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, Place.WITHDRAWN)


@composes("registration_removed")
def removed(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, Place.CANCELLED_BY_ORGANISER)


@composes("registration_known")
def known(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, *LIVE, with_calendar=False)


@composes("registration_items_changed")
def items_changed(context: dict[str, Any], locale: str) -> Letter | None:
    """``why``: a place was given to who had waited, or a part of the agenda moved or was removed (its ``title``)."""
    letter = _while(context, locale, *LIVE, statuses={Status.PUBLISHED}, with_calendar=False)
    removed = context.get("title", "")
    if letter is None or not (removed or letter.values["tables"]):
        return None
    return replace(letter, values={**letter.values, "why": context["why"], "removed": removed})


@composes("registration_form_reminder")
def form_reminder(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as the form can be answered, and was not."""
    letter = _while(context, locale, Place.CONFIRMED, statuses={Status.PUBLISHED}, with_calendar=False)
    registration = queries.registration_for_mail(context["registration_id"])
    if letter is None or registration is None or queries.has_answered(registration.id, context["form_id"]):
        return None
    form = questions.form(registration.allotment.event_id, context["form_id"])
    if form.closes_at is None or not is_open(form.opens_at, form.closes_at, clock.now()):
        return None
    return Letter(
        values={
            **letter.values,
            "form_title": form.title.wording(locale).text,
            "form_link": f"{letter.values['link']}/forms/{form.id}",
            "deadline": moment_words(form.closes_at, registration.allotment.event),
        }
    )


@composes("registration_handed_over")
def handed_over(context: dict[str, Any], locale: str) -> Letter | None:
    """For whoever handed a place over, or was replaced by the delegation: the entry goes out of that calendar."""
    registration = queries.registration_for_mail(context["registration_id"])
    if registration is None:
        return None
    event = registration.allotment.event
    values = _values(registration, event, locale)
    heir = values["full_name"]
    calendar = None
    if event.date_precision is DatePrecision.DAY:
        entry = calendar_entry(event, locale, public_url=_config().public_url)
        entry = replace(entry, sequence=entry.sequence + context["invitation_sequence"])
        organizer = _organizer(event, registration.id, address_key(context["email"]))
        calendar = invitations.cancel(entry, organizer, "Filò", context["email"], context["former_name"])
    del values["link"], values["verify_link"], values["online_url"]  # no longer this person's
    by = context.get("replaced_by")
    replaced_by = managing.organisation_names([by]).get(by, "") if by else ""
    former = {"full_name": context["former_name"], "heir": heir, "online_url": "", "replaced_by": replaced_by}
    return Letter(
        values={**values, **former},
        calendar=calendar,
        method="CANCEL" if calendar else None,
    )


@composes("event_changed")
def changed(context: dict[str, Any], locale: str) -> Letter | None:
    """With the whole address, which may be all that changed."""
    letter = _while(context, locale, *LIVE, statuses={Status.PUBLISHED})
    registration = queries.registration_for_mail(context["registration_id"])
    if letter is None or registration is None:
        return None
    event = registration.allotment.event
    there = None if event.format is Format.ONLINE else event.venue
    return replace(letter, values={**letter.values, "address": location_line(there, locale) if there else ""})


@composes("event_postponed")
def postponed(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, *LIVE, statuses={Status.POSTPONED})


@composes("event_called_off")
def called_off(context: dict[str, Any], locale: str) -> Letter | None:
    return _while(context, locale, *LIVE, statuses={Status.CALLED_OFF})


def _while(
    context: dict[str, Any],
    locale: str,
    *places: Place,
    statuses: set[Status] | None = None,
    with_calendar: bool = True,
) -> Letter | None:
    """The letter, as long as the place (and the event's status) is still the one that it tells of."""
    registration = queries.registration_for_mail(context["registration_id"])
    if registration is None or registration.place not in places:
        return None
    event = registration.allotment.event
    if statuses and event.status not in statuses:
        return None
    if context.get("sequence", event.sequence) < event.sequence:
        return None  # a letter about a later change follows
    calendar, method = _calendar_part(registration, event, locale) if with_calendar else (None, None)
    return Letter(values=_values(registration, event, locale), calendar=calendar, method=method)


def _with_code(letter: Letter | None, context: dict[str, Any]) -> Letter | None:
    """The same with the code that is read at the door, where there is a door."""
    registration = queries.registration_for_mail(context["registration_id"])
    if letter is None or registration is None or registration.allotment.event.format is Format.ONLINE:
        return letter
    content_id = f"check-in@{_config().uid_domain}"
    picture = check_in_picture(registration.public_id)
    return replace(letter, values={**letter.values, "check_in_code": content_id}, pictures={content_id: picture})


def _values(registration: Registration, event: Event, locale: str) -> dict[str, Any]:
    waits = registration.place is Place.WAITLISTED
    changes = queries.history(registration.id)
    facts = facts_of(event)
    policy = queries.policy_of(event.id)
    return {
        "given_name": registration.given_name,
        "full_name": f"{registration.given_name} {registration.family_name}",
        "event_title": event.title.wording(locale).text,
        "when": f"{facts.when} ({facts.when.zone})" if facts.when.zone else str(facts.when),
        "where": place_line(event),
        "event_url": f"{_config().public_url}/events/{event.slug}",
        "link": links.url(registration),
        "calendars": f"{_config().public_url}/calendars",
        "verify_link": links.proof_url(registration),
        "offer_until": moment_words(registration.offer_expires_at, event) if registration.offer_expires_at else "",
        "is_asked_first": policy.offer_hours is not None,
        "tables": _tables(registration, event, locale),
        "forms": _forms(registration, event, locale),
        "companions": registration.seats - 1,
        "rejection": policy.rejection_text.wording(locale).text,
        "place": registration.place,
        "position": queries.queue_position(registration) if waits else None,
        "reason": event.status_reason if event.status is not Status.PUBLISHED else changes[-1].reason,
        "contact": event.contact_email or "",
        "was_handed_over": bool(changes) and changes[-1].verb is Verb.HAND_OVER,
        "check_in_code": "",
        **_sender(registration, event, changes),
        "online_url": (event.online_url or "") if registration.place is Place.CONFIRMED else "",
    }


def _sender(registration: Registration, event: Event, changes: Sequence[RegistrationChange]) -> dict[str, str]:
    """Who registered the person, the privacy notice and the way out, where he or she did not do it (nor a colleague).

    Until the address proved itself the way out is to do nothing.
    """
    sent_by = registration.delegation_id
    if sent_by is None or any(one.verb is Verb.HAND_OVER for one in changes):
        return {"sender": "", "privacy_link": "", "leave_link": ""}
    return {
        "sender": managing.organisation_names([sent_by])[sent_by],
        "privacy_link": f"{_config().public_url}/events/{event.slug}/privacy",
        "leave_link": "" if registration.place is Place.UNVERIFIED else f"{links.url(registration)}#leave",
    }


def _tables(registration: Registration, event: Event, locale: str) -> list[str]:
    """A line for each part of the agenda that the person chose: what, when, where, and whether there is a place."""
    return [
        " · ".join(part for part in (one.title.wording(locale).text, one.when, one.room, one.standing_words) if part)
        for one in own_tables(event, registration.id)
        if one.standing
    ]


def _forms(registration: Registration, event: Event, locale: str) -> list[dict[str, str]]:
    """The forms that wait for the person's answers."""
    if registration.place is not Place.CONFIRMED:
        return []
    return [
        {
            "title": one.form.title.wording(locale).text,
            "link": f"{links.url(registration)}/forms/{one.form.id}",
            "until": one.until,
        }
        for one in follow_ups_of(registration, event, clock.now())
        if one.state is FormState.TO_DO
    ]


def _calendar_part(registration: Registration, event: Event, locale: str) -> tuple[bytes | None, str | None]:
    """The entry for this one person's calendar; nothing where the event has no exact day."""
    if event.date_precision is not DatePrecision.DAY:
        return None, None
    entry = calendar_entry(event, locale, public_url=_config().public_url)
    entry = replace(entry, sequence=entry.sequence + registration.invitation_sequence)
    organizer = _organizer(event, registration.id, registration.email_key)
    people = (organizer, "Filò", registration.email, f"{registration.given_name} {registration.family_name}")
    if registration.place not in LIVE or entry.is_cancelled:
        return invitations.cancel(entry, *people), "CANCEL"
    if registration.place is not Place.CONFIRMED:
        tentative: CalendarEntry = replace(entry, status=EntryStatus.TENTATIVE)
        return invitations.request(tentative, *people, accepted=False), "REQUEST"
    return invitations.request(entry, *people, answers_are_read=bool(_config().reply_address)), "REQUEST"


def _organizer(event: Event, registration_id: int, email_key: str) -> str:
    """A mailbox that is read: by Filò where it reads replies, else by the event's contact or the installation's."""
    if base := _config().reply_address:
        return reply_addresses.reply_address(base, registration_id, email_key, _config().secret_key)
    return event.contact_email or _config().mail_from.rpartition("<")[2].rstrip(">")


def _config() -> Config:
    return current_app.config["FILO"]  # type: ignore[no-any-return]
