"""Working tables and their output, and the rows of the demands that forums answer."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.agenda import services as agenda
from app.agenda.inputs import ItemInput
from app.agenda.models import AgendaPerson
from app.agenda.rules import AgendaRole, ItemKind, Slot
from app.events.models import Event
from app.events.rules import Kind
from app.forums import errors, links
from app.forums.models import TableOutput
from app.forums.rules.outputs import WRITTEN_UP_WITHIN
from app.forums.services import outputs as services
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.registration import queries as registrations
from app.registration.rules import ItemStanding
from app.registration.services import item_places
from tests.builders import NOW, make_organisation, make_person
from tests.forms import hidden_values
from tests.forums.helpers import link, make_forum, put_part
from tests.registration.helpers import join
from tests.signing_in import sign_in_manager


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def event(organiser: Organisation) -> Event:
    return make_forum(organiser)


def test_a21_the_13th_who_signs_up_for_a_table_of_12_waits(event: Event) -> None:
    table = agenda.add_item(
        event_id=event.id,
        values=ItemInput(
            slot=Slot(day=0, start_minute=14 * 60, end_minute=15 * 60),
            kind=ItemKind.WORKING_TABLE,
            title=Texts(en="Needs"),
            capacity=12,
        ),
        actor=SYSTEM,
        now=NOW,
    ).id
    item_places.open_sign_up(event_slug=event.slug, item_id=table, capacity=12, actor=SYSTEM, now=NOW)
    allotment = registrations.sign_ups(event.id)[0].id
    standings = []
    for number in range(13):
        one = join(event.id, f"person{number}").id
        item_places.choose(one, item_ids={table}, now=NOW)
        standings.append(registrations.standings_of(one)[allotment])
    assert standings == [ItemStanding.SEATED] * 12 + [ItemStanding.QUEUED]


def test_b19_a_forum_has_two_parallel_tracks_and_a_b2b_block(
    client: FlaskClient, organiser: Organisation, event: Event
) -> None:
    slots = [
        (ItemKind.WORKING_TABLE, "Table on energy", 14, 15, "Energy"),
        (ItemKind.WORKING_TABLE, "Table on data", 14, 15, "Data"),
        (ItemKind.PITCH, "Pitches on energy", 15, 16, "Energy"),
        (ItemKind.FAIR, "Fair of practices", 15, 16, "Data"),
        (ItemKind.B2B_BLOCK, "One-to-one meetings", 16, 17, None),
    ]
    for kind, title, begins, ends, track in slots:
        values = ItemInput(
            slot=Slot(day=0, start_minute=begins * 60, end_minute=ends * 60),
            kind=kind,
            title=Texts(en=title),
            track=track,
        )
        agenda.add_item(event_id=event.id, values=values, actor=SYSTEM, now=NOW)
    assert event.kind is Kind.EXCHANGE_FORUM
    page = client.get(f"/events/{event.slug}").text
    for _kind, title, *_times, track in slots:
        assert title in page
        assert (track or "One-to-one") in page
    sign_in_manager(client, organiser, "organiser@filo.example")
    formats = client.get(f"/manage/events/{event.slug}/forum").text
    assert [title in formats for _kind, title, *_rest in slots] == [True, True, True, True, False]


def test_an_output_is_read_by_participants_once_it_is_released(
    client: FlaskClient, organiser: Organisation, event: Event
) -> None:
    table = put_part(event, ItemKind.WORKING_TABLE, title=Texts(en="Needs"), capacity=12)
    rapporteur = make_person("Rita", "Relatrice")
    db.session.add(AgendaPerson(item_id=table, person_id=rapporteur.id, role=AgendaRole.RAPPORTEUR))
    db.session.commit()
    own = link(join(event.id, "ada").id)
    sign_in_manager(client, organiser, "organiser@filo.example")
    page = f"/manage/events/{event.slug}/forum/tables/{table}"
    shown = client.get(page)
    assert "Rita Relatrice" in shown.text
    assert "not named yet" in shown.text
    hidden = hidden_values(shown.text)
    nothing = client.post(page, data=hidden | {"text": " ", "is_released": "y"})
    assert (nothing.status_code, "Write what the table came to first." in nothing.text) == (422, True)
    assert client.post(page, data=hidden | {"text": "A shared <b>lab</b>"}).status_code == 303
    assert "outputs" not in client.get(own).text
    assert "A shared" not in client.get(f"{own}/outputs").text
    released = hidden_values(client.get(page).text) | {"text": "A shared <b>lab</b>", "is_released": "y"}
    assert client.post(page, data=released).status_code == 303
    assert f'href="{own}/outputs"' in client.get(own).text
    assert "A shared &lt;b&gt;lab&lt;/b&gt;" in client.get(f"{own}/outputs").text


@pytest.fixture
def table(event: Event) -> int:
    return put_part(event, ItemKind.WORKING_TABLE, title=Texts(en="Needs"))


@pytest.fixture
def output(event: Event, table: int) -> TableOutput:
    services.renew_link(event_slug=event.slug, item_id=table, actor=SYSTEM, now=NOW)
    return db.session.get_one(TableOutput, table)


def _path(output: TableOutput) -> str:
    return urlsplit(links.rapporteurs_url(output) or "").path


def test_the_rapporteur_writes_by_a_link_and_the_organiser_releases(
    client: FlaskClient, organiser: Organisation, event: Event, table: int
) -> None:
    stranger = client.application.test_client()
    sign_in_manager(client, organiser, "organiser@filo.example")
    page = f"/manage/events/{event.slug}/forum/tables/{table}"
    hidden = hidden_values(client.get(page).text)
    assert client.post(f"{page}/link", data=hidden).status_code == 303
    own = _path(db.session.get_one(TableOutput, table))
    assert own in client.get(page).text
    hidden = hidden_values(stranger.get(own).text)
    assert stranger.post(own, data=hidden | {"text": "A <b>lab</b>"}).status_code == 303
    assert "A &lt;b&gt;lab&lt;/b&gt;" in stranger.get(own).text
    shown = client.get(page).text
    assert "A &lt;b&gt;lab&lt;/b&gt;" in shown
    released = hidden_values(shown) | {"text": "A lab", "is_released": "y"}
    assert client.post(page, data=released).status_code == 303
    late = stranger.post(own, data=hidden | {"text": "Two labs"})
    assert (late.status_code, "has released this text" in late.text) == (409, True)
    assert "Two labs" not in client.get(page).text


def test_two_who_write_at_once_both_keep_their_words(client: FlaskClient, output: TableOutput) -> None:
    own = _path(output)
    opened = hidden_values(client.get(own).text)
    assert client.post(own, data=opened | {"text": "First"}).status_code == 303
    second = client.post(own, data=opened | {"text": "Second"})
    assert second.status_code == 409
    assert all(words in second.text for words in ("First", "Second", "Somebody else has written meanwhile"))
    assert client.post(own, data=hidden_values(second.text) | {"text": "First and second"}).status_code == 303
    assert client.post(own, data=opened | {"text": "", "revision": "x"}).status_code == 409


def test_a_link_that_was_renewed_or_forged_or_is_too_late_writes_nothing(
    client: FlaskClient, event: Event, table: int, output: TableOutput
) -> None:
    own = _path(output)
    assert client.get(f"{own[:-1]}{'0' if own[-1] != '0' else '1'}").status_code == 404
    services.renew_link(event_slug=event.slug, item_id=table, actor=SYSTEM, now=NOW)
    assert client.get(own).status_code == 404
    for seconds, refused in ((-1, False), (0, True)):
        now = event.ends_at + WRITTEN_UP_WITHIN + timedelta(seconds=seconds)
        with pytest.raises(errors.OutputOver) if refused else nullcontext():
            services.write_as_rapporteur(table, link_version=2, text="x", version=0, now=now)
    with pytest.raises(errors.TableLinkNotFound):
        services.write_as_rapporteur(table, link_version=1, text="x", version=1, now=NOW)


def test_only_a_working_table_has_an_output(event: Event) -> None:
    fair = put_part(event, ItemKind.FAIR)
    with pytest.raises(errors.FormatNotFound):
        services.record(
            event_slug=event.slug, item_id=fair, text="x", is_released=False, version=None, actor=SYSTEM, now=NOW
        )


@pytest.mark.parametrize("kind", [ItemKind.WELCOME, ItemKind.NETWORKING])
def test_a_workshop_leads_to_its_formats_where_it_has_any(
    client: FlaskClient, organiser: Organisation, event: Event, kind: ItemKind
) -> None:
    event.kind = Kind.CLUSTERS_WORKSHOP
    put_part(event, kind)
    sign_in_manager(client, organiser, "organiser@filo.example")
    page = client.get(f"/manage/events/{event.slug}/agenda").text
    assert (f'href="/manage/events/{event.slug}/forum"' in page) is (kind is ItemKind.NETWORKING)
