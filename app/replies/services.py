"""What an answer from a calendar moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.events.models import Event
from app.events.rules import Status, takes_days
from app.invitations import queries as invitations
from app.kernel.db import insert_unless_there, transactional
from app.mail.services import Letter, queue_all
from app.registration import queries as registrations
from app.registration.models import Registration
from app.registration.services import leaving
from app.replies import queries, rules
from app.replies.models import CalendarReply
from app.replies.rules import Outcome, Reply, Standing

A_DAY = timedelta(days=1)


@transactional
def take(registration_id: int, reply: Reply, *, now: datetime) -> Outcome | None:
    """Note an answer whose address was genuine, and do what it says; None when it is known already.

    A no gives the place back by registration's own verb, and the next in the queue moves up. The seats are held
    first, so that an answer that comes twice at once is taken once. Raises RegistrationNotFound.
    """
    registrations.hold_seats(registrations.event_id_of(registration_id))
    (registration,) = queries.registrations([registration_id])
    answered = queries.answered(registration_id)
    if len(answered) >= rules.MOST_KEPT:
        return None
    standing = _standing(registration, answered)
    came_of_it = rules.outcome(reply, standing, now)
    is_new = insert_unless_there(
        CalendarReply,
        registration_id=registration_id,
        sequence=reply.sequence,
        written_at=reply.written_at,
        digest=reply.digest(),
        received_at=now,
        said=reply.said,
        outcome=came_of_it,
        attendee=reply.attendee,
        starts_at=reply.starts_at,
        ends_at=reply.ends_at,
        comment=reply.comment,
    )
    if not is_new:
        return None
    reply_id = queries.reply_with_digest(registration_id, reply.digest(), reply.written_at).id
    if came_of_it is Outcome.PASSED_ON:
        _tell_organisers(registration, reply_id, now)
    if rules.is_told(reply, came_of_it):
        _tell_person(registration, reply_id, now)
    if came_of_it is Outcome.WITHDRAWN:
        leaving.withdraw(registration_id, now=now)
    return came_of_it


@transactional
def forget(registration_id: int) -> None:
    """The place is somebody else's now, whose calendar has said nothing yet."""
    queries.delete_of_registration(registration_id)


@transactional
def forget_old(*, before: datetime) -> None:
    """Forget the answers about events that ended before."""
    queries.delete_of_events_over(before)


def _standing(registration: Registration, answered: Sequence[tuple[int, datetime, Outcome]]) -> Standing:
    event = registration.allotment.event
    sequence = event.sequence + registration.invitation_sequence
    own = [(one, at) for one, at, outcome in answered if outcome is not Outcome.OTHER_PERSON]
    return Standing(
        place=registration.place,
        email_key=registration.email_key,
        starts_at=event.starts_at,
        timezone=event.timezone,
        is_all_day=takes_days(event.starts_at, event.ends_at, event.timezone),
        takes_place=event.status is Status.PUBLISHED,
        sequence=sequence,
        changed_at=max(registration.placed_at, event.content_changed_at),
        known=rules.newest(own, sequence),
    )


def _tell_organisers(registration: Registration, reply_id: int, now: datetime) -> None:
    """A mail with the proposal, a few times a day; later ones stand on the page only."""
    if queries.count_passed_on(registration.id, now - A_DAY) > rules.PROPOSALS_A_DAY:
        return
    letters = [
        Letter(
            name="reply_proposal",
            recipient=address,
            locale=locale,
            about=f"registration:{registration.id}",
            dedupe_key=f"reply_proposal:{reply_id}:{address}",
            context={"reply_id": reply_id},
        )
        for address, locale in _organisers(registration.allotment.event)
    ]
    queue_all(letters, now=now)


def _organisers(event: Event) -> list[tuple[str, str]]:
    """Where the organisers read, each address once: the event's contact, else who manages the organisers."""
    organisers = invitations.organisers_of(event.id)
    managers = {
        address: locale or "en"
        for _, person, account, locale in invitations.managers_of([one.id for one in organisers])
        if (address := account or person.email)
    }
    if event.contact_email:
        return [(event.contact_email, next(iter(managers.values()), "en"))]
    return list(managers.items())


def _tell_person(registration: Registration, reply_id: int, now: datetime) -> None:
    letter = Letter(
        name="reply_not_followed",
        recipient=registration.email,
        locale=registration.locale,
        about=f"registration:{registration.id}",
        dedupe_key=f"reply_not_followed:{reply_id}",
        context={"reply_id": reply_id},
    )
    queue_all([letter], now=now)
