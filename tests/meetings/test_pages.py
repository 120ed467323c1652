"""The pages of participants and organisers, and what the mails say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import import_module

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.forum import publish_demo_forum
from app.events.models import Event
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.sending import _word
from app.meetings import presenters, queries
from app.meetings.models import MeetingProfile
from app.meetings.schedule import solve
from app.meetings.services import asking, searching
from app.network.actors import SYSTEM
from app.network.models import Organisation, Sector
from app.registration import links
from app.registration.models import Registration
from tests.approving import check_approved
from tests.builders import NOW, make_event, make_organisation
from tests.forms import send
from tests.meetings.scenes import agree, make_forum, make_schedule, take_part
from tests.papers import pages
from tests.query_counter import counted_queries
from tests.registration.helpers import join
from tests.signing_in import sign_in_manager

REAL = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def forum(organiser: Organisation) -> Event:
    db.session.add(Sector(id="ict", name=Texts(en="ICT"), aliases=[], position=1))
    db.session.commit()
    return make_forum(organiser)


def page_of(one: Registration, tail: str = "") -> str:
    return f"/registrations/{links.token(one)}/meetings{tail}"


def read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_right_after_registering_one_is_led_to_the_meetings(client: FlaskClient, forum: Event) -> None:
    ada = join(forum.id, "ada")
    own = read(client, f"/registrations/{links.token(ada)}")
    assert f"/registrations/{links.token(ada)}/meetings/profile" in own
    assert "One-to-one meetings" not in read(client, f"/registrations/{links.token(join(make_event().id, 'eva'))}")


def test_whoever_says_nothing_sees_nobody(client: FlaskClient, forum: Event) -> None:
    take_part(forum, "eva")
    ada = join(forum.id, "ada")
    assert "Eva" not in read(client, page_of(ada, "/people"))
    refused = send(client, page_of(ada, "/profile"), {"about": "Hello"})
    assert refused.status_code == 422
    assert "Tick or write at least one thing" in refused.text
    assert "Hello" in refused.text
    block = queries.blocks(forum.id)[0]
    said = {"needs": "sector:ict", "offer_words": "Test bed, Funding", "here": f"{block.id}:2"}
    assert send(client, page_of(ada, "/profile"), said).status_code == 303
    profile = db.session.get_one(MeetingProfile, ada.id)
    assert profile.offers == ["word:Test bed", "word:Funding"]
    assert f"{block.id}:2" not in profile.away
    assert len(profile.away) == 5
    assert "Eva" in read(client, page_of(ada, "/people"))


def test_the_directory_shows_what_fits_first_and_finds_by_topic(client: FlaskClient, forum: Event) -> None:
    ada = take_part(forum, "ada", needs=("word:test bed",), offers=("sector:ict",))
    take_part(forum, "ines", needs=("word:nothing",), offers=("word:x",))
    take_part(forum, "ugo", needs=("sector:ict",), offers=("word:Test  Bed",))
    html = read(client, page_of(ada, "/people"))
    assert html.index("Ugo") < html.index("Ines")
    assert "Offers what you look for: Test  Bed" in html
    assert "Looks for what you offer: ICT" in html
    assert "Ines" not in read(client, page_of(ada, "/people?only=shared"))
    assert "Ugo" not in read(client, page_of(ada, "/people?q=nothing"))


def test_a_request_goes_from_the_directory_to_the_other_page(client: FlaskClient, forum: Event) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    people = page_of(ada, "/people")
    empty = send(client, people, {"whom": str(eva.id), "reason": ""}, to=page_of(ada, "/requests"))
    assert empty.status_code == 422
    assert "Write in a sentence" in empty.text
    asked = send(client, people, {"whom": str(eva.id), "reason": "A pilot"}, to=page_of(ada, "/requests"))
    assert asked.status_code == 303


@pytest.mark.parametrize("whom", ["", "x", "-1", "9" * 30])
def test_a_mistyped_person_is_no_error_of_the_house(client: FlaskClient, forum: Event, whom: str) -> None:
    ada = take_part(forum, "ada")
    answer = send(client, page_of(ada, "/profile"), {"whom": whom, "reason": "x"}, to=page_of(ada, "/requests"))
    assert answer.status_code == 422


def test_links_of_others_open_nothing(client: FlaskClient, forum: Event) -> None:
    ada, eva, ugo = (take_part(forum, name) for name in ("ada", "eva", "ugo"))
    asking.ask(ada.id, whom=eva.id, reason="A pilot", now=NOW)
    request = queries.request_between(ada.id, eva.id)
    assert request
    answer = send(client, page_of(ugo, "/profile"), {}, to=page_of(ugo, f"/requests/{request.id}/acceptance"))
    assert answer.status_code == 404
    assert client.get(page_of(ada)[:-12] + "x/meetings").status_code == 404


def test_the_paper_has_a_page_for_each_person(client: FlaskClient, forum: Event, organiser: Organisation) -> None:
    ada, eva, ugo = (take_part(forum, name) for name in ("ada", "eva", "ugo"))
    agree(ada, eva)
    agree(ada, ugo)
    make_schedule(forum)
    (own,) = pages(client.get(page_of(ada)[: -len("/meetings")] + "/meetings.pdf").data)
    assert "Ada Esempio" in own
    assert "Eva Esempio" in own
    assert "Ugo & Co" in own
    sign_in_manager(client, organiser, "org@filo.example")
    assert len(pages(client.get(f"/manage/events/{forum.slug}/meetings.pdf").data)) == 3


def test_the_organiser_sets_up_makes_stops_and_uses(client: FlaskClient, forum: Event, organiser: Organisation) -> None:
    sign_in_manager(client, organiser, "org@filo.example")
    base = f"/manage/events/{forum.slug}/meetings"
    item = queries.block_items(forum.id)[0]
    wrong = send(client, base, {"slot_minutes": "10", "tables": "0"}, to=f"{base}/blocks/{item.id}")
    assert wrong.status_code == 422
    assert send(client, base, {"slot_minutes": "30", "tables": "6"}, to=f"{base}/blocks/{item.id}").status_code == 303
    late = {"most": "19", "spare": "15"}
    assert send(client, base, late, to=f"{base}/settings").status_code == 422
    assert send(client, base, {"seconds": "10"}, to=f"{base}/searches").status_code == 409
    agree(take_part(forum, "ada"), take_part(forum, "eva"))
    assert send(client, base, {"seconds": "11"}, to=f"{base}/searches").status_code == 422
    search_id = searching.begin(event_slug=forum.slug, seconds=10, keeps=False, actor=SYSTEM, now=NOW)
    assert "data-live" in read(client, base)
    assert "data-live" in read(client, f"{base}/progress")
    assert send(client, base, {}, to=f"{base}/searches/{search_id}/stop").status_code == 303
    posed, _seconds = searching.start(search_id, now=NOW) or (None, 0)
    assert posed
    searching.finish(search_id, posed=posed, solved=solve(posed.problem, seconds=1), now=NOW)
    html = read(client, base)
    assert "Found, and not told yet" in html
    assert "Ada Esempio" in html
    assert "data-live" not in html


def test_tables_and_no_shows_are_set_beside_the_person(
    client: FlaskClient, forum: Event, organiser: Organisation
) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    sign_in_manager(client, organiser, "org@filo.example")
    base = f"/manage/events/{forum.slug}/meetings/people"
    assert send(client, base, {"table": "2"}, to=f"{base}/{ada.id}/table").status_code == 303
    taken = send(client, base, {"table": "2"}, to=f"{base}/{eva.id}/table")
    assert taken.status_code == 422
    assert "Table 2 is another host" in taken.text
    assert send(client, base, {"absent": "1"}, to=f"{base}/{ada.id}/absence").status_code == 303
    assert "Came after all" in read(client, base)


def test_the_list_of_three_hundred_has_pages_and_stays_where_one_works(
    client: FlaskClient, forum: Event, organiser: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenters, "A_PAGE", 2)
    monkeypatch.setattr(import_module("app.meetings.presenters.directory"), "A_PAGE", 2)
    people = {name: take_part(forum, name) for name in ("ada", "eva", "ugo")}
    sign_in_manager(client, organiser, "org@filo.example")
    base = f"/manage/events/{forum.slug}/meetings/people"

    def shown(html: str) -> list[str]:
        return [name for name, one in people.items() if f'id="person-{one.id}"' in html]

    assert "1 to 2 of 3" in read(client, base)
    assert shown(read(client, base)) == ["ada", "eva"]
    assert shown(read(client, f"{base}?from=3")) == ["ugo"]
    noted = send(client, base, {"absent": "1"}, to=f"{base}/{people['ugo'].id}/absence")
    assert "Came after all" in read(client, noted.headers["Location"])
    assert shown(read(client, f"{base}?q=ugo")) == ["ugo"]
    assert "Nobody is found" in read(client, f"{base}?q=nobody+of+this+name")


def test_hundred_people_cost_no_more_queries_than_two(client: FlaskClient, forum: Event) -> None:
    ada = take_part(forum, "ada")
    take_part(forum, "eva")
    address = page_of(ada, "/people")
    client.get(address)
    with counted_queries() as few:
        client.get(address)
    for number in range(8):
        take_part(forum, f"guest{number}")
    with counted_queries() as many:
        client.get(address)
    assert len(many) <= len(few)


def test_mails_say_what_was_approved(app: Flask, database: Session) -> None:
    forum = make_forum(closes_at=datetime(2027, 1, 15, 12, tzinfo=UTC))
    forum.slug = "forum"
    database.commit()
    ada = take_part(forum, "ada", needs=("word:test bed",), offers=("word:funding",))
    eva = take_part(forum, "eva")
    for one in (ada, eva):
        row = db.session.get_one(Registration, one.id)
        row.public_id = f"{one.given_name.lower()}-of-the-forum"
    database.commit()
    asking.ask(ada.id, whom=eva.id, reason="A pilot in your test bed", now=NOW)
    request = queries.request_between(ada.id, eva.id)
    assert request
    _check("meeting_requested")
    asking.accept(eva.id, request_id=request.id, now=NOW)
    _check("meeting_accepted")
    make_schedule(forum)
    _check("meeting_schedule")


def _check(name: str) -> None:
    message = db.session.scalars(select(Message).where(Message.name == name).order_by(Message.id)).first()
    assert message
    for locale in LANGUAGE_NAMES:
        worded = _word(Message(name=name, locale=locale, context=message.context), "http://filo.example")
        assert worded
        check_approved(f"mails/{name}.{locale}", f"Subject: {worded.subject}\n\n{worded.text}")


def test_a_demonstration_forum_is_solved_from_the_command_line(app: Flask, database: Session) -> None:
    slug = publish_demo_forum(count=16, slots=3, now=NOW)
    said = app.test_cli_runner().invoke(args=["meetings", "solve", slug, "--seconds", "1", "--json"])
    assert said.exit_code == 0, said.output
    found = json.loads(said.stdout)
    assert found["broken_rules"] == 0
    assert found["objective"] >= found["greedy_objective"]
    assert found["bound"] >= found["objective"]
    assert len(found["meetings"]) >= found["greedy_meetings"] > 0
    assert app.test_cli_runner().invoke(args=["meetings", "solve", "nowhere"]).exit_code == 1
