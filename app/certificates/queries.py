from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.certificates.errors import CertificateNotFound
from app.certificates.models import Certificate, CertificateRule
from app.certificates.rules import Attended, Period, RuleInput, gone_by, minutes_together
from app.events.models import Event
from app.kernel.dates import DatePrecision, zone
from app.kernel.db import db
from app.presence import queries as presence
from app.presence.models import CheckList
from app.presence.rules import ListKind
from app.registration import links
from app.registration.models import Allotment, AllotmentKind, Registration

NOT_COUNTED = (ItemKind.REGISTRATION, ItemKind.BREAK, ItemKind.MEAL, ItemKind.TRANSFER)


def attended(event_id: int, now: datetime) -> dict[int, Attended]:
    """At which parts of the event each registration was present, by its lists, and how long these took until ``now``.

    A meal is no part. Only days and parts of the agenda take time: a day takes what the agenda plans for it, without
    breaks, meals, journeys and the desk; without an agenda, from when the event starts to when it ends on the clocks
    of its zone, each day. What is planned for later does not count yet.
    """
    lists = {one.id: one for one in presence.lists_of(event_id) if one.kind is not ListKind.MEAL}
    event = db.session.get_one(Event, event_id)
    periods = _periods(event)
    here = now.astimezone(zone(event.timezone))
    day = (here.date() - event.starts_at.astimezone(zone(event.timezone)).date()).days + 1
    found = {}
    for person, present in presence.present_at(event_id).items():
        if parts := present & lists.keys():
            taken = chain.from_iterable(periods(lists[one]) for one in parts)
            over = gone_by(taken, day=day, minute=here.hour * 60 + here.minute)
            found[person] = Attended(parts=frozenset(parts), minutes=minutes_together(over))
    return found


def _periods(event: Event) -> Callable[[CheckList], Sequence[Period]]:
    """What tells how long a list takes."""
    by_item = {
        one.id: Period(day=one.day + 1, start=one.start_minute, end=one.end_minute)
        for one in db.session.execute(
            select(AgendaItem.id, AgendaItem.day, AgendaItem.start_minute, AgendaItem.end_minute).where(
                AgendaItem.event_id == event.id, AgendaItem.kind.not_in(NOT_COUNTED)
            )
        )
    }
    starts, ends = (at.astimezone(zone(event.timezone)) for at in (event.starts_at, event.ends_at))
    first, last = (at.hour * 60 + at.minute for at in (starts, ends))
    last += 24 * 60 if last <= first else 0
    by_day = {one.day: [each for each in by_item.values() if each.day == one.day] for one in by_item.values()}
    is_exact = event.date_precision is DatePrecision.DAY

    def periods(one: CheckList) -> Sequence[Period]:
        if one.kind is ListKind.ITEM:
            return [by_item[one.agenda_item_id]] if one.agenda_item_id in by_item else []
        if one.kind is not ListKind.DAY:
            return []
        whole = [Period(day=one.day, start=first, end=last)] if is_exact and not by_item else []
        return by_day.get(one.day, whole)

    return periods


def rule_of(event_id: int) -> RuleInput:
    """What the event asks and says; the plain rule where its organiser decided nothing."""
    row = db.session.get(CertificateRule, event_id)
    if row is None:
        return RuleInput()
    return RuleInput(**{name: getattr(row, name) for name in RuleInput.__slots__})


def rule_row(event_id: int) -> CertificateRule | None:
    return db.session.get(CertificateRule, event_id)


def current(registration_id: int) -> Certificate | None:
    """The one that counts, if any was issued; it may be revoked."""
    return db.session.scalar(
        select(Certificate).where(Certificate.registration_id == registration_id, Certificate.replaced_at.is_(None))
    )


def of_event(event_id: int) -> Sequence[Certificate]:
    """Those that count, with their registrations, in the order of names."""
    return db.session.scalars(
        select(Certificate)
        .join(Registration, Registration.id == Certificate.registration_id)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(Allotment.event_id == event_id, Certificate.replaced_at.is_(None))
        .options(joinedload(Certificate.registration))
        .order_by(Registration.family_name, Registration.given_name, Certificate.id)
    ).all()


def one_of_event(event_id: int, certificate_id: int) -> Certificate:
    """One that counts, read anew, with its registration; raises CertificateNotFound."""
    found = db.session.scalar(
        select(Certificate)
        .join(Registration, Registration.id == Certificate.registration_id)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(Allotment.event_id == event_id, Certificate.id == certificate_id, Certificate.replaced_at.is_(None))
        .options(joinedload(Certificate.registration)),
        execution_options={"populate_existing": True},
    )
    if found is None:
        raise CertificateNotFound(certificate=certificate_id)
    return found


def with_code(code: str) -> Certificate:
    """Raises CertificateNotFound."""
    found = db.session.scalar(select(Certificate).where(Certificate.code == code))
    if found is None:
        raise CertificateNotFound
    return found


def successor_of(certificate_id: int) -> str | None:
    """The code of the certificate that replaced this one."""
    return db.session.scalar(select(Certificate.code).where(Certificate.replaces_id == certificate_id))


def people(event_id: int, registration_ids: Collection[int]) -> Sequence[Registration]:
    """Those of the event with these ids, in the order of names."""
    return db.session.scalars(
        select(Registration)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(
            Allotment.event_id == event_id,
            Allotment.kind == AllotmentKind.EVENT,
            Registration.id.in_(registration_ids),
        )
        .order_by(Registration.family_name, Registration.given_name, Registration.id)
    ).all()


def holders(registration_ids: Collection[int]) -> set[int]:
    """Those of the registrations that have a certificate already, a revoked one too."""
    return set(
        db.session.scalars(
            select(Certificate.registration_id).where(
                Certificate.registration_id.in_(registration_ids), Certificate.replaced_at.is_(None)
            )
        )
    )


def automatic_events(*, ended_after: datetime, ended_before: datetime) -> list[int]:
    """Events over since a while whose organiser wants certificates issued by themselves."""
    return list(
        db.session.scalars(
            select(Event.id)
            .join(CertificateRule, CertificateRule.event_id == Event.id)
            .where(CertificateRule.is_automatic, Event.ends_at > ended_after, Event.ends_at <= ended_before)
            .order_by(Event.id)
        )
    )


def certificate_url(registration_id: int) -> str:
    """The whole address of somebody's certificate, for mails; empty where there is none that is valid."""
    found = db.session.scalar(
        select(Registration)
        .join(Certificate, Certificate.registration_id == Registration.id)
        .where(
            Registration.id == registration_id,
            Certificate.replaced_at.is_(None),
            Certificate.revoked_at.is_(None),
        )
    )
    return f"{links.url(found)}/certificate.pdf" if found else ""
