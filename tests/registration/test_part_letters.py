"""Those who speak or lead are told when what they have a part in moves, registered or not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda import services as agenda
from app.agenda.models import AgendaItem, AgendaPerson
from app.agenda.rules import AgendaRole
from app.events import services as events
from app.events.models import Event, EventPerson
from app.events.rules import PersonRole, Status
from app.jobs.worker import work_off
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM
from app.network.models import Person
from tests.approving import check_approved
from tests.builders import NOW, make_event, make_person
from tests.registration.asking import table
from tests.registration.helpers import join

STARTS = datetime(2099, 3, 11, 8, 30, tzinfo=UTC)


@pytest.fixture
def event(database: Session) -> Event:
    return make_event("Workshop", starts_at=STARTS, contact_email="office@filo.example")


@pytest.fixture
def speaker() -> Person:
    return make_person("Heiko", "Esempio", email="heiko@else.example")


def speaks_at(event: Event, speaker: Person) -> AgendaItem:
    item = db.session.get_one(AgendaItem, table(event, "Lab"))
    item.persons.append(AgendaPerson(person_id=speaker.id, role=AgendaRole.SPEAKER))
    db.session.commit()
    return item


def has_part(event: Event, person: Person) -> None:
    db.session.add(EventPerson(event_id=event.id, person_id=person.id, role=PersonRole.MODERATOR))
    db.session.commit()


def told(app: Flask) -> list[Message]:
    for _ in range(2):
        work_off(app, now=NOW + timedelta(minutes=1))
    return list(db.session.scalars(select(Message).where(Message.name == "part_changed").order_by(Message.id)))


def test_a_speaker_whose_item_moved_is_told_once(app: Flask, event: Event, speaker: Person) -> None:
    item = speaks_at(event, speaker)
    agenda.move_all(event_id=event.id, day=0, from_minute=item.start_minute, minutes=30, actor=SYSTEM, now=NOW)
    (mail,) = told(app)
    assert mail.recipient == "heiko@else.example"
    worded = _word(mail, "http://filo.example")
    assert worded
    assert worded.subject == "Your part has another time or room: Workshop"
    assert "- Lab · 10:30–11:30" in worded.text
    assert "Tell the organiser at once if you cannot." in worded.text
    assert "office@filo.example" in worded.text


def test_a_speaker_whose_item_was_removed_is_told(app: Flask, event: Event, speaker: Person) -> None:
    item = speaks_at(event, speaker)
    agenda.remove_item(event_id=event.id, item_id=item.id, actor=SYSTEM, now=NOW)
    (mail,) = told(app)
    worded = _word(mail, "http://filo.example")
    assert worded
    assert worded.subject == "Does not take place: Lab"


def test_who_has_a_part_hears_that_the_event_is_called_off_and_who_is_registered_too_hears_it_once(
    app: Flask, event: Event, speaker: Person
) -> None:
    speaks_at(event, speaker)
    has_part(event, speaker)
    has_part(event, make_person("Ada", "Esempio", email="Ada@company.example"))
    join(event.id, "ada")
    events.call_off(event.id, reason="Snow on the pass.", actor=SYSTEM, now=NOW)
    (mail,) = told(app)
    assert (mail.recipient, mail.context["why"]) == ("heiko@else.example", "called_off")
    worded = _word(mail, "http://filo.example")
    assert worded
    assert "You need not come." in worded.text
    assert "Reason: Snow on the pass." in worded.text
    others = db.session.scalars(select(Message.recipient).where(Message.name == "event_called_off")).all()
    assert others == ["ada@company.example"]


WHYS: dict[str, dict[str, Any]] = {
    "moved": {},
    "postponed": {},
    "called_off": {},
    "item_moved": {"item_ids": True},
    "item_removed": {"title": "Lab"},
}


@pytest.mark.parametrize("why", WHYS)
def test_mails_about_a_part_say_what_was_approved(app: Flask, event: Event, speaker: Person, why: str) -> None:
    item = speaks_at(event, speaker)
    event.slug = "workshop"
    if why in {"postponed", "called_off"}:
        event.status, event.status_reason = Status(why), "Snow on the pass."
    db.session.commit()
    more = {name: [item.id] if value is True else value for name, value in WHYS[why].items()}
    context = {"event_id": event.id, "person_id": speaker.id, "why": why, **more}
    for locale in LANGUAGE_NAMES:
        worded = _word(Message(name="part_changed", locale=locale, context=context), "http://filo.example")
        assert worded
        name = "part_changed" if why == "moved" else f"part_changed.{why}"
        check_approved(f"mails/{name}.{locale}", f"Subject: {worded.subject}\n\n{worded.text}")
