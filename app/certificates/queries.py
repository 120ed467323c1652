from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.certificates.errors import CertificateNotFound
from app.certificates.models import Certificate, CertificateRule
from app.certificates.rules import RuleInput
from app.events.models import Event
from app.kernel.db import db
from app.presence import queries as presence
from app.presence.rules import ListKind
from app.registration import links
from app.registration.models import Allotment, AllotmentKind, Registration


def present_at(event_id: int) -> dict[int, frozenset[int]]:
    """At which parts of the event each registration was present, by its lists; a meal is none."""
    meals = {one.id for one in presence.lists_of(event_id) if one.kind is ListKind.MEAL}
    found = {person: parts - meals for person, parts in presence.present_at(event_id).items()}
    return {person: parts for person, parts in found.items() if parts}


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
