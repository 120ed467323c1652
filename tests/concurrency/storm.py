"""Everything at once at one event: people by HTTP, an organiser in a process of his own, time, and death."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from re import search
from typing import Any

from flask import Flask
from sqlalchemy import func, select, update

from app import create_app
from app.events.queries import event_id as id_of
from app.jobs.models import Job, JobState
from app.kernel import clock
from app.kernel.db import db, transactional
from app.kernel.errors import Refusal
from app.kernel.ids import new_secret
from app.network.actors import SYSTEM
from app.registration import queries
from app.registration.inputs import PolicyInput, QuotaInput, SeatsInput
from app.registration.models import Allotment, Registration, RegistrationChange
from app.registration.rules import Place, QuotaKind, Verb
from app.registration.services import seats
from config import Config
from tests.concurrency.crowd import until_answered
from tests.house import House

PATIENCE = 30.0  # seconds
BY_THEMSELVES = (Verb.JOIN, Verb.WITHDRAW)
PEOPLE = 10  # threads; each is one person after the other
AN_OFFER_STANDS = timedelta(seconds=1)
TYPES = ("company", "research", "public_authority")


@dataclass
class Person:
    """What somebody was told, in the order of the answers."""

    email: str
    public_id: str = ""
    seen: list[str] = field(default_factory=list)  # places, as the pages said
    gave_back: bool = False  # and was told so


@dataclass(frozen=True)
class Capacity:
    """So many seats, from the first change after the one of this id on."""

    seats: int
    after_change: int


class Storm:
    """``people`` and ``capacities`` tell what there was when it is over."""

    def __init__(self, house: House, page: str) -> None:
        self.house, self.page = house, page
        self.app: Flask = create_app(Config.from_env(house.environment))
        with self.app.app_context():
            self.event_id = id_of(self.slug)
        self.people: list[Person] = []
        self.capacities: list[Capacity] = []
        self.killed = 0
        self.failures: list[BaseException] = []
        self._over = threading.Event()
        self._numbers = count()

    @property
    def slug(self) -> str:
        return self.page.rpartition("/")[2]

    def blow(self, seconds: float) -> None:
        """So long, and on a slow machine until more has happened than coming and going."""
        works: list[Callable[[], None]] = [*[self._be_people] * PEOPLE, self._organise, self._let_time_pass, self._kill]
        threads = [threading.Thread(target=self._until_over, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        self._over.wait(seconds)
        latest = time.monotonic() + PATIENCE
        while not self._has_moved_somebody() and time.monotonic() < latest and not self._over.wait(0.5):
            pass
        self._over.set()
        for thread in threads:
            thread.join()
        self.house.wait_until_it_answers()
        if self.failures:
            raise self.failures[0]

    def _has_moved_somebody(self) -> bool:
        with self.app.app_context():
            moves = select(RegistrationChange.id).join(Registration).join(Allotment)
            moves = moves.where(Allotment.event_id == self.event_id, RegistrationChange.verb.not_in(BY_THEMSELVES))
            return db.session.scalar(moves.limit(1)) is not None

    def _until_over(self, work: Callable[[], None]) -> None:
        try:
            while not self._over.is_set():
                work()
        except BaseException as error:
            self.failures.append(error)
            self._over.set()

    # people

    def _be_people(self) -> None:
        number = next(self._numbers)
        person = Person(f"person{number}@company.example")
        self.people.append(person)
        own, cookie, hidden = self._join(person, number)
        for _ in range(random.randrange(1, 5)):
            if self._over.wait(random.random() / 2):
                return
            place = self._look(person, own)
            if place == "offered":
                step = random.choice(("/offer", "/offer/refusal", ""))  # or let it go by
                if step:
                    self._press(own + step, hidden, cookie)
                    self._look(person, own)
            elif place in {"confirmed", "waitlisted"} and random.random() < 0.5:
                person.gave_back = self._press(own + "/withdrawal", hidden, cookie) == 303
                self._look(person, own)

    def _join(self, person: Person, number: int) -> tuple[str, str, dict[str, str]]:
        page = f"{self.page}/register"
        hidden, cookie = until_answered(lambda: self.house.open_form(page))
        values = hidden | {
            "form_key": new_secret(),
            "given_name": "Person",
            "family_name": f"No. {number}",
            "email": person.email,
            "organisation": "Company Example",
            "org_type": TYPES[number % len(TYPES)],
            "country": "IT",
            "privacy": "y",
        }

        def press() -> str | None:
            status, location = self.house.post(page, values, cookie)
            assert status in {303, 503}, status
            return location if status == 303 else None

        own = until_answered(press)
        person.public_id = own.rpartition("/")[2].partition(".")[0]
        return own, cookie, hidden

    def _look(self, person: Person, own: str) -> str:
        def ask() -> str | None:
            status, html, _headers = self.house.get(own)
            assert status in {200, 503}, status
            found = search(r'data-place="(\w+)"', html)
            return found[1] if found else None

        person.seen.append(until_answered(ask))
        return person.seen[-1]

    def _press(self, path: str, hidden: dict[str, str], cookie: str) -> int:
        def press() -> int | None:
            status, _location = self.house.post(path, hidden, cookie)
            assert status in {303, 409, 503}, status  # 409: pressed again after an answer that was lost
            return None if status == 503 else status

        return until_answered(press)

    # the organiser, and what happens by itself

    def _organise(self) -> None:
        with self.app.app_context(), suppress(Refusal):
            random.choice((self.set_capacity, self._set_policy, self._keep_seats, self._release))()
        self._over.wait(0.3)

    @property
    def _organiser(self) -> dict[str, Any]:
        return {"event_slug": self.slug, "actor": SYSTEM, "now": clock.now()}

    def set_capacity(self) -> None:
        capacity = random.randrange(1, 7)
        self.capacities.append(Capacity(capacity, self._change_capacity(capacity)))

    @transactional
    def _change_capacity(self, capacity: int) -> int:
        queries.hold_seats(self.event_id)
        last = self.last_change()
        seats.change_seats(values=SeatsInput(capacity=capacity), **self._organiser)
        return last

    def last_change(self) -> int:
        """The latest change of the event; exact while its seats are held."""
        mine = select(func.max(RegistrationChange.id)).join(
            Registration, Registration.id == RegistrationChange.registration_id
        )
        held = queries.allotment_of(self.event_id).id
        return db.session.scalar(mine.where(Registration.allotment_id == held)) or 0

    def _set_policy(self) -> None:
        seats.change_policy(values=PolicyInput(offer_hours=random.choice((None, 1, 1))), **self._organiser)

    def _keep_seats(self) -> None:
        values = QuotaInput(kind=QuotaKind.ORGANISATION_TYPE, size=random.randrange(1, 4), org_type=TYPES[0])
        seats.add_quota(values=values, **self._organiser)

    def _release(self) -> None:
        open_ones = [one.id for one in queries.quotas_of(self.event_id) if one.released_at is None]
        if open_ones:
            seats.release_quota(random.choice(open_ones), **self._organiser)

    def _let_time_pass(self) -> None:
        """An offer stands for hours; here for a second, and then the worker passes it on."""
        with self.app.app_context(), suppress(Refusal):
            self._shorten_offers()
        self._over.wait(0.5)

    @transactional
    def _shorten_offers(self) -> None:
        held, soon = queries.hold_seats(self.event_id), clock.now() + AN_OFFER_STANDS
        offered = Registration.allotment_id == held.id, Registration.place == Place.OFFERED
        late = Registration.offer_expires_at > soon
        db.session.execute(update(Registration).where(*offered, late).values(offer_expires_at=soon))
        waiting = Job.kind == "expire_offer", Job.state == JobState.QUEUED, Job.run_at > soon
        db.session.execute(update(Job).where(*waiting).values(run_at=soon))

    def _kill(self) -> None:
        self.house.wait_until_it_answers()  # else a slow machine has nobody to answer most of the time
        if self._over.wait(3):
            return
        workers = self.house.web_workers()
        if len(workers) > 1:
            with suppress(ProcessLookupError):
                os.kill(random.choice(workers), signal.SIGKILL)
                self.killed += 1

    # afterwards

    @contextmanager
    def calm(self) -> Iterator[None]:
        """Look at it when no offer stands any more and nothing that is due is left to do."""
        deadline = time.monotonic() + 30
        with self.app.app_context():
            while self._busy() and time.monotonic() < deadline:
                db.session.rollback()
                self._let_time_pass()
            db.session.rollback()
            yield
            db.session.remove()

    def _busy(self) -> bool:
        kinds = Job.kind.in_(("expire_offer", "move_up"))
        due = (
            select(func.count()).select_from(Job).where(kinds, Job.state == JobState.QUEUED, Job.run_at <= clock.now())
        )
        offered = queries.counts_by_place(self.event_id).get(Place.OFFERED, 0)
        return bool(offered or db.session.scalar(due))
