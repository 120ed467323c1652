"""Whatever happens in whichever order: what must hold of places, on the real verbs and the real database.

No verb but a decision by hand gives a seat too many, of the event, a quota or a part of the agenda; nobody overtakes;
nobody is lost or there twice; every change is a row; the counts that pages show are those of the rows.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.kernel.db import db, transactional
from app.kernel.errors import Refusal
from app.network.actors import SYSTEM
from app.network.rules import OrganisationType
from app.registration import queries, rules
from app.registration.errors import EventFull
from app.registration.inputs import Application, Heir, PolicyInput, QuotaInput, SeatsInput
from app.registration.models import Allotment, AllotmentKind, ItemPlace, Registration, RegistrationChange
from app.registration.rules import HOLDING, LIVE, TRANSITIONS, GroupRule, ItemStanding, Place, Promotion, QuotaKind
from app.registration.services import deciding, handing_over, item_places, joining, leaving, offers, seats
from tests.builders import NOW, make_event
from tests.registration.asking import table
from tests.registration.helpers import person

# more of both is asked for by the profile "thorough"
# FILO_HISTORIES=300 takes five minutes and finds what is rarer
HISTORIES = settings(
    max_examples=int(os.environ.get("FILO_HISTORIES", "12")),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

TYPES = (OrganisationType.COMPANY, OrganisationType.CLUSTER_ORGANISATION, OrganisationType.OTHER)
PEOPLE = 14
_AWAITING = (Place.PENDING, Place.WAITLISTED, Place.OFFERED)
anybody = st.integers(0, 10_000)
few = st.integers(0, 3)
HOW_OFTEN: Counter[str] = Counter()  # what the histories of this run reached
ENOUGH = 100  # histories in which everything should have come up


def while_somebody_is(*places: Place) -> Callable[[Any], Any]:
    """Only then: a rule that finds nobody wastes a step of the history."""
    return precondition(lambda machine: any(row.place in places for row in machine.state.rows.values()))


while_a_quota_is_open = precondition(
    lambda machine: any(not released for _size, released in machine.state.quotas.values())
)


@dataclass(frozen=True)
class Row:
    """A registration as it stood."""

    place: Place
    seats: int
    quota: int | None
    claim: int | None
    ahead: int
    number: int
    party: str | None

    @property
    def order(self) -> tuple[int, int]:
        return -self.ahead, self.number


@dataclass(frozen=True)
class State:
    """Everything about one event that a verb may change."""

    rows: dict[int, Row]
    capacity: int | None
    quotas: dict[int, tuple[int, bool]]  # size, and whether it is released
    items: dict[int, tuple[int | None, int]]  # capacity and seats taken
    policy: rules.Policy

    @property
    def taken(self) -> int:
        return sum(row.seats for row in self.rows.values() if row.place in HOLDING)

    def taken_of(self, quota: int | None) -> int:
        return sum(row.seats for row in self.rows.values() if row.place in HOLDING and row.quota == quota)

    @property
    def kept(self) -> int:
        return sum(max(0, size - self.taken_of(one)) for one, (size, released) in self.quotas.items() if not released)

    @property
    def waiting(self) -> dict[int, Row]:
        return {one: row for one, row in self.rows.items() if row.place is Place.WAITLISTED}


class Places(RuleBasedStateMachine):
    """One event, and all that people and organisers do there."""

    now: datetime
    event: Any
    by_hand: bool

    @initialize(
        capacity=st.sampled_from([2, 3, 4, 1, 5, None]),
        group_rule=st.sampled_from(GroupRule),
        promotion=st.sampled_from([Promotion.AUTOMATIC, Promotion.AUTOMATIC, Promotion.BY_HAND]),
        offer_hours=st.sampled_from([24, 24, None]),
        needs_approval=st.sampled_from([False, False, False, True]),
        verifies=st.sampled_from([False, False, False, True]),
        crowd=st.sampled_from([5, 6, 4, 3, 0]),
        party=st.integers(0, 3),
        quotas=st.lists(st.tuples(st.sampled_from(TYPES), st.integers(1, 2)), max_size=2),
    )
    def open(
        self,
        *,
        capacity: int | None,
        needs_approval: bool,
        verifies: bool,
        crowd: int,
        party: int,
        quotas: list[tuple[OrganisationType, int]],
        **policy: Any,
    ) -> None:
        self.now = NOW
        self.forms = 0
        changes = policy | {"needs_approval": needs_approval, "verifies_address": verifies, "most_companions": 2}
        self.event = make_event(capacity=capacity, policy=changes)
        self.tables = [table(self.event, "One"), table(self.event, "Two", start=660, end=720, capacity=1)]
        self.known: set[int] = set()
        self.last_change = db.session.scalar(select(func.max(RegistrationChange.id))) or 0
        self._look()
        for kind, size in quotas:
            self.add_quota(kind=kind, size=size)
        for who in range(crowd):
            self.join(who=who, companions=who % 2, tables={who % 2})
        if party > 1:
            self.join_together(who=set(range(PEOPLE - party, PEOPLE)), is_party=True, companions=0)

    def _look(self) -> State:
        """Read everything anew."""
        db.session.expire_all()
        held = queries.hold_seats(self.event.id)
        mine = Allotment.event_id == self.event.id
        self.allotments = db.session.scalars(select(Allotment).where(mine)).all()
        self.people = db.session.scalars(
            select(Registration)
            .where(Registration.allotment_id == held.id)
            .options(selectinload(Registration.companions))
        ).all()
        places = db.session.scalars(select(ItemPlace).join(ItemPlace.allotment).where(mine)).all()
        items = [one for one in self.allotments if one.kind is AllotmentKind.ITEM]
        self.item_places = {item.id: [one for one in places if one.allotment_id == item.id] for item in items}
        self.state = State(
            rows={
                one.id: Row(one.place, one.seats, one.seat_quota_id, one.claim_id, one.ahead, one.number, one.party)
                for one in self.people
            },
            capacity=held.capacity,
            quotas={share.id: (share.size, share.is_released) for share in held.shares},
            items={one.id: (one.capacity, queries.seats_taken(one.id)) for one in items},
            policy=held.policy,
        )
        return self.state

    def _do(self, verb: Callable[[], Any], *, by_hand: bool = False) -> None:
        """Carry a verb out; one that is refused has changed nothing."""
        self.before = self.state
        try:
            verb()
        except Refusal:
            assert self._look() == self.before
        else:
            self._check_seats(self._look(), by_hand=by_hand)

    def _one(self, pick: int, *places: Place) -> int | None:
        found = [one for one, row in sorted(self.state.rows.items()) if not places or row.place in places]
        return found[pick % len(found)] if found else None

    def _on(self, pick: int, verb: Callable[[int], Any], *places: Place, by_hand: bool = False) -> None:
        if (found := self._one(pick, *places)) is not None:
            self._do(lambda: verb(found), by_hand=by_hand)

    @property
    def _organiser(self) -> dict[str, Any]:
        return {"event_slug": self.event.slug, "actor": SYSTEM, "now": self.now}

    def _application(self, who: int, **more: Any) -> Application:
        self.forms += 1
        somebody = person(f"p{who}", org_type=TYPES[who % len(TYPES)])
        return Application(person=somebody, form_key=f"form-number-{self.forms:06}", **more)

    # what people do

    @rule(who=st.integers(0, PEOPLE), companions=st.integers(0, 2), tables=st.sets(st.integers(0, 1)))
    def join(self, who: int, companions: int, tables: set[int]) -> None:
        self._do(
            lambda: joining.admit(
                self.event.id,
                [
                    self._application(
                        who,
                        companions=("",) * companions,
                        item_ids=frozenset(self.tables[one] for one in tables),
                    )
                ],
                now=self.now,
            )
        )

    @rule(
        who=st.sets(st.integers(0, PEOPLE), min_size=2, max_size=4),
        is_party=st.sampled_from([True, True, False]),
        companions=st.integers(0, 1),
    )
    def join_together(self, who: set[int], is_party: bool, companions: int) -> None:
        party = f"party-{self.forms}" if is_party else None
        more = {"party": party, "companions": ("",) * companions, "item_ids": frozenset(self.tables[:1])}

        def admit() -> None:
            outcomes = joining.admit(
                self.event.id, [self._application(one, **more) for one in sorted(who)], now=self.now
            )
            if party and self.state.policy.group_rule is GroupRule.SKIP and _somebody_is(EventFull, outcomes):
                assert not [one for one in outcomes if isinstance(one, Registration) and one.place in HOLDING]

        self._do(admit)

    @while_somebody_is(Place.UNVERIFIED)
    @rule(pick=anybody)
    def verify(self, pick: int) -> None:
        self._on(pick, lambda one: deciding.verify(one, now=self.now), Place.UNVERIFIED, Place.CONFIRMED)

    @while_somebody_is(Place.UNVERIFIED)
    @rule(pick=anybody)
    def lapse(self, pick: int) -> None:
        self._on(pick, lambda one: leaving.lapse(one, now=self.now), Place.UNVERIFIED, Place.PENDING)

    @while_somebody_is(*LIVE)
    @rule(pick=anybody)
    def withdraw(self, pick: int) -> None:
        self._on(pick, lambda one: leaving.withdraw(one, now=self.now), *LIVE, Place.WITHDRAWN)

    @while_somebody_is(Place.WAITLISTED)
    @rule(pick=anybody)
    def give_a_seat_back(self, pick: int) -> None:
        """While others wait for it."""
        self._on(pick, lambda one: leaving.withdraw(one, now=self.now), *HOLDING)

    @while_somebody_is(*LIVE)
    @rule(pick=anybody)
    def bring_fewer(self, pick: int) -> None:
        self._on(pick, lambda one: leaving.bring_fewer(one, companion_ids=[], now=self.now), *LIVE)

    @while_somebody_is(*LIVE)
    @rule(pick=anybody, tables=st.sets(st.integers(0, 1)))
    def choose_tables(self, pick: int, tables: set[int]) -> None:
        wanted = [self.tables[one] for one in tables]
        self._on(pick, lambda one: item_places.choose(one, item_ids=wanted, now=self.now), *LIVE)

    @while_somebody_is(Place.CONFIRMED)
    @rule(pick=anybody, who=st.integers(0, PEOPLE))
    def hand_over(self, pick: int, who: int) -> None:
        heir = Heir(given_name="Heir", family_name="Esempio", email=person(f"p{who}").email, locale="en")
        self._on(pick, lambda one: handing_over.hand_over(one, to=heir, now=self.now), *LIVE)

    @while_somebody_is(Place.OFFERED, Place.OFFER_EXPIRED)
    @rule(pick=anybody)
    def accept(self, pick: int) -> None:
        self._on(pick, lambda one: offers.accept(one, now=self.now), Place.OFFERED, Place.OFFER_EXPIRED)

    @while_somebody_is(Place.OFFERED)
    @rule(pick=anybody)
    def decline(self, pick: int) -> None:
        self._on(pick, lambda one: offers.decline(one, now=self.now), Place.OFFERED)

    @while_somebody_is(Place.OFFERED)
    @rule(answers=st.lists(st.tuples(anybody, st.booleans()), min_size=1, max_size=4))
    def answer_offers(self, answers: list[tuple[int, bool]]) -> None:
        for pick, is_yes in answers:
            verb = offers.accept if is_yes else offers.decline
            self._on(pick, lambda one, verb=verb: verb(one, now=self.now), Place.OFFERED)  # type: ignore[misc]

    @while_somebody_is(Place.OFFERED)
    @rule(hours=st.sampled_from([24, 23, 1]))
    def time_goes_by(self, hours: int) -> None:
        if self.now + timedelta(hours=hours) < self.event.starts_at - timedelta(days=1):
            self.now += timedelta(hours=hours)
        for one in [one for one, row in self.state.rows.items() if row.place is Place.OFFERED]:
            self._do(lambda one=one: offers.expire(one, now=self.now))  # type: ignore[misc]

    # what organisers do

    @while_somebody_is(Place.PENDING)
    @rule(picks=st.lists(anybody, min_size=1, max_size=3))
    def approve(self, picks: list[int]) -> None:
        ids = {one for pick in picks if (one := self._one(pick, Place.PENDING)) is not None}
        self._do(lambda: deciding.approve(ids, **self._organiser))

    @while_somebody_is(*_AWAITING)
    @rule(pick=anybody)
    def reject(self, pick: int) -> None:
        self._on(pick, lambda one: deciding.reject([one], reason="", **self._organiser), *_AWAITING)

    @while_somebody_is(*HOLDING)
    @rule(pick=anybody)
    def remove(self, pick: int) -> None:
        self._on(pick, lambda one: leaving.remove(one, reason=None, **self._organiser), *HOLDING)

    @while_somebody_is(Place.WAITLISTED)
    @rule(pick=anybody)
    def put_forward(self, pick: int) -> None:
        self._on(pick, lambda one: deciding.put_forward(one, reason="a speaker", **self._organiser), Place.WAITLISTED)

    @while_somebody_is(*_AWAITING)
    @rule(pick=anybody)
    def promote_by_hand(self, pick: int) -> None:
        self._on(
            pick,
            lambda one: deciding.promote_by_hand(one, reason="a guest", **self._organiser),
            *_AWAITING,
            by_hand=True,
        )

    @while_somebody_is(Place.WAITLISTED)
    @rule(how_many=few)
    def let_up(self, how_many: int) -> None:
        self._do(lambda: deciding.let_up(how_many=how_many, **self._organiser))

    @rule(who=st.integers(0, PEOPLE))
    def add(self, who: int) -> None:
        self._do(lambda: joining.add(person=person(f"p{who}"), **self._organiser))

    @rule(who=st.integers(0, PEOPLE))
    def walk_in(self, who: int) -> None:
        @transactional
        def enter() -> None:
            held = queries.hold_seats(self.event.id)
            joining.walk_in(held, person(f"p{who}"), actor=SYSTEM, reason="at the door", now=self.now)

        self._do(enter, by_hand=True)

    @rule(capacity=st.one_of(st.none(), st.integers(0, 8)), has_waitlist=st.sampled_from([True, True, True, False]))
    def change_seats(self, capacity: int | None, has_waitlist: bool) -> None:
        values = SeatsInput(capacity=capacity, has_waitlist=has_waitlist)
        self._do(lambda: seats.change_seats(values=values, **self._organiser))

    @rule(
        group_rule=st.sampled_from(GroupRule),
        promotion=st.sampled_from([Promotion.AUTOMATIC, Promotion.AUTOMATIC, Promotion.BY_HAND]),
        offer_hours=st.sampled_from([24, 24, None]),
        needs_approval=st.sampled_from([False, False, True]),
    )
    def change_policy(self, **policy: Any) -> None:
        values = PolicyInput(most_companions=2, **policy)
        self._do(lambda: seats.change_policy(values=values, **self._organiser))

    @rule(kind=st.sampled_from(TYPES), size=few)
    def add_quota(self, kind: OrganisationType, size: int) -> None:
        values = QuotaInput(kind=QuotaKind.ORGANISATION_TYPE, size=size, org_type=str(kind))
        self._do(lambda: seats.add_quota(values=values, **self._organiser))

    @rule(pick=anybody, size=few)
    def change_quota(self, pick: int, size: int) -> None:
        if quotas := sorted(self.state.quotas):
            quota = quotas[pick % len(quotas)]
            self._do(lambda: seats.change_quota(quota, size=size, releases_at=None, **self._organiser))

    @while_a_quota_is_open
    @rule(pick=anybody)
    def release_quota(self, pick: int) -> None:
        if quotas := sorted(one for one, (_size, released) in self.state.quotas.items() if not released):
            self._do(lambda: seats.release_quota(quotas[pick % len(quotas)], **self._organiser))

    @rule(table=st.integers(0, 1), capacity=st.one_of(st.none(), few))
    def change_table(self, table: int, capacity: int | None) -> None:
        item = self.tables[table]
        self._do(lambda: item_places.open_sign_up(item_id=item, capacity=capacity, **self._organiser))

    # what must hold

    def _check_seats(self, after: State, *, by_hand: bool) -> None:
        before = self.before
        self.known |= set(after.rows)
        if not by_hand:
            assert _is_within(after.taken, after.capacity, before.taken)
            for one, (size, _released) in after.quotas.items():
                assert _is_within(after.taken_of(one), size, before.taken_of(one))
            if after.capacity is not None and after.taken_of(None) > before.taken_of(None):
                assert after.capacity - after.taken >= after.kept  # the pool does not live on what is kept
        for one, (capacity, taken) in after.items.items():
            assert _is_within(taken, capacity, before.items.get(one, (None, 0))[1])
        if not by_hand and after.capacity is not None and after.policy.group_rule is GroupRule.PART:
            _check_order(before, after)
        if not by_hand and before.policy.group_rule is after.policy.group_rule is GroupRule.SKIP:
            _check_nobody_is_left_behind(before, after)
        self._check_nobody_is_forgotten(after)

    def _check_nobody_is_forgotten(self, after: State) -> None:
        """No seat stays empty that the first of those who wait may have."""
        if after.policy.promotion is Promotion.BY_HAND or after.capacity is None or not after.waiting:
            return
        free = after.capacity - after.taken
        first = min(after.waiting.values(), key=lambda row: row.order)
        if after.policy.group_rule is GroupRule.PART or first.party is None:
            assert first.seats > free - after.kept
        for quota, (size, released) in after.quotas.items():
            own = [row for row in after.waiting.values() if row.claim == quota and row.party is None]
            if own and not released:
                first = min(own, key=lambda row: row.order)
                if after.policy.group_rule is GroupRule.SKIP or first == min(
                    (row for row in after.waiting.values() if row.claim == quota), key=lambda row: row.order
                ):
                    assert first.seats > min(free, size - after.taken_of(quota))

    @invariant()
    def nobody_is_lost_or_there_twice(self) -> None:
        people = self.people
        assert {one.id for one in people} == self.known
        assert max(Counter(one.email_key for one in people if one.place in LIVE).values(), default=1) == 1
        numbers = [one.number for one in people]
        assert len(numbers) == len(set(numbers))
        for one in people:
            assert (one.offer_expires_at is not None) == (one.place is Place.OFFERED)
            assert one.seat_quota_id is None or one.place in HOLDING
            assert one.seats == 1 + len(one.companions)

    @invariant()
    def every_change_has_its_row(self) -> None:
        people = {one.id: one for one in self.people}
        found: dict[int, list[RegistrationChange]] = {one: [] for one in people}
        query = select(RegistrationChange).where(RegistrationChange.registration_id.in_(people))
        for change in db.session.scalars(query.order_by(RegistrationChange.id)):
            found[change.registration_id].append(change)
        fresh = {one.id: str(one.verb) for changes in found.values() for one in changes if one.id > self.last_change}
        HOW_OFTEN.update(fresh.values())
        self.last_change = max(fresh, default=self.last_change)
        for one, changes in found.items():
            assert changes[0].before is None
            assert changes[-1].after is people[one].place
            assert all(former.after is later.before for former, later in pairwise(changes))
            for change in changes:
                before, after = TRANSITIONS[change.verb]
                assert change.before in before
                assert change.after in after

    @invariant()
    def counts_are_those_of_the_rows(self) -> None:
        state, people = self.state, self.people
        for allotment in self.allotments:
            shown = (allotment.confirmed, allotment.offered, allotment.waiting, allotment.kept)
            if allotment.kind is AllotmentKind.EVENT:
                offered = sum(one.seats for one in people if one.place is Place.OFFERED)
                assert shown == (state.taken - offered, offered, len(state.waiting), state.kept)
                assert allotment.next_number > max((one.number for one in people), default=0)
            elif allotment.kind is AllotmentKind.ITEM:
                queued = [one for one in self.item_places[allotment.id] if one.standing is ItemStanding.QUEUED]
                assert shown == (queries.seats_taken(allotment.id), 0, len(queued), 0)
        for quota in queries.quotas_of(self.event.id):
            size, released = state.quotas[quota.id]
            taken = state.taken_of(quota.id)
            waiting = sum(row.claim == quota.id for row in state.waiting.values())
            one = quota.allotment
            kept = 0 if released else max(0, size - taken)
            assert (one.confirmed, one.offered, one.waiting, one.kept) == (taken, 0, waiting, kept)

    @invariant()
    def tables_have_only_the_confirmed_and_queue_in_order(self) -> None:
        people = {one.id: one for one in self.people}
        for allotment in self.allotments:
            if allotment.kind is not AllotmentKind.ITEM:
                continue
            found = self.item_places[allotment.id]
            for one in found:
                has_seat = people[one.registration_id].place is Place.CONFIRMED
                assert (one.standing is not ItemStanding.WANTED) == has_seat
                assert people[one.registration_id].place in LIVE
            queued = [one for one in found if one.standing is ItemStanding.QUEUED]
            if queued and allotment.capacity is not None:
                free = allotment.capacity - queries.seats_taken(allotment.id)
                in_order = [people[one.registration_id].seats for one in sorted(queued, key=lambda one: one.number)]
                may_pass = self.state.policy.group_rule is GroupRule.SKIP
                assert (min(in_order) if may_pass else in_order[0]) > free


def _is_within(after: int, limit: int | None, before: int) -> bool:
    return limit is None or after <= max(limit, before)


def _somebody_is(refused: type[Refusal], outcomes: Sequence[joining.Outcome]) -> bool:
    return any(isinstance(one, refused) for one in outcomes)


def _newly_seated(before: State, after: State) -> dict[int, Row]:
    return {
        one: row
        for one, row in after.rows.items()
        if row.place in HOLDING and (one not in before.rows or before.rows[one].place not in HOLDING)
    }


def _check_nobody_is_left_behind(before: State, after: State) -> None:
    """Who gets a seat has nobody in the queue whom he or she came with."""
    risen = {row.party for row in _newly_seated(before, after).values()} - {None}
    assert not risen & {row.party for row in after.waiting.values()}


def _check_order(before: State, after: State) -> None:
    """Whoever got a seat from the pool has nobody before him or her who waits; nor one of a quota in its queue."""
    for one, row in _newly_seated(before, after).items():
        for other, waiting in after.waiting.items():
            stood_before = other in before.waiting and (one not in before.waiting or waiting.order < row.order)
            if stood_before and (row.quota is None or waiting.claim == row.quota):
                raise AssertionError(f"{one} passed {other}")


def test_whatever_happens_the_promises_about_places_hold(database: Session) -> None:
    HOW_OFTEN.clear()
    run_state_machine_as_test(Places, settings=HISTORIES)
    print(dict(HOW_OFTEN.most_common()))  # noqa: T201
    if HISTORIES.max_examples >= ENOUGH:
        assert set(HOW_OFTEN) == {str(verb) for verb in TRANSITIONS}
