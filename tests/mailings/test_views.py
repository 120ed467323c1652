"""The pages: drafts, previews, sending, the outbox; and the page of the link to unsubscribe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.events.models import Event
from app.kernel.db import db
from app.kernel.texts import Texts
from app.mailings import queries, services
from app.mailings.links import unsubscribe_url
from app.mailings.models import Mailing, MailingRecipient, Unsubscription
from app.mailings.rules import Anchor, Audience, Owner, State
from app.network.actors import ANYBODY
from app.network.errors import ProjectNotFound
from app.network.models import Affiliation, GroupRoleRow, Organisation, Project, ThematicGroup
from app.network.rules import GroupRole, ProjectRole
from tests.builders import make_event, make_manager, make_organisation, make_person
from tests.forms import hidden_values
from tests.mailings.helpers import addresses, body, draft, fresh, mail_to, make_registration, send
from tests.network.scenes import give
from tests.signing_in import sign_in_manager

ME = "me@filo.example"


@pytest.fixture
def event(client: FlaskClient) -> Event:
    """An event of an organisation that whoever is signed in manages."""
    organiser = make_organisation("Organiser")
    found = make_event("Workshop", organiser=organiser)
    sign_in_manager(client, organiser, ME)
    return found


def post(client: FlaskClient, page: str, path: str = "", **values: str) -> TestResponse:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert token
    return client.post(path or page, data={"csrf_token": token[1], **values})


def test_a_message_is_written_looked_at_and_sent(app: Flask, client: FlaskClient, event: Event) -> None:
    make_registration(event, "ada", locale="it")
    event_id, base = event.id, f"/manage/events/{event.slug}/messages"
    assert "Nothing was written yet" in client.get(base).text
    form = {"subject_en": "News", "body_en": "Dear {given_name} <b>{evnt}</b>", "audience": "confirmed"}
    answer = post(client, f"{base}/new", base, **form)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "It reaches 1 address" in page
    assert "Dear Ada &lt;b&gt;{evnt}&lt;/b&gt;" in page
    assert "no placeholders" in page
    assert "(in English)" in page  # Ada reads Italian
    assert post(client, answer.location, f"{answer.location}/sending", when="now", unit="days").status_code == 303
    mailing = db.session.scalars(select(Mailing).where(Mailing.event_id == event_id)).one()
    assert mailing.state is State.SENDING
    assert "Stop" in client.get(answer.location).text
    assert "Being sent" in client.get(base).text
    assert "It is stopped" in _follow(client, post(client, answer.location, f"{answer.location}/stop"))


def test_what_waits_is_made_a_draft_again(client: FlaskClient, event: Event) -> None:
    mailing_id = draft(event.slug)
    page = f"/manage/events/{event.slug}/messages/{mailing_id}"
    answer = post(client, page, f"{page}/sending", when="at", at="2099-01-10T09:00", unit="days")
    assert "10 Jan 2099, 09:00" in _follow(client, answer)
    assert "It is a draft again" in _follow(client, post(client, page, f"{page}/stop"))
    assert fresh(mailing_id).state is State.DRAFT
    assert f"A trial goes to {ME}" in _follow(client, post(client, page, f"{page}/trial", reader="0"))


def _follow(client: FlaskClient, answer: TestResponse) -> str:
    assert answer.status_code == 303, answer.text
    return client.get(answer.location).text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"when": "at"}, "Choose a day and a time."),
        ({"when": "at", "at": "2001-01-01T10:00"}, "This moment has passed"),
        ({"when": "before_start"}, "Say how long before or after the event."),
        ({"when": "after_end", "amount": "366"}, "Choose a time within one year"),
        ({"when": "never"}, "Not a valid choice"),
    ],
)
def test_a_wrong_time_is_said_beside_its_field(
    client: FlaskClient, event: Event, values: dict[str, str], said: str
) -> None:
    page = f"/manage/events/{event.slug}/messages/{draft(event.slug)}"
    answer = post(client, page, f"{page}/sending", **{"unit": "days", **values})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_ready_text_fills_the_form(client: FlaskClient, event: Event) -> None:
    page = client.get(f"/manage/events/{event.slug}/messages/new?text=day-before").text
    assert "Tomorrow: {event_title}" in page
    assert "{online_link}" in page
    assert client.get(f"/manage/events/{event.slug}/messages/new?text=nonsense").status_code == 200


def test_a_proposal_keeps_its_time_until_somebody_chooses(client: FlaskClient, event: Event) -> None:
    mailing_id = draft(event.slug)
    mailing = queries.mailing(mailing_id)
    mailing.anchor, mailing.minutes, mailing.is_proposal = Anchor.BEFORE_START, 7 * 24 * 60, True
    db.session.commit()
    page = client.get(f"/manage/events/{event.slug}/messages/{mailing_id}").text
    assert re.search(r'name="amount"[^>]*value="7"', page)
    assert "7 days before the start" in page
    assert "proposed; goes to nobody" in client.get(f"/manage/events/{event.slug}/messages").text


def test_a_message_of_another_event_is_not_found(client: FlaskClient, event: Event) -> None:
    foreign = draft(make_event("Other").slug)
    for tail in ("", "/edit"):
        assert client.get(f"/manage/events/{event.slug}/messages/{foreign}{tail}").status_code == 404


def test_the_draft_is_changed_and_thrown_away(client: FlaskClient, event: Event) -> None:
    mailing_id = draft(event.slug)
    page = f"/manage/events/{event.slug}/messages/{mailing_id}"
    assert post(client, f"{page}/edit", subject_de="Neues", body_de="Text", audience="waiting").status_code == 303
    found = fresh(mailing_id)
    assert (dict(found.subject), found.audience, found.is_service) == ({"de": "Neues"}, Audience.WAITING, False)
    assert post(client, f"{page}/edit", audience="partners").status_code == 422
    assert post(client, page, f"{page}/removal").status_code == 303
    assert client.get(page).status_code == 404


# projects and groups


def _project(**roles: ProjectRole) -> tuple[Project, dict[str, int]]:
    project = Project(slug="alps", acronym="ALPS", aliases=[], title=Texts(en="Alps"), objectives=Texts())
    db.session.add(project)
    db.session.commit()
    found = {}
    for name, role in roles.items():
        organisation = make_organisation(
            name, email=f"office@{name}.example", country="DE" if name == "munich" else "IT"
        )
        give(project, organisation, role)
        found[name] = organisation.id
    return project, found


def test_the_exchange_coordinator_writes_to_all_partners(app: Flask, database: Session, mail_folder: Path) -> None:
    _, ids = _project(
        trento=ProjectRole.LEAD_PARTNER,
        munich=ProjectRole.PARTNER,
        graz=ProjectRole.OBSERVER,
        lodi=ProjectRole.EXCHANGE_COORDINATOR,
    )
    manager, visitor = make_person("Eva", email="eva@munich.example"), make_person("Ivo", email="ivo@munich.example")
    for person, is_manager in ((manager, True), (visitor, False)):
        db.session.add(
            Affiliation(person_id=person.id, organisation_id=ids["munich"], job=Texts(), is_manager=is_manager)
        )
    db.session.commit()
    coordinator = make_manager(db.session.get_one(Organisation, ids["lodi"]), "lodi@filo.example")
    values = {"audience": Audience.PARTNERS, "body": "Dear {given_name}, {project}: {page}", "is_service": False}
    mailing_id = draft("alps", owner=Owner.PROJECT, actor=coordinator, **values)
    assert send(app, mailing_id, actor=coordinator).state is State.SENT
    assert addresses(mailing_id) == ["eva@munich.example", "office@munich.example", "office@trento.example"]
    mail = mail_to(mail_folder, mailing_id, "eva@munich.example")
    assert mail["Content-Language"] == "de"
    assert "Dear Eva, ALPS: http://localhost/projects/alps" in body(mail)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(mail["List-Unsubscribe"]).startswith("<http://localhost/unsubscribe/")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (ProjectRole.LEAD_PARTNER, True),
        (ProjectRole.EXCHANGE_COORDINATOR, True),
        (ProjectRole.PARTNER, False),
        (ProjectRole.OBSERVER, False),
    ],
)
def test_nobody_else_writes_to_the_partners(client: FlaskClient, role: ProjectRole, may: bool) -> None:
    _, ids = _project(trento=role)
    sign_in_manager(client, db.session.get_one(Organisation, ids["trento"]), ME)
    assert client.get("/manage/projects/alps/messages").status_code == (200 if may else 403)
    assert client.get("/manage/projects/alps/messages/new").status_code == (200 if may else 403)


def test_the_page_of_the_project_leads_those_who_may_to_its_messages(client: FlaskClient) -> None:
    project, ids = _project(trento=ProjectRole.EXCHANGE_COORDINATOR, munich=ProjectRole.PARTNER)
    group = ThematicGroup(slug="wood", name=Texts(en="Wood"), project_id=project.id, position=1, aliases=[])
    db.session.add(group)
    db.session.commit()
    pages = {"/projects/alps": "/manage/projects/alps/messages", "/groups/wood": "/manage/groups/wood/messages"}
    assert not any(way in client.get(page).text for page, way in pages.items())
    sign_in_manager(client, db.session.get_one(Organisation, ids["munich"]), ME)
    assert not any(way in client.get(page).text for page, way in pages.items())
    sign_in_manager(client, db.session.get_one(Organisation, ids["trento"]), "other@filo.example")
    assert all(way in client.get(page).text for page, way in pages.items())


def test_partners_without_an_address_are_named_and_answers_go_to_who_sends(
    app: Flask, client: FlaskClient, mail_folder: Path
) -> None:
    _, ids = _project(trento=ProjectRole.EXCHANGE_COORDINATOR, munich=ProjectRole.PARTNER, graz=ProjectRole.PARTNER)
    db.session.get_one(Organisation, ids["graz"]).email = None
    coordinator = make_manager(db.session.get_one(Organisation, ids["trento"]), "eva@trento.example")
    mailing_id = draft("alps", owner=Owner.PROJECT, actor=coordinator, audience=Audience.PARTNERS)
    sign_in_manager(client, db.session.get_one(Organisation, ids["trento"]), ME)
    page = client.get(f"/manage/projects/alps/messages/{mailing_id}").text
    assert "no address is known: graz." in page
    assert "Who answers this mail writes to eva@trento.example." in page
    send(app, mailing_id, actor=coordinator)
    assert mail_to(mail_folder, mailing_id, "office@munich.example")["Reply-To"] == "eva@trento.example"


def test_who_gave_no_address_at_the_door_is_named_and_not_counted(
    client: FlaskClient, app: Flask, event: Event
) -> None:
    make_registration(event, "ada")
    make_registration(event, "ivo", email="0a1b@walk-in.invalid")
    page = f"/manage/events/{event.slug}/messages/{draft(event.slug)}"
    assert "It reaches 1 address, as things are now." in client.get(page).text
    assert "no address is known: Ivo Esempio." in client.get(page).text
    send(app, int(page.rpartition("/")[2]))
    assert ".invalid" not in client.get(page).text


def test_the_outbox_of_a_group_names_it(client: FlaskClient) -> None:
    project, ids = _project(trento=ProjectRole.LEAD_PARTNER)
    db.session.add(ThematicGroup(slug="wood", name=Texts(en="Wood"), project_id=project.id, position=1, aliases=[]))
    db.session.commit()
    sign_in_manager(client, db.session.get_one(Organisation, ids["trento"]), ME)
    base = "/manage/groups/wood/messages"
    assert "one of those above" not in client.get(base).text
    draft("wood", owner=Owner.GROUP, subject=Texts(en="{group} of {project}"), audience=Audience.MEMBERS)
    assert "Wood of ALPS" in client.get(base).text


def test_a_group_is_written_to_by_its_coordinator(app: Flask, client: FlaskClient) -> None:
    project, ids = _project(trento=ProjectRole.LEAD_PARTNER, munich=ProjectRole.PARTNER, graz=ProjectRole.PARTNER)
    group = ThematicGroup(slug="wood", name=Texts(en="Wood"), project_id=project.id, position=1, aliases=[])
    db.session.add(group)
    db.session.flush()
    for name, role in (("munich", GroupRole.COORDINATOR), ("graz", GroupRole.MEMBER)):
        db.session.add(GroupRoleRow(group_id=group.id, organisation_id=ids[name], role=role))
    db.session.commit()
    sign_in_manager(client, db.session.get_one(Organisation, ids["munich"]), ME)
    assert client.get("/manage/groups/wood/messages").status_code == 200
    assert client.get("/manage/projects/alps/messages").status_code == 403
    mailing_id = draft("wood", owner=Owner.GROUP, audience=Audience.MEMBERS, body="{group}", is_service=False)
    send(app, mailing_id)
    assert addresses(mailing_id) == [ME, "office@graz.example", "office@munich.example"]


def test_what_does_not_exist_is_not_found(database: Session) -> None:
    with pytest.raises(ProjectNotFound):
        services.writable_circle(Owner.PROJECT, "nowhere", ANYBODY)


# unsubscribing


@pytest.fixture
def unsubscribe_path(app: Flask, client: FlaskClient) -> str:
    _project(munich=ProjectRole.PARTNER)
    mailing_id = draft("alps", owner=Owner.PROJECT, audience=Audience.PARTNERS, is_service=False)
    send(app, mailing_id)
    recipient = db.session.scalars(select(MailingRecipient).where(MailingRecipient.mailing_id == mailing_id)).one()
    return unsubscribe_url(recipient).removeprefix("http://localhost")


def test_one_click_of_the_mail_program_unsubscribes(app: Flask, client: FlaskClient, unsubscribe_path: str) -> None:
    """As RFC 8058 has it: a POST without cookies or token; opening the link does nothing."""
    assert client.get(unsubscribe_path).status_code == 200
    assert db.session.query(Unsubscription).count() == 0
    for _again in range(2):
        assert client.post(unsubscribe_path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [(row.scope.partition(":")[0], row.address_key) for row in db.session.query(Unsubscription)] == [
        ("project", "office@munich.example")
    ]
    later = draft("alps", owner=Owner.PROJECT, audience=Audience.PARTNERS, is_service=False)
    send(app, later)
    assert addresses(later) == []
    service = draft("alps", owner=Owner.PROJECT, audience=Audience.PARTNERS, is_service=True)
    send(app, service)
    assert addresses(service) == ["office@munich.example"]


def test_the_page_asks_first_and_can_take_it_back(client: FlaskClient, unsubscribe_path: str) -> None:
    token = hidden_values(client.get(unsubscribe_path).text)["csrf_token"]
    assert "No more such messages go to" in client.post(unsubscribe_path, data={"csrf_token": token}).text
    again = client.post(unsubscribe_path, data={"csrf_token": token, "again": "yes"})
    assert "Messages go to office@munich.example again" in again.text
    assert db.session.query(Unsubscription).count() == 0


@pytest.mark.parametrize("change", ["0", ".", ""])
def test_a_forged_link_unsubscribes_nobody(client: FlaskClient, unsubscribe_path: str, change: str) -> None:
    forged = unsubscribe_path[:-1] + change if change else "/unsubscribe/nobody"
    if forged == unsubscribe_path:
        forged = unsubscribe_path[:-1] + "1"
    assert client.get(forged).status_code == 404
    assert client.post(forged, data={"List-Unsubscribe": "One-Click"}).status_code == 404
    assert client.post(unsubscribe_path, data={}).status_code == 400
    assert db.session.query(Unsubscription).count() == 0


def test_a_service_message_has_no_way_out(app: Flask, client: FlaskClient, event: Event, mail_folder: Path) -> None:
    make_registration(event, "ada")
    mailing_id = draft(event.slug)
    send(app, mailing_id)
    mail = mail_to(mail_folder, mailing_id, "ada@company.example")
    assert mail["List-Unsubscribe"] is None
    assert "unsubscribe" not in body(mail)
