"""Who sees what of events that are not for everybody. One row a person, one column an event."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.events.models import EventOrganisation
from app.events.rules import Audience, OrganisationRole, Status
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network import services as network
from app.network.actors import SYSTEM
from app.network.inputs import PhaseInput
from app.network.models import Affiliation, Organisation, Project
from app.network.rules import ProjectRole
from tests.builders import make_account, make_organisation, make_person
from tests.network.scenes import give, make_project
from tests.query_counter import counted_queries
from tests.signing_in import sign_in, sign_in_administrator, sign_in_manager
from tests.site.scene import soon

COLUMNS = ("phase 1", "phase 2", "no phase", "with a part", "draft", "elsewhere")
# x sees, e edits too; in the order of COLUMNS: internal events of the project, one with a part in it, and others
TABLE = {
    "nobody": "......",
    "administrator": "eeeeee",
    "organiser": "eeeee.",
    "lead partner": "xxxx..",
    "partner": "xxxx..",
    "exchange coordinator": "xxxx..",
    "observer of every phase": "xxxx..",
    "observer of phase 2": ".x.x..",
    "promoter": "...x..",
    "associated partner": "...x..",
    "partner elsewhere": "...x.x",
    "stranger": "......",
    "who left a partner": "......",
}
WORKING = {"administrator", "lead partner", "partner", "exchange coordinator", "observer of every phase"}
ROLES: dict[str, dict[str, Any]] = {
    "lead partner": {"role": ProjectRole.LEAD_PARTNER},
    "partner": {"role": ProjectRole.PARTNER},
    "exchange coordinator": {"role": ProjectRole.EXCHANGE_COORDINATOR},
    "observer of every phase": {"role": ProjectRole.OBSERVER},
    "observer of phase 2": {"role": ProjectRole.OBSERVER, "phase_numbers": (2,)},
    "promoter": {"role": ProjectRole.PROMOTER},
    "associated partner": {"role": ProjectRole.ASSOCIATED},
    "partner elsewhere": {"role": ProjectRole.PARTNER},
}


@pytest.fixture
def slugs(client: FlaskClient) -> dict[str, str]:
    """The events by column; organisations are called as the rows are."""
    project, other = make_project(), make_project("Elsewhere")
    phases = {
        number: network.add_phase(project.id, PhaseInput(number=number, name=Texts(en="Part")), actor=SYSTEM).id
        for number in (1, 2)
    }
    organiser = make_organisation("organiser", slug="organiser")
    for name, part in ROLES.items():
        give(other if name == "partner elsewhere" else project, make_organisation(name, slug=name), **part)
    inside = {"project_id": project.id, "organiser": organiser, "audience": Audience.INTERNAL}
    events = {
        "phase 1": soon("One", phase_id=phases[1], **inside),
        "phase 2": soon("Two", phase_id=phases[2], **inside),
        "no phase": soon("None", **inside),
        "with a part": soon("Part", **(inside | {"project_id": None})),
        "draft": soon("Draft", status=Status.DRAFT, **inside),
        "elsewhere": soon("Other", project_id=other.id, audience=Audience.INTERNAL),
    }
    events["with a part"].organisations += [
        EventOrganisation(organisation=_organisation(name), role=OrganisationRole.PARTICIPANT) for name in ROLES
    ]
    db.session.commit()
    return {column: event.slug for column, event in events.items()}


def _organisation(slug: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.slug == slug))


def be(client: FlaskClient, who: str) -> None:
    """Sign in as an ordinary member of the organisation of that name, or as somebody with rights of his own."""
    match who:
        case "nobody":
            return
        case "administrator":
            sign_in_administrator(client)
        case "organiser":
            organiser = _organisation("organiser")
            assert organiser
            sign_in_manager(client, organiser, "organiser@filo.example")
        case "who left a partner":
            _belong(client, "partner", until=date(2018, 12, 31))
        case _:
            _belong(client, who)


def _belong(client: FlaskClient, name: str, *, until: date | None = None) -> None:
    account, organisation = make_account("somebody@filo.example"), _organisation(name) or make_organisation(name)
    person = make_person(account_id=account.id)
    db.session.add(Affiliation(person_id=person.id, organisation_id=organisation.id, job=Texts(), until=until))
    sign_in(client, account.id)


@pytest.mark.parametrize("who", TABLE)
def test_a11_internal_events_are_seen_by_whom_they_concern_and_edited_by_organisers(
    client: FlaskClient, slugs: dict[str, str], who: str
) -> None:
    be(client, who)

    def right(slug: str) -> str:
        seen = client.get(f"/events/{slug}")
        edits = client.get(f"/manage/events/{slug}/edit").status_code == 200
        assert ("Manage this event" in seen.text) is edits
        return "e" if edits else "x" if seen.status_code == 200 else "."

    assert {column: right(slugs[column]) for column in COLUMNS} == dict(zip(COLUMNS, TABLE[who], strict=True))


def test_a11_what_an_observer_sees_stands_in_no_list_and_in_no_feed(client: FlaskClient, slugs: dict[str, str]) -> None:
    be(client, "observer of every phase")
    assert client.get(f"/events/{slugs['phase 1']}").status_code == 200
    for address in ("/events", "/search?q=One", f"/projects/{make_project('Third').slug}"):
        assert f"/events/{slugs['phase 1']}" not in client.get(address).text
    assert client.get(f"/events/{slugs['phase 1']}.ics").status_code == 404


@pytest.mark.parametrize("who", TABLE)
def test_a_project_page_lists_what_is_internal_for_those_with_a_role_in_it(
    client: FlaskClient, slugs: dict[str, str], who: str
) -> None:
    be(client, who)
    page = client.get("/projects/s3-4alpclusters").text
    inside = {column for column in ("phase 1", "phase 2", "no phase") if f"/events/{slugs[column]}" in page}
    sees = set(COLUMNS[:3]) if who in WORKING else {"phase 2"} if who == "observer of phase 2" else set()
    assert inside == sees
    assert not any(f"/events/{slugs[column]}" in page for column in ("with a part", "draft", "elsewhere"))
    assert ("Not on the public list" in page) is bool(sees)


def test_a_project_page_asks_as_often_for_many_internal_events(client: FlaskClient, slugs: dict[str, str]) -> None:
    be(client, "partner")
    counts = []
    for number in (1, 5):
        for _ in range(number):
            project = db.session.scalars(select(Project).where(Project.slug == "s3-4alpclusters")).one()
            soon("More", project_id=project.id, audience=Audience.INVITED, listed=False)
        client.get("/projects/s3-4alpclusters")
        with counted_queries() as sent:
            assert "More" in client.get("/projects/s3-4alpclusters").text
        counts.append(len(sent))
    assert counts[0] == counts[1], counts


def test_an_event_by_invitation_that_is_not_listed_is_there_for_whoever_has_its_address(client: FlaskClient) -> None:
    event = soon(audience=Audience.INVITED, listed=False)
    assert client.get(f"/events/{event.slug}").status_code == 200
    assert f"/events/{event.slug}" not in client.get("/events").text
