from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.agenda.rules import ItemKind
from app.events.rules import Audience
from app.kernel.db import db
from app.needs import links, queries, services
from app.needs.errors import MayNotState, NeedNotFound, TooManyNeeds
from app.needs.inputs import NeedInput
from app.needs.models import Need
from app.needs.rules import MOST_OF_ONE, Gate, NeedState
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.registration.services import joining
from app.walls.links import key_of
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.forms import hidden_values, send
from tests.forums.helpers import link, put_part
from tests.query_counter import counted_queries
from tests.registration.helpers import person as typed_person
from tests.signing_in import sign_in_manager

HOSTILE = "<script>alert(1)</script> =1+1"


class Workshop:
    """An event on that very day, with a needs session, two participants and a manager."""

    def __init__(self) -> None:
        self.organiser = make_organisation("Polo Example")
        self.event = make_event(
            "Workshop", organiser=self.organiser, starts_at=NOW, ends_at=NOW + timedelta(hours=8), capacity=9
        )
        self.item_id = put_part(self.event, ItemKind.NEEDS_SESSION)
        self.people = [
            joining.join(
                event_id=self.event.id, person=typed_person(name), form_key=name * 6, now=NOW - timedelta(days=9)
            ).id
            for name in ("ada", "eva")
        ]
        services.set_gates(
            event_slug=self.event.slug, item_id=self.item_id, entries=Gate.OPEN, votes=Gate.OPEN, actor=SYSTEM, now=NOW
        )

    @property
    def page(self) -> str:
        return f"{link(self.people[0])}/needs/{self.item_id}"

    @property
    def manage(self) -> str:
        return f"/manage/events/{self.event.slug}/needs"

    def say(self, text: str, *, who: int = 0, **values: Any) -> Need:
        item = queries.part(self.event.id, self.item_id)
        data = NeedInput(text=text, **values)
        return services.put_in(item=item, registration_id=self.people[who], values=data, now=NOW)

    def vote(self, need: Need, voter: str, *, is_wanted: bool = True) -> int:
        return services.vote(need.public_id, item_id=self.item_id, voter=voter, is_wanted=is_wanted, now=NOW)


@pytest.fixture
def workshop(database: object) -> Workshop:
    return Workshop()


@pytest.mark.usefixtures("database")
def test_a27_a_need_put_in_on_a_phone_stands_on_the_wall(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = Workshop()
    monkeypatch.setattr("app.kernel.clock.now", lambda: NOW + timedelta(hours=1, minutes=30))
    wall = f"/events/{workshop.event.slug}/wall?key={key_of(workshop.event.id)}&lang=en"
    quiet = client.get(wall)
    assert "appears here" in quiet.text
    values = {"text": "Shared test benches", "cluster": str(workshop.organiser.id), "priority": "need_urgent"}
    answer = send(client, workshop.page, values)
    assert answer.status_code == 303, answer.text
    loud = client.get(wall, headers={"If-None-Match": quiet.headers["ETag"]})
    assert loud.status_code == 200
    assert "Shared test benches" in loud.text
    assert "Polo Example" in loud.text
    (need,) = queries.shown_at(workshop.item_id)
    workshop.vote(need, "phone:1")
    voted = client.get(wall, headers={"If-None-Match": loud.headers["ETag"]})
    assert voted.status_code == 200
    assert client.get(wall, headers={"If-None-Match": voted.headers["ETag"]}).status_code == 304
    assert "Shared test benches" not in client.get(f"/events/{workshop.event.slug}/wall?lang=en").text


def test_the_same_form_sent_twice_is_one_need(client: FlaskClient, workshop: Workshop) -> None:
    form = hidden_values(client.get(workshop.page).text) | {"text": "Once", "priority": "need_helpful"}
    for _ in range(2):
        assert client.post(workshop.page, data=form).status_code == 303
    assert [need.text for need in queries.shown_at(workshop.item_id)] == ["Once"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"text": ""}, "Say in a sentence"),
        ({"text": "x" * 501}, "1 character"),
        ({"text": "a\x00b"}, "cannot"),
        ({"text": "Fine", "cluster": "999"}, "Not a valid choice|Choose one"),
        ({"text": "Fine", "priority": "forged"}, "Not a valid choice|Choose one"),
    ],
)
def test_wrong_input_stands_beside_its_field_and_is_kept(
    client: FlaskClient, workshop: Workshop, values: dict[str, str], said: str
) -> None:
    answer = send(client, workshop.page, {"priority": "need_urgent", **values})
    assert answer.status_code == 422
    assert re.search(said, answer.text)
    assert not queries.shown_at(workshop.item_id)
    if values["text"] == "Fine":
        assert "Fine</textarea>" in answer.text


def test_a_participant_votes_once_and_takes_it_back(client: FlaskClient, workshop: Workshop) -> None:
    need = workshop.say("Training", who=1)
    for _ in range(2):
        assert send(client, workshop.page, {"need": need.public_id}).status_code == 303
    assert queries.need(need.public_id).voters == 1
    assert "You voted for it" in client.get(workshop.page).text
    assert send(client, workshop.page, {"need": need.public_id, "wanted": "no"}).status_code == 303
    assert queries.need(need.public_id).voters == 0
    assert send(client, workshop.page, {"need": "unknown"}).status_code == 404


def test_a_closed_vote_says_so_and_counts_nothing(client: FlaskClient, workshop: Workshop) -> None:
    need = workshop.say("Training")
    services.set_gates(
        event_slug=workshop.event.slug,
        item_id=workshop.item_id,
        entries=Gate.CLOSED,
        votes=Gate.CLOSED,
        actor=SYSTEM,
        now=NOW,
    )
    page = client.get(workshop.page)
    assert "What was said stays here" in page.text or "Come back then" in page.text
    token = {"csrf_token": hidden_values(client.get("/sign-in").text)["csrf_token"]}
    assert client.post(workshop.page, data=token | {"need": need.public_id}).status_code == 409
    late = client.post(workshop.page, data=token | {"text": "Late", "priority": "need_urgent"})
    assert late.status_code == 409
    assert queries.need(need.public_id).voters == 0


def test_the_code_of_a_table_takes_needs_and_one_vote_a_phone(
    app: Flask, client: FlaskClient, workshop: Workshop
) -> None:
    collection = services.open_table(event_slug=workshop.event.slug, item_id=workshop.item_id, actor=SYSTEM)
    with app.test_request_context():
        address = f"/needs/at/{links.token(collection)}"
    assert send(client, address, {"text": "From the table", "priority": "need_urgent"}).status_code == 303
    (need,) = queries.shown_at(workshop.item_id)
    for _ in range(2):
        assert send(client, address, {"need": need.public_id}).status_code == 303
    assert queries.need(need.public_id).voters == 1
    other = app.test_client()
    assert send(other, address, {"need": need.public_id}).status_code == 303
    assert queries.need(need.public_id).voters == 2
    services.renew_link(event_slug=workshop.event.slug, item_id=workshop.item_id, actor=SYSTEM, now=NOW)
    assert client.get(address).status_code == 404
    assert client.get(f"{address}x").status_code == 404


def test_nobody_puts_in_more_than_there_is_room_for(workshop: Workshop) -> None:
    for number in range(MOST_OF_ONE):
        workshop.say(f"Need {number}")
    with pytest.raises(TooManyNeeds):
        workshop.say("One more")
    workshop.say("Somebody else may", who=1)


def test_what_is_said_is_text_on_every_page(client: FlaskClient, workshop: Workshop) -> None:
    need = workshop.say(HOSTILE, cluster_id=workshop.organiser.id)
    services.publish([need.public_id], event_slug=workshop.event.slug, is_public=True, actor=SYSTEM, now=NOW)
    sign_in_manager(client, workshop.organiser, "manager@filo.example")
    for address in ("/needs", f"/needs/{need.public_id}", workshop.page, workshop.manage):
        page = client.get(address).text
        assert "<script>alert" not in page, address
        assert "&lt;script&gt;" in page, address
    assert b"'<script>" not in client.get(f"{workshop.manage}.csv").data


def test_two_needs_become_one_and_whoever_voted_for_both_counts_once(client: FlaskClient, workshop: Workshop) -> None:
    one, other = workshop.say("Test benches"), workshop.say("Benches for tests", who=1)
    for voter in ("registration:1", "registration:2"):
        workshop.vote(one, voter)
    workshop.vote(other, "registration:2")
    sign_in_manager(client, workshop.organiser, "manager@filo.example")
    assert (
        send(
            client, workshop.manage, {"into": one.public_id}, to=f"{workshop.manage}/{one.public_id}/merged"
        ).status_code
        == 422
    )
    merged = send(client, workshop.manage, {"into": one.public_id}, to=f"{workshop.manage}/{other.public_id}/merged")
    assert merged.status_code == 303
    assert queries.need(one.public_id).voters == 2
    assert queries.need(other.public_id).state is NeedState.MERGED
    assert client.get(f"/needs/{other.public_id}").location == f"/needs/{one.public_id}"
    assert "Benches for tests" in client.get(f"/needs/{one.public_id}").text


def test_an_organiser_hides_with_a_reason_and_shows_again(client: FlaskClient, workshop: Workshop) -> None:
    need = workshop.say("Off topic")
    sign_in_manager(client, workshop.organiser, "manager@filo.example")
    address = f"{workshop.manage}/{need.public_id}"
    assert send(client, workshop.manage, {"reason": ""}, to=f"{address}/hidden").status_code == 422
    assert send(client, workshop.manage, {"reason": "Not ours"}, to=f"{address}/hidden").status_code == 303
    assert "Off topic" not in client.get(workshop.page).text
    assert "Not ours" in client.get(workshop.manage).text
    assert "Not ours" in client.get(f"{workshop.manage}.csv").text
    assert send(client, workshop.manage, {}, to=f"{address}/shown").status_code == 303
    assert "Off topic" in client.get(workshop.page).text


def test_needs_are_public_only_once_the_organiser_shows_them(client: FlaskClient, workshop: Workshop) -> None:
    need = workshop.say("Quiet need", cluster_id=workshop.organiser.id)
    assert client.get(f"/needs/{need.public_id}").status_code == 404
    assert "Quiet need" not in client.get("/needs").text
    assert "Quiet need" not in client.get("/search?q=quiet").text
    sign_in_manager(client, workshop.organiser, "manager@filo.example")
    assert "Quiet need" in client.get("/needs?q=quiet").text
    answer = send(client, workshop.manage, {"needs": need.public_id})
    assert answer.status_code == 303
    with client.session_transaction() as session:
        session.clear()
    for address in ("/needs?q=quiet", f"/needs/{need.public_id}", f"/organisations/{workshop.organiser.slug}"):
        assert "Quiet need" in client.get(address).text, address
    assert "Quiet need" in client.get(f"/events/{workshop.event.slug}").text


def test_needs_of_an_internal_meeting_are_for_its_organisers(database: object, workshop: Workshop) -> None:
    need = workshop.say("Inner matter")
    workshop.event.audience = Audience.INTERNAL
    db.session.commit()
    stranger = make_manager(make_organisation("Stranger"), "stranger@filo.example")
    with pytest.raises(MayNotState):
        services.reword(need.public_id, values=NeedInput(text="Mine"), actor=stranger, now=NOW)
    other = make_event("Other", organiser=workshop.organiser)
    with pytest.raises(NeedNotFound):
        services.hide(need.public_id, event_slug=other.slug, reason="No", actor=SYSTEM, now=NOW)


@pytest.mark.parametrize(("text", "language"), [("Banchi di prova", "it"), ("Test benches", "en")])
def test_words_that_stay_keep_their_language(workshop: Workshop, text: str, language: str) -> None:
    need = workshop.say("Banchi di prova", language="it")
    values = NeedInput(text=text, language="en", cluster_id=need.cluster_id)
    assert services.reword(need.public_id, values=values, actor=SYSTEM, now=NOW).language == language


def test_a_manager_states_a_need_of_the_own_cluster_and_of_no_other(client: FlaskClient, database: object) -> None:
    own, foreign = make_organisation("Own"), make_organisation("Foreign")
    sign_in_manager(client, own, "manager@filo.example")
    values = {"text": "First customers", "cluster": str(own.id), "priority": "need_important"}
    answer = send(client, "/manage/needs/new", values)
    assert answer.status_code == 303, answer.text
    assert "First customers" in client.get("/needs").text
    assert send(client, "/manage/needs/new", values | {"cluster": str(foreign.id)}).status_code == 422
    public_id = answer.location.rpartition("/")[2]
    edited = send(client, f"/manage/needs/{public_id}", values | {"text": "First buyers"})
    assert edited.status_code == 303
    assert "First buyers" in client.get(answer.location).text
    actor = make_manager(foreign, "foreign@filo.example")
    with pytest.raises(MayNotState):
        services.state_need(values=NeedInput(text="x", cluster_id=own.id), actor=actor, now=NOW)


def test_filters_narrow_and_many_needs_cost_no_more_queries(client: FlaskClient, workshop: Workshop) -> None:
    german: Organisation = make_organisation("Deutsches Cluster", country="DE")
    services.state_need(values=NeedInput(text="Alpha", cluster_id=german.id), actor=SYSTEM, now=NOW)
    with counted_queries() as one:
        client.get("/needs")
    for name in ("Beta", "Gamma"):
        services.state_need(values=NeedInput(text=name, cluster_id=workshop.organiser.id), actor=SYSTEM, now=NOW)
    with counted_queries() as three:
        client.get("/needs")
    assert len(three) == len(one)
    assert "Alpha" in client.get("/needs?country=DE").text
    assert "Beta" not in client.get("/needs?country=DE").text
    assert "Beta" in client.get(f"/needs?cluster={workshop.organiser.slug}").text
    assert "No need matches" in client.get("/needs?q=nothing").text


def test_what_somebody_said_is_in_the_data_of_that_person(client: FlaskClient, workshop: Workshop) -> None:
    workshop.say("Mine alone")
    assert f"/needs/{workshop.item_id}" in client.get(link(workshop.people[0])).text
    assert "Mine alone" in client.get(f"{link(workshop.people[0])}/data").text
    assert "Mine alone" not in client.get(f"{link(workshop.people[1])}/data").text
