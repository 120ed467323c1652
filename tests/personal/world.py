"""People with places, duties and calendars."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import icalendar
from flask import Flask
from flask.testing import FlaskClient

from app.jobs.worker import work_off
from app.kernel.db import db
from app.kernel.ids import opaque_id
from app.network.rules import OrganisationType
from app.personal.rules import Part
from app.personal.services import Opened, Wanted, make_calendar, refresh
from app.registration.models import Allotment, AllotmentKind, Registration
from app.registration.rules import Place
from tests.builders import NOW

ADA = "ada@filo.example"


def register(event_id: int, place: Place = Place.CONFIRMED, email: str = ADA, **changes: Any) -> Registration:
    """A row as the verbs of registration leave it."""
    allotment = db.session.query(Allotment).filter_by(event_id=event_id, kind=AllotmentKind.EVENT).one()
    number = db.session.query(Registration).filter_by(allotment_id=allotment.id).count() + 1
    values: dict[str, Any] = {
        "public_id": opaque_id(),
        "allotment_id": allotment.id,
        "place": place,
        "number": number,
        "form_key": opaque_id(),
        "form_digest": "0" * 64,
        "given_name": "Ada",
        "family_name": "Esempio",
        "email": email,
        "email_key": email.casefold(),
        "organisation": "Cluster Example",
        "org_type": OrganisationType.CLUSTER_ORGANISATION,
        "country_code": "IT",
        "locale": "en",
        "privacy_accepted_at": NOW,
        "created_at": NOW,
        "placed_at": NOW,
    }
    row = Registration(**values | changes)
    db.session.add(row)
    db.session.commit()
    return row


def calendar_of(email: str = ADA, *, now: datetime = NOW, **changes: Any) -> Opened:
    values: dict[str, Any] = {"label": "Phone", "language": "en", "timezone": "Europe/Rome", "parts": frozenset(Part)}
    return make_calendar(email=email, wanted=Wanted(**values | changes), now=now)


def fetch(client: FlaskClient, opened: Opened, **headers: str) -> Any:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(f"/calendars/{opened.secret}.ics", headers=given)


def shown(client: FlaskClient, opened: Opened) -> dict[str, icalendar.Event]:
    """The entries of a calendar by their uid."""
    answer = fetch(client, opened)
    assert answer.status_code == 200
    return {str(one["UID"]): one for one in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")}


def look_again(opened: Opened, now: datetime = NOW) -> bool:
    return refresh(opened.token_id, now=now)


def let_work(app: Flask) -> None:
    work_off(app, now=NOW + timedelta(minutes=1))
