"""The agendas and practices of the demonstration are as its events are."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.agenda import queries
from app.agenda.presenters import agenda_of
from app.agenda.reading import read_agenda
from app.agenda.rules import Trouble
from app.demo.agenda_data import AGENDAS
from app.demo.event_data import EVENTS
from app.demo.queries import demonstration_events
from app.demo.services import load
from app.events.models import Event
from app.kernel.db import db
from app.practices.models import Practice
from tests.builders import NOW


def test_agendas_and_practices_are_as_the_events_are_a15(app: Flask, client: FlaskClient) -> None:
    load(NOW)
    ids = demonstration_events({key: event.title for key, event in EVENTS.items()})
    events = {key: db.session.get_one(Event, event_id) for key, event_id in ids.items()}
    assert set(events) == set(AGENDAS) == set(EVENTS)
    open_troubles = []
    for key, event in events.items():
        rows = queries.items(event.id)
        accepted = {(one.item_id, one.warning) for one in queries.overrulings(event.id)}
        open_troubles += [
            (key, found.trouble) for found in read_agenda(event, rows) if (found.item_id, found.trouble) not in accepted
        ]
        assert all(set(row.title) == {"en", "it", "de"} for row in rows)
    assert open_troubles == [("E3", Trouble.NO_PAUSE)]
    with app.test_request_context():
        shown = {key: agenda_of(event, language="it") for key, event in events.items()}
    assert [key for key, agenda in shown.items() if any(day.grid for day in agenda.days)] == ["E2", "E7", "E8", "E9"]
    assert [key for key, agenda in shown.items() if agenda.is_itinerary] == ["E4", "E5", "E6"]
    html = client.get("/practices/calendar-of-specialist-events").get_data(as_text=True)
    for words in ("Clusters workshop Trentino", "09:50", "Services to our members", "Mr Heiko Bartschat", "Slides"):
        assert words in html
    published = db.session.scalars(select(Practice).where(Practice.is_published))
    assert all(set(practice.body) == {"en", "it", "de"} for practice in published)
    assert client.get("/practices").get_data(as_text=True).count("link-card") == 6
