"""What is shared, what nobody else ever sees, and what the organiser makes of the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.diaries.errors import LinesMissing
from app.diaries.inputs import DebriefInput, FindingInput
from app.diaries.models import DebriefFinding, DiaryLine, DiaryVersion
from app.diaries.queries.lines import shared_lines
from app.diaries.rules import Prompt
from app.diaries.services import debriefing
from app.diaries.work import erase
from app.events.models import Event
from app.kernel.db import db
from app.network.actors import SYSTEM, Actor
from app.network.models import Organisation
from app.practices.models import Practice
from app.registration.models import Registration
from app.registration.rules import Place
from tests.builders import make_organisation
from tests.diaries.helpers import TODAY, change, link, open_visit, people, two_stops, write
from tests.forms import hidden_values, send
from tests.papers import text as paper_text
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager

SECRET, OPEN, NAMED = "Nobody but me reads this", "The group may read this", "And this by my name"
TAKEN_BACK = "I did not mean this for all"


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser", city="Rovereto")


@pytest.fixture
def visit(organiser: Organisation) -> Event:
    return open_visit(organiser=organiser)


@pytest.fixture
def stops(visit: Event) -> tuple[AgendaItem, AgendaItem]:
    return two_stops(visit, make_organisation("Plant Owner"))


@pytest.fixture
def written(visit: Event, stops: tuple[AgendaItem, AgendaItem]) -> list[int]:
    """Three people: Ada wrote four lines, Bo one, Cara nothing."""
    ids, (first, second) = people(visit), stops
    once = change(second.id, TAKEN_BACK, Prompt.USEFUL, shared=True)
    write(
        ids[0],
        change(first.id, SECRET),
        change(first.id, OPEN, Prompt.USEFUL, shared=True),
        change(first.id, NAMED, Prompt.ASK, shared=True, named=True),
        once,
        change(second.id, TAKEN_BACK, Prompt.USEFUL, sees=[once.change.version.id], at=TODAY + timedelta(seconds=1)),
    )
    write(ids[1], change(second.id, "Bo saw something", shared=True))
    return ids


def finding(visit: Event, text: str, *lines: str, **changes: object) -> int:
    ids = [one.id for one in shared_lines(visit.id) if one.text in lines]
    values = FindingInput(**{"text": text, "in_report": True, "prompt": Prompt.USEFUL} | changes)  # type: ignore[arg-type]
    return debriefing.make_finding(event_slug=visit.slug, line_ids=ids, values=values, actor=SYSTEM, now=TODAY)


def pages_of(client: FlaskClient, visit: Event, ids: list[int]) -> dict[str, str]:
    """Every page on which a line of somebody else could stand, as text."""
    base = f"/manage/events/{visit.slug}"
    ways = [f"{link(one)}{tail}" for one in ids[1:] for tail in ("", "/diary", "/diary/shared", "/data", "/roadbook")]
    ways += [f"{base}{tail}" for tail in ("", "/debrief", "/debrief/report", "/participants", "/feedback")]
    ways += [f"{base}/participants/{ids[0]}", f"/events/{visit.slug}"]
    ways += [f"{base}/debrief/findings/new?{'&'.join(f'line={one}' for one in range(1, 9))}"]
    found = {way: client.get(way).text for way in ways}
    found["paper"] = paper_text(client.get(f"{base}/debrief/report.pdf").data)
    return found


def test_what_is_not_shared_stands_on_no_page_but_its_writers(
    client: FlaskClient, visit: Event, organiser: Organisation, written: list[int]
) -> None:
    made = finding(visit, "A finding", OPEN, NAMED)
    sign_in_manager(client, organiser, "olga@filo.example")
    found = pages_of(client, visit, written)
    found["finding"] = client.get(f"/manage/events/{visit.slug}/debrief/findings/{made}").text
    for way, html in found.items():
        assert SECRET not in html, way
        assert TAKEN_BACK not in html, way
    mine = client.get(f"{link(written[0])}/diary").text
    assert all(words in mine for words in (SECRET, OPEN, NAMED, TAKEN_BACK))
    for way in (f"{link(written[2])}/diary/shared", f"/manage/events/{visit.slug}/debrief"):
        assert OPEN in found[way]
        assert found[way].count("<bdi>Ada Esempio</bdi>") == 1


def test_only_participants_with_a_place_read_what_is_shared_and_only_of_such(
    client: FlaskClient, visit: Event, written: list[int]
) -> None:
    elsewhere = open_visit()
    two_stops(elsewhere)
    (stranger, *_others) = people(elsewhere)
    assert OPEN not in client.get(f"{link(stranger)}/diary/shared").text
    ada = db.session.get_one(Registration, written[0])
    old = link(ada.id)
    ada.place = Place.WITHDRAWN
    db.session.commit()
    assert client.get(f"{old}/diary/shared").status_code == 303
    assert OPEN not in client.get(f"{link(written[1])}/diary/shared").text
    ada.place, ada.link_version = Place.CONFIRMED, 7
    db.session.commit()
    for address in (old, old[:-1] + "0", "/registrations/x.y"):
        for tail in ("", ".js", "/shared"):
            assert client.get(f"{address}/diary{tail}").status_code == 404
        assert client.post(f"{address}/diary/changes", json={"changes": []}).status_code == 404


def test_ticked_lines_become_one_finding_whose_origin_is_kept(
    client: FlaskClient, visit: Event, organiser: Organisation, written: list[int]
) -> None:
    sign_in_manager(client, organiser, "olga@filo.example")
    debrief = f"/manage/events/{visit.slug}/debrief"
    ids = [one.id for one in shared_lines(visit.id)]
    way = f"{debrief}/findings/new?{'&'.join(f'line={one}' for one in ids)}"
    page = client.get(way).text
    assert all(words in page for words in (OPEN, NAMED, "Bo saw something"))
    hidden = hidden_values(page) | {"line_ids": ",".join(map(str, ids)), "prompt": "diary_useful", "in_report": "y"}
    wrong = client.post(way, data=hidden | {"text": ""})
    assert (wrong.status_code, "Write what was found." in wrong.text) == (422, True)
    assert client.post(way, data=hidden | {"text": "One price list"}).status_code == 303
    row = db.session.scalars(select(DebriefFinding)).one()
    assert sorted(one.line_id or 0 for one in row.sources) == sorted(ids)
    assert "from 3 lines" in client.get(debrief).text
    nothing = client.post(way, data=hidden | {"text": "Out of thin air", "line_ids": "999"})
    assert (nothing.status_code, "Tick at least one line" in nothing.text) == (422, True)


def test_the_report_holds_what_was_marked_and_nothing_of_a_line_that_was_taken_back(
    client: FlaskClient, visit: Event, organiser: Organisation, stops: tuple[AgendaItem, AgendaItem], written: list[int]
) -> None:
    sign_in_manager(client, organiser, "olga@filo.example")
    report = DebriefInput(open_days=5, objectives="See a lab", competence="Prices", cooperation="Swap contracts")
    debriefing.write(event_slug=visit.slug, values=report, actor=SYSTEM)
    kept = finding(visit, "Told in the report", OPEN)
    finding(visit, "Asked in the report", NAMED, prompt=Prompt.ASK)
    finding(visit, "Put aside", OPEN, in_report=False)
    base = f"/manage/events/{visit.slug}/debrief"

    def told() -> list[str]:
        return [client.get(f"{base}/report").text, paper_text(client.get(f"{base}/report.pdf").data)]

    for said in told():
        for words in (
            "See a lab",
            "Prices",
            "Swap contracts",
            "Told in the report",
            "Asked in the report",
            "First stop",
        ):
            assert words in said, words
        assert "Put aside" not in said
    line = next(one for one in shared_lines(visit.id) if one.text == OPEN)
    names = list(db.session.scalars(select(DiaryVersion.name).where(DiaryVersion.line_id == line.id)))
    write(written[0], change(stops[0].id, OPEN, Prompt.USEFUL, sees=names, at=TODAY + timedelta(seconds=2)))
    for said in told():
        assert "Told in the report" not in said
    assert "no longer shared" in client.get(base).text
    refused = send(client, f"{base}/findings/{kept}", {"text": "Anew", "prompt": "diary_useful", "in_report": "y"})
    assert refused.status_code == 422


def test_a_finding_becomes_a_draft_of_a_practice_where_it_was_seen(
    client: FlaskClient, visit: Event, organiser: Organisation, stops: tuple[AgendaItem, AgendaItem], written: list[int]
) -> None:
    sign_in_manager(client, organiser, "olga@filo.example")
    made = finding(visit, "One price list. Three classes, open to all.", OPEN)
    base = f"/manage/events/{visit.slug}/debrief"
    for _twice in range(2):
        answer = send(client, base, {}, to=f"{base}/findings/{made}/practice")
        assert (answer.status_code, answer.location) == (303, "/manage/practices/one-price-list")
    practice = db.session.scalars(select(Practice)).one()
    assert (practice.is_published, practice.owner_id, practice.city) == (False, organiser.id, "Rovereto")
    assert [(use.event_id, use.agenda_item_id) for use in practice.uses] == [(visit.id, stops[0].id)]
    assert "Three classes, open to all." in client.get(answer.location).text


def test_a_practice_belongs_to_the_host_where_its_manager_is_the_organiser_too(
    visit: Event, organiser: Organisation, stops: tuple[AgendaItem, AgendaItem], written: list[int]
) -> None:
    host = stops[0].stop.host  # type: ignore[union-attr]
    assert host
    made, way = finding(visit, "Seen at the host", OPEN), {"event_slug": visit.slug, "language": "en", "now": TODAY}
    both = Actor(account_id=None, managed_ids=frozenset({organiser.id, host.id}))
    debriefing.propose_practice(finding_id=made, actor=both, **way)  # type: ignore[arg-type]
    assert db.session.scalars(select(Practice.owner_id)).one() == host.id


def test_diaries_are_erased_when_the_event_has_been_over_for_a_month_and_findings_stay(
    client: FlaskClient, visit: Event, organiser: Organisation, written: list[int]
) -> None:
    finding(visit, "Kept for good", OPEN)
    taken_back = finding(visit, "Somebody's own words", NAMED)
    asked = next(one for one in shared_lines(visit.id) if one.text == NAMED)
    asked.is_shared = False
    db.session.commit()
    erase(TODAY + timedelta(days=29))
    assert db.session.scalars(select(DiaryLine.id)).all()
    erase(TODAY + timedelta(days=31))
    assert not db.session.scalars(select(DiaryLine.id)).all()
    assert not db.session.scalars(select(DiaryVersion.name)).all()
    sign_in_manager(client, organiser, "olga@filo.example")
    report = client.get(f"/manage/events/{visit.slug}/debrief/report").text
    assert "Kept for good" in report
    assert "Somebody&#39;s own words" not in report
    assert db.session.get_one(DebriefFinding, taken_back).in_report is False


def test_more_lines_ask_the_database_no_more(
    client: FlaskClient, visit: Event, organiser: Organisation, stops: tuple[AgendaItem, AgendaItem], written: list[int]
) -> None:
    sign_in_manager(client, organiser, "olga@filo.example")
    counts = []
    for number in range(3):
        finding(visit, f"Finding {number}", OPEN)
        ways = (f"/manage/events/{visit.slug}/debrief", f"{link(written[0])}/diary", f"{link(written[0])}/diary/shared")
        for way in ways:
            client.get(way)
        with counted_queries() as sent:
            for way in ways:
                client.get(way)
        counts.append(len(sent))
        write(written[number], change(stops[1].id, f"Also {number}", Prompt.ASK, shared=True))
    assert counts[2] == counts[1]


def test_nothing_can_be_merged_that_is_not_shared(visit: Event, written: list[int]) -> None:
    private = db.session.scalars(select(DiaryLine.id).where(DiaryLine.text == SECRET)).one()
    with pytest.raises(LinesMissing):
        debriefing.make_finding(
            event_slug=visit.slug,
            line_ids=[private],
            values=FindingInput(text="Stolen", in_report=True, prompt=Prompt.SEEN),
            actor=SYSTEM,
            now=TODAY,
        )
