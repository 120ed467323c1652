"""An organisation registers its people in a batch, looks after them, and reaches nobody else."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event, EventOrganisation
from app.events.rules import Audience, OrganisationRole, Status
from app.mail.models import Message
from app.network.actors import SYSTEM
from app.network.models import Membership
from app.network.rules import OrganisationType
from app.registration import letters, queries
from app.registration.inputs import QuotaInput
from app.registration.models import Registration
from app.registration.rules import GroupRule, Place, QuotaKind
from app.registration.services import joining, seats
from tests.builders import _put, make_event, make_organisation
from tests.forms import hidden_values, send
from tests.network.scenes import give, make_project
from tests.query_counter import counted_queries
from tests.registration.helpers import person
from tests.registration.test_manage_tables import make_item, open_table, standing
from tests.signing_in import sign_in_manager

NOW = datetime.now(UTC).replace(microsecond=0)
COMPANY = OrganisationType.COMPANY


@pytest.fixture
def cluster(client: FlaskClient, database: Session) -> Any:
    found = make_organisation("Habitech")
    sign_in_manager(client, found, "eva@filo.example")
    return found


def an_event(**changes: Any) -> Event:
    return make_event(**{"starts_at": NOW + timedelta(days=10)} | changes)


def batch(client: FlaskClient, event: Event, *people: tuple[str, str, str], **values: Any) -> Any:
    page = f"/delegations/{event.slug}"
    typed = {"informed": "y"} | values
    for number, (given, family, email) in enumerate(people):
        typed |= {
            f"rows-{number}-given_name": given,
            f"rows-{number}-family_name": family,
            f"rows-{number}-email": email,
        }
    return client.post(page, data=hidden_values(client.get(page).text) | typed)


def said(html: str) -> list[str]:
    """What stands behind each line of the batch."""
    part = html.partition('id="answers"')[2].partition("</ol>")[0]
    return [re.sub(r"<[^>]+>", "", words).strip() for words in re.findall(r'class="state \w+">(.*?)</span></li>', part)]


def people_of(event: Event, database: Session) -> list[Registration]:
    database.expire_all()
    return list(database.scalars(select(Registration).join(Registration.allotment).order_by(Registration.number)))


def test_each_line_of_a_batch_is_answered_on_its_own(client: FlaskClient, database: Session, cluster: Any) -> None:
    event = an_event(capacity=2)
    joining.join(event_id=event.id, person=person("uta"), form_key="form-of-uta-xxxxxxxxxxx", now=NOW)
    answer = batch(
        client,
        event,
        ("Ada", "Esempio", "ada@company.example"),
        ("Max", "Muster", "max@"),
        ("Uta", "Esempio", "uta@company.example"),
        ("Eva", "Esempio", "EVA@company.example"),
        ("Eva", "Esempio", "eva@company.example"),
        ("Leo", "", "leo@company.example"),
    )
    assert answer.status_code == 200
    assert said(answer.text) == [
        "Confirmed",
        "Not registered: this is no e-mail address",
        "Registered already",
        "Waiting",
        "Not registered: twice on this list",
        "Not registered: given name and family name are needed",
    ]
    for kept, gone in (("max@", "ada@company.example"), ("leo@company.example", "EVA@company.example")):
        assert f'value="{kept}"' in answer.text
        assert f'value="{gone}"' not in answer.text
    rows = [one for one in people_of(event, database) if one.delegation_id == cluster.id]
    assert [(one.given_name, one.place, one.origin) for one in rows] == [
        ("Ada", Place.CONFIRMED, "delegation"),
        ("Eva", Place.WAITLISTED, "delegation"),
    ]
    assert rows[0].organisation_id == cluster.id
    assert queries.history(rows[0].id)[0].account_id is not None


def test_the_same_page_sent_twice_registers_nobody_twice(client: FlaskClient, database: Session, cluster: Any) -> None:
    event = an_event()
    page = f"/delegations/{event.slug}"
    values = hidden_values(client.get(page).text) | {"informed": "y", "pasted": "Ada Esempio <ada@x.example>"}
    assert [said(client.post(page, data=values).text) for _ in range(2)] == [["Confirmed"], ["Confirmed"]]
    assert len(people_of(event, database)) == 1


def test_cells_of_a_spreadsheet_are_read_with_their_members_and_a_bad_file_is_refused_whole(
    client: FlaskClient, database: Session, cluster: Any
) -> None:
    event = an_event()
    member = make_organisation("Member Ltd", type=COMPANY)
    _put(Membership(cluster_id=cluster.id, member_id=member.id))
    table = "Given name;Family name;E-mail;Organisation\nAda;Esempio;ada@x.example;member ltd\nEva;E;eva@x.example;\n"
    assert said(batch(client, event, pasted=table).text) == ["Confirmed", "Confirmed"]
    assert [one.organisation_id for one in people_of(event, database)] == [member.id, cluster.id]
    refused = batch(client, event, ("Leo", "L", "leo@x.example"), pasted="Given name;Family name\nAda;Esempio")
    assert refused.status_code == 422
    assert 'value="leo@x.example"' in refused.text
    assert len(people_of(event, database)) == 2


def test_a_file_in_guessed_letters_is_looked_at_before_anybody_is_registered(
    client: FlaskClient, database: Session, cluster: Any
) -> None:
    event = an_event()
    table = "Vorname;Nachname;E-Mail\nJürgen;Größe;j@x.example\n".encode("cp1252")
    looked = batch(client, event, file=(io.BytesIO(table), "people.csv"))
    assert looked.status_code == 422
    assert "it was read as Windows-1252" in looked.text
    assert "j@x.example;Jürgen;Größe;;" in looked.text
    assert not people_of(event, database)
    pasted = "E-mail;Given name;Family name;Organisation;Language\nj@x.example;Jürgen;Größe;;\n"
    assert said(batch(client, event, pasted=pasted).text) == ["Confirmed"]
    utf_16 = "Vorname;Nachname;E-Mail\nÖzil;M;o@x.example\n".encode("utf-16")
    assert said(batch(client, event, file=(io.BytesIO(utf_16), "people.csv")).text) == ["Confirmed"]


@pytest.mark.parametrize(
    ("rule", "answers"),
    [(GroupRule.PART, ["Confirmed", "Confirmed", "Waiting"]), (GroupRule.SKIP, ["Waiting"] * 3)],
)
def test_a_delegation_draws_from_its_quota_and_stays_together_as_the_event_says(
    client: FlaskClient, database: Session, cluster: Any, rule: GroupRule, answers: list[str]
) -> None:
    event = an_event(capacity=3, policy={"group_rule": rule})
    quota = QuotaInput(kind=QuotaKind.CLUSTER, size=2, organisation_id=cluster.id)
    seats.add_quota(event_slug=event.slug, values=quota, actor=SYSTEM, now=NOW)
    joining.join(event_id=event.id, person=person("uta"), form_key="form-of-uta-xxxxxxxxxxx", now=NOW)
    row = {"rows-0-organisation": "A company of ours", "together": "y"}
    people = [(name, "Esempio", f"{name}@x.example") for name in ("ada", "eva", "max")]
    assert said(batch(client, event, *people, **row).text) == answers
    rows = people_of(event, database)[1:]
    assert None not in {one.claim_id for one in rows}
    assert len({one.party for one in rows}) == 1
    assert rows[0].party


@pytest.mark.parametrize(
    ("organisation", "part", "status"),
    [
        ({"type": OrganisationType.CLUSTER_ORGANISATION}, "", 200),
        ({"type": COMPANY}, "supporter", 200),
        ({"type": COMPANY}, "partner", 200),
        ({"type": COMPANY}, "", 404),
    ],
)
def test_partners_those_with_a_part_and_clusters_send_delegations(
    client: FlaskClient, database: Session, organisation: dict[str, Any], part: str, status: int
) -> None:
    own = make_organisation("Own", **organisation)
    project = make_project()
    event = an_event(project_id=project.id)
    if part == "partner":
        give(project, own)
    elif part:
        _put(EventOrganisation(event_id=event.id, organisation_id=own.id, role=OrganisationRole.SUPPORTER))
    sign_in_manager(client, own, "eva@filo.example")
    assert client.get(f"/delegations/{event.slug}").status_code == status


def test_nobody_reaches_the_members_of_others(client: FlaskClient, database: Session, cluster: Any) -> None:
    event = an_event()
    item = make_item(event, "Lab")
    open_table(event, item, 5)
    alone = joining.join(event_id=event.id, person=person("uta"), form_key="form-of-uta-xxxxxxxxxxx", now=NOW)
    batch(client, event, ("Ada", "Esempio", "ada@x.example"))
    mine = people_of(event, database)[1]
    page = f"/delegations/{event.slug}"
    assert "uta@company.example" not in client.get(page).text
    for path in ("withdrawal", "tables"):
        data = {"to_item": str(item.id)}
        assert send(client, page, data, to=f"{page}/people/{alone.id}/{path}").status_code == 404
    other = make_organisation("Another cluster")
    assert client.get(f"{page}?organisation={other.id}").status_code == 404
    sign_in_manager(client, other, "leo@filo.example")
    assert "ada@x.example" not in client.get(page).text
    assert send(client, page, {}, to=f"{page}/people/{mine.id}/withdrawal").status_code == 404
    assert {one.place for one in people_of(event, database)} == {Place.CONFIRMED}
    assert client.get(f"/manage/events/{event.slug}/participants").status_code == 403


def test_members_are_seated_replaced_and_withdrawn(client: FlaskClient, database: Session, cluster: Any) -> None:
    event = an_event()
    item = make_item(event, "Lab")
    open_table(event, item, 5)
    batch(client, event, ("Ada", "Esempio", "ada@x.example"))
    (one,) = people_of(event, database)
    page = f"/delegations/{event.slug}"
    assert send(client, page, {"to_item": str(item.id)}, to=f"{page}/people/{one.id}/tables").status_code == 303
    assert len(standing(event)) == 1
    refused = send(client, page, {"given_name": "Zoë"}, to=f"{page}/people/{one.id}/replacement")
    assert refused.status_code == 422
    assert 'value="Zoë"' in refused.text
    assert f'aria-describedby="email-{one.id}-error"' in refused.text
    colleague = {"given_name": "Leo", "family_name": "Esempio", "email": "leo@x.example"}
    assert send(client, page, colleague, to=f"{page}/people/{one.id}/replacement").status_code == 303
    assert "leo@x.example" in client.get(page).text
    told = database.scalars(select(Message).where(Message.name == "registration_handed_over")).one()
    letter = letters.handed_over(told.context, "en")
    assert letter
    assert letter.values["replaced_by"] == cluster.name
    assert send(client, page, {}, to=f"{page}/people/{one.id}/withdrawal").status_code == 303
    assert [(row.email, row.place) for row in people_of(event, database)] == [("leo@x.example", Place.WITHDRAWN)]
    assert send(client, page, {}, to=f"{page}/people/{one.id}/withdrawal").status_code == 409


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"audience": Audience.INVITED}, "by invitation only"),
        ({"status": Status.CALLED_OFF}, "called off"),
        ({"closes_at": NOW - timedelta(days=1)}, "Registration has closed"),
    ],
)
def test_the_window_is_as_for_everybody(
    client: FlaskClient, database: Session, cluster: Any, changes: dict[str, Any], words: str
) -> None:
    event = an_event(**changes)
    page = f"/delegations/{event.slug}"
    assert client.get(page).status_code == 200
    other = make_event("Other", starts_at=NOW + timedelta(days=5))
    hidden = hidden_values(client.get(f"/delegations/{other.slug}").text)
    answer = client.post(page, data=hidden | {"informed": "y", "pasted": "Ada Esempio <ada@x.example>"})
    assert answer.status_code == 422
    assert words in answer.text
    assert people_of(event, database) == []


def test_the_page_asks_as_often_for_many_as_for_one(client: FlaskClient, database: Session, cluster: Any) -> None:
    event = an_event()
    counts = []
    for names in (("ada",), ("eva", "max", "uta")):
        batch(client, event, *((name, "Esempio", f"{name}@x.example") for name in names))
        with counted_queries() as sent:
            client.get(f"/delegations/{event.slug}")
        counts.append(len(sent))
    assert counts[0] == counts[1], counts


def test_who_may_send_a_delegation_is_led_to_its_page(client: FlaskClient, database: Session) -> None:
    partner, stranger = make_organisation("Partner", type=COMPANY), make_organisation("Stranger", type=COMPANY)
    event = make_event("Visit", organiser=make_organisation("Host"), starts_at=datetime.now(UTC) + timedelta(days=9))
    _put(EventOrganisation(event_id=event.id, organisation_id=partner.id, role=OrganisationRole.SUPPORTER))
    link = f'href="/delegations/{event.slug}"'
    assert link not in client.get(f"/events/{event.slug}").text
    for organisation, is_led in ((partner, True), (stranger, False)):
        sign_in_manager(client, organisation, f"{organisation.slug}@filo.example")
        for page in (f"/events/{event.slug}", "/manage"):
            assert (link in client.get(page).text) is is_led, (organisation.slug, page)
