from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.agenda.models import AgendaItem, AgendaPerson
from app.agenda.rules import AgendaRole, ItemKind
from app.events.models import Event, EventPerson
from app.events.rules import PersonRole
from app.kernel.db import db
from app.kernel.ids import new_uid
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.network.models import Organisation, Person
from app.speakers import links, queries, services
from app.speakers.models import Speaker
from app.speakers.rules import SpeakerReply, slot_seen
from app.venues.models import Room, Venue
from tests.builders import make_event, make_person, make_room, make_venue

NOW = datetime.now(UTC).replace(microsecond=0, second=0)
START = (NOW + timedelta(days=20)).replace(hour=8, minute=0)


class Stage:
    """An event in twenty days from nine to five in Rome, with an expert and a moderator in one item."""

    def __init__(self, organiser: Organisation, **changes: Any) -> None:
        self.venue: Venue = make_venue("Manifattura", operator=organiser, access=Texts(en="Bus 4 from the station."))
        self.blue: Room = make_room(self.venue, "Sala Blu")
        self.green: Room = make_room(self.venue, "Sala Verde")
        self.event: Event = make_event(
            "Pilots",
            organiser=organiser,
            venue=self.venue,
            slug=changes.pop("slug", "pilots"),
            starts_at=START,
            ends_at=START + timedelta(hours=8),
            contact_email="office@organiser.example",
            **changes,
        )
        self.expert: Person = make_person("Heiko", "Esempio", email="heiko@expert.example")
        self.moderator: Person = make_person("Uta", "Esempio", email="uta@expert.example")
        self.item = self.add_item("Shared machines", 10 * 60, room=self.blue, people=(self.expert,))
        self.item.persons.append(AgendaPerson(person_id=self.moderator.id, role=AgendaRole.MODERATOR))
        db.session.add(EventPerson(event_id=self.event.id, person_id=self.expert.id, role=PersonRole.INVITED_EXPERT))
        db.session.commit()

    def add_item(
        self, title: str, start: int, *, room: Room | None = None, people: tuple[Person, ...] = ()
    ) -> AgendaItem:
        item = AgendaItem(
            event_id=self.event.id,
            uid=new_uid(),
            day=0,
            start_minute=start,
            end_minute=start + 45,
            kind=ItemKind.KEYNOTE,
            title=Texts(en=title),
            abstract=Texts(),
            room_id=room.id if room else None,
            persons=[AgendaPerson(person_id=one.id, role=AgendaRole.SPEAKER) for one in people],
            created_at=NOW,
            content_changed_at=NOW,
        )
        db.session.add(item)
        db.session.commit()
        return item

    def ask(self, person: Person | None = None, **changes: Any) -> Speaker:
        values = {"event_slug": self.event.slug, "actor": SYSTEM, "now": NOW} | changes
        services.ask(person_id=(person or self.expert).id, **values)
        return self.row(person)

    def row(self, person: Person | None = None) -> Speaker:
        db.session.expire_all()
        found = queries.speaker_of_person(self.event.id, (person or self.expert).id)
        assert found
        return found

    def seen(self, person: Person | None = None) -> dict[str, str]:
        whose = (person or self.expert).id
        return {part.key: slot_seen(part.slot) for part in queries.parts_at(self.event) if part.person.id == whose}

    def answer(
        self, said: SpeakerReply = SpeakerReply.ACCEPTED, *, person: Person | None = None, **changes: Any
    ) -> None:
        row = self.row(person)
        values = {"link_version": row.link_version, "seen": self.seen(person), "now": NOW} | changes
        services.answer(row.id, answer=said, **values)

    def path(self, person: Person | None = None) -> str:
        return f"/speaking/{links.token(self.row(person))}"
