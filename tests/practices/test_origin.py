"""From a study to the services and the practices that came of it, and the journey of a practice as one thread."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel import clock
from app.kernel.db import db
from app.kernel.texts import Texts
from app.needs import services as needs
from app.needs.inputs import NeedInput
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.pilots import services as pilots
from app.pilots.inputs import PilotInput, ServiceInput, UptakeInput
from app.practices import queries, services
from app.practices.errors import MayNotEdit, MayNotIdentify, UnknownChoice
from app.practices.inputs import OriginInput, StepInput, UseInput
from app.practices.models import Practice
from app.practices.rules import Act
from app.practices.rules.states import State, Step
from app.practices.rules.thread import Knot, Stretch, in_order
from app.studies.models import ClusterService, Study
from app.transfers import services as transfers
from app.transfers.rules import Uptake
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.forms import hidden_values, send
from tests.practices.test_practices import make_practice
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_administrator, sign_in_manager
from tests.studies.test_studies import make_service, make_study

TOKEN = re.compile(r'<input[^>]*name="(p\d+-csrf_token)"[^>]*value="([^"]+)"')


@pytest.fixture
def conductor(database: Session) -> Organisation:
    return make_organisation("HIT")


@pytest.fixture
def cluster(database: Session) -> Organisation:
    return make_organisation("Cluster Mechatronik")


@pytest.fixture
def study(conductor: Organisation) -> Study:
    return make_study(conductor)


def test_a14_two_of_five_services_are_selected_from_the_page_of_the_study_with_a_reason(
    client: FlaskClient, conductor: Organisation, cluster: Organisation, study: Study
) -> None:
    names = ("Calendar", "Academy", "Purchasing", "Directory", "Mentors")
    found = [make_service(study, cluster, name=Texts(en=name)) for name in names]
    sign_in_manager(client, conductor, "ada@filo.example")
    page = client.get(f"/studies/{study.slug}").text
    assert page.count("Identify as a practice") == len(found)
    for service in found:
        to = f"/manage/studies/{study.slug}/services/{service.id}/practice"
        for _twice in range(2):
            answer = client.post(to, data=hidden_values(page))
        assert answer.location == f"/manage/studies/{study.slug}/selection#service-{service.id}"
    rows = list(db.session.scalars(select(Practice).order_by(Practice.id)))
    assert [row.title["en"] for row in rows] == list(names)
    for number, row in enumerate(rows[:3]):
        selection = client.get(f"/manage/studies/{study.slug}/selection").text
        values = {
            f"p{row.id}-step": "step_select" if number < 2 else "step_leave_out",
            f"p{row.id}-criteria": "Figures",
            f"p{row.id}-reason": f"Because of {number}",
            f"p{row.id}-organisation_id": str(conductor.id),
        }
        to = f"/manage/studies/{study.slug}/selection/{row.slug}"
        refused = client.post(to, data=dict(TOKEN.findall(selection)) | values | {f"p{row.id}-reason": ""})
        assert (refused.status_code, "Write why" in refused.text, "Figures" in refused.text) == (422, True, True)
        assert client.post(to, data=dict(TOKEN.findall(selection)) | values).status_code == 303
    assert [row.state for row in rows[:3]] == [State.SELECTED, State.SELECTED, State.IDENTIFIED]
    page = client.get(f"/studies/{study.slug}").text
    assert [page.count(words) for words in ("Selected</span>", "Not selected</span>", "Because of 2")] == [2, 1, 1]
    history = client.get(f"/manage/practices/{rows[0].slug}/review").text
    for words in ("on behalf of HIT", "Because of 0", "Figures"):
        assert words in history
    decision = queries.changes_of(rows[0].id)[0]
    assert (decision.step, decision.organisation, bool(decision.by)) == (Step.SELECT, conductor, True)


def test_who_neither_conducted_the_study_nor_is_of_the_cluster_identifies_nothing(
    client: FlaskClient, cluster: Organisation, study: Study
) -> None:
    service = make_service(study, cluster)
    stranger, own = make_manager(make_organisation("Elsewhere")), make_manager(cluster, "own@filo.example")
    with pytest.raises(MayNotIdentify):
        services.identify(study_slug=study.slug, service_id=service.id, actor=stranger, now=NOW)
    row = services.identify(study_slug=study.slug, service_id=service.id, actor=own, now=NOW)
    assert (row.owner_id, row.state, row.study_id) == (cluster.id, State.IDENTIFIED, study.id)
    assert row.cluster_services == [service]
    sign_in_manager(client, make_organisation("Another"), "eva@filo.example")
    assert client.get(f"/manage/studies/{study.slug}/selection").status_code == 403
    assert "Calendar of events</a>" not in client.get(f"/studies/{study.slug}").text


def test_a13_study_services_and_practice_lead_to_each_other(
    client: FlaskClient, conductor: Organisation, cluster: Organisation, study: Study
) -> None:
    service, hidden = make_service(study, cluster), make_practice(title=Texts(en="Hidden"), is_published=False)
    practice = make_practice(title=Texts(en="Shown"), owner_id=cluster.id)
    sign_in_manager(client, cluster, "ada@filo.example")
    page = f"/manage/practices/{practice.slug}/origin"
    chosen = send(client, page, {"study_id": str(study.id), "do": "study"})
    assert (chosen.status_code, "Calendar of events" in chosen.text) == (200, True)
    assert send(client, page, {"study_id": "999"}).status_code == 422
    assert send(client, page, {"study_id": str(study.id), "service_ids": "999"}).status_code == 422
    assert send(client, page, {"study_id": str(study.id), "service_ids": str(service.id)}).status_code == 303
    origin = OriginInput(study_id=study.id)
    services.set_origin(practice_id=hidden.id, values=origin, actor=SYSTEM, now=NOW)
    html = client.get(f"/studies/{study.slug}").text
    assert (f'href="/practices/{practice.slug}"' in html, "Hidden" in html) == (True, False)
    shown = client.get(f"/practices/{practice.slug}").text
    for url in (f"/studies/{study.slug}", f"/studies/{study.slug}#service-{service.id}"):
        assert f'href="{url}"' in shown
    sign_in_administrator(client)
    assert "Other practices that came of it" in client.get(f"/studies/{study.slug}").text


def test_only_writers_set_an_origin_and_only_one_that_exists(cluster: Organisation, study: Study) -> None:
    practice = make_practice(owner_id=cluster.id)
    for values, field in ((OriginInput(study_id=999), "study_id"), (OriginInput(service_ids=(999,)), "service_ids")):
        with pytest.raises(UnknownChoice) as refusal:
            services.set_origin(practice_id=practice.id, values=values, actor=SYSTEM, now=NOW)
        assert refusal.value.details["field"] == field
    stranger = make_manager(make_organisation("Elsewhere"))
    with pytest.raises(MayNotEdit):
        services.set_origin(practice_id=practice.id, values=OriginInput(), actor=stranger, now=NOW)


@given(
    st.lists(
        st.tuples(st.sampled_from(Stretch), st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.booleans())
    )
)
def test_a_thread_goes_by_time_and_ends_with_what_is_to_come(
    given_knots: list[tuple[Stretch, date | None, bool]],
) -> None:
    knots = [Knot(part=part, on=on, when="", words="", is_ahead=ahead) for part, on, ahead in given_knots]
    found = in_order(knots)
    assert sorted(map(id, found)) == sorted(map(id, knots))
    for before, after in pairwise(found):
        assert (before.is_ahead, before.on or date.min, before.part) <= (
            after.is_ahead,
            after.on or date.min,
            after.part,
        )


def days(number: int) -> datetime:
    return NOW + timedelta(days=number)


def a_way(practice: Practice, study: Study, service: ClusterService, owner: Organisation) -> None:
    """Everything that can happen to a practice, each on a day of its own, what is to come among it."""
    origin = OriginInput(study_id=study.id, service_ids=(service.id,))
    services.set_origin(practice_id=practice.id, values=origin, actor=SYSTEM, now=NOW)
    for number, start in enumerate((40, 400)):
        event = make_event(f"Event {number}", starts_at=days(start), ends_at=days(start) + timedelta(hours=3))
        use = UseInput(practice_id=practice.id, act=Act.DISCUSSED)
        services.record_use(event_id=event.id, values=use, actor=SYSTEM, now=NOW)
    need = needs.state_need(values=NeedInput(text="Benches", cluster_id=owner.id), actor=SYSTEM, now=days(45))
    values = ServiceInput(
        title=Texts(en="Voucher"),
        owner_id=owner.id,
        need_ids=(need.id,),
        practice_ids=(practice.id,),
        due_on=days(300).date(),
    )
    slug = pilots.propose(values=values, proposer_id=owner.id, actor=SYSTEM, now=days(50)).slug
    pilot = PilotInput(where="Here", starts_on=days(60).date())
    pilots.keep_pilot(slug, pilot_id=None, values=pilot, actor=SYSTEM, now=days(60))
    uptake = UptakeInput(adopter_id=owner.id, taken_up_on=days(80).date())
    pilots.note_uptake(slug, values=uptake, actor=SYSTEM, now=days(80))


def adopt(practice: Practice, at: datetime) -> None:
    transfers.declare(
        slug=practice.slug,
        organisation_id=make_organisation("Taker").id,
        state=Uptake.ADAPTING,
        actor=SYSTEM,
        locale="en",
        now=at,
        email="taker@x.example",
    )


def test_a15_the_journey_is_one_thread_by_time_with_what_is_to_come_at_its_end(
    client: FlaskClient, cluster: Organisation, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = make_practice(is_published=False)
    a_way(practice, study, make_service(study, cluster), cluster)
    services.take_step(practice_id=practice.id, step=Step.IDENTIFY, actor=SYSTEM, now=days(10))
    why = StepInput(reason="Good", criteria="Figures")
    services.take_step(practice_id=practice.id, step=Step.SELECT, values=why, actor=SYSTEM, now=days(20))
    practice.is_published = True
    adopt(practice, days(70))
    monkeypatch.setattr(clock, "now", lambda: days(100))
    page = client.get(f"/practices/{practice.slug}").text
    thread = page[page.index('id="journey"') : page.index("</ol>", page.index('id="journey"'))]
    told = (
        "studied",
        "found as a service",
        "Identified",
        "Selected",
        "Event 0",
        "answers a need",
        "service proposed",
        "Pilot: Here",
        "adapting it",
        "Taken up by",
        "agreed",
        "Event 1",
    )
    places = [thread.index(words) for words in told]
    assert places == sorted(places)
    assert [thread.count(words) for words in told] == [1] * len(told)
    assert thread.count("planned</span>") == 2
    assert page.count("Its journey") == 1


def test_a_thread_of_three_costs_as_many_queries_as_of_one(
    client: FlaskClient, cluster: Organisation, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: days(100))
    practice = make_practice()
    costs = []
    for more in (1, 2):
        for _each in range(more):
            service = make_service(study, make_organisation())
            a_way(practice, study, service, cluster)
            practice.cluster_services = [*study.services]
            services.identify(study_slug=study.slug, service_id=service.id, actor=SYSTEM, now=NOW)
            transfers.declare(
                slug=practice.slug,
                organisation_id=make_organisation().id,
                state=Uptake.INTERESTED,
                actor=SYSTEM,
                locale="en",
                now=days(70),
            )
        db.session.commit()
        for url in (f"/practices/{practice.slug}", f"/studies/{study.slug}"):
            db.session.expire_all()
            with counted_queries() as seen:
                assert client.get(url).status_code == 200
            costs.append(len(seen))
    assert costs[:2] == costs[2:]


OLD = """
CREATE TABLE practice (id INTEGER PRIMARY KEY, study_id INTEGER);
CREATE TABLE cluster_service (id INTEGER PRIMARY KEY);
CREATE TABLE adoption (id INTEGER PRIMARY KEY);
CREATE TABLE practice_source (id INTEGER PRIMARY KEY, practice_id INTEGER, study_id INTEGER, service_id INTEGER);
INSERT INTO practice VALUES (1, NULL), (2, 9), (3, NULL), (4, NULL);
INSERT INTO cluster_service VALUES (5), (6);
INSERT INTO practice_source VALUES (1, 1, NULL, 5), (2, 1, 8, 6), (3, 1, 7, 6), (4, 2, 7, 5), (5, 3, 7, NULL);
"""


def test_origins_are_carried_over_and_none_is_said_twice(tmp_path: Path) -> None:
    step = load_step("0042_origin")
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.begin() as connection:
        for statement in filter(str.strip, OLD.split(";")):
            connection.execute(sa.text(statement))
        with Operations.context(MigrationContext.configure(connection)):
            step()
        studies = connection.execute(sa.text("SELECT id, study_id FROM practice ORDER BY id")).all()
        found = connection.execute(sa.text("SELECT practice_id, service_id FROM practice_service ORDER BY 1, 2")).all()
        names = sa.inspect(connection).get_table_names()
    assert [tuple(row) for row in studies] == [(1, 8), (2, 9), (3, 7), (4, None)]
    assert [tuple(row) for row in found] == [(1, 5), (1, 6), (2, 5)]
    assert "practice_source" not in names


def load_step(name: str) -> Callable[[], None]:
    scope: dict[str, object] = {}
    exec((Path("migrations/versions") / f"{name}.py").read_text(), scope)
    return scope["upgrade"]  # type: ignore[return-value]
