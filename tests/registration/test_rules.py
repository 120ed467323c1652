from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.registration import errors
from app.registration.rules import (
    LIVE,
    TRANSITIONS,
    Claimant,
    Door,
    GroupRule,
    Place,
    Policy,
    QuotaKind,
    QuotaTarget,
    Seats,
    Share,
    Slot,
    Verb,
    Waiting,
    Window,
    admit,
    check_takes_place,
    claim_of,
    clash,
    may_write_again,
    moves_up,
    moving_up,
    offer_deadline,
    place_after,
    seat_for,
    who_fits,
    window,
)

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def seats(**changes: Any) -> Seats:
    return Seats(**{"capacity": 2, "taken": 0, "waiting": 0, "has_waitlist": True} | changes)


def door(**changes: Any) -> Door:
    plain = {
        "status": "published",
        "audience": "public",
        "opens_at": None,
        "closes_at": None,
        "starts_at": NOON + 24 * HOUR,
        "ends_at": NOON + 28 * HOUR,
    }
    return Door(**plain | changes)


@pytest.mark.parametrize(
    ("the_door", "the_seats", "expected"),
    [
        (door(), seats(), Window.OPEN),
        (door(), seats(capacity=None, taken=9_999), Window.OPEN),
        (door(), seats(taken=2), Window.WAITLIST),
        (door(), seats(taken=1, waiting=1), Window.WAITLIST),
        (door(), seats(taken=2, has_waitlist=False), Window.FULL),
        (door(), seats(capacity=0, has_waitlist=False), Window.FULL),
        (door(), seats(shares=(Share(id=1, size=2),)), Window.WAITLIST),
        (door(), seats(shares=(Share(id=1, size=2, is_released=True),)), Window.OPEN),
        (door(opens_at=NOON + HOUR), seats(), Window.NOT_YET_OPEN),
        (door(opens_at=NOON), seats(), Window.OPEN),
        (door(closes_at=NOON), seats(), Window.CLOSED),
        (door(closes_at=NOON + HOUR), seats(), Window.OPEN),
        (door(starts_at=NOON), seats(), Window.CLOSED),
        (door(starts_at=NOON - HOUR, closes_at=NOON + HOUR), seats(), Window.OPEN),
        (door(ends_at=NOON), seats(), Window.PAST),
        (door(status="held"), seats(), Window.PAST),
        (door(status="archived"), seats(), Window.PAST),
        (door(status="draft"), seats(), Window.NOT_PUBLISHED),
        (door(status="postponed"), seats(), Window.POSTPONED),
        (door(status="called_off"), seats(taken=2), Window.CALLED_OFF),
        (door(audience="invited"), seats(), Window.BY_INVITATION),
        (door(audience="internal"), seats(), Window.INTERNAL),
    ],
)
def test_the_page_says_beforehand_what_the_verb_will_decide(the_door: Door, the_seats: Seats, expected: Window) -> None:
    assert window(the_door, the_seats, NOON) is expected
    places = {Window.OPEN: Place.CONFIRMED, Window.WAITLIST: Place.WAITLISTED}
    if expected in places:
        assert admit(the_door, the_seats, Policy(), now=NOON).place is places[expected]
    else:
        with pytest.raises(errors.NotRegistrable):
            admit(the_door, the_seats, Policy(), now=NOON)


@pytest.mark.parametrize(
    ("the_door", "expected"),
    [
        (door(audience="invited"), Window.OPEN),
        (door(opens_at=NOON + HOUR), Window.OPEN),
        (door(audience="internal"), Window.INTERNAL),
        (door(audience="invited", closes_at=NOON), Window.CLOSED),
        (door(audience="invited", status="called_off"), Window.CALLED_OFF),
    ],
)
def test_an_invitation_opens_what_is_for_the_invited_and_nothing_else(the_door: Door, expected: Window) -> None:
    assert window(the_door, seats(), NOON, is_invited=True) is expected


@pytest.mark.parametrize(
    ("policy", "known", "expected"),
    [
        (Policy(verifies_address=True), {}, Place.UNVERIFIED),
        (Policy(verifies_address=True), {"is_verified": True}, Place.CONFIRMED),
        (Policy(needs_approval=True), {}, Place.PENDING),
        (Policy(needs_approval=True), {"skips_approval": True}, Place.CONFIRMED),
        (Policy(needs_approval=True, verifies_address=True), {}, Place.UNVERIFIED),
        (Policy(needs_approval=True, verifies_address=True), {"is_verified": True}, Place.PENDING),
    ],
)
def test_proof_of_the_address_comes_before_approval_and_both_before_the_seat(
    policy: Policy, known: dict[str, bool], expected: Place
) -> None:
    assert admit(door(), seats(), policy, now=NOON, **known).place is expected


CELLS: dict[tuple[Verb, Place | None], set[Place]] = (
    {
        (Verb.JOIN, None): {Place.UNVERIFIED, Place.PENDING, Place.CONFIRMED, Place.WAITLISTED},
        (Verb.ADD, None): {Place.CONFIRMED, Place.WAITLISTED},
        (Verb.WALK_IN, None): {Place.CONFIRMED},
        (Verb.VERIFY, Place.UNVERIFIED): {Place.PENDING, Place.CONFIRMED, Place.WAITLISTED},
        (Verb.LAPSE, Place.UNVERIFIED): {Place.WITHDRAWN},
        (Verb.APPROVE, Place.PENDING): {Place.CONFIRMED, Place.WAITLISTED},
        (Verb.REJECT, Place.PENDING): {Place.REJECTED},
        (Verb.REJECT, Place.WAITLISTED): {Place.REJECTED},
        (Verb.REJECT, Place.OFFERED): {Place.REJECTED},
        (Verb.PROMOTE, Place.WAITLISTED): {Place.CONFIRMED},
        (Verb.PROMOTE_BY_HAND, Place.PENDING): {Place.CONFIRMED},
        (Verb.PROMOTE_BY_HAND, Place.WAITLISTED): {Place.CONFIRMED},
        (Verb.PROMOTE_BY_HAND, Place.OFFERED): {Place.CONFIRMED},
        (Verb.OFFER, Place.WAITLISTED): {Place.OFFERED},
        (Verb.ACCEPT, Place.OFFERED): {Place.CONFIRMED},
        (Verb.DECLINE, Place.OFFERED): {Place.WITHDRAWN},
        (Verb.EXPIRE, Place.OFFERED): {Place.OFFER_EXPIRED},
        (Verb.PRIORITISE, Place.WAITLISTED): {Place.WAITLISTED},
        (Verb.HAND_OVER, Place.CONFIRMED): {Place.CONFIRMED},
    }
    | {
        (verb, place): {to}
        for verb, to in ((Verb.WITHDRAW, Place.WITHDRAWN), (Verb.REMOVE, Place.CANCELLED_BY_ORGANISER))
        for place in LIVE
    }
    | {(Verb.BRING_FEWER, place): {place} for place in LIVE - {Place.UNVERIFIED}}
)


@pytest.mark.parametrize("verb", list(Verb))
@pytest.mark.parametrize("before", [None, *Place])
def test_every_cell_of_the_table_of_transitions(verb: Verb, before: Place | None) -> None:
    allowed = CELLS.get((verb, before), set())
    if verb is Verb.BRING_FEWER and allowed:
        assert place_after(verb, before) is before
        return
    for to in Place:
        if to in allowed:
            assert place_after(verb, before, to) is to
        else:
            with pytest.raises(errors.WrongPlace):
                place_after(verb, before, to)


def test_no_verb_is_without_a_row_in_the_table() -> None:
    assert set(TRANSITIONS) == set(Verb)


@pytest.mark.parametrize(
    ("the_seats", "queued", "expected"),
    [
        (seats(taken=2, waiting=5), 5, 0),
        (seats(taken=1, waiting=5), 5, 1),
        (seats(taken=0, waiting=1), 1, 1),
        (seats(capacity=2, taken=4, waiting=5), 5, 0),
        (seats(capacity=None, waiting=5), 5, 5),
    ],
)
def test_as_many_move_up_as_seats_are_unclaimed(the_seats: Seats, queued: int, expected: int) -> None:
    ups = moving_up(the_seats, [Waiting(number) for number in range(queued)])
    assert [up.id for up in ups] == list(range(expected))


GROUP = [Waiting(1, party="g"), Waiting(2, party="g"), Waiting(3, party="g"), Waiting(4)]


@pytest.mark.parametrize(
    ("queue", "rule", "free", "expected"),
    [
        (GROUP, GroupRule.PART, 2, [1, 2]),
        (GROUP, GroupRule.SKIP, 2, [4]),
        (GROUP, GroupRule.SKIP, 3, [1, 2, 3]),
        (GROUP, GroupRule.SKIP, 4, [1, 2, 3, 4]),
        ([Waiting(1, seats=3), Waiting(2)], GroupRule.PART, 2, []),
        ([Waiting(1, seats=3), Waiting(2)], GroupRule.SKIP, 2, [2]),
        ([Waiting(1), Waiting(2, party="g"), Waiting(3), Waiting(4, party="g")], GroupRule.SKIP, 3, [1, 2, 4]),
    ],
)
def test_groups_wait_together_by_the_rule_that_the_organiser_set(
    queue: list[Waiting], rule: GroupRule, free: int, expected: list[int]
) -> None:
    """demand 10: who passes whom when only a part of a group fits is one stated policy."""
    ups = moving_up(seats(capacity=free, waiting=len(queue)), queue, rule=rule)
    assert [up.id for up in ups] == expected


def test_inside_a_quota_its_own_queue_goes_first_then_the_pool_goes_to_everybody() -> None:
    kept = (Share(id=7, size=2, taken=1, waiting=2),)
    queue = [Waiting(1), Waiting(2, claim=7), Waiting(3, claim=7), Waiting(4)]
    ups = moving_up(seats(capacity=10, taken=7, waiting=4, shares=kept), queue)
    assert [(up.id, up.quota_id) for up in ups] == [(2, 7), (1, None), (3, None)]


def test_nobody_from_the_pool_gets_a_seat_that_a_quota_keeps() -> None:
    kept = seats(capacity=4, taken=2, shares=(Share(id=7, size=2),))
    assert seat_for(kept).place is Place.WAITLISTED
    assert seat_for(kept, claim=7).place is Place.CONFIRMED
    assert seat_for(kept, claim=7).quota_id == 7


def test_a_released_quota_opens_what_it_did_not_use() -> None:
    shares = tuple(Share(id=number, size=10, taken=taken) for number, taken in ((1, 10), (2, 4)))
    before = seats(capacity=20, taken=14, waiting=9, shares=shares)
    queue = [Waiting(number) for number in range(9)]
    assert moving_up(before, queue) == []
    released = (shares[0], Share(id=2, size=10, taken=4, is_released=True))
    after = seats(capacity=20, taken=14, waiting=9, shares=released)
    assert [up.id for up in moving_up(after, queue)] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("kind", "target", "expected"),
    [
        (QuotaKind.ORGANISATION, "3", 1),
        (QuotaKind.ORGANISATION, "9", None),
        (QuotaKind.CLUSTER, "9", 1),
        (QuotaKind.CLUSTER, "3", 1),
        (QuotaKind.REGION, "ITH2", 1),
        (QuotaKind.REGION, "DE2", None),
        (QuotaKind.ORGANISATION_TYPE, "company", 1),
        (QuotaKind.ORGANISATION_TYPE, "research", None),
    ],
)
def test_a_quota_recognises_its_people(kind: QuotaKind, target: str, expected: int | None) -> None:
    claimant = Claimant(
        org_type="company",
        organisation_ids=frozenset({3}),
        cluster_ids=frozenset({9}),
        region_codes=frozenset({"ITH2"}),
    )
    assert claim_of(claimant, [QuotaTarget(id=1, kind=kind, target=target)]) == expected


@pytest.mark.parametrize(
    ("hours", "closes_in", "expected"),
    [(None, 24, None), (12, 24, 12), (48, 24, 24), (12, 0, None), (12, -3, None)],
)
def test_an_offer_ends_with_its_lifetime_or_the_closing(
    hours: int | None, closes_in: int, expected: int | None
) -> None:
    found = offer_deadline(Policy(offer_hours=hours), closes_at=NOON + closes_in * HOUR, now=NOON)
    assert found == (NOON + expected * HOUR if expected is not None else None)


@pytest.mark.parametrize(
    ("the_door", "policy", "expected"),
    [
        (door(), Policy(), True),
        (door(status="postponed"), Policy(), True),
        (door(status="called_off"), Policy(), False),
        (door(ends_at=NOON), Policy(), False),
        (door(closes_at=NOON), Policy(), True),
        (door(closes_at=NOON), Policy(offer_hours=12), False),
    ],
)
def test_nobody_moves_up_to_what_does_not_take_place(the_door: Door, policy: Policy, expected: bool) -> None:
    deadline = offer_deadline(policy, closes_at=the_door.deadline, now=NOON)
    assert moves_up(the_door, policy, deadline, NOON) is expected


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ([], None),
        ([Slot(1, 540, 600), Slot(2, 600, 660)], None),
        ([Slot(1, 540, 601), Slot(2, 600, 660)], (1, 2)),
        ([Slot(3, 700, 710), Slot(1, 540, 900), Slot(2, 600, 660)], (1, 2)),
    ],
)
def test_nobody_is_at_two_tables_at_once(slots: list[Slot], expected: tuple[int, int] | None) -> None:
    assert clash(slots) == expected


@pytest.mark.parametrize(
    ("rule", "free", "sizes", "expected"),
    [
        (GroupRule.PART, 2, [1, 1, 1], [1, 1]),
        (GroupRule.PART, 2, [3, 1], []),
        (GroupRule.PART, 3, [1, 3, 2], [1]),
        (GroupRule.SKIP, 2, [3, 1], [1]),
        (GroupRule.SKIP, 3, [1, 3, 2, 1], [1, 2]),
        (GroupRule.SKIP, 0, [1], []),
    ],
)
def test_at_a_table_a_group_that_does_not_fit_is_passed_only_where_the_organiser_said_so(
    rule: GroupRule, free: int, sizes: list[int], expected: list[int]
) -> None:
    queue = [Waiting(number, seats) for number, seats in enumerate(sizes)]
    assert [one.seats for one in who_fits(free, queue, rule)] == expected


def test_more_people_than_places_are_told_so_at_once() -> None:
    with pytest.raises(errors.TooManyTogether):
        seat_for(seats(capacity=3), wanted=4)
    with pytest.raises(errors.EventFull):
        seat_for(seats(taken=2, has_waitlist=False))


def test_an_address_gets_five_mails_a_day_from_strangers() -> None:
    assert [may_write_again(written) for written in (0, 4, 5, 6)] == [True, True, False, False]


waiting_people = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from([None, 1, 2]), st.sampled_from([None, "g", "h"])), max_size=12
)


@given(
    capacity=st.one_of(st.none(), st.integers(0, 12)),
    taken=st.integers(0, 12),
    shares=st.tuples(
        *(st.builds(Share, id=st.just(n), size=st.integers(0, 4), taken=st.integers(0, 4)) for n in (1, 2))
    ),
    people=waiting_people,
    rule=st.sampled_from(list(GroupRule)),
)
def test_moving_up_never_oversells_and_passes_nobody_who_would_fit(
    capacity: int | None,
    taken: int,
    shares: tuple[Share, Share],
    people: list[tuple[int, int | None, str | None]],
    rule: GroupRule,
) -> None:
    queue = [Waiting(n, wanted, claim, party) for n, (wanted, claim, party) in enumerate(people)]
    before = seats(capacity=capacity, taken=taken, waiting=len(queue), shares=shares)
    ups = moving_up(before, queue, rule=rule)
    after = before
    for up in ups:
        after = after.with_taken(queue[up.id].seats, up.quota_id)
        assert up.quota_id in {None, queue[up.id].claim}
    if capacity is not None and ups:
        assert after.taken <= capacity
        assert all(share.taken <= max(share.size, was.taken) for share, was in zip(after.shares, shares, strict=True))
    risen = {up.id for up in ups}
    left = [one for one in queue if one.id not in risen]
    if rule is GroupRule.PART and left:
        assert not after.fits(left[0].seats, None)
    if rule is GroupRule.SKIP:
        assert not any(after.fits(one.seats, None) for one in left if one.party is None)


@pytest.mark.parametrize(
    ("the_door", "refusal"),
    [
        (door(), None),
        (door(closes_at=NOON), None),
        (door(status="postponed"), None),
        (door(status="called_off"), errors.EventCalledOff),
        (door(status="held"), errors.EventPast),
        (door(ends_at=NOON), errors.EventPast),
    ],
)
def test_nobody_is_approved_proved_or_seated_for_what_does_not_take_place(
    the_door: Door, refusal: type[errors.NotRegistrable] | None
) -> None:
    if refusal is None:
        check_takes_place(the_door, NOON)
    else:
        with pytest.raises(refusal):
            check_takes_place(the_door, NOON)
