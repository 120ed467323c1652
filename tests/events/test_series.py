"""Organisers make a series, edit it, and plan its editions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.events.models import Event, EventSeries
from app.events.rules import Kind, Status
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import Organisation, Region
from tests.builders import NOW, make_country, make_event, make_organisation
from tests.feeds.world import publish
from tests.forms import send
from tests.signing_in import sign_in_administrator, sign_in_manager


@pytest.fixture
def hit(client: FlaskClient) -> Organisation:
    organisation = make_organisation("HIT")
    make_country("IT")
    db.session.add(Region(code="ITH2", country_code="IT", name=Texts(en="Trentino")))
    db.session.commit()
    sign_in_manager(client, organisation, "ada@hit.example")
    return organisation


def make_series(slug: str = "visits") -> EventSeries:
    row = EventSeries(slug=slug, title=Texts(en="Visits"), kind=Kind.STUDY_VISIT)
    db.session.add(row)
    db.session.commit()
    return row


def test_a_series_is_made_and_its_first_edition_begun(client: FlaskClient, hit: Organisation) -> None:
    values = {"title_en": "New", "title_de": "Neu", "kind": "study_visit", "region_codes": "ITH2"}
    answer = send(client, "/manage/series/new", values)
    assert (answer.status_code, answer.location) == (303, "/manage/series/new-2")
    series = db.session.scalars(select(EventSeries)).one()
    assert series.title == Texts(en="New", de="Neu")
    assert [planned.region_code for planned in series.regions] == ["ITH2"]
    html = client.get("/manage/series/new-2").text
    assert "/manage/events/new?kind=study_visit&amp;series=new-2" in html
    form = client.get("/manage/events/new?kind=study_visit&series=new-2").text
    assert f'<option selected value="{series.id}">New</option>' in form


def test_without_a_title_it_is_refused_and_what_was_typed_stays(client: FlaskClient, hit: Organisation) -> None:
    answer = send(client, "/manage/series/new", {"kind": "study_visit", "region_codes": "ITH2"})
    assert answer.status_code == 422
    assert 'id="title_en-error"' in answer.text
    assert 'value="ITH2"' in answer.text
    assert send(client, "/manage/series/new", {"title_en": "X", "kind": "party"}).status_code == 422
    assert send(client, "/manage/series/new", {"title_en": "X", "region_codes": "XX"}).status_code == 422
    assert db.session.scalars(select(EventSeries)).all() == []


def test_another_title_reaches_its_calendar_and_the_search(client: FlaskClient, hit: Organisation) -> None:
    series = make_series()
    (event,) = publish("Lodi", organiser=hit, series_id=series.id, starts_at=NOW + timedelta(days=900))
    before = client.get("/series/visits/events.ics")
    assert send(client, "/manage/series/visits", {"title_en": "Excursions", "title_it": "Gite"}).status_code == 303
    after = client.get("/series/visits/events.ics", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "NAME:Filò – Excursions" in after.text
    assert f"/events/{event.slug}" in client.get("/search?q=excursions").text
    assert client.get("/series/visits").status_code == 200


def test_the_next_edition_is_a_copy_of_the_latest(client: FlaskClient, hit: Organisation) -> None:
    series = make_series()
    make_event("Old", organiser=hit, series_id=series.id, starts_at=NOW)
    latest = make_event(
        "Latest", organiser=hit, series_id=series.id, starts_at=NOW + timedelta(days=30), status=Status.DRAFT
    )
    html = client.get("/manage/series/visits").text
    assert f'href="/manage/events/new?copy={latest.slug}"' in html
    assert "Old" in html
    answer = send(client, f"/manage/events/new?copy={latest.slug}", {"starts_on": "2027-06-10", "repeat": "once"})
    assert answer.status_code == 303, answer.text
    assert len(db.session.scalars(select(Event).where(Event.series_id == series.id)).all()) == 3


def test_whoever_manages_an_edition_edits_the_series(client: FlaskClient, hit: Organisation) -> None:
    series, empty = make_series(), make_series("empty")
    make_event("Elsewhere", series_id=series.id)
    assert client.get(f"/manage/series/{series.slug}").status_code == 403
    assert send(client, "/manage/series/new", {"title_en": "Mine"}, to="/manage/series/visits").status_code == 403
    assert client.get(f"/manage/series/{empty.slug}").status_code == 200
    listed = client.get("/manage/series").text
    assert "/manage/series/empty" in listed
    assert "/manage/series/visits" not in listed
    make_event("Here", series_id=series.id, organiser=hit)
    html = client.get("/manage/series/visits").text
    assert "Here" in html
    assert "Elsewhere" not in html  # it may be a draft of others
    assert client.get("/manage/series/nothing").status_code == 404
    sign_in_administrator(client)
    assert "Elsewhere" in client.get("/manage/series/visits").text
