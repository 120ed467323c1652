"""What organisers do, as calendars see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.agenda.inputs import ItemInput
from app.agenda.rules import ItemKind, Slot
from app.agenda.services.items import add_item, remove_item
from app.events import queries, services
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network import services as network
from app.network.actors import SYSTEM, Actor
from app.network.models import Sector
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.feeds.world import publish, shown
from tests.readers import Seen, read_with_vobject


@pytest.fixture
def actor(client: FlaskClient) -> Actor:
    return make_manager(make_organisation())


def draft(actor: Actor) -> int:
    """A draft with all that it needs to be published."""
    sample = services.values_of(make_event())
    db.session.commit()
    (organiser_id,) = actor.managed_ids
    return services.create(values=sample, organiser_id=organiser_id, actor=actor, now=NOW)


def seen(client: FlaskClient, address: str = "/events.ics") -> list[Seen]:
    return read_with_vobject(client.get(address).data)


def test_an_event_through_its_life(client: FlaskClient, actor: Actor) -> None:
    event_id = draft(actor)
    assert shown(client) == []
    services.publish(event_id, actor=actor, now=NOW)
    (first,) = seen(client)
    services.edit(
        event_id,
        values=replace(values(event_id), starts_at=first.start + timedelta(hours=1)),
        revision=queries.event(event_id).revision,
        actor=actor,
        now=NOW + timedelta(hours=1),
    )
    (moved,) = seen(client)
    assert (moved.uid, moved.start) == (first.uid, first.start + timedelta(hours=1))
    assert moved.sequence > first.sequence
    services.call_off(event_id, reason="Snow", actor=actor, now=NOW + timedelta(hours=2))
    (off,) = seen(client)
    assert (off.uid, off.status) == (first.uid, "CANCELLED")
    assert off.sequence > moved.sequence


def values(event_id: int) -> services.EventInput:
    return services.values_of(queries.event(event_id))


def test_a_publication_that_is_taken_back_leaves_calendars(client: FlaskClient, actor: Actor) -> None:
    event_id = draft(actor)
    services.publish(event_id, actor=actor, now=NOW)
    tag = client.get("/events.ics").headers["ETag"]
    services.take_back(event_id, actor=actor, now=NOW + timedelta(hours=1))
    answer = client.get("/events.ics", headers={"If-None-Match": tag})
    assert (answer.status_code, b"VEVENT" in answer.data) == (200, False)


def test_a_sector_is_called_otherwise_in_its_entries_and_calendars(client: FlaskClient) -> None:
    network.put_sector("food", Texts(en="Food"), 1, actor=SYSTEM)
    [event] = publish("Workshop", sectors=[db.session.get_one(Sector, "food")])
    uid, feeds = event.uid, ("/events.ics", "/sectors/food/events.ics", "/events.ics?q=nourishment")
    before = {address: client.get(address).headers["ETag"] for address in feeds}
    network.put_sector("food", Texts(en="Nourishment"), 1, actor=SYSTEM)
    for address, tag in before.items():
        answer = client.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert shown(client, address) == [uid]
        assert b"Food" not in answer.data
    assert b"Nourishment" in client.get("/events.ics").data


def test_an_item_comes_and_goes(client: FlaskClient, actor: Actor) -> None:
    event_id = draft(actor)
    services.publish(event_id, actor=actor, now=NOW)
    event = queries.event(event_id)
    values = ItemInput(
        slot=Slot(day=0, start_minute=13 * 60 + 30, end_minute=14 * 60), kind=ItemKind.KEYNOTE, title=Texts(en="Hello")
    )
    title = event.title["en"]
    item = add_item(event_id=event_id, values=values, actor=actor, now=NOW)
    item_id = item.id
    assert [entry.summary for entry in seen(client, "/events.ics?sessions=1")] == [title, f"Hello – {title}"]
    remove_item(event_id=event_id, item_id=item_id, actor=actor, now=NOW)
    assert [entry.summary for entry in seen(client, "/events.ics?sessions=1")] == [title]
