"""What helpers, organisers and participants get to see, and who does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.events.models import Event
from app.kernel.codes import check_in_text
from app.kernel.db import db
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.presence import queries
from app.presence.inputs import WindowInput
from app.presence.models import HelperLink, Scan
from app.presence.services import helping, lists
from app.registration import links
from app.registration import queries as registrations
from app.registration.rules import Place
from app.registration.services import leaving
from tests.builders import make_event, make_organisation
from tests.forms import hidden_values
from tests.presence.helpers import code_of, codes_of_companions, seated
from tests.query_counter import counted_queries
from tests.sheets.helpers import bring
from tests.signing_in import sign_in_manager

TODAY = datetime.now(UTC).replace(microsecond=0)
# later than the suite takes, but on the same day where the event is
TONIGHT = min(
    TODAY + timedelta(hours=1), TODAY.astimezone(ZoneInfo("Europe/Rome")).replace(hour=23, minute=59, second=59)
)


@pytest.fixture
def organiser(client: FlaskClient) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def event(organiser: Organisation) -> Event:
    return make_event("Workshop", organiser=organiser, starts_at=TODAY, ends_at=TONIGHT)


@pytest.fixture
def link(event: Event) -> str:
    _link, secret = helping.make_link(event_slug=event.slug, label="Eva at the door", day=1, actor=SYSTEM, now=TODAY)
    return f"/check-in/{secret}"


def scan(code: str, **changes: Any) -> dict[str, Any]:
    at = int(datetime.now(UTC).timestamp() * 1000)
    return {"id": str(uuid4()), "list": "d1", "code": code, "kind": "in", "method": "qr", "at": at} | changes


def send(client: FlaskClient, link: str, *scans: Any, **more: Any) -> Any:
    return client.post(f"{link}/scans", json={"device": "Phone", "scans": list(scans), **more})


def stored(link: str) -> HelperLink:
    return db.session.scalars(select(HelperLink).execution_options(populate_existing=True)).one()


def test_a_name_is_found_without_its_accents_and_before_an_organisation_of_that_name(
    client: FlaskClient, event: Event, link: str
) -> None:
    ada, zofie = seated(event, ("Ada", "Esempio"), ("Žofie", "Příkladová"))
    registrations.registration(ada).organisation = "Příkladová & Söhne"
    db.session.commit()
    found = client.get(f"{link}?q=prikladova").text
    assert found.index("Žofie Příkladová") < found.index("Ada Esempio")
    found = client.get(f"{link}?q=zofie prik").text
    assert "Žofie Příkladová" in found
    assert "Ada Esempio" not in found
    assert "Žofie Příkladová" in client.get(f"{link}?q={check_in_text(code_of(zofie))}").text


def test_a_helper_sees_names_and_organisations_and_nothing_else(client: FlaskClient, event: Event, link: str) -> None:
    ada, _eva = seated(event, ("Ada", "Esempio"), ("Eva", "Prova"), diet="vegan", access="wheelchair")
    email = registrations.registration(ada).email
    page, data = client.get(link), client.get(f"{link}/people.json")
    for answer in (page, data):
        assert answer.status_code == 200
        assert "Ada" in answer.text
        assert "Company Example" in answer.text
        assert [secret for secret in (email, "vegan", "wheelchair") if secret in answer.text] == []
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Permissions-Policy"].startswith("camera=(self)")
    assert client.get("/events").headers["Permissions-Policy"].startswith("camera=()")
    assert set(data.get_json()["people"][0]) == {
        "code",
        "name",
        "organisation",
        "place",
        "walkedIn",
        "with",
        "about",
        "here",
        "hand",
    }


def test_a_phone_delivers_its_notes_and_may_deliver_them_twice(client: FlaskClient, event: Event, link: str) -> None:
    ada, eva = seated(event, ("Ada", "Esempio"), ("Eva", "Prova"))
    (waits,) = seated(event, ("Uta", "Wartend"), place=Place.WAITLISTED)
    scans = [
        scan(check_in_text(code_of(ada))),
        scan(code_of(eva)),
        scan(code_of(waits)),
        scan("nobody"),
        scan("", kind="x"),
    ]
    answers = send(client, link, *scans).json["answers"]
    assert [answers[one["id"]] for one in scans] == ["done", "done", "no_place", "unknown", "refused"]
    again = send(client, link, *scans).json["answers"]
    assert [again[one["id"]] for one in scans] == ["known", "known", "no_place", "unknown", "refused"]
    assert queries.was_there(event.id) == {ada, eva}
    assert stored(link).last_used_at


@pytest.mark.parametrize(
    "body",
    [[], {"scans": {}}, {"scans": [None, 7, "x", {"id": 7}, {"id": "x"}]}, {"scans": [{}] * 501}, {"walk_ins": 3}],
)
def test_nonsense_from_a_phone_is_no_fault_of_ours(client: FlaskClient, link: str, body: Any) -> None:
    assert client.post(f"{link}/scans", json=body).status_code in {200, 400, 422}
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 0


def test_a_walk_in_without_network_arrives_once(client: FlaskClient, event: Event, link: str) -> None:
    one = scan("") | {"given_name": "Uta", "family_name": "Fremd", "organisation": "", "email": ""}
    for _twice in range(2):
        assert send(client, link, walk_ins=[one]).json["answers"] == {one["id"]: "done"}
    assert len(queries.was_there(event.id)) == 1
    history = registrations.history(next(iter(queries.was_there(event.id))))
    assert "Eva at the door" in (history[0].reason or "")


@pytest.mark.parametrize(
    ("change", "answers", "words"),
    [
        ({"revoked_at": TODAY}, (404, 404), "took this link back"),
        ({"valid_until": TODAY - timedelta(minutes=1)}, (404, 200), "a day that is over"),
        ({"valid_until": TODAY - timedelta(days=8)}, (404, 404), "a day that is over"),
        ({"valid_from": TODAY + timedelta(hours=1)}, (404, 404), "opens on the day itself"),
        ({"secret_digest": "other"}, (404, 404), "opens nothing"),
    ],
)
def test_a_link_that_is_no_more_says_so(  # noqa: PLR0917
    client: FlaskClient, event: Event, link: str, change: dict[str, Any], answers: tuple[int, int], words: str
) -> None:
    page, delivery = answers
    (ada,) = seated(event, ("Ada", "Esempio"))
    for name, value in change.items():
        setattr(stored(link), name, value)
    db.session.commit()
    for path in (link, f"{link}/people.json"):
        answer = client.get(path)
        assert answer.status_code == page
        assert words in answer.text
        assert "Ada" not in answer.text
    assert db.session.scalars(select(AuditEntry.subject).where(AuditEntry.subject.contains("/check-in/"))).all() == []
    late, in_time = scan(code_of(ada)), scan(code_of(ada), at=int((TODAY - timedelta(minutes=5)).timestamp() * 1000))
    answer = send(client, link, late, in_time)
    assert answer.status_code == delivery
    if delivery == 200:  # a phone that was offline delivers what it noted while the link was good
        assert answer.json["answers"] == {late["id"]: "refused", in_time["id"]: "done"}


def press(client: FlaskClient, page: str, to: str, **values: Any) -> Any:
    token = hidden_values(client.get(page).text)["csrf_token"]
    return client.post(to, data={"csrf_token": token, "list": "d1", "id": str(uuid4())} | values, follow_redirects=True)


@pytest.mark.parametrize("who", ["organiser", "helper"])
def test_one_tap_checks_in_and_one_takes_it_back_without_scripts(
    client: FlaskClient, organiser: Organisation, event: Event, link: str, who: str
) -> None:
    (ada,) = seated(event, ("Ada", "Esempio"))
    page, to = link, f"{link}/marks"
    if who == "organiser":
        sign_in_manager(client, organiser, "ada@filo.example")
        page = f"/manage/events/{event.slug}/check-in"
        to = f"{page}/scans"
    first = str(uuid4())
    for _twice in range(2):
        assert "here since" in press(client, page, to, id=first, code=code_of(ada), kind="in").text
    assert queries.was_there(event.id) == {ada}
    answer = press(client, page, to, code=code_of(ada), kind="undo", undoes=first)
    assert "here since" not in answer.text
    assert queries.was_there(event.id) == set()


def test_the_page_needs_as_many_queries_for_many_as_for_one(
    client: FlaskClient, organiser: Organisation, event: Event
) -> None:
    sign_in_manager(client, organiser, "ada@filo.example")
    page = f"/manage/events/{event.slug}/check-in"
    seated(event, ("Ada", "Esempio"))
    with counted_queries() as for_one:
        client.get(page)
    seated(event, *[(f"G{number}", "Prova") for number in range(30)])
    with counted_queries() as for_many:
        assert "G7" in client.get(f"{page}?q=prova").text
    assert len(for_many) == len(for_one)


def test_an_organiser_makes_a_link_that_is_shown_once(
    client: FlaskClient, organiser: Organisation, event: Event
) -> None:
    sign_in_manager(client, organiser, "ada@filo.example")
    page = f"/manage/events/{event.slug}/check-in/settings"
    shown = press(client, page, f"/manage/events/{event.slug}/check-in/links", label="Eva", day="1", may_add="y").text
    assert "http://localhost/check-in/" in shown
    assert "http://localhost/check-in/" not in client.get(page).text
    link_id = stored("").id
    press(client, page, f"/manage/events/{event.slug}/check-in/links/{link_id}/revocation")
    assert stored("").revoked_at


def test_a_participant_checks_in_by_the_own_link_and_the_code_on_the_wall(client: FlaskClient, event: Event) -> None:
    """Demand 6."""
    (ada,) = seated(event, ("Ada", "Esempio"))
    window = WindowInput(has_exit=False, self_from=TODAY, self_until=TODAY + timedelta(hours=1))
    lists.change_list(event_slug=event.slug, list_key="d1", values=window, actor=SYSTEM, now=TODAY)
    code = queries.lists_of(event.id)[0].self_code
    page = f"/registrations/{links.token(registrations.registration(ada))}/here"
    assert press(client, page, page, code="wrong").status_code == 422
    assert "Everybody who comes with me" not in client.get(page).text
    assert "You are checked in" in press(client, page, page, code=code).text
    assert queries.was_there(event.id) == {ada}
    bring(ada, ["Greta Beispiel", None])
    assert "Everybody who comes with me" in client.get(page).text
    for _time in range(2):
        assert "You are checked in" in press(client, page, page, code=code, with_companions="y").text
    assert len(queries.scans_of(ada)) == 3


@pytest.mark.parametrize("path", ["/settings", "/lists/d1", "/lists/d1/wall", "/lists/d9", "?list=d9&q=%00"])
def test_every_state_of_the_pages(client: FlaskClient, organiser: Organisation, event: Event, path: str) -> None:
    sign_in_manager(client, organiser, "ada@filo.example")
    answer = client.get(f"/manage/events/{event.slug}/check-in{path}")
    assert answer.status_code == (404 if path == "/lists/d9" else 200)


def test_the_own_page_shows_the_code_for_the_door_and_self_check_in_while_it_is_open(
    client: FlaskClient, event: Event
) -> None:
    ada, eva = seated(event, ("Ada", "Esempio"), ("Eva", "Esempio"))
    registrations.registration(eva).place = Place.WAITLISTED
    db.session.commit()
    page, waiting = (f"/registrations/{links.token(registrations.registration(one))}" for one in (ada, eva))
    assert f'<img src="{page}/code.svg" alt="Your code' in client.get(page).text
    assert f"{page}/here" not in client.get(page).text
    answer = client.get(f"{page}/code.svg")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert "<rect" in answer.text
    assert [client.get(f"{waiting}/{tail}").status_code for tail in ("code.svg", "here")] == [409, 409]
    assert "code.svg" not in client.get(waiting).text
    window = WindowInput(has_exit=False, self_from=TODAY - timedelta(minutes=5), self_until=TONIGHT)
    lists.change_list(event_slug=event.slug, list_key="d1", values=window, actor=SYSTEM, now=TODAY)
    assert f'href="{page}/here"' in client.get(page).text


def test_the_figures_count_those_who_come_along(client: FlaskClient, organiser: Organisation, event: Event) -> None:
    sign_in_manager(client, organiser, "ada@filo.example")
    ada, _eva = seated(event, ("Ada", "Esempio"), ("Eva", "Esempio"))
    page = f"/manage/events/{event.slug}/check-in"
    assert "with companions" not in client.get(page).text
    bring(ada, ["Greta Beispiel", None])
    shown = client.get(page).text
    assert '<dd data-figure="heads">0 / 4</dd>' in shown
    assert shown.index("Greta Beispiel") < shown.index("with Ada Esempio: companion 1 of 2")
    assert shown.index("Guest of Ada Esempio") < shown.index("with Ada Esempio: companion 2 of 2")
    checked = press(client, page, f"{page}/scans", id=str(uuid4()), code=code_of(ada), kind="in")
    assert '<dd data-figure="heads">1 / 4</dd>' in checked.text
    assert '<dd data-figure="present">1</dd>' in checked.text
    guest = codes_of_companions(ada)[1]
    checked = press(client, page, f"{page}/scans", id=str(uuid4()), code=guest, kind="in")
    assert '<dd data-figure="heads">2 / 4</dd>' in checked.text
    assert '<dd data-figure="present">1</dd>' in checked.text
    assert "Guest of Ada Esempio" in client.get(f"{page}/people/{ada}").text


def test_a_phone_checks_in_who_comes_along_by_an_own_code(client: FlaskClient, event: Event, link: str) -> None:
    ada, eva = seated(event, ("Ada", "Esempio"), ("Eva", "Prova"))
    bring(ada, ["Greta Beispiel", None])
    greta, guest = codes_of_companions(ada)
    people = {one["code"]: one for one in client.get(f"{link}/people.json").get_json()["people"]}
    assert [people[one]["name"] for one in (greta, guest)] == ["Greta Beispiel", "Guest of Ada Esempio"]
    assert people[greta]["with"] == code_of(ada)
    foreign = greta.replace(code_of(ada), code_of(eva))
    scans = [scan(check_in_text(greta)), scan(guest), scan(foreign), scan(f"{code_of(ada)}.x")]
    answers = send(client, link, *scans).json["answers"]
    assert [answers[one["id"]] for one in scans] == ["done", "done", "unknown", "unknown"]
    assert queries.was_there(event.id) == frozenset()  # she herself is not here yet
    send(client, link, scan(guest, kind="undo", undoes=scans[1]["id"]))
    here = queries.roll(event.id).here
    assert [who for who, _list in here] == [(ada, int(greta.partition(".")[2]))]
    registration = registrations.registration(ada)
    leaving.bring_fewer(ada, companion_ids=[], link_version=registration.link_version, now=TODAY)
    assert queries.roll(event.id).here == {}
