"""Who is named in public calendars: those who organise and speak, if they agreed; never those who take part."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.agenda.models import AgendaPerson
from app.agenda.rules import AgendaRole
from app.events.models import EventOrganisation, EventPerson
from app.events.rules import OrganisationRole, PersonRole
from app.feeds import services
from app.kernel.db import db
from tests.builders import NOW, make_organisation, make_person
from tests.feeds.world import add_item, lines, publish
from tests.query_counter import counted_queries

ADDRESS = "/events.ics?sessions=1"


def words(client: FlaskClient) -> str:
    return "\n".join(lines(client.get(ADDRESS).data))


def test_organisers_hosts_and_public_speakers_are_named(client: FlaskClient) -> None:
    organiser, host = make_organisation("Habitech"), make_organisation("ProM Facility")
    guest, ada = make_organisation("Guests Ltd"), make_person("Ada", "Pubblica", is_public=True)
    (event,) = publish(
        "Workshop",
        organisations=[
            EventOrganisation(organisation=organiser, role=OrganisationRole.ORGANISER),
            EventOrganisation(organisation=host, role=OrganisationRole.HOST),
            EventOrganisation(organisation=guest, role=OrganisationRole.PARTICIPANT),
        ],
        persons=[EventPerson(person=ada, role=PersonRole.SPEAKER, organisation=organiser)],
    )
    eve = make_person("Eve", "Aperta", is_public=True)
    add_item(event.id, "Keynote", persons=[AgendaPerson(person=eve, role=AgendaRole.SPEAKER)])
    seen = words(client)
    assert "Organised by: Habitech\\nHost: ProM Facility\\nWith: Ada Pubblica (Habitech)" in seen
    assert "With: Eve Aperta" in seen
    assert "<p>Organised by: Habitech<br>Host: ProM Facility<br>With: Ada Pubblica (Habitech)</p>" in seen
    assert "Guests Ltd" not in seen


@pytest.mark.parametrize(
    "role", [PersonRole.PARTICIPANT, PersonRole.OBSERVER, PersonRole.HOST_CONTACT, PersonRole.PRESS]
)
def test_whoever_takes_part_is_not_named_though_public(client: FlaskClient, role: PersonRole) -> None:
    person = make_person("Waltraud", "Unverkennbar", is_public=True)
    (event,) = publish("Workshop", persons=[EventPerson(person=person, role=role)])
    other = make_person("Walter", "Unverkennbar")
    add_item(event.id, "Keynote", persons=[AgendaPerson(person=other, role=AgendaRole.SPEAKER)])
    assert "Unverkennbar" not in words(client)


def test_whoever_no_longer_wants_to_be_named_leaves_calendars(client: FlaskClient) -> None:
    person = make_person("Ada", "Pubblica", is_public=True)
    (event,) = publish("Workshop", persons=[EventPerson(person=person, role=PersonRole.SPEAKER)])
    add_item(event.id, "Keynote", persons=[AgendaPerson(person=db.session.merge(person), role=AgendaRole.MODERATOR)])
    before = client.get(ADDRESS)
    assert before.data.count(b"Ada Pubblica") == 4  # in words and in HTML
    db.session.merge(person).is_public = False
    db.session.commit()
    services.refresh_named(person_id=person.id, now=NOW)
    after = client.get(ADDRESS, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, b"Ada" in after.data) == (200, False)
    assert b"SEQUENCE:0" in after.data  # nobody's calendar needs to ask anew


def test_an_organisation_that_is_called_otherwise_is_followed(client: FlaskClient) -> None:
    organiser = make_organisation("Habitech")
    publish("Workshop", organiser=organiser)
    db.session.merge(organiser).name = "Distretto Habitech"
    db.session.commit()
    services.refresh_named(organisation_id=organiser.id, now=NOW)
    assert "Organised by: Distretto Habitech" in words(client)


def test_rendering_costs_the_same_queries_however_many_speak(client: FlaskClient) -> None:
    def speakers(count: int) -> list[EventPerson]:
        people = [make_person("Ada", f"P{number}", is_public=True) for number in range(count)]
        return [EventPerson(person=person, role=PersonRole.SPEAKER) for person in people]

    events = [publish(f"With {count}", persons=speakers(count))[0].id for count in (1, 9)]
    counts = []
    for event_id in events:
        db.session.expire_all()
        with counted_queries() as statements:
            services.refresh(event_id, now=NOW)
        counts.append(len(statements))
    assert counts[0] == counts[1]
