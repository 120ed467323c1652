"""Practices on their way: from a study to those who take them up, asked again by mail."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel import clock
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.mail.composing import composer_of
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.practices import services as practices
from app.practices.inputs import OriginInput, UseInput
from app.practices.models import Practice
from app.practices.rules import Act
from app.studies.models import ClusterService, Study
from app.transfers import links, services
from app.transfers.errors import AdoptionNotFound, LinkOutdated, MayNotDeclare, NoSuchMove, OwnPractice
from app.transfers.models import Adoption
from app.transfers.rules import MOVES, OPEN, Uptake, asking_due, check_move, months_later
from app.transfers.services import DECLARED, FOLLOW_UP
from tests.approving import check_approved
from tests.builders import make_country, make_manager, make_organisation
from tests.forms import hidden_values
from tests.planning.test_board import move
from tests.planning.test_releases import release
from tests.practices.test_practices import an_event, make_item, make_practice
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager
from tests.studies.test_studies import make_service, make_study

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
LINK = re.compile(r"(?<=/adoptions/)\S+")


@pytest.fixture
def giver(database: Session) -> Organisation:
    return make_organisation("Giver", country="DE", email="giver@x.example", latitude=48.4, longitude=10.9)


@pytest.fixture
def practice(giver: Organisation) -> Practice:
    make_country("IT")
    return make_practice(owner_id=giver.id)


@pytest.fixture
def taker(database: Session) -> Organisation:
    return make_organisation("Taker", latitude=45.9, longitude=11.0)


def declare(practice: Practice, taker: Organisation, state: Uptake = Uptake.INTERESTED, at: datetime = NOW) -> Adoption:
    return services.declare(
        slug=practice.slug,
        organisation_id=taker.id,
        state=state,
        actor=SYSTEM,
        locale="en",
        now=at,
        email="taker@x.example",
    )


def came_of(practice: Practice, study: Study, service: ClusterService) -> None:
    origin = OriginInput(study_id=study.id, service_ids=(service.id,))
    practices.set_origin(practice_id=practice.id, values=origin, actor=SYSTEM, now=NOW)


@pytest.mark.parametrize("before", Uptake)
@pytest.mark.parametrize("after", Uptake)
def test_only_the_table_leads_from_state_to_state(before: Uptake, after: Uptake) -> None:
    if after in MOVES[before]:
        check_move(before, after)
    else:
        with pytest.raises(NoSuchMove):
            check_move(before, after)


@pytest.mark.parametrize(
    ("days", "asked", "number"),
    [(80, 0, None), (92, 0, 1), (92, 1, None), (184, 1, 2), (184, 0, 2), (366, 2, 3), (900, 3, None)],
)
@pytest.mark.parametrize("state", Uptake)
def test_open_states_are_asked_after_three_six_and_twelve_months(
    state: Uptake, days: int, asked: int, number: int | None
) -> None:
    due = asking_due(state, NOW, asked, NOW + timedelta(days=days))
    assert (due.number if due else None) == (number if state in OPEN else None)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2027-11-30", 3, "2028-02-29"), ("2027-01-31", 6, "2027-07-31"), ("2027-12-01", 12, "2028-12-01")],
)
def test_a_day_that_a_month_lacks_is_its_last(day: str, months: int, later: str) -> None:
    assert months_later(datetime.fromisoformat(day), months) == datetime.fromisoformat(later)


def test_b06_a_click_on_interested_tells_the_owner_and_stands_in_the_exchanges(
    client: FlaskClient, practice: Practice, taker: Organisation
) -> None:
    sign_in_manager(client, taker, "ada@filo.example")
    page = client.get(f"/practices/{practice.slug}").text
    values = hidden_values(page) | {"organisation_id": str(taker.id), "state": "uptake_interested"}
    assert client.post(f"/manage/practices/{practice.slug}/adoption", data=values).status_code == 303
    mail = db.session.scalar(select(Message).where(Message.recipient == "giver@x.example"))
    assert mail is not None
    for address in (f"/practices/{practice.slug}", "/practices/exchanges"):
        assert "Taker" in client.get(address).text
    table = client.get("/practices/exchanges.csv").text
    assert "Taker" in table
    assert datetime.now(UTC).date().isoformat() in table


def test_the_owner_is_told_once_and_what_is_said_twice_is_said_once(practice: Practice, taker: Organisation) -> None:
    row = declare(practice, taker)
    declare(practice, taker)
    declare(practice, taker, Uptake.PILOTING)
    assert [change.after for change in row.changes] == [Uptake.INTERESTED, Uptake.PILOTING]
    assert len(db.session.scalars(select(Message).where(Message.about == f"adoption:{row.id}")).all()) == 1


def test_who_does_not_belong_there_and_the_owner_itself_declare_nothing(
    practice: Practice, giver: Organisation, taker: Organisation
) -> None:
    actor = make_manager(make_organisation("Stranger"))
    with pytest.raises(MayNotDeclare):
        services.declare(
            slug=practice.slug, organisation_id=taker.id, state=Uptake.ADOPTED, actor=actor, locale="en", now=NOW
        )
    with pytest.raises(OwnPractice):
        declare(practice, giver)


def test_a_follow_up_goes_to_open_ones_only_and_its_link_answers_in_one_tap(
    app: Flask, client: FlaskClient, practice: Practice, taker: Organisation
) -> None:
    row, done = declare(practice, taker), declare(practice, make_organisation("Done"), Uptake.ADOPTED)
    later = months_later(NOW, 3) + timedelta(hours=1)
    assert [services.ask_due(now=later), services.ask_due(now=later)] == [1, 0]
    assert (row.asked, done.asked) == (1, 0)
    letter = composer_of(FOLLOW_UP)({"adoption_id": row.id, "number": 1}, "en")
    assert letter is not None
    address = letter.values["own_link"].removeprefix(links.public_url())
    page = client.get(address).text
    assert "As before" in page
    tapped = client.post(address, data=hidden_values(page) | {"state": "uptake_piloting"})
    assert tapped.status_code == 303
    db.session.refresh(row)
    assert (row.state, row.answered) == (Uptake.PILOTING, 1)


def test_altered_and_outdated_links_are_refused(client: FlaskClient, practice: Practice, taker: Organisation) -> None:
    row = declare(practice, taker)
    first = links.token(row)
    services.ask_due(now=months_later(NOW, 3) + timedelta(hours=1))
    with pytest.raises(LinkOutdated):
        links.open_adoption(first)
    with pytest.raises(AdoptionNotFound):
        links.open_adoption(first[:-2] + "xx")
    assert client.get(f"/adoptions/{first}").status_code == 404


def test_who_begins_again_is_asked_anew(practice: Practice, taker: Organisation) -> None:
    row = declare(practice, taker)
    services.ask_due(now=months_later(NOW, 6) + timedelta(hours=1))
    declare(practice, taker, Uptake.GIVEN_UP, months_later(NOW, 7))
    again = declare(practice, taker, Uptake.INTERESTED, months_later(NOW, 8))
    assert (again.id, again.asked, again.since) == (row.id, 0, months_later(NOW, 8))


def test_a15_the_thread_goes_from_the_study_to_uptake_and_outlives_a_new_agenda(
    client: FlaskClient,
    practice: Practice,
    giver: Organisation,
    taker: Organisation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study = make_study(make_organisation("HIT"))
    service = make_service(study, giver)
    came_of(practice, study, service)
    event = an_event()
    item = make_item(event)
    for act in Act:
        use = UseInput(practice_id=practice.id, act=act, agenda_item_id=item.id, notes=None, outcome=None)
        practices.record_use(event_id=event.id, values=use, actor=SYSTEM, now=NOW)
    release(event)
    move(event, item, start="14:00")
    release(event, "For everybody")
    declare(practice, taker, at=NOW + timedelta(days=40))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=60))
    page = client.get(f"/practices/{practice.slug}").text
    places = [page.index(words) for words in ("studied", "found as a service", "Presented", "interested")]
    assert places == sorted(places)
    assert f"#item-{item.id}" in page
    assert f"/practices/{practice.slug}" in client.get(f"/events/{event.slug}").text
    thread = page[page.index('id="journey"') : page.index("<aside")]
    assert thread.count(f"/studies/{study.slug}#service-{service.id}") == 1
    assert f"/practices/{practice.slug}" in client.get(f"/studies/{study.slug}").text


def test_the_matrix_counts_who_is_on_the_way_and_the_map_draws_them(
    client: FlaskClient, practice: Practice, taker: Organisation
) -> None:
    assert "Nobody takes up a practice yet" in client.get("/practices/exchanges").text
    declare(practice, taker)
    declare(practice, make_organisation("Other", country="SI"), Uptake.GIVEN_UP)
    page = client.get("/practices/exchanges").text
    assert 'class="map"' in page
    assert page.count('class="route"') == 1
    assert "Other" in page


def test_exchanges_ask_the_same_few_questions_for_many(
    client: FlaskClient, practice: Practice, taker: Organisation
) -> None:
    declare(practice, taker)
    with counted_queries() as few:
        client.get("/practices/exchanges")
    for number in range(5):
        declare(practice, make_organisation(f"Taker {number}"))
    with counted_queries() as many:
        client.get("/practices/exchanges")
    assert len(many) <= len(few)


@pytest.mark.parametrize("locale", LANGUAGE_NAMES)
def test_the_mails_say_what_they_are_to_say(practice: Practice, taker: Organisation, locale: str) -> None:
    row = declare(practice, taker)
    services.ask_due(now=months_later(NOW, 3) + timedelta(hours=1))
    mails = db.session.scalars(
        select(Message).where(Message.about == f"adoption:{row.id}").order_by(Message.name)
    ).all()
    assert [mail.name for mail in mails] == [DECLARED, FOLLOW_UP]
    for mail in mails:
        worded = _word(Message(name=mail.name, locale=locale, context=mail.context), "http://filo.example")
        assert worded
        text = LINK.sub("…", worded.text)
        check_approved(f"mails/{mail.name}.{locale}", f"Subject: {worded.subject}\n\n{text}")


def test_a25_from_the_item_of_the_agenda_one_click_leads_to_the_practices_and_their_services(
    client: FlaskClient, practice: Practice, giver: Organisation
) -> None:
    study = make_study()
    service = make_service(study, giver)
    came_of(practice, study, service)
    event = an_event()
    use = UseInput(
        practice_id=practice.id, act=Act.PRESENTED, agenda_item_id=make_item(event).id, notes=None, outcome=None
    )
    practices.record_use(event_id=event.id, values=use, actor=SYSTEM, now=NOW)
    assert f"/practices/{practice.slug}" in client.get(f"/events/{event.slug}").text
    assert f"/studies/{study.slug}#service-{service.id}" in client.get(f"/practices/{practice.slug}").text
    assert "Calendar of events" in client.get(f"/organisations/{giver.slug}").text


def test_adopted_by_mistake_can_be_corrected_and_what_is_hidden_is_not_asked_about(
    practice: Practice, taker: Organisation
) -> None:
    declare(practice, taker, Uptake.ADOPTED)
    row = declare(practice, taker, Uptake.PILOTING)
    assert row.state is Uptake.PILOTING
    db.session.get_one(Practice, practice.id).is_published = False
    db.session.commit()
    assert services.ask_due(now=months_later(NOW, 3) + timedelta(hours=1)) == 0
