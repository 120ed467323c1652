"""People who press at the same time, in one process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.kernel.db import Base, db, exclusive_writer, transactional
from app.kernel.errors import Refusal, Unavailable
from app.registration.errors import AlreadyRegistered
from app.registration.inputs import Application
from app.registration.models import Registration
from app.registration.rules import GroupRule, Place
from app.registration.services import desk, joining
from app.registration.services.desk import MOST_TOGETHER, Turn, together
from config import Config
from tests.builders import NOW, make_event
from tests.registration.helpers import person

CROWD = 12


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = create_app(Config.for_tests(Path(tmp_path_factory.mktemp("desk"))))
    with app.app_context():
        Base.metadata.create_all(db.engine)
    return app


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many were let in together each time."""
    sizes: list[int] = []
    admit = joining.admit

    def counting(event_id: int, applications: Any, **more: Any) -> Any:
        sizes.append(len(applications))
        return admit(event_id, applications, **more)

    monkeypatch.setattr(joining, "admit", counting)
    return sizes


def application(name: str, **more: Any) -> Application:
    values: dict[str, Any] = {"person": person(name), "form_key": f"form-of-{name}-{'x' * 12}"}
    return Application(**values | more)


def event_with(building: Flask, **changes: Any) -> int:
    with building.app_context():
        return int(make_event(**changes).id)


def press(building: Flask, event_id: int, applications: list[Application]) -> list[Any]:
    """All press while somebody else keeps the lock, so that they meet at the desk."""
    arrived = threading.Semaphore(0)

    def one(application: Application) -> Any:
        with building.app_context():
            arrived.release()
            try:
                return desk.admit(event_id, application, now=NOW)
            except BaseException as error:
                return error

    with ThreadPoolExecutor(len(applications)) as pool, building.app_context():
        with exclusive_writer():
            answers = [pool.submit(one, each) for each in applications]
            for _ in applications:
                arrived.acquire()
            threading.Event().wait(0.3)
        return [answer.result(30) for answer in answers]


def test_a_crowd_is_let_in_together_and_each_gets_an_own_answer(building: Flask, batches: list[int]) -> None:
    event_id = event_with(building, capacity=5)
    names = [f"p{number}" for number in range(CROWD)]
    answers = press(building, event_id, [application(name) for name in names])
    assert [one.email.partition("@")[0] for one in answers] == names
    assert sorted(one.place for one in answers) == [Place.CONFIRMED] * 5 + [Place.WAITLISTED] * (CROWD - 5)
    assert sorted(one.number for one in answers) == list(range(1, CROWD + 1))
    assert max(batches) > 1


def test_one_address_pressed_by_many_is_one_registration(building: Flask) -> None:
    event_id = event_with(building)
    forms = [application("ada", form_key=f"form-number-{number}-xxxxxxxx") for number in range(6)]
    answers = press(building, event_id, forms)
    assert sum(isinstance(one, Registration) for one in answers) == 1
    assert sum(isinstance(one, AlreadyRegistered) for one in answers) == 5


def test_the_same_form_pressed_by_many_has_one_answer(building: Flask) -> None:
    event_id = event_with(building)
    answers = press(building, event_id, [application("ada")] * 6)
    assert len({one.public_id for one in answers}) == 1


def test_rows_of_one_session_reach_no_other_thread(building: Flask) -> None:
    event_id = event_with(building, capacity=1, policy={"group_rule": GroupRule.SKIP})
    answers = press(building, event_id, [application(f"p{number}") for number in range(CROWD)])
    assert len({one.public_id for one in answers}) == CROWD


def test_what_is_wrong_with_one_is_not_the_fault_of_the_others(building: Flask) -> None:
    event_id = event_with(building)
    bad = application("bad", invitation_id=987654)  # there is no such invitation
    *good, refused = press(building, event_id, [*(application(f"p{number}") for number in range(5)), bad])
    assert all(isinstance(one, Registration) for one in good)
    assert isinstance(refused, Refusal)


@pytest.mark.parametrize(
    ("error", "told"), [(Unavailable(), Unavailable), (KeyboardInterrupt(), (Unavailable, KeyboardInterrupt))]
)
def test_what_stops_the_leader_reaches_everybody_and_the_desk_goes_on(
    building: Flask, monkeypatch: pytest.MonkeyPatch, error: BaseException, told: Any
) -> None:
    event_id = event_with(building)

    def fail(*_given: Any, **_more: Any) -> Any:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(joining, "admit", fail)
        answers = press(building, event_id, [application(f"p{number}") for number in range(6)])
    assert all(isinstance(one, told) for one in answers)
    assert all(isinstance(one, Registration) for one in press(building, event_id, [application("next")]))


def test_nobody_waits_for_ever(building: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    event_id = event_with(building)
    monkeypatch.setattr(desk, "PATIENCE", 0.05)
    answers = press(building, event_id, [application("first"), application("second")])
    assert any(isinstance(one, Registration) for one in answers)


def test_inside_another_verb_one_is_let_in_by_that(building: Flask) -> None:
    event_id = event_with(building)

    @transactional
    def verb() -> None:
        desk.admit(event_id, application("ada"), now=NOW)
        raise _Regret

    with building.app_context():
        with pytest.raises(_Regret):
            verb()
        assert not [one for one in db.session.scalars(select(Registration)) if one.allotment.event_id == event_id]


class _Regret(Refusal):
    """The outer verb is not carried out."""


def turn(name: str, **more: Any) -> Turn:
    limit = more.pop("within_limit", False)
    return Turn(application=application(name, **more), within_limit=limit, now=NOW + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: [turn("a"), turn("b")], 2),
        (lambda: [turn("a"), turn("a", form_key="another-form-xxxxxx")], 1),
        (lambda: [turn("a"), turn("b", form_key=application("a").form_key)], 1),
        (lambda: [turn("a", invitation_id=1), turn("b", invitation_id=1), turn("c", invitation_id=2)], 2),
        (lambda: [turn("a", limited=("seats",)), turn("b", limited=("seats",)), turn("c")], 3),
        (lambda: [turn("a"), turn("b", within_limit=True), turn("c")], 2),
        (lambda: [turn(f"p{number}") for number in range(MOST_TOGETHER + 5)], MOST_TOGETHER),
    ],
)
def test_who_may_be_let_in_together(make: Callable[[], list[Turn]], expected: int) -> None:
    assert len(together(make())) == expected
