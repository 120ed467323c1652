"""Practices: who writes them, who reads them, and the thread from a practice to the agendas where it came up."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.agenda import services as agenda
from app.agenda.inputs import ItemInput, PersonInput
from app.agenda.models import AgendaItem
from app.agenda.rules import AgendaRole, ItemKind, Slot, parse_clock
from app.events.errors import MayNotManage
from app.events.models import Event
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.actors import ANYBODY, SYSTEM, Actor
from app.network.models import Region, Sector
from app.practices import queries, services
from app.practices.errors import MayNotEdit, PracticeNotFound, SummaryMissing, TitleMissing, UnknownChoice
from app.practices.inputs import PracticeInput, UseInput
from app.practices.models import Practice
from app.practices.rules import Act, Aim, PracticeFilter
from app.search.queries import refs
from tests.agenda.test_presenters import queries_counted
from tests.builders import NOW, make_account, make_country, make_event, make_manager, make_organisation, make_person
from tests.forms import send
from tests.signing_in import sign_in, sign_in_administrator, sign_in_manager


def values(owner_id: int, **changes: Any) -> PracticeInput:
    plain: dict[str, Any] = {
        "title": Texts(en="A cluster academy", it="Un'accademia di cluster"),
        "summary": Texts(en="Courses that members pay for."),
        "body": Texts(en="# Evidence\n\nSince **2012**. <script>alert(1)</script>"),
        "owner_id": owner_id,
        "country_code": "IT",
    }
    return PracticeInput(**plain | changes)


def make_practice(*, is_published: bool = True, owner_id: int | None = None, **changes: Any) -> Practice:
    owner = owner_id or make_organisation("Cluster Mechatronik & Automation").id
    practice = services.add(values=values(owner, **changes), actor=SYSTEM, now=NOW)
    if is_published:
        services.publish(practice_id=practice.id, actor=SYSTEM, now=NOW)
    return practice


def an_event(**changes: Any) -> Event:
    return make_event(
        "Workshop Trentino",
        starts_at=datetime(2027, 3, 18, 8, 0, tzinfo=UTC),
        ends_at=datetime(2027, 3, 18, 17, 0, tzinfo=UTC),
        **changes,
    )


def item_values(start: str = "09:50", **changes: Any) -> ItemInput:
    begins = parse_clock(start)
    plain: dict[str, Any] = {
        "slot": Slot(day=0, start_minute=begins, end_minute=begins + 50),
        "kind": ItemKind.PRACTICE_PRESENTATION,
        "title": Texts(en="Services to our members"),
    }
    return ItemInput(**plain | changes)


def make_item(event: Event, **changes: Any) -> AgendaItem:
    return agenda.add_item(event_id=event.id, values=item_values(**changes), actor=SYSTEM, now=NOW)


def test_the_owner_s_manager_writes_publishes_and_takes_back(database: Session) -> None:
    owner = make_organisation()
    manager = make_manager(owner)
    practice = services.add(values=values(owner.id), actor=manager, now=NOW)
    assert (practice.slug, practice.is_published) == ("a-cluster-academy", False)
    assert services.add(values=values(owner.id), actor=manager, now=NOW).slug == "a-cluster-academy-2"
    services.publish(practice_id=practice.id, actor=manager, now=NOW)
    found = db.session.scalars(refs("practice", "ACADEMY mechat")).all()
    assert found == []  # the owner is called otherwise
    assert db.session.scalars(refs("practice", "accademia")).all() == [practice.id]
    services.take_back(practice_id=practice.id, actor=manager, now=NOW)
    assert db.session.scalars(refs("practice", "accademia")).all() == []


@pytest.mark.parametrize("stranger", ["anybody", "manager of another"])
def test_others_may_not_write_and_do_not_learn_of_what_is_not_published(database: Session, stranger: str) -> None:
    actor: Actor = ANYBODY if stranger == "anybody" else make_manager(make_organisation("Elsewhere"))
    hidden, shown = make_practice(is_published=False), make_practice()
    with pytest.raises(MayNotEdit):
        services.add(values=values(shown.owner_id), actor=actor, now=NOW)
    with pytest.raises(MayNotEdit):
        services.edit(practice_id=shown.id, values=values(shown.owner_id), actor=actor, now=NOW)
    with pytest.raises(PracticeNotFound):
        services.publish(practice_id=hidden.id, actor=actor, now=NOW)


def test_a_practice_cannot_be_given_to_an_owner_that_is_not_one_s_own(database: Session) -> None:
    owner, other = make_organisation(), make_organisation("Elsewhere")
    manager = make_manager(owner)
    practice = services.add(values=values(owner.id), actor=manager, now=NOW)
    with pytest.raises(MayNotEdit):
        services.edit(practice_id=practice.id, values=values(other.id), actor=manager, now=NOW)


def test_what_is_incomplete_or_unknown_is_refused_beside_its_field(database: Session) -> None:
    owner = make_organisation()
    make_country("DE")
    db.session.add(Region(code="DE2", country_code="DE", name=Texts(en="Bavaria")))
    with pytest.raises(TitleMissing):
        services.add(values=values(owner.id, title=Texts()), actor=SYSTEM, now=NOW)
    for changes in ({"country_code": "XX"}, {"sector_id": "magic"}, {"region_code": "DE2"}):
        with pytest.raises(UnknownChoice) as refusal:
            services.add(values=values(owner.id, **changes), actor=SYSTEM, now=NOW)
        assert refusal.value.details["field"] == next(iter(changes))
    practice = make_practice(is_published=False, summary=Texts())
    with pytest.raises(SummaryMissing):
        services.publish(practice_id=practice.id, actor=SYSTEM, now=NOW)


def test_the_link_from_item_to_practice_and_back_survives_editing_and_moving_a15_a25(
    client: FlaskClient, app: Flask
) -> None:
    event, practice, other = an_event(), make_practice(), make_practice(title=Texts(en="A calendar of 70+ events"))
    speaker = make_person("Heiko", "Bartschat", is_public=True, form_of_address="Mr")
    expert = (PersonInput(person_id=speaker.id, role=AgendaRole.INVITED_EXPERT),)
    item = make_item(event, persons=expert)
    for used, act in ((practice, Act.PRESENTED), (practice, Act.DISCUSSED), (other, Act.PRESENTED)):
        use = UseInput(practice_id=used.id, act=act, agenda_item_id=item.id, notes="four notes")
        services.record_use(event_id=event.id, values=use, actor=SYSTEM, now=NOW)
    moved = item_values("11:00", title=Texts(en="What we do for members"), persons=expert)
    agenda.edit_item(event_id=event.id, item_id=item.id, values=moved, actor=SYSTEM, now=NOW)

    from app.practices.agenda_links import practices_in

    with app.test_request_context():
        labels = {link.label: link.url for link in practices_in([item.id])[item.id]}
    assert labels == {
        "Practice: A cluster academy": f"/practices/{practice.slug}",
        "Practice: A calendar of 70+ events": f"/practices/{other.slug}",
    }
    html = client.get(f"/practices/{practice.slug}").get_data(as_text=True)
    assert "Workshop Trentino" in html
    assert f'href="/events/{event.slug}#item-{item.id}"' in html
    assert "What we do for members" in html
    assert "11:00" in html
    assert "Mr Heiko Bartschat" in html
    assert "four notes" in html
    agenda.remove_item(event_id=event.id, item_id=item.id, actor=SYSTEM, now=NOW)
    assert "Workshop Trentino" in client.get(f"/practices/{practice.slug}").get_data(as_text=True)


def test_saying_the_same_again_replaces_the_notes(database: Session) -> None:
    event, practice = an_event(), make_practice()
    for notes in ("slides", "slides and a film"):
        use = UseInput(practice_id=practice.id, act=Act.SHARED, notes=notes)
        services.record_use(event_id=event.id, values=use, actor=SYSTEM, now=NOW)
    assert [use.notes for use in queries.uses_at(event.id)] == ["slides and a film"]


def test_uses_are_recorded_by_the_event_s_organisers(database: Session) -> None:
    organiser = make_organisation("Organiser")
    event, practice, hidden = an_event(organiser=organiser), make_practice(), make_practice(is_published=False)
    manager, stranger = make_manager(organiser), make_manager(make_organisation("Elsewhere"), "bob@filo.example")
    use = UseInput(practice_id=practice.id, act=Act.PRESENTED)
    services.record_use(event_id=event.id, values=use, actor=manager, now=NOW)
    with pytest.raises(MayNotManage):
        services.record_use(event_id=event.id, values=use, actor=stranger, now=NOW)
    unknown = UseInput(practice_id=hidden.id, act=Act.PRESENTED)
    with pytest.raises(PracticeNotFound):
        services.record_use(event_id=event.id, values=unknown, actor=manager, now=NOW)


def test_the_list_is_filtered_by_sector_country_and_words_in_all_languages(client: FlaskClient) -> None:
    make_country("DE")
    db.session.add(Sector(id="ict", name=Texts(en="ICT"), position=1))
    db.session.flush()
    make_practice(sector_id="ict")
    make_practice(title=Texts(de="Gemeinsames Prüflabor"), country_code="DE")
    make_practice(title=Texts(en="Not out yet"), is_published=False)

    def seen(query: str) -> list[bool]:
        html = client.get(f"/practices{query}").get_data(as_text=True)
        return [title in html for title in ("A cluster academy", "Gemeinsames Prüflabor", "Not out yet")]

    assert seen("") == [True, True, False]
    assert seen("?sector=ict") == [True, False, False]
    assert seen("?country=DE") == [False, True, False]
    assert seen("?q=pruflabor") == [False, True, False]
    assert seen("?q=accademia") == [True, False, False]
    assert seen("?q=nothing+of+that+kind") == [False, False, False]
    for rubbish in ("?page=0", "?page=-1", "?page=x", "?page=99999999999", "?sector=%00", "?country=<b>"):
        assert client.get(f"/practices{rubbish}").status_code == 200


def test_a10_practices_are_found_by_what_they_promote(client: FlaskClient) -> None:
    both = make_practice(aims=frozenset({Aim.INNOVATION, Aim.TECHNOLOGY_TRANSFER}))
    make_practice(title=Texts(en="A calendar of events"), aims=frozenset({Aim.COMPETITIVENESS}))
    make_practice(title=Texts(en="Without an aim"))

    def seen(query: str) -> list[bool]:
        html = client.get(f"/practices{query}").get_data(as_text=True)
        return [title in html for title in ("A cluster academy", "A calendar of events", "Without an aim")]

    assert seen("?aim=technology_transfer") == [True, False, False]
    assert seen("?aim=innovation&country=IT") == [True, False, False]
    assert seen("?aim=competitiveness") == [False, True, False]
    assert seen("?aim=") == [True, True, True]
    assert seen("?aim=magic") == [False, False, False]
    page = client.get(f"/practices/{both.slug}").get_data(as_text=True)
    assert '<a href="/practices?aim=technology_transfer">Technology transfer</a>' in page
    assert "Competitiveness" not in page


def test_a10_aims_are_ticked_in_the_form_and_taken_away_again(client: FlaskClient) -> None:
    owner = make_organisation()
    sign_in_manager(client, owner, "ada@filo.example")
    page = f"/manage/practices/{make_practice(owner_id=owner.id).slug}"
    typed: dict[str, Any] = {"title_en": "A cluster academy", "owner_id": str(owner.id), "country_code": "IT"}
    for ticked in (["innovation", "technology_transfer"], ["competitiveness", "innovation"], []):
        assert send(client, page, typed | {"aims": ticked}).status_code == 303
        boxes = re.findall(r'<input[^>]* name="aims"[^>]*>', client.get(page).get_data(as_text=True))
        assert [aim for aim, box in zip(Aim, boxes, strict=True) if " checked" in box] == ticked


def test_twenty_practices_stand_on_a_page(client: FlaskClient) -> None:
    owner = make_organisation().id
    for number in range(21):
        make_practice(owner_id=owner, title=Texts(en=f"Number {number}"))
    assert 'href="/practices?page=2"' in client.get("/practices").get_data(as_text=True)
    assert "21 to 21 of 21" in client.get("/practices?page=2").get_data(as_text=True)


def test_an_unpublished_practice_is_there_for_its_writers_only(client: FlaskClient) -> None:
    owner = make_organisation()
    practice = make_practice(is_published=False, owner_id=owner.id)
    address = f"/practices/{practice.slug}"
    assert client.get(address).status_code == 404
    sign_in_manager(client, owner, "ada@filo.example")
    assert "not published" in client.get(address).get_data(as_text=True)


def test_markdown_is_shown_and_scripts_are_not(client: FlaskClient) -> None:
    html = client.get(f"/practices/{make_practice().slug}").get_data(as_text=True)
    assert "<strong>2012</strong>" in html
    assert "<script>alert" not in html


def test_a_manager_writes_a_practice_by_form(client: FlaskClient) -> None:
    owner = make_organisation("Cluster & Co")
    sign_in_manager(client, owner, "ada@filo.example")
    typed = {"title_en": "Shared lab", "owner_id": str(owner.id), "country_code": "IT", "city": "Lodi"}
    assert send(client, "/manage/practices/new", typed).headers["Location"] == "/manage/practices/shared-lab"
    page = "/manage/practices/shared-lab"
    refused = send(client, page, {}, to=f"{page}/publication")
    assert refused.status_code == 409
    assert 'id="summary_en-error"' in refused.get_data(as_text=True)
    assert send(client, page, typed | {"summary_en": "Open to all"}).status_code == 303
    assert send(client, page, {}, to=f"{page}/publication").status_code == 303
    assert "Open to all" in client.get("/practices").get_data(as_text=True)
    assert send(client, page, {}, to=f"{page}/publication/removal").status_code == 303
    assert "Shared lab" in client.get("/manage/practices").get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_en": ""}, "title_en"),
        ({"title_en": "x" * 10_000}, "title_en"),
        ({"title_en": "a\x00b"}, "title_en"),
        ({"owner_id": "9999999"}, "owner_id"),
        ({"owner_id": "rubbish"}, "owner_id"),
        ({"country_code": ""}, "country_code"),
        ({"region_code": "DE2"}, "region_code"),
        ({"aims": "magic"}, "aims"),
    ],
)
def test_bad_input_is_answered_beside_its_field_and_kept(
    client: FlaskClient, typed: dict[str, str], field: str
) -> None:
    owner = make_organisation()
    make_country("DE")
    db.session.add(Region(code="DE2", country_code="DE", name=Texts(en="Bavaria")))
    sign_in_manager(client, owner, "ada@filo.example")
    good = {"title_en": "Lab", "owner_id": str(owner.id), "country_code": "IT", "city": "1 < kept"}
    answer = send(client, "/manage/practices/new", good | typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.get_data(as_text=True)
    assert "1 &lt; kept" in answer.get_data(as_text=True)


def test_everything_that_is_missing_is_said_at_once(client: FlaskClient) -> None:
    owner = make_organisation()
    sign_in_manager(client, owner, "ada@filo.example")
    html = send(client, "/manage/practices/new", {"owner_id": "", "country_code": ""}).get_data(as_text=True)
    for field in ("title_en", "owner_id", "country_code"):
        assert f'id="{field}-error"' in html


def test_who_manages_nothing_has_no_practices_to_manage(client: FlaskClient) -> None:
    assert client.get("/manage/practices").location == "/sign-in?next=/manage/practices"
    sign_in(client, make_account("nobody@filo.example").id)
    assert client.get("/manage/practices").status_code == 403
    sign_in_administrator(client)
    assert client.get("/manage/practices").status_code == 200


def test_organisers_note_what_came_up_by_form(client: FlaskClient) -> None:
    organiser = make_organisation("Organiser")
    event, practice = an_event(organiser=organiser), make_practice()
    item = make_item(event)
    sign_in_manager(client, organiser, "ada@filo.example")
    page = f"/manage/events/{event.slug}/practices"
    assert send(client, page, {"practice_id": ""}).status_code == 422
    typed = {"practice_id": str(practice.id), "act": "presented", "agenda_item_id": str(item.id)}
    assert send(client, page, typed).status_code == 303
    [use] = queries.uses_at(event.id)
    assert "A cluster academy" in client.get(page).get_data(as_text=True)
    assert send(client, page, {}, to=f"{page}/{use.id}/removal").status_code == 303
    assert queries.uses_at(event.id) == []


@pytest.mark.parametrize("page", ["list", "practice"])
def test_a_page_costs_as_many_queries_with_three_rows_as_with_one(client: FlaskClient, page: str) -> None:
    counts = []
    practice = make_practice()
    for more in (1, 2):
        for _number in range(more):
            event = an_event()
            person = make_person(is_public=True)
            item = make_item(event, persons=(PersonInput(person_id=person.id, role=AgendaRole.SPEAKER),))
            use = UseInput(practice_id=practice.id, act=Act.PRESENTED, agenda_item_id=item.id)
            services.record_use(event_id=event.id, values=use, actor=SYSTEM, now=NOW)
            if page == "list":
                make_practice()
        db.session.expire_all()
        with queries_counted() as seen:
            client.get("/practices" if page == "list" else f"/practices/{practice.slug}")
        counts.append(len(seen))
    assert 1 < counts[0] == counts[1] < 40  # the panels of other rooms among them


def test_filters_are_plain_values() -> None:
    assert PracticeFilter(sector="ict", q="").parts() == {"sector": "ict"}
