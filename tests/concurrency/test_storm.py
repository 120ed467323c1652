"""Joining, leaving, offers, quotas, capacities and SIGKILL at once: afterwards everything holds that was promised."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from sqlalchemy import select

from app.kernel.db import db
from app.registration import queries, rules
from app.registration.models import Allotment, Registration, RegistrationChange
from app.registration.rules import HOLDING, LIVE, Place, Verb
from tests.concurrency.storm import BY_THEMSELVES, Capacity, Storm
from tests.house import House

pytestmark = pytest.mark.slow
SEATS = 3
SECONDS = float(os.environ.get("FILO_STORM_SECONDS", "7"))


def test_after_a_storm_everything_holds_and_every_answer_was_true(house: House) -> None:
    storm = Storm(house, house.publish_event(SEATS))
    storm.blow(SECONDS)
    with storm.calm():
        people = {one.id: one for one in db.session.scalars(_of_event(select(Registration), storm))}
        query = _of_event(select(RegistrationChange).join(Registration), storm).order_by(RegistrationChange.id)
        changes = db.session.scalars(query).all()
        assert storm.killed
        assert {one.verb for one in changes} > set(BY_THEMSELVES)
        _check_answers(storm, people.values(), changes)
        _check_history(people, changes)
        _check_replay(people, changes, [Capacity(SEATS, 0), *storm.capacities])
        _check_counts(storm, people.values())
        print(f"{len(people)} people, {dict(Counter(str(one.verb) for one in changes))}")  # noqa: T201


def _of_event(query, storm):  # type: ignore[no-untyped-def]
    return query.join(Allotment, Allotment.id == Registration.allotment_id).where(Allotment.event_id == storm.event_id)


def _check_answers(storm: Storm, people: Iterable[Registration], changes: Sequence[RegistrationChange]) -> None:
    """Everybody who got an answer is there; the pages showed what was true, in the order in which it became true."""
    by_public_id = {one.public_id: one for one in people}
    histories: dict[int, list[RegistrationChange]] = defaultdict(list)
    for change in changes:
        histories[change.registration_id].append(change)
    for person in storm.people:
        if not person.public_id:
            continue  # was still waiting for an answer
        registration = by_public_id[person.public_id]
        history = histories[registration.id]
        assert registration.email == person.email
        later = iter([str(one.after) for one in history])
        now_at = next(later)
        for seen in person.seen:
            while now_at != seen:
                now_at = next(later, "")
                assert now_at, (person, [one.verb for one in history])
        if person.gave_back:
            assert registration.place is Place.WITHDRAWN


def _check_history(people: dict[int, Registration], changes: Sequence[RegistrationChange]) -> None:
    last: dict[int, RegistrationChange] = {}
    for change in changes:
        before = last.get(change.registration_id)
        assert change.before == (before.after if before else None)
        last[change.registration_id] = change
    assert set(last) == set(people)
    assert all(last[one.id].after is one.place for one in people.values())
    live = Counter(one.email_key for one in people.values() if one.place in LIVE)
    assert max(live.values(), default=1) == 1
    assert all(one.before is not None or one.verb is Verb.JOIN for one in changes)


def _check_replay(
    people: dict[int, Registration], changes: Sequence[RegistrationChange], capacities: Sequence[Capacity]
) -> None:
    """Every seat that was given was there then, and nobody without a claim to kept ones passed anybody."""
    holding: set[int] = set()
    waiting: set[int] = set()
    assert all(one.after_change <= other.after_change for one, other in pairwise(capacities))
    for change in changes:
        who = change.registration_id
        capacity = [one.seats for one in capacities if one.after_change < change.id][-1]
        waiting.discard(who)
        if change.after in HOLDING and who not in holding:
            assert len(holding) < capacity, change.id
            if people[who].claim_id is None:
                assert not [one for one in waiting if people[one].number < people[who].number], change.id
        (holding.add if change.after in HOLDING else holding.discard)(who)
        if change.after is Place.WAITLISTED:
            waiting.add(who)


def _check_counts(storm: Storm, people: Iterable[Registration]) -> None:
    """The counts that pages show are those of the rows, and no seat is empty that somebody waits for."""
    places = Counter(one.place for one in people)
    shown = queries.allotment_of(storm.event_id)
    assert (shown.confirmed, shown.offered, shown.waiting) == (
        places[Place.CONFIRMED],
        places[Place.OFFERED],
        places[Place.WAITLISTED],
    )
    held = queries.hold_seats(storm.event_id)
    counted = queries.seats_of(held)
    assert all(share.taken <= share.size for share in counted.shares)
    assert rules.moving_up(counted, queries.queue(held.id), rule=held.policy.group_rule) == []
