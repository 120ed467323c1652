"""What the verbs on places promise where it is easy to go wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.db import db
from app.network.rules import OrganisationType
from app.registration import queries
from app.registration.inputs import Application, PolicyInput, QuotaInput, SeatsInput
from app.registration.models import Allotment, AllotmentKind, Registration
from app.registration.rules import GroupRule, Place, Promotion, QuotaKind
from app.registration.services import deciding, joining, leaving, offers, seats
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.registration.helpers import join, person

SKIP = {"group_rule": GroupRule.SKIP}
FOR_COMPANIES = QuotaInput(kind=QuotaKind.ORGANISATION_TYPE, size=1, org_type="company")


def places(event_id: int) -> list[Place]:
    return [one.place for one in queries.participants(event_id, place=None, query="", limit=1000)]


def by_name(event_id: int) -> dict[str, Place]:
    found = queries.participants(event_id, place=None, query="", limit=1000)
    return {one.email.partition("@")[0]: one.place for one in found}


def make(capacity: int | None = 1, **policy: Any) -> tuple[Any, dict[str, Any]]:
    """An event, and what verbs of its organiser are called with."""
    organiser = make_organisation()
    event = make_event(capacity=capacity, organiser=organiser, policy=policy)
    return event, {"event_slug": event.slug, "actor": make_manager(organiser), "now": NOW}


def come_together(event_id: int, names: str, **more: Any) -> Sequence[joining.Outcome]:
    applications = [
        Application(person=person(name), form_key=f"form-of-{name}-{'x' * 12}", party="together", **more)
        for name in names.split()
    ]
    return joining.admit(event_id, applications, now=NOW)


def test_approving_several_sells_no_seat_twice(database: Session) -> None:
    event, organiser = make(1, needs_approval=True)
    ids = [join(event.id, name).id for name in ("ada", "max", "eva")]
    deciding.approve(ids, **organiser)
    assert sorted(places(event.id)) == [Place.CONFIRMED, Place.WAITLISTED, Place.WAITLISTED]


@pytest.mark.parametrize("rule", GroupRule)
def test_letting_nobody_up_moves_nobody(database: Session, rule: GroupRule) -> None:
    event, organiser = make(1, group_rule=rule)
    join(event.id, "ada")
    join(event.id, "max")
    assert deciding.let_up(how_many=0, **organiser) == []
    assert places(event.id) == [Place.CONFIRMED, Place.WAITLISTED]


def test_the_worker_does_not_go_on_where_the_organiser_moves_people_up_now(database: Session) -> None:
    event, organiser = make(1, promotion=Promotion.BY_HAND)
    first = join(event.id, "ada")
    join(event.id, "max")
    leaving.withdraw(first.id, now=NOW)
    offers.go_on(event.id, now=NOW)
    assert by_name(event.id)["max"] is Place.WAITLISTED
    seats.change_policy(values=PolicyInput(), **organiser)
    assert by_name(event.id)["max"] is Place.CONFIRMED


def test_quotas_are_counted_for_display_when_somebody_comes(database: Session) -> None:
    event, organiser = make(1)
    seats.add_quota(values=FOR_COMPANIES, **organiser)
    for name in ("ada", "max"):
        join(event.id, name)
    found = db.session.scalars(select(Allotment).where(Allotment.kind == AllotmentKind.QUOTA)).one()
    assert (found.confirmed, found.waiting, found.kept) == (1, 1, 0)


def test_a_quota_that_is_released_hides_no_other(database: Session) -> None:
    event, organiser = make(2)
    first = seats.add_quota(values=FOR_COMPANIES, **organiser)
    seats.release_quota(first, **organiser)
    seats.add_quota(values=replace(FOR_COMPANIES, size=2), **organiser)
    join(event.id, "uni", org_type=OrganisationType.CLUSTER_ORGANISATION)
    assert join(event.id, "ada").place is Place.CONFIRMED
    assert by_name(event.id)["uni"] is Place.WAITLISTED


def test_nobody_of_an_organisation_passes_a_colleague_by_a_quota_made_later(database: Session) -> None:
    event, organiser = make(0)
    join(event.id, "first")
    seats.add_quota(values=replace(FOR_COMPANIES, size=0), **organiser)
    quota = queries.quotas_of(event.id)[0]
    seats.change_seats(values=SeatsInput(capacity=1), **(organiser | {"now": NOW}))
    assert by_name(event.id)["first"] is Place.CONFIRMED
    late = join(event.id, "late")
    seats.change_seats(values=SeatsInput(capacity=2), **organiser)
    assert (late.claim_id, queries.registration(late.id).place) == (quota.id, Place.CONFIRMED)


def test_who_waits_has_the_claim_to_a_quota_made_later(database: Session) -> None:
    event, organiser = make(1, promotion=Promotion.BY_HAND)
    gone = join(event.id, "gone")
    first = join(event.id, "first")
    leaving.withdraw(gone.id, now=NOW)
    seats.add_quota(values=FOR_COMPANIES, **organiser)
    assert join(event.id, "late").place is Place.WAITLISTED
    deciding.let_up(how_many=1, **organiser)
    assert queries.registration(first.id).place is Place.CONFIRMED


def test_a_group_that_skips_comes_in_together_or_waits_together(database: Session) -> None:
    event, organiser = make(2, **SKIP)
    come_together(event.id, "a b c")
    assert places(event.id) == [Place.WAITLISTED] * 3
    assert join(event.id, "alone").place is Place.CONFIRMED  # fits, and a group that does not is passed
    seats.change_seats(values=SeatsInput(capacity=4), **organiser)
    assert places(event.id) == [Place.CONFIRMED] * 4


TWO_COMPANIES = QuotaInput(kind=QuotaKind.ORGANISATION_TYPE, size=2, org_type="company")
MIXED = (OrganisationType.COMPANY, OrganisationType.RESEARCH)


def come_mixed(event_id: int) -> list[joining.Outcome]:
    """Two who come together, of whom only the first may draw from the quota of companies."""
    applications = [
        Application(person=person(f"m{number}", org_type=kind), form_key=f"form-of-mixed-{number:06}", party="mixed")
        for number, kind in enumerate(MIXED)
    ]
    return list(joining.admit(event_id, applications, now=NOW))


def test_a_group_of_different_claims_is_not_split_when_it_comes(database: Session) -> None:
    event, organiser = make(3, **SKIP)
    seats.add_quota(values=TWO_COMPANIES, **organiser)
    come_mixed(event.id)  # one seat in the pool, two kept for companies
    assert places(event.id) == [Place.WAITLISTED] * 2
    seats.change_seats(values=SeatsInput(capacity=4), **organiser)
    assert places(event.id) == [Place.CONFIRMED] * 2


@pytest.mark.parametrize("one_by_one", [True, False])
def test_nor_when_it_is_approved(database: Session, one_by_one: bool) -> None:
    event, organiser = make(3, needs_approval=True, **SKIP)
    seats.add_quota(values=TWO_COMPANIES, **organiser)
    join(event.id, "alone", org_type=OrganisationType.OTHER)
    come_mixed(event.id)
    alone, company, other = (one.id for one in in_order())
    deciding.approve([alone], **organiser)  # nothing is left in the pool
    for ids in [[other], [company]] if one_by_one else [[other, company]]:
        deciding.approve(ids, **organiser)
    assert places(event.id) == [Place.CONFIRMED, Place.WAITLISTED, Place.WAITLISTED]


def test_nor_where_there_is_no_queue(database: Session) -> None:
    event, organiser = make(2, **SKIP)
    seats.change_seats(values=SeatsInput(capacity=2, has_waitlist=False), **organiser)
    join(event.id, "first")
    come_together(event.id, "a b")
    assert places(event.id) == [Place.CONFIRMED]


def in_order() -> list[Registration]:
    return list(db.session.scalars(select(Registration).order_by(Registration.number)))


def test_a_group_in_parts_takes_what_is_there(database: Session) -> None:
    event, _organiser = make(2)
    come_together(event.id, "a b c")
    assert sorted(places(event.id)) == [Place.CONFIRMED, Place.CONFIRMED, Place.WAITLISTED]


def test_a_group_that_skips_is_approved_together(database: Session) -> None:
    event, organiser = make(2, needs_approval=True, **SKIP)
    come_together(event.id, "a b c")
    ids = [one.id for one in db.session.scalars(select(Registration).order_by(Registration.number))]
    deciding.approve(ids, **organiser)
    assert places(event.id) == [Place.WAITLISTED] * 3


def test_each_of_many_at_once_is_judged_by_the_moment_of_its_own_press(database: Session) -> None:
    event = make_event(closes_at=NOW)
    early, late = (Application(person=person(name), form_key=f"form-of-{name}-xxxxxxxx") for name in ("a", "b"))
    moments = [NOW - timedelta(seconds=1), NOW]
    first, second = joining.admit(event.id, [early, late], moments=moments, now=NOW)
    assert isinstance(first, Registration)
    assert not isinstance(second, Registration)
