"""Contact exchange: only between those who agreed, and only as long as they do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.agenda.rules import ItemKind
from app.events.models import Event
from app.forums import errors
from app.forums.inputs import CardInput
from app.forums.presenters.contacts import directory
from app.forums.queries import contacts as queries
from app.forums.services import contacts as services
from app.registration.inputs import Heir
from app.registration.services import handing_over, leaving
from tests.builders import NOW, make_organisation
from tests.forms import hidden_values
from tests.forums.helpers import link, make_forum, put_part
from tests.registration.helpers import join
from tests.signing_in import sign_in_manager


@pytest.fixture
def event(database: Session) -> Event:
    event = make_forum(make_organisation("Organiser"))
    put_part(event, ItemKind.NETWORKING)
    return event


def share(registration_id: int, **changes: Any) -> None:
    services.share(registration_id, values=CardInput(**changes), now=NOW)


def names(event: Event, reader: int) -> list[str]:
    return [card.name for card in directory(event.id, reader)]


def test_a26_two_who_opted_in_see_each_others_card_and_a_third_who_did_not_is_absent(
    client: FlaskClient, event: Event
) -> None:
    ada, eva, uta = (join(event.id, name).id for name in ("ada", "eva", "uta"))
    for one in (ada, eva):
        page = f"{link(one)}/contacts"
        sent = hidden_values(client.get(page).text) | {"about": "Looks for labs"}
        assert client.post(page, data=sent).status_code == 303
    seen = {one: client.get(f"{link(one)}/contacts").text for one in (ada, eva, uta)}
    assert "Eva Esempio" in seen[ada]
    assert "Ada Esempio" in seen[eva]
    assert not any("Uta Esempio" in page for page in seen.values())
    assert "Ada Esempio" not in seen[uta]
    assert "Looks for labs" in seen[eva]
    assert "eva@company.example" not in seen[ada]  # an address only where its owner says so


def test_nobody_takes_part_unasked_and_a_withdrawal_holds_at_once(client: FlaskClient, event: Event) -> None:
    ada, eva = (join(event.id, name).id for name in ("ada", "eva"))
    assert (names(event, ada), queries.count_cards(event.id)) == ([], 0)
    share(ada, shows_email=True, phone="+39 0464 000000", website="https://company.example", about="Labs")
    share(eva)
    page = client.get(f"{link(eva)}/contacts").text
    for said in ("ada@company.example", "+39 0464 000000", 'href="https://company.example"', "Labs"):
        assert said in page
    hidden = hidden_values(client.get(f"{link(ada)}/contacts").text)
    for _twice in range(2):
        assert client.post(f"{link(ada)}/contacts/removal", data=hidden).status_code == 303
    assert names(event, eva) == []
    assert queries.card(ada) is None


def test_cards_stay_among_the_participants_of_one_event(event: Event) -> None:
    other = make_forum(make_organisation())
    put_part(other, ItemKind.NETWORKING)
    ada, eva, uta = join(event.id, "ada").id, join(event.id, "eva").id, join(other.id, "uta").id
    for one in (ada, eva, uta):
        share(one)
    assert (names(event, ada), names(other, uta)) == (["Eva Esempio"], [])
    leaving.withdraw(eva, now=NOW)
    assert names(event, ada) == []
    assert names(event, eva) == []
    with pytest.raises(errors.NotAParticipant):
        share(eva)


def test_another_person_on_the_same_place_has_agreed_to_nothing(event: Event) -> None:
    ada = join(event.id, "ada").id
    share(ada, phone="1")
    heir = Heir(given_name="Uta", family_name="Esempio", email="uta@company.example", locale="en")
    handing_over.hand_over(ada, to=heir, now=NOW)
    assert queries.card(ada) is None


def test_the_exchange_ends_two_months_after_the_event_and_needs_networking(event: Event) -> None:
    ada = join(event.id, "ada").id
    share(ada)
    services.erase_over(now=event.ends_at + timedelta(days=59))
    assert queries.card(ada)
    services.erase_over(now=event.ends_at + timedelta(days=60))
    assert queries.card(ada) is None
    with pytest.raises(errors.ContactsOver):
        services.share(ada, values=CardInput(), now=event.ends_at + timedelta(days=60))
    without = join(make_forum(make_organisation()).id, "ada").id
    with pytest.raises(errors.FormatNotFound):
        share(without)


def test_an_address_that_is_none_stands_beside_its_field(client: FlaskClient, event: Event) -> None:
    page = f"{link(join(event.id, 'ada').id)}/contacts"
    sent = hidden_values(client.get(page).text) | {"website": "javascript:alert(1)", "about": "Kept"}
    answer = client.post(page, data=sent)
    assert (answer.status_code, "beginning with https://" in answer.text, "Kept" in answer.text) == (422, True, True)


def test_the_organiser_reads_how_many_and_the_participant_what_is_kept(client: FlaskClient, event: Event) -> None:
    ada = join(event.id, "ada").id
    share(ada, about="Labs")
    assert "You share your card." in client.get(link(ada)).text
    assert client.get(f"{link(ada)}/data").json["forum"]["contact_card"]["about"] == "Labs"
    sign_in_manager(client, event.organisations[0].organisation, "organiser@filo.example")
    page = client.get(f"/manage/events/{event.slug}/forum/contacts").text
    assert "share a card" in page
    assert "Labs" not in page
