from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.agenda import queries as agenda
from app.agenda.models import AgendaItem
from app.agenda.reading import span_of
from app.agenda.rules import AgendaRole
from app.events import queries as events
from app.events.models import Event, EventPerson
from app.events.rules import PersonRole, Status
from app.files.models import StoredFile
from app.invitations import queries as invitations
from app.kernel.dates import NoSuchTime
from app.kernel.db import db
from app.materials.models import Material
from app.network.models import Organisation, Person
from app.registration.models import Allotment, Registration
from app.registration.rules import Place
from app.speakers.errors import SlidesNotFound, SpeakerNotFound
from app.speakers.models import Speaker, SpeakerAnswer, SpeakerSettings, SpeakerSlides
from app.speakers.rules import (
    ASKED_ROLES,
    Slot,
    SpeakerReply,
    SpeakerStanding,
    is_former,
    part_key,
    standing_of_part,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPart:
    """One role of a person, at an item of the agenda or at the event itself."""

    key: str
    person: Person
    role: AgendaRole | PersonRole
    organisation: Organisation | None
    item: AgendaItem | None
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Who is signed up, in numbers: people with a place by type of organisation and by country."""

    people: int
    capacity: int | None
    by_type: dict[Any, int]
    by_country: dict[str, int]


def parts_at(event: Event) -> list[HeldPart]:
    """Every part that is asked for, in the order of the agenda; those at the event itself first. Four queries."""
    rows = db.session.scalars(
        select(EventPerson)
        .where(EventPerson.event_id == event.id, EventPerson.role.in_(ASKED_ROLES))
        .options(joinedload(EventPerson.person), joinedload(EventPerson.organisation))
        .order_by(EventPerson.id)
    )
    found = [
        HeldPart(
            key=part_key(row.role),
            person=row.person,
            role=row.role,
            organisation=row.organisation,
            item=None,
            slot=slot_of(event),
        )
        for row in rows
    ]
    for item in agenda.items(event.id):
        slot = slot_of(event, item)
        found += [
            HeldPart(
                key=part_key(part.role, item.id),
                person=part.person,
                role=part.role,
                organisation=part.organisation,
                item=item,
                slot=slot,
            )
            for part in item.persons
        ]
    return found


def slot_of(event: Event, item: AgendaItem | None = None) -> Slot:
    """When and where an item is, or the whole event."""
    if item is None:
        starts_at, ends_at = _event_instants(event)
        return Slot(starts_at=starts_at, ends_at=ends_at, place=_house(event, None))
    starts_at, ends_at = _item_instants(event, item)
    room = item.room.name if item.room else ""
    return Slot(
        starts_at=starts_at, ends_at=ends_at, place=", ".join(one for one in (room, _house(event, item)) if one)
    )


def _event_instants(event: Event) -> tuple[datetime | None, datetime | None]:
    span = span_of(event)
    return span.starts_at, span.ends_at


def _item_instants(event: Event, item: AgendaItem) -> tuple[datetime | None, datetime | None]:
    span = span_of(event)
    if span.first_day is None:
        return None, None
    try:
        return (
            span.instant(item.day, item.start_minute, item.timezone),
            span.instant(item.day, item.end_minute, item.timezone),
        )
    except NoSuchTime:
        return None, None


def _house(event: Event, item: AgendaItem | None) -> str:
    """The venue by a name that is the same in every language: it is compared with what was accepted."""
    venue = event.venue
    if item is not None and item.stop is not None:
        venue = item.stop.venue or venue
    elif item is not None and item.room is not None:
        venue = item.room.venue
    return f"{venue.name.wording('en').text}, {venue.city}"[:250] if venue else ""


def _whole() -> tuple[ORMOption, ...]:
    return (
        joinedload(Speaker.person),
        joinedload(Speaker.photo),
        selectinload(Speaker.answers),
        selectinload(Speaker.absences),
        selectinload(Speaker.slides).joinedload(SpeakerSlides.material).joinedload(Material.file),
    )


def speakers(event_id: int) -> dict[int, Speaker]:
    """Everybody who was asked at an event, by person, with what was answered and sent: four queries."""
    rows = db.session.scalars(select(Speaker).where(Speaker.event_id == event_id).options(*_whole()))
    return {row.person_id: row for row in rows}


def addresses_at(event_id: int) -> dict[int, tuple[str, str]]:
    """By person, how those with a good link are written to: the address and the language of the letters."""
    query = select(Speaker.person_id, Speaker.email, Speaker.locale)
    rows = db.session.execute(query.where(Speaker.event_id == event_id, Speaker.revoked_at.is_(None)))
    return {row.person_id: (row.email, row.locale) for row in rows}


def speaker_with_public_id(public_id: str) -> Speaker:
    """Raises SpeakerNotFound; the event comes with everything that pages show of it."""
    found = db.session.scalar(select(Speaker).where(Speaker.public_id == public_id).options(*_whole()))
    if found is None:
        raise SpeakerNotFound(public_id=public_id)
    return found


def speaker_of_person(event_id: int, person_id: int) -> Speaker | None:
    return db.session.scalar(
        select(Speaker).where(Speaker.event_id == event_id, Speaker.person_id == person_id).options(*_whole())
    )


def speaker_for_mail(speaker_id: int) -> Speaker | None:
    return db.session.scalar(select(Speaker).where(Speaker.id == speaker_id).options(*_whole()))


def event_of_speaker(speaker: Speaker) -> Event:
    """The event with its venue, languages, organisations and persons."""
    return events.whole_event(speaker.event_id)


def hold(speaker_id: int, *, link_version: int) -> Speaker:
    """The row, locked, as long as the link that opened it is still good; raises SpeakerNotFound."""
    row = db.session.scalar(
        select(Speaker).where(Speaker.id == speaker_id).with_for_update().execution_options(populate_existing=True)
    )
    if row is None or row.link_version != link_version or row.revoked_at is not None:
        raise SpeakerNotFound
    return row


def settings_of(event_id: int) -> SpeakerSettings | None:
    return db.session.get(SpeakerSettings, event_id)


def settings_with_deadline(now: datetime) -> Sequence[SpeakerSettings]:
    """Of the events that remind by themselves and whose deadline is to come."""
    return db.session.scalars(
        select(SpeakerSettings).where(SpeakerSettings.remind_days_before.is_not(None), SpeakerSettings.answer_by > now)
    ).all()


def answers_by_part(speaker: Speaker | None) -> dict[str, SpeakerAnswer]:
    return {one.part: one for one in speaker.answers} if speaker else {}


def answers_about(item_id: int) -> Sequence[SpeakerAnswer]:
    return db.session.scalars(select(SpeakerAnswer).where(SpeakerAnswer.item_id == item_id)).all()


def answers_laid_by(event_id: int, prefix: str) -> Sequence[SpeakerAnswer]:
    """What was answered at an event about an item that was not on its agenda since."""
    query = select(SpeakerAnswer).join(Speaker, Speaker.id == SpeakerAnswer.speaker_id)
    return db.session.scalars(
        query.where(Speaker.event_id == event_id, SpeakerAnswer.part.startswith(prefix, autoescape=True))
    ).all()


def accepts_something(speaker: Speaker) -> bool:
    """Whether a part of theirs that stands is accepted."""
    return any(one.answer is SpeakerReply.ACCEPTED and not is_former(one.part) for one in speaker.answers)


def standing(part: HeldPart, speaker: Speaker | None) -> SpeakerStanding:
    """Where one part stands."""
    found = answers_by_part(speaker).get(part.key)
    return standing_of_part(
        found.answer if found else None,
        accepted=found.slot if found else None,
        now=part.slot,
        was_asked=bool(speaker and speaker.asked_at),
    )


def accepted_all(parts: Collection[HeldPart], speaker: Speaker | None) -> bool:
    answers = answers_by_part(speaker)
    return all(part.key in answers and answers[part.key].answer is SpeakerReply.ACCEPTED for part in parts)


def clashes(parts: Collection[HeldPart], speaker: Speaker | None) -> list[HeldPart]:
    """The parts at a moment when the person said to be elsewhere; what is declined clashes with nothing."""
    if speaker is None:
        return []
    return [
        part
        for part in parts
        if part.item is not None
        and standing(part, speaker) is not SpeakerStanding.DECLINED
        and any(part.slot.meets(one.starts_at, one.ends_at) for one in speaker.absences)
    ]


def slides_of(speaker_id: int, material_id: int) -> SpeakerSlides:
    """What this person sent; raises SlidesNotFound for everything else."""
    query = select(SpeakerSlides).where(
        SpeakerSlides.speaker_id == speaker_id, SpeakerSlides.material_id == material_id
    )
    found = db.session.scalar(query)
    if found is None:
        raise SlidesNotFound(material_id=material_id)
    return found


def count_slides(speaker_id: int) -> int:
    query = select(func.count()).select_from(SpeakerSlides).where(SpeakerSlides.speaker_id == speaker_id)
    return db.session.scalar(query) or 0


def crowd(event_id: int) -> Crowd:
    """How many have a place, from where: numbers only. Companions count as people of the one they come with."""
    rows = db.session.execute(
        select(Registration.org_type, Registration.country_code, func.sum(Registration.seats).label("people"))
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(Allotment.event_id == event_id, Registration.place == Place.CONFIRMED)
        .group_by(Registration.org_type, Registration.country_code)
    ).all()
    by_type: Counter[Any] = Counter()
    by_country: Counter[str] = Counter()
    for row in rows:
        by_type[row.org_type] += row.people
        by_country[row.country_code] += row.people
    capacity = db.session.scalar(
        select(Allotment.capacity).where(Allotment.event_id == event_id).order_by(Allotment.id).limit(1)
    )
    return Crowd(
        people=sum(by_type.values()),
        capacity=capacity,
        by_type=dict(by_type.most_common()),
        by_country=dict(by_country.most_common()),
    )


def shown_publicly(event_id: int) -> Sequence[Speaker]:
    """Those who agreed that biography and photo are shown, with something to show, and do not decline all."""
    return [
        row
        for row in db.session.scalars(
            select(Speaker)
            .where(Speaker.event_id == event_id, Speaker.consent_at.is_not(None))
            .options(joinedload(Speaker.person), joinedload(Speaker.photo), selectinload(Speaker.answers))
            .order_by(Speaker.id)
        )
        if (row.bio or row.photo_id) and accepts_something(row)
    ]


def shown_in_items(item_ids: Collection[int]) -> Sequence[Any]:
    """``item_id, public_id, slug, given_name, family_name`` of those who agreed, at the items they accepted."""
    query = (
        select(
            SpeakerAnswer.item_id,
            Speaker.public_id,
            Speaker.bio,
            Speaker.photo_id,
            Event.slug,
            Person.given_name,
            Person.family_name,
        )
        .join(Speaker, Speaker.id == SpeakerAnswer.speaker_id)
        .join(Event, Event.id == Speaker.event_id)
        .join(Person, Person.id == Speaker.person_id)
        .where(
            SpeakerAnswer.item_id.in_(item_ids),
            SpeakerAnswer.answer == SpeakerReply.ACCEPTED,
            Speaker.consent_at.is_not(None),
        )
        .order_by(SpeakerAnswer.id)
    )
    return [row for row in db.session.execute(query) if row.bio or row.photo_id]


def public_photo(photo_id: str) -> Speaker | None:
    """Whose photo this is, if it may be shown to everybody."""
    return db.session.scalar(
        select(Speaker)
        .join(StoredFile, StoredFile.id == Speaker.photo_id)
        .where(StoredFile.public_id == photo_id, Speaker.consent_at.is_not(None))
        .options(joinedload(Speaker.photo), joinedload(Speaker.event), selectinload(Speaker.answers))
    )


def with_needs_of_events_over_before(before: datetime, limit: int) -> Sequence[Speaker]:
    """Those who still have travel, diet, access or absences kept though their event ended before."""
    return db.session.scalars(
        select(Speaker)
        .join(Event, Event.id == Speaker.event_id)
        .where(Event.ends_at < before, Speaker.needs_erased_at.is_(None))
        .options(selectinload(Speaker.absences))
        .order_by(Speaker.id)
        .limit(limit)
    ).all()


def organisers_to_tell(event: Event) -> list[tuple[str, str]]:
    """``(address, language)``, each once: the event's contact, else those who manage its organisers."""
    managers = {
        address: locale or "en"
        for _, person, account, locale in invitations.managers_of(
            [one.id for one in invitations.organisers_of(event.id)]
        )
        if (address := account or person.email)
    }
    if event.contact_email:
        return [(event.contact_email, next(iter(managers.values()), "en"))]
    return list(managers.items())


def coming_events(ids: Collection[int], now: datetime) -> Sequence[Event]:
    """Those of some events that are neither over nor called off."""
    return db.session.scalars(
        select(Event).where(
            Event.id.in_(ids),
            Event.ends_at > now,
            Event.status.in_({Status.DRAFT, Status.PUBLISHED, Status.POSTPONED}),
        )
    ).all()
