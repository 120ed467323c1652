"""Whom an organisation met, on its page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient

from app.events.models import EventOrganisation
from app.events.rules import Audience, OrganisationRole, Status
from app.kernel.dates import DatePrecision
from app.kernel.db import db
from app.site.queries import met_at
from tests.builders import make_event, make_organisation
from tests.site.scene import AGO, SOON, queries_counted


def together(title: str, *organisations: Any, **changes: Any) -> Any:
    """An event organised by the first, at which the others take part."""
    event = make_event(title, **{"organiser": organisations[0], "starts_at": AGO} | changes)
    event.organisations += [
        EventOrganisation(organisation=organisation, role=OrganisationRole.PARTICIPANT)
        for organisation in organisations[1:]
    ]
    db.session.commit()
    return event


def test_b04_an_organisation_is_connected_to_those_it_met_by_the_events_newest_first(client: FlaskClient) -> None:
    park, brno, lodi = (make_organisation(name) for name in ("Parco Tecnologico", "Agency & Sons", "Lodi Food"))
    year = datetime(2018, 1, 1, tzinfo=UTC)
    together("Road show", park, lodi, starts_at=year, ends_at=year, date_precision=DatePrecision.YEAR)
    forum = together("Forum", brno, park, lodi, starts_at=AGO + timedelta(days=1))
    together("Planned", lodi, park, starts_at=SOON)
    assert [(row.organisation_name, row.title["en"]) for row in met_at(park.id)] == [
        ("Lodi Food", "Planned"),
        ("Agency & Sons", "Forum"),
        ("Lodi Food", "Forum"),
        ("Lodi Food", "Road show"),
    ]
    html = client.get(f"/organisations/{park.slug}").text
    found = html[html.index("Connected to") :]
    assert found.index("Lodi Food") < found.index("Agency &amp; Sons")
    assert f'<a href="/events/{forum.slug}">Forum</a>' in found
    assert "Road show</a>, 2018" in found


def test_b04_only_what_everybody_may_know_makes_a_link(client: FlaskClient) -> None:
    park, other = make_organisation("Parco Tecnologico"), make_organisation("Brno")
    together("Draft", park, other, status=Status.DRAFT)
    together("Internal", park, other, audience=Audience.INTERNAL)
    together("Unlisted", park, other, listed=False)
    together("Called off", park, other, status=Status.CALLED_OFF)
    together("Alone", park)
    assert met_at(park.id) == []
    assert "Connected to" not in client.get(f"/organisations/{park.slug}").text


def test_b04_two_roles_at_one_event_are_one_link(client: FlaskClient) -> None:
    park, other = make_organisation("Parco Tecnologico"), make_organisation("Brno")
    event = together("Forum", park, other)
    event.organisations.append(EventOrganisation(organisation=other, role=OrganisationRole.HOST))
    db.session.commit()
    assert len(met_at(park.id)) == 1


def test_b04_more_links_cost_no_more_queries_and_the_list_has_an_end(client: FlaskClient) -> None:
    park = make_organisation("Parco Tecnologico")
    counts = []
    for number in (1, 25):
        together(f"Forum {number}", park, *(make_organisation(f"Number {number}.{each}") for each in range(number)))
        for each in range(3):
            together(f"Again {number}.{each}", park, make_organisation("Brno"))
        db.session.expire_all()
        with queries_counted() as seen:
            html = client.get(f"/organisations/{park.slug}").text
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert "more organisations" in html
    assert len(met_at(park.id, most_events=2)) < len(met_at(park.id))
