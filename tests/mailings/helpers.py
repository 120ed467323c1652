from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.events.models import Event
from app.jobs.worker import work_off
from app.kernel.db import db
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.rules import message_id
from app.mailings import queries, services, work
from app.mailings.models import Mailing
from app.mailings.rules import Audience, Owner
from app.mailings.services import MailingInput, Timing, TimingKind
from app.network.actors import SYSTEM, Actor
from app.network.rules import OrganisationType
from app.registration.models import Allotment, Registration
from app.registration.rules import Place
from tests.builders import NOW

NOW_TIMING = Timing(kind=TimingKind.NOW)


def make_registration(event: Event, name: str, place: Place = Place.CONFIRMED, **changes: Any) -> Registration:
    """Somebody who has or awaits a place, put there directly."""
    allotment = db.session.scalars(select(Allotment).where(Allotment.event_id == event.id)).first()
    assert allotment
    number = allotment.next_number
    allotment.next_number += 1
    email = changes.pop("email", f"{name}@company.example")
    values: dict[str, Any] = {
        "public_id": f"{event.id}-{name}",
        "allotment_id": allotment.id,
        "place": place,
        "number": number,
        "form_key": f"{event.id}-{name}",
        "form_digest": "",
        "given_name": name.capitalize(),
        "family_name": "Esempio",
        "email": email,
        "email_key": email.casefold(),
        "organisation": "Company Example",
        "org_type": OrganisationType.COMPANY,
        "country_code": "IT",
        "locale": "en",
        "privacy_accepted_at": NOW,
        "created_at": NOW,
        "placed_at": NOW,
    }
    registration = Registration(**values | changes)
    db.session.add(registration)
    db.session.commit()
    return registration


def text(body: str | Texts = "Dear {given_name}", **changes: Any) -> MailingInput:
    texts = Texts(en=body) if isinstance(body, str) else body
    values = {"subject": Texts(en="News of {event_title}"), "body": texts, "audience": Audience.CONFIRMED}
    return MailingInput(**values | changes)


def draft(slug: str, *, owner: Owner = Owner.EVENT, actor: Actor = SYSTEM, **changes: Any) -> int:
    return services.create(owner=owner, slug=slug, values=text(**changes), actor=actor, now=NOW)


def send(app: Flask, mailing_id: int, *, now: datetime = NOW, actor: Actor = SYSTEM) -> Mailing:
    """Send it now and let the worker do its work."""
    services.schedule(mailing_id, timing=NOW_TIMING, actor=actor, now=now)
    return work_on(app, mailing_id, now=now)


def work_on(app: Flask, mailing_id: int, *, now: datetime = NOW) -> Mailing:
    work.start_due(now)
    work_off(app, now=now)
    work.finish(now)
    return fresh(mailing_id)


def fresh(mailing_id: int) -> Mailing:
    db.session.expire_all()
    return queries.mailing(mailing_id)


def addresses(mailing_id: int) -> list[str]:
    """Whom mails were queued for."""
    found = db.session.scalars(select(Message.recipient).where(Message.about == f"mailing:{mailing_id}"))
    return sorted(found)


def mail_to(folder: Path, mailing_id: int, address: str) -> EmailMessage:
    file = folder / f"{message_id(f'mailing:{mailing_id}:{address}')}@filo.example.eml"
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part
    return str(part.get_content())
