"""Adding and reading material in a browser."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient

from app.events.models import Event
from app.materials import queries, services
from app.materials.links import path
from app.materials.rules import Visibility
from app.network.actors import SYSTEM
from tests.builders import NOW, make_event, make_organisation
from tests.files import samples
from tests.forms import hidden_values
from tests.materials.helpers import add
from tests.signing_in import sign_in_manager

FIELDS = {"kind": "slides", "language": "en", "visibility": "participants"}


@pytest.fixture
def event(client: FlaskClient) -> Event:
    organiser = make_organisation()
    sign_in_manager(client, organiser, "manager@filo.example")
    return make_event("Workshop", organiser=organiser, slug="workshop")


def send(client: FlaskClient, *files: tuple[bytes, str], **changes: str):  # type: ignore[no-untyped-def]
    page = "/manage/events/workshop/materials"
    sent = [(io.BytesIO(content), name) for content, name in files]
    data = {"csrf_token": hidden_values(client.get(page).text)["csrf_token"], **FIELDS, **changes, "files": sent}
    return client.post(page, data=data, content_type="multipart/form-data")


def test_several_files_at_once_are_kept_or_refused_each_for_itself(client: FlaskClient, event: Event) -> None:
    event_id = event.id
    answer = send(
        client,
        (samples.PDF, "my_slides.pdf"),
        (samples.HTML, "photo.png"),
        (samples.picture(), "photo.jpg"),
        (b"", "empty.txt"),
        title="Not for several",
    )
    assert answer.status_code == 422
    text = re.sub(r"\s+", " ", answer.text)
    for words in ("Added: my slides, photo", "photo.png is of a type that is not taken here", "empty.txt is empty"):
        assert words in text
    assert [material.title for material in queries.materials(event_id)] == ["my slides", "photo"]
    again = send(client, (samples.PDF, "other.pdf"))
    assert again.status_code == 422
    assert "other.pdf stands here already, as “my slides”" in again.text


def test_a_file_of_many_megabytes_arrives_where_files_are_taken(client: FlaskClient, event: Event) -> None:
    event_id = event.id
    assert send(client, (b"a" * 5_000_000, "long.txt"), title="Long").status_code == 303
    assert [material.title for material in queries.materials(event_id)] == ["Long"]
    too_much = client.post("/sign-in", data={"email": "a" * 2_000_000})
    assert too_much.status_code == 413
    assert "up to 1 MB" in too_much.text


def test_who_is_not_signed_in_cannot_send_much(client: FlaskClient) -> None:
    files = [(io.BytesIO(b"a" * 2_000_000), "a.txt")]
    answer = client.post("/manage/events/workshop/materials", data={"files": files}, content_type="multipart/form-data")
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("files", "changes", "words"),
    [
        ([], {}, "Choose at least one file."),
        ([(samples.PDF, "a.pdf")], {"visibility": "public"}, "Write down who gave it."),
        ([(samples.PDF, "a.pdf")], {"visibility": "nobody"}, "Not a valid choice"),
        ([(samples.PDF, "a.pdf")], {"agenda_item_id": "999"}, "Not a valid choice"),
        ([(samples.PDF, f"{n}.pdf") for n in range(21)], {}, "more than 20 files"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_and_nothing_is_kept(
    client: FlaskClient, event: Event, files: list[tuple[bytes, str]], changes: dict[str, str], words: str
) -> None:
    event_id = event.id
    answer = send(client, *files, **changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert queries.materials(event_id) == []


def test_a_link_is_added_edited_published_and_removed(client: FlaskClient, event: Event) -> None:
    page, event_id = "/manage/events/workshop/materials", event.id
    token = hidden_values(client.get(page).text)["csrf_token"]

    def post(tail: str, **data: str):  # type: ignore[no-untyped-def]
        return client.post(f"{page}{tail}", data={"csrf_token": token, **data})

    link = {f"link-{name}": value for name, value in {**FIELDS, "kind": "recording"}.items()}
    wrong = post("/links", **link, **{"link-url": "javascript:alert(1)", "link-title": "Film"})
    assert wrong.status_code == 422
    assert "This is not an address on the web." in wrong.text
    assert post("/links", **link, **{"link-url": "https://v.example/1", "link-title": "Film"}).status_code == 303
    [material] = queries.materials(event_id)
    tail = f"/{material.id}"
    assert "Film" in client.get(page + tail).text
    refused = post(tail, **FIELDS | {"title": "The film", "visibility": "public"})
    assert refused.status_code == 422
    assert "Write down who gave it." in refused.text
    assert post(tail, **FIELDS | {"title": "The film"}).status_code == 303
    assert post(tail + "/publication").status_code == 422
    assert post(tail + "/publication", permission_by="Eva").status_code == 303
    assert 'href="https://v.example/1"' in client.get("/events/workshop").text
    assert post(tail + "/publication/removal").status_code == 303
    assert post(tail + "/removal").status_code == 303
    assert queries.materials(event_id) == []


def test_the_page_of_the_event_shows_each_what_is_for_them(client: FlaskClient, event: Event) -> None:
    add(event, title="For all")
    add(event, samples.PDF + b"2", title="For us", visibility=Visibility.ORGANISERS)
    assert "For us" in client.get("/events/workshop").text
    client.delete_cookie("filo")
    page = client.get("/events/workshop").text
    assert "For all" in page
    assert "For us" not in page


def test_a_file_is_read_by_those_it_is_for(client: FlaskClient, event: Event, recognised: None) -> None:
    material = add(event, visibility=Visibility.PARTICIPANTS)
    address = path(material)
    assert client.get(address).status_code == 200
    client.delete_cookie("filo")
    assert client.get(address).status_code == 404
    assert client.get(f"{address}?r=forged").status_code == 404
    answer = client.get(f"{address}?r=token-of-{event.id}")
    assert answer.data == samples.PDF
    assert answer.headers["Content-Disposition"] == "attachment; filename=slides.pdf"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    part = client.get(f"{address}?r=token-of-{event.id}", headers={"Range": "bytes=0-4"})
    assert (part.status_code, part.data) == (206, b"%PDF-")
    services.unpublish(event_id=event.id, material_id=material.id, actor=SYSTEM, now=NOW)
    assert client.get(f"{address}?r=token-of-{event.id}").status_code == 404


@pytest.mark.parametrize(
    "tail",
    [
        "x.html",
        "../secret_key",
        "..%2f..%2fsecret_key",
        "%2fetc%2fpasswd",
        "slides.pdf%00",
        "slides.pdf/",
        "",
        "SLIDES.PDF",
    ],
)
def test_a_name_that_is_not_the_file_s_leads_nowhere(client: FlaskClient, event: Event, tail: str) -> None:
    material = add(event)
    assert client.get(f"/materials/{material.public_id}/{tail}").status_code == 404
    assert client.get(f"/materials/{tail.strip('/') or 'x'}/slides.pdf").status_code == 404


def test_hostile_names_stay_names(client: FlaskClient, event: Event) -> None:
    send(client, (samples.PDF, "<script>alert(1)</script>.pdf"), (samples.PDF + b"2", '"><img onerror=x>.pdf'))
    page = client.get("/manage/events/workshop/materials").text
    assert "<script>alert" not in page
    assert "<img onerror" not in page
