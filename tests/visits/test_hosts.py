"""What hosts are asked, what they say by their link, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.accounts.models import SignedInSession
from app.agenda.errors import ItemNotFound
from app.agenda.inputs import HouseTerms
from app.agenda.models import AgendaItem
from app.agenda.rules import PhotoPolicy, Trouble
from app.audit.models import AuditEntry
from app.events.errors import MayNotManage
from app.events.models import Event
from app.events.rules import Status
from app.kernel import clock
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import ANYBODY, SYSTEM
from app.network.models import Organisation
from app.subgroups import services as groups
from app.visits import links, queries
from app.visits.errors import DueOutOfRange, HostingOver, HostNotFound, NamesDueOutOfRange
from app.visits.inputs import AskInput, HostAnswer
from app.visits.models import HostRequest
from app.visits.rules import hosts as rules
from app.visits.rules.hosts import HostState
from app.visits.services import hosts
from tests.approving import check_approved
from tests.builders import NOW, make_organisation
from tests.forms import hidden_values
from tests.sheets.helpers import seat
from tests.signing_in import sign_in_manager
from tests.visits.helpers import make_visit, stop, two_days

STOP_DAY = date(2027, 3, 18)
ASKED = AskInput(name="Uta Gastgeber", email="uta@plant.example", locale="en", due_on=date(2027, 3, 4))
TERMS = HouseTerms(
    gate=None,
    group_limit=12,
    protective_equipment=(),
    needs_identity=False,
    identity_days_before=None,
    photo_policy=PhotoPolicy.ASK,
    needs_nondisclosure=False,
)
SAID = HostAnswer(
    group_limit=12,
    protective_equipment=(),
    photo_policy=PhotoPolicy.ASK,
    needs_nondisclosure=False,
    needs_identity=False,
    names_due_on=None,
    gate="",
    safety=Texts(en="Stay behind the yellow line."),
    access="",
    contact_name="Uta Gastgeber",
    contact_phone="+39 0464 000",
    shows_contact=True,
    note="",
)


@pytest.mark.parametrize(
    ("said", "holds"),
    [(8, 8), (12, 12), (20, 12), (None, 12)],
)
def test_a_smaller_group_holds_at_once_and_a_larger_one_waits(said: int | None, holds: int) -> None:
    assert rules.applied(TERMS, replace(TERMS, group_limit=said)).group_limit == holds


def test_the_house_decides_about_everything_else() -> None:
    said = replace(TERMS, group_limit=50, photo_policy=PhotoPolicy.FORBIDDEN, gate="North", needs_identity=True)
    assert rules.applied(TERMS, said) == replace(said, group_limit=12)
    assert rules.differences(TERMS, said) == ("gate", "group_limit", "needs_identity", "photo_policy")
    assert rules.applied(replace(TERMS, group_limit=None), said).group_limit == 50


@pytest.mark.parametrize(
    ("due", "today", "shown"),
    [
        (date(2027, 3, 11), date(2027, 3, 10), False),
        (date(2027, 3, 11), date(2027, 3, 11), True),
        (date(2027, 3, 11), STOP_DAY, True),
        (date(2027, 3, 11), STOP_DAY + timedelta(days=1), False),
        (None, STOP_DAY - timedelta(days=1), False),
        (None, STOP_DAY, True),
    ],
)
def test_names_are_shown_only_while_they_are_needed(due: date | None, today: date, shown: bool) -> None:
    assert rules.is_due(due, needs_names=True, today=today, stop_day=STOP_DAY) is shown
    assert not rules.is_due(due, needs_names=False, today=today, stop_day=STOP_DAY)
    assert not rules.is_due(due, needs_names=True, today=today, stop_day=None)


@pytest.mark.parametrize(
    ("asked", "today", "reminded"),
    [(1, 12, False), (1, 13, True), (1, 16, True), (1, 17, False), (15, 15, False), (15, 16, True)],
)
def test_the_silent_are_reminded_three_days_before_and_never_on_the_day_of_asking(
    asked: int, today: int, reminded: bool
) -> None:
    found = rules.is_to_remind(due_on=date(2027, 2, 16), asked_on=date(2027, 2, asked), today=date(2027, 2, today))
    assert found is reminded


@pytest.mark.parametrize(("names", "days"), [(None, None), (date(2027, 3, 11), 7), (STOP_DAY, 0)])
def test_the_day_for_the_names_becomes_days_before_the_stop(names: date | None, days: int | None) -> None:
    assert rules.days_before(STOP_DAY, names) == days


@pytest.mark.parametrize("names", [STOP_DAY + timedelta(days=1), date(2025, 3, 1)])
def test_names_are_needed_before_the_stop_and_not_years_before(names: date) -> None:
    with pytest.raises(NamesDueOutOfRange):
        rules.days_before(STOP_DAY, names)


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def visit(organiser: Organisation) -> Event:
    return make_visit(organiser=organiser, slug="visit")


@pytest.fixture
def plant(visit: Event) -> AgendaItem:
    return two_days(visit)["second"]


def ask(plant: AgendaItem, **changes: Any) -> HostRequest:
    return hosts.ask(event_id=plant.event_id, item_id=plant.id, values=replace(ASKED, **changes), actor=SYSTEM, now=NOW)


def say(request: HostRequest, *, now: datetime = NOW, **changes: Any) -> HostState:
    return hosts.answer(request.item_id, link_version=request.link_version, values=replace(SAID, **changes), now=now)


def letters(name: str) -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.name == name).order_by(Message.id)))


def test_b20_a_host_confirms_and_the_organiser_is_told(visit: Event, plant: AgendaItem) -> None:
    request = ask(plant)
    assert [one.recipient for one in letters("host_request")] == ["uta@plant.example"]
    assert say(request) is HostState.CONFIRMED
    assert [one.recipient for one in letters("host_answered")] == ["office@filo.example"]
    later = NOW + timedelta(hours=1)
    assert say(request, now=later, group_limit=8, photo_policy=PhotoPolicy.FORBIDDEN) is HostState.CHANGED
    db.session.refresh(plant)
    assert plant.stop
    assert (plant.stop.group_limit, plant.stop.photo_policy) == (8, PhotoPolicy.FORBIDDEN)
    assert plant.sequence == 0
    assert len(letters("host_answered")) == 2


def test_more_people_wait_until_the_organiser_takes_them_over(visit: Event, plant: AgendaItem) -> None:
    request = ask(plant)
    assert say(request, group_limit=20) is HostState.CHANGED
    assert plant.stop
    assert (plant.stop.group_limit, request.wished_limit) == (12, 20)
    assert hosts.take_over_limit(event_id=visit.id, item_id=plant.id, actor=SYSTEM, now=NOW) == 20
    assert (plant.stop.group_limit, request.wished_limit) == (20, None)


def test_a_smaller_group_warns_the_organiser_of_the_agenda(visit: Event, plant: AgendaItem) -> None:
    from app.agenda.reading import read_agenda
    from app.visits import plans

    say(ask(plant), group_limit=8)
    found = {(one.item_id, one.trouble) for one in read_agenda(visit, plans.rows_of(visit))}
    assert (plant.id, Trouble.GROUP_TOO_LARGE) in found


def test_who_was_replaced_can_say_nothing_more(visit: Event, plant: AgendaItem) -> None:
    former = ask(plant)
    version = former.link_version
    request = ask(plant, email="ugo@plant.example")
    assert request.link_version == version + 1
    with pytest.raises(HostNotFound):
        hosts.answer(plant.id, link_version=version, values=SAID, now=NOW)
    assert ask(plant, email="UGO@plant.example").link_version == version + 1


def test_nothing_is_asked_or_said_of_what_does_not_take_place(visit: Event, plant: AgendaItem) -> None:
    request = ask(plant)
    with pytest.raises(HostingOver):
        say(request, now=visit.ends_at)
    visit.status = Status.CALLED_OFF
    db.session.commit()
    with pytest.raises(HostingOver):
        say(request)
    with pytest.raises(HostingOver):
        hosts.decline(plant.id, link_version=request.link_version, note="no", now=NOW)
    with pytest.raises(HostingOver):
        ask(plant)


def test_a_deadline_is_between_today_and_the_stop(visit: Event, plant: AgendaItem) -> None:
    for due in (date(2027, 1, 12), date(2027, 3, 19)):
        with pytest.raises(DueOutOfRange):
            ask(plant, due_on=due)


def test_only_stops_have_hosts_and_only_organisers_ask(visit: Event, plant: AgendaItem) -> None:
    bus = db.session.scalars(select(AgendaItem).where(AgendaItem.event_id == visit.id).order_by(AgendaItem.id)).all()[1]
    with pytest.raises(ItemNotFound):
        ask(bus)
    with pytest.raises(MayNotManage):
        hosts.ask(event_id=visit.id, item_id=plant.id, values=ASKED, actor=ANYBODY, now=NOW)


def test_the_silent_are_reminded_once_and_others_never(visit: Event) -> None:
    silent = ask(stop(visit, "0 08:30 09:00", "Silent"))
    spoken = ask(stop(visit, "0 09:30 10:00", "Spoken"), email="other@plant.example")
    say(spoken)
    assert hosts.remind_silent(datetime(2027, 2, 28, 12, tzinfo=UTC)) == 0
    near = datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert [hosts.remind_silent(near), hosts.remind_silent(near + timedelta(days=1))] == [1, 0]
    assert [one.recipient for one in letters("host_reminder")] == [silent.email]


def test_hosts_are_forgotten_and_what_holds_for_the_stop_is_not(visit: Event, plant: AgendaItem) -> None:
    request = ask(plant)
    say(request, group_limit=8)
    version = request.link_version
    assert hosts.forget(before=visit.ends_at) == 0
    assert hosts.forget(before=visit.ends_at + timedelta(days=1)) == 1
    assert hosts.forget(before=visit.ends_at + timedelta(days=1)) == 0
    assert (request.name, request.contact_name, request.contact_phone) == ("", "", "")
    assert request.link_version == version + 1
    assert plant.stop
    assert plant.stop.group_limit == 8


FORM = {
    "group_limit": "8",
    "protective_equipment": ["helmet", "safety_shoes"],
    "photo_policy": "forbidden",
    "needs_identity": "y",
    "names_due_on": "2027-03-11",
    "gate": "North gate",
    "safety_en": "Stay behind the yellow line.",
    "contact_name": "Uta Gastgeber",
    "contact_phone": "+39 0464 000",
}


def sign_in_for_long(client: FlaskClient, organiser: Organisation) -> None:
    """Until after the clock of these tests."""
    sign_in_manager(client, organiser, "ada@filo.example")
    db.session.execute(update(SignedInSession).values(ends_at=datetime(2099, 1, 1, tzinfo=UTC)))
    db.session.commit()


def post(client: FlaskClient, path: str, **data: Any) -> TestResponse:
    proof = hidden_values(client.get(path.removesuffix("/refusal")).get_data(as_text=True))
    return client.post(path, data=proof | data)


def test_a_host_answers_by_the_link_and_participants_read_what_holds(
    client: FlaskClient, organiser: Organisation, visit: Event, plant: AgendaItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat(visit, *((f"Given{number}", f"Family{number}") for number in range(10)))
    groups.make(event_slug=visit.slug, size=5, actor=SYSTEM, now=NOW)
    request = ask(plant)
    path = f"/hosting/{links.token(request)}"
    monkeypatch.setattr(clock, "now", lambda: NOW)
    shown = client.get(path)
    assert shown.headers["Cache-Control"] == "no-store"
    assert "10 people have a place so far." in shown.text
    assert "Group 2: 5 people" in shown.text
    assert "Family3" not in shown.text
    answered = post(client, path, **FORM)
    assert answered.status_code == 303, answered.text
    shown = client.get(path)
    assert "The names appear here on 11 March 2027." in shown.text
    assert "Family3" not in shown.text
    page = client.get(f"/events/{visit.slug}").text
    for words in ("Helmet", "No photos", "Stay behind the yellow line.", "North gate"):
        assert words in page
    assert "+39 0464 000" not in page
    sign_in_for_long(client, organiser)
    overview = client.get(f"/manage/events/{visit.slug}/itinerary").text
    for words in ("Host confirmed with changes", "At most 8 people at once.", "<b>3</b> Host not asked yet"):
        assert words in overview
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 3, 11, 8, tzinfo=UTC))
    assert "Family3, Given3" in client.get(path).text
    assert db.session.scalar(select(AuditEntry).where(AuditEntry.action == "visits.names_seen"))
    monkeypatch.setattr(clock, "now", lambda: visit.ends_at)
    over = client.get(path)
    assert "The visit is over." in over.text
    assert "Family3" not in over.text


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"group_limit": "0"}, "whole number"),
    ({"group_limit": "many"}, "group_limit-error"),
    ({"photo_policy": "perhaps"}, "Not a valid choice"),
    ({"names_due_on": "2027-03-19"}, "before the visit"),
    ({"names_due_on": "tomorrow"}, "valid date"),
    ({"gate": "x" * 201}, "too long"),
    ({"protective_equipment": ["armour"]}, "offered here"),
]


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(
    client: FlaskClient, visit: Event, plant: AgendaItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    path = f"/hosting/{links.token(ask(plant))}"
    proof = hidden_values(client.get(path).text)
    for wrong, said in WRONG:
        answer = client.post(path, data=proof | FORM | wrong)
        assert answer.status_code == 422, wrong
        assert said in answer.text, wrong
        assert "Stay behind the yellow line." in answer.text


def test_a_host_declines_and_says_why(
    client: FlaskClient, visit: Event, plant: AgendaItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    request = ask(plant)
    path = f"/hosting/{links.token(request)}/refusal"
    assert post(client, path).status_code == 422
    assert post(client, path, reason="We rebuild the hall.").status_code == 303
    assert (request.state, request.note) == (HostState.DECLINED, "We rebuild the hall.")


def test_links_of_others_altered_ones_and_old_ones_open_nothing(
    client: FlaskClient, visit: Event, plant: AgendaItem
) -> None:
    request = ask(plant)
    good = links.token(request)
    public_id, _dot, mac = good.partition(".")
    other = links.token(ask(stop(visit, "1 12:00 13:00", "Other"), email="other@plant.example"))
    forged = [public_id, f"{public_id}.", f"{public_id}.{mac[:-1]}0x", f"{public_id}.{other.partition('.')[2]}", "x.y"]
    ask(plant, email="new@plant.example")
    for token in [*forged, good]:
        for path in (f"/hosting/{token}", f"/hosting/{token}/refusal"):
            answer = client.get(path) if path.endswith(token) else client.post(path, data=FORM)
            assert answer.status_code in {400, 404}, path
    assert "open the newest mail" in client.get(f"/hosting/{good}").text
    assert request.state is HostState.ASKED


def test_the_organiser_asks_by_the_page(
    client: FlaskClient, organiser: Organisation, visit: Event, plant: AgendaItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    sign_in_for_long(client, organiser)
    path = f"/manage/events/{visit.slug}/itinerary/hosts/{plant.id}"
    form = {"name": "Uta", "email": "uta@plant.example", "locale": "de", "due_on": "2027-03-04"}
    for wrong in ({"email": "uta"}, {"due_on": "2027-03-20"}, {"due_on": ""}, {"name": ""}):
        answer = post(client, path, **form | wrong)
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text
    assert post(client, path, **form).status_code == 303
    assert "Uta is asked to answer until 4 March 2027." in client.get(f"/manage/events/{visit.slug}/itinerary").text
    say(queries.request_of(visit.id, plant.id), group_limit=15)
    token = hidden_values(client.get(path).text)
    assert client.post(f"{path}/limit", data=token).status_code == 303
    assert client.post(f"{path}/limit", data=token).status_code == 409
    assert client.post(f"{path}/removal", data=token).status_code == 303
    assert client.post(f"{path}/removal", data=token).status_code == 404


def test_mails_about_hosts_say_what_was_approved(
    app: Flask, visit: Event, plant: AgendaItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    request = ask(plant)
    request.public_id = "abcdefghjkmnpqrstuvwxy"
    db.session.commit()
    for name in ("host_request", "host_reminder"):
        _check_letter(request, name)
    say(request, group_limit=20, protective_equipment=("helmet",), contact_phone="", note="We look forward to it.")
    _check_letter(request, "host_answered")


def _check_letter(request: HostRequest, name: str) -> None:
    for locale in LANGUAGE_NAMES:
        worded = _word(Message(name=name, locale=locale, context={"item_id": request.item_id}), "http://filo.example")
        assert worded
        text = worded.text.replace(links.token(request), "…").replace(f"#item-{request.item_id}", "#item-1")
        check_approved(f"mails/{name}.{locale}", f"Subject: {worded.subject}\n\n{text}")
