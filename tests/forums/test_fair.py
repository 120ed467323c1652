"""A fair: stands bound to practices, taps that name nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.agenda.rules import ItemKind
from app.events.models import Event
from app.forums import errors
from app.forums.presenters.fair import interest_in
from app.forums.queries import fair as queries
from app.forums.services import fair as services
from app.kernel.db import db
from app.kernel.texts import Texts
from app.mail.models import Message
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.practices.models import Practice
from app.registration.models import Registration
from app.transfers import queries as transfers
from app.transfers.rules import Uptake
from app.transfers.services import DECLARED, declare
from tests.builders import NOW, make_organisation
from tests.forms import hidden_values
from tests.forums.helpers import link, make_forum, put_part
from tests.papers import pages
from tests.sheets.helpers import seat as register
from tests.signing_in import sign_in_manager


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def owner(database: Session) -> Organisation:
    return make_organisation("Owner")


@pytest.fixture
def event(organiser: Organisation) -> Event:
    return make_forum(organiser, starts_at=NOW + timedelta(days=9000))  # the pages read the clock


@pytest.fixture
def item_id(event: Event) -> int:
    return put_part(event, ItemKind.FAIR)


def write(owner: Organisation, slug: str = "shared-lab", **changes: Any) -> Practice:
    values: dict[str, Any] = {
        "slug": slug,
        "title": Texts(en=slug.replace("-", " ").capitalize()),
        "summary": Texts(en="Short"),
        "body": Texts(),
        "owner_id": owner.id,
        "country_code": "IT",
        "is_published": True,
        "created_at": NOW,
        "changed_at": NOW,
    }
    practice = Practice(**values | changes)
    db.session.add(practice)
    db.session.commit()
    return practice


def stand(event: Event, item_id: int, practice: Practice) -> int:
    return services.add_stand(event_slug=event.slug, item_id=item_id, practice_id=practice.id, actor=SYSTEM, now=NOW)


def tap(registration_id: int, item_id: int, stand_id: int, *, is_interested: bool = True) -> None:
    services.tap(registration_id, stand_id=stand_id, item_id=item_id, is_interested=is_interested, now=NOW)


def test_a_practice_has_one_stand_and_is_published(event: Event, item_id: int, owner: Organisation) -> None:
    practice = write(owner)
    stand(event, item_id, practice)
    with pytest.raises(errors.StandTwice):
        stand(event, item_id, practice)
    with pytest.raises(errors.PracticeUnknown):
        stand(event, item_id, write(owner, "hidden", is_published=False))
    with pytest.raises(errors.FormatNotFound):
        stand(event, put_part(event, ItemKind.PITCH), write(owner, "another"))


def test_taps_count_once_a_person_and_can_be_taken_back(event: Event, item_id: int, owner: Organisation) -> None:
    practice = write(owner)
    stand_id = stand(event, item_id, practice)
    ada, eva = register(event, ("Ada", "Esempio"), ("Eva", "Esempio"))
    for one in (ada, ada, eva):
        tap(one, item_id, stand_id)
    assert queries.counts([stand_id]) == {stand_id: 2}
    tap(ada, item_id, stand_id, is_interested=False)
    assert [one.interested for one in interest_in(practice.id)] == [1]
    stranger = register(make_forum(make_organisation()), ("Uta", "Esempio"))[0]
    with pytest.raises(errors.NotAParticipant):
        tap(stranger, item_id, stand_id)
    with pytest.raises(errors.FairOver):
        services.tap(ada, stand_id=stand_id, item_id=item_id, is_interested=True, now=event.ends_at)


def test_a_phone_that_opened_the_fair_is_known_at_every_stand(
    client: FlaskClient, event: Event, item_id: int, owner: Organisation
) -> None:
    stand_id = stand(event, item_id, write(owner))
    (ada,) = register(event, ("Ada", "Esempio"))
    code = queries.stand(item_id, stand_id).code
    at_the_stand = f"/events/{event.slug}/stands/{code}"
    assert "Ada" not in client.get(at_the_stand).text
    page = f"{link(ada)}/fair/{item_id}"
    assert f'href="{page}"' in client.get(link(ada)).text
    assert "Shared lab" in client.get(page).text
    known = client.get(at_the_stand).text
    assert "You are Ada Esempio." in known
    assert client.post(at_the_stand, data=hidden_values(known)).status_code == 303
    assert queries.interests_of(ada) == {stand_id}
    assert "You are interested" in client.get(page).text
    sent = {"csrf_token": hidden_values(known)["csrf_token"], "stand": str(stand_id), "interested": "no"}
    assert client.post(page, data=sent).status_code == 303
    assert queries.interests_of(ada) == frozenset()
    assert client.post(page, data=sent | {"stand": "77777"}).status_code == 404
    assert client.get(f"/events/{event.slug}/stands/nowhere").status_code == 404


def test_an_address_is_answered_alike_whether_it_is_registered_or_not(
    client: FlaskClient, event: Event, item_id: int, owner: Organisation
) -> None:
    stand_id = stand(event, item_id, write(owner))
    (ada,) = register(event, ("Ada", "Esempio"))
    address = db.session.get_one(Registration, ada).email
    path = f"/events/{event.slug}/stands/{queries.stand(item_id, stand_id).code}"
    said = []
    for email in (address.upper(), "nobody@company.example"):
        hidden = hidden_values(client.get(path).text)
        answer = client.post(path, data=hidden | {"email": email}, follow_redirects=True)
        said.append("your interest is noted" in answer.text)
    assert said == [True, True]
    assert queries.counts([stand_id]) == {stand_id: 1}
    assert client.post(path, data=hidden_values(client.get(path).text) | {"email": "no"}).status_code == 422


def test_organiser_and_owner_read_how_many_and_never_who(
    client: FlaskClient, organiser: Organisation, owner: Organisation, event: Event, item_id: int
) -> None:
    practice = write(owner)
    (ada,) = register(event, ("Ada", "Unmistakable"))
    sign_in_manager(client, organiser, "organiser@filo.example")
    page = f"/manage/events/{event.slug}/forum/fair/{item_id}"
    token = {"csrf_token": hidden_values(client.get(page).text)["csrf_token"]}
    assert client.post(f"{page}/stands", data=token | {"practice": "0"}).status_code == 422
    sent = token | {"practice": str(practice.id), "place": "Left"}
    assert client.post(f"{page}/stands", data=sent).status_code == 303
    again = client.post(f"{page}/stands", data=sent)
    assert (again.status_code, "has a stand already" in again.text) == (409, True)
    (row,) = queries.stands_of(item_id)
    tap(ada, item_id, row.id)
    assert "1 person is interested" in client.get(page).text
    assert "Unmistakable" not in client.get(page).text
    (paper,) = pages(client.get(f"{page}/stands.pdf").data)
    assert "Shared lab" in paper
    assert client.get(f"/manage/practices/{practice.slug}/interest").status_code == 404
    sign_in_manager(client, owner, "owner@filo.example")
    shown = client.get(f"/manage/practices/{practice.slug}/interest").text
    assert "1 person is interested" in shown
    assert "Unmistakable" not in shown


def takers(practice: Practice) -> list[tuple[str, Uptake]]:
    return [(row.organisation.name, row.state) for row in transfers.adoptions_of(practice.id)]


def told() -> int:
    query = select(func.count()).select_from(Message).where(Message.name == DECLARED)
    return db.session.scalar(query) or 0


def test_who_taps_for_a_known_organisation_begins_its_adoption_once_and_the_owner_is_told(
    event: Event, item_id: int, owner: Organisation
) -> None:
    owner.email = "owner@x.example"
    practice, visitor = write(owner), make_organisation("Visitor")
    stand_id = stand(event, item_id, practice)
    ada, eva = register(event, ("Ada", "Esempio"), ("Eva", "Esempio"), organisation_id=visitor.id)
    (uta,) = register(event, ("Uta", "Esempio"), organisation_id=owner.id)
    (leo,) = register(event, ("Leo", "Esempio"))
    for one in (ada, ada, eva, uta, leo):
        tap(one, item_id, stand_id)
    assert takers(practice) == [("Visitor", Uptake.INTERESTED)]
    assert told() == 1
    tap(ada, item_id, stand_id, is_interested=False)
    assert takers(practice) == [("Visitor", Uptake.INTERESTED)]  # Eva still is
    tap(eva, item_id, stand_id, is_interested=False)
    assert takers(practice) == []
    tap(eva, item_id, stand_id)
    assert (takers(practice), told()) == ([("Visitor", Uptake.INTERESTED)], 1)


@pytest.mark.parametrize("state", [Uptake.INTERESTED, Uptake.PILOTING])
def test_an_adoption_of_which_somebody_said_more_outlives_the_tap(
    event: Event, item_id: int, owner: Organisation, state: Uptake
) -> None:
    practice, visitor = write(owner), make_organisation("Visitor")
    stand_id = stand(event, item_id, practice)
    (ada,) = register(event, ("Ada", "Esempio"), organisation_id=visitor.id)
    tap(ada, item_id, stand_id)
    declare(slug=practice.slug, organisation_id=visitor.id, state=state, actor=SYSTEM, locale="en", now=NOW)
    tap(ada, item_id, stand_id, is_interested=False)
    assert takers(practice) == [("Visitor", state)]


def test_who_only_types_an_address_speaks_for_no_organisation(
    client: FlaskClient, event: Event, item_id: int, owner: Organisation
) -> None:
    practice, visitor = write(owner), make_organisation("Visitor")
    stand_id = stand(event, item_id, practice)
    (ada,) = register(event, ("Ada", "Esempio"), organisation_id=visitor.id)
    path = f"/events/{event.slug}/stands/{queries.stand(item_id, stand_id).code}"
    email = db.session.get_one(Registration, ada).email
    assert client.post(path, data=hidden_values(client.get(path).text) | {"email": email}).status_code == 303
    assert (queries.interests_of(ada), takers(practice)) == ({stand_id}, [])
    page = client.get(f"{link(ada)}/fair/{item_id}").text
    assert "Visitor then stands at the practice" in page
