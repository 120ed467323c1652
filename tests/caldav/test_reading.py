"""What CalDAV programs find, and what they are told of changes."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.changes.services import forget_old as forget_changes
from app.events.rules import Kind, Status
from app.kernel import clock
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import ThematicGroup
from app.personal.models import CalendarToken
from app.personal.rules import Part
from app.personal.services import Opened, revoke_calendar
from app.registration.rules import Place
from tests.builders import NOW, make_event
from tests.caldav.dav import ALL, C, D, Dav, found_in, gone_in, hrefs, token_in
from tests.feeds.world import add_item, change, publish
from tests.network.scenes import make_project
from tests.personal.world import ADA, calendar_of, look_again, register
from tests.query_counter import counted_queries

pytestmark = pytest.mark.usefixtures("database")
EVENTS = '<c:comp-filter name="VEVENT">{}</c:comp-filter>'


def test_programs_find_the_calendars_from_the_name_of_the_server_alone(client: FlaskClient) -> None:
    publish("Workshop")
    dav = Dav.of(client, calendar_of())
    moved = dav.ask("PROPFIND", "/.well-known/caldav", Depth="0")
    assert (moved.status_code, moved.location) == (301, "/caldav/")
    root = dav.propfind("/caldav/", f"{D}current-user-principal")["/caldav/"]
    (principal,) = hrefs(root[f"{D}current-user-principal"])
    own = dav.propfind(principal, f"{C}calendar-home-set", f"{C}calendar-user-address-set")[principal]
    assert hrefs(own[f"{C}calendar-user-address-set"]) == [f"mailto:{ADA}"]
    (mine,) = hrefs(own[f"{C}calendar-home-set"])
    (agenda,) = [path for path in dav.propfind(mine, f"{D}resourcetype", depth="1") if path != mine]
    kinds = dav.propfind(agenda, f"{D}resourcetype", f"{D}current-user-privilege-set")[agenda]
    assert [one.tag for one in kinds[f"{D}resourcetype"]] == [f"{D}collection", f"{C}calendar"]
    privileges = {one[0].tag for one in kinds[f"{D}current-user-privilege-set"]}
    assert privileges == {f"{D}read", f"{C}read-free-busy", f"{D}read-current-user-privilege-set"}


def test_who_begins_at_the_public_address_finds_the_public_calendars(client: FlaskClient) -> None:
    publish("Workshop")
    for dav in (Dav(client), Dav.of(client, calendar_of())):
        found = dav.propfind("/caldav/public/", f"{D}current-user-principal", f"{C}calendar-home-set")
        assert hrefs(found["/caldav/public/"][f"{D}current-user-principal"]) == ["/caldav/public/"]
        assert hrefs(found["/caldav/public/"][f"{C}calendar-home-set"]) == ["/caldav/public/en/"]


def test_public_lists_are_collections_without_a_password_and_with_one(client: FlaskClient) -> None:
    publish("Workshop")
    publish("Visit", kind=Kind.STUDY_VISIT)
    for dav in (Dav(client), Dav.of(client, calendar_of())):
        lists = dav.propfind("/caldav/public/it/", f"{D}displayname", depth="1")
        assert {"/caldav/public/it/all/", "/caldav/public/it/kind-study_visit/"} < {*lists}
        visits = dav.propfind("/caldav/public/it/kind-study_visit/", f"{D}getetag", depth="1")
        assert len(visits) == 2


def test_an_entry_is_a_calendar_of_its_own_with_its_zone(client: FlaskClient) -> None:
    (event,) = publish("Workshop")
    answer = client.get(f"{ALL}{event.uid}.ics")
    entry = icalendar.Calendar.from_ical(answer.data)
    assert [part.name for part in entry.subcomponents] == ["VTIMEZONE", "VEVENT"]
    found = Dav(client).propfind(f"{ALL}{event.uid}.ics", f"{D}getetag")[f"{ALL}{event.uid}.ics"]
    assert found[f"{D}getetag"].text == answer.headers["ETag"]
    again = client.get(f"{ALL}{event.uid}.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("inside", "titles"),
    [
        (EVENTS.format(""), ["Workshop", "Forum"]),
        (EVENTS.format('<c:time-range start="20270120T000000Z" end="20270124T000000Z"/>'), ["Workshop"]),
        (EVENTS.format('<c:time-range start="20270123T160000Z"/>'), ["Forum"]),
        (EVENTS.format('<c:time-range end="20270123T120000Z"/>'), []),
        (EVENTS.format('<c:prop-filter name="SUMMARY"><c:text-match>forum</c:text-match></c:prop-filter>'), ["Forum"]),
        (
            EVENTS.format(
                '<c:prop-filter name="SUMMARY"><c:text-match negate-condition="yes">for</c:text-match></c:prop-filter>'
            ),
            ["Workshop"],
        ),
        (EVENTS.format('<c:prop-filter name="UID"><c:is-not-defined/></c:prop-filter>'), []),
        (EVENTS.format('<c:comp-filter name="VALARM"/>'), []),
        ('<c:comp-filter name="VTODO"/>', []),
        ('<c:comp-filter name="VTODO"><c:is-not-defined/></c:comp-filter>', ["Workshop", "Forum"]),
    ],
)
def test_queries_by_time_and_text(client: FlaskClient, inside: str, titles: list[str]) -> None:
    publish("Workshop")
    publish("Forum", starts_at=NOW + timedelta(days=12))
    answer = Dav(client).query(ALL, inside)
    assert answer.status_code == 207
    bodies = [str(found[f"{C}calendar-data"].text) for found in found_in(answer.data).values()]
    shown = [str(icalendar.Calendar.from_ical(body).walk("VEVENT")[0]["SUMMARY"]) for body in bodies]
    assert shown == titles


def test_days_as_a_bar_lie_in_every_hour_of_their_days(client: FlaskClient) -> None:
    publish("Visit", starts_at=NOW + timedelta(days=10), ends_at=NOW + timedelta(days=12, hours=4))
    early = EVENTS.format('<c:time-range start="20270123T020000Z" end="20270123T030000Z"/>')
    assert len(found_in(Dav(client).query(ALL, early).data)) == 1


def test_multiget_answers_by_the_hrefs_as_they_were_written(client: FlaskClient) -> None:
    (event,) = publish("Workshop")
    encoded = f"{ALL}{event.uid.replace('@', '%40')}.ics"
    others = f"/caldav/public/it/all/{event.uid}.ics"
    body = (
        f'<c:calendar-multiget xmlns:d="DAV:" xmlns:c="{C[1:-1]}"><d:prop><d:getetag/><c:calendar-data/></d:prop>'
        f"<d:href>{encoded}</d:href><d:href>{ALL}nothing.ics</d:href><d:href>{others}</d:href></c:calendar-multiget>"
    )
    answer = Dav(client).ask("REPORT", ALL, body, Depth="1")
    assert [path for path, found in found_in(answer.data).items() if found] == [encoded]
    assert gone_in(answer.data) == [f"{ALL}nothing.ics", others]


def test_a_token_brings_what_was_added_changed_and_removed_and_nothing_else(client: FlaskClient) -> None:
    stays, moves, goes = (publish(title)[0] for title in ("Stays", "Moves", "Goes"))
    first = Dav(client).sync(ALL)
    assert len(found_in(first.data)) == 3
    change(moves.id, starts_at=NOW + timedelta(days=20), ends_at=NOW + timedelta(days=21), sequence=1)
    change(goes.id, status=Status.DRAFT)
    (comes,) = publish("Comes")
    second = Dav(client).sync(ALL, token_in(first.data))
    found = [path for path, props in found_in(second.data).items() if props]
    assert {*found} == {f"{ALL}{one.uid}.ics" for one in (moves, comes)}
    assert gone_in(second.data) == [f"{ALL}{goes.uid}.ics"]
    third = Dav(client).sync(ALL, token_in(second.data))
    assert (found_in(third.data), token_in(third.data)) == ({}, token_in(second.data))
    assert stays.uid.encode() not in second.data


def test_an_event_that_enters_or_leaves_a_list_is_told_of_there(client: FlaskClient, database: Session) -> None:
    (event,) = publish("Workshop")
    project = make_project()
    group = ThematicGroup(slug="agrifood", name=Texts(en="Agri-food"), project_id=project.id, position=1)
    database.add(group)
    database.commit()
    publish("Forum", groups=[group])
    path = "/caldav/public/en/group-agrifood/"
    first = Dav(client).sync(path)
    change(event.id, groups=[group])
    second = Dav(client).sync(path, token_in(first.data))
    assert {*found_in(second.data)} == {f"{path}{event.uid}.ics"}
    change(event.id, groups=[])
    assert gone_in(Dav(client).sync(path, token_in(second.data)).data) == [f"{path}{event.uid}.ics"]


def test_parts_of_an_agenda_are_no_entries_of_a_list(client: FlaskClient) -> None:
    (event,) = publish("Workshop")
    first = Dav(client).sync(ALL)
    item = add_item(event.id, "Keynote")
    second = Dav(client).sync(ALL, token_in(first.data))
    assert item.uid.encode() not in second.data


def test_a_token_that_is_forged_of_another_collection_or_too_old_is_refused(
    client: FlaskClient, database: Session
) -> None:
    publish("Workshop")
    dav = Dav(client)
    token = token_in(dav.sync(ALL).data)
    publish("Forum")
    while forget_changes(clock.now() + timedelta(days=1000)):
        pass
    for old in (token, "http://localhost/caldav/ns/sync/forged", token.rpartition("-")[0] + "-999999"):
        answer = dav.sync(ALL, old)
        assert answer.status_code == 403
        assert b"<D:valid-sync-token/>" in answer.data
    assert dav.sync("/caldav/public/it/all/", token).status_code == 403


def test_who_takes_fewer_than_there_are_is_told(client: FlaskClient) -> None:
    publish("Workshop", "Forum")
    answer = Dav(client).sync(ALL, limit="<d:limit><d:nresults>1</d:nresults></d:limit>")
    assert answer.status_code == 507
    assert b"number-of-matches-within-limits" in answer.data


def test_the_personal_agenda_tells_what_came_and_left(client: FlaskClient) -> None:
    workshop, forum = make_event("Workshop"), make_event("Forum")
    mine = register(workshop.id, Place.WAITLISTED)
    opened = calendar_of(parts=frozenset({Part.PLACES}))
    dav = Dav.of(client, opened)
    home = f"/caldav/homes/{_public_id(opened)}/agenda/"
    first = dav.sync(home)
    assert {*found_in(first.data)} == {f"{home}{workshop.uid}.ics"}
    mine.place = Place.CONFIRMED
    register(forum.id)
    look_again(opened, NOW + timedelta(days=1))
    second = dav.sync(home, token_in(first.data))
    assert {*found_in(second.data)} == {f"{home}{workshop.uid}.ics", f"{home}{forum.uid}.ics"}
    look_again(opened, NOW + timedelta(days=200))  # long over
    assert len(gone_in(dav.sync(home, token_in(second.data)).data)) == 2


def test_free_and_busy(client: FlaskClient) -> None:
    sure, waits = make_event("Workshop"), make_event("Forum", starts_at=NOW + timedelta(days=12))
    register(sure.id)
    register(waits.id, Place.WAITLISTED)
    opened = calendar_of()
    body = (
        f'<c:free-busy-query xmlns:c="{C[1:-1]}"><c:time-range start="20270101T000000Z" end="20270201T000000Z"/>'
        "</c:free-busy-query>"
    )
    answer = Dav.of(client, opened).ask("REPORT", f"/caldav/homes/{_public_id(opened)}/agenda/", body, Depth="1")
    (part,) = icalendar.Calendar.from_ical(answer.data).walk("VFREEBUSY")
    assert b":20270123T120000Z/20270123T160000Z" in part.to_ical()
    assert part.to_ical().count(b"FREEBUSY;") == 1


def test_a_sync_without_change_costs_one_query_and_with_one_is_small(client: FlaskClient) -> None:
    for number in range(30):
        publish(f"Workshop {number}")
    (event,) = publish("Moves")
    dav = Dav(client)
    first = dav.sync(ALL)
    with counted_queries() as unchanged:
        dav.sync(ALL, token_in(first.data))
    change(event.id, starts_at=NOW + timedelta(days=20), ends_at=NOW + timedelta(days=21), sequence=1)
    with counted_queries() as changed:
        answer = dav.sync(ALL, token_in(first.data))
    assert len(answer.data) < 1000
    assert (len(unchanged), len(changed)) == (1, 5)


def test_a_revoked_password_opens_nothing(client: FlaskClient) -> None:
    opened = calendar_of()
    revoke_calendar(opened.token_id, email_key=ADA, now=NOW)
    assert Dav.of(client, opened).ask("PROPFIND", "/caldav/", Depth="0").status_code == 401


def _public_id(opened: Opened) -> str:
    return db.session.get_one(CalendarToken, opened.token_id).public_id
