"""What search engines read of an event."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.events import queries, services
from app.events.models import EventPerson
from app.events.rules import Audience, Format, PersonRole, Status
from app.kernel import clock
from app.kernel.dates import DatePrecision
from app.kernel.db import db
from app.kernel.texts import Texts
from tests.builders import make_event, make_manager, make_organisation, make_person
from tests.site.scene import soon

LINK = "https://meet.example/1"
_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(client: FlaskClient, slug: str) -> dict[str, Any]:
    (found,) = _DATA.findall(client.get(f"/events/{slug}").text)
    data: dict[str, Any] = json.loads(found)
    return data


def test_an_event_is_told_as_schema_org_wants_it(client: FlaskClient) -> None:
    ada = make_person("Ada", "Pubblica", is_public=True)
    eve = make_person("Eve", "Privata")
    persons = [EventPerson(person=person, role=PersonRole.SPEAKER) for person in (ada, eve)]
    event = soon(organiser=make_organisation("Habitech", slug="habitech"), persons=persons)
    data = data_of(client, event.slug)
    assert data["@context"] == "https://schema.org"
    assert (data["@type"], data["name"]) == ("Event", event.title["en"])
    assert datetime.fromisoformat(data["startDate"]) == event.starts_at
    assert data["startDate"].endswith(("+01:00", "+02:00"))
    assert data["url"] == f"http://localhost/events/{event.slug}"
    assert data["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    (place,) = data["location"]
    assert (place["@type"], place["name"]) == ("Place", "Hall")
    assert place["address"]["addressCountry"] == "IT"
    organiser = {"@type": "Organization", "name": "Habitech", "url": "http://localhost/organisations/habitech"}
    assert data["organizer"] == [organiser]
    assert data["performer"] == [{"@type": "Person", "name": "Ada Pubblica"}]
    assert data["isAccessibleForFree"] is True
    assert (data["offers"]["price"], data["offers"]["availability"]) == ("0", "https://schema.org/InStock")


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "EventScheduled"),
        ({"status": Status.CALLED_OFF, "status_reason": "Snow"}, "EventCancelled"),
        ({"status": Status.POSTPONED, "status_reason": "Snow"}, "EventPostponed"),
    ],
)
def test_its_state(client: FlaskClient, changes: dict[str, Any], state: str) -> None:
    event = soon(**changes)
    data = data_of(client, event.slug)
    assert data["eventStatus"] == f"https://schema.org/{state}"
    assert data["name"] == event.title["en"]
    assert ("offers" in data) is (state == "EventScheduled")


def test_an_event_that_moved_says_when_it_was_to_be(client: FlaskClient) -> None:
    now = clock.now()
    actor = make_manager(make_organisation())
    sample = services.values_of(make_event(starts_at=now + timedelta(days=20)))
    db.session.commit()
    (organiser_id,) = actor.managed_ids
    event_id = services.create(values=sample, organiser_id=organiser_id, actor=actor, now=now)
    services.publish(event_id, actor=actor, now=now)
    event = queries.event(event_id)
    before, slug = event.starts_at, event.slug
    assert "previousStartDate" not in data_of(client, slug)
    event = queries.event(event_id)
    moved = replace(services.values_of(event), starts_at=before + timedelta(days=1), ends_at=before + timedelta(days=2))
    services.edit(event_id, values=moved, revision=event.revision, actor=actor, now=now)
    data = data_of(client, slug)
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert datetime.fromisoformat(data["previousStartDate"]) == before.replace(microsecond=0)


@pytest.mark.parametrize(
    ("changes", "mode", "links"),
    [
        ({"format": Format.ONLINE}, "Online", [LINK]),
        ({"format": Format.HYBRID}, "Mixed", [None, LINK]),
        ({"format": Format.HYBRID, "audience": Audience.INVITED}, "Mixed", [None, "page"]),
    ],
)
def test_a_link_is_shown_where_everybody_may_follow_it(
    client: FlaskClient, changes: dict[str, Any], mode: str, links: list[str | None]
) -> None:
    event = soon(online_url=LINK, **changes)
    data = data_of(client, event.slug)
    assert data["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    page = f"http://localhost/events/{event.slug}"
    assert [place.get("url") for place in data["location"]] == [page if link == "page" else link for link in links]


def test_what_costs_something_is_not_called_free(client: FlaskClient) -> None:
    data = data_of(client, soon(cost_note=Texts(en="Lunch 12 €")).slug)
    assert not {"offers", "isAccessibleForFree"} & set(data)


@pytest.mark.parametrize(
    "hidden", [{"listed": False}, {"date_precision": DatePrecision.MONTH}, {"date_precision": DatePrecision.YEAR}]
)
def test_what_is_on_no_list_or_has_no_day_is_not_told(client: FlaskClient, hidden: dict[str, Any]) -> None:
    assert not _DATA.search(client.get(f"/events/{soon(**hidden).slug}").text)


@pytest.mark.parametrize("hostile", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028&amp;'\"\\"])
def test_nothing_in_a_text_ends_the_element(client: FlaskClient, hostile: str) -> None:
    event = soon(hostile, summary=Texts(en=hostile))
    html = client.get(f"/events/{event.slug}").text
    assert "alert(1)</script>" not in html
    assert html.count("<script") == html.count("</script>") == 2  # the page's own, and this
    data = data_of(client, event.slug)
    assert data["name"] == " ".join(hostile.replace("\u2028", "\n").split())


def test_the_page_needs_no_wider_policy_for_it(client: FlaskClient) -> None:
    policy = client.get(f"/events/{soon().slug}").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
