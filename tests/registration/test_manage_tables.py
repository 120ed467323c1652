"""Parts of the agenda with places of their own, as the organiser sees and moves them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda import services as agenda
from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.kernel.db import db
from app.kernel.ids import new_uid
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM
from app.registration import queries
from app.registration.errors import NoSuchItem
from app.registration.models import Registration
from app.registration.queries import managing
from app.registration.rules import ItemStanding
from app.registration.services import item_places, joining
from tests.builders import _put, make_event, make_organisation, make_room, make_venue
from tests.forms import send
from tests.registration.helpers import person
from tests.signing_in import sign_in_manager

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def event(client: FlaskClient, database: Session) -> Event:
    own = make_organisation("Own")
    sign_in_manager(client, own, "ada@filo.example")
    return make_event(organiser=own, starts_at=NOW + timedelta(days=10))


def make_item(event: Event, title: str, start: int = 540, **changes: Any) -> AgendaItem:
    return _put(  # type: ignore[no-any-return]
        AgendaItem(
            event_id=event.id,
            uid=new_uid(),
            day=0,
            start_minute=start,
            end_minute=start + 60,
            kind=ItemKind.WORKING_TABLE,
            title=Texts(en=title),
            abstract=Texts(),
            created_at=NOW,
            content_changed_at=NOW,
            **changes,
        )
    )


def open_table(event: Event, item: AgendaItem, capacity: int | None) -> None:
    item_places.open_sign_up(event_slug=event.slug, item_id=item.id, capacity=capacity, actor=SYSTEM, now=NOW)


def enter(event: Event, name: str, *items: AgendaItem) -> Registration:
    return joining.join(
        event_id=event.id,
        person=person(name),
        form_key=f"form-of-{name}-{'x' * 12}",
        now=NOW,
        item_ids=frozenset(one.id for one in items),
    )


def standing(event: Event) -> list[tuple[int, int, ItemStanding]]:
    return [(line.registration_id, line.item_id, line.standing) for line in managing.item_lines(event.id)]


def test_a_part_is_opened_but_never_for_more_than_its_room_holds(client: FlaskClient, event: Event) -> None:
    item = make_item(event, "Lab", room_id=make_room(make_venue("Other"), seats=9).id)
    page = f"/manage/events/{event.slug}/tables"
    refused = send(client, page, {"item_id": str(item.id), "capacity": "10"})
    assert refused.status_code == 422
    assert "The room has fewer seats." in refused.text
    assert send(client, page, {"item_id": str(item.id), "capacity": "9"}).status_code == 303
    assert "0 of 9 taken" in client.get(page).text
    assert send(client, page, {"item_id": "99999", "capacity": "9"}).status_code == 422


def test_who_sits_and_who_waits_is_shown_moved_and_printed(
    client: FlaskClient, database: Session, event: Event
) -> None:
    lab, desk = make_item(event, "Lab"), make_item(event, "Desk")
    open_table(event, lab, 1)
    open_table(event, desk, 1)
    first, second = enter(event, "ada", lab), enter(event, "eva", lab)
    page = f"/manage/events/{event.slug}/tables"
    assert "waits, number 1" in client.get(page).text
    printed = client.get(f"{page}/{lab.id}").text
    assert "1 person has a place" in printed
    assert printed.index("Ada Esempio") < printed.index("Waiting") < printed.index("Eva Esempio")
    move = f"{page}/{lab.id}/people"
    assert send(client, page, {"person": str(first.id), "to_item": str(desk.id)}, to=move).status_code == 303
    assert standing(event) == [
        (second.id, lab.id, ItemStanding.SEATED),
        (first.id, desk.id, ItemStanding.SEATED),
    ]
    assert send(client, page, {"person": str(second.id), "to_item": "0"}, to=move).status_code == 303
    assert standing(event) == [(first.id, desk.id, ItemStanding.SEATED)]
    assert "Moved between tables" in client.get(f"/manage/events/{event.slug}/participants/{first.id}").text


def test_a_part_that_is_put_into_a_smaller_room_takes_no_more_than_that_has(database: Session) -> None:
    venue = make_venue("Own")
    event = make_event(venue=venue, starts_at=(NOW + timedelta(days=10)).replace(hour=6, minute=0))
    large, small = make_room(venue, "Large", seats=30), make_room(venue, "Small", seats=1)
    lab, free = make_item(event, "Lab", room_id=large.id), make_item(event, "Free", 700)
    open_table(event, lab, None)
    open_table(event, free, None)
    assert [one.capacity for one in queries.sign_ups(event.id)] == [30, None]
    first, second = enter(event, "ada", lab), enter(event, "eva", lab)
    agenda.move_to_room(event_id=event.id, item_id=lab.id, room_id=small.id, actor=SYSTEM, now=NOW)
    assert [one.capacity for one in queries.sign_ups(event.id)] == [1, None]
    third = enter(event, "max", lab)
    assert sorted(standing(event)) == [
        (first.id, lab.id, ItemStanding.SEATED),
        (second.id, lab.id, ItemStanding.SEATED),  # who has a place keeps it
        (third.id, lab.id, ItemStanding.QUEUED),
    ]


def test_a_queue_whose_first_does_not_fit_says_how_many_places_are_missing(client: FlaskClient, event: Event) -> None:
    lab = make_item(event, "Lab")
    open_table(event, lab, 1)
    ada = enter(event, "ada").id
    db.session.get_one(Registration, ada).seats = 2
    db.session.commit()
    item_places.choose(ada, item_ids={lab.id}, now=NOW)
    page = client.get(f"/manage/events/{event.slug}/tables").text
    assert "0 of 1 taken" in page
    assert "1 place is free, but the first in the queue needs 2" in page


def test_nobody_is_moved_onto_two_tables_at_the_same_time(client: FlaskClient, event: Event) -> None:
    lab, desk, late = make_item(event, "Lab"), make_item(event, "Desk"), make_item(event, "Late", 700)
    for item in (lab, desk, late):
        open_table(event, item, 5)
    one = enter(event, "ada", lab, late)
    page = f"/manage/events/{event.slug}/tables"
    answer = send(client, page, {"person": str(one.id), "to_item": str(desk.id)}, to=f"{page}/{late.id}/people")
    assert answer.status_code == 409
    assert "at the same time" in answer.text
    assert {line[1] for line in standing(event)} == {lab.id, late.id}
    stranger = enter(make_event("Other", starts_at=NOW + timedelta(days=9)), "eva")
    data = {"person": str(stranger.id), "to_item": "0"}
    assert send(client, page, data, to=f"{page}/{lab.id}/people").status_code == 404


def test_sign_up_is_closed_reopened_and_removed(client: FlaskClient, event: Event) -> None:
    lab, late = make_item(event, "Lab"), make_item(event, "Late", 700)
    open_table(event, lab, 1)
    open_table(event, late, 1)
    ada, eva = enter(event, "ada", lab), enter(event, "eva", lab)
    page = f"/manage/events/{event.slug}/tables"
    assert send(client, page, {}, to=f"{page}/{lab.id}/closing").status_code == 303
    assert "Signing up is closed" in client.get(page).text
    with pytest.raises(NoSuchItem):
        enter(event, "max", lab)
    item_places.choose(ada.id, item_ids={late.id}, now=NOW)
    assert (eva.id, lab.id, ItemStanding.SEATED) in standing(event)  # who waited moves up all the same
    item_places.choose(eva.id, item_ids={lab.id, late.id}, now=NOW)  # what one has, one keeps
    with pytest.raises(NoSuchItem):
        item_places.choose(ada.id, item_ids={lab.id, late.id}, now=NOW)
    assert send(client, page, {}, to=f"{page}/{lab.id}/opening").status_code == 303
    item_places.choose(ada.id, item_ids={lab.id, late.id}, now=NOW)
    refused = send(client, page, {}, to=f"{page}/{lab.id}/removal")
    assert refused.status_code == 409
    assert "People have or await a place there." in refused.text
    for one in (ada, eva):
        item_places.choose(one.id, item_ids={late.id}, now=NOW)
    assert send(client, page, {}, to=f"{page}/{lab.id}/removal").status_code == 303
    with pytest.raises(NoSuchItem):
        item_places.choose(ada.id, item_ids={lab.id}, now=NOW)


def test_who_signed_up_for_what_is_taken_off_the_agenda_is_told_what_to_do(client: FlaskClient, event: Event) -> None:
    lab, late = make_item(event, "Lab"), make_item(event, "Late", 700)
    open_table(event, lab, 1)
    open_table(event, late, 5)
    ada, eva = enter(event, "ada", lab, late), enter(event, "eva", lab)
    enter(event, "max", late)
    agenda.remove_item(event_id=event.id, item_id=lab.id, actor=SYSTEM, now=NOW)
    assert {line[1] for line in standing(event)} == {late.id}
    told = db.session.scalars(select(Message).where(Message.name == "registration_items_changed")).all()
    assert {(one.context["registration_id"], one.context["title"]) for one in told} == {
        (ada.id, "Lab"),
        (eva.id, "Lab"),
    }
    worded = [_word(one, "http://filo.example") for one in told]
    assert all(one and one.subject == "Does not take place: Lab" for one in worded)
    assert all(one and "choose another part" in one.text for one in worded)
