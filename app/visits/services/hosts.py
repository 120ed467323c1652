"""Asking hosts, taking what they say, reminding the silent, forgetting who they were."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.agenda import queries as agenda
from app.agenda import services
from app.agenda.inputs import HouseTerms
from app.agenda.models import Stop
from app.audit import services as audit
from app.events import queries as events
from app.events.models import Event
from app.events.services.access import hold_for_change
from app.invitations import queries as invitations
from app.kernel.date_words import local_day
from app.kernel.db import db, transactional
from app.mail.services import Letter, queue_all
from app.network.actors import Actor
from app.visits import queries
from app.visits.days import day_of
from app.visits.errors import DueOutOfRange, HostingOver, HostNotFound, NothingToTakeOver
from app.visits.inputs import AskInput, HostAnswer
from app.visits.models import HostRequest
from app.visits.rules import hosts as rules
from app.visits.rules.hosts import HostState

NOBODY = "nobody@erased.invalid"
BATCH = 200


@transactional
def ask(*, event_id: int, item_id: int, values: AskInput, actor: Actor, now: datetime) -> HostRequest:
    """Send the host of a stop a link, or send it once more; what was said before stays until it is said anew.

    Somebody else gets another link, and the former one opens nothing. Raises MayNotManage, ItemNotFound for what is
    no stop (or not on the agenda yet), HostingOver, DueOutOfRange, UnusableAddress.
    """
    event = hold_for_change(event_id, actor)
    row = agenda.stop_item(event_id, item_id)
    _check_takes_place(event, now)
    today, day = local_day(now, event.timezone), day_of(row)
    if values.due_on < today or (day and values.due_on > day):
        raise DueOutOfRange(field="due_on")
    request = queries.requests_of(event_id).get(item_id)
    if request is None:
        request = HostRequest(item_id=item_id, changed=[])
        db.session.add(request)
    elif request.email.casefold() != values.email.casefold():
        request.link_version += 1
    request.name, request.email, request.locale = values.name, values.email, values.locale
    request.due_on, request.asked_at, request.asked_by, request.reminded_at = (
        values.due_on,
        now,
        actor.account_id,
        None,
    )
    request.state = HostState.ASKED
    db.session.flush()
    _write(request, "host_request", now)
    audit.note("host_asked", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, item_id=item_id)
    return request


@transactional
def withdraw_link(*, event_id: int, item_id: int, actor: Actor, now: datetime) -> None:
    """Take the link back with everything that was asked by it; what holds for the stop stays there.

    Raises MayNotManage, HostNotFound.
    """
    event = hold_for_change(event_id, actor)
    db.session.delete(queries.request_of(event_id, item_id))
    audit.note("host_withdrawn", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, item_id=item_id)


@transactional
def answer(item_id: int, *, link_version: int, values: HostAnswer, now: datetime) -> HostState:
    """What a host says, by its link, as often as it likes until the visit is over; gives confirmed or changed.

    It holds at once, but a larger group than planned waits for the organiser. Raises HostNotFound for a link that was
    replaced meanwhile, HostingOver, NamesDueOutOfRange.
    """
    request = _opened(item_id, link_version, now)
    row = agenda.stop_item(request.item.event_id, item_id)
    stop = row.stop
    assert stop is not None  # noqa: S101 (stop_item finds nothing else)
    planned = terms_of(stop)
    names_due = values.names_due_on if values.needs_identity else None
    said = HouseTerms(
        gate=values.gate or None,
        group_limit=values.group_limit,
        protective_equipment=values.protective_equipment,
        needs_identity=values.needs_identity,
        identity_days_before=rules.days_before(day_of(row), names_due),
        photo_policy=values.photo_policy,
        needs_nondisclosure=values.needs_nondisclosure,
    )
    holds = rules.applied(planned, said)
    services.keep_house_terms(event_id=row.event_id, item_id=item_id, terms=holds, now=now)
    request.changed = list(rules.differences(planned, said))
    request.wished_limit = said.group_limit if holds.group_limit != said.group_limit else None
    request.safety, request.access, request.note = values.safety, values.access, values.note
    request.contact_name, request.contact_phone = values.contact_name, values.contact_phone
    request.shows_contact, request.names_due_on = values.shows_contact, names_due
    _note_answer(request, HostState.CHANGED if request.changed else HostState.CONFIRMED, now)
    return request.state


@transactional
def decline(item_id: int, *, link_version: int, note: str, now: datetime) -> None:
    """The host cannot have the group; the stop stays until the organiser decides. Raises as :func:`answer`."""
    request = _opened(item_id, link_version, now)
    request.note, request.changed, request.wished_limit = note, [], None
    _note_answer(request, HostState.DECLINED, now)


@transactional
def take_over_limit(*, event_id: int, item_id: int, actor: Actor, now: datetime) -> int:
    """Let the stop admit as many as its host would; gives how many. Raises MayNotManage, NothingToTakeOver."""
    hold_for_change(event_id, actor)
    request, row = queries.request_of(event_id, item_id), agenda.stop_item(event_id, item_id)
    if request.wished_limit is None or row.stop is None:
        raise NothingToTakeOver
    wished, terms = request.wished_limit, terms_of(row.stop)
    changed = HouseTerms(**{name: getattr(terms, name) for name in HouseTerms.__slots__} | {"group_limit": wished})
    services.keep_house_terms(event_id=event_id, item_id=item_id, terms=changed, now=now)
    request.wished_limit = None
    return wished


@transactional
def remind_silent(now: datetime) -> int:
    """Remind hosts who said nothing and whose deadline is near, once; gives how many."""
    today = now.date()
    found = queries.silent_hosts(
        today=today - timedelta(days=1), due_until=today + rules.REMIND_BEFORE + timedelta(days=1)
    )
    due = [request for request in found if _is_to_remind(request, now)]
    for request in due:
        request.reminded_at = now
        _write(request, "host_reminder", now)
    return len(due)


@transactional
def note_names_seen(item_id: int, *, now: datetime, people: int) -> None:
    """That a host read the names for its gate is on the record."""
    request = queries.request_for_mail(item_id)
    if request:
        audit.note(
            "visits.names_seen", subject=f"event:{request.item.event_id}", account_id=None, now=now, people=people
        )


@transactional
def forget(*, before: datetime) -> int:
    """Erase who was asked for events that ended before; what they said of their house stays. Gives how many."""
    found = queries.naming_hosts_of_events_over(before, NOBODY, BATCH)
    for request in found:
        request.name = request.contact_name = request.contact_phone = request.note = ""
        request.email, request.shows_contact = NOBODY, False
        request.link_version += 1
    return len(found)


def terms_of(stop: Stop) -> HouseTerms:
    """What is planned of a stop, as its host may change it."""
    return HouseTerms(
        **{name: getattr(stop, name) for name in HouseTerms.__slots__}
        | {"protective_equipment": tuple(stop.protective_equipment or ())}
    )


def is_over(event: Event, now: datetime) -> bool:
    """Whether a host's link only says thank you."""
    return event.ends_at <= now or event.status not in queries.TAKING_PLACE


def _check_takes_place(event: Event, now: datetime) -> None:
    if is_over(event, now):
        raise HostingOver


def _opened(item_id: int, link_version: int, now: datetime) -> HostRequest:
    known = queries.request_for_mail(item_id)
    event = events.lock_event(known.item.event_id if known else 0)
    request = queries.request_of(event.id, item_id)
    if request.link_version != link_version:
        raise HostNotFound(item_id=item_id)
    _check_takes_place(event, now)
    return request


def _note_answer(request: HostRequest, state: HostState, now: datetime) -> None:
    request.state, request.answered_at = state, now
    request.answered_sequence = request.item.sequence
    db.session.flush()
    queue_all(
        [
            Letter(
                name="host_answered",
                recipient=address,
                locale=locale,
                about=f"event:{request.item.event_id}",
                dedupe_key=f"host_answered:{request.public_id}:{now.isoformat()}:{address}",
                context={"item_id": request.item_id},
            )
            for address, locale in _organisers(request.item.event)
        ],
        now=now,
    )


def _is_to_remind(request: HostRequest, now: datetime) -> bool:
    zone = request.item.event.timezone
    return rules.is_to_remind(
        due_on=request.due_on, asked_on=local_day(request.asked_at, zone), today=local_day(now, zone)
    )


def _write(request: HostRequest, name: str, now: datetime) -> None:
    letter = Letter(
        name=name,
        recipient=request.email,
        locale=request.locale,
        about=f"event:{request.item.event_id}",
        dedupe_key=f"{name}:{request.public_id}:{now.isoformat()}",
        context={"item_id": request.item_id},
    )
    queue_all([letter], now=now)


def _organisers(event: Event) -> list[tuple[str, str]]:
    """Where the organisers read, each address once: the event's contact, else who manages the organisers."""
    organisers = invitations.organisers_of(event.id)
    managers = {
        address: locale or "en"
        for _id, person, account, locale in invitations.managers_of([one.id for one in organisers])
        if (address := account or person.email)
    }
    if event.contact_email:
        return [(event.contact_email, next(iter(managers.values()), "en"))]
    return list(managers.items())
