"""Peer review: what must be there before it begins, findings, and what is to be done about them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.agenda.rules import ItemKind
from app.events.models import Event
from app.forums import errors
from app.forums.inputs import FindingInput, ReviewerInput, TodoInput
from app.forums.queries import review as queries
from app.forums.rules import review as rules
from app.forums.rules.review import FindingKind, Frame, Missing, TodoState
from app.forums.services import review as services
from app.network.actors import SYSTEM
from app.network.models import Organisation
from tests.builders import NOW, make_country, make_organisation
from tests.forms import hidden_values
from tests.forums.helpers import make_forum, put_part
from tests.signing_in import sign_in_manager

HOST, COUNTRIES, DAYS = Missing


@pytest.mark.parametrize(
    ("host", "peers", "days", "missing"),
    [
        (None, "", 0, (HOST, COUNTRIES, DAYS)),
        ("IT", "", 2, (COUNTRIES,)),
        ("IT", "DE", 2, (COUNTRIES,)),
        ("IT", "DE IT", 2, (COUNTRIES,)),  # the host's own country is none of the others
        ("IT", "DE SI", 1, (DAYS,)),
        (None, "DE SI", 2, (HOST,)),
        ("IT", "DE SI", 2, ()),
        ("IT", "DE SI FR IT", 3, ()),
    ],
)
def test_a_review_names_everything_that_is_missing(
    host: str | None, peers: str, days: int, missing: tuple[Missing, ...]
) -> None:
    frame = Frame(host_country=host, peer_countries=frozenset(peers.split()), days=days)
    assert rules.missing(frame) == missing
    if missing:
        with pytest.raises(errors.ReviewIncomplete) as refused:
            rules.check_complete(frame)
        assert refused.value.details["missing"] == missing


@pytest.mark.parametrize(
    ("state", "days", "overdue"),
    [(TodoState.OPEN, -1, True), (TodoState.DOING, 0, False), (TodoState.DONE, -9, False)],
)
def test_what_is_settled_is_never_overdue(state: TodoState, days: int, overdue: bool) -> None:
    today = date(2027, 1, 13)
    assert rules.is_overdue(state, today + timedelta(days=days), today) is overdue


@pytest.fixture
def organiser(database: Session) -> Organisation:
    for code in ("DE", "SI"):
        make_country(code)
    return make_organisation("Organiser")


@pytest.fixture
def event(organiser: Organisation) -> Event:
    event = make_forum(organiser, ends_at=NOW + timedelta(days=11, hours=4))
    for day in (0, 1):
        put_part(event, ItemKind.PEER_REVIEW, day=day)
    return event


def name_peer(event: Event, country: str) -> int:
    values = ReviewerInput(name=f"Peer {country}", organisation="", country_code=country)
    return services.add_reviewer(event_slug=event.slug, values=values, actor=SYSTEM, now=NOW)


def begin(event: Event, organiser: Organisation) -> list[int]:
    services.prepare(event_slug=event.slug, host_id=organiser.id, question="How?", actor=SYSTEM, now=NOW)
    peers = [name_peer(event, code) for code in ("DE", "SI")]
    services.begin(event_slug=event.slug, actor=SYSTEM, now=NOW)
    return peers


def test_a_review_begins_when_it_is_complete_and_stays_so(event: Event, organiser: Organisation) -> None:
    finding = FindingInput(kind=FindingKind.STRENGTH, text="A shared lab")
    with pytest.raises(errors.ReviewIncomplete):
        services.begin(event_slug=event.slug, actor=SYSTEM, now=NOW)
    with pytest.raises(errors.ReviewNotBegun):
        services.add_finding(event_slug=event.slug, values=finding, actor=SYSTEM, now=NOW)
    peers = begin(event, organiser)
    with pytest.raises(errors.ReviewIncomplete):
        services.remove_reviewer(peers[0], event_slug=event.slug, actor=SYSTEM, now=NOW)
    with pytest.raises(errors.ReviewIncomplete):
        services.prepare(event_slug=event.slug, host_id=None, question="", actor=SYSTEM, now=NOW)
    spare = name_peer(event, "IT")
    services.remove_reviewer(spare, event_slug=event.slug, actor=SYSTEM, now=NOW)
    assert services.add_finding(event_slug=event.slug, values=finding, actor=SYSTEM, now=NOW)


def test_findings_become_things_to_do_with_owner_day_and_state(event: Event, organiser: Organisation) -> None:
    begin(event, organiser)
    finding = FindingInput(kind=FindingKind.RECOMMENDATION, text="Share the lab")
    finding_id = services.add_finding(event_slug=event.slug, values=finding, actor=SYSTEM, now=NOW)
    values = TodoInput(text="Write the rules of use", owner="Eva", due=date(2027, 6, 30))
    todo_id = services.add_todo(finding_id, event_slug=event.slug, values=values, actor=SYSTEM, now=NOW)
    done = TodoInput(text=values.text, owner="Ada", due=values.due, state=TodoState.DONE)
    services.change_todo(todo_id, event_slug=event.slug, values=done, actor=SYSTEM, now=NOW)
    review = queries.review_of(event.id)
    assert review
    (kept,) = review.findings[0].todos
    assert (kept.owner, kept.due, kept.state) == ("Ada", date(2027, 6, 30), TodoState.DONE)
    other = make_forum(make_organisation())
    put_part(other, ItemKind.PEER_REVIEW)
    with pytest.raises(errors.FormatNotFound):
        services.change_todo(todo_id, event_slug=other.slug, values=done, actor=SYSTEM, now=NOW)


def test_the_organiser_reads_what_is_missing_and_follows_findings_up(
    client: FlaskClient, organiser: Organisation, event: Event
) -> None:
    sign_in_manager(client, organiser, "organiser@filo.example")
    base = f"/manage/events/{event.slug}/forum/review"
    token = {"csrf_token": hidden_values(client.get(base).text)["csrf_token"]}
    client.post(f"{base}/peers", data=token | {"name": "Petra", "country": "DE"})
    refused = client.post(f"{base}/beginning", data=token)
    assert refused.status_code == 409
    for said in ("cannot begin yet", "The host: the organisation", "There is 1 so far."):
        assert said in refused.text
    assert "Two days" not in refused.text
    assert client.post(base, data=token | {"host": str(organiser.id), "question": "How?"}).status_code == 303
    client.post(f"{base}/peers", data=token | {"name": "Peter", "country": "SI"})
    assert client.post(f"{base}/beginning", data=token).status_code == 303
    empty = client.post(f"{base}/findings", data=token | {"kind": "strength", "text": ""})
    assert (empty.status_code, "Write what the peers found." in empty.text) == (422, True)
    client.post(f"{base}/findings", data=token | {"kind": "challenge", "text": "Two offices"})
    review = queries.review_of(event.id)
    assert review
    todos = f"{base}/findings/{review.findings[0].id}/todos"
    wrong = client.post(todos, data=token | {"text": "Kept", "owner": "Eva", "due": "soon", "state": "open"})
    assert (wrong.status_code, "Kept" in wrong.text) == (422, True)
    sent = token | {"text": "One office", "owner": "Eva", "due": "2020-01-31", "state": "open"}
    assert client.post(todos, data=sent).status_code == 303
    shown = client.get(base).text
    for said in ("Two offices", "One office", "31 January 2020", "1 overdue"):
        assert said in shown
